#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <thread>

#include "base/gather.h"
#include "base/system.h"
#include "basic/directory_profile.h"
#include "measure.h"
#include "party.h"

namespace bench {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kTextSize = 100;
// What a text of that size is on the wire: frame header, id, time.
constexpr std::size_t kWireSize = kTextSize + 44;

/// A folder that goes with this object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ohim-bench-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) give_up("a temporary folder", {base::Errc::failed, {}});
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::unique_ptr<basic::Profile> open_profile(base::World& world, const TemporaryFolder& folder) {
  auto profile = basic::DirectoryProfile::at(world, folder.path());
  if (!profile) give_up("opening a profile", profile.error());
  return std::move(*profile);
}

/// Milhouse, on a thread and a loop of his own: he signs on, adds Lisa, and is there until stopped.
class Receiver {
 public:
  explicit Receiver(base::Endpoint node) {
    thread_ = std::thread([this, node] { live(node); });
    registered_.get_future().wait();
  }
  ~Receiver() {
    running_.load()->stop();
    thread_.join();
  }

 private:
  void live(base::Endpoint node) {
    base::System system;
    running_ = &system;
    TemporaryFolder folder;
    auto profile = open_profile(system.world(), folder);
    auto store = open_node(system.world(), openhash::Role::client, {node});
    Party milhouse(system.world(), *store, *profile, "milhouse");
    system.run_until_done(milhouse.register_user());
    system.run_until_done(milhouse.sign_on());
    registered_.set_value();
    base::Tasks tasks;
    tasks.start(milhouse.add("lisa"));
    system.run();
  }

  std::promise<void> registered_;
  std::atomic<base::System*> running_ = nullptr;
  std::thread thread_;
};

base::Task<void> until_online(Party& party, base::Clock& clock) {
  for (int i = 0; i < 200 && party.online() == 0; ++i) co_await base::sleep_for(clock, 50ms);
  if (party.online() == 0) give_up("waiting for the link", {base::Errc::timed_out, {}});
}

base::Task<bool> send(basic::Client& client) {
  const std::string to = "milhouse";
  const std::string text(kTextSize, 'x');
  const auto sent = co_await client.send_text(to, text);
  if (!sent) give_up("sending a text", sent.error());
  co_return sent->delivered;
}

base::Task<std::vector<Nanoseconds>> one_by_one(basic::Client& client, std::size_t count) {
  std::vector<Nanoseconds> times;
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = Steady::now();
    co_await send(client);
    times.push_back(Steady::now() - start);
  }
  co_return times;
}

base::Task<Nanoseconds> all_at_once(basic::Client& client, std::size_t count) {
  std::vector<base::Task<bool>> texts;
  for (std::size_t i = 0; i < count; ++i) texts.push_back(send(client));
  const auto start = Steady::now();
  co_await base::gather(std::move(texts), 1000);
  co_return Nanoseconds(Steady::now() - start);
}

double per_second(std::size_t count, Nanoseconds taken) {
  return static_cast<double>(count) / std::chrono::duration<double>(taken).count();
}

}  // namespace

Rows measure_texts(std::size_t count) {
  base::System system;
  base::World& world = system.world();
  const auto storage = open_node(world, openhash::Role::storage, {});
  const auto store = open_node(world, openhash::Role::client, {storage->local()});
  TemporaryFolder folder;
  const auto profile = open_profile(world, folder);
  Party lisa(world, *store, *profile, "lisa");

  // The storage node lives on this loop, so keep it turning while Milhouse signs on.
  auto milhouse =
      std::async(std::launch::async, [&] { return std::make_unique<Receiver>(storage->local()); });
  system.run_until_done(lisa.register_user());
  system.run_until_done(lisa.sign_on());
  system.run_until_done(lisa.add("milhouse"));
  system.run_until_done(until_online(lisa, world.clock));
  const auto receiver = milhouse.get();

  const auto ours = percentiles(system.run_until_done(one_by_one(lisa.client(), count)));
  const auto bare = percentiles(bare_tls_ping_pong(count, kWireSize));
  const double our_rate =
      per_second(count, system.run_until_done(all_at_once(lisa.client(), count)));
  const double bare_rate = per_second(count, bare_tls_stream(count, kWireSize));
  return {
      {"text delivered, p50", format("%.0f us", ours.p50), format("%.0f us", bare.p50),
       format("%.1fx", ours.p50 / bare.p50)},
      {"text delivered, p99", format("%.0f us", ours.p99), format("%.0f us", bare.p99),
       format("%.1fx", ours.p99 / bare.p99)},
      {"texts per second, in order", format("%.0f", our_rate), format("%.0f", bare_rate),
       format("%.3fx", our_rate / bare_rate)},
  };
}

}  // namespace bench
