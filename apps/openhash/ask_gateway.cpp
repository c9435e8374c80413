#include "ask_gateway.h"

#include "base/clock.h"
#include "gateway/http.h"
#include "tls/context.h"

namespace openhash_tool {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;
using openhash::gateway::HttpMessage;
using openhash::gateway::HttpReader;

constexpr base::Duration kLimit = 5s;
constexpr std::string_view kPlainPort = "80";
constexpr std::string_view kTlsPort = "443";

using Opened = base::Result<std::unique_ptr<base::Stream>>;

base::Task<Opened> open_stream(base::World& world, GatewayAddress gateway) {
  const auto found = co_await world.transport.resolve(gateway.host + ':' + gateway.port);
  if (!found) co_return found.error();
  Opened stream = fail(Errc::unreachable, "it has no address");
  for (const base::Endpoint& endpoint : *found) {
    stream = co_await world.transport.connect(endpoint);
    if (stream) break;
  }
  if (!stream || !gateway.tls) co_return stream;
  auto context = tls::ClientContext::open();
  if (!context) co_return context.error();
  co_return co_await context->connect(std::move(*stream), gateway.host, world.clock.wall());
}

base::Task<base::Result<std::string>> ask(base::World& world, GatewayAddress gateway,
                                          std::string target) {
  auto stream = co_await open_stream(world, gateway);
  if (!stream) co_return stream.error();
  HttpMessage request;
  request.method = "GET";
  request.target = target;
  request.headers = {{"host", gateway.host + ':' + gateway.port}, {"connection", "close"}};
  const std::string bytes = encode_request(request);
  if (auto sent = (*stream)->write(base::view(bytes)); !sent) co_return sent.error();
  HttpReader reader(HttpReader::Side::responses);
  while (!reader.done()) {
    std::array<std::uint8_t, 4096> buffer;
    const auto size = co_await (*stream)->read(buffer);
    if (!size) co_return size.error();
    auto fed = *size == 0 ? reader.end() : base::Result<void>();
    if (*size != 0) {
      const auto taken = reader.feed(base::ByteView(buffer.data(), *size));
      if (!taken) fed = taken.error();
    }
    if (!fed) co_return fail(Errc::refused, "there is no HTTP: " + fed.error().message());
  }
  const HttpMessage answer = reader.take();
  if (answer.status != 200) {
    co_return fail(Errc::refused, "it answered with HTTP status " + std::to_string(answer.status));
  }
  co_return answer.body;
}

}  // namespace

base::Result<GatewayAddress> GatewayAddress::parse(std::string_view text) {
  GatewayAddress address;
  const auto take = [&text](std::string_view prefix) {
    const bool there = text.starts_with(prefix);
    if (there) text.remove_prefix(prefix.size());
    return there;
  };
  address.tls = take("https://");
  if (!address.tls) take("http://");
  if (text.ends_with('/')) text.remove_suffix(1);
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && text.find(']', colon) == text.npos;
  address.host = text.substr(0, has_port ? colon : text.size());
  address.port = has_port ? text.substr(colon + 1) : address.tls ? kTlsPort : kPlainPort;
  if (address.host.empty() || address.port.empty() ||
      text.find_first_of("/ @?#") != std::string_view::npos) {
    return fail(Errc::malformed, "write a gateway as http://HOST:PORT or https://HOST:PORT");
  }
  return address;
}

base::Task<base::Result<std::string>> ask_gateway(base::World& world, GatewayAddress gateway,
                                                  std::string target) {
  co_return co_await base::within(world.clock, kLimit, ask(world, gateway, target));
}

}  // namespace openhash_tool
