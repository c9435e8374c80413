// Ten thousand puts by somebody who owns nothing here: raw datagrams with a valid token, each kind
// of forgery that the threats of security.md name. Whatever he sends, what stands here stays.

#include "node_id.h"
#include "openhash/guard.h"
#include "pack.h"
#include "town.h"

namespace openhash {
namespace {

using base::Bytes;

class HostilePutsTest : public Town {
 protected:
  struct Forgery {
    Key key = kLocation;
    std::uint64_t id = 0;
    std::uint16_t type = kValueTypes + static_cast<int>(Kind::location);
    Bytes record;
    bool wrong_token = false;
  };
  using Make = std::function<Forgery(HostilePutsTest&, int)>;

  void begin() {
    start_nodes(1);
    lisa_ = client("lisa");
    original_ = record(Kind::location, kLocation, 1'000'000);
    claim_ = record(Kind::identity, kIdentity, 1);
    ASSERT_TRUE(put(*lisa_, kLocation, original_));
    ASSERT_TRUE(put(*lisa_, kIdentity, claim_));
    sim.advance(10s);  // the race for the name is over
    target_ = sim.address(name_of(0), kPort);
    socket_ = std::move(*sim.host("nelson").transport.open_datagram(
        sim.address("nelson", 7000),
        [this](base::ByteView datagram, const base::Endpoint&) { learn_token(datagram); }));
    Pack find;
    find.map(5).text("a").map(2).text("id").binary(id_).text("target").binary(id_);
    find.text("q").text("find").text("t").number(1).text("y").text("q").text("n").number(kNetwork);
    socket_->send(target_, find.bytes());
    ASSERT_TRUE(sim.run_until([this] { return !token_.empty(); }, 5s));
  }
  void learn_token(base::ByteView datagram) {
    if (const Bytes token = token_in(datagram); !token.empty()) token_ = token;
  }
  void attack(const Forgery& forgery) {
    Pack out;
    out.map(5).text("a").map(4).text("id").binary(id_).text("h").binary(forgery.key.bytes);
    out.text("values").array(1).map(2).text("id").number(forgery.id);
    out.text("dat").map(1).text("body").map(2).text("type").number(forgery.type);
    out.text("data").binary(forgery.record);
    out.text("token").binary(forgery.wrong_token ? Bytes(32, 1) : token_);
    out.text("q").text("put").text("t").number(++transaction_).text("y").text("q");
    socket_->send(target_, out.text("n").number(kNetwork).bytes());
  }

  // --- what he can make
  Record template_of(Kind kind, int number) {
    Record made = kind == Kind::identity ? claim_ : original_;
    made.kind = kind;
    made.sequence += static_cast<std::uint64_t>(number) + 1;
    made.issued = wall();
    made.body = Bytes(static_cast<std::size_t>(number % 800), 0x5a);
    return made;
  }
  /// All right but for what `spoil` does; then signed by himself.
  Forgery own(Record made, const Key& key, std::uint64_t id = 0) {
    const SigningKey nelson = signing_key(99);
    Forgery forgery{key, id, static_cast<std::uint16_t>(kValueTypes + int(made.kind)),
                    sealed(made, key, nelson)};
    if (id == 0) forgery.id = slot_of(*decode(forgery.record), kNetwork);
    return forgery;
  }
  /// As the owner would sign it, who did sign such things some time: `work` as it is.
  Forgery by_owner(Record made, const Key& key = kLocation) {
    const SigningKey milhouse = signing_key();
    sign(made, kNetwork, key, milhouse);
    return {key, slot_of(made, kNetwork), static_cast<std::uint16_t>(kValueTypes + int(made.kind)),
            encode(made)};
  }
  Forgery changed(int number) {
    Forgery forgery = by_owner(template_of(Kind::location, number));
    forgery.record[static_cast<std::size_t>(number) % forgery.record.size()] ^=
        static_cast<std::uint8_t>(1 + number % 255);
    return forgery;
  }
  [[nodiscard]] std::uint64_t victims_slot() const { return slot_of(original_, kNetwork); }
  Record workless(int number) {
    Record made = template_of(Kind::location, number);
    while (has_work(kEasyRules, made)) ++made.work;
    return made;
  }

  std::unique_ptr<Node> lisa_;
  Record original_;
  Record claim_;
  base::Endpoint target_;
  std::unique_ptr<base::DatagramSocket> socket_;
  Bytes token_;
  NodeId id_{0x42, 1, 2};
  std::uint32_t transaction_ = 10;

  static const std::vector<std::pair<const char*, Make>> kForgeries;
};

const std::vector<std::pair<const char*, HostilePutsTest::Make>> HostilePutsTest::kForgeries = {
    {"another owner in the victim's slot",
     [](HostilePutsTest& t, int n) {
       return t.own(t.template_of(Kind::location, n), kLocation, t.victims_slot());
     }},
    {"another owner deletes it",
     [](HostilePutsTest& t, int n) {
       Record blank = t.template_of(Kind::location, n);
       blank.flags = kBlank;
       blank.body.clear();
       return t.own(blank, kLocation, t.victims_slot());
     }},
    {"a second claim to the name",
     [](HostilePutsTest& t, int n) { return t.own(t.template_of(Kind::identity, n), kIdentity); }},
    {"a slot that is nobody's",
     [](HostilePutsTest& t, int n) {
       return t.own(t.template_of(Kind::location, n), kLocation, 1 + static_cast<unsigned>(n));
     }},
    {"the victim's record at another key",
     [](HostilePutsTest& t, int n) {
       Forgery forgery = t.by_owner(t.template_of(Kind::location, n));
       forgery.key = Key::of(std::to_string(n));
       return forgery;
     }},
    {"the victim's record as another's",
     [](HostilePutsTest& t, int n) {
       Record renamed = t.template_of(Kind::location, n);
       renamed.name = "nelson";
       return t.own(renamed, kLocation);
     }},
    {"an older version",
     [](HostilePutsTest& t, int n) {
       Record old = t.template_of(Kind::location, n);
       old.sequence = static_cast<std::uint64_t>(n);
       return t.by_owner(old);
     }},
    {"another of the same sequence",
     [](HostilePutsTest& t, int n) {
       Record other = t.template_of(Kind::location, n);
       other.sequence = t.original_.sequence;
       return t.by_owner(other);
     }},
    {"one byte changed", [](HostilePutsTest& t, int n) { return t.changed(n); }},
    {"cut short",
     [](HostilePutsTest& t, int n) {
       Forgery forgery = t.by_owner(t.template_of(Kind::location, n));
       forgery.record.resize(static_cast<std::size_t>(n) % forgery.record.size());
       return forgery;
     }},
    {"something left over",
     [](HostilePutsTest& t, int n) {
       Forgery forgery = t.by_owner(t.template_of(Kind::location, n));
       forgery.record.resize(forgery.record.size() + 1 + static_cast<std::size_t>(n) % 50);
       return forgery;
     }},
    {"another kind than its type says",
     [](HostilePutsTest& t, int n) {
       Forgery forgery = t.by_owner(t.template_of(Kind::location, n));
       forgery.type = static_cast<std::uint16_t>(kValueTypes + 3 + n % 5);
       return forgery;
     }},
    {"a type of others",
     [](HostilePutsTest& t, int n) {
       Forgery forgery = t.by_owner(t.template_of(Kind::location, n));
       forgery.type = static_cast<std::uint16_t>(n * 7 % kValueTypes);
       return forgery;
     }},
    {"without work", [](HostilePutsTest& t, int n) { return t.by_owner(t.workless(n)); }},
    {"of the future",
     [](HostilePutsTest& t, int n) {
       Record made = t.template_of(Kind::location, n);
       made.issued += 11min + std::chrono::seconds(n);
       return t.by_owner(made);
     }},
    {"valid for too long",
     [](HostilePutsTest& t, int n) {
       Record made = t.template_of(Kind::location, n);
       made.valid_for = 121s + std::chrono::seconds(n);
       return t.by_owner(made);
     }},
    {"ended",
     [](HostilePutsTest& t, int n) {
       Record made = t.template_of(Kind::location, n);
       made.issued -= 10min + std::chrono::seconds(n);
       return t.by_owner(made);
     }},
    {"signed for another network",
     [](HostilePutsTest& t, int n) {
       Record made = t.template_of(Kind::location, n);
       sign(made, kNetwork + 1, kLocation, signing_key());
       return Forgery{kLocation, t.victims_slot(), kValueTypes + int(Kind::location), encode(made)};
     }},
    {"a secret one without work",
     [](HostilePutsTest& t, int n) {
       Record made = t.workless(n);
       made.kind = Kind::opaque;
       made.name.clear();
       while (has_work(kEasyRules, made)) ++made.work;
       return t.by_owner(made, Key::of(std::to_string(n)));
     }},
    {"anything",
     [](HostilePutsTest& t, int n) {
       Forgery forgery{kLocation, t.victims_slot(), kValueTypes + int(Kind::location), {}};
       forgery.record.resize(static_cast<std::size_t>(n) % 1025);
       t.sim.host("nelson").entropy.fill(forgery.record);
       return forgery;
     }},
    {"with somebody else's token",
     [](HostilePutsTest& t, int n) {
       Forgery forgery = t.by_owner(t.template_of(Kind::location, n));
       forgery.wrong_token = true;
       return forgery;
     }},
};

TEST_F(HostilePutsTest, OfTenThousandNoneIsStoredAndNoneIsSeen) {
  begin();
  constexpr int kOfEach = 500;
  for (const auto& [name, make] : kForgeries) {
    SCOPED_TRACE(name);
    for (int number = 0; number < kOfEach; ++number) {
      attack(make(*this, number));
      if (number % 100 == 0) sim.advance(1ms);
    }
    sim.advance(20ms);
    EXPECT_EQ(nodes[0]->stats().records, 2U);
    EXPECT_EQ(*get(*lisa_, kLocation), std::vector{original_});
    EXPECT_EQ(*get(*lisa_, kIdentity), std::vector{claim_});
  }
  for (int number = 0; number < kOfEach; number += 50) {
    EXPECT_EQ(*get(*lisa_, Key::of(std::to_string(number))), std::vector<Record>{});
  }
  const Node::Stats stats = nodes[0]->stats();
  const auto sent = kOfEach * kForgeries.size();
  EXPECT_GE(sent, 10'000U);
  std::printf("%zu hostile puts: the guard dropped %llu, the policy refused %llu\n", sent,
              static_cast<unsigned long long>(stats.dropped),
              static_cast<unsigned long long>(stats.refused));
  // Each was looked at. Two kinds are not counted: the engine refuses a wrong token by itself, and
  // a value of another type never comes in the place of ours.
  EXPECT_EQ(stats.dropped + stats.refused + 2 * kOfEach, sent);
}

}  // namespace
}  // namespace openhash
