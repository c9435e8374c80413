// A town of sixty in which a part of the nodes is hostile: they say "stored" and store nothing,
// hide what is there, show old or forged versions, and name only one another. ./test reads a few
// records; the table of docs/engine.md takes ten minutes:
//
//   OHIM_READS=200 build/release/bin/openhash_liars_test

#include "base/gather.h"
#include "guard_msgpack.h"
#include "neighbourhood.h"
#include "node_id.h"
#include "openhash/guard.h"
#include "openhash/replicas.h"
#include "pack.h"
#include "town.h"

namespace openhash {
namespace {

using base::Bytes;
using base::Endpoint;

/// What the hostile know of the records that they are after.
struct Plot {
  struct Victim {
    std::uint64_t id = 0;
    Bytes old;
    Bytes forged;
  };
  std::map<Key, Victim> victims;
  std::vector<std::pair<NodeId, Endpoint>> friends;
  int shown = 0;  ///< old and forged records that were given out
};

class Liar final : public Sightings {
 public:
  Liar(base::World& world, const Endpoint& here, Plot& plot, int number)
      : world_(world), plot_(plot), number_(number), id_(draw_node_id(world.entropy, here)) {
    socket_ = std::move(*world.transport.open_datagram(
        here, [this](base::ByteView datagram, const Endpoint& from) { hear(datagram, from); }));
  }
  [[nodiscard]] const NodeId& id() const { return id_; }

  /// Makes itself known.
  void greet(const Endpoint& whom) {
    Pack out;
    out.map(5).text("a").map(2).text("id").binary(id_).text("target").binary(id_);
    out.text("q").text("find").text("t").number(++transaction_).text("y").text("q");
    socket_->send(whom, out.text("n").number(kNetwork).bytes());
  }

 private:
  void on_reply(std::uint32_t, base::ByteView) override {}
  void on_value(std::uint32_t transaction, std::uint64_t value_id, base::ByteView) override {
    const auto put = puts_.find({from_, transaction});
    if (put == puts_.end()) return;
    puts_.erase(put);
    Pack body;
    body.map(3).text("id").binary(id_).text("vid").number(value_id);
    answer(transaction, body.text("sa").binary(Bytes{6, 6, 6, 6}).bytes());
  }
  void hear(base::ByteView datagram, const Endpoint& from) {
    Facts facts;
    from_ = from;
    if (inspect(datagram, this, &facts) != Verdict::ok) return;
    if (facts.kind != Facts::Kind::request) return;
    if (facts.ask == Facts::Ask::put) {
      if (facts.parts_follow != 0) puts_.insert({from, facts.transaction});
      return;
    }
    Key key;
    const base::ByteView near = facts.key.empty() ? facts.id : facts.key;
    std::ranges::copy(near, key.bytes.begin());
    if (facts.ask == Facts::Ask::get) return show(datagram, key, facts.transaction);
    answer(facts.transaction, body(key, 0).bytes());
  }
  /// A body with the friends nearest to the key, and room for `more` entries.
  Pack body(const Key& key, std::uint8_t more) {
    auto friends = plot_.friends;
    std::ranges::sort(
        friends, [&key](const auto& a, const auto& b) { return nearer(key, a.first, b.first); });
    Bytes nodes;
    for (std::size_t i = 0; i < std::min<std::size_t>(8, friends.size()); ++i) {
      const auto& [id, endpoint] = friends[i];
      nodes.insert(nodes.end(), id.begin(), id.end());
      nodes.insert(nodes.end(), endpoint.address.begin() + 12, endpoint.address.end());
      nodes.push_back(static_cast<std::uint8_t>(endpoint.port >> 8));
      nodes.push_back(static_cast<std::uint8_t>(endpoint.port));
    }
    Pack out;
    out.map(static_cast<std::uint8_t>(4 + more)).text("id").binary(id_);
    out.text("sa").binary(Bytes{6, 6, 6, 6}).text("n4").binary(nodes);
    out.text("token").binary(Bytes(32, 5));
    return out;
  }
  /// Some hide it, some show an old one, some a forged one.
  void show(base::ByteView datagram, const Key& key, std::uint32_t transaction) {
    const auto victim = plot_.victims.find(key);
    if (victim == plot_.victims.end() || number_ % 3 == 0) {
      return answer(transaction, body(key, 0).bytes());
    }
    const Map message = *msgpack::map(datagram);
    const Map question = *msgpack::map(*msgpack::find(*message_body(message), "q"));
    const auto fields = msgpack::array(*msgpack::find(question, "s"));
    Pack out = body(key, 1);
    if (fields->size() > 0) {
      out.text("fileds").map(2).text("f").array(1).number(1).text("v").array(1);
      out.number(victim->second.id);
    } else {
      const Bytes& record = number_ % 3 == 1 ? victim->second.old : victim->second.forged;
      ++plot_.shown;
      out.text("values").array(1).map(2).text("id").number(victim->second.id);
      out.text("dat").map(1).text("body").map(2).text("type");
      out.number(kValueTypes + static_cast<int>(Kind::opaque)).text("data").binary(record);
    }
    answer(transaction, out.bytes());
  }
  using Map = msgpack::Map;
  static std::optional<Map> message_body(const Map& message) {
    return msgpack::map(*msgpack::find(message, "a"));
  }
  void answer(std::uint32_t transaction, const Bytes& body) {
    Pack out;
    out.map(4).text("r").raw(body).text("t").number(transaction).text("y").text("r");
    socket_->send(from_, out.text("n").number(kNetwork).bytes());
  }

  base::World& world_;
  Plot& plot_;
  int number_;
  NodeId id_;
  std::unique_ptr<base::DatagramSocket> socket_;
  Endpoint from_;
  std::set<std::pair<Endpoint, std::uint32_t>> puts_;
  std::uint32_t transaction_ = 0;
};

/// How many records are written and read: the environment's OHIM_READS.
int reads_wanted() {
  const char* const wanted = std::getenv("OHIM_READS");
  return wanted == nullptr ? 10 : std::max(1, std::atoi(wanted));
}

class LiarsTest : public Town {
 protected:
  static constexpr int kTown = 60;
  static constexpr std::uint64_t kSequence = 2;  // what is written; forged ones are above

  struct Figures {
    int acknowledged = 0;  ///< puts
    int right_one = 0;     ///< reads at one key
    int right = 0;         ///< reads of replicas
    int forged = 0;
  };

  static ReplicaKeys keys_of(int number) {
    ReplicaKeys keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      keys[i] = Key::of(std::to_string(i) + "/mail " + std::to_string(number));
    }
    return keys;
  }
  /// The host of that number, in a network of its own.
  static std::string host(int number) {
    return std::to_string(40 + number / 200) + '.' + std::to_string(number % 200) + ".7.1";
  }
  void populate(int hostile) {
    const int honest = kTown - hostile;
    for (int number = 0; number < honest; ++number) names[number] = host(number);
    start_nodes(honest);
    for (int number = 0; number < hostile; ++number) {
      const std::string name = host(honest + number);
      const Endpoint here = sim.address(name, kPort);
      liars_.push_back(std::make_unique<Liar>(sim.host(name), here, plot_, number));
      plot_.friends.emplace_back(liars_.back()->id(), here);
    }
    for (int round = 0; round < 3; ++round) {
      for (const auto& liar : liars_) {
        for (int number = 0; number < honest; ++number) {
          liar->greet(sim.address(name_of(number), kPort));
        }
      }
      sim.advance(20s);
    }
  }
  /// What the hostile will show at each of the keys.
  void conspire(const ReplicaKeys& keys) {
    for (const Key& key : keys) {
      Bytes forged = encode(record(Kind::opaque, key, kSequence + 1));
      forged.back() ^= 1;
      const Record old = record(Kind::opaque, key, kSequence - 1);
      plot_.victims[key] = {slot_of(old, kNetwork), encode(old), forged};
    }
  }
  /// Whether the put was acknowledged.
  base::Task<bool> write_one(Store& writer, int number) {
    const ReplicaKeys keys = keys_of(number);
    const Record made = record(Kind::opaque, keys[0], kSequence);
    base::Clock& clock = sim.host(host(kWriter)).clock;
    const SigningKey signer = signing_key();
    const auto put = co_await put_replicas(writer, clock, keys, made, signer);
    co_return put.has_value();
  }
  int write(Store& writer) {
    constexpr std::size_t kAtOnce = 10;
    std::vector<base::Task<bool>> puts;
    for (int number = 0; number < reads_; ++number) {
      conspire(keys_of(number));
      puts.push_back(write_one(writer, number));
    }
    const std::vector<bool> acknowledged = sim.run(base::gather(std::move(puts), kAtOnce));
    sim.advance(150s);  // two rounds of re-replication
    return static_cast<int>(std::ranges::count(acknowledged, true));
  }
  static bool shows(const base::Result<std::vector<Record>>& answer, std::uint64_t sequence) {
    return answer && std::ranges::any_of(*answer, [sequence](const Record& seen) {
             return seen.sequence == sequence;
           });
  }
  Figures run(int percent) {
    populate(kTown * percent / 100);
    Figures figures;
    {
      const auto lisa = client(host(kWriter));
      figures.acknowledged = write(*lisa);
    }
    const auto bart = client(host(kReader));
    const auto milhouse = client(host(kReaderOfOne));
    plot_.shown = 0;
    for (int number = 0; number < reads_; ++number) {
      const ReplicaKeys keys = keys_of(number);
      const auto found = sim.run(get_replicas(*bart, keys));
      if (shows(found, kSequence)) ++figures.right;
      const auto at_one = get(*milhouse, keys[0]);
      if (shows(at_one, kSequence)) ++figures.right_one;
      if (shows(found, kSequence + 1) || shows(at_one, kSequence + 1)) ++figures.forged;
    }
    std::printf("| %d %% | %d | %.1f %% | %.1f %% | %.1f %% | %d | %d |\n", percent, reads_,
                share(figures.acknowledged), share(figures.right_one), share(figures.right),
                plot_.shown, figures.forged);
    std::fflush(stdout);
    EXPECT_GE(plot_.shown, reads_) << "the liars were not asked";
    return figures;
  }
  [[nodiscard]] double share(int count) const { return 100.0 * count / reads_; }
  /// Of few reads, one may be missing where a share of them may.
  [[nodiscard]] int at_least(double percent) const {
    return static_cast<int>(reads_ * percent / 100);
  }

 private:
  static constexpr int kWriter = 300;
  static constexpr int kReader = 301;
  static constexpr int kReaderOfOne = 302;
  int reads_ = reads_wanted();
  Plot plot_;
  std::vector<std::unique_ptr<Liar>> liars_;
};

TEST_F(LiarsTest, AQuarter) {
  const Figures figures = run(25);
  EXPECT_GE(figures.acknowledged, at_least(100));
  EXPECT_GE(figures.right, at_least(100));
  EXPECT_EQ(figures.forged, 0);
}

TEST_F(LiarsTest, TwoOfFive) {
  const Figures figures = run(40);
  EXPECT_GE(figures.acknowledged, at_least(90));
  EXPECT_GE(figures.right, at_least(99.5));
  EXPECT_EQ(figures.forged, 0);
}

TEST_F(LiarsTest, ThreeOfFive) {
  const Figures figures = run(60);
  EXPECT_GE(figures.acknowledged, at_least(80));
  EXPECT_GE(figures.right, at_least(98));
  EXPECT_EQ(figures.forged, 0);
}

}  // namespace
}  // namespace openhash
