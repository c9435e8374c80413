#include "rpc.h"

#define JSON_USE_IMPLICIT_CONVERSIONS 0
#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/secret.h"
#include "gate.h"
#include "rpc_errors.h"

using nlohmann::json;

namespace {

constexpr std::size_t kMostInBatch = 1000;
/// How long signOff and shutdown wait for texts that are on their way.
constexpr base::Duration kPatience = std::chrono::seconds(5);

// The codes of JSON-RPC 2.0, section 5.1; all of them are BadRequest in `data.kind`.
constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;

std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json iso(base::WallTime time) {
  if (time == base::WallTime{}) return nullptr;
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm utc{};
  std::array<char, 32> text{};
  gmtime_r(&seconds, &utc);
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

json to_json(const basic::Buddy& buddy) {
  return {{"username", buddy.name.str()},
          {"presence", basic::to_string(buddy.presence)},
          {"text", buddy.text},
          {"fingerprint", buddy.fingerprint},
          {"knownBy", ohim::to_string(buddy.known_by)},
          {"since", iso(buddy.since)}};
}

json to_json(const std::vector<basic::Buddy>& buddies) {
  json list = json::array();
  for (const auto& buddy : buddies) list.push_back(to_json(buddy));
  return list;
}

json to_json(const openhash::NodeHealth& node) {
  json latency = nullptr;
  if (node.answering) latency = std::chrono::duration<double, std::milli>(node.latency).count();
  return {{"node", node.endpoint}, {"answering", node.answering}, {"latencyMs", latency}};
}

json to_json(const basic::Client::Status& status, const RpcServer::Ports& ports) {
  json nodes = json::array();
  for (const auto& node : status.nodes)
    if (node.answering || ports.nodes_named) nodes.push_back(to_json(node));
  const std::string own_node = ports.own_node();
  return {{"signedOn", status.signed_on},
          {"username", status.username},
          {"fingerprint", status.fingerprint},
          {"show", basic::to_string(status.show)},
          {"text", status.text},
          {"store", status.store_connected ? "connected" : "unavailable"},
          {"nodes", nodes},
          {"ownNode", own_node.empty() ? json(nullptr) : json(own_node)}};
}

json error_object(int code, const RpcKind& kind, const std::string& message) {
  return {{"code", code}, {"message", message}, {"data", {{"kind", kind.name}}}};
}

json error_object(const base::Error& error) {
  const RpcKind& kind = rpc_kind_of(error.code);
  return error_object(kind.code, kind, error.message());
}

json bad_request(int code, const std::string& sentence) {
  return error_object(code, rpc_kind::bad_request, sentence);
}

json answer(const json& id, const char* field, json content) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {field, std::move(content)}};
}

using Params = std::map<std::string, std::string, std::less<>>;
using Outcome = base::Result<json>;

/// Takes the password out of `params`, into guarded memory.
base::Secret take_password(Params& params) {
  std::string& plain = params["password"];
  base::Secret secret = base::Secret::copy_of(base::view(plain));
  base::wipe({reinterpret_cast<std::uint8_t*>(plain.data()), plain.size()});
  return secret;
}

// --- the methods -------------------------------------------------------------------------------

struct Context {
  basic::Client& client;
  const RpcServer::Ports& ports;
};

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
  const auto done = co_await context.client.sign_off();
  if (!done) co_return done.error();
  co_return json::object();
}

base::Task<Outcome> add_buddy(Context context, Params params) {
  const auto buddy = co_await context.client.add_buddy(params["username"]);
  if (!buddy) co_return buddy.error();
  co_return to_json(*buddy);
}

base::Task<Outcome> remove_buddy(Context context, Params params) {
  const auto done = co_await context.client.remove_buddy(params["username"]);
  if (!done) co_return done.error();
  co_return json::object();
}

base::Task<Outcome> buddies(Context context, Params) {
  if (!context.client.status().signed_on)
    co_return base::fail(ohim::Errc::not_signed_on, "nobody is signed on here; use signOn first");
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
  co_return to_json(context.client.status(), context.ports);
}

base::Task<Outcome> shut_down(Context context, Params) {
  if (context.client.status().signed_on) {
    const auto done = co_await context.client.sign_off();
    if (!done) co_return done.error();
  }
  co_return json::object();
}

struct Param {
  std::string_view name;
  bool required = true;
};

struct Method {
  std::string_view name;
  std::vector<Param> params;
  std::string_view result;
  Gate::Pass pass;
  base::Task<Outcome> (*run)(Context, Params);
};

const std::vector<Method>& methods() {
  using enum Gate::Pass;
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
      {"status",
       {},
       "signedOn, username, fingerprint, show, text, store, nodes, ownNode",
       free,
       status},
      {"shutdown", {}, "{}", leaving, shut_down},
  };
  return kMethods;
}

const Method* find_method(const std::string& name) {
  for (const Method& method : methods())
    if (method.name == name) return &method;
  return nullptr;
}

std::string usage(const Method& method) {
  std::string text(method.name);
  text += method.params.empty() ? " takes no parameters" : " takes ";
  for (const Param& param : method.params) {
    if (&param != &method.params.front()) text += ", ";
    text += std::string(param.name) + (param.required ? "" : " (may be left out)");
  }
  return text;
}

/// `{"to": ...}`, `["lisa", ...]` (in the order of the table) or nothing, as named strings.
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
    if (!found->is_string()) return wrong("'" + std::string(param.name) + "' must be a string");
    params.emplace(param.name, found->get<std::string>());
    named.erase(found);
  }
  if (!named.empty()) return wrong("unknown parameter '" + named.begin().key().substr(0, 40) + "'");
  return params;
}

/// Answers of one line's requests: an array of them if the line was an array.
struct Batch {
  bool many = false;
  std::size_t left = 1;
  json answers = json::array();
};

struct Request {
  std::shared_ptr<Batch> batch;
  json id;
  bool wants_answer = true;  ///< a request without id is a notification: it gets none
  const Method* method = nullptr;
  Params params;
};

}  // namespace

struct RpcServer::Impl {
  base::World& world;
  Ports ports;
  basic::Client* client = nullptr;
  Gate gate{};
  base::Timer patience{};
  std::function<void()> answered{};
  base::Tasks tasks{};

  void notify(const char* method, json params) {
    ports.write(dump({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}}));
  }

  void finish(const std::shared_ptr<Batch>& batch, std::optional<json> reply) {
    if (reply) batch->answers.push_back(std::move(*reply));
    if (--batch->left > 0 || batch->answers.empty()) return;
    ports.write(dump(batch->many ? batch->answers : batch->answers[0]));
  }

  void take_value(const std::shared_ptr<Batch>& batch, const json& value) {
    const auto refuse = [&](const json& id, json error) {
      finish(batch, answer(id, "error", std::move(error)));
    };
    if (!value.is_object())
      return refuse(nullptr, bad_request(kInvalidRequest, "a request is an object"));
    Request request;
    request.batch = batch;
    request.wants_answer = value.contains("id");
    request.id = value.value("id", json(nullptr));
    if (!request.id.is_string() && !request.id.is_number() && !request.id.is_null())
      return refuse(nullptr, bad_request(kInvalidRequest, "'id' is a string or a number"));
    const json version = value.value("jsonrpc", json(nullptr));
    if (version != "2.0")
      return refuse(request.id, bad_request(kInvalidRequest, "'jsonrpc' must be \"2.0\""));
    const json name = value.value("method", json(nullptr));
    if (!name.is_string())
      return refuse(request.id, bad_request(kInvalidRequest, "'method' must be a string"));
    request.method = find_method(name.get_ref<const std::string&>());
    if (!request.method && request.wants_answer) {
      const std::string sentence = "there is no method '" + name.get<std::string>().substr(0, 40) +
                                   "'; basic rpc --help lists them";
      return refuse(request.id, bad_request(kMethodNotFound, sentence));
    }
    if (!request.method) return finish(batch, std::nullopt);
    const auto params = read_params(*request.method, value.value("params", json(nullptr)));
    if (!params && request.wants_answer) return refuse(request.id, error_object(params.error()));
    if (!params) return finish(batch, std::nullopt);
    request.params = *params;
    start(std::move(request));
  }

  void start(Request request) {
    auto shared = std::make_shared<Request>(std::move(request));
    gate.enter(shared->method->pass, [this, shared] { tasks.start(run(this, shared)); });
    if (gate.leaving())
      patience = world.clock.call_after(kPatience, [this] { gate.lose_patience(); });
  }

  static base::Task<void> run(Impl* self, std::shared_ptr<Request> request) {
    const Context context{*self->client, self->ports};
    auto work = request->method->run(context, std::move(request->params));
    const Outcome outcome = co_await work;
    std::optional<json> reply;
    if (request->wants_answer)
      reply = outcome ? answer(request->id, "result", *outcome)
                      : answer(request->id, "error", error_object(outcome.error()));
    self->finish(request->batch, std::move(reply));
    if (request->method->run == shut_down) self->world.clock.post(self->ports.shut_down);
    self->gate.leave(request->method->pass);
    if (self->answered) self->answered();
  }
};

RpcServer::RpcServer(base::World& world, Ports ports) : impl_(new Impl{world, std::move(ports)}) {}

RpcServer::~RpcServer() = default;

void RpcServer::serve(basic::Client& client) { impl_->client = &client; }

void RpcServer::take(std::string_view line) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  auto batch = std::make_shared<Batch>();
  const auto refuse = [&](int code, const std::string& sentence) {
    batch->left = 1;
    impl_->finish(batch, answer(nullptr, "error", bad_request(code, sentence)));
  };
  const json value = json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded())
    return refuse(kParseError, "this line is not JSON (in UTF-8); write one request a line");
  if (!value.is_array()) return impl_->take_value(batch, value);
  if (value.empty()) return refuse(kInvalidRequest, "an empty batch asks for nothing");
  if (value.size() > kMostInBatch)
    return refuse(kInvalidRequest, "a batch has at most 1000 requests");
  batch->many = true;
  batch->left = value.size();
  for (const json& element : value) impl_->take_value(batch, element);
}

void RpcServer::take_oversize() {
  const std::string sentence = "this line is longer than 1 MiB; it was skipped";
  impl_->ports.write(dump(answer(nullptr, "error", bad_request(kInvalidRequest, sentence))));
}

std::size_t RpcServer::in_flight() const { return impl_->gate.size(); }

void RpcServer::on_answered(std::function<void()> callback) {
  impl_->answered = std::move(callback);
}

void RpcServer::presence(const basic::Buddy& buddy) { impl_->notify("presence", to_json(buddy)); }

void RpcServer::text(const basic::Text& text) {
  impl_->notify("text", {{"from", text.from.str()},
                         {"text", text.text},
                         {"id", text.id},
                         {"sentAt", iso(text.sent_at)}});
}

void RpcServer::request(const ohim::Name& from, const std::string& fingerprint) {
  impl_->notify("request", {{"username", from.str()}, {"fingerprint", fingerprint}});
}

void RpcServer::warning(const std::string& sentence) {
  impl_->notify("warning", {{"message", sentence}});
}

std::string rpc_help() {
  std::string text =
      "JSON-RPC 2.0, one object (or batch) a line: requests on stdin, answers and notifications "
      "on\n"
      "stdout, logs on stderr. End of input signs off and ends.\n\nMethods:\n";
  const auto row = [&text](std::string left, std::string_view right) {
    left.resize(std::max<std::size_t>(left.size() + 1, 40), ' ');
    text += "  " + left + std::string(right) + "\n";
  };
  for (const Method& method : methods()) {
    std::string left(method.name);
    for (const Param& param : method.params)
      left += std::string(param.required ? " " : " [") + std::string(param.name) +
              (param.required ? "" : "]");
    row(left, "-> " + std::string(method.result));
  }
  text +=
      "\n  Parameters are strings, by name or in this order. show: online, away, busy, invisible.\n"
      "  Buddy: username, presence (online, away, busy, offline, unknown), text, fingerprint,\n"
      "         knownBy (link, lease, poll, none), since\n\nNotifications:\n";
  row("presence", "a Buddy that changed");
  row("text", "from, text, id, sentAt");
  row("request", "username, fingerprint: someone not on the list");
  row("warning", "message: something you should know");
  text += "\nErrors (error.data.kind):\n";
  for (const RpcKind& kind : rpc_kinds()) row(std::string(kind.name), kind.about);
  return text;
}
