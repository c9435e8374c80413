#include "dial.h"

#include <algorithm>

namespace ohim {
namespace {

constexpr std::size_t kAtOnce = 3;
constexpr std::uint16_t kFirstUserPort = 1024;

bool is_multicast(const base::Endpoint& endpoint) {
  return endpoint.is_v4() ? endpoint.address[12] >= 224 : endpoint.address[0] == 0xFF;
}

/// The lanes of one dial_any(), as in base::gather(): the last thing a lane does is to suspend, so
/// that whoever it wakes may destroy it.
struct Race {
  base::Transport& transport;
  std::vector<base::Endpoint> endpoints;
  std::size_t next = 0;
  std::size_t running = 0;
  bool silence = false;
  std::unique_ptr<base::Stream> winner;
  std::coroutine_handle<> waiting;

  [[nodiscard]] bool over() const { return winner != nullptr || running == 0; }
};

struct LaneEnd {
  Race& race;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) {
    --race.running;
    if (!race.over()) return;
    if (auto waiting = std::exchange(race.waiting, {})) waiting.resume();
  }
  void await_resume() const noexcept {}
};

struct RaceEnd {
  Race& race;
  bool await_ready() const noexcept { return race.over(); }
  void await_suspend(std::coroutine_handle<> waiting) { race.waiting = waiting; }
  void await_resume() const noexcept {}
};

base::Task<void> lane(Race& race) {
  while (race.next < race.endpoints.size() && race.winner == nullptr) {
    const base::Endpoint to = race.endpoints[race.next++];
    auto stream = co_await race.transport.connect(to);
    if (stream) {
      if (race.winner == nullptr) race.winner = std::move(*stream);
      break;
    }
    race.silence |= stream.error().code != base::Errc::unreachable;
  }
  LaneEnd end{race};
  co_await end;
}

}  // namespace

std::vector<base::Endpoint> fit_to_dial(std::vector<base::Endpoint> endpoints) {
  std::erase_if(endpoints, [](const base::Endpoint& endpoint) {
    return endpoint.is_unspecified() || is_multicast(endpoint) || endpoint.port < kFirstUserPort;
  });
  if (endpoints.size() > kMaxEndpoints) endpoints.resize(kMaxEndpoints);
  return endpoints;
}

base::Task<base::Result<std::unique_ptr<base::Stream>>> dial_any(
    base::Transport& transport, std::vector<base::Endpoint> endpoints) {
  Race race{transport, std::move(endpoints), 0, 0, false, nullptr, {}};
  race.running = std::min(kAtOnce, race.endpoints.size());
  std::vector<base::Task<void>> lanes;
  for (std::size_t i = 0; i < std::min(kAtOnce, race.endpoints.size()); ++i) {
    lanes.push_back(lane(race));
    lanes.back().start();
  }
  RaceEnd end{race};
  co_await end;
  if (race.winner != nullptr) co_return std::move(race.winner);
  if (race.silence) co_return base::fail(base::Errc::timed_out, "nobody answers there");
  co_return base::fail(base::Errc::unreachable, "nobody listens there");
}

}  // namespace ohim
