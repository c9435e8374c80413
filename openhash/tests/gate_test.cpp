#include "gate.h"

#include <gtest/gtest.h>

#include "address_votes.h"
#include "pack.h"
#include "seeded.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Bytes;
using base::ByteView;
using base::Endpoint;

Endpoint at(const std::string& text) { return *Endpoint::parse(text); }

const Endpoint kOne = at("198.51.100.7:6824");
const Endpoint kOther = at("203.0.113.9:6824");
const Endpoint kNeighbour = at("192.168.1.5:6824");

class GateTest : public testing::Test {
 protected:
  NodeId id_at(const Endpoint& endpoint) { return draw_node_id(dice_, endpoint); }
  NodeId id_at(const Endpoint& endpoint, int beginning) {
    for (;;) {
      const NodeId id = id_at(endpoint);
      if ((id.back() & 7) == beginning) return id;
    }
  }

  /// A request of that node, as the guard reads it.
  static Facts asks(Facts::Ask ask, const NodeId& id, std::uint32_t transaction = 1) {
    Facts facts;
    facts.ask = ask;
    facts.transaction = transaction;
    facts.id = id;
    return facts;
  }
  static Facts answers(const NodeId& id, std::uint32_t transaction) {
    Facts facts;
    facts.kind = Facts::Kind::reply;
    facts.transaction = transaction;
    facts.id = id;
    return facts;
  }
  static Bytes question(std::uint32_t transaction, const char* name = "ping") {
    Pack out;
    out.map(4).text("a").map(1).text("id").binary(Bytes(20, 9)).text("q").text(name);
    return out.text("t").number(transaction).text("y").text("q").bytes();
  }
  void ask(const Endpoint& whom, std::uint32_t transaction) {
    ASSERT_TRUE(gate_.let_out(question(transaction), whom, nullptr, now_));
  }
  Refusal admit(const Facts& facts, const Endpoint& from) { return gate_.admit(facts, from, now_); }
  /// A node that answers a question of ours.
  Refusal prove(const NodeId& id, const Endpoint& from) {
    ask(from, ++transaction_);
    return admit(answers(id, transaction_), from);
  }

  Seeded dice_{1};
  Gate gate_{GateOptions{}, 7};
  base::Instant now_{1h};
  std::uint32_t transaction_ = 1000;
};

TEST_F(GateTest, AnAnswerNeedsAnOpenQuestionToThatAddress) {
  const NodeId id = id_at(kOne);
  EXPECT_EQ(admit(answers(id, 1), kOne), Refusal::unasked);
  ask(kOne, 1);
  EXPECT_EQ(admit(answers(id, 2), kOne), Refusal::unasked);
  EXPECT_EQ(admit(answers(id_at(kOther), 1), kOther), Refusal::unasked);
  Endpoint other_port = kOne;
  ++other_port.port;
  EXPECT_EQ(admit(answers(id, 1), other_port), Refusal::unasked);
  EXPECT_EQ(admit(answers(id, 1), kOne), Refusal::none);
  EXPECT_EQ(admit(answers(id, 1), kOne), Refusal::unasked) << "answered already";
}

TEST_F(GateTest, AQuestionIsClosedAfterAWhile) {
  ask(kOne, 1);
  now_ += 15s;
  EXPECT_EQ(admit(answers(id_at(kOne), 1), kOne), Refusal::unasked);
}

TEST_F(GateTest, LocalNodesMustBeAskedToo) {
  const NodeId any{1};
  EXPECT_EQ(admit(answers(any, 1), kNeighbour), Refusal::unasked);
  ask(kNeighbour, 1);
  EXPECT_EQ(admit(answers(any, 1), kNeighbour), Refusal::none);
}

TEST_F(GateTest, AStorageNodesIdFitsItsAddress) {
  EXPECT_EQ(admit(asks(Facts::Ask::ping, id_at(kOne)), kOne), Refusal::none);
  EXPECT_EQ(admit(asks(Facts::Ask::ping, id_at(kOther)), kOne), Refusal::wrong_id);
  EXPECT_EQ(admit(asks(Facts::Ask::ping, id_at(kOther)), kNeighbour), Refusal::none);
}

TEST_F(GateTest, AClientsIdFitsNoAddressAndIsNoStorageNodes) {
  const NodeId nodes = id_at(kOne);
  Facts facts = asks(Facts::Ask::get, nodes);
  facts.client = true;
  EXPECT_EQ(admit(facts, kOne), Refusal::wrong_id) << "with it one could take a node's place";
  const NodeId id = draw_client_id(dice_);
  facts.id = id;
  EXPECT_EQ(admit(facts, kOne), Refusal::none);
  facts.client = false;
  EXPECT_EQ(admit(facts, kOne), Refusal::wrong_id);
}

TEST_F(GateTest, WithoutTrustLocalNodesAreHeldToTheSameRules) {
  Gate strict({.trust_local = false}, 7);
  EXPECT_EQ(strict.admit(asks(Facts::Ask::ping, id_at(kOther)), kNeighbour, now_),
            Refusal::wrong_id);
  EXPECT_EQ(strict.admit(asks(Facts::Ask::ping, id_at(kNeighbour)), kNeighbour, now_),
            Refusal::none);
}

TEST_F(GateTest, EightIdsLiveAtAnAddress) {
  std::vector<NodeId> ids;
  for (int i = 0; i < 8; ++i) ids.push_back(id_at(kOne, i));
  for (const NodeId& id : ids) EXPECT_EQ(prove(id, kOne), Refusal::none);
  const NodeId ninth = id_at(kOne, 0);
  EXPECT_EQ(prove(ninth, kOne), Refusal::wrong_id);
  EXPECT_EQ(admit(asks(Facts::Ask::ping, ninth), kOne), Refusal::wrong_id);
  EXPECT_EQ(admit(asks(Facts::Ask::ping, ids[3]), kOne), Refusal::none);
  now_ += 10min;
  EXPECT_EQ(prove(ninth, kOne), Refusal::none);
}

TEST_F(GateTest, TwoOfThemMayBeginAlike) {
  EXPECT_EQ(prove(id_at(kOne, 3), kOne), Refusal::none);
  EXPECT_EQ(prove(id_at(kOne, 3), kOne), Refusal::none);
  EXPECT_EQ(prove(id_at(kOne, 3), kOne), Refusal::wrong_id);
  EXPECT_EQ(prove(id_at(kOne, 4), kOne), Refusal::none);
}

TEST_F(GateTest, RequestsWhoseAddressNothingProvesTakeNoPlaceOfOthers) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(admit(asks(Facts::Ask::ping, id_at(kOne)), kOne), Refusal::none);
  }
  EXPECT_EQ(prove(id_at(kOne), kOne), Refusal::none);
}

TEST_F(GateTest, AllOfAnIpv6NetworkIsOneHost) {
  for (int i = 0; i < 8; ++i) {
    const Endpoint host = at("[2001:db8::" + std::to_string(i + 1) + "]:6824");
    EXPECT_EQ(prove(id_at(host, i), host), Refusal::none);
  }
  const Endpoint ninth = at("[2001:db8::9]:6824");
  EXPECT_EQ(prove(id_at(ninth), ninth), Refusal::wrong_id);
}

TEST_F(GateTest, ANetworkMaySendAThousandDatagramsASecondAndABurst) {
  int passed = 0;
  for (int i = 0; i < 10'000; ++i) passed += gate_.may_speak(kOne, now_);
  EXPECT_EQ(passed, 4000);
  Endpoint next_door = kOne;
  ++next_door.address.back();
  EXPECT_FALSE(gate_.may_speak(next_door, now_));
  EXPECT_TRUE(gate_.may_speak(kOther, now_));
  EXPECT_TRUE(gate_.may_speak(kNeighbour, now_));
  now_ += 1s;
  passed = 0;
  for (int i = 0; i < 10'000; ++i) passed += gate_.may_speak(kOne, now_);
  EXPECT_NEAR(passed, 1000, 1);
}

TEST_F(GateTest, PutsAndPushesHaveRatesOfTheirOwn) {
  const NodeId id = id_at(kOne);
  int puts = 0;
  int pushes = 0;
  for (int i = 0; i < 2000; ++i) {
    puts += admit(asks(Facts::Ask::put, id), kOne) == Refusal::none;
    pushes += admit(asks(Facts::Ask::update, id), kOne) == Refusal::none;
  }
  EXPECT_EQ(puts, 400);
  EXPECT_EQ(pushes, 1000);
  EXPECT_EQ(admit(asks(Facts::Ask::ping, id), kOne), Refusal::none);
}

/// A listen that the engine confirms.
class ListenTest : public GateTest {
 protected:
  bool listen(const Endpoint& from, std::uint8_t key, std::uint32_t socket, bool taken = true) {
    const NodeId key_bytes{key};
    Facts facts = asks(Facts::Ask::listen, client_, socket);
    facts.client = true;
    facts.key = key_bytes;
    facts.socket = socket;
    if (admit(facts, from) != Refusal::none) return false;
    Pack reply;
    reply.map(3).text(taken ? "r" : "e").map(0).text("t").number(socket);
    reply.text("y").text(taken ? "r" : "e");
    (void)gate_.let_out(reply.bytes(), from, nullptr, now_);
    return true;
  }
  NodeId client_ = draw_client_id(dice_);
};

TEST_F(ListenTest, AHostMayListenSixtyFourTimesAtAKeyAndTwoThousandInAll) {
  int taken = 0;
  for (std::uint32_t i = 0; i < 100; ++i) taken += listen(kOne, 1, i);
  EXPECT_EQ(taken, 64);
  for (std::uint32_t i = 0; i < 3000; ++i) {
    taken += listen(kOne, static_cast<std::uint8_t>(2 + i / 60), i);
  }
  EXPECT_EQ(taken, 2000);
  EXPECT_TRUE(listen(kOne, 1, 5)) << "renewed";
  EXPECT_TRUE(listen(kOther, 1, 100'000));
}

TEST_F(ListenTest, WhatTheEngineRefusesDoesNotCount) {
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_TRUE(listen(kOne, 1, i, false));
}

TEST_F(GateTest, PartsFollowOnlyWhatAnnouncedThem) {
  Facts part;
  part.kind = Facts::Kind::part;
  part.transaction = 5;
  EXPECT_EQ(admit(part, kOne), Refusal::unasked);
  const NodeId id = id_at(kOne);
  Facts put = asks(Facts::Ask::put, id, 5);
  put.parts_follow = 1;
  ASSERT_EQ(admit(put, kOne), Refusal::none);
  EXPECT_EQ(admit(part, kOther), Refusal::unasked);
  EXPECT_EQ(admit(part, kOne), Refusal::none);
  EXPECT_EQ(admit(part, kOne), Refusal::unasked) << "it came already";
}

TEST_F(GateTest, AHostMayHaveSixtyFourPartialMessages) {
  const NodeId id = id_at(kOne);
  int taken = 0;
  for (std::uint32_t i = 0; i < 100; ++i) {
    Facts put = asks(Facts::Ask::put, id, i);
    put.parts_follow = 1;
    taken += admit(put, kOne) == Refusal::none;
  }
  EXPECT_EQ(taken, 64);
}

TEST_F(GateTest, WhoNeverAnswersIsPushedLittle) {
  int sent = 0;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    sent += gate_.let_out(question(i, "update"), kOne, nullptr, now_);
  }
  EXPECT_EQ(sent, 64);
  EXPECT_TRUE(gate_.let_out(question(1, "update"), kOne, nullptr, now_)) << "sent again";
  EXPECT_EQ(admit(answers(id_at(kOne), 1), kOne), Refusal::none);
  EXPECT_TRUE(gate_.let_out(question(2000, "update"), kOne, nullptr, now_));
}

TEST_F(GateTest, NobodyMakesUsPushWithoutEnd) {
  std::uint32_t sent = 0;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    const Endpoint watcher = Endpoint::v4(10, 1, 0, static_cast<std::uint8_t>(i % 250), 6000);
    (void)gate_.admit(answers(id_at(kOne), i), watcher, now_);
    sent += gate_.let_out(question(i, "update"), watcher, &kOne, now_);
    (void)gate_.admit(answers(id_at(kOne), i), watcher, now_);
  }
  EXPECT_EQ(sent, 4000U);
}

/// A reply with entries, and what is left of it.
class StripTest : public GateTest {
 protected:
  static void add(Bytes& list, const NodeId& id, const Endpoint& endpoint) {
    list.insert(list.end(), id.begin(), id.end());
    const std::size_t skip = endpoint.is_v4() ? 12 : 0;
    list.insert(list.end(), endpoint.address.begin() + skip, endpoint.address.end());
    list.push_back(static_cast<std::uint8_t>(endpoint.port >> 8));
    list.push_back(static_cast<std::uint8_t>(endpoint.port));
  }
  static Bytes reply(const Bytes& nodes4, const Bytes& nodes6) {
    Pack out;
    out.map(3).text("r").map(4).text("id").binary(Bytes(20, 1)).text("sa").binary(Bytes(4, 1));
    out.text("n4").binary(nodes4).text("n6").binary(nodes6);
    return out.text("t").number(7).text("y").text("r").bytes();
  }
  /// The lists that the engine gets, after another look of the guard at them.
  std::pair<Bytes, Bytes> left_of(const Bytes& datagram, const Endpoint& from) {
    Facts facts;
    EXPECT_EQ(inspect(datagram, nullptr, &facts), Verdict::ok);
    Bytes buffer;
    const ByteView stripped = gate_.strip(datagram, facts, from, buffer, now_);
    EXPECT_LE(stripped.size(), datagram.size());
    EXPECT_EQ(inspect(stripped, nullptr, &facts), Verdict::ok);
    return {base::to_bytes(facts.nodes4), base::to_bytes(facts.nodes6)};
  }
};

TEST_F(StripTest, LeavesAnHonestReplyInPlace) {
  Bytes list;
  for (int i = 1; i <= 8; ++i) {
    const Endpoint endpoint = Endpoint::v4(198, 51, 100, static_cast<std::uint8_t>(i), 6824);
    add(list, id_at(endpoint), endpoint);
  }
  const Bytes datagram = reply(list, {});
  Facts facts;
  ASSERT_EQ(inspect(datagram, nullptr, &facts), Verdict::ok);
  Bytes buffer;
  EXPECT_EQ(gate_.strip(datagram, facts, kOne, buffer, now_).data(), datagram.data());
}

TEST_F(StripTest, TakesOutEntriesThatDoNotFit) {
  const Endpoint six = at("[2001:db8::7]:6824");
  Bytes good4;
  Bytes good6;
  add(good4, id_at(kOne), kOne);
  add(good6, id_at(six), six);
  Bytes list4;
  Bytes list6;
  add(list4, id_at(kOther), kOne);
  list4.insert(list4.end(), good4.begin(), good4.end());
  add(list4, draw_client_id(dice_), kOne);
  add(list6, id_at(kOne), six);
  list6.insert(list6.end(), good6.begin(), good6.end());
  EXPECT_EQ(left_of(reply(list4, list6), kOther), std::pair(good4, good6));
  EXPECT_EQ(left_of(reply(list4, good6), kOther), std::pair(good4, good6));
  EXPECT_EQ(left_of(reply(good4, list6), kOther), std::pair(good4, good6));
}

TEST_F(StripTest, TakesOutAllIfNoneFits) {
  Bytes list;
  for (int i = 0; i < 14; ++i) add(list, NodeId{1}, kOne);
  EXPECT_EQ(left_of(reply(list, {}), kOther), std::pair(Bytes{}, Bytes{}));
}

TEST_F(StripTest, AStrangerKnowsNobodyOfTheLocalNetwork) {
  Bytes list;
  add(list, NodeId{1}, kNeighbour);
  EXPECT_EQ(left_of(reply(list, {}), kOne).first, Bytes{});
  EXPECT_EQ(left_of(reply(list, {}), at("10.0.0.1:1")).first, list);
}

TEST_F(StripTest, ALoopbackAddressIsTheSendersOwn) {
  Bytes fitting;
  add(fitting, id_at(kOne), at("127.0.0.1:7000"));
  EXPECT_EQ(left_of(reply(fitting, {}), kOne).first, fitting);
  EXPECT_EQ(left_of(reply(fitting, {}), kOther).first, Bytes{});
}

TEST(RatesTest, StrangersDoNotMakeTheTableGrowNorEmptyIt) {
  Rates rates(1024, 99);
  const Prefix busy = prefix_of(kOne);
  const base::Instant now{1h};
  for (int i = 0; i < 4000; ++i) ASSERT_TRUE(rates.take(Rates::What::datagram, busy, now));
  for (std::uint32_t i = 0; i < 1'000'000; ++i) {
    const Endpoint spoofed =
        Endpoint::v4(static_cast<std::uint8_t>(11 + (i >> 16)), static_cast<std::uint8_t>(i >> 8),
                     static_cast<std::uint8_t>(i), 1, 1);
    (void)rates.take(Rates::What::datagram, prefix_of(spoofed), now);
  }
  EXPECT_FALSE(rates.take(Rates::What::datagram, busy, now)) << "who sends most is remembered";
}

TEST(AllotmentTest, ForgetsInTimeAndCountsByOwner) {
  Allotment<int, int> things({.each = 2, .in_all = 3, .keep = 10s});
  base::Instant now{1h};
  EXPECT_TRUE(things.take(1, 11, now));
  EXPECT_TRUE(things.take(1, 12, now));
  EXPECT_FALSE(things.take(1, 13, now));
  EXPECT_TRUE(things.take(2, 21, now));
  EXPECT_FALSE(things.take(3, 31, now));
  now += 6s;
  EXPECT_TRUE(things.take(1, 11, now)) << "renewed";
  now += 6s;
  EXPECT_TRUE(things.take(3, 31, now));
  EXPECT_NE(things.find(11, now), nullptr);
  EXPECT_EQ(things.find(12, now), nullptr);
  now += 10s;
  EXPECT_FALSE(things.give_back(11, now));
  EXPECT_TRUE(things.take(1, 12, now));
  EXPECT_EQ(things.size(), 1U);
}

TEST(AddressVotesTest, BelievesTheMajorityOfNetworks) {
  AddressVotes votes;
  base::Instant now{1h};
  EXPECT_EQ(votes.winner(now), std::nullopt);
  for (int i = 0; i < 9; ++i) votes.add(kOther, at("192.0.2.1:0"), now);
  EXPECT_EQ(votes.winner(now), std::nullopt) << "one network, however often";
  votes.add(at("198.51.100.1:1"), at("192.0.2.2:5"), now);
  votes.add(at("198.51.101.1:1"), at("192.0.2.2:6"), now);
  EXPECT_EQ(votes.winner(now), at("192.0.2.2:0"));
}

TEST(AddressVotesTest, OneVoteIsBelievedAfterFiveSeconds) {
  AddressVotes votes;
  const base::Instant now{1h};
  votes.add(kOther, at("192.0.2.1:0"), now);
  EXPECT_EQ(votes.winner(now + 4s), std::nullopt);
  EXPECT_EQ(votes.winner(now + 5s), at("192.0.2.1:0"));
  votes.add(kOne, at("192.0.2.2:0"), now);
  EXPECT_EQ(votes.winner(now + 5s), std::nullopt) << "they do not agree";
}

}  // namespace
}  // namespace openhash
