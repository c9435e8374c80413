#include "gateway/gateway_store.h"

#include <algorithm>

#include "base/gather.h"
#include "gateway_store_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;
using base::Result;

constexpr base::Duration kPutLimit = 22s;  // a gateway gives up after 20
constexpr base::Duration kSilence = 8s;    // as of a node
constexpr std::size_t kMostAnnouncing = 32;

}  // namespace

Result<std::unique_ptr<GatewayStore>> GatewayStore::open(base::World& world,
                                                         GatewayOptions options) {
  auto url = gateway::GatewayUrl::parse(options.url);
  if (!url) return url.error();
  std::optional<tls::ClientContext> context;
  if (url->tls) {
    auto opened = url->pin.empty() ? tls::ClientContext::open(options.authorities)
                                   : tls::ClientContext::open_pinned(url->pin);
    if (!opened) return opened.error();
    context.emplace(std::move(*opened));
  }
  auto impl =
      std::make_unique<Impl>(world, std::move(options), std::move(*url), std::move(context));
  impl->tasks.start(impl->listen());
  return std::unique_ptr<GatewayStore>(new GatewayStore(std::move(impl)));
}

GatewayStore::GatewayStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GatewayStore::~GatewayStore() = default;

/// Whatever it is, its owner must have signed it once; whether it is valid now is asked apart.
Result<std::optional<Record>> GatewayStore::Impl::open(const Key& key, base::ByteView bytes) {
  const base::WallTime wall = world.clock.wall();
  clocks.saw(options.rules, key, bytes, wall, now());
  const Result<Record> told = decode(bytes);
  const auto sound = told ? open_record(options.rules, key, bytes, told->issued) : told;
  if (!sound) {
    return fail(Errc::malformed, options.url + " sent a record that is no good in network " +
                                     std::to_string(options.rules.network) + ": " +
                                     sound.error().message());
  }
  const bool valid = open_record(options.rules, key, bytes, wall) && is_current(*sound, wall);
  if (!valid || sound->kind == Kind::notice) return std::optional<Record>();
  return std::optional<Record>(*sound);
}

std::optional<base::Error> GatewayStore::Impl::why_nothing_is_valid() {
  const auto ahead = clocks.ahead(world.clock.wall(), now());
  if (!ahead) return std::nullopt;
  return fail(Errc::refused, clock_is_wrong(*ahead));
}

base::Instant GatewayStore::Impl::heard_last() const {
  const base::Instant last = last_heard.value_or(base::Instant::min());
  return socket ? std::max(last, socket->heard()) : last;
}

base::Task<Result<std::vector<Record>>> GatewayStore::Impl::get(Key key, OnRecord early) {
  const base::Instant asked = now();
  auto found = co_await reads.get(key, std::move(early));
  if (found) latency = now() - asked;
  co_return found;
}

base::Task<Result<void>> GatewayStore::Impl::put(Key key, Record record, bool announce) {
  if (record.body.size() > kMaxBody || record.name.size() > kMaxName) {
    co_return fail(Errc::too_large, "the record is too large to be stored");
  }
  gateway::HttpMessage request;
  request.method = "PUT";
  request.target = "/v1/records/" + key.hex() + (announce ? "?announce=1" : "");
  request.headers = {{"content-type", "application/json"}};
  request.body = gateway::put_text(record);
  auto asking = http.ask(std::move(request));
  const auto answer = co_await base::within(world.clock, kPutLimit, std::move(asking));
  if (!answer) co_return answer.error();
  const auto said = gateway::parse_answer(answer->body);
  if (!said) co_return said.error();
  heard();
  if (said->error) co_return *said->error;
  if (!said->stored && !announce) co_return fail(Errc::failed, "the gateway stored nothing");
  clocks.was_believed();
  co_return Result<void>();
}

base::Task<void> GatewayStore::Impl::announce(Key key, Record record) {
  ++announcing;
  const auto taken = co_await put(key, std::move(record), true);
  --announcing;
  if (!taken) world.log.debug("announcement not taken: " + taken.error().message());
}

const Rules& GatewayStore::rules() const { return impl_->options.rules; }

base::Task<Result<void>> GatewayStore::put(Key key, Record record) {
  return impl_->put(key, std::move(record), false);
}

base::Task<Result<std::vector<Record>>> GatewayStore::get(Key key, OnRecord early) {
  return impl_->get(key, std::move(early));
}

base::Task<std::vector<Result<std::vector<Record>>>> GatewayStore::get_many(std::vector<Key> keys) {
  std::vector<base::Task<Result<std::vector<Record>>>> reads;
  for (const Key& key : keys) reads.push_back(impl_->get(key, {}));
  return base::gather(std::move(reads), gateway::kMaxBatch);
}

void GatewayStore::announce(Key key, Record record) {
  if (impl_->announcing < kMostAnnouncing) impl_->tasks.start(impl_->announce(key, record));
}

bool GatewayStore::connected() const {
  return impl_->last_heard && impl_->now() - impl_->heard_last() <= kSilence;
}

base::Instant GatewayStore::last_heard() const { return impl_->heard_last(); }

std::vector<NodeHealth> GatewayStore::nodes() const {
  return {{.endpoint = impl_->options.url,
           .answering = connected(),
           .latency = impl_->latency,
           .trouble = impl_->trouble}};
}

}  // namespace openhash
