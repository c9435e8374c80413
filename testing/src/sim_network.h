#pragma once
// Hosts, and the network between them.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/world.h"
#include "sim_events.h"
#include "testing/sim_world.h"

namespace sim {

class Host;
class StreamEnd;

/// Random bytes that follow from a seed and a name, and from nothing else.
class SeededEntropy final : public base::Entropy {
 public:
  SeededEntropy(std::uint64_t seed, std::string_view name);
  void fill(std::span<std::uint8_t> out) override;
  [[nodiscard]] bool chance(double share) { return share > 0 && fraction() < share; }

 private:
  void refill();
  std::array<std::uint8_t, 32> seed_{};
  std::uint64_t block_ = 0;
  base::Bytes ready_;
  std::size_t used_ = 0;
};

/// A socket as the network sees it; its owner is the DatagramSocket. Shared, so that it outlives
/// its own callbacks.
struct UdpPort {
  base::Endpoint local;
  base::DatagramSocket::Handler handler;
  bool open = true;
};
struct ListenPort {
  base::Endpoint local;
  base::StreamListener::Handler handler;
  bool open = true;
};

/// One program on one machine, from its start to its crash.
class Host {
 public:
  std::string name;
  base::Endpoint address;  // port 0
  int start = 0;           // how often it was started before
  bool alive = true;       // false: nothing of it runs any more
  std::map<std::uint16_t, std::weak_ptr<UdpPort>> udp;
  std::map<std::uint16_t, std::weak_ptr<ListenPort>> listeners;
  std::map<std::uint64_t, std::shared_ptr<StreamEnd>> ends;  // in the order of their making

  /// True if `local` can be bound here: the host's own address, loopback or "any".
  [[nodiscard]] bool owns(const base::Endpoint& local) const;
  /// The address that the other side sees: loopback stays loopback.
  [[nodiscard]] base::Endpoint seen_from(const base::Endpoint& peer, std::uint16_t port) const;
};

class Network {
 public:
  explicit Network(std::uint64_t the_seed) : seed(the_seed), dice(the_seed, "the network") {}

  /// Where a packet from `from` to `to` ends up; loopback is `from` itself. Null: nowhere.
  [[nodiscard]] std::shared_ptr<Host> find(const Host& from, const base::Endpoint& to) const;
  /// False while the hosts are cut off from each other, or the other one is switched off.
  [[nodiscard]] bool reaches(const base::Endpoint& from, const base::Endpoint& to) const;
  [[nodiscard]] Faults faults(const base::Endpoint& from, const base::Endpoint& to) const;
  /// One way, for one packet.
  base::Duration delay(const Faults& faults);

  void send_datagram(const std::shared_ptr<Host>& from, std::uint16_t port,
                     const base::Endpoint& to, base::ByteView datagram);
  /// Ends a program; see SimWorld::crash and vanish.
  void kill(const std::shared_ptr<Host>& host, bool tell_peers);

  const std::uint64_t seed;
  std::shared_ptr<Events> events = std::make_shared<Events>();
  SeededEntropy dice;
  std::map<base::Endpoint, std::shared_ptr<Host>> hosts;  // those that are on, by address
  std::map<base::Endpoint, Traffic> traffic;
  std::map<std::string, base::Endpoint, std::less<>> names;

  std::map<base::Endpoint, std::chrono::seconds> skews;
  base::Duration work_cost{0};

  Faults usual_faults;
  std::map<std::pair<base::Endpoint, base::Endpoint>, Faults> link_faults;
  std::map<base::Endpoint, int> groups;  // 0 for those not in it
  std::set<base::Endpoint> cut_off;
  std::uint16_t next_port = 40'000;
  std::uint64_t next_end = 0;

  /// A port that is free in `taken`.
  template <typename Taken>
  std::uint16_t free_port(const Taken& taken) {
    while (next_port < 40'000 || taken.contains(next_port)) ++next_port;
    return next_port++;
  }

 private:
  void deliver(const base::Endpoint& from, const base::Endpoint& to, const base::Endpoint& at,
               const base::Bytes& datagram);
};

}  // namespace sim
