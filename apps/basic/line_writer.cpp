#include "line_writer.h"

#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace {

/// How soon to look again whether a slow reader has made room. A pipe holds 64 KiB, so this is
/// over 10 MB/s for a reader that keeps up.
constexpr base::Duration kRetry = std::chrono::milliseconds(5);

/// What the loop gives to writing before others have their turn.
constexpr std::size_t kStepsAtOnce = 64;

}  // namespace

LineWriter::LineWriter(base::Clock& clock, int fd, std::size_t limit,
                       std::function<void(Broken)> broken)
    : clock_(clock), fd_(fd), limit_(limit), broken_(std::move(broken)) {
  struct stat about {};
  regular_ = fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

void LineWriter::write(std::string line) {
  if (broke_) return;
  const bool idle = queued() == 0;
  buffer_ += line;
  buffer_ += '\n';
  if (queued() > limit_) return give_up(Broken::reader_stuck);
  if (idle) pump();
}

LineWriter::Step LineWriter::step() {
  pollfd ready{fd_, POLLOUT, 0};
  if (!regular_ && poll(&ready, 1, 0) <= 0) return Step::full;
  // A pipe that polls as writable has room for PIPE_BUF bytes (POSIX, poll and write).
  const std::size_t share = std::min<std::size_t>(queued(), PIPE_BUF);
  const ssize_t wrote = ::write(fd_, buffer_.data() + written_, share);
  if (wrote < 0) return errno == EAGAIN || errno == EINTR ? Step::full : Step::broke;
  written_ += static_cast<std::size_t>(wrote);
  return Step::wrote;
}

void LineWriter::pump() {
  base::Duration pause{};
  for (std::size_t i = 0; i < kStepsAtOnce && queued() > 0; ++i) {
    const Step outcome = step();
    if (outcome == Step::broke) return give_up(Broken::reader_gone);
    if (outcome == Step::full) pause = kRetry;
    if (outcome == Step::full) break;
  }
  forget_written();
  if (queued() > 0) {
    retry_ = clock_.call_after(pause, [this] { pump(); });
  } else if (drained_) {
    drained_();
  }
}

void LineWriter::forget_written() {
  if (written_ < buffer_.size() / 2) return;  // so that each byte is moved once at most
  buffer_.erase(0, written_);
  written_ = 0;
}

void LineWriter::give_up(Broken why) {
  broke_ = true;
  buffer_.clear();
  written_ = 0;
  retry_ = clock_.call_after({}, [this, why] { broken_(why); });
}

base::Task<void> LineWriter::flushed(base::Duration limit) {
  const base::Instant end = clock_.now() + limit;
  while (queued() > 0 && clock_.now() < end) co_await base::sleep_for(clock_, kRetry);
}
