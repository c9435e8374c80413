#include "http_client.h"

#include <algorithm>

namespace openhash::gateway {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;
using base::Result;

constexpr base::Duration kConnectLimit = 5s;
constexpr base::Duration kKept = 45s;  // servers close what is idle for a minute
constexpr std::size_t kMostKept = 8;
constexpr std::size_t kMostEndpoints = 4;
constexpr std::size_t kMostBody = 1 << 20;  // of an answer that is not read piece by piece

}  // namespace

std::optional<Connection> HttpClient::take_kept() {
  const base::Instant now = world_.clock.now();
  std::erase_if(kept_, [now](const Connection& one) { return now - one.used > kKept; });
  if (kept_.empty()) return std::nullopt;
  std::optional<Connection> last(std::move(kept_.back()));
  kept_.pop_back();
  last->reused = true;
  return last;
}

base::Task<Result<Connection>> HttpClient::connect() {
  auto found = co_await world_.transport.resolve(url_.authority);
  if (!found) co_return found.error();
  base::Error error = fail(Errc::unreachable, url_.authority + " has no address");
  if (found->size() > kMostEndpoints) found->resize(kMostEndpoints);
  for (const base::Endpoint& endpoint : *found) {
    auto stream = co_await world_.transport.connect(endpoint);
    if (!stream) {
      error = stream.error();
      continue;
    }
    Connection connection;
    connection.stream = std::move(*stream);
    if (!context_) co_return connection;
    auto opening = context_->connect(std::move(connection.stream), url_.host, world_.clock.wall());
    auto opened = co_await base::within(world_.clock, kConnectLimit, std::move(opening));
    if (!opened) co_return opened.error();
    connection.stream = std::move(*opened);
    co_return connection;
  }
  co_return error;
}

base::Task<Result<HttpMessage>> HttpClient::ask(HttpMessage request, OnPiece on_piece) {
  std::optional<Connection> connection = take_kept();
  if (connection) {
    auto answer = co_await exchange(*connection, request, on_piece);
    // 408: it was about to be closed, and our request crossed that.
    const bool gone = answer ? answer->status == 408 : connection->reused;
    if (!gone) co_return answer;
  }
  auto opened = co_await connect();
  if (!opened) co_return opened.error();
  co_return co_await exchange(*opened, std::move(request), std::move(on_piece));
}

base::Task<Result<HttpMessage>> HttpClient::exchange(Connection& connection, HttpMessage request,
                                                     OnPiece on_piece) {
  request.headers.emplace_back("host", url_.authority);
  const std::string bytes = encode_request(request);
  if (auto sent = connection.stream->write(base::view(bytes)); !sent) co_return sent.error();
  HttpLimits limits;
  limits.body = kMostBody;
  HttpReader reader(HttpReader::Side::responses, limits);
  base::Bytes buffer(8192);
  while (!reader.done()) {
    if (connection.early.empty()) {
      const std::span<std::uint8_t> room(buffer);
      const Result<std::size_t> got = co_await connection.stream->read(room);
      if (!got) co_return got.error();
      if (*got == 0) {
        if (!reader.begun()) co_return fail(Errc::closed, url_.authority + " said nothing");
        if (auto ended = reader.end(); !ended) co_return ended.error();
        break;
      }
      connection.early.assign(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
    }
    const Result<std::size_t> taken = reader.feed(connection.early);
    if (!taken) co_return fail(Errc::malformed, "what " + url_.authority + " says is not HTTP");
    connection.reused = false;  // it is alive
    connection.early.erase(connection.early.begin(),
                           connection.early.begin() + static_cast<std::ptrdiff_t>(*taken));
    if (reader.done() && reader.message().status == 100) reader.take();
    if (on_piece && reader.head_done() && reader.message().status == 200) {
      on_piece(reader.take_body());
    }
  }
  HttpMessage answer = reader.take();
  if (answer.keep_alive && answer.status != 101 && kept_.size() < kMostKept) {
    connection.used = world_.clock.now();
    kept_.push_back(std::move(connection));
  }
  co_return answer;
}

}  // namespace openhash::gateway
