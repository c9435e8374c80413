#include "outbox.h"

namespace openhash {
namespace {

// As on a network, what is too much is lost; the engines on both sides try again.
constexpr std::size_t kMostWaiting = 4096;

constexpr std::uint8_t kSmallestMap = 0x80;  // msgpack: a map of up to 15 pairs is one byte
constexpr std::uint8_t kLargestMap = 0x8f;
constexpr std::uint8_t kClientFlag[] = {0xa1, 's', 0xc3};  // "s": true

}  // namespace

void Outbox::send(const base::Endpoint& to, base::ByteView datagram) {
  if (held_for_ <= released_) return send_(to, datagram);
  if (waiting_.size() < kMostWaiting) {
    waiting_.push_back({held_for_, to, base::to_bytes(datagram)});
  }
}

void Outbox::release(std::uint64_t mark) {
  released_ = std::max(released_, mark);
  while (!waiting_.empty() && waiting_.front().mark <= released_) {
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    send_(next.to, next.datagram);
  }
}

base::Bytes with_client_flag(base::ByteView datagram) {
  base::Bytes out = base::to_bytes(datagram);
  if (out.empty() || out[0] < kSmallestMap || out[0] >= kLargestMap) return out;
  ++out[0];
  out.insert(out.end(), std::begin(kClientFlag), std::end(kClientFlag));
  return out;
}

}  // namespace openhash
