#include "describe.h"

#include <ctime>

namespace openhash_tool {
namespace {

const char* kind_name(openhash::Kind kind) {
  using openhash::Kind;
  switch (kind) {
    case Kind::identity:
      return "identity";
    case Kind::location:
      return "location";
    case Kind::list:
      return "buddy list";
    case Kind::ring:
      return "ring";
    case Kind::inbox:
      return "inbox";
    case Kind::opaque:
      return "opaque";
    case Kind::revoke:
      return "revocation";
    case Kind::notice:
      return "notice";
  }
  return "unknown";
}

std::string flags_of(const openhash::Record& record) {
  std::string words;
  if (record.blank()) words += " blank";
  if ((record.flags & openhash::kWithdrawn) != 0) words += " withdrawn";
  if ((record.flags & openhash::kRevoked) != 0) words += " revoked";
  return words.empty() ? "none" : words.substr(1);
}

std::string line(std::string_view field, std::string_view value) {
  std::string text(field);
  text += ':';
  text.resize(std::max<std::size_t>(text.size() + 1, 14), ' ');
  return text.append(value).append("\n");
}

}  // namespace

std::string to_text(base::WallTime time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm parts{};
  if (gmtime_r(&seconds, &parts) == nullptr) return "beyond all time";
  char text[64];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts);
  return {text, size};
}

std::string describe(const openhash::Record& record, base::WallTime now) {
  std::string text = line("kind", kind_name(record.kind));
  if (!record.name.empty()) text += line("name", record.name);
  text += line("owner", base::to_hex(record.owner));
  text += line("sequence", std::to_string(record.sequence));
  text += line("flags", flags_of(record));
  text += line("issued", to_text(record.issued));
  text += line("valid until",
               to_text(record.valid_until()) + (record.valid_until() < now ? " (expired)" : ""));
  text += line("verified", "yes: signature, key, proof of work");
  text += line("body", std::to_string(record.body.size()) + " bytes");
  if (!record.body.empty()) text += line("body (hex)", base::to_hex(record.body));
  return text;
}

}  // namespace openhash_tool
