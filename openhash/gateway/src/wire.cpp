// The one file of this part that knows the JSON library.

#include "gateway/wire.h"

#include <array>
#include <chrono>
#include <nlohmann/json.hpp>

namespace openhash::gateway {
namespace {

using base::Errc;
using base::fail;
using nlohmann::json;

struct KindOfError {
  Errc code;
  std::string_view kind;
  int status;
};
constexpr std::array kKindsOfError = {
    KindOfError{Errc::not_found, "not_found", 404},
    KindOfError{Errc::refused, "refused", 403},
    KindOfError{Errc::conflict, "conflict", 409},
    KindOfError{Errc::unreachable, "unreachable", 503},
    KindOfError{Errc::timed_out, "timed_out", 504},
    KindOfError{Errc::malformed, "malformed", 400},
    KindOfError{Errc::too_large, "too_large", 413},
    KindOfError{Errc::closed, "closed", 503},
    KindOfError{Errc::failed, "failed", 500},
};

std::string_view kind_name(Kind kind) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "", "identity", "location", "list", "ring", "inbox", "opaque", "revoke", "notice"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view kind_of_status(int status) {
  switch (status) {
    case 404:
      return "not_found";
    case 408:
      return "timed_out";
    case 413:
    case 414:
    case 431:
      return "too_large";
    case 429:
      return "too_many";
    case 503:
      return "unreachable";
    default:
      return status < 500 ? "malformed" : "failed";
  }
}

std::string iso_time(base::WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json json_of(const Record& record) {
  json flags = json::array();
  if (record.blank()) flags.push_back("blank");
  if ((record.flags & kWithdrawn) != 0) flags.push_back("withdrawn");
  if ((record.flags & kRevoked) != 0) flags.push_back("revoked");
  return {{"kind", kind_name(record.kind)},
          {"name", record.name},
          {"owner", base::to_hex(record.owner)},
          {"sequence", record.sequence},
          {"blank", record.blank()},
          {"flags", std::move(flags)},
          {"issued", iso_time(record.issued)},
          {"validUntil", iso_time(record.valid_until())},
          {"body", base::to_base64(record.body)},
          {"record", base::to_base64(encode(record))}};
}

json json_of(const base::Error& error) {
  return {{"kind", kind_of(error)}, {"message", error.message()}};
}

// --- reading ---

/// Whether no bracket stands deeper than kMaxDepth; what is no JSON at all is the parser's matter.
bool is_flat(std::string_view text) {
  unsigned depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return false;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return true;
}

base::Result<json> parse_object(std::string_view text) {
  if (!is_flat(text)) return fail(Errc::malformed, "the JSON is nested too deeply");
  json value = json::parse(text, nullptr, false);
  if (!value.is_object()) return fail(Errc::malformed, "this is not a JSON object");
  return value;
}

/// The string of that name, or null.
const std::string* string_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return nullptr;
  return found->get_ptr<const std::string*>();
}

bool true_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

base::Result<Key> key_of_text(const std::string* text) {
  if (text == nullptr || text->empty() || text->size() > kMaxKeyText) {
    return fail(Errc::malformed,
                "a key is a text such as \"milhouse's location\", of at most 128 bytes, or 40 "
                "hexadecimal digits");
  }
  return Key::parse(*text);
}

std::optional<Key> hex_key_at(const json& object, const char* name) {
  const std::string* const text = string_at(object, name);
  if (text == nullptr || text->size() != 2 * Key{}.bytes.size() || !base::from_hex(*text)) {
    return std::nullopt;
  }
  return Key::parse(*text);
}

base::Result<base::Bytes> record_at(const json& object) {
  const std::string* const text = string_at(object, "record");
  auto bytes = text == nullptr ? std::nullopt : base::from_base64(*text);
  if (!bytes || bytes->empty() || bytes->size() > kMaxRecord) {
    return fail(Errc::malformed, "\"record\" must be the bytes of a signed record, in base64");
  }
  return std::move(*bytes);
}

base::Result<void> read_records(const json& list, Answer& answer) {
  for (const json& item : list) {
    if (!item.is_object()) return fail(Errc::malformed, "a record is not an object");
    auto record = record_at(item);
    if (!record) return record.error();
    answer.records.push_back(std::move(*record));
  }
  return {};
}

base::Result<Answer> answer_of(const json& object) {
  Answer answer;
  answer.key = hex_key_at(object, "key");
  answer.watching = hex_key_at(object, "watching");
  answer.end = true_at(object, "end");
  answer.stored = true_at(object, "stored");
  if (const auto error = object.find("error"); error != object.end()) {
    if (!error->is_object()) return fail(Errc::malformed, "\"error\" is not an object");
    const std::string* const kind = string_at(*error, "kind");
    const std::string* const message = string_at(*error, "message");
    answer.error = error_of_kind(kind == nullptr ? "" : *kind, message == nullptr ? "" : *message);
  }
  if (const auto records = object.find("records"); records != object.end()) {
    if (!records->is_array()) return fail(Errc::malformed, "\"records\" is not a list");
    if (auto read = read_records(*records, answer); !read) return read.error();
  }
  if (const auto record = object.find("record"); record != object.end()) {
    if (auto read = read_records(json::array({*record}), answer); !read) return read.error();
  }
  return answer;
}

}  // namespace

std::string_view kind_of(const base::Error& error) {
  if (error.code.category() == http_category()) return kind_of_status(error.code.value());
  for (const KindOfError& known : kKindsOfError) {
    if (error == make_error_code(known.code)) return known.kind;
  }
  return "failed";
}

base::Error error_of_kind(std::string_view kind, std::string what) {
  for (const KindOfError& known : kKindsOfError) {
    if (known.kind == kind) return fail(known.code, std::move(what));
  }
  return fail(Errc::failed, std::move(what));
}

int status_of(const base::Error& error) {
  if (error.code.category() == http_category()) return error.code.value();
  for (const KindOfError& known : kKindsOfError) {
    if (error == make_error_code(known.code)) return known.status;
  }
  return 500;
}

std::string record_text(const Record& record) { return text_of(json_of(record)); }

std::string found_text(const Key& key, const std::vector<Record>& records) {
  json list = json::array();
  for (const Record& record : records) list.push_back(json_of(record));
  return text_of({{"key", key.hex()}, {"records", std::move(list)}});
}

std::string news_text(const Key& key, const Record& record) {
  return text_of({{"key", key.hex()}, {"record", json_of(record)}});
}

std::string end_text(const Key& key) { return text_of({{"key", key.hex()}, {"end", true}}); }

std::string error_text(const base::Error& error, const Key* key) {
  json object = {{"error", json_of(error)}};
  if (key != nullptr) object["key"] = key->hex();
  return text_of(object);
}

std::string watching_text(const Key& key) { return text_of({{"watching", key.hex()}}); }

std::string put_text(const Record& record) {
  return text_of({{"record", base::to_base64(encode(record))}});
}

std::string get_many_text(const std::vector<Key>& keys) {
  json list = json::array();
  for (const Key& key : keys) list.push_back(key.hex());
  return text_of({{"keys", std::move(list)}});
}

std::string watch_text(const Key& key, bool on) {
  return text_of({{on ? "watch" : "unwatch", key.hex()}});
}

base::Result<base::Bytes> parse_put(std::string_view body) {
  const auto object = parse_object(body);
  if (!object) return object.error();
  return record_at(*object);
}

base::Result<std::vector<Key>> parse_get_many(std::string_view body) {
  const auto object = parse_object(body);
  if (!object) return object.error();
  const auto list = object->find("keys");
  if (list == object->end() || !list->is_array()) {
    return fail(Errc::malformed, "\"keys\" must be a list of keys");
  }
  if (list->size() > kMaxBatch) {
    return fail(Errc::too_large, "at most 300 keys at once: ask for the rest in another request");
  }
  std::vector<Key> keys;
  for (const json& item : *list) {
    auto key = key_of_text(item.get_ptr<const std::string*>());
    if (!key) return key.error();
    keys.push_back(*key);
  }
  return keys;
}

base::Result<WatchCommand> parse_watch(std::string_view message) {
  const auto object = parse_object(message);
  if (!object) return object.error();
  const bool on = object->contains("watch");
  if (on == object->contains("unwatch")) {
    return fail(Errc::malformed, "say {\"watch\":KEY} or {\"unwatch\":KEY}");
  }
  const auto key = key_of_text(string_at(*object, on ? "watch" : "unwatch"));
  if (!key) return key.error();
  return WatchCommand{*key, on};
}

base::Result<Answer> parse_answer(std::string_view text) {
  const auto object = parse_object(text);
  if (!object) return object.error();
  auto answer = answer_of(*object);
  const auto results = object->find("results");
  if (!answer || results == object->end()) return answer;
  if (!results->is_array() || results->size() > kMaxBatch) {
    return fail(Errc::malformed, "\"results\" is not a list of at most 300");
  }
  for (const json& item : *results) {
    if (!item.is_object()) return fail(Errc::malformed, "a result is not an object");
    auto result = answer_of(item);
    if (!result) return result.error();
    answer->results.push_back(std::move(*result));
  }
  return answer;
}

}  // namespace openhash::gateway
