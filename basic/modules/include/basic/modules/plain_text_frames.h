#pragma once
// The bytes of PlainText. A frame is a type and a run of items, so that texts sent in one breath
// travel, and are stored and acknowledged, together.

#include <vector>

#include "base/result.h"
#include "basic/profile.h"

namespace basic::plain_text {

enum class Type : std::uint8_t {
  texts = 1,         ///< items: id 16 | sent 8 | length 2 | text
  acknowledged = 2,  ///< items: id 16
  refused = 3,       ///< items: id 16; the receiver does not list the sender
};

struct Item {
  TextId id{};
  base::WallTime sent_at{};
  std::string text;

  bool operator==(const Item&) const = default;
};

inline constexpr std::size_t kItemHead = 16 + 8 + 2;

void begin(base::Writer& out, Type type);
void append(base::Writer& out, const Item& item);

/// What follows the type byte. `malformed`: cut short, none at all, an empty or too long text, not
/// UTF-8, or sent beyond the year 9999.
base::Result<std::vector<Item>> decode_items(base::ByteView bytes);
base::Result<std::vector<TextId>> decode_ids(base::ByteView bytes);

}  // namespace basic::plain_text
