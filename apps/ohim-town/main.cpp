// ohim-town: a town of users who sign on and off, crash, sleep and lose their lines; prints how
// right their presence was, and what it cost. This file reads the command line.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <map>

#include "price_list.h"
#include "real_town.h"

namespace {

constexpr const char* kVersion = "ohim-town 0.1.0 (OHIM)";
constexpr const char* kAbout =
    "ohim-town - how right presence is, and what it costs, in a simulated town\n"
    "\n"
    "Thousands of users with the real tracker of ohim live by a script; the store, the links and\n"
    "the lines are modelled. What each is shown is kept beside the truth, and beside what polling\n"
    "every buddy every 60 s would show. The same seed gives the same run, to the last event.";
constexpr const char* kNotes =
    "Scripts:\n"
    "  day    people with jobs, trains, crashing machines; regions that are cut off\n"
    "  storm  everything happens to everybody at random; 10 000 strikes, then all is mended\n"
    "  idle   half of all are on line, the others not, and so it stays; the count begins when\n"
    "         the absent ones have come and gone once\n"
    "\n"
    "Exit status:\n"
    "  0  done\n"
    "  1  somebody was shown \"online\" for longer than was promised, or the picture could not be\n"
    "     written\n"
    "  2  the command line is wrong\n"
    "\n"
    "Examples:\n"
    "  ohim-town --users 1000 --hours 24 --svg town.svg\n"
    "  ohim-town --prices --walled 0\n"
    "  ohim-town --real --users 20 --buddies 4 --hours 1";

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
constexpr double kMostHours = 24 * 365;

struct Options {
  sim::CrowdOptions crowd;
  double hours = 24;
  std::string svg;
  std::string script = "day";
  bool real = false;
  bool prices = false;
};

void add_options(CLI::App& app, Options& options) {
  app.footer(kNotes);
  app.set_version_flag("--version", kVersion);
  app.add_option("--users", options.crowd.users, "How many live in the town")
      ->type_name("N")
      ->check(CLI::Range(2, 1'000'000))
      ->capture_default_str();
  app.add_option("--hours", options.hours, "How long, in their time; it begins at midnight")
      ->type_name("H")
      ->check(CLI::Range(0.01, kMostHours))
      ->capture_default_str();
  app.add_option("--buddies", options.crowd.buddies, "How many each has on her list")
      ->type_name("B")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--mutual", options.crowd.mutual, "Share of those who have her on theirs, 0 to 1")
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  app.add_option("--loss", options.crowd.loss, "Share of packets lost on every link, 0 to 0.5")
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 0.5))
      ->capture_default_str();
  app.add_option("--walled", options.crowd.walled, "Share of users whom nobody can dial, 0 to 1")
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  app.add_option("--seed", options.crowd.seed, "What chance is made of")
      ->type_name("S")
      ->capture_default_str();
  app.add_option("--script", options.script, "How they live: day, storm or idle")
      ->type_name("SCRIPT")
      ->check(CLI::IsMember({"day", "storm", "idle"}))
      ->capture_default_str();
  app.add_option("--svg", options.svg, "Draw the result, too, into this file")->type_name("FILE");
  app.add_flag("--real", options.real,
               "Whole clients on the real engine: at most 64 users, and slower by far");
  app.add_flag("--prices", options.prices,
               "Instead: a table of what an idle user costs the store, by size of list and share "
               "of mutual buddies");
}

std::string contradiction(const Options& options) {
  if (options.real && options.crowd.users > town::kMostPeople) {
    return "--real has room for " + std::to_string(town::kMostPeople) + " users: add --users 20";
  }
  if (options.real && options.prices) return "--prices counts a modelled store: leave out --real";
  return "";
}

base::Duration span_of(double hours) {
  return std::chrono::duration_cast<base::Duration>(
      std::chrono::duration<double, std::ratio<3600>>(hours));
}

sim::CrowdReport run(const Options& options) {
  if (options.real) {
    std::vector<std::string> complaints;
    sim::CrowdReport report = town::live(options.crowd, span_of(options.hours), complaints);
    for (const std::string& sentence : complaints) std::printf("%s\n", sentence.c_str());
    return report;
  }
  sim::Crowd crowd(options.crowd);
  if (options.crowd.script == sim::Script::idle) {
    crowd.advance(sim::kComeAndGo);
    crowd.count_anew();
  }
  crowd.advance(span_of(options.hours));
  return crowd.report();
}

bool write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.flush();
  if (file) return true;
  std::fprintf(stderr, "ohim-town: %s cannot be written; is its folder there?\n", path.c_str());
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(kAbout, "ohim-town");
  add_options(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUsage;
  }
  if (const std::string sentence = contradiction(options); !sentence.empty()) {
    std::fprintf(stderr, "ohim-town: %s\n", sentence.c_str());
    return kWrongUsage;
  }
  const std::map<std::string, sim::Script> scripts{
      {"day", sim::Script::day}, {"storm", sim::Script::storm}, {"idle", sim::Script::idle}};
  options.crowd.script = scripts.at(options.script);
  if (options.prices) {
    std::fputs(town::price_list(options.crowd).c_str(), stdout);
    return 0;
  }
  const sim::CrowdReport report = run(options);
  std::fputs(to_text(report).c_str(), stdout);
  const bool is_written = options.svg.empty() || write(options.svg, to_svg(report));
  return is_written && report.broken_promises == 0 ? 0 : kFailed;
}
