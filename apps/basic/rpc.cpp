#include "rpc.h"

#define JSON_USE_IMPLICIT_CONVERSIONS 0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "gate.h"
#include "rpc_errors.h"
#include "rpc_methods.h"
#include "rpc_values.h"

using nlohmann::json;

namespace {

constexpr std::size_t kMostInBatch = 1000;
/// How long signOff and shutdown wait for texts that are on their way.
constexpr base::Duration kPatience = std::chrono::seconds(5);

// The codes of JSON-RPC 2.0, section 5.1; all of them are BadRequest in `data.kind`.
constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;

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
    if (request->method->ends_process) self->world.clock.post(self->ports.shut_down);
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
                         {"sentAt", time_to_json(text.sent_at)},
                         {"number", text.number}});
}

void RpcServer::request(const ohim::Name& from, const std::string& fingerprint) {
  impl_->notify("request", {{"username", from.str()}, {"fingerprint", fingerprint}});
}

void RpcServer::came_online(const basic::Buddy& buddy) {
  impl_->notify("cameOnline", {{"username", buddy.name.str()}});
}

void RpcServer::buddies_changed() {
  impl_->notify("buddies", {{"buddies", to_json(impl_->client->buddies())}});
}

void RpcServer::conditions_changed() {
  impl_->notify("conditions", {{"conditions", to_json(impl_->client->conditions())}});
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
      "\n  Parameters are strings ('on' is true or false, 'before' and 'count' are numbers,\n"
      "  'groups' an array of strings), by name or in this order.\n"
      "  show: online, away, busy, invisible.\n"
      "  Buddy: username, presence (online, away, busy, offline, unknown), text, fingerprint,\n"
      "         knownBy (link, lease, poll, none), since, lastSeen, notifyWhenOnline,\n"
      "         listsYou (true, false, null), alias, groups,\n"
      "         places: [device, show, text, knownBy, since]\n"
      "  StoredText: number, username, outgoing (true, false), text, id, sentAt,\n"
      "         state (delivered, pending, failed)\n\nNotifications:\n";
  row("presence", "a Buddy that changed");
  row("cameOnline", "username: once, after notifyWhenOnline");
  row("text", "from, text, id, sentAt, number");
  row("request", "username, fingerprint: someone not on the list");
  row("buddies", "buddies: all there are, now that another machine of yours changed the list");
  row("conditions", "conditions: what is wrong now, the most urgent first; none: all is well");
  row("warning", "message: something you should know");
  text += "\nErrors (error.data.kind):\n";
  for (const RpcKind& kind : rpc_kinds()) row(std::string(kind.name), kind.about);
  return text;
}
