#include "dial.h"

#include <gtest/gtest.h>

#include "testing/sim_world.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using base::Endpoint;

TEST(FitToDialTest, drops_what_no_client_listens_at) {
  const Endpoint good = Endpoint::v4(10, 0, 0, 1, 4000);
  const std::vector<Endpoint> given = {Endpoint::v4(0, 0, 0, 0, 4000),
                                       Endpoint::v4(224, 0, 0, 1, 4000),
                                       Endpoint::v4(255, 255, 255, 255, 99),
                                       Endpoint::v4(10, 0, 0, 1, 25),
                                       Endpoint::v4(10, 0, 0, 1, 0),
                                       *Endpoint::parse("[ff02::1]:4000"),
                                       good};
  EXPECT_EQ(fit_to_dial(given), std::vector{good});
  EXPECT_EQ(fit_to_dial(std::vector<Endpoint>(9, good)).size(), kMaxEndpoints);
}

class DialTest : public ::testing::Test {
 protected:
  Endpoint listen(const char* host) {
    auto opened = world.host(host).transport.listen(
        Endpoint::v4(0, 0, 0, 0, 0),
        [this](auto stream) { accepted.push_back(std::move(stream)); });
    listeners.push_back(std::move(*opened));
    return world.address(host, listeners.back()->local().port);
  }
  auto dial(std::vector<Endpoint> endpoints) {
    return world.run(dial_any(world.host("lisa").transport, std::move(endpoints)));
  }

  sim::SimWorld world{1};
  std::vector<std::unique_ptr<base::StreamListener>> listeners;
  std::vector<std::unique_ptr<base::Stream>> accepted;
  const Endpoint nowhere = Endpoint::v4(10, 99, 0, 1, 4000);
};

TEST_F(DialTest, first_who_answers_is_taken_without_waiting_for_the_silent) {
  const Endpoint there = listen("bart");
  const base::Instant begin = world.now();
  const auto stream = dial({nowhere, nowhere, there, nowhere});
  ASSERT_TRUE(stream);
  EXPECT_EQ((*stream)->remote(), there);
  EXPECT_LT(world.now() - begin, 1s);
}

TEST_F(DialTest, fourth_is_tried_after_one_of_three_failed) {
  const Endpoint closed = world.address("bart", 4000);
  world.host("bart");
  EXPECT_TRUE(dial({closed, nowhere, nowhere, listen("bart")}));
}

TEST_F(DialTest, tells_refusal_from_silence) {
  world.host("bart");
  EXPECT_EQ(dial({world.address("bart", 4000)}).error().code, base::Errc::unreachable);
  EXPECT_EQ(dial({world.address("bart", 4000), nowhere}).error().code, base::Errc::timed_out);
  EXPECT_EQ(dial({}).error().code, base::Errc::unreachable);
}

}  // namespace
}  // namespace ohim
