#include "guard_msgpack.h"

namespace openhash::msgpack {
namespace {

enum class Type : std::uint8_t {
  nothing,
  boolean,
  number,
  negative,
  text,
  binary,
  array,
  map,
  other
};

/// The first byte or bytes of an object: its type and what they say beyond it.
struct Head {
  Type type = Type::other;
  std::uint64_t value = 0;  // the number, or the count of items or bytes that follow
};

std::uint64_t big_endian(base::ByteView bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

/// A head whose value stands in the `width` bytes after the first.
std::optional<Head> wide_head(base::ByteView& rest, Type type, std::size_t width) {
  if (width > rest.size()) return std::nullopt;
  const Head head{type, big_endian(rest.first(width))};
  rest = rest.subspan(width);
  return head;
}

/// Takes a head off `rest`; nothing if it is cut short.
std::optional<Head> take_head(base::ByteView& rest) {
  if (rest.empty()) return std::nullopt;
  const std::uint8_t first = rest[0];
  rest = rest.subspan(1);
  if (first < 0x80) return Head{Type::number, first};
  if (first < 0x90) return Head{Type::map, first & 0x0fu};
  if (first < 0xa0) return Head{Type::array, first & 0x0fu};
  if (first < 0xc0) return Head{Type::text, first & 0x1fu};
  if (first >= 0xe0) return Head{Type::negative, first};
  const auto width = [first](std::uint8_t base) { return std::size_t{1} << (first - base); };
  switch (first) {
    case 0xc0:
      return Head{Type::nothing, 0};
    case 0xc2:
    case 0xc3:
      return Head{Type::boolean, first & 1u};
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return wide_head(rest, Type::binary, width(0xc4));
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf:
      return wide_head(rest, Type::number, width(0xcc));
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
      return wide_head(rest, Type::negative, width(0xd0));
    case 0xd9:
    case 0xda:
    case 0xdb:
      return wide_head(rest, Type::text, width(0xd9));
    case 0xdc:
    case 0xdd:
      return wide_head(rest, Type::array, width(0xdb));
    case 0xde:
    case 0xdf:
      return wide_head(rest, Type::map, width(0xdd));
    default:
      return Head{Type::other, 0};  // Floats and extensions: no message has any.
  }
}

/// How many bytes a text or binary may have, how many items an array or map.
std::size_t limit_of(Type type) {
  switch (type) {
    case Type::text:
      return kMaxText;
    case Type::binary:
      return kMaxBinary;
    case Type::array:
      return kMaxArray;
    case Type::map:
      return kMaxMap;
    default:
      return 0;
  }
}

bool holds_bytes(Type type) { return type == Type::text || type == Type::binary; }
bool holds_objects(Type type) { return type == Type::array || type == Type::map; }
/// How many objects follow the head of an array or map.
std::size_t objects_in(Head head) {
  return static_cast<std::size_t>(head.type == Type::map ? 2 * head.value : head.value);
}

/// Whether what `head` declares is within the limits and can be there at all.
Verdict check_head(Head head, std::size_t bytes_left) {
  if (head.type == Type::other) return Verdict::not_msgpack;
  if (!holds_bytes(head.type) && !holds_objects(head.type)) return Verdict::ok;
  // Each object takes a byte at least, so this also bounds counts by the bytes seen.
  if (head.value > bytes_left) return Verdict::not_msgpack;
  if (head.value > limit_of(head.type)) return Verdict::too_deep;
  if (holds_objects(head.type) && objects_in(head) > bytes_left) return Verdict::not_msgpack;
  return Verdict::ok;
}

/// Moves `rest` past one object.
Verdict skip(base::ByteView& rest) {
  std::array<std::size_t, kMaxDepth> awaited{};  // objects still to come, a level each
  std::size_t depth = 0;
  do {
    if (depth > 0) --awaited[depth - 1];
    const std::optional<Head> head = take_head(rest);
    if (!head) return Verdict::not_msgpack;
    if (const Verdict verdict = check_head(*head, rest.size()); verdict != Verdict::ok) {
      return verdict;
    }
    if (holds_bytes(head->type)) rest = rest.subspan(static_cast<std::size_t>(head->value));
    if (holds_objects(head->type)) {
      if (depth == kMaxDepth) return Verdict::too_deep;
      awaited[depth++] = objects_in(*head);
    }
    while (depth > 0 && awaited[depth - 1] == 0) --depth;
  } while (depth > 0);
  return Verdict::ok;
}

/// Takes one object off bytes that passed check(), so there is one.
Object take_object(base::ByteView& rest) {
  const base::ByteView before = rest;
  if (skip(rest) != Verdict::ok) rest = {};
  return before.first(before.size() - rest.size());
}

/// The value of the head if the object is of `type`; `object` is left at what follows the head.
std::optional<std::uint64_t> open(Object& object, Type type) {
  const std::optional<Head> head = take_head(object);
  if (!head || head->type != type) return std::nullopt;
  return head->value;
}

}  // namespace

Verdict check(base::ByteView bytes) {
  const Verdict verdict = skip(bytes);
  if (verdict != Verdict::ok) return verdict;
  return bytes.empty() ? Verdict::ok : Verdict::not_msgpack;
}

std::optional<std::uint64_t> number(Object object) { return open(object, Type::number); }

std::optional<bool> boolean(Object object) {
  const auto value = open(object, Type::boolean);
  if (!value) return std::nullopt;
  return *value != 0;
}

std::optional<std::string_view> text(Object object) {
  if (!open(object, Type::text)) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(object.data()), object.size());
}

std::optional<base::ByteView> binary(Object object) {
  if (!open(object, Type::binary)) return std::nullopt;
  return object;
}

std::optional<Map> map(Object object) {
  const auto count = open(object, Type::map);
  if (!count) return std::nullopt;
  Map entries;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const Object key = take_object(object);
    entries.push_back({key, take_object(object)});
  }
  return entries;
}

std::optional<Array> array(Object object) {
  const auto count = open(object, Type::array);
  if (!count) return std::nullopt;
  Array items;
  for (std::uint64_t i = 0; i < *count; ++i) items.push_back(take_object(object));
  return items;
}

std::optional<Object> find(const Map& map, std::string_view key) {
  for (const Entry& entry : map) {
    if (text(entry.key) == key) return entry.value;
  }
  return std::nullopt;
}

base::Bytes with_binary(base::ByteView bytes, std::size_t at, std::size_t size,
                        base::ByteView content) {
  base::Bytes out;
  out.reserve(bytes.size());
  out.insert(out.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
  // The width of the count stays: 1, 2 or 4 bytes after the byte that tells it. Sizes are below
  // 0xc400, so the bytes of a wider count are not taken for the head of a narrower one.
  const std::size_t width = out[at - 2] == 0xc4 ? 1 : out[at - 3] == 0xc5 ? 2 : 4;
  std::size_t count = content.size();
  for (std::size_t i = 1; i <= width; ++i, count >>= 8) {
    out[at - i] = static_cast<std::uint8_t>(count);
  }
  out.insert(out.end(), content.begin(), content.end());
  const base::ByteView rest = bytes.subspan(at + size);
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

}  // namespace openhash::msgpack
