#include <algorithm>

#include "node_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kAskLimit = 5s;

/// Counts holders while it lives.
class Counting {
 public:
  Counting(Witness& witness, HolderCount& count) : witness_(witness), count_(count) {
    witness_.add(count_);
  }
  ~Counting() { witness_.remove(count_); }
  Counting(const Counting&) = delete;
  Counting& operator=(const Counting&) = delete;

 private:
  Witness& witness_;
  HolderCount& count_;
};

}  // namespace

std::optional<Key> Node::place_of(const base::Endpoint& node) const {
  const std::vector<Contact> nodes = impl_->engine->good_nodes();
  const auto found = std::ranges::find(nodes, node, &Contact::endpoint);
  if (found == nodes.end()) return std::nullopt;
  return Key{found->id};
}

base::Task<base::Result<bool>> Node::holds(base::Endpoint node, Key key, Record record) {
  const Value value = to_value(record, rules().network);
  HolderCount count(value.id, value.record);
  const Counting counting(impl_->engine->witness(), count);
  const Engine::OnValue ignored = [](base::ByteView) {};
  const Asked asked = co_await impl_->ask(key, ignored, kAskLimit);
  if (!asked.reached) co_return base::fail(base::Errc::unreachable, "no node answered");
  co_return count.has(node);
}

}  // namespace openhash
