// The yardstick: OpenDHT as it comes, DhtRunner and all.

#include <opendht/dhtrunner.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>

#include "measure_table.h"

namespace bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kLimit = 10s;
constexpr dht::NetId kNetwork = 4711;

std::unique_ptr<dht::DhtRunner> start(const dht::DhtRunner* first) {
  auto runner = std::make_unique<dht::DhtRunner>();
  dht::DhtRunner::Config config;
  config.dht_config.node_config.network = kNetwork;
  config.dht_config.node_config.max_req_per_sec = 1'000'000;
  config.dht_config.node_config.max_peer_req_per_sec = 1'000'000;
  config.threaded = true;
  config.bind4 = dht::SockAddr::resolve("127.0.0.1", "0").front();
  runner->run(config, {});
  if (first != nullptr) runner->bootstrap("127.0.0.1", std::to_string(first->getBoundPort()));
  return runner;
}

dht::InfoHash key_of(const char* what, std::size_t number) {
  return dht::InfoHash::get(std::string(what) + std::to_string(number));
}

std::shared_ptr<dht::Value> value() {
  return std::make_shared<dht::Value>(dht::Blob(kValueSize, 7));
}

/// Waits for the engine's other thread; nothing if it took too long.
template <typename T>
bool came(std::future<T>& future) {
  return future.wait_for(kLimit) == std::future_status::ready;
}

void put(dht::DhtRunner& client, const dht::InfoHash& key, Times& times) {
  auto done = std::make_shared<std::promise<bool>>();
  auto answer = done->get_future();
  const auto start = Clock::now();
  client.put(key, value(), [done](bool ok) { done->set_value(ok); });
  if (!came(answer) || !answer.get()) ++times.failed;
  times.put.push_back(Clock::now() - start);
}

/// When the first value came and when the get ended, since its start.
struct Got {
  std::optional<Nanoseconds> first;
  Nanoseconds whole{};
};

Got get(dht::DhtRunner& client, const dht::InfoHash& key, Times& times) {
  auto first = std::make_shared<std::optional<Nanoseconds>>();
  auto done = std::make_shared<std::promise<bool>>();
  auto answer = done->get_future();
  const auto start = Clock::now();
  client.get(
      key,
      [first, start](const std::vector<std::shared_ptr<dht::Value>>&) {
        if (!*first) *first = Clock::now() - start;
        return true;
      },
      [done](bool ok) { done->set_value(ok); });
  if (!came(answer)) ++times.failed;
  return {*first, Clock::now() - start};
}

void push(dht::DhtRunner& writer, dht::DhtRunner& watcher, std::size_t number, Times& times) {
  const dht::InfoHash key = key_of("watched", number);
  auto seen = std::make_shared<std::promise<bool>>();
  auto once = std::make_shared<std::atomic<bool>>(false);
  auto answer = seen->get_future();
  auto token = watcher.listen(key, [seen, once](const auto&, bool expired) {
    if (!expired && !once->exchange(true)) seen->set_value(true);
    return true;
  });
  (void)get(watcher, key, times);  // by its end the subscription stands
  const auto start = Clock::now();
  writer.put(key, value());
  if (!came(answer)) ++times.failed;
  times.push.push_back(Clock::now() - start);
  watcher.cancelListen(key, std::move(token));
}

}  // namespace

Times measure_bare(std::size_t nodes, std::size_t count) {
  std::vector<std::unique_ptr<dht::DhtRunner>> table;
  for (std::size_t i = 0; i < nodes; ++i) {
    table.push_back(start(i == 0 ? nullptr : table.front().get()));
  }
  const auto writer = start(table.front().get());
  const auto reader = start(table.front().get());
  Times times;
  // Until the mesh stands: the writer's puts are found by the reader several times in a row.
  Times warming;
  int in_a_row = 0;
  for (std::size_t i = 0; i < 200 && in_a_row < 10; ++i) {
    put(*writer, key_of("warm", i), warming);
    in_a_row = get(*reader, key_of("warm", i), warming).first ? in_a_row + 1 : 0;
  }
  for (std::size_t i = 0; i < count; ++i) {
    put(*writer, key_of("key", i), times);
    const Got there = get(*reader, key_of("key", i), times);
    if (there.first) times.found.push_back(*there.first);
    if (!there.first) ++times.failed;
    times.whole.push_back(there.whole);
    times.missing.push_back(get(*reader, key_of("nothing", i), times).whole);
    push(*writer, *reader, i, times);
  }
  for (const auto& runner : table) runner->shutdown({}, true);
  for (const auto& runner : table) runner->join();
  writer->join();
  reader->join();
  return times;
}

}  // namespace bench
