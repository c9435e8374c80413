#include "openhash/replicas.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/gather.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;

/// For the third key, once two have the record.
constexpr base::Duration kMoment = 2s;

/// How the operations at the three keys ended, as far as they have.
template <typename T>
struct Answers {
  std::array<std::optional<base::Result<T>>, kReplicaKeys> of_key;

  [[nodiscard]] std::size_t good() const {
    const auto good = [](const auto& answer) { return answer && *answer; };
    return static_cast<std::size_t>(std::ranges::count_if(of_key, good));
  }
  [[nodiscard]] bool complete() const {
    return std::ranges::all_of(of_key, [](const auto& answer) { return answer.has_value(); });
  }
  /// The error that tells most: that nobody answered tells least.
  [[nodiscard]] base::Error error() const {
    std::optional<base::Error> error;
    for (const auto& answer : of_key) {
      if (!answer || *answer) continue;
      if (!error || error->code == Errc::unreachable) error = answer->error();
    }
    return *error;
  }
};

base::Task<void> put_at(Store& store, base::Clock& clock, Key key, Record record,
                        Answers<void>& puts, std::size_t index) {
  puts.of_key[index] = co_await store.put(key, std::move(record));
  if (*puts.of_key[index] && puts.good() == kEnoughKeys) co_await base::sleep_for(clock, kMoment);
}

bool is_conflict(const std::optional<base::Result<void>>& put) {
  return put && !*put && put->error().code == Errc::conflict;
}

base::Task<base::Result<void>> put_signed(Store& store, base::Clock& clock, ReplicaKeys keys,
                                          std::vector<Record> records) {
  Answers<void> puts;
  std::size_t ended = 0;
  std::vector<base::Task<void>> tasks;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    tasks.push_back(put_at(store, clock, keys[i], std::move(records[i]), puts, i));
  }
  // Two ends with two successes: the second waited for the third long enough.
  const auto enough = [&puts, &ended] {
    ++ended;
    return puts.complete() || (ended >= kEnoughKeys && puts.good() >= kEnoughKeys);
  };
  co_await base::gather_until(std::move(tasks), enough);
  for (const auto& put : puts.of_key) {
    if (is_conflict(put)) co_return put->error();
  }
  if (puts.good() < kEnoughKeys) co_return puts.error();
  co_return base::Result<void>();
}

/// The newest of each owner, kind and slot.
class Versions {
 public:
  explicit Versions(std::uint32_t network) : network_(network) {}

  void add(const std::vector<Record>& records) {
    for (const Record& record : records) {
      const auto [place, fresh] = records_.try_emplace(slot_of(record, network_), record);
      if (!fresh && is_newer(record, place->second)) place->second = record;
    }
  }
  [[nodiscard]] std::vector<Record> all() const {
    std::vector<Record> records;
    for (const auto& [id, record] : records_) records.push_back(record);
    return records;
  }

 private:
  /// Of two different ones with one sequence all readers shall choose the same.
  static bool is_newer(const Record& a, const Record& b) {
    return a.sequence != b.sequence ? a.sequence > b.sequence : a.body < b.body;
  }

  std::uint32_t network_;
  std::map<std::uint64_t, Record> records_;  // by slot
};

using Found = Answers<std::vector<Record>>;

base::Task<void> get_at(Store& store, Key key, Found& found, std::size_t index) {
  found.of_key[index] = co_await store.get(key);
}

bool has_something(const Found& found) {
  return std::ranges::any_of(found.of_key,
                             [](const auto& got) { return got && *got && !(*got)->empty(); });
}

/// Reads all keys, until they have answered or `enough` is true.
base::Task<void> read(Store& store, ReplicaKeys keys, Found& found, std::function<bool()> enough) {
  std::vector<base::Task<void>> tasks;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    tasks.push_back(get_at(store, keys[i], found, i));
  }
  co_await base::gather_until(std::move(tasks), std::move(enough));
}

}  // namespace

base::Task<base::Result<void>> put_replicas(Store& store, base::Clock& clock, ReplicaKeys keys,
                                            Record record, const SigningKey& signer) {
  std::vector<Record> records(keys.size(), record);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    sign(records[i], store.rules().network, keys[i], signer);
  }
  return put_signed(store, clock, keys, std::move(records));
}

base::Task<base::Result<std::vector<Record>>> get_replicas(Store& store, ReplicaKeys keys,
                                                           Reading reading) {
  Found found;
  const auto enough = [&found, reading] {
    return reading == Reading::enough && found.good() >= kEnoughKeys && has_something(found);
  };
  co_await read(store, keys, found, enough);
  if (found.good() < kEnoughKeys) co_return found.error();
  Versions newest(store.rules().network);
  for (const auto& got : found.of_key) {
    if (got && *got) newest.add(**got);
  }
  co_return newest.all();
}

base::Task<bool> is_whole(Store& store, ReplicaKeys keys, Record record) {
  Found found;
  const std::function<bool()> never = [] { return false; };
  co_await read(store, keys, found, never);
  const auto same = [&record](const Record& other) {
    return other.owner == record.owner && other.kind == record.kind &&
           other.sequence == record.sequence && other.body == record.body;
  };
  co_return std::ranges::all_of(
      found.of_key, [&same](const auto& got) { return *got && std::ranges::any_of(**got, same); });
}

}  // namespace openhash
