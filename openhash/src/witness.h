#pragma once
// Who was seen to hold a record: from the replies that pass the guard.

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "base/transport.h"
#include "openhash/guard.h"

namespace openhash {

/// Holders of one record, while it lives. Nodes are told apart by address, which a reply to an
/// open transaction proves, while a node id is whatever its owner says.
class HolderCount {
 public:
  using OnMore = std::function<void()>;
  HolderCount(std::uint64_t id, base::ByteView record) : id_(id), record_(base::to_bytes(record)) {}

  /// `on_more` is called when holders were added; none ends that. It may end this count.
  void watch(OnMore on_more) {
    on_more_ = on_more ? std::make_shared<OnMore>(std::move(on_more)) : nullptr;
  }
  void saw(const base::Endpoint& node, std::uint64_t id, base::ByteView record) {
    if (id == id_ && base::equal(record, record_)) grew_ |= holders_.insert(node).second;
  }
  /// Whom to tell what was seen since the last time.
  [[nodiscard]] std::weak_ptr<OnMore> to_tell() {
    return std::exchange(grew_, false) ? on_more_ : nullptr;
  }
  [[nodiscard]] bool none() const { return holders_.empty(); }
  [[nodiscard]] std::size_t size() const { return holders_.size(); }
  [[nodiscard]] bool has(const base::Endpoint& node) const { return holders_.contains(node); }

 private:
  std::uint64_t id_;
  base::Bytes record_;
  std::set<base::Endpoint> holders_;
  bool grew_ = false;
  std::shared_ptr<OnMore> on_more_;
};

/// Hears what the guard sees and tells those who count.
class Witness final : public Sightings {
 public:
  /// `count` is borrowed until remove().
  void add(HolderCount& count) { counts_.push_back(&count); }
  void remove(HolderCount& count) { std::erase(counts_, &count); }
  [[nodiscard]] bool wanted() const { return !counts_.empty(); }

  /// Whose datagram is looked at next.
  void look_at(const base::Endpoint& sender) { sender_ = sender; }
  void on_reply(std::uint32_t transaction, base::ByteView node_id) override;
  void on_value(std::uint32_t transaction, std::uint64_t value_id, base::ByteView record) override;
  /// Tells whose count grew. May end this witness.
  void tell();

 private:
  using Reply = std::pair<base::Endpoint, std::uint32_t>;
  std::vector<HolderCount*> counts_;
  base::Endpoint sender_;
  std::set<Reply> replies_;  // to which values in datagrams of their own may belong
  std::deque<Reply> oldest_replies_;
};

}  // namespace openhash
