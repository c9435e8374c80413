#include "outbox.h"

#include <gtest/gtest.h>

#include "neighbourhood.h"
#include "witness.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

const base::Endpoint kPeer = base::Endpoint::v4(10, 0, 0, 1, 6824);

TEST(Outbox, HoldsBackWhatIsSentWhileTheJournalWrites) {
  std::string sent;
  Outbox outbox([&sent](const base::Endpoint&, base::ByteView datagram) {
    sent += base::to_string(datagram);
  });
  outbox.send(kPeer, base::view("a"));
  outbox.hold(1);
  outbox.send(kPeer, base::view("b"));
  outbox.hold(2);
  outbox.send(kPeer, base::view("c"));
  EXPECT_EQ(sent, "a");
  outbox.release(1);
  EXPECT_EQ(sent, "ab");
  outbox.send(kPeer, base::view("d"));
  outbox.release(2);
  EXPECT_EQ(sent, "abcd");
  outbox.send(kPeer, base::view("e"));
  EXPECT_EQ(sent, "abcde");
}

TEST(Outbox, HoldsABoundedNumber) {
  std::size_t sent = 0;
  Outbox outbox([&sent](const base::Endpoint&, base::ByteView) { ++sent; });
  outbox.hold(1);
  for (int i = 0; i < 100'000; ++i) outbox.send(kPeer, base::view("x"));
  outbox.release(1);
  EXPECT_EQ(sent, 4096U);
}

TEST(Outbox, AddsTheClientFlagToTheTopMap) {
  const base::Bytes flagged = with_client_flag(*base::from_hex("81a17901"));
  EXPECT_EQ(base::to_hex(flagged), "82a17901a173c3");
}

TEST(Outbox, LeavesAloneWhatHasNoSmallTopMap) {
  for (const char* const hex : {"", "90", "8f", "de0001"}) {
    EXPECT_EQ(base::to_hex(with_client_flag(*base::from_hex(hex))), hex);
  }
}

TEST(Witness, CountsHoldersByAddressAndOnlyInReplies) {
  const base::Bytes record(100, 1);
  HolderCount count(5, record);
  Witness witness;
  witness.add(count);
  witness.look_at(kPeer);
  witness.on_value(7, 5, record);
  EXPECT_FALSE(count.has(kPeer)) << "a put or a push, not a reply";
  witness.on_reply(7, {});
  witness.on_value(7, 5, base::Bytes(100, 2));
  EXPECT_FALSE(count.has(kPeer)) << "other bytes";
  witness.on_value(7, 5, record);
  EXPECT_TRUE(count.has(kPeer));
  witness.remove(count);
  EXPECT_FALSE(witness.wanted());
}

NodeId id(std::uint8_t first) {
  NodeId made{};
  made[0] = first;
  return made;
}

TEST(Neighbourhood, PutsTheNearestSettledNodesOnDuty) {
  const base::Instant start{1h};
  const Key key{id(0)};
  Neighbourhood around(id(100));
  std::vector<Contact> nodes;
  for (std::uint8_t first = 1; first <= 5; ++first) nodes.push_back({id(first), kPeer});
  EXPECT_EQ(around.update(nodes, start).size(), 5U);
  EXPECT_TRUE(around.update(nodes, start).empty());
  EXPECT_TRUE(around.on_duty(key, start)) << "the nearer ones are too new to hold it";
  EXPECT_FALSE(around.on_duty(key, start + 60s));
  nodes.pop_back();
  around.update(nodes, start + 60s);
  EXPECT_TRUE(around.on_duty(key, start + 60s)) << "one of the five is gone";
}

TEST(Neighbourhood, WelcomesNobodyWhoWasMissedForAMomentOnly) {
  const base::Instant start{1h};
  Neighbourhood around(id(100));
  const std::vector<Contact> node = {{id(1), kPeer}};
  EXPECT_EQ(around.update(node, start).size(), 1U);
  around.update({}, start + 1s);
  EXPECT_TRUE(around.empty());
  EXPECT_TRUE(around.update(node, start + 30s).empty()) << "it was there all the time";
  around.update({}, start + 91s);
  EXPECT_EQ(around.update(node, start + 92s).size(), 1U) << "it may have missed something";
}

TEST(Neighbourhood, KnowsWhoShouldHoldARecord) {
  Neighbourhood around(id(1));
  std::vector<Contact> nodes;
  for (std::uint8_t first = 2; first <= 20; ++first) nodes.push_back({id(first), kPeer});
  around.update(nodes, base::Instant(1h));
  EXPECT_TRUE(around.is_holder(Key{id(0)}, id(8)));
  EXPECT_FALSE(around.is_holder(Key{id(0)}, id(9)));
}

}  // namespace
}  // namespace openhash
