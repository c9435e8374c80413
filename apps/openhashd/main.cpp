// openhashd: a storage node of OpenHash. This file reads the command line, opens the node and runs
// it until it is told to stop.

#include <signal.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/system.h"
#include "openhash/node.h"

namespace {

using namespace std::chrono_literals;

constexpr const char* kVersion = "openhashd 0.1.0 (OHIM)";
constexpr const char* kAbout =
    "openhashd - a storage node of OpenHash, the public hash table of signed records\n"
    "\n"
    "Keeps records for others, answers who asks for them, and hands them on to its neighbours.\n"
    "Records are accepted only if they are signed, fit their key and are newer than what is held.\n"
    "The first node of a network needs no --bootstrap; every other one needs at least one way in.";
constexpr const char* kNotes =
    "Output:\n"
    "  One line on standard output once it serves: openhashd listening on HOST:PORT\n"
    "  Everything else goes to standard error.\n"
    "\n"
    "Files (in the state folder):\n"
    "  id          the node's place in the table\n"
    "  journal.db  what it holds (SQLite). If damaged, what is readable is kept and the old file "
    "is\n"
    "              set aside as journal.db.damaged-N\n"
    "  lock        keeps a second process out\n"
    "\n"
    "Exit status:\n"
    "  0  stopped by SIGTERM or SIGINT\n"
    "  1  could not start: the port is taken, or the state folder cannot be used\n"
    "  2  the command line is wrong\n"
    "\n"
    "Example, a network of two on one machine:\n"
    "  openhashd --state /var/lib/openhash/a\n"
    "  openhashd --state /var/lib/openhash/b --listen 0.0.0.0:6825 --bootstrap 127.0.0.1:6824";

struct Options {
  std::string listen = "0.0.0.0:6824";
  std::string state;
  std::vector<std::string> bootstrap;
  std::uint32_t network = 0;
  std::string log = "info";
  std::optional<unsigned> work_bits;
};

constexpr int kCannotStart = 1;
constexpr int kWrongUsage = 2;

std::string check_log_level(const std::string& word) {
  base::LogLevel level{};
  return base::parse_log_level(word, level) ? "" : "write debug, info, warn, error or off";
}

void add_options(CLI::App& app, Options& options) {
  app.footer(kNotes);
  app.set_version_flag("--version", kVersion);
  app.add_option("--listen", options.listen, "Address and UDP port to serve on; port 0 takes any")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app.add_option("--state", options.state,
                 "Folder for the journal and the node's id, made if absent. Without it, what the "
                 "node holds is gone when it stops")
      ->type_name("DIR");
  app.add_option("--bootstrap", options.bootstrap,
                 "A node to enter the network by; may be given several times")
      ->type_name("HOST:PORT")
      ->allow_extra_args(false);
  app.add_option("--network", options.network,
                 "Number of the network; members of others are "
                 "not seen")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--log", options.log, "How much to say: debug, info, warn, error or off")
      ->type_name("LEVEL")
      ->check(check_log_level)
      ->capture_default_str();
  // For tests, which cannot wait for proofs of work; the same at all members of a network.
  app.add_option("--work-bits", options.work_bits)->group("")->check(CLI::Range(0, 32));
}

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

int serve(const Options& options) {
  base::LogLevel level{};
  base::parse_log_level(options.log, level);
  base::System system({.log = base::stderr_log(level)});
  base::World& world = system.world();
  system.on_signal({SIGTERM, SIGINT}, [&system](int) { system.stop(); });

  auto node_wanted = node_options(system, options);
  if (!node_wanted) return complain(node_wanted.error());
  auto node = openhash::Node::open(world, std::move(*node_wanted));
  if (!node) return complain(node.error());
  base::Tasks entering;
  for (const std::string& way : options.bootstrap) entering.start(enter_by(world, **node, way));

  std::printf("openhashd listening on %s\n", (*node)->local().to_string().c_str());
  std::fflush(stdout);
  system.run();
  const auto stats = (*node)->stats();
  world.log.info("stopping records=" + std::to_string(stats.records) + " refused=" +
                 std::to_string(stats.refused) + " dropped=" + std::to_string(stats.dropped));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(kAbout, "openhashd");
  add_options(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUsage;
  }
  umask(077);  // what is written is for this user alone
  return serve(options);
}
