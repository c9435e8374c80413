#pragma once
// How a buddy is, told over the link: faster than the location record, and the last word while the
// link stands. Frame: show 1 | length 1 | text, see docs/link.md.

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "basic/module.h"
#include "basic/show.h"

namespace basic {

struct PeerStatus {
  Show show = Show::online;
  std::string text;  ///< as the peer sent it

  bool operator==(const PeerStatus&) const = default;
};

base::Bytes encode(const PeerStatus& status);
/// `malformed`.
base::Result<PeerStatus> decode_status(base::ByteView body);

class Status final : public Module {
 public:
  using OnChange = std::function<void(const ohim::Name& buddy)>;
  explicit Status(OnChange changed) : changed_(std::move(changed)) {}

  /// What we tell from now on, at once to all who are linked. Never invisible: then there are no
  /// links.
  void set_own(PeerStatus own);
  /// What she told on the link that stands; empty without one.
  [[nodiscard]] std::optional<PeerStatus> of(const ohim::Name& buddy) const;

  [[nodiscard]] const Epoch& epoch() const override;
  [[nodiscard]] std::string_view name() const override { return "status"; }
  void link_up(LinkView& link) override;
  base::Result<void> handle(LinkView& link, base::ByteView data) override;
  void link_down(LinkView& link) override;

 private:
  struct Peer {
    LinkView* link = nullptr;
    std::optional<PeerStatus> status;
  };
  OnChange changed_;
  PeerStatus own_;
  std::map<ohim::Name, Peer> peers_;
};

}  // namespace basic
