#include <opendht/dhtrunner.h>
#include <sys/wait.h>
#include <unistd.h>

#include <future>

#include "hostile.h"
#include "openhash/guard.h"

namespace hostile {

namespace {

constexpr auto kPatience = std::chrono::seconds(1);

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
  if (identity.first) made->sign(*identity.first);
  return made;
}

void put(const Target& target, const Place& place, const std::shared_ptr<dht::Value>& value) {
  dht::DhtRunner::Config config;
  config.dht_config.node_config.network = target.network;
  config.threaded = true;
  dht::DhtRunner node;
  node.run(0, config);
  node.bootstrap(target.host, std::to_string(target.port));
  const auto done = std::make_shared<std::promise<void>>();
  node.put(dht::InfoHash::get(place.text), value, tell(done), {}, true);
  done->get_future().wait_for(kPatience);
  node.join();
}

/// In a process of its own: a stock node does not survive that an honest one hands it the user's
/// record under the id of its own signed value.
void put_apart(const Target& target, const Place& place, const std::shared_ptr<dht::Value>& value) {
  const pid_t child = fork();
  if (child == 0) {
    put(target, place, value);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}

}  // namespace

int put_engine_values(const Target& target, const std::vector<Place>& places) {
  const auto vandal = dht::crypto::generateIdentity("vandal", {}, 2048);
  const auto location = static_cast<std::uint16_t>(
      openhash::kValueTypes + static_cast<std::uint16_t>(openhash::Kind::location));
  int tried = 0;
  for (const Place& place : places) {
    std::vector<std::uint64_t> ids = place.slots;
    ids.push_back(0);  // an id of its own
    for (const std::uint16_t type : {std::uint16_t{0}, std::uint16_t{8}, location}) {
      for (const std::uint64_t id : ids) {
        put_apart(target, place, value(type, id, {}));
        put_apart(target, place, value(type, id, vandal));
        tried += 2;
      }
    }
  }
  return tried;
}

}  // namespace hostile
