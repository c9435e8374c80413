// Idle links over lines that lose a tenth of all packets: is somebody who is there taken for gone?
#include <gtest/gtest.h>

#include "basic/link_table.h"
#include "testing/sim_world.h"

namespace basic {
namespace {

using namespace std::chrono_literals;

struct Ends final : LinkEvents {
  int silent = 0;
  void peer_linked(const ohim::Peer&, ohim::PlaceId, bool) override {}
  void peer_gone(const ohim::Name&, ohim::PlaceId, LinkEnd how) override {
    silent += how == LinkEnd::silent ? 1 : 0;
  }
  [[nodiscard]] bool on_list(const ohim::Name&) const override { return true; }
};

/// Lisa and Milhouse with an idle link, which is opened again whenever one of them gives it up.
class Pair {
 public:
  Pair(sim::SimWorld& world, std::uint16_t port, LinkOptions options)
      : world_(world),
        port_(port),
        lisa_(world.host("lisa"), {1}, {}, lisas_, options),
        milhouse_(world.host("milhouse"), {2}, {}, milhouses_, options) {
    const auto accept = [this](std::unique_ptr<base::Stream> stream) {
      milhouse_.adopt(session("lisa", 1, false), std::move(stream));
    };
    base::Transport& transport = world.host("milhouse").transport;
    listener_ = std::move(*transport.listen(world.address("milhouse", port), accept));
  }

  [[nodiscard]] bool linked() const { return lisa_.any() && milhouse_.any(); }
  [[nodiscard]] int taken_for_gone() const { return lisas_.silent + milhouses_.silent; }
  void link() {
    auto stream = world_.run(
        world_.host("lisa").transport.connect(world_.address("milhouse", port_)));
    if (stream) lisa_.adopt(session("milhouse", 2, true), std::move(*stream));
  }

 private:
  static Session session(const char* peer, std::uint8_t key, bool opened_by_us) {
    return {{*ohim::Name::parse(peer), {key}}, 42, {}, {}, opened_by_us, 1, 0, {}};
  }

  sim::SimWorld& world_;
  std::uint16_t port_;
  Ends lisas_, milhouses_;
  LinkTable lisa_, milhouse_;
  std::unique_ptr<base::StreamListener> listener_;
};

struct Hours {
  double silences = 0;  ///< an hour of a link
  double bytes = 0;     ///< an hour of a link each way, without TLS
};

Hours hours_on(base::Duration delay, double loss, LinkOptions options = {}) {
  constexpr int kLinks = 64;
  constexpr int kHours = 2;
  sim::SimWorld world(1);
  world.set_faults({.loss = loss, .delay = delay, .jitter = delay / 4});
  (void)world.host("lisa"), (void)world.host("milhouse");
  std::vector<std::unique_ptr<Pair>> pairs;
  for (int i = 0; i < kLinks; ++i) {
    pairs.push_back(std::make_unique<Pair>(world, static_cast<std::uint16_t>(5000 + i), options));
    pairs.back()->link();
  }
  const base::Instant end = world.now() + kHours * 1h;
  while (world.now() < end) {
    world.advance(30s);
    for (const auto& pair : pairs) {
      if (!pair->linked()) pair->link();
    }
  }
  Hours hours;
  for (const auto& pair : pairs) hours.silences += pair->taken_for_gone();
  hours.silences /= kLinks * kHours;
  hours.bytes = static_cast<double>(world.traffic("lisa").stream_bytes) / (kLinks * kHours);
  return hours;
}

/// "No false off line in an hour at 10 % loss", on 64 links for two hours.
TEST(Line, NobodyIsTakenForGoneWhereATenthOfAllPacketsIsLost) {
  for (const base::Duration delay : {5ms, 50ms, 150ms}) {
    EXPECT_EQ(hours_on(delay, 0.1).silences, 0) << delay / 1ms << " ms";
  }
  EXPECT_LT(hours_on(300ms, 0.1).silences, 0.05);
  EXPECT_LT(hours_on(500ms, 0.1).silences, 1);
}

TEST(Line, NobodyIsTakenForGoneWhereAnAnswerTakesFourSeconds) {
  EXPECT_EQ(hours_on(1s, 0).silences, 0);
  EXPECT_EQ(hours_on(2s, 0).silences, 0);
}

TEST(Line, AnIdleLinkCostsTheSameOnEveryLine) {
  for (const base::Duration delay : {5ms, 500ms, 2000ms}) {
    const double bytes = hours_on(delay, 0).bytes;
    EXPECT_GT(bytes, 30'000) << delay / 1ms << " ms";
    EXPECT_LT(bytes, 36'500) << delay / 1ms << " ms";
  }
}

}  // namespace
}  // namespace basic
