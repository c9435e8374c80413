#include "ohim/pulse.h"

#include <algorithm>

namespace ohim {
namespace {

using namespace std::chrono_literals;

/// Answers to older questions than these measure nothing.
constexpr std::size_t kOpenQuestions = 8;
/// RFC 6298, K and the granularity: of our timers.
constexpr int kVariations = 4;
constexpr base::Duration kGranularity = 10ms;
constexpr int kProbeAnswers = 3;

}  // namespace

Pulse::Pulse(bool asks_first, base::Instant now, PulseOptions options)
    : asks_first_(asks_first), options_(options), heard_(now) {}

std::uint64_t Pulse::ask(base::Instant now) {
  waiting_ = last_question_ = now;
  open_.push_back({++questions_, now});
  if (open_.size() > kOpenQuestions) open_.pop_front();
  return questions_;
}

void Pulse::heard(base::Instant now) {
  heard_ = now;
  waiting_.reset();
  doubted_.reset();
}

/// RFC 6298, 2.2 and 2.3. A question has a number, so Karn's ambiguity does not arise.
void Pulse::answered(std::uint64_t number, base::Instant now) {
  while (!open_.empty() && open_.front().number < number) open_.pop_front();
  if (open_.empty() || open_.front().number != number) return;
  const base::Duration took = now - open_.front().at;
  open_.pop_front();
  if (!smoothed_) {
    smoothed_ = took;
    variation_ = took / 2;
    return;
  }
  const base::Duration off = took > *smoothed_ ? took - *smoothed_ : *smoothed_ - took;
  variation_ += (off - variation_) / 4;
  *smoothed_ += (took - *smoothed_) / 8;
}

void Pulse::slept() {
  open_.clear();
  doubted_.reset();
}

std::optional<base::Duration> Pulse::answer_time() const {
  if (!smoothed_) return std::nullopt;
  return *smoothed_ + std::max(kGranularity, kVariations * variation_);
}

base::Instant Pulse::next_question() const {
  if (waiting_) {
    const base::Duration wait = answer_time().value_or(options_.again_unmeasured);
    return *waiting_ + std::clamp(wait, options_.again_least, options_.period);
  }
  const base::Duration defer = asks_first_ ? 0s : options_.defer;
  const base::Instant after_quiet = heard_ + options_.quiet + defer;
  // A line that was never measured may be a slow one.
  if (!smoothed_ || !last_question_) return after_quiet;
  return std::max(after_quiet, *last_question_ + options_.period + defer);
}

base::Instant Pulse::dead_at() const {
  if (!doubted_) return heard_ + options_.dead_after;
  const base::Duration wait = kProbeAnswers * answer_time().value_or(0s);
  return *doubted_ + std::clamp(wait, options_.probe_limit, options_.dead_after);
}

}  // namespace ohim
