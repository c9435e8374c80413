#include "openhash/guard.h"

#include <algorithm>
#include <span>

#include "guard_msgpack.h"

// What the engine of version 2.4.12 sends, and nothing else. Every message is a map: a request
// ("a" with a body, "q" with its name), a reply ("r"), an error ("e" beside "r"), or a value that
// was too big for its message and comes alone ("p").
//
// Older engines also push values under "u". Ours say that they are of version 1 ("ve") when they
// listen, and are sent requests named "update" instead; so "u" is refused. A "refresh" is sent for
// permanent puts only, which we never make (docs/engine.md), and tells every listener of the key;
// so it is refused, too. Ours put one value at a time, and ask for fields or for one value by its
// id: a small question that nobody has to prove must not have sixteen records for an answer.

namespace openhash {
namespace {

using base::ByteView;
using msgpack::Array;
using msgpack::Map;
using msgpack::Object;

constexpr std::size_t kMaxDatagram = 1472;
constexpr std::size_t kIdSize = 20;
constexpr std::size_t kNode4Size = kIdSize + 4 + 2;  // id, address, port
constexpr std::size_t kNode6Size = kIdSize + 16 + 2;
constexpr std::size_t kMaxNodes = 14;
constexpr std::size_t kMaxValues = 16;
constexpr std::size_t kMaxPart = 1200;
constexpr std::size_t kMaxRecordBytes = 1024;
constexpr std::size_t kMaxToken = 64;
constexpr std::size_t kMaxFilters = 4;
constexpr std::uint64_t kMaxU32 = 0xffffffff;
/// The engine counts time in nanoseconds since 1970, in 63 bits.
constexpr std::uint64_t kMaxCreated = std::uint64_t{1} << 33;

Verdict expect(bool condition) { return condition ? Verdict::ok : Verdict::bad_message; }

// --- single fields

bool is_number(Object object, std::uint64_t least, std::uint64_t most) {
  const auto value = msgpack::number(object);
  return value && *value >= least && *value <= most;
}
bool is_numbers(Object object, std::size_t most_items, std::uint64_t least, std::uint64_t most) {
  const auto items = msgpack::array(object);
  return items && items->size() <= most_items &&
         std::ranges::all_of(*items, [&](Object item) { return is_number(item, least, most); });
}
bool is_binary(Object object, std::size_t least, std::size_t most) {
  const auto bytes = msgpack::binary(object);
  return bytes && bytes->size() >= least && bytes->size() <= most;
}
bool is_node_list(Object object, std::size_t node_size) {
  const auto nodes = msgpack::binary(object);
  return nodes && nodes->size() % node_size == 0 && nodes->size() <= kMaxNodes * node_size;
}

Verdict u32(Object object) { return expect(is_number(object, 0, kMaxU32)); }
Verdict u64(Object object) { return expect(is_number(object, 0, ~std::uint64_t{0})); }
Verdict u64_list(Object object) {
  return expect(is_numbers(object, msgpack::kMaxArray, 0, ~std::uint64_t{0}));
}
Verdict flag(Object object) { return expect(msgpack::boolean(object).has_value()); }
Verdict words(Object object) { return expect(msgpack::text(object).has_value()); }
Verdict id(Object object) { return expect(is_binary(object, kIdSize, kIdSize)); }
Verdict token(Object object) { return expect(is_binary(object, 1, kMaxToken)); }
Verdict version(Object object) { return expect(is_number(object, 1, 255)); }
Verdict created(Object object) { return expect(is_number(object, 0, kMaxCreated)); }
Verdict address(Object object) {
  return expect(is_binary(object, 4, 4) || is_binary(object, 16, 16));
}
Verdict nodes4(Object object) { return expect(is_node_list(object, kNode4Size)); }
Verdict nodes6(Object object) { return expect(is_node_list(object, kNode6Size)); }
/// The address families wanted in the answer.
Verdict families(Object object) { return expect(is_numbers(object, 2, 0, 0xffff)); }

/// A code, and a sentence for people.
Verdict error_list(Object object) {
  const auto items = msgpack::array(object);
  return expect(items && (items->size() == 1 || items->size() == 2) &&
                is_number((*items)[0], 0, 0xffff) &&
                (items->size() == 1 || msgpack::text((*items)[1])));
}

// --- maps of known keys

enum Presence : bool { must, may };

struct Field {
  std::string_view name;
  Verdict (*check)(Object);
  Presence presence = must;
};
/// The keys that a map must and may have.
using Shape = std::span<const Field>;

/// Each key known, none twice, none missing, each value as its field wants it.
Verdict check_shape(const Map& map, Shape shape) {
  std::ptrdiff_t missing = std::ranges::count(shape, must, &Field::presence);
  for (const auto& [key_at, value_at] : map) {
    const auto key = msgpack::text(key_at);
    if (!key || msgpack::find(map, *key)->data() != value_at.data()) return Verdict::bad_message;
    const auto field = std::ranges::find(shape, *key, &Field::name);
    if (field == shape.end()) return Verdict::bad_message;
    if (const Verdict verdict = field->check(value_at); verdict != Verdict::ok) return verdict;
    if (field->presence == must) --missing;
  }
  return expect(missing == 0);
}

Verdict check_shape(Object object, Shape shape) {
  const auto map = msgpack::map(object);
  return map ? check_shape(*map, shape) : Verdict::bad_message;
}

// --- values

/// A record as the engine carries it.
struct Filed {
  std::uint64_t value_id = 0;
  ByteView record;
};

/// The engine's fields for its own signatures and for encryption, types and priorities of others.
Verdict foreign(Object) { return Verdict::foreign_value; }

Verdict our_type(Object object) {
  const auto type = msgpack::number(object);
  if (!type) return Verdict::bad_message;
  const bool ours = *type >= kValueTypes && *type < kValueTypes + 16u;
  return ours ? Verdict::ok : Verdict::foreign_value;
}
Verdict record_bytes(Object object) { return expect(is_binary(object, 0, kMaxRecordBytes)); }
Verdict value_body(Object object) {
  static constexpr Field kBody[] = {{"type", our_type},    {"data", record_bytes},
                                    {"seq", foreign, may}, {"owner", foreign, may},
                                    {"to", foreign, may},  {"utype", foreign, may}};
  return check_shape(object, kBody);
}
Verdict value_data(Object object) {
  if (msgpack::binary(object)) return Verdict::foreign_value;  // encrypted by the engine
  static constexpr Field kData[] = {{"body", value_body}, {"sig", foreign, may}};
  return check_shape(object, kData);
}
/// 0 would let the engine choose.
Verdict value_id(Object object) { return expect(is_number(object, 1, ~std::uint64_t{0})); }
Verdict value(Object object) {
  static constexpr Field kValue[] = {{"id", value_id}, {"dat", value_data}, {"p", foreign, may}};
  return check_shape(object, kValue);
}

/// What a value that passed value() says.
Filed open_value(Object object) {
  const Map outer = *msgpack::map(object);
  const Map data = *msgpack::map(*msgpack::find(outer, "dat"));
  const Map body = *msgpack::map(*msgpack::find(data, "body"));
  return {*msgpack::number(*msgpack::find(outer, "id")),
          *msgpack::binary(*msgpack::find(body, "data"))};
}

/// The values themselves, or the size of each if they come alone.
Verdict values(Object object) {
  const auto items = msgpack::array(object);
  if (!items || items->size() > kMaxValues) return Verdict::bad_message;
  if (is_numbers(object, kMaxValues, 1, kMaxPart)) return Verdict::ok;
  for (const Object item : *items) {
    if (const Verdict verdict = value(item); verdict != Verdict::ok) return verdict;
  }
  return Verdict::ok;
}

Verdict one_value(Object object) {
  const Verdict verdict = values(object);
  return verdict != Verdict::ok ? verdict : expect(msgpack::array(object)->size() == 1);
}

/// The one value in a "p" message. It must be there as a whole: ours are never larger than that.
std::optional<ByteView> part_in(Object object) {
  const auto parts = msgpack::map(object);
  if (!parts || parts->size() != 1 || !is_number((*parts)[0].key, 0, kMaxValues - 1)) {
    return std::nullopt;
  }
  const auto part = msgpack::map((*parts)[0].value);
  if (!part || part->size() != 2) return std::nullopt;
  const auto offset = msgpack::find(*part, "o");
  const auto data = msgpack::find(*part, "d");
  if (!offset || !data || !is_number(*offset, 0, 0)) return std::nullopt;
  const auto bytes = msgpack::binary(*data);
  return bytes && bytes->size() <= kMaxPart ? bytes : std::nullopt;
}
Verdict parts(Object object) {
  const auto part = part_in(object);
  if (!part) return Verdict::bad_message;
  if (const Verdict verdict = msgpack::check(*part); verdict != Verdict::ok) return verdict;
  return value(*part);
}

// --- queries and their answers: some fields of a value instead of all of it

enum Selector : std::uint64_t { kId = 1, kType, kOwner, kSequence, kUserType };

bool is_selected(Object object, std::uint64_t selector) {
  switch (selector) {
    case kId:
    case kType:
    case kSequence:
      return msgpack::number(object).has_value();
    case kOwner:
      return is_binary(object, kIdSize, kIdSize);
    case kUserType:
      return msgpack::text(object) || is_binary(object, 0, msgpack::kMaxText);
    default:
      return false;
  }
}
Verdict selectors(Object object) { return expect(is_numbers(object, 5, kId, kUserType)); }
/// {field, the value it must have}
bool is_filter(Object object) {
  const auto map = msgpack::map(object);
  if (!map || map->size() != 2) return false;
  const auto selector = msgpack::find(*map, "f");
  const auto wanted = msgpack::find(*map, "v");
  return selector && wanted && is_number(*selector, kId, kUserType) &&
         is_selected(*wanted, *msgpack::number(*selector));
}
Verdict filters(Object object) {
  const auto items = msgpack::array(object);
  return expect(items && items->size() <= kMaxFilters && std::ranges::all_of(*items, is_filter));
}
Verdict query(Object object) {
  static constexpr Field kQuery[] = {{"s", selectors}, {"w", filters}};
  return check_shape(object, kQuery);
}
/// Asks for fields, or for the value of one id.
Verdict narrow_query(Object object) {
  if (const Verdict verdict = query(object); verdict != Verdict::ok) return verdict;
  const Map map = *msgpack::map(object);
  const Array fields = *msgpack::array(*msgpack::find(map, "s"));
  const Array conditions = *msgpack::array(*msgpack::find(map, "w"));
  const auto names_an_id = [](Object filter) {
    return is_number(*msgpack::find(*msgpack::map(filter), "f"), kId, kId);
  };
  return expect(fields.size() > 0 || std::ranges::any_of(conditions, names_an_id));
}

/// The engine reads "v" as rows of as many columns as "f" has different members, in rising order.
Verdict selection(Object object) {
  const auto map = msgpack::map(object);
  if (!map || map->size() != 2) return Verdict::bad_message;
  const auto columns_at = msgpack::find(*map, "f");
  const auto cells_at = msgpack::find(*map, "v");
  if (!columns_at || !cells_at || selectors(*columns_at) != Verdict::ok) {
    return Verdict::bad_message;
  }
  const Array columns = *msgpack::array(*columns_at);
  const auto cells = msgpack::array(*cells_at);
  if (columns.size() == 0 || !cells || cells->size() % columns.size() != 0) {
    return Verdict::bad_message;
  }
  const auto column = [&columns](std::size_t i) { return *msgpack::number(columns[i]); };
  for (std::size_t i = 1; i < columns.size(); ++i) {
    if (column(i) <= column(i - 1)) return Verdict::bad_message;
  }
  for (std::size_t i = 0; i < cells->size(); ++i) {
    if (!is_selected((*cells)[i], column(i % columns.size()))) return Verdict::bad_message;
  }
  return Verdict::ok;
}

// --- messages

constexpr Field kPing[] = {{"id", id}};
constexpr Field kFind[] = {{"id", id}, {"target", id}, {"w", families, may}};
constexpr Field kGet[] = {{"id", id}, {"h", id}, {"q", narrow_query}, {"w", families, may}};
constexpr Field kPut[] = {
    {"id", id}, {"h", id}, {"values", one_value}, {"token", token}, {"c", created, may}};
constexpr Field kListen[] = {{"id", id},       {"ve", version}, {"h", id},
                             {"token", token}, {"sid", u32},    {"q", query, may}};
constexpr Field kUpdate[] = {{"id", id},
                             {"sid", u32},
                             {"ve", version, may},
                             {"h", id, may},
                             {"values", values, may},
                             {"c", created, may},
                             {"token", token, may},
                             {"re", u64_list, may},    // refreshed value ids
                             {"exp", u64_list, may}};  // expired value ids

struct Request {
  std::string_view name;
  Shape body;
  Facts::Ask ask;
};
constexpr Request kRequests[] = {
    {"ping", kPing, Facts::Ask::ping},       {"find", kFind, Facts::Ask::find},
    {"get", kGet, Facts::Ask::get},          {"put", kPut, Facts::Ask::put},
    {"listen", kListen, Facts::Ask::listen}, {"update", kUpdate, Facts::Ask::update}};

Verdict reply_body(Object object) {
  static constexpr Field kReply[] = {{"id", id},
                                     {"sa", address},
                                     {"n4", nodes4, may},
                                     {"n6", nodes6, may},
                                     {"token", token, may},
                                     {"vid", u64, may},
                                     {"values", values, may},
                                     {"fileds", selection, may}};  // the engine's spelling
  return check_shape(object, kReply);
}
Verdict error_body(Object object) {
  static constexpr Field kError[] = {{"id", id}};
  return check_shape(object, kError);
}
/// Checked with the request's name, see check_request.
Verdict request_body(Object) { return Verdict::ok; }

Verdict check_request(const Map& message) {
  static constexpr Field kRequest[] = {{"a", request_body}, {"q", words},      {"t", u32},
                                       {"y", words},        {"v", words, may}, {"n", u32, may},
                                       {"s", flag, may}};
  if (const Verdict verdict = check_shape(message, kRequest); verdict != Verdict::ok) {
    return verdict;
  }
  const std::string_view name = *msgpack::text(*msgpack::find(message, "q"));
  const auto* const request = std::ranges::find(kRequests, name, &Request::name);
  if (request == std::end(kRequests)) return Verdict::bad_message;
  return check_shape(*msgpack::find(message, "a"), request->body);
}

Verdict check_reply(const Map& message) {
  static constexpr Field kReply[] = {{"r", reply_body}, {"t", u32},      {"y", words},
                                     {"v", words, may}, {"n", u32, may}, {"s", flag, may}};
  return check_shape(message, kReply);
}

Verdict check_error(const Map& message) {
  static constexpr Field kError[] = {{"e", error_list}, {"r", error_body}, {"t", u32},
                                     {"y", words},      {"v", words, may}, {"n", u32, may},
                                     {"s", flag, may}};
  return check_shape(message, kError);
}

Verdict check_parts(const Map& message) {
  static constexpr Field kParts[] = {
      {"p", parts}, {"t", u32}, {"y", words}, {"n", u32, may}, {"s", flag, may}};
  return check_shape(message, kParts);
}

/// "q", "r", "e" or "p"; empty if the message does not say.
std::string_view kind_of(const Map& message) {
  const auto kind = msgpack::find(message, "y");
  return kind ? msgpack::text(*kind).value_or("") : "";
}

Verdict check_message(const Map& message) {
  const std::string_view kind = kind_of(message);
  if (kind == "q") return check_request(message);
  if (kind == "r") return check_reply(message);
  if (kind == "e") return check_error(message);
  if (kind == "p") return check_parts(message);
  return Verdict::bad_message;
}

std::uint32_t transaction_of(const Map& message) {
  return static_cast<std::uint32_t>(*msgpack::number(*msgpack::find(message, "t")));
}

// For messages that passed check_message():

void take_body(const Map& body, Facts& facts) {
  for (const auto& [key_at, value] : body) {
    const std::string_view key = *msgpack::text(key_at);
    if (key == "id") facts.id = *msgpack::binary(value);
    if (key == "h" || key == "target") facts.key = *msgpack::binary(value);
    if (key == "n4") facts.nodes4 = *msgpack::binary(value);
    if (key == "n6") facts.nodes6 = *msgpack::binary(value);
    if (key == "sa") facts.seen_address = *msgpack::binary(value);
    if (key == "sid") facts.socket = static_cast<std::uint32_t>(*msgpack::number(value));
    if (key == "values") {
      const Array items = *msgpack::array(value);
      const bool apart = items.size() > 0 && msgpack::number(items[0]);
      facts.parts_follow = apart ? static_cast<unsigned>(items.size()) : 0;
    }
  }
}

Facts facts_of(const Map& message) {
  Facts facts;
  facts.transaction = transaction_of(message);
  const std::string_view kind = kind_of(message);
  if (kind == "r") facts.kind = Facts::Kind::reply;
  if (kind == "e") facts.kind = Facts::Kind::error;
  if (kind == "p") facts.kind = Facts::Kind::part;
  if (const auto flag_at = msgpack::find(message, "s")) facts.client = *msgpack::boolean(*flag_at);
  if (kind == "q") {
    const std::string_view name = *msgpack::text(*msgpack::find(message, "q"));
    facts.ask = std::ranges::find(kRequests, name, &Request::name)->ask;
  }
  if (const auto parts_at = msgpack::find(message, "p")) {
    facts.part = static_cast<unsigned>(*msgpack::number((*msgpack::map(*parts_at))[0].key));
  }
  const auto body = msgpack::find(message, kind == "q" ? "a" : "r");
  if (body) take_body(*msgpack::map(*body), facts);
  return facts;
}

void report(const Map& message, Sightings& sightings) {
  const std::uint32_t transaction = transaction_of(message);
  const auto report_value = [&](Object object) {
    const Filed filed = open_value(object);
    sightings.on_value(transaction, filed.value_id, filed.record);
  };
  if (const auto parts_at = msgpack::find(message, "p")) report_value(*part_in(*parts_at));
  if (kind_of(message) != "r") return;
  const Map body = *msgpack::map(*msgpack::find(message, "r"));
  sightings.on_reply(transaction, *msgpack::binary(*msgpack::find(body, "id")));
  const auto values_at = msgpack::find(body, "values");
  if (!values_at) return;
  const Array items = *msgpack::array(*values_at);
  for (const Object item : items) {
    if (!msgpack::number(item)) report_value(item);
  }
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return "ok";
    case Verdict::oversized:
      return "oversized";
    case Verdict::not_msgpack:
      return "not msgpack";
    case Verdict::too_deep:
      return "too deep";
    case Verdict::bad_message:
      return "bad message";
    case Verdict::foreign_value:
      return "foreign value";
  }
  return "unknown verdict";
}

Verdict inspect(ByteView datagram, Sightings* sightings, Facts* facts) {
  if (datagram.size() > kMaxDatagram) return Verdict::oversized;
  if (const Verdict verdict = msgpack::check(datagram); verdict != Verdict::ok) return verdict;
  const auto message = msgpack::map(datagram);
  if (!message) return Verdict::bad_message;
  const Verdict verdict = check_message(*message);
  if (verdict != Verdict::ok) return verdict;
  if (sightings != nullptr) report(*message, *sightings);
  if (facts != nullptr) *facts = facts_of(*message);
  return verdict;
}

std::optional<Heading> heading_of(ByteView datagram) {
  const auto message = msgpack::map(datagram);
  if (!message) return std::nullopt;
  const auto transaction = msgpack::find(*message, "t");
  if (!transaction || u32(*transaction) != Verdict::ok) return std::nullopt;
  Heading heading{Facts::Kind::request, false, transaction_of(*message)};
  const std::string_view kind = kind_of(*message);
  if (kind == "r") heading.kind = Facts::Kind::reply;
  if (kind == "e") heading.kind = Facts::Kind::error;
  if (kind == "p") heading.kind = Facts::Kind::part;
  const auto name = msgpack::find(*message, "q");
  heading.is_update = name && msgpack::text(*name) == "update";
  return heading;
}

}  // namespace openhash
