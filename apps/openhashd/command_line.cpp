#include "command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <set>

#include "config_file.h"

namespace {

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
    "  With a gateway another one: openhashd gateway on http://HOST:PORT\n"
    "  Everything else goes to standard error.\n"
    "\n"
    "Files (in the state folder):\n"
    "  id          the node's place in the table\n"
    "  journal.db  what it holds (SQLite). If damaged, what is readable is kept and the old file "
    "is\n"
    "              set aside as journal.db.damaged-N\n"
    "\n"
    "Signals:\n"
    "  SIGTERM, SIGINT, SIGHUP  write what is not yet written, and end; a second one ends at once\n"
    "\n"
    "Exit status:\n"
    "  0  stopped by a signal\n"
    "  1  could not start: a port is taken, the state folder or the certificate cannot be used\n"
    "  2  the command line or the configuration file is wrong\n"
    "\n"
    "Example, a network of two on one machine:\n"
    "  openhashd --state /var/lib/openhash/a\n"
    "  openhashd --state /var/lib/openhash/b --listen 0.0.0.0:6825 --bootstrap 127.0.0.1:6824";

constexpr int kWrongUsage = 2;

const std::set<std::string> kNotInFile = {"config", "help", "version"};

std::string check_log_level(const std::string& word) {
  base::LogLevel level{};
  return base::parse_log_level(word, level) ? "" : "write debug, info, warn, error or off";
}

/// The options as they are written.
struct Written {
  std::string config;
  std::string log = "info";
};

void add_options(CLI::App& app, Options& options, Written& written) {
  app.footer(kNotes);
  app.set_version_flag("--version", kVersion);
  app.add_option("--config", written.config,
                 "File with options, one a line: OPTION = VALUE. What stands on the command line "
                 "counts more")
      ->type_name("FILE");
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
  app.add_option("--gateway", options.gateway,
                 "Serve HTTP there, too (TCP): for clients, and a status page for people at /")
      ->type_name("[HOST:]PORT");
  app.add_option("--certificate", options.certificate,
                 "PEM file of the gateway's certificate and those it rests on: makes it HTTPS")
      ->type_name("FILE");
  app.add_option("--key", options.certificate_key, "PEM file of the key that goes with it")
      ->type_name("FILE");
  app.add_flag("--strict", options.strict,
               "Hold private and loopback addresses to the rules for strangers, too: ids bound to "
               "addresses, limits for each network. For nodes with no local network behind them");
  app.add_option("--log", written.log, "How much to say: debug, info, warn, error or off")
      ->type_name("LEVEL")
      ->check(CLI::Validator(check_log_level, ""))
      ->capture_default_str();
  // For tests, which cannot wait for proofs of work; the same at all members of a network.
  app.add_option("--work-bits", options.work_bits)->group("")->check(CLI::Range(0, 32));
}

/// Sets what the command line did not. Gives what is wrong with it, or nothing.
std::string apply_setting(CLI::App& app, const std::set<const CLI::Option*>& given,
                          const Setting& setting) {
  CLI::Option* const option = kNotInFile.contains(setting.option)
                                  ? nullptr
                                  : app.get_option_no_throw("--" + setting.option);
  if (option == nullptr) return "there is no option '" + setting.option + "'";
  if (given.contains(option)) return {};
  const bool only_once = option->get_items_expected_max() == 1;
  if (only_once && option->count() > 0) return setting.option + " is set a second time";
  try {
    option->add_result(setting.value);
    option->run_callback();
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return {};
}

bool apply_config(CLI::App& app, const std::string& file) {
  const auto settings = read_config(file);
  if (!settings) {
    std::fprintf(stderr, "openhashd: %s\n", settings.error().message().c_str());
    return false;
  }
  std::set<const CLI::Option*> given;
  for (const CLI::Option* const option : app.get_options()) {
    if (option->count() > 0) given.insert(option);
  }
  for (const Setting& setting : *settings) {
    const std::string wrong = apply_setting(app, given, setting);
    if (wrong.empty()) continue;
    std::fprintf(stderr, "openhashd: %s:%u: %s\n", file.c_str(), setting.line, wrong.c_str());
    return false;
  }
  return true;
}

}  // namespace

std::optional<int> read_command_line(int argc, char** argv, Options& options) {
  CLI::App app(kAbout, "openhashd");
  Written written;
  add_options(app, options, written);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUsage;
  }
  if (!written.config.empty() && !apply_config(app, written.config)) return kWrongUsage;
  if (options.certificate.empty() != options.certificate_key.empty()) {
    std::fprintf(stderr, "openhashd: certificate and key go together\n");
    return kWrongUsage;
  }
  base::parse_log_level(written.log, options.log);
  return std::nullopt;
}
