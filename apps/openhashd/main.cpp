// openhashd: a storage node of OpenHash. This file opens the node and runs it until it is told to
// stop.

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/system.h"
#include "command_line.h"
#include "openhash/node.h"
#include "service_manager.h"

namespace {

using namespace std::chrono_literals;

constexpr int kCannotStart = 1;
/// For the disk to take what is not yet written. Nobody was told that it is stored.
constexpr unsigned kSecondsToStop = 10;

/// Names are looked up until they are known: the network may come up after us.
base::Task<void> enter_by(base::World& world, openhash::Node& node, std::string where) {
  for (;;) {
    const auto found = co_await world.transport.resolve(where);
    if (found) {
      for (const base::Endpoint& endpoint : *found) node.add_bootstrap(endpoint);
      co_return;
    }
    world.log.warn("cannot look up " + where + ": " + found.error().message());
    co_await base::sleep_for(world.clock, 10s);
  }
}

base::Task<void> give_signs_of_life(base::Clock& clock, base::Duration interval) {
  for (;;) {
    tell_service_manager("WATCHDOG=1");
    co_await base::sleep_for(clock, interval);
  }
}

base::Result<openhash::NodeOptions> node_options(base::System& system, const Options& options) {
  openhash::NodeOptions node;
  node.role = openhash::Role::storage;
  node.rules.network = options.network;
  if (options.work_bits) {
    node.rules.work_named = *options.work_bits;
    node.rules.work_opaque = std::min(*options.work_bits, node.rules.work_opaque);
  }
  node.state = options.state;
  if (const auto listen = base::Endpoint::parse(options.listen)) {
    node.listen = *listen;
    return node;
  }
  const auto found = system.run_until_done(system.world().transport.resolve(options.listen));
  if (!found) return found.error();
  node.listen = found->front();
  return node;
}

int complain(const base::Error& error) {
  std::fprintf(stderr, "openhashd: %s\n", error.message().c_str());
  return kCannotStart;
}

void give_up(int) {
  constexpr char kWords[] = "openhashd: ended before all was written\n";
  (void)!::write(STDERR_FILENO, kWords, sizeof kWords - 1);
  ::_exit(kCannotStart);
}

/// From here on the loop does not run: a second signal, or a disk that hangs, ends the process.
void bound_the_end() {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGALRM}) ::signal(signal, give_up);
  ::alarm(kSecondsToStop);
}

void serve_until_stopped(base::System& system, openhash::Node& node, const Options& options) {
  base::World& world = system.world();
  base::Tasks tasks;
  for (const std::string& way : options.bootstrap) tasks.start(enter_by(world, node, way));
  if (const auto interval = signs_of_life_wanted()) {
    tasks.start(give_signs_of_life(world.clock, *interval));
  }
  std::printf("openhashd listening on %s\n", node.local().to_string().c_str());
  std::fflush(stdout);
  tell_service_manager("READY=1");
  system.run();
  tell_service_manager("STOPPING=1");
  const auto stats = node.stats();
  world.log.info("stopping records=" + std::to_string(stats.records) + " refused=" +
                 std::to_string(stats.refused) + " dropped=" + std::to_string(stats.dropped));
}

int serve(const Options& options) {
  base::System system({.log = base::stderr_log(options.log)});
  system.on_signal({SIGTERM, SIGINT, SIGHUP}, [&system](int) { system.stop(); });

  auto node_wanted = node_options(system, options);
  if (!node_wanted) return complain(node_wanted.error());
  auto node = openhash::Node::open(system.world(), std::move(*node_wanted));
  if (!node) return complain(node.error());
  serve_until_stopped(system, **node, options);
  bound_the_end();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (const auto status = read_command_line(argc, argv, options)) return *status;
  umask(077);  // what is written is for this user alone
  return serve(options);
}
