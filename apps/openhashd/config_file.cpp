#include "config_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

namespace {

using base::Errc;
using base::fail;

constexpr std::size_t kMostBytes = 64 * 1024;
constexpr std::string_view kBlank = " \t\r";
constexpr std::string_view kOptionLetters = "abcdefghijklmnopqrstuvwxyz0123456789-";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// "x" or 'x' or x; a comment may follow. Nothing if the closing quote is missing or something
/// stands behind it.
std::optional<std::string_view> value_of(std::string_view text) {
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) {
    // A comment needs a blank before it: a path may have a # in it.
    const std::size_t comment = text.find(" #");
    return trimmed(text.substr(0, comment));
  }
  const std::size_t end = text.find(text.front(), 1);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view rest = trimmed(text.substr(end + 1));
  if (!rest.empty() && rest.front() != '#') return std::nullopt;
  return text.substr(1, end - 1);
}

base::Error at_line(unsigned number, const std::string& sentence) {
  return fail(Errc::malformed, std::to_string(number) + ": " + sentence);
}

base::Result<Setting> parse_line(std::string_view line, unsigned number) {
  const std::size_t equals = line.find('=');
  const std::string_view option = trimmed(line.substr(0, equals));
  if (equals == std::string_view::npos) return at_line(number, "write OPTION = VALUE");
  if (option.empty() || option.front() == '-' ||
      option.find_first_not_of(kOptionLetters) != std::string_view::npos) {
    return at_line(number, "write the option as in --help, without the dashes before it");
  }
  const auto value = value_of(trimmed(line.substr(equals + 1)));
  if (!value) return at_line(number, "the quotes around the value do not match");
  if (value->empty()) return at_line(number, "there is no value for " + std::string(option));
  return Setting{std::string(option), std::string(*value), number};
}

}  // namespace

base::Result<std::vector<Setting>> parse_config(std::string_view text) {
  std::vector<Setting> settings;
  for (unsigned number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find('\0') != std::string_view::npos) return at_line(number, "this is no text");
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') return at_line(number, "there are no sections here");
    base::Result<Setting> setting = parse_line(line, number);
    if (!setting) return setting.error();
    settings.push_back(std::move(*setting));
  }
  return settings;
}

base::Result<std::vector<Setting>> read_config(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMostBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad() || (stream.fail() && !stream.eof())) {
    return fail(Errc::failed, file + ": cannot read it: " + std::strerror(errno));
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kMostBytes) return fail(Errc::too_large, file + ": larger than 64 KiB");
  auto settings = parse_config(text);
  if (!settings) return fail(Errc::malformed, file + ':' + settings.error().message());
  return settings;
}
