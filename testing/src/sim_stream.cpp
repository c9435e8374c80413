#include "sim_stream.h"

#include <algorithm>

namespace sim {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kQueueLimit = 4U << 20;
/// What may be on the way or unread: a receiver that does not read stops its sender.
constexpr std::size_t kWindow = 256U << 10;
/// Segments are of any size up to this, so that no reader comes to rely on whole frames.
constexpr std::size_t kLargestSegment = 16U << 10;
/// RFC 6298, with the numbers of Linux but for the last: a simulated hour should see a line come
/// back soon after it was mended. The first repetition is sent so much after a round trip.
constexpr base::Duration kFirstRepeat = 200ms;
constexpr base::Duration kLastRepeat = 10s;
/// Linux gives up after about a quarter of an hour (tcp_retries2).
constexpr base::Duration kGiveUp = 15min;
constexpr base::Duration kLingerLimit = 2s;
/// As in the real world: then the loop gets its turn.
constexpr int kReadsInARow = 16;

void wake(const std::weak_ptr<Waiter>& waiting) {
  if (const auto waiter = waiting.lock()) waiter->wake();
}

}  // namespace

StreamEnd::StreamEnd(Network& network, std::shared_ptr<Host> host, const base::Endpoint& remote,
                     const base::Endpoint& remote_host)
    : network_(network),
      host_(std::move(host)),
      id_(network.next_end++),
      remote_(remote),
      remote_host_(remote_host) {}

std::pair<std::shared_ptr<StreamEnd>, std::shared_ptr<StreamEnd>> StreamEnd::make_pair(
    Network& network, const std::shared_ptr<Host>& host, const base::Endpoint& local,
    const std::shared_ptr<Host>& remote_host, const base::Endpoint& remote) {
  auto ours = std::make_shared<StreamEnd>(network, host, remote, remote_host->address);
  auto theirs = std::make_shared<StreamEnd>(network, remote_host, local, host->address);
  ours->peer_ = theirs;
  theirs->peer_ = ours;
  host->ends.emplace(ours->id_, ours);
  remote_host->ends.emplace(theirs->id_, theirs);
  return {std::move(ours), std::move(theirs)};
}

// --- what the program does -----------------------------------------------------------------

std::optional<base::Result<std::size_t>> StreamEnd::try_read(std::span<std::uint8_t> into) {
  if (abandoned_ || dead_) return base::fail(base::Errc::closed, "the connection was cut off");
  if (into.empty()) return base::fail(base::Errc::too_large, "a read needs room for a byte");
  if (inbox_.empty()) {
    if (cut_) return base::fail(base::Errc::closed, "the connection was cut off");
    if (ended_) return std::size_t{0};
    return std::nullopt;
  }
  if (++reads_in_a_row_ > kReadsInARow) return std::nullopt;
  const std::size_t count = std::min(into.size(), inbox_.size());
  const auto last = inbox_.begin() + static_cast<std::ptrdiff_t>(count);
  std::copy(inbox_.begin(), last, into.begin());
  inbox_.erase(inbox_.begin(), last);
  const auto peer = peer_.lock();
  if (peer && !peer->queue_.empty()) {
    // The word that there is room again travels, too.
    network_.events->after(travel_time(), [peer] { peer->pump(); });
  }
  return count;
}

std::shared_ptr<Waiter> StreamEnd::wait_to_read(std::function<void()> callback) {
  auto waiter = std::make_shared<Waiter>(Waiter{std::move(callback)});
  reader_ = waiter;
  reads_in_a_row_ = 0;
  if (!inbox_.empty()) wake_reader();
  return waiter;
}

base::Result<void> StreamEnd::write(base::ByteView bytes) {
  if (closing_ || cut_ || dead_) return base::fail(base::Errc::closed, "the connection is closed");
  if (bytes.size() > kQueueLimit || queue_.size() > kQueueLimit - bytes.size()) {
    return base::fail(base::Errc::too_large, "the other side reads too slowly: 4 MiB are waiting");
  }
  queue_.insert(queue_.end(), bytes.begin(), bytes.end());
  written_ += bytes.size();
  pump_soon();
  return {};
}

bool StreamEnd::handed_over(std::uint64_t position) const {
  return taken_ >= position || cut_ || dead_ || abandoned_;
}

std::shared_ptr<Waiter> StreamEnd::wait_to_send(std::function<void()> callback) {
  auto waiter = std::make_shared<Waiter>(Waiter{std::move(callback)});
  senders_.push_back(waiter);
  return waiter;
}

void StreamEnd::close() {
  if (dead_ || std::exchange(closing_, true)) return;
  pump_soon();
}

void StreamEnd::abandon() {
  if (dead_ || std::exchange(abandoned_, true)) return;
  inbox_.clear();
  wake_reader();
  wake_senders();
  if (!closing_) return reset_peer();
  linger_ = network_.events->timer(
      kLingerLimit,
      [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->expire();
      },
      host_.get());
  leave_if_over();
}

void StreamEnd::die(bool tell) {
  if (tell) {
    reset_peer();
  } else {
    in_flight_.clear();
  }
  dead_ = true;
}

// --- sending -------------------------------------------------------------------------------

/// In the next event, so that all that is written in this one leaves together.
void StreamEnd::pump_soon() {
  if (std::exchange(pump_pending_, true)) return;
  network_.events->after(0s, [self = shared_from_this()] {
    self->pump_pending_ = false;
    self->pump();
  });
}

std::size_t StreamEnd::segment_size() { return 1 + network_.dice.u64() % kLargestSegment; }

void StreamEnd::pump() {
  if (dead_ || cut_) return;
  const auto peer = peer_.lock();
  const std::size_t unread = peer ? peer->inbox_.size() : 0;
  base::ByteView rest = queue_;
  while (!rest.empty() && in_flight_bytes_ + unread < kWindow) {
    const std::size_t size = std::min<std::size_t>(rest.size(), segment_size());
    transmit(Kind::data, base::to_bytes(rest.first(size)));
    rest = rest.subspan(size);
  }
  const std::size_t taken = queue_.size() - rest.size();
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(taken));
  taken_ += taken;
  network_.traffic[host_->address].stream_bytes += taken;
  if (queue_.empty() && closing_ && !std::exchange(end_sent_, true)) transmit(Kind::end, {});
  wake_senders();
}

/// One way, with the repetitions that losses cost.
base::Duration StreamEnd::travel_time() {
  const Faults faults = network_.faults(host_->address, remote_host_);
  base::Duration time = network_.delay(faults);
  const base::Duration first = 2 * faults.delay + kFirstRepeat;
  for (base::Duration repeat = first; repeat < kLastRepeat; repeat *= 2) {
    if (!network_.dice.chance(faults.loss)) break;
    time += repeat;
  }
  return time;
}

void StreamEnd::transmit(Kind kind, base::Bytes bytes) {
  const base::Instant arrival = network_.events->now() + travel_time();
  if (arrival < last_arrival_ && network_.reaches(host_->address, remote_host_)) {
    repeat_what_is_missing(arrival);
  }
  last_arrival_ = std::max(last_arrival_, arrival);
  in_flight_bytes_ += bytes.size();
  in_flight_.push_back({kind, std::move(bytes), last_arrival_});
  if (in_flight_.size() == 1) schedule_delivery();
}

/// What arrives in front of a lost segment tells of the loss (RFC 8985), and it is sent again.
void StreamEnd::repeat_what_is_missing(base::Instant noticed) {
  const Faults faults = network_.faults(host_->address, remote_host_);
  last_arrival_ = std::min(last_arrival_, noticed + faults.delay + travel_time());
  const base::Instant next = in_flight_.empty() ? last_arrival_ : in_flight_.front().arrival;
  for (Segment& segment : in_flight_) segment.arrival = std::min(segment.arrival, last_arrival_);
  if (last_arrival_ < next) schedule_delivery();
}

void StreamEnd::schedule_delivery() {
  network_.events->at(in_flight_.front().arrival, [self = shared_from_this()] { self->deliver(); });
}

void StreamEnd::deliver() {
  if (in_flight_.empty() || in_flight_.front().arrival > network_.events->now()) return;
  if (!network_.reaches(host_->address, remote_host_)) return hold_back();
  patience_ = {};
  Segment segment = std::move(in_flight_.front());
  in_flight_.pop_front();
  in_flight_bytes_ -= segment.bytes.size();
  if (!in_flight_.empty()) schedule_delivery();

  const auto peer = peer_.lock();
  if (peer && !peer->dead_ && !peer->cut_) {
    if (segment.kind == Kind::end) end_arrived_ = true;
    peer->arrived(std::move(segment));
    leave_if_over();
  } else if (segment.kind != Kind::reset) {
    // Nobody there knows of this connection: the answer is a reset.
    network_.events->after(travel_time(), [self = shared_from_this()] { self->was_reset(); });
  }
}

/// The line is down: try again later, and later still. A program that is gone does not try again.
void StreamEnd::hold_back() {
  if (dead_ || cut_) return in_flight_.clear();
  const base::Instant now = network_.events->now();
  if (patience_ == base::Duration::zero()) {
    stalled_since_ = now;
    patience_ = kFirstRepeat;
  }
  if (now - stalled_since_ >= kGiveUp) return was_reset();
  in_flight_.front().arrival = now + patience_;
  patience_ = std::min(patience_ * 2, kLastRepeat);
  schedule_delivery();
}

// --- what comes from the other end ---------------------------------------------------------

void StreamEnd::arrived(Segment segment) {
  switch (segment.kind) {
    case Kind::data:
      if (!abandoned_) inbox_.insert(inbox_.end(), segment.bytes.begin(), segment.bytes.end());
      break;
    case Kind::end:
      ended_ = true;
      break;
    case Kind::reset:
      return was_reset();
  }
  leave_if_over();
  wake_reader();
}

void StreamEnd::was_reset() {
  if (dead_ || std::exchange(cut_, true)) return;
  queue_.clear();
  in_flight_.clear();
  in_flight_bytes_ = 0;
  host_->ends.erase(id_);
  wake_senders();
  wake_reader();
}

/// Drops the connection; what is on the way still arrives, in front of the reset.
void StreamEnd::reset_peer() {
  if (dead_ || std::exchange(cut_, true)) return;
  queue_.clear();
  transmit(Kind::reset, {});
  host_->ends.erase(id_);
}

/// The end of lingering. All sent: forget it quietly, and answer what may still come with a reset.
void StreamEnd::expire() {
  if (!end_arrived_) return reset_peer();
  cut_ = true;
  host_->ends.erase(id_);
}

/// Both directions have ended and the program has let go: nothing is left to remember.
void StreamEnd::leave_if_over() {
  if (!abandoned_ || !ended_ || !end_arrived_) return;
  linger_.cancel();
  host_->ends.erase(id_);
}

void StreamEnd::wake_reader() {
  network_.events->after(
      0s, [waiting = reader_] { wake(waiting); }, host_.get());
}

void StreamEnd::wake_senders() {
  for (auto& waiting : std::exchange(senders_, {})) {
    network_.events->after(
        0s, [waiting = std::move(waiting)] { wake(waiting); }, host_.get());
  }
}

// --- streams and connecting ----------------------------------------------------------------

namespace {

base::Task<base::Result<std::size_t>> read_from(std::shared_ptr<StreamEnd> end,
                                                std::span<std::uint8_t> into) {
  for (;;) {
    if (auto result = end->try_read(into)) co_return std::move(*result);
    base::Completion<bool> ready;
    const auto waiter = end->wait_to_read([&ready] { ready.set(true); });
    co_await ready;
  }
}

base::Task<void> sent_up_to(std::shared_ptr<StreamEnd> end, std::uint64_t position) {
  while (!end->handed_over(position)) {
    base::Completion<bool> progress;
    const auto waiter = end->wait_to_send([&progress] { progress.set(true); });
    co_await progress;
  }
}

class SimStream final : public base::Stream {
 public:
  explicit SimStream(std::shared_ptr<StreamEnd> end) : end_(std::move(end)) {}
  ~SimStream() override { end_->abandon(); }

  base::Task<base::Result<std::size_t>> read(std::span<std::uint8_t> into) override {
    return read_from(end_, into);
  }
  base::Result<void> write(base::ByteView bytes) override { return end_->write(bytes); }
  base::Task<void> flushed() override { return sent_up_to(end_, end_->written()); }
  void close() override { end_->close(); }
  base::Endpoint remote() const override { return end_->remote(); }

 private:
  std::shared_ptr<StreamEnd> end_;
};

}  // namespace

std::unique_ptr<base::Stream> make_stream(std::shared_ptr<StreamEnd> end) {
  return std::make_unique<SimStream>(std::move(end));
}

}  // namespace sim
