// `basic`: the terminal client.

#include <cstdio>
#include <optional>

#include "base/system.h"
#include "basic/directory_profile.h"
#include "basic/tui/terminal.h"
#include "faces.h"
#include "way_in.h"

namespace {

int fail(const base::Error& error) {
  std::fprintf(stderr, "basic: %s\n", error.message().c_str());
  return 1;
}

base::Task<void> use(WayIn& way_in, basic::tui::Terminal& terminal, basic::Client& client,
                     base::Tasks& tasks) {
  tasks.start(way_in.settle());  // the first page is there at once
  co_await terminal.run(client);
}

}  // namespace

int run_terminal(const Options& options) {
  if (const auto usable = basic::tui::Terminal::check(); !usable) return fail(usable.error());
  // Log lines would tear the screen; what people should know comes as warnings.
  base::System system;
  auto profile = basic::DirectoryProfile::at(system.world(), options.profile);
  if (!profile) return fail(profile.error());
  basic::tui::Terminal* screen = nullptr;
  auto way_in = WayIn::open(system.world(), options, [&screen](const std::string& sentence) {
    if (screen) screen->warning(sentence);
  });
  if (!way_in) return fail(way_in.error());
  basic::tui::Terminal terminal(system, [&way_in] { return (*way_in)->own_node(); });
  screen = &terminal;
  basic::Client client(system.world(), (*way_in)->store(), **profile, terminal, options.client);
  base::Tasks tasks;
  system.run_until_done(use(**way_in, terminal, client, tasks));
  return 0;
}
