#include "preference.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kProbe = 60s;      // of a way that is well
constexpr base::Duration kProbeNew = 2s;    // the first answer has paid for the connection, too
constexpr unsigned kSamples = 3;            // until single answers count for little
constexpr base::Duration kProbeAgain = 1s;  // of one in trouble; twice as long each time
constexpr base::Duration kProbeRarely = 60s;
constexpr base::Duration kSettled = 10s;  // well for so long before it is chosen again
constexpr base::Duration kSettledMost = 5min;
constexpr base::Duration kForgiven = 10min;   // well for so long: its troubles are forgotten
constexpr base::Duration kStay = 10s;         // between two moves that only save time
constexpr base::Duration kWorthMoving = 5ms;  // and a third of the latency

base::Duration doubled(base::Duration first, unsigned times, base::Duration most) {
  return std::min(first * (1 << std::min(times, 10U)), most);
}

}  // namespace

void Preference::answered(std::size_t number, base::Instant now, base::Duration latency) {
  Way& way = ways_[number];
  way.doubted = false;
  way.latency = way.samples < kSamples ? latency : (way.latency * 7 + latency * 3) / 10;
  if (way.samples == 0) way.well_since = now;
  way.samples = std::min(way.samples + 1, kSamples);
  if (way.trouble == Trouble::silent) return cleared(number, now);
  if (way.trouble == Trouble::none) {
    if (now - way.well_since > kForgiven) way.failed = 0;
    way.next = now + (way.samples < kSamples ? kProbeNew : kProbe);
  }
  choose(now);
}

void Preference::overtaken(std::size_t number, base::Instant now) {
  Way& way = ways_[number];
  way.doubted = true;
  if (way.trouble == Trouble::none) way.next = now;
  choose(now);
}

void Preference::troubled(std::size_t number, base::Instant now, Trouble why) {
  Way& way = ways_[number];
  if (way.trouble == Trouble::none) ++way.failed;
  way.samples = 0;
  // Being silent says nothing of whether it still lies.
  if (why != Trouble::silent || way.trouble == Trouble::none) way.trouble = why;
  way.next = now + doubled(kProbeAgain, way.missed++, kProbeRarely);
  choose(now);
}

void Preference::cleared(std::size_t number, base::Instant now) {
  Way& way = ways_[number];
  if (way.trouble != Trouble::none) way.well_since = now;
  way.trouble = Trouble::none;
  way.doubted = false;
  way.missed = 0;
  way.samples = std::max(way.samples, 1U);
  way.next = now + kProbeNew;
  choose(now);
}

Preference::Rank Preference::rank(std::size_t number) const {
  const Way& way = ways_[number];
  if (way.trouble != Trouble::none) return Rank::troubled;
  if (way.doubted) return Rank::doubted;
  return way.samples == 0 ? Rank::unproven : Rank::well;
}

bool Preference::goes_before(std::size_t one, std::size_t other) const {
  return std::tuple(rank(one), ways_[one].latency) < std::tuple(rank(other), ways_[other].latency);
}

std::vector<std::size_t> Preference::order() const {
  std::vector<std::size_t> all(ways_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::ranges::stable_sort(
      all, [this](std::size_t one, std::size_t other) { return goes_before(one, other); });
  const auto first = std::ranges::find(all, chosen_);
  std::rotate(all.begin(), first, first + 1);
  return all;
}

bool Preference::worth_moving(std::size_t number, base::Instant now) const {
  const Way& way = ways_[number];
  const Way& current = ways_[chosen_];
  if (rank(number) != Rank::well) return false;
  if (rank(chosen_) != Rank::well) return true;
  const base::Duration settles =
      way.failed == 0 ? 0s : doubled(kSettled, way.failed - 1, kSettledMost);
  return now - way.well_since >= settles && now - moved_ >= kStay &&
         way.latency * 3 / 2 + kWorthMoving < current.latency;
}

void Preference::choose(base::Instant now) {
  const bool will_do = rank(chosen_) < Rank::doubted;
  std::optional<std::size_t> best;
  for (std::size_t way = 0; way < ways_.size(); ++way) {
    const bool fit = will_do ? worth_moving(way, now) : goes_before(way, chosen_);
    if (fit && way != chosen_ && (!best || goes_before(way, *best))) best = way;
  }
  if (!best) return;
  chosen_ = *best;
  moved_ = now;
}

std::vector<std::size_t> Preference::due(base::Instant now) {
  std::vector<std::size_t> due;
  for (std::size_t number = 0; number < ways_.size(); ++number) {
    if (ways_[number].next > now) continue;
    ways_[number].next = now + kProbeRarely;  // unless the answer says something else
    due.push_back(number);
  }
  return due;
}

}  // namespace openhash
