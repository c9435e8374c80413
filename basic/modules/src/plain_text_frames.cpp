#include "basic/modules/plain_text_frames.h"

#include "basic/display.h"
#include "basic/modules/plain_text.h"

namespace basic::plain_text {
namespace {

constexpr std::uint64_t kLastSecond = 253'402'300'799;  // of the year 9999

base::Error malformed(const char* what) { return base::fail(base::Errc::malformed, what); }

}  // namespace

void begin(base::Writer& out, Type type) { out.u8(static_cast<std::uint8_t>(type)); }

void append(base::Writer& out, const Item& item) {
  out.bytes(item.id).u64(static_cast<std::uint64_t>(item.sent_at.time_since_epoch().count()));
  out.u16(static_cast<std::uint16_t>(item.text.size())).bytes(base::view(item.text));
}

base::Result<std::vector<Item>> decode_items(base::ByteView bytes) {
  if (bytes.empty()) return malformed("a frame without a text");
  std::vector<Item> items;
  base::Reader in(bytes);
  while (in.ok() && !in.rest().empty()) {
    Item item;
    item.id = in.array<16>();
    const std::uint64_t sent = in.u64();
    item.text = base::to_string(in.bytes(in.u16()));
    if (!in.ok()) return malformed("a text cut short");
    if (sent > kLastSecond) return malformed("a text from beyond the calendar");
    if (item.text.empty() || item.text.size() > PlainText::kMaxText || !is_utf8(item.text)) {
      return malformed("a text that is empty, too long or not UTF-8");
    }
    item.sent_at = base::WallTime(std::chrono::seconds(sent));
    items.push_back(std::move(item));
  }
  return items;
}

base::Result<std::vector<TextId>> decode_ids(base::ByteView bytes) {
  if (bytes.empty() || bytes.size() % TextId{}.size() != 0) return malformed("ids cut short");
  std::vector<TextId> ids;
  ids.reserve(bytes.size() / TextId{}.size());
  base::Reader in(bytes);
  while (!in.rest().empty()) ids.push_back(in.array<16>());
  return ids;
}

}  // namespace basic::plain_text
