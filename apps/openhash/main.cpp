// openhash: look into the public hash table from a terminal. This file reads the command line.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "base/system.h"
#include "commands.h"
#include "doctor.h"
#include "openhash/node.h"

namespace {

using namespace openhash_tool;

constexpr const char* kVersion = "openhash 0.1.0 (OHIM)";
constexpr const char* kAbout =
    "openhash - read, watch and write records of OpenHash, the public hash table\n"
    "\n"
    "KEY is a text such as \"Milhouse's location\" (names are lower case: it is the same as\n"
    "\"milhouse's location\"), or 40 hexadecimal digits. Several owners may have records at one\n"
    "key; every record shown has passed all checks, and whom to believe is up to you.";
constexpr const char* kNotes =
    "Exit status:\n"
    "  0  found, stored, some node answered, or the node is well\n"
    "  1  nothing at this key, the nodes refused to store it, or something is wrong with the node\n"
    "  2  the command line is wrong, or a file cannot be used\n"
    "  3  no node answered\n"
    "\n"
    "Without --node, the nodes that other programs run on this machine are tried: 127.0.0.1, "
    "ports\n"
    "6824 to 6839 (for network N: 16 ports from 6824 + 16 * (N modulo 64)).\n"
    "\n"
    "Examples:\n"
    "  openhash get \"Milhouse's location\"\n"
    "  openhash --node 192.0.2.7:6824 watch \"lisa's identity\"\n"
    "  openhash sign \"my notes\" --file notes.txt --key-file ~/notes.key | curl -T - "
    "http://HOST:PORT/v1/records/my%20notes\n"
    "  openhash doctor 192.0.2.7:6824 --gateway https://node.example.org\n"
    "  openhash --node https://node.example.org:8443 nodes\n"
    "  openhash put \"my notes\" --file notes.txt --key-file ~/notes.key";

constexpr unsigned kFirstPort = 6824;
constexpr unsigned kPorts = 16;
constexpr unsigned kNetworks = 64;

struct Options {
  std::vector<std::string> nodes;
  std::uint32_t network = 0;
  std::optional<unsigned> work_bits;
  std::string key;
  PutOptions put;
  DoctorOptions doctor;
};

struct Commands {
  CLI::App* get;
  CLI::App* watch;
  CLI::App* put;
  CLI::App* sign;
  CLI::App* nodes;
  CLI::App* doctor;
};

CLI::App* add_doctor(CLI::App& app, DoctorOptions& options) {
  CLI::App* const doctor = app.add_subcommand("doctor", "Say what is wrong with a node");
  doctor->add_option("NODE", options.node, "Which")->type_name("HOST:PORT")->required();
  doctor->add_option("--gateway", options.gateway, "Its gateway, which knows more")
      ->type_name("URL");
  doctor->add_flag("--json", options.json, "For programs: docs/operate.md");
  return doctor;
}

Commands add_options(CLI::App& app, Options& options) {
  app.footer(kNotes);
  app.set_version_flag("--version", kVersion);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--node", options.nodes,
                 "A node to ask, or a gateway: https://HOST:PORT, http://HOST:PORT. May be given "
                 "several times; the nearest is used")
      ->type_name("HOST:PORT")
      ->allow_extra_args(false);
  app.add_option("--network", options.network, "Number of the network")
      ->type_name("N")
      ->capture_default_str();
  // For tests; the same at all members of a network.
  app.add_option("--work-bits", options.work_bits)->group("")->check(CLI::Range(0, 32));

  Commands commands{};
  commands.get = app.add_subcommand("get", "Show the records at a key");
  commands.watch = app.add_subcommand("watch",
                                      "Show the records at a key, and each change, until "
                                      "interrupted");
  commands.put = app.add_subcommand("put", "Store a small file, signed with a key of its own");
  commands.sign = app.add_subcommand("sign", "Print a small file, signed, as a gateway takes it");
  commands.nodes = app.add_subcommand("nodes", "Show which nodes answer, and how fast");
  commands.doctor = add_doctor(app, options.doctor);
  for (CLI::App* const command : {commands.get, commands.watch, commands.put, commands.sign}) {
    command->add_option("KEY", options.key, "Where")->required();
  }
  for (CLI::App* const command : {commands.put, commands.sign}) {
    command->add_option("--file", options.put.file, "What to store, up to 860 bytes")
        ->type_name("FILE")
        ->required();
    command
        ->add_option("--key-file", options.put.key_file,
                     "The secret key that owns the record; made if absent. Who has it can replace "
                     "the record")
        ->type_name("FILE")
        ->required();
    command->add_option("--days", options.put.days, "How long it is valid")
        ->type_name("N")
        ->check(CLI::Range(1, 400))
        ->capture_default_str();
  }
  return commands;
}

std::vector<std::string> nodes_on_this_machine(std::uint32_t network) {
  const unsigned first = kFirstPort + kPorts * (network % kNetworks);
  std::vector<std::string> nodes;
  for (unsigned port = first; port < first + kPorts; ++port)
    nodes.push_back("127.0.0.1:" + std::to_string(port));
  return nodes;
}

openhash::Rules rules_of(const Options& options) {
  openhash::Rules rules;
  rules.network = options.network;
  if (options.work_bits) {
    rules.work_named = *options.work_bits;
    rules.work_opaque = std::min(*options.work_bits, rules.work_opaque);
  }
  return rules;
}

openhash::NamedNodesOptions nodes_given(const Options& options) {
  openhash::NamedNodesOptions given;
  given.rules = rules_of(options);
  given.names = options.nodes.empty() ? nodes_on_this_machine(options.network) : options.nodes;
  const bool any_v6 = std::ranges::any_of(
      given.names, [](const std::string& name) { return name.starts_with('['); });
  if (any_v6) given.listen = base::Endpoint{};
  return given;
}

/// A client of that one node. Complains if there can be none.
std::unique_ptr<openhash::Node> open_client(base::System& system, const Options& options,
                                            const base::Endpoint& node) {
  openhash::NodeOptions node_options;
  node_options.rules = rules_of(options);
  node_options.bootstrap = {node};
  if (!node.is_v4()) node_options.listen = base::Endpoint{};
  auto client = openhash::Node::open(system.world(), std::move(node_options));
  if (client) return std::move(*client);
  std::fprintf(stderr, "openhash: %s\n", client.error().message().c_str());
  return nullptr;
}

int run_doctor(base::System& system, const Options& options) {
  const auto found = system.run_until_done(system.world().transport.resolve(options.doctor.node));
  if (!found) return doctor_found_no_such_node(options.doctor, found.error());
  const base::Endpoint patient = found->front();
  const auto client = open_client(system, options, patient);
  if (!client) return kUnreachable;
  return system.run_until_done(doctor(system.world(), *client, patient, options.doctor));
}

int run(const Options& options, const Commands& commands) {
  base::System system;
  base::World& world = system.world();
  if (commands.doctor->parsed()) return run_doctor(system, options);
  const auto warn = [](const std::string& sentence) {
    std::fprintf(stderr, "openhash: %s\n", sentence.c_str());
  };
  auto nodes = openhash::NamedNodes::open(world, nodes_given(options), warn);
  if (!nodes) {
    warn(nodes.error().message());
    return nodes.error() == base::Errc::malformed ? kUsage : kUnreachable;
  }
  if (commands.get->parsed()) return system.run_until_done(get(world, **nodes, options.key));
  if (commands.watch->parsed()) return system.run_until_done(watch(world, **nodes, options.key));
  if (commands.put->parsed()) {
    PutOptions what = options.put;
    what.key = options.key;
    return system.run_until_done(put(world, **nodes, what));
  }
  return system.run_until_done(show_nodes(world, **nodes, !options.nodes.empty()));
}

int sign_only(const Options& options) {
  base::System system;
  PutOptions what = options.put;
  what.key = options.key;
  return sign(system.world(), rules_of(options), what);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(kAbout, "openhash");
  const Commands commands = add_options(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  if (commands.sign->parsed()) return sign_only(options);
  return run(options, commands);
}
