#pragma once
// Datagrams on their way out. A storage node may say nothing that acknowledges or serves a record
// before the record is on disk; so while the journal writes, what is sent waits here.

#include <cstdint>
#include <deque>
#include <functional>

#include "base/transport.h"

namespace openhash {

class Outbox {
 public:
  using Send = std::function<void(const base::Endpoint& to, base::ByteView datagram)>;
  explicit Outbox(Send send) : send_(std::move(send)) {}

  void send(const base::Endpoint& to, base::ByteView datagram);
  /// What is sent from now on waits for release(mark). Marks grow.
  void hold(std::uint64_t mark) { held_for_ = mark; }
  /// Sends all that waits for this mark or an earlier one.
  void release(std::uint64_t mark);

 private:
  struct Waiting {
    std::uint64_t mark;
    base::Endpoint to;
    base::Bytes datagram;
  };
  Send send_;
  std::deque<Waiting> waiting_;
  std::uint64_t held_for_ = 0;
  std::uint64_t released_ = 0;
};

/// The datagram with the engine's client flag added to its top map, or as it was if it is none.
/// Who carries the flag gets no values to store (security.md, section 1, rule 8).
base::Bytes with_client_flag(base::ByteView datagram);

}  // namespace openhash
