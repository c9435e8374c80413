// openhashd: a storage node of OpenHash. This file opens the node and runs it until it is told to
// stop.

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "base/system.h"
#include "command_line.h"
#include "observer.h"
#include "openhash/fresh_reads.h"
#include "service_manager.h"
#include "traffic.h"

namespace {

using namespace std::chrono_literals;
using openhash::gateway::Server;

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

/// An address to serve on; names are looked up.
base::Result<base::Endpoint> endpoint_of(base::System& system, const std::string& where) {
  if (const auto endpoint = base::Endpoint::parse(where)) return *endpoint;
  const auto found = system.run_until_done(system.world().transport.resolve(where));
  if (!found) return found.error();
  return found->front();
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
  const auto listen = endpoint_of(system, options.listen);
  if (!listen) return listen.error();
  node.listen = *listen;
  node.trust_local = !options.strict;
  return node;
}

/// The gateway, if one is wanted.
base::Result<std::unique_ptr<Server>> open_gateway(base::System& system, base::World& world,
                                                   openhash::Store& store, const Options& options) {
  if (options.gateway.empty()) return std::unique_ptr<Server>();
  const bool port_only = options.gateway.find(':') == std::string::npos;
  const auto listen = endpoint_of(system, (port_only ? "0.0.0.0:" : "") + options.gateway);
  if (!listen) return listen.error();
  openhash::gateway::ServerOptions wanted;
  wanted.listen = *listen;
  wanted.certificate = options.certificate;
  wanted.key = options.certificate_key;
  return Server::open(world, store, std::move(wanted));
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

void say_where(const openhash::Node& node, const Server* gateway, bool tls) {
  std::printf("openhashd listening on %s\n", node.local().to_string().c_str());
  if (gateway != nullptr) {
    std::printf("openhashd gateway on %s://%s\n", tls ? "https" : "http",
                gateway->local().to_string().c_str());
  }
  std::fflush(stdout);
}

void serve_until_stopped(base::System& system, base::World& world, openhash::Node& node,
                         const Options& options) {
  base::Tasks tasks;
  for (const std::string& way : options.bootstrap) tasks.start(enter_by(world, node, way));
  if (const auto interval = signs_of_life_wanted()) {
    tasks.start(give_signs_of_life(world.clock, *interval));
  }
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
  const base::World& real = system.world();
  Traffic traffic(real.transport);
  base::World world{real.clock, traffic, real.entropy, real.workers, real.log};

  auto node_wanted = node_options(system, options);
  if (!node_wanted) return complain(node_wanted.error());
  auto node = openhash::Node::open(world, std::move(*node_wanted));
  if (!node) return complain(node.error());
  std::optional<openhash::FreshReads> reads;  // what clients ask for is not to wear the node out
  if (!options.gateway.empty()) reads.emplace(world, **node);
  openhash::Store& store = reads ? static_cast<openhash::Store&>(*reads) : **node;
  auto gateway = open_gateway(system, world, store, options);
  if (!gateway) return complain(gateway.error());
  std::optional<Observer> observer;
  if (*gateway) observer.emplace(world, **node, **gateway, traffic);

  say_where(**node, gateway->get(), !options.certificate.empty());
  serve_until_stopped(system, world, **node, options);
  bound_the_end();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (const auto status = read_command_line(argc, argv, options)) return *status;
  ::signal(SIGXFSZ, SIG_IGN);  // a limit on files is an error of write(), as a full disk is
  umask(077);  // what is written is for this user alone
  return serve(options);
}
