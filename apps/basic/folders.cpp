#include "folders.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace {

std::filesystem::path home() {
  if (const char* set = std::getenv("HOME"); set && *set == '/') return set;
  if (const passwd* user = getpwuid(getuid()); user && user->pw_dir) return user->pw_dir;
  return "/";
}

std::filesystem::path base_folder(const char* variable, const char* below_home) {
  if (const char* set = std::getenv(variable); set && *set == '/') return set;
  return home() / below_home;
}

}  // namespace

std::filesystem::path default_profile() {
  return base_folder("XDG_DATA_HOME", ".local/share") / "ohim" / "basic";
}

std::filesystem::path node_state(std::uint32_t network) {
  return base_folder("XDG_STATE_HOME", ".local/state") / "ohim" /
         ("node-" + std::to_string(network));
}
