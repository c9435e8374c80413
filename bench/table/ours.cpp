#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/system.h"
#include "journal.h"
#include "measure_table.h"
#include "openhash/node.h"

namespace bench {
namespace {

using namespace std::chrono_literals;
using namespace openhash;

// Proofs of work are paid once by a user, not by an operation.
constexpr Rules kRules{.network = 4712, .work_named = 0, .work_opaque = 0};
constexpr base::Duration kMesh = 60s;    // for the nodes to find one another
constexpr base::Duration kStood = 50ms;  // for a subscription to stand
constexpr base::Duration kPushLimit = 10s;
constexpr base::Duration kIdleLook = 500ms;  // who uses a hundredth of a processor is idle
constexpr double kIdle = 0.005;
constexpr int kIdleLooks = 240;

const SigningKey& owner() {
  static const SigningKey key(base::Secret::copy_of(base::Bytes(32, 7)));
  return key;
}

Key key_named(const char* what, std::size_t number) {
  return Key::of(what + std::to_string(number));
}

Record record_at(const Key& key, base::WallTime now, std::uint64_t sequence = 1) {
  Record record;
  record.sequence = sequence;
  record.issued = now;
  record.valid_for = std::chrono::hours(24);
  record.body = base::Bytes(kValueSize, 7);
  record.owner = owner().public_key();
  sign(record, kRules.network, key, owner());
  return record;
}

std::unique_ptr<Node> open(base::World& world, Role role, const Node* first,
                           const std::filesystem::path& state = {}) {
  NodeOptions options;
  options.role = role;
  options.rules = kRules;
  options.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  options.state = state;
  if (first != nullptr) options.bootstrap.push_back(first->local());
  auto node = Node::open(world, std::move(options));
  if (!node) throw std::runtime_error(node.error().message());
  return std::move(*node);
}

/// Until everybody knows half of the others, or as many as hold a record.
base::Task<bool> mesh(base::World& world, std::vector<std::unique_ptr<Node>>& table) {
  const std::size_t wanted = std::min<std::size_t>(table.size() / 2, 8);
  const base::Instant end = world.clock.now() + kMesh;
  while (world.clock.now() < end) {
    const bool whole = std::ranges::all_of(
        table, [wanted](const auto& node) { return node->stats().neighbours >= wanted; });
    if (whole) co_return true;
    co_await base::sleep_for(world.clock, 100ms);
  }
  co_return false;
}

base::Task<void> put_and_get(base::World& world, Node& writer, Node& reader, std::size_t number,
                             Times& times) {
  const Key key = key_named("key", number);
  const Record record = record_at(key, world.clock.wall());
  base::Instant start = world.clock.now();
  const auto stored = co_await writer.put(key, record);
  times.put.push_back(world.clock.now() - start);
  if (!stored) ++times.failed;

  start = world.clock.now();
  std::optional<Nanoseconds> first;
  const OnRecord early = [&](const Record&) { first = first.value_or(world.clock.now() - start); };
  const auto found = co_await reader.get(key, early);
  times.whole.push_back(world.clock.now() - start);
  if (first) times.found.push_back(*first);
  if (!found || found->size() != 1) ++times.failed;

  start = world.clock.now();
  const auto nothing = co_await reader.get(key_named("nothing", number), {});
  times.missing.push_back(world.clock.now() - start);
  if (!nothing || !nothing->empty()) ++times.failed;
}

base::Task<void> push(base::World& world, Node& writer, Node& watcher, std::size_t number,
                      Times& times) {
  const Key key = key_named("watched", number);
  base::Completion<bool> seen;
  bool started = false;
  const OnRecord changed = [&](const Record&) {
    if (started) seen.set(true);
  };
  const auto watch = watcher.watch(key, changed);
  (void)co_await watcher.get(key, {});
  co_await base::sleep_for(world.clock, kStood);
  started = true;
  const base::Instant start = world.clock.now();
  const Record record = record_at(key, world.clock.wall());
  writer.announce(key, record);
  const base::Timer limit = world.clock.call_after(kPushLimit, [&] { seen.set(false); });
  if (!co_await seen) ++times.failed;
  times.push.push_back(world.clock.now() - start);
}

base::Task<bool> measure(base::World& world, std::vector<std::unique_ptr<Node>>& table,
                         std::size_t count, Times& times) {
  if (!co_await mesh(world, table)) co_return false;
  const auto writer = open(world, Role::client, table.front().get());
  const auto reader = open(world, Role::client, table.front().get());
  (void)co_await writer->connect(5s);
  (void)co_await reader->connect(5s);
  for (std::size_t i = 0; i < count; ++i) {
    co_await put_and_get(world, *writer, *reader, i, times);
    co_await push(world, *writer, *reader, i, times);
  }
  co_return true;
}

double resident_mib() {
  std::size_t pages = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

double processor_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// Until a client that knows the node has read one of its records; false if it did not find it.
base::Task<bool> read_one(base::World& world, const Node& node, std::size_t number) {
  const auto reader = open(world, Role::client, &node);
  (void)co_await reader->connect(5s);
  const auto found = co_await reader->get(key_named("held", number), {});
  co_return found && found->size() == 1;
}

/// Until the node has done what it does after a start.
base::Task<bool> rest(base::World& world) {
  double used = processor_seconds();
  for (int look = 0; look < kIdleLooks; ++look) {
    co_await base::sleep_for(world.clock, kIdleLook);
    const double now = processor_seconds();
    if (now - used < kIdle) co_return true;
    used = now;
  }
  co_return false;
}

/// A folder of its own that goes with it.
struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "bench-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

void fill_journal(const std::filesystem::path& folder, std::size_t records, base::WallTime now) {
  const Journal::Opened opened = Journal::open(folder / "journal.db");
  std::vector<Journal::Entry> entries;
  for (std::size_t i = 0; i < records; ++i) {
    const Key key = key_named("held", i);
    const Record record = record_at(key, now);
    entries.push_back({key, slot_of(record, kRules.network), encode(record), record.valid_until()});
  }
  if (auto written = opened.journal->write(entries); !written) {
    throw std::runtime_error(written.error().message());
  }
}

}  // namespace

Times measure_ours(std::size_t nodes, std::size_t count) {
  base::System system;
  base::World& world = system.world();
  std::vector<std::unique_ptr<Node>> table;
  for (std::size_t i = 0; i < nodes; ++i) {
    table.push_back(open(world, Role::storage, i == 0 ? nullptr : table.front().get()));
  }
  Times times;
  if (!system.run_until_done(measure(world, table, count, times))) {
    throw std::runtime_error("the nodes did not find one another");
  }
  return times;
}

Rows measure_holding(std::size_t records) {
  const Folder folder;
  base::System system;
  base::World& world = system.world();
  fill_journal(folder.path, records, world.clock.wall());
  ::malloc_trim(0);
  double before = resident_mib();
  const auto empty = open(world, Role::storage, nullptr);  // what a node takes anyway
  before = 2 * resident_mib() - before;
  const double used = processor_seconds();
  const base::Instant start = world.clock.now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(world.clock.now() - start).count();
  };
  const auto node = open(world, Role::storage, nullptr, folder.path);
  const double opened = seconds();
  const double opened_cpu = processor_seconds() - used;
  if (!system.run_until_done(read_one(world, *node, records - 1))) {
    throw std::runtime_error("a record of the journal is not found at the start");
  }
  const double read = seconds();
  if (!system.run_until_done(rest(world))) throw std::runtime_error("the node does not rest");
  const double per_thousand = (resident_mib() - before) / static_cast<double>(records) * 1000;
  const std::string what = std::to_string(node->stats().records) + " records in the journal";
  return {{"start with " + what, format("%.2f s", opened), "", ""},
          {"... of processor time", format("%.2f s", opened_cpu), "", ""},
          {"... until a reader has one of them", format("%.2f s", read), "", ""},
          {"... until all are imported and the node is idle", format("%.1f s", seconds()), "", ""},
          {"memory for 1 000 records of 1 KB", format("%.2f MiB", per_thousand), "", ""}};
}

}  // namespace bench
