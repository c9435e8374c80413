#pragma once
// What both sides of a gateway say in JSON (docs/gateway.md). Reading is strict and bounded: what
// a stranger sends is at most as deep, as long and as many as stated here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http.h"
#include "openhash/record.h"

namespace openhash::gateway {

inline constexpr std::size_t kMaxBatch = 300;  ///< keys of one POST /v1/get
inline constexpr std::size_t kMaxKeyText = 128;
inline constexpr unsigned kMaxDepth = 6;  ///< arrays and objects within one another

/// The word for an error in `{"error":{"kind":...}}`: "refused", "conflict" and so on; and back.
std::string_view kind_of(const base::Error& error);
base::Error error_of_kind(std::string_view kind, std::string what);
/// The status of an answer that says no.
int status_of(const base::Error& error);

// --- what a gateway says ---
/// The record for people and programs; "record" has its bytes, which is what to verify.
std::string record_text(const Record& record);
/// {"key":..,"records":[..]}
std::string found_text(const Key& key, const std::vector<Record>& records);
/// {"key":..,"record":{..}}: one line of a stream, one message of a watch.
std::string news_text(const Key& key, const Record& record);
/// {"key":..,"end":true}
std::string end_text(const Key& key);
/// {"error":{..}}, with the key it is about if there is one.
std::string error_text(const base::Error& error, const Key* key = nullptr);
/// {"watching":KEYHEX}
std::string watching_text(const Key& key);

// --- what a client says ---
std::string put_text(const Record& record);
std::string get_many_text(const std::vector<Key>& keys);
std::string watch_text(const Key& key, bool on);

/// The record's bytes out of {"record":base64}. `malformed`.
base::Result<base::Bytes> parse_put(std::string_view body);
/// The keys of {"keys":[..]}. `malformed`; `too_large` beyond kMaxBatch.
base::Result<std::vector<Key>> parse_get_many(std::string_view body);
struct WatchCommand {
  Key key;
  bool on = true;
};
base::Result<WatchCommand> parse_watch(std::string_view message);

/// Anything a gateway says, as its client reads it: fields that were not there are empty. Nothing
/// in it is verified: records are bytes yet.
struct Answer {
  std::optional<Key> key;
  std::optional<Key> watching;
  std::vector<base::Bytes> records;  ///< of "record" and "records" alike
  std::optional<base::Error> error;
  bool end = false;
  bool stored = false;
  std::vector<Answer> results;  ///< of a batch
};
/// `malformed`: not what a gateway says. Unknown fields are ignored: later versions may have more.
base::Result<Answer> parse_answer(std::string_view text);

}  // namespace openhash::gateway
