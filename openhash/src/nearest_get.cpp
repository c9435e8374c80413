#include <algorithm>

#include "nearest_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;
using base::Result;

constexpr base::Duration kHedge = 500ms;   // silent for so long: the next is asked as well
constexpr base::Duration kHedgeKey = 2ms;  // and for each key of many
constexpr base::Duration kLimit = 30s;     // beyond what any way takes to give up
using Answers = std::vector<Result<Records>>;

/// One key of a reading, and what the ways said of it.
struct Place {
  Place(const Rules& rules, const Key& the_key) : key(the_key), newest(rules, key) {}

  Key key;
  Newest newest;
  std::vector<std::pair<std::size_t, Records>> said;  // by way
  std::optional<base::Error> error;
  bool decided = false;
};

/// A reading of some keys, from as many ways as it takes.
class Reading {
 public:
  Reading(NearestStore::Impl& store, const std::vector<Key>& keys, OnRecord early)
      : store_(store), early_(std::move(early)) {
    for (const Key& key : keys) places_.emplace_back(store.rules(), key);
  }

  [[nodiscard]] std::vector<std::size_t> open() const {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (!places_[i].decided) open.push_back(i);
    }
    return open;
  }
  [[nodiscard]] std::vector<Key> keys(const std::vector<std::size_t>& numbers) const {
    std::vector<Key> keys;
    for (const std::size_t number : numbers) keys.push_back(places_[number].key);
    return keys;
  }
  /// Whether every key has some answer that would do, if nobody knows better.
  [[nodiscard]] bool would_do() const {
    return std::ranges::all_of(places_, [](const Place& place) { return !place.said.empty(); });
  }
  /// Whether something is missing that was seen before: then also those in trouble are asked.
  [[nodiscard]] bool lacks_what_was_seen() const {
    return std::ranges::any_of(places_, [this](const Place& place) {
      return !place.decided && store_.seen.lacks(place.key, place.newest.all(), store_.now(),
                                                 store_.world.clock.wall());
    });
  }

  /// Of the one key that is read: a record as soon as some way has it.
  void on_early(const Record& record) {
    Place& place = places_.front();
    if (store_.seen.is_old(place.key, record, store_.now())) return;
    if (place.newest.add(record) != nullptr && early_) early_(record);
  }
  /// Whether it was an answer at all.
  bool take(std::size_t way, const std::vector<std::size_t>& asked, Answers answers) {
    bool good = false;
    for (std::size_t i = 0; i < asked.size() && i < answers.size(); ++i) {
      good |= answers[i] || answers[i].error() == Errc::refused;
      take(places_[asked[i]], way, std::move(answers[i]));
    }
    return good;
  }
  /// Whoever lacks what another showed is in trouble. What is seen is remembered.
  std::vector<Result<Records>> end() {
    Answers answers;
    for (Place& place : places_) answers.push_back(end(place));
    return answers;
  }

 private:
  void take(Place& place, std::size_t way, Result<Records> answer) {
    if (!answer) {
      // That our clock is wrong says more than that nobody answered.
      if (!place.error || answer.error() == Errc::refused) place.error = answer.error();
      return;
    }
    for (const Record& record : *answer) {
      if (early_) on_early(record);
      place.newest.add(record);  // also an old one: it is not the same as nothing
    }
    place.said.emplace_back(way, std::move(*answer));
    const bool lacks =
        store_.seen.lacks(place.key, place.newest.all(), store_.now(), store_.world.clock.wall());
    const std::size_t enough = place.newest.empty() ? 2 : 1;
    place.decided |= !lacks && place.said.size() >= enough;
  }

  Result<Records> end(Place& place) {
    if (place.said.empty()) {
      return place.error ? *place.error : fail(Errc::unreachable, "no node answered");
    }
    Records newest = place.newest.all();
    const base::Instant now = store_.now();
    const bool old = std::ranges::any_of(
        newest, [&](const Record& record) { return store_.seen.is_old(place.key, record, now); });
    if (old) {
      return fail(Errc::unreachable,
                  "what the nodes show is older than what they showed before; try again");
    }
    for (const auto& [way, records] : place.said) blame(place, way, records, newest);
    if (newest.empty()) store_.seen.forget(place.key);
    for (const Record& record : newest) store_.seen.note(place.key, record, now);
    return newest;
  }

  void blame(const Place& place, std::size_t way, const Records& said, const Records& newest) {
    for (const Record& record : newest) {
      const bool shown = std::ranges::any_of(said, [&](const Record& theirs) {
        return slot_of(theirs, store_.rules().network) == slot_of(record, store_.rules().network) &&
               theirs.sequence >= record.sequence;
      });
      if (!shown) return store_.hid(way, place.key, record);
    }
  }

  NearestStore::Impl& store_;
  OnRecord early_;
  std::vector<Place> places_;
};

base::Task<Answers> ask(Store& way, std::vector<Key> keys, OnRecord early) {
  if (keys.size() > 1) {
    Answers many = co_await way.get_many(std::move(keys));
    co_return many;
  }
  Answers answers;
  answers.push_back(co_await way.get(keys.front(), std::move(early)));
  co_return answers;
}

/// A question that was put to one way.
struct Question {
  std::size_t way = 0;
  std::vector<std::size_t> about;
  base::Instant asked{};
  bool answered = false;
};

}  // namespace

base::Task<std::vector<Result<Records>>> NearestStore::Impl::read(std::vector<Key> keys,
                                                                  OnRecord early) {
  Reading reading(*this, keys, std::move(early));
  const OnRecord on_early = [&reading](const Record& record) { reading.on_early(record); };
  const std::vector<std::size_t> order = preference.order();
  std::vector<Question> questions;
  Arrivals<Answers> arrivals(world.clock);
  bool ask_next = true;
  for (;;) {
    const std::vector<std::size_t> open = reading.open();
    if (open.empty()) break;
    const std::size_t next = questions.size();
    const bool may_ask =
        next < order.size() &&
        (!reading.would_do() || preference.well(order[next]) || reading.lacks_what_was_seen());
    if (ask_next && may_ask) {
      questions.push_back({order[next], open, now(), false});
      arrivals.start(next, ask(ways[order[next]], reading.keys(open), on_early));
    } else if (arrivals.running() == 0 || (ask_next && reading.would_do())) {
      break;
    }
    const bool last = questions.size() == order.size() && !reading.would_do();
    const base::Duration hedge = kHedge + static_cast<int>(open.size()) * kHedgeKey;
    auto arrival = co_await arrivals.next(last ? kLimit : hedge);
    if (last && !arrival) break;
    ask_next = true;
    if (!arrival) continue;
    Question& question = questions[arrival->from];
    question.answered = true;
    if (!reading.take(question.way, question.about, std::move(arrival->result))) {
      in_trouble(question.way, Trouble::silent);
      continue;
    }
    preference.answered(question.way, now(), now() - question.asked);
    for (std::size_t i = 0; i < arrival->from; ++i) {
      if (!questions[i].answered) preference.overtaken(questions[i].way, now());
    }
  }
  co_return reading.end();
}

base::Task<Result<Records>> NearestStore::Impl::get(Key key, OnRecord early) {
  const std::vector<Key> keys{key};
  auto answers = co_await read(keys, std::move(early));
  co_return std::move(answers.front());
}

}  // namespace openhash
