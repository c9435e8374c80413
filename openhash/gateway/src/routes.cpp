// What can be asked for, and how it is answered: docs/gateway.md.

#include <array>

#include "batch.h"
#include "gateway/wire.h"
#include "server_impl.h"

namespace openhash::gateway {
namespace {

using base::Errc;
using base::fail;

constexpr double kPutCost = 4;  // an offer and a read-back at least
constexpr std::string_view kLines = "application/x-ndjson";
constexpr std::string_view kBytes = "application/octet-stream";

using Handler = base::Task<void> (Server::Impl::*)(Exchange&, const Target&);

struct Route {
  std::string_view method;  ///< GET is also HEAD
  std::string_view first, second;
  std::size_t segments;  ///< a third is a key
  /// Web pages from anywhere may ask: what is read here is public. Nobody's browser shall write for
  /// a page that is not ours, though.
  bool any_origin;
  Handler handler;
};

constexpr std::array kRoutes = {
    Route{"GET", "v1", "records", 3, true, &Server::Impl::get_record},
    Route{"PUT", "v1", "records", 3, false, &Server::Impl::put_record},
    Route{"POST", "v1", "get", 2, true, &Server::Impl::get_many},
    Route{"GET", "v1", "watch", 2, true, &Server::Impl::watch},
};

bool fits(const Route& route, const Target& target) {
  return target.path.size() == route.segments && target.path[0] == route.first &&
         target.path[1] == route.second;
}

std::string path_of(const Target& target) {
  std::string path;
  for (const std::string& segment : target.path) path.append("/").append(segment);
  return path.empty() ? "/" : path;
}

base::Result<Key> key_in(const Target& target) {
  const std::string& text = target.path[2];
  if (text.empty() || text.size() > kMaxKeyText) {
    return fail(Errc::malformed,
                "a key is a text such as \"milhouse's location\", of at most 128 bytes, or 40 "
                "hexadecimal digits");
  }
  return Key::parse(text);
}

/// The methods that the path knows, as "GET, HEAD, OPTIONS"; empty if there is no such path.
std::string methods_at(const Target& target, bool any_origin_only) {
  std::string methods;
  for (const Route& route : kRoutes) {
    if (!fits(route, target) || (any_origin_only && !route.any_origin)) continue;
    methods.append(route.method).append(route.method == "GET" ? ", HEAD, " : ", ");
  }
  return methods.empty() ? methods : methods + "OPTIONS";
}

void allow_any_origin(Exchange& exchange) {
  exchange.add_header("access-control-allow-origin", "*");
}

/// OPTIONS: which methods there are, and what a page from elsewhere may use.
void tell_options(Exchange& exchange, const Target& target, std::string methods) {
  HttpMessage response;
  response.status = 204;
  response.headers = {{"allow", std::move(methods)}};
  if (const std::string open = methods_at(target, true); !open.empty()) {
    allow_any_origin(exchange);
    response.headers.emplace_back("access-control-allow-methods", open);
    response.headers.emplace_back("access-control-allow-headers", "content-type");
    response.headers.emplace_back("access-control-max-age", "86400");
  }
  exchange.answer(std::move(response));
}

}  // namespace

bool Server::Impl::charge(Exchange& exchange, double operations) {
  if (visitors.charge(exchange.visitor(), operations, world.clock.now())) return true;
  exchange.add_header("retry-after", "5");
  exchange.refuse(fail(http_status(429), "too much at once from your address: wait some seconds"));
  return false;
}

base::Task<void> Server::Impl::handle(Exchange& exchange) {
  const std::string_view asked = exchange.request().method;
  const std::string_view method = asked == "HEAD" ? "GET" : asked;
  const auto target = Target::parse(exchange.request().target);
  if (!target) {
    exchange.refuse(fail(http_status(400), "this is no path, or has a bad % escape"));
    co_return;
  }
  for (const Route& route : kRoutes) {
    if (!fits(route, *target) || route.method != method) continue;
    if (route.any_origin) allow_any_origin(exchange);
    co_await (this->*route.handler)(exchange, *target);
    co_return;
  }
  const auto page = pages.find(path_of(*target));
  std::string methods = page == pages.end() ? methods_at(*target, false) : "GET, HEAD, OPTIONS";
  if (methods.empty()) {
    exchange.refuse(fail(http_status(404), "there is nothing at this path; see docs/gateway.md"));
  } else if (method == "OPTIONS") {
    tell_options(exchange, *target, std::move(methods));
  } else if (page != pages.end() && method == "GET") {
    exchange.answer(page->second(exchange.request()));
  } else {
    exchange.add_header("allow", std::move(methods));
    exchange.refuse(fail(http_status(405), "this path does not know this method"));
  }
}

base::Task<void> Server::Impl::get_record(Exchange& exchange, const Target& target) {
  const base::Result<Key> key = key_in(target);
  if (!key) co_return exchange.refuse(key.error());
  if (!charge(exchange, 1)) co_return;
  const Visitor* const who = &exchange.visitor();
  if (target.parameter("stream") != "1") {
    const Reads::Found found = co_await reads.get(who, *key, {});
    if (!found) co_return exchange.refuse(found.error());
    co_return exchange.answer_json(200, found_text(*key, *found));
  }
  exchange.begin(kLines);
  const OnRecord early = [&exchange, &key](const Record& record) {
    exchange.piece(news_text(*key, record) + "\n");
  };
  const Reads::Found found = co_await reads.get(who, *key, early);
  exchange.piece((found ? end_text(*key) : error_text(found.error(), &*key)) + "\n");
  exchange.end();
}

base::Task<void> Server::Impl::put_record(Exchange& exchange, const Target& target) {
  const base::Result<Key> key = key_in(target);
  if (!key) co_return exchange.refuse(key.error());
  const HttpMessage& request = exchange.request();
  auto bytes = request.header("content-type") == kBytes
                   ? base::Result<base::Bytes>(base::to_bytes(base::view(request.body)))
                   : parse_put(request.body);
  if (!bytes) co_return exchange.refuse(bytes.error());
  const base::WallTime now = world.clock.wall();
  const base::Result<Record> record = open_record(store.rules(), *key, *bytes, now);
  if (!record) co_return exchange.refuse(record.error());
  if (!is_current(*record, now)) {
    co_return exchange.refuse(fail(Errc::refused, "the record is no longer valid"));
  }
  if (!charge(exchange, kPutCost)) co_return;
  ++counters.puts;
  if (target.parameter("announce") == "1") {
    store.announce(*key, *record);
    co_return exchange.answer_json(202, "{\"announced\":true}");
  }
  if (puts_running >= options.limits.puts_at_once) {
    exchange.add_header("retry-after", "5");
    co_return exchange.refuse(
        fail(Errc::unreachable, "the gateway is busy: try again in some seconds"));
  }
  const Counted running(puts_running);
  const base::Instant begun = world.clock.now();
  const base::Result<void> stored = co_await store.put(*key, *record);
  counters.put.add(world.clock.now() - begun);
  reads.wrote(*key);
  if (!stored) co_return exchange.refuse(stored.error());
  watches.stored(*key, *record);
  exchange.answer_json(200, "{\"stored\":true}");
}

base::Task<void> Server::Impl::get_many(Exchange& exchange, const Target& target) {
  const auto keys = parse_get_many(exchange.request().body);
  if (!keys) co_return exchange.refuse(keys.error());
  if (!charge(exchange, static_cast<double>(keys->size()))) co_return;
  const bool lines = target.parameter("stream") == "1";
  Batch batch(world, reads, exchange, *keys, lines ? Batch::Form::lines : Batch::Form::list);
  co_await batch.run();
}

}  // namespace openhash::gateway
