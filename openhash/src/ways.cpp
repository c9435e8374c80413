#include "ways.h"

#include <algorithm>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kBeat = 3s;       // between greetings of the quickest
constexpr base::Duration kSilence = 8s;    // two beats and a half without any answer: line cut
constexpr base::Duration kAgain = 900ms;   // between two tries of one that must answer
constexpr base::Duration kRarely = 15s;    // the others that answer
constexpr base::Duration kLost = 5s;       // given ones that do not, while another does
constexpr base::Duration kMemory = 10min;  // of nodes that were met
constexpr std::size_t kMostMet = 32;

}  // namespace

Ways::Way* Ways::find(const base::Endpoint& endpoint) {
  const auto way = std::ranges::find(ways_, endpoint, &Way::endpoint);
  return way == ways_.end() ? nullptr : &*way;
}

void Ways::add(const base::Endpoint& endpoint) {
  if (Way* const known = find(endpoint)) {
    known->given = true;
    return;
  }
  Way way;
  way.endpoint = endpoint;
  way.given = true;
  ways_.push_back(way);
}

void Ways::set(const std::vector<base::Endpoint>& endpoints) {
  for (Way& way : ways_) way.given = false;
  for (const base::Endpoint& endpoint : endpoints) add(endpoint);
  std::erase_if(ways_, [](const Way& way) { return !way.given && !way.seen; });
}

void Ways::met(const base::Endpoint& endpoint, base::Instant now) {
  if (Way* const known = find(endpoint)) {
    known->seen = now;
    return;
  }
  const auto met = std::ranges::count(ways_, false, &Way::given);
  if (static_cast<std::size_t>(met) >= kMostMet) return;
  Way way;
  way.endpoint = endpoint;
  way.answering = true;
  way.seen = now;
  ways_.push_back(way);
}

const Ways::Way* Ways::quickest() const {
  const Way* best = nullptr;
  for (const Way& way : ways_) {
    if (!way.answering) continue;
    // One that was given is preferred to one that was met: the user chose it.
    if (best == nullptr || way.given > best->given ||
        (way.given == best->given && way.latency < best->latency)) {
      best = &way;
    }
  }
  return best;
}

std::vector<base::Endpoint> Ways::due(base::Instant now) {
  std::erase_if(
      ways_, [now](const Way& way) { return !way.given && way.seen && now - *way.seen > kMemory; });
  const bool lost = !last_answer_ || now - *last_answer_ > kBeat + kAgain;
  const Way* const best = quickest();
  std::vector<base::Endpoint> endpoints;
  for (Way& way : ways_) {
    base::Duration pause = kRarely;
    if (lost) {
      pause = kAgain;
    } else if (&way == best) {
      pause = kBeat;
    } else if (!way.answering) {
      pause = kLost;
    }
    if (way.asked && now - *way.asked < pause) continue;
    way.asked = now;
    endpoints.push_back(way.endpoint);
  }
  return endpoints;
}

void Ways::answered(const base::Endpoint& endpoint, base::Instant now, base::Duration latency) {
  last_answer_ = now;
  Way* const way = find(endpoint);
  if (way == nullptr) return;
  way->answering = true;
  way->answered = way->seen = now;
  way->latency = latency;
}

void Ways::missed(const base::Endpoint& endpoint, base::Instant now) {
  Way* const way = find(endpoint);
  // An older greeting that ends now says nothing if a younger one was answered.
  if (way != nullptr && (!way->answered || now - *way->answered > kBeat)) way->answering = false;
}

bool Ways::reachable(base::Instant now) const {
  return last_answer_ && now - *last_answer_ <= kSilence;
}

bool Ways::none_given() const { return std::ranges::none_of(ways_, &Way::given); }

std::vector<base::Endpoint> Ways::given() const {
  std::vector<base::Endpoint> endpoints;
  for (const Way& way : ways_) {
    if (way.given) endpoints.push_back(way.endpoint);
  }
  return endpoints;
}

std::vector<NodeHealth> Ways::health() const {
  std::vector<NodeHealth> nodes;
  for (const Way& way : ways_) {
    if (way.given) nodes.push_back({way.endpoint.to_string(), way.answering, way.latency});
  }
  std::ranges::stable_sort(nodes, [](const NodeHealth& a, const NodeHealth& b) {
    return a.answering != b.answering ? a.answering : a.latency < b.latency;
  });
  return nodes;
}

}  // namespace openhash
