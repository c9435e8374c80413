// Any bytes as a configuration file of openhashd.

#include <cstdlib>

#include "config_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto settings = parse_config(text);
  if (!settings) {
    if (settings.error().message().find(": ") == std::string::npos) std::abort();  // has its line
    return 0;
  }
  for (const Setting& setting : *settings) {
    if (setting.option.empty() || setting.value.empty() || setting.line == 0) std::abort();
    if (setting.value.find('\n') != std::string::npos) std::abort();
  }
  return 0;
}
