#include "rpc_methods.h"

#define JSON_USE_IMPLICIT_CONVERSIONS 0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/secret.h"
#include "basic/pidf.h"
#include "rpc_values.h"

using nlohmann::json;

namespace {

/// Takes the password out of `params`, into guarded memory.
base::Secret take_password(Params& params) {
  std::string& plain = params["password"];
  base::Secret secret = base::Secret::copy_of(base::view(plain));
  base::wipe({reinterpret_cast<std::uint8_t*>(plain.data()), plain.size()});
  return secret;
}

base::Error nobody_signed_on() {
  return base::fail(ohim::Errc::not_signed_on, "nobody is signed on here; use signOn first");
}

/// `{}` when it is done.
base::Task<Outcome> empty_when(base::Task<base::Result<void>> task) {
  const auto done = co_await task;
  if (!done) co_return done.error();
  co_return json::object();
}

base::Task<Outcome> register_user(Context context, Params params) {
  const auto name = ohim::Name::parse(params["username"]);
  if (!name) co_return name.error();
  base::Secret password = take_password(params);
  const auto fingerprint = co_await context.client.register_user(name->str(), std::move(password));
  if (!fingerprint) co_return fingerprint.error();
  co_return json{{"username", name->str()}, {"fingerprint", *fingerprint}};
}

base::Task<Outcome> sign_on(Context context, Params params) {
  base::Secret password = take_password(params);
  const auto fingerprint = co_await context.client.sign_on(params["username"], std::move(password));
  if (!fingerprint) co_return fingerprint.error();
  co_return json{{"username", context.client.status().username},
                 {"fingerprint", *fingerprint},
                 {"buddies", to_json(context.client.buddies())}};
}

base::Task<Outcome> sign_off(Context context, Params) {
  return empty_when(context.client.sign_off());
}

base::Task<Outcome> add_buddy(Context context, Params params) {
  const auto buddy = co_await context.client.add_buddy(params["username"]);
  if (!buddy) co_return buddy.error();
  co_return to_json(*buddy);
}

base::Task<Outcome> remove_buddy(Context context, Params params) {
  return empty_when(context.client.remove_buddy(params["username"]));
}

base::Task<Outcome> buddies(Context context, Params) {
  if (!context.client.status().signed_on) co_return nobody_signed_on();
  co_return to_json(context.client.buddies());
}

base::Task<Outcome> set_status(Context context, Params params) {
  const auto show = basic::parse_show(params["show"]);
  if (!show)
    co_return base::fail(base::Errc::malformed, "'show' is one of online, away, busy, invisible");
  const auto done = co_await context.client.set_status(*show, params["text"]);
  if (!done) co_return done.error();
  co_return json::object();
}

base::Task<Outcome> send_text(Context context, Params params) {
  const auto sent = co_await context.client.send_text(params["to"], params["text"]);
  if (!sent) co_return sent.error();
  co_return json{{"id", sent->id}, {"state", sent->delivered ? "delivered" : "sent"}};
}

base::Task<Outcome> status(Context context, Params) {
  co_return to_json(context.client.status(), context.ports.own_node(), context.ports.nodes_named);
}

base::Task<Outcome> shut_down(Context context, Params) {
  if (context.client.status().signed_on) {
    const auto done = co_await context.client.sign_off();
    if (!done) co_return done.error();
  }
  co_return json::object();
}

base::Task<Outcome> why(Context context, Params params) {
  const auto explained = context.client.why(params["username"]);
  if (!explained) co_return explained.error();
  co_return to_json(*explained);
}

base::Task<Outcome> notify_when_online(Context context, Params params) {
  const bool on = params["on"] == "true";
  return empty_when(context.client.notify_when_online(params["username"], on));
}

base::Task<Outcome> block(Context context, Params params) {
  return empty_when(context.client.block(params["username"]));
}

base::Task<Outcome> unblock(Context context, Params params) {
  return empty_when(context.client.unblock(params["username"]));
}

base::Task<Outcome> blocked(Context context, Params) {
  if (!context.client.status().signed_on) co_return nobody_signed_on();
  json names = json::array();
  for (const ohim::Name& name : context.client.blocked()) names.push_back(name.str());
  co_return names;
}

/// What was given as a number, or `otherwise`.
std::uint64_t number_in(const Params& params, std::string_view name, std::uint64_t otherwise) {
  const auto found = params.find(name);
  return found == params.end() ? otherwise : std::stoull(found->second);
}

constexpr std::uint64_t kTextsAtOnce = 50;

base::Task<Outcome> history(Context context, Params params) {
  const auto texts = co_await context.client.history(
      params["username"], number_in(params, "before", 0), number_in(params, "count", kTextsAtOnce));
  if (!texts) co_return texts.error();
  co_return to_json(*texts);
}

base::Task<Outcome> search(Context context, Params params) {
  const auto texts =
      co_await context.client.search_history(params["words"], params["username"], kTextsAtOnce);
  if (!texts) co_return texts.error();
  co_return to_json(*texts);
}

base::Task<Outcome> mark_read(Context context, Params params) {
  const std::uint64_t number = number_in(params, "number", 0);
  return empty_when(context.client.mark_read(params["username"], number));
}

base::Task<Outcome> set_alias(Context context, Params params) {
  return empty_when(context.client.set_alias(params["username"], params["alias"]));
}

base::Task<Outcome> set_groups(Context context, Params params) {
  auto groups = json::parse(params["groups"]).get<std::vector<std::string>>();
  return empty_when(context.client.set_groups(params["username"], std::move(groups)));
}

base::Task<Outcome> pidf(Context context, Params params) {
  const auto explained = context.client.why(params["username"]);
  if (!explained) co_return explained.error();
  co_return json{{"document", basic::to_pidf(explained->buddy)}};
}

base::Task<Outcome> modules(Context context, Params) {
  json list = json::array();
  for (const auto& module : context.client.modules()) list.push_back(to_json(module));
  co_return list;
}

base::Task<Outcome> switch_module(Context context, Params params) {
  return empty_when(context.client.switch_module(params["name"], params["on"] == "true"));
}

base::Task<Outcome> set_module_setting(Context context, Params params) {
  return empty_when(
      context.client.set_module_setting(params["name"], params["key"], params["value"]));
}

base::Task<Outcome> conditions(Context context, Params) {
  co_return to_json(context.client.conditions());
}

base::Task<Outcome> safety_number(Context context, Params params) {
  if (!context.client.status().signed_on) co_return nobody_signed_on();
  const std::string number = context.client.safety_number(params["username"]);
  if (number.empty()) {
    co_return base::fail(ohim::Errc::not_a_buddy, "the key of " + params["username"] +
                                                      " is not known; addBuddy looks it up");
  }
  const auto change = context.client.key_change(params["username"]);
  co_return json{{"safetyNumber", number}, {"change", change ? to_json(*change) : json(nullptr)}};
}

base::Task<Outcome> accept_key(Context context, Params params) {
  return empty_when(context.client.accept_key(params["username"], params["fingerprint"]));
}

base::Task<Outcome> user_active(Context context, Params) {
  context.client.user_active();
  co_return json::object();
}

}  // namespace

const std::vector<Method>& methods() {
  using enum Gate::Pass;
  static const Param kOn{"on", true, Param::Kind::flag};
  static const Param kBefore{"before", false, Param::Kind::number};
  static const Param kCount{"count", false, Param::Kind::number};
  static const Param kNumber{"number", true, Param::Kind::number};
  static const Param kGroups{"groups", true, Param::Kind::list};
  static const std::vector<Method> kMethods{
      {"register", {{"username"}, {"password"}}, "username, fingerprint", session, register_user},
      {"signOn",
       {{"username"}, {"password"}},
       "username, fingerprint, buddies: [Buddy]",
       session,
       sign_on},
      {"signOff", {}, "{}", leaving, sign_off},
      {"addBuddy", {{"username"}}, "Buddy", ordinary, add_buddy},
      {"removeBuddy", {{"username"}}, "{}", ordinary, remove_buddy},
      {"buddies", {}, "[Buddy]", ordinary, buddies},
      {"setStatus", {{"show"}, {"text", false}}, "{}", ordinary, set_status},
      {"sendText", {{"to"}, {"text"}}, "id, state: delivered", ordinary, send_text},
      {"why",
       {{"username"}},
       "presence, knownBy, cause, since, learned, correctedBy, words, places",
       ordinary,
       why},
      {"notifyWhenOnline", {{"username"}, kOn}, "{}", ordinary, notify_when_online},
      {"block", {{"username"}}, "{}", ordinary, block},
      {"unblock", {{"username"}}, "{}", ordinary, unblock},
      {"blocked", {}, "[username]", ordinary, blocked},
      {"history", {{"username"}, kBefore, kCount}, "[StoredText], oldest first", ordinary, history},
      {"search",
       {{"words"}, {"username", false}},
       "[StoredText], newest first; 50 at most",
       ordinary,
       search},
      {"markRead", {{"username"}, kNumber}, "{}", ordinary, mark_read},
      {"setAlias", {{"username"}, {"alias"}}, "{}", ordinary, set_alias},
      {"setGroups", {{"username"}, kGroups}, "{}", ordinary, set_groups},
      {"pidf", {{"username"}}, "document: RFC 3863", ordinary, pidf},
      {"modules", {}, "[name, purpose, on, needed, settings]", free, modules},
      {"switchModule", {{"name"}, kOn}, "{}", ordinary, switch_module},
      {"setModuleSetting", {{"name"}, {"key"}, {"value"}}, "{}", ordinary, set_module_setting},
      {"conditions", {}, "[kind, username, sentence, since]", free, conditions},
      {"safetyNumber", {{"username"}}, "safetyNumber, change", ordinary, safety_number},
      {"acceptKey", {{"username"}, {"fingerprint"}}, "{}", ordinary, accept_key},
      {"userActive", {}, "{}; away by itself 10 min after the last", free, user_active},
      {"status",
       {},
       "signedOn, username, fingerprint, show, text, idle, store, nodes, ownNode",
       free,
       status},
      {"shutdown", {}, "{}", leaving, shut_down, true},
  };
  return kMethods;
}

const Method* find_method(const std::string& name) {
  for (const Method& method : methods())
    if (method.name == name) return &method;
  return nullptr;
}

namespace {

std::string usage(const Method& method) {
  std::string text(method.name);
  text += method.params.empty() ? " takes no parameters" : " takes ";
  for (const Param& param : method.params) {
    if (&param != &method.params.front()) text += ", ";
    text += std::string(param.name) + (param.required ? "" : " (may be left out)");
  }
  return text;
}

bool is_of_kind(Param::Kind kind, const json& value) {
  const auto is_string = [](const json& item) { return item.is_string(); };
  switch (kind) {
    case Param::Kind::text:
      return value.is_string();
    case Param::Kind::flag:
      return value.is_boolean();
    case Param::Kind::number:
      return value.is_number_unsigned();
    case Param::Kind::list:
      return value.is_array() && std::ranges::all_of(value, is_string);
  }
  return false;
}

/// `value` as the text that Params hold; nothing if it is not of that kind.
std::optional<std::string> read_param(const Param& param, const json& value) {
  if (!is_of_kind(param.kind, value)) return std::nullopt;
  return value.is_string() ? value.get<std::string>() : dump(value);
}

std::string_view in_words(Param::Kind kind) {
  switch (kind) {
    case Param::Kind::text:
      return "a string";
    case Param::Kind::flag:
      return "true or false";
    case Param::Kind::number:
      return "a whole number from 0 on";
    case Param::Kind::list:
      return "an array of strings";
  }
  return "";
}

}  // namespace

base::Result<Params> read_params(const Method& method, const json& given) {
  const auto wrong = [&](const std::string& what) {
    return base::fail(base::Errc::malformed, what + "; " + usage(method));
  };
  json named = json::object();
  if (given.is_array()) {
    if (given.size() > method.params.size()) return wrong("too many parameters");
    for (std::size_t i = 0; i < given.size(); ++i)
      named[std::string(method.params[i].name)] = given[i];
  } else if (given.is_object()) {
    named = given;
  } else if (!given.is_null()) {
    return wrong("'params' is an object or an array");
  }
  Params params;
  for (const Param& param : method.params) {
    const auto found = named.find(std::string(param.name));
    if (found == named.end() && !param.required) continue;
    if (found == named.end()) return wrong("'" + std::string(param.name) + "' is missing");
    const auto value = read_param(param, *found);
    if (!value) {
      return wrong("'" + std::string(param.name) + "' must be " +
                   std::string(in_words(param.kind)));
    }
    params.emplace(param.name, *value);
    named.erase(found);
  }
  if (!named.empty()) return wrong("unknown parameter '" + named.begin().key().substr(0, 40) + "'");
  return params;
}
