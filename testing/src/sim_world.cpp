#include "testing/sim_world.h"

#include <cstdio>
#include <stdexcept>

#include "sim_network.h"
#include "sim_ports.h"

namespace sim {

namespace {

/// A host whose name is an address has that one; with kBehindNat before it the host itself does not
/// know it.
std::optional<base::Endpoint> address_in(std::string_view name) {
  if (name.starts_with(kBehindNat)) name.remove_prefix(kBehindNat.size());
  return base::Endpoint::parse(std::string(name) + ":0");
}

}  // namespace

struct SimWorld::Impl {
  Impl(std::uint64_t seed, base::LogLevel level) : network(seed), least(level) {}

  base::Endpoint address_of(std::string_view name) {
    const auto known = network.names.find(name);
    if (known != network.names.end()) return known->second;
    const std::size_t number = network.names.size() + 1;
    auto address = base::Endpoint::v4(10, static_cast<std::uint8_t>(number >> 16),
                                      static_cast<std::uint8_t>(number >> 8),
                                      static_cast<std::uint8_t>(number), 0);
    if (const auto own = address_in(name)) address = *own;
    network.names.emplace(name, address);
    return address;
  }

  /// The host's running program; null if it is switched off.
  Ports* running(std::string_view name) {
    const auto found = programs.find(address_of(name));
    return found == programs.end() ? nullptr : found->second;
  }

  void switch_on(std::string_view name) {
    auto host = std::make_shared<Host>();
    host->name = name;
    host->address = address_of(name);
    host->start = starts[host->address]++;
    network.hosts[host->address] = host;
    all.push_back(std::make_unique<Ports>(network, host, log_of(host->name)));
    programs[host->address] = all.back().get();
  }

  void switch_off(std::string_view name, bool tell_peers) {
    Ports* ports = running(name);
    if (ports == nullptr) return;
    network.kill(ports->host(), tell_peers);
    programs.erase(ports->host()->address);
  }

  base::Log log_of(const std::string& name) {
    if (least == base::LogLevel::off) return {};
    return base::Log(least, [this, name, sink = base::stderr_log(least)](base::LogLevel level,
                                                                         std::string_view line) {
      const auto gone = network.events->now() - network.events->start();
      char time[32] = "";
      std::snprintf(time, sizeof time, "t=%.3f ", std::chrono::duration<double>(gone).count());
      const std::string text = time + ("host=" + name + ' ') + std::string(line);
      switch (level) {
        case base::LogLevel::debug:
          return sink.debug(text);
        case base::LogLevel::info:
          return sink.info(text);
        case base::LogLevel::warn:
          return sink.warn(text);
        default:
          return sink.error(text);
      }
    });
  }

  Network network;
  base::LogLevel least;
  std::map<base::Endpoint, int> starts;
  std::map<base::Endpoint, Ports*> programs;
  std::vector<std::unique_ptr<Ports>> all;  // also those of dead programs, whose objects may live
};

SimWorld::SimWorld(std::uint64_t seed, base::LogLevel log)
    : impl_(std::make_unique<Impl>(seed, log)) {}

SimWorld::~SimWorld() {
  for (const auto& ports : impl_->all) impl_->network.kill(ports->host(), false);
  impl_->network.events->clear();
}

base::World& SimWorld::host(std::string_view name) {
  if (impl_->running(name) == nullptr) impl_->switch_on(name);
  return impl_->running(name)->world();
}

base::Endpoint SimWorld::address(std::string_view name, std::uint16_t port) {
  base::Endpoint address = impl_->address_of(name);
  address.port = port;
  return address;
}

void SimWorld::crash(std::string_view name) {
  impl_->switch_off(name, true);
  impl_->switch_on(name);
}
void SimWorld::vanish(std::string_view name) { impl_->switch_off(name, false); }

void SimWorld::set_skew(std::string_view name, std::chrono::seconds ahead) {
  impl_->network.skews[impl_->address_of(name)] = ahead;
}
void SimWorld::set_work_cost(base::Duration cost) { impl_->network.work_cost = cost; }

Traffic SimWorld::traffic(std::string_view name) const {
  const auto found = impl_->network.traffic.find(impl_->address_of(name));
  return found == impl_->network.traffic.end() ? Traffic{} : found->second;
}

void SimWorld::set_faults(const Faults& faults) { impl_->network.usual_faults = faults; }

void SimWorld::set_faults(std::string_view one, std::string_view other, const Faults& faults) {
  base::Endpoint first = impl_->address_of(one);
  base::Endpoint second = impl_->address_of(other);
  impl_->network.link_faults[std::minmax(first, second)] = faults;
}

void SimWorld::partition(const std::vector<std::vector<std::string>>& groups) {
  impl_->network.groups.clear();
  int number = 0;
  for (const auto& group : groups) {
    ++number;
    for (const std::string& name : group) impl_->network.groups[impl_->address_of(name)] = number;
  }
}

void SimWorld::cut(std::string_view name) {
  impl_->network.cut_off.insert(impl_->address_of(name));
}
void SimWorld::mend(std::string_view name) {
  impl_->network.cut_off.erase(impl_->address_of(name));
}
void SimWorld::heal() {
  impl_->network.groups.clear();
  impl_->network.cut_off.clear();
}

base::Instant SimWorld::now() const { return impl_->network.events->now(); }

void SimWorld::advance(base::Duration span) {
  const base::Instant end = now() + span;
  while (impl_->network.events->step(end)) {
  }
  impl_->network.events->skip_to(end);
}

bool SimWorld::run_until(const std::function<bool()>& done, base::Duration limit) {
  const base::Instant end = now() + limit;
  while (!done()) {
    if (!impl_->network.events->step(end)) {
      impl_->network.events->skip_to(end);
      return false;
    }
  }
  return true;
}

void SimWorld::must_happen(bool happened, base::Duration limit) const {
  if (happened) return;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit).count();
  throw std::runtime_error("the task did not end within " + std::to_string(seconds) +
                           " s of virtual time; seed " + std::to_string(impl_->network.seed));
}

}  // namespace sim
