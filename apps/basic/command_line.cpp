#include "command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "folders.h"
#include "gateway/named_nodes.h"
#include "rpc.h"

namespace {

constexpr const char* kVersion = "basic 0.1.0 (OHIM)";

std::string check_node(const std::string& text) {
  const auto good = openhash::NamedNodes::check(text);
  return good ? "" : good.error().message();
}

/// What tests turn down to be quick; not for people.
struct TestKnobs {
  std::optional<unsigned> work_bits;
  std::optional<unsigned> password_mebibytes;
  std::optional<unsigned> settle_milliseconds;

  void add_to(CLI::App& app) {
    const auto add = [&app](const char* name, std::optional<unsigned>& value, unsigned least,
                            unsigned most) {
      app.add_option(name, value)->group("")->check(CLI::Range(least, most))->take_last();
    };
    add("--work-bits", work_bits, 0, 32);
    add("--password-cost", password_mebibytes, 1, 4096);
    add("--settle-ms", settle_milliseconds, 1, 60000);
  }

  void apply(Options& options) const {
    if (work_bits) options.rules.work_named = *work_bits;
    if (work_bits && *work_bits < options.rules.work_opaque) options.rules.work_opaque = *work_bits;
    ohim::PresenceOptions& presence = options.client.presence;
    if (password_mebibytes) presence.password.memory = std::size_t{*password_mebibytes} << 20;
    if (settle_milliseconds)
      presence.claim_settles = std::chrono::milliseconds(*settle_milliseconds);
  }
};

}  // namespace

std::optional<int> read_command_line(int argc, char** argv, Options& options) {
  CLI::App app("Basic: talk with your buddies, without a service in between.", "basic");
  app.footer(
      "Without --node, Basic uses the node of this machine, and brings it if there is none.\nIt "
      "has a window where there is a display, and is at home in a terminal where there is none.");
  std::string profile = default_profile().string();
  std::string level = "warn";
  TestKnobs knobs;
  // The options may stand before or after the word rpc.
  app.fallthrough();
  app.add_option("--profile", profile, "folder of this user's files")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--node", options.nodes,
                 "a node to use; repeat it for several, and the nearest is taken. A gateway is "
                 "https://HOST:PORT, or http://")
      ->type_name("HOST:PORT")
      ->take_all()
      ->expected(1)
      ->check(CLI::Validator(check_node, ""));
  app.add_option("--network", options.rules.network, "number of the network to join")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--log", level, "debug, info, warn, error or off; goes to stderr")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  unsigned away_after = 10;
  app.add_option("--away-after", away_after, "minutes without a key until you are away; 0: never")
      ->type_name("MINUTES")
      ->check(CLI::Range(0U, 9999U))
      ->capture_default_str();
  bool terminal = false;
  bool window = false;
  app.add_flag("--window", window, "a window, also where none would be chosen");
  app.add_flag("--terminal", terminal, "the terminal client, also where there is a display")
      ->excludes("--window");
  app.set_version_flag("--version", std::string(kVersion));
  knobs.add_to(app);
  CLI::App* rpc = app.add_subcommand("rpc", "JSON-RPC on stdin and stdout, for scripts and bots");
  rpc->fallthrough();
  rpc->footer(rpc_help());
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {  // --help, --version
    return app.exit(done);
  } catch (const CLI::ParseError& wrong) {
    std::fprintf(stderr, "basic: %s\nTry 'basic --help'.\n", wrong.what());
    return 2;
  }
  options.face = rpc->parsed() ? Options::Face::rpc
                 : terminal    ? Options::Face::terminal
                 : window      ? Options::Face::window
                               : Options::Face::whatever_fits;
  options.profile = std::filesystem::absolute(profile).lexically_normal();
  options.client.away_after = std::chrono::minutes(away_after);
  base::parse_log_level(level, options.log);
  knobs.apply(options);
  return std::nullopt;
}
