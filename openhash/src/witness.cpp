#include "witness.h"

namespace openhash {
namespace {

// Values follow their reply at once; so many replies may come between.
constexpr std::size_t kMostReplies = 1024;

}  // namespace

void Witness::on_reply(std::uint32_t transaction, base::ByteView) {
  if (!replies_.insert({sender_, transaction}).second) return;
  oldest_replies_.push_back({sender_, transaction});
  if (oldest_replies_.size() <= kMostReplies) return;
  replies_.erase(oldest_replies_.front());
  oldest_replies_.pop_front();
}

void Witness::on_value(std::uint32_t transaction, std::uint64_t value_id, base::ByteView record) {
  if (!replies_.contains({sender_, transaction})) return;
  for (HolderCount* const count : counts_) count->saw(sender_, value_id, record);
}

void Witness::tell() {
  std::vector<std::weak_ptr<HolderCount::OnMore>> listeners;
  for (HolderCount* const count : counts_) listeners.push_back(count->to_tell());
  for (const auto& listener : listeners) {
    if (const auto on_more = listener.lock()) (*on_more)();
  }
}

}  // namespace openhash
