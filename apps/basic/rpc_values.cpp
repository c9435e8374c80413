#include "rpc_values.h"

#define JSON_USE_IMPLICIT_CONVERSIONS 0
#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

json to_json(const basic::BuddyPlace& place) {
  return {{"device", basic::place_id(place.device)},
          {"show", basic::to_string(place.presence)},
          {"text", place.text},
          {"knownBy", ohim::to_string(place.known_by)},
          {"since", time_to_json(place.since)}};
}

json to_json(const std::vector<basic::BuddyPlace>& places) {
  json list = json::array();
  for (const auto& place : places) list.push_back(to_json(place));
  return list;
}

std::string_view in_a_word(basic::Fate fate) {
  switch (fate) {
    case basic::Fate::delivered:
      return "delivered";
    case basic::Fate::pending:
      return "pending";
    case basic::Fate::failed:
      return "failed";
  }
  return "";
}

json to_json(const basic::StoredText& text) {
  return {{"number", text.number},        {"username", text.peer.str()},
          {"outgoing", text.outgoing},    {"text", text.text},
          {"id", base::to_hex(text.id)},  {"sentAt", time_to_json(text.sent_at)},
          {"state", in_a_word(text.fate)}};
}

json to_json(const openhash::NodeHealth& node) {
  json latency = nullptr;
  if (node.answering) latency = std::chrono::duration<double, std::milli>(node.latency).count();
  json object = {{"node", node.endpoint}, {"answering", node.answering}, {"latencyMs", latency}};
  if (!node.trouble.empty()) object["trouble"] = node.trouble;
  return object;
}

std::string_view to_string(basic::Setting::Kind kind) {
  switch (kind) {
    case basic::Setting::Kind::on_off:
      return "on-off";
    case basic::Setting::Kind::number:
      return "number";
    case basic::Setting::Kind::choice:
      return "choice";
    case basic::Setting::Kind::text:
      return "text";
  }
  return "";
}

json to_json(const basic::Setting& setting) {
  return {{"key", setting.key},     {"label", setting.label},     {"kind", to_string(setting.kind)},
          {"value", setting.value}, {"choices", setting.choices}, {"least", setting.least},
          {"most", setting.most}};
}

json to_json(const basic::Condition& condition) {
  return {{"kind", basic::to_string(condition.kind)},
          {"username", condition.buddy.empty() ? json(nullptr) : json(condition.buddy)},
          {"sentence", condition.sentence},
          {"since", time_to_json(condition.since)}};
}

}  // namespace

std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json time_to_json(base::WallTime time) {
  return time == base::WallTime{} ? json(nullptr) : json(basic::to_iso(time));
}

json to_json(const basic::Buddy& buddy) {
  return {{"username", buddy.name.str()},
          {"presence", basic::to_string(buddy.presence)},
          {"text", buddy.text},
          {"fingerprint", buddy.fingerprint},
          {"knownBy", ohim::to_string(buddy.known_by)},
          {"since", time_to_json(buddy.since)},
          {"lastSeen", time_to_json(buddy.last_seen)},
          {"notifyWhenOnline", buddy.notify_when_online},
          {"listsYou", buddy.lists_you ? json(*buddy.lists_you) : json(nullptr)},
          {"alias", buddy.alias},
          {"groups", buddy.groups},
          {"unread", buddy.unread},
          {"places", to_json(buddy.places)}};
}

json to_json(const std::vector<basic::Buddy>& buddies) {
  json list = json::array();
  for (const auto& buddy : buddies) list.push_back(to_json(buddy));
  return list;
}

json to_json(const std::vector<basic::StoredText>& texts) {
  json list = json::array();
  for (const auto& text : texts) list.push_back(to_json(text));
  return list;
}

json to_json(const basic::Explanation& explanation) {
  const basic::Buddy& buddy = explanation.buddy;
  return {{"username", buddy.name.str()},
          {"presence", basic::to_string(buddy.presence)},
          {"knownBy", ohim::to_string(buddy.known_by)},
          {"cause", ohim::to_string(explanation.cause)},
          {"since", time_to_json(buddy.since)},
          {"learned", time_to_json(explanation.learned)},
          {"correctedBy", time_to_json(explanation.corrected_by.value_or(base::WallTime{}))},
          {"words", explanation.words},
          {"places", to_json(buddy.places)}};
}

json to_json(const basic::ModuleInfo& module) {
  json settings = json::array();
  for (const basic::Setting& setting : module.settings) settings.push_back(to_json(setting));
  return {{"name", module.name},
          {"purpose", module.purpose},
          {"on", module.on},
          {"needed", module.needed},
          {"settings", settings}};
}

json to_json(const std::vector<basic::Condition>& conditions) {
  json list = json::array();
  for (const auto& condition : conditions) list.push_back(to_json(condition));
  return list;
}

json to_json(const basic::KeyChange& change) {
  return {{"username", change.buddy},
          {"oldFingerprint", change.old_fingerprint},
          {"newFingerprint", change.new_fingerprint},
          {"newSafetyNumber", change.new_safety_number}};
}

json to_json(const basic::Client::Status& status, const std::string& own_node, bool nodes_named) {
  json nodes = json::array();
  for (const auto& node : status.nodes)
    if (node.answering || nodes_named) nodes.push_back(to_json(node));
  return {{"signedOn", status.signed_on},
          {"username", status.username},
          {"fingerprint", status.fingerprint},
          {"show", basic::to_string(status.show)},
          {"text", status.text},
          {"idle", status.idle},
          {"store", status.store_connected ? "connected" : "unavailable"},
          {"nodes", nodes},
          {"ownNode", own_node.empty() ? json(nullptr) : json(own_node)}};
}
