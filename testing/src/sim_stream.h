#pragma once
// Connections between simulated hosts.

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "sim_network.h"

namespace sim {

/// Called if it is still held by the one who waits.
struct Waiter {
  std::function<void()> wake;
};

/// One end of a connection: what its host's kernel knows of it. Owned by its Host, and by the
/// Stream that the program holds.
class StreamEnd : public std::enable_shared_from_this<StreamEnd> {
 public:
  /// A pair, made known to both hosts: that of `host` first, which sees `remote`; the other one
  /// sees `local`.
  static std::pair<std::shared_ptr<StreamEnd>, std::shared_ptr<StreamEnd>> make_pair(
      Network& network, const std::shared_ptr<Host>& host, const base::Endpoint& local,
      const std::shared_ptr<Host>& remote_host, const base::Endpoint& remote);
  StreamEnd(Network& network, std::shared_ptr<Host> host, const base::Endpoint& remote,
            const base::Endpoint& remote_host);

  [[nodiscard]] const base::Endpoint& remote() const { return remote_; }

  /// Tries once. Nothing: there is nothing to read yet.
  std::optional<base::Result<std::size_t>> try_read(std::span<std::uint8_t> into);
  std::shared_ptr<Waiter> wait_to_read(std::function<void()> callback);
  base::Result<void> write(base::ByteView bytes);
  [[nodiscard]] std::uint64_t written() const { return written_; }
  [[nodiscard]] bool handed_over(std::uint64_t position) const;
  std::shared_ptr<Waiter> wait_to_send(std::function<void()> callback);
  void close();

  /// The program let go of its Stream.
  void abandon();
  /// The program is gone; `tell`: its machine says so to the peer.
  void die(bool tell);

 private:
  enum class Kind { data, end, reset };
  struct Segment {
    Kind kind;
    base::Bytes bytes;
    base::Instant arrival;
  };

  void pump_soon();
  void pump();
  [[nodiscard]] std::size_t segment_size();
  void transmit(Kind kind, base::Bytes bytes);
  [[nodiscard]] base::Duration travel_time();
  void repeat_what_is_missing(base::Instant noticed);
  void schedule_delivery();
  void deliver();
  void hold_back();
  void arrived(Segment segment);
  void was_reset();
  void reset_peer();
  void expire();
  void wake_reader();
  void wake_senders();
  void leave_if_over();

  Network& network_;
  std::shared_ptr<Host> host_;
  const std::uint64_t id_;
  base::Endpoint remote_;       // as the program sees it: loopback stays loopback
  base::Endpoint remote_host_;  // as the network sees it
  std::weak_ptr<StreamEnd> peer_;

  base::Bytes inbox_;
  int reads_in_a_row_ = 0;
  bool ended_ = false;  // the peer will send no more
  bool cut_ = false;    // reset, or given up
  bool dead_ = false;   // the program is gone
  bool abandoned_ = false;
  std::weak_ptr<Waiter> reader_;

  base::Bytes queue_;  // what the program wrote and the "kernel" has not taken
  std::deque<Segment> in_flight_;
  std::size_t in_flight_bytes_ = 0;
  base::Instant last_arrival_{};
  base::Instant stalled_since_{};
  base::Duration patience_{};  // until the next repetition, while the line is down
  std::uint64_t written_ = 0;
  std::uint64_t taken_ = 0;
  bool pump_pending_ = false;
  bool closing_ = false;
  bool end_sent_ = false;
  bool end_arrived_ = false;
  std::vector<std::weak_ptr<Waiter>> senders_;
  base::Timer linger_;
};

/// base::Stream over an end.
std::unique_ptr<base::Stream> make_stream(std::shared_ptr<StreamEnd> end);

/// Transport::connect.
base::Task<base::Result<std::unique_ptr<base::Stream>>> connect(Network& network,
                                                                std::shared_ptr<Host> host,
                                                                base::Clock& clock,
                                                                base::Endpoint to);

}  // namespace sim
