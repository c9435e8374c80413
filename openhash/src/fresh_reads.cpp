#include "openhash/fresh_reads.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/gather.h"

namespace openhash {
namespace {

constexpr std::size_t kReadsAtOnce = 64;
constexpr std::size_t kWays = 8;

}  // namespace

struct FreshReads::Reader {
  std::unique_ptr<Node> node;
  std::set<Key> keys;
  std::size_t reading = 0;
};

FreshReads::FreshReads(base::World& world, Node& node, std::size_t keys)
    : world_(world), node_(node), keys_(keys), reader_(open()) {}
FreshReads::~FreshReads() = default;

/// Null if there is no port left: then the node reads itself.
std::unique_ptr<FreshReads::Reader> FreshReads::open() {
  NodeOptions options;
  options.rules = node_.rules();
  base::Endpoint door = node_.local();
  if (!door.is_v4()) options.listen = {};
  if (door.is_unspecified()) {
    const std::uint16_t port = door.port;
    door = door.is_v4() ? base::Endpoint::v4(127, 0, 0, 1, port)
                        : *base::Endpoint::parse("[::1]:" + std::to_string(port));
  }
  options.bootstrap = {door};
  for (const NodeHealth& other : node_.nodes()) {
    const auto endpoint = base::Endpoint::parse(other.endpoint);
    if (other.answering && endpoint && options.bootstrap.size() < kWays) {
      options.bootstrap.push_back(*endpoint);
    }
  }
  auto opened = Node::open(world_, std::move(options));
  if (!opened) {
    world_.log.warn("no client for reads: " + opened.error().message());
    return nullptr;
  }
  ++opened_;
  return std::make_unique<Reader>(Reader{std::move(*opened), {}, 0});
}

/// By post: whoever asks may do so within a callback of a client that is to end.
void FreshReads::end_idle() {
  if (retiring_.empty() || ending_) return;
  ending_ = true;
  world_.clock.post([weak = std::weak_ptr(alive_)] {
    const auto self = weak.lock();
    if (!self) return;
    (*self)->ending_ = false;
    std::erase_if((*self)->retiring_, [](const auto& reader) { return reader->reading == 0; });
  });
}

/// Opens the next client while this one still has room, so that nobody waits for it.
void FreshReads::replace_in_time() {
  end_idle();
  if (!next_ && (!reader_ || reader_->keys.size() >= keys_ - keys_ / 4)) next_ = open();
  if (!next_ || !next_->node->connected()) return;
  if (reader_ && reader_->keys.size() < keys_) return;
  if (reader_) retiring_.push_back(std::move(reader_));
  reader_ = std::move(next_);
}

base::Task<base::Result<std::vector<Record>>> FreshReads::get(Key key, OnRecord early) {
  replace_in_time();
  Reader* const reader = reader_.get();
  if (reader == nullptr || !reader->node->connected()) {
    co_return co_await node_.get(key, std::move(early));
  }
  reader->keys.insert(key);
  struct Reading {
    explicit Reading(std::size_t& the_count) : count(++the_count) {}
    ~Reading() { --count; }
    std::size_t& count;
  };
  const Reading reading(reader->reading);  // keeps the client, see replace_in_time()
  co_return co_await reader->node->get(key, std::move(early));
}

base::Task<std::vector<base::Result<std::vector<Record>>>> FreshReads::get_many(
    std::vector<Key> keys) {
  std::vector<base::Task<base::Result<std::vector<Record>>>> reads;
  for (const Key& key : keys) reads.push_back(get(key, {}));
  return base::gather(std::move(reads), kReadsAtOnce);
}

base::Task<base::Result<void>> FreshReads::put(Key key, Record record) {
  return node_.put(key, std::move(record));
}
void FreshReads::announce(Key key, Record record) { node_.announce(key, std::move(record)); }
std::unique_ptr<Watch> FreshReads::watch(Key key, OnRecord changed, Fallback fallback) {
  return node_.watch(key, std::move(changed), fallback);
}

}  // namespace openhash
