#include <opendht/dhtrunner.h>

#include <future>

#include "hostile.h"
#include "openhash/guard.h"

namespace hostile {

namespace {

constexpr auto kPatience = std::chrono::seconds(3);

using Done = std::shared_ptr<std::promise<void>>;

/// A stock node never hears that it was refused; it is done when it has been answered.
dht::DoneCallback tell(const Done& done) {
  return [done](bool, const std::vector<std::shared_ptr<dht::Node>>&) { done->set_value(); };
}

std::shared_ptr<dht::Value> value(std::uint16_t type, std::uint64_t id,
                                  const dht::crypto::Identity& identity) {
  const std::string words = "this is not what you are looking for";
  auto made = std::make_shared<dht::Value>(
      type, reinterpret_cast<const std::uint8_t*>(words.data()), words.size());
  if (id != 0) made->id = id;
  if (identity.first) made->sign(*identity.first);  // putSigned() would end itself over our records
  return made;
}

/// One stock node. It puts to a value id once only: a plain put over a signed one would end it.
class Vandal {
 public:
  Vandal(const Target& target, dht::crypto::Identity identity) : identity_(std::move(identity)) {
    dht::DhtRunner::Config config;
    config.dht_config.node_config.network = target.network;
    config.threaded = true;
    node_.run(0, config);
    node_.bootstrap(target.host, std::to_string(target.port));
  }
  ~Vandal() { node_.join(); }

  void put(const Place& place, std::uint16_t type, std::uint64_t id) {
    const auto done = std::make_shared<std::promise<void>>();
    node_.put(dht::InfoHash::get(place.text), value(type, id, identity_), tell(done), {}, true);
    done->get_future().wait_for(kPatience);
  }

 private:
  dht::crypto::Identity identity_;
  dht::DhtRunner node_;
};

}  // namespace

int put_engine_values(const Target& target, const std::vector<Place>& places) {
  const auto identity = dht::crypto::generateIdentity("vandal", {}, 2048);
  const auto location = static_cast<std::uint16_t>(
      openhash::kValueTypes + static_cast<std::uint16_t>(openhash::Kind::location));
  int tried = 0;
  for (const bool with_signature : {false, true}) {
    for (const std::uint16_t type : {std::uint16_t{0}, std::uint16_t{8}, location}) {
      Vandal vandal(target, with_signature ? identity : dht::crypto::Identity{});
      for (const Place& place : places) {
        std::vector<std::uint64_t> ids = place.slots;
        ids.push_back(0);  // an id of its own
        for (const std::uint64_t id : ids) vandal.put(place, type, id);
        tried += static_cast<int>(ids.size());
      }
    }
  }
  return tried;
}

}  // namespace hostile
