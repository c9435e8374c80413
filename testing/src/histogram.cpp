#include "testing/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sim {
namespace {

constexpr std::uint64_t kExact = 64;  // milliseconds with a bucket each
constexpr unsigned kStepBits = 5;     // 32 buckets for each doubling above
constexpr unsigned kExactBits = 6;    // 64 = 2^6
constexpr std::uint64_t kSteps = 1U << kStepBits;

std::uint64_t milliseconds_of(base::Duration duration) {
  const auto count = std::chrono::ceil<std::chrono::milliseconds>(duration).count();
  return static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0));
}

std::size_t bucket_of(std::uint64_t milliseconds) {
  if (milliseconds < kExact) return milliseconds;
  const auto octave = static_cast<unsigned>(std::bit_width(milliseconds)) - 1;
  const std::uint64_t step = (milliseconds >> (octave - kStepBits)) - kSteps;
  return kExact + (octave - kExactBits) * kSteps + step;
}

/// The longest that falls into the bucket.
std::uint64_t end_of(std::size_t bucket) {
  if (bucket < kExact) return bucket;
  const std::uint64_t octave = (bucket - kExact) / kSteps + kExactBits;
  const std::uint64_t step = (bucket - kExact) % kSteps;
  return ((kSteps + step + 1) << (octave - kStepBits)) - 1;
}

}  // namespace

void Histogram::add(base::Duration duration) {
  const std::size_t bucket = bucket_of(milliseconds_of(duration));
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
  ++buckets_[bucket];
  ++count_;
  max_ = std::max(max_, duration);
}

void Histogram::add(const Histogram& other) {
  if (other.buckets_.size() > buckets_.size()) buckets_.resize(other.buckets_.size());
  for (std::size_t i = 0; i < other.buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
}

base::Duration Histogram::quantile(double share) const {
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t passed = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    passed += buckets_[bucket];
    if (passed < std::max<std::uint64_t>(wanted, 1)) continue;
    const std::chrono::milliseconds end(end_of(bucket));
    return std::min<base::Duration>(end, max_);
  }
  return max_;
}

double Histogram::within(base::Duration duration) const {
  if (count_ == 0) return 1;
  if (duration < base::Duration::zero()) return 0;
  const std::size_t last = bucket_of(
      static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(duration).count()));
  std::uint64_t passed = 0;
  for (std::size_t i = 0; i <= last && i < buckets_.size(); ++i) passed += buckets_[i];
  return static_cast<double>(passed) / static_cast<double>(count_);
}

}  // namespace sim
