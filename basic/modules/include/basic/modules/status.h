#pragma once
// How a buddy is, told over the link: faster than the location record, and the last word while the
// link stands. Frame: show 1 | flags 1 | length 1 | text, see docs/link.md.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "basic/module.h"
#include "basic/show.h"

namespace basic {

struct PeerStatus {
  Show show = Show::online;
  std::string text;  ///< as the peer sent it

  bool operator==(const PeerStatus&) const = default;
};

struct StatusFrame {
  PeerStatus status;
  /// Whether the receiver is on the sender's buddy list; empty if the sender keeps that to herself.
  std::optional<bool> lists_you = false;

  bool operator==(const StatusFrame&) const = default;
};
base::Bytes encode(const StatusFrame& frame);
/// `malformed`.
base::Result<StatusFrame> decode_status(base::ByteView body);

class Status final : public Module {
 public:
  /// Something that of() or lists_us() says has changed. Also called when links go with their
  /// engine, so what it refers to has to outlive that.
  using OnChange = std::function<void(const ohim::Name& buddy)>;
  explicit Status(OnChange changed) : changed_(std::move(changed)) {}

  /// What we tell from now on, at once to all who are linked. Never invisible: then there are no
  /// links.
  void set_own(PeerStatus own);
  /// `buddy` was put on our list, or taken off it: she is told. A link that comes up later tells it
  /// by itself.
  void set_listed(const ohim::Name& buddy, bool listed);

  /// What she told on the links that stand, at the place to talk to (see Activity); empty without
  /// any.
  [[nodiscard]] std::optional<PeerStatus> of(const ohim::Name& buddy) const;
  /// The same of one of her places.
  [[nodiscard]] std::optional<PeerStatus> of(const ohim::Name& buddy, std::uint64_t device) const;
  /// Whether we are on her list, as she told last; empty while nobody knows.
  [[nodiscard]] std::optional<bool> lists_us(const ohim::Name& buddy) const;

  [[nodiscard]] const Epoch& epoch() const override;
  [[nodiscard]] std::string_view name() const override { return "status"; }
  [[nodiscard]] std::string_view purpose() const override {
    return "Tells buddies at once whether you are away or busy, and shows how they are.";
  }
  /// "words": the own words go along. "list": who is on our list is told so.
  [[nodiscard]] std::vector<Setting> settings() const override;
  base::Result<void> set(std::string_view key, const std::string& value) override;
  /// Whether the own words may be told, here or elsewhere.
  [[nodiscard]] bool tells_words() const { return tells_words_; }
  void link_up(LinkView& link) override;
  base::Result<void> handle(LinkView& link, base::ByteView data) override;
  void link_down(LinkView& link) override;
  void activity_changed(LinkView& link) override { report(link.buddy()); }

 private:
  struct Place {
    LinkView* link = nullptr;
    StatusFrame told;  ///< by us, there
    std::optional<StatusFrame> said;
    std::uint64_t said_when = 0;  ///< counts what was said, at all places of all buddies
  };
  /// What can be asked from outside.
  struct Shown {
    std::optional<PeerStatus> status;
    std::optional<bool> lists_us;
    std::map<std::uint64_t, PeerStatus> at_places;
    bool operator==(const Shown&) const = default;
  };
  struct Peer {
    std::vector<Place> places;
    Shown shown;
  };

  [[nodiscard]] const Peer* find(const ohim::Name& buddy) const;
  static Shown judge(const Peer& peer);
  void tell(Place& place, bool listed);
  void tell_all();
  void report(const ohim::Name& buddy);

  OnChange changed_;
  PeerStatus own_;
  bool tells_words_ = true;
  bool tells_list_ = true;
  std::map<ohim::Name, Peer> peers_;  // who have a link
  std::uint64_t said_ = 0;
};

}  // namespace basic
