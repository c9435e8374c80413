// Any datagram: inspect() must not crash, and must keep its promises about what it passes.

#include <cstdlib>

#include "openhash/guard.h"
#include "openhash/record.h"

namespace {

/// Checks that what the guard tells lies inside the datagram.
class Critic final : public openhash::Sightings {
 public:
  explicit Critic(base::ByteView datagram) : datagram_(datagram) {}
  void on_reply(std::uint32_t, base::ByteView node_id) override {
    if (node_id.size() != 20 || !inside(node_id)) std::abort();
  }
  void on_value(std::uint32_t, std::uint64_t value_id, base::ByteView record) override {
    if (value_id == 0 || record.size() > openhash::kMaxRecord || !inside(record)) std::abort();
  }

 private:
  bool inside(base::ByteView part) const {
    return part.data() >= datagram_.data() &&
           part.data() + part.size() <= datagram_.data() + datagram_.size();
  }
  base::ByteView datagram_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::ByteView datagram(data, size);
  Critic critic(datagram);
  const openhash::Verdict verdict = openhash::inspect(datagram, &critic);
  if (verdict != openhash::inspect(datagram)) std::abort();
  return 0;
}
