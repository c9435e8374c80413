// Three keys for one record: what two of them know is known.

#include "openhash/replicas.h"

#include <gtest/gtest.h>

#include <map>

#include "records.h"
#include "testing/memory_store.h"
#include "testing/sim_world.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;

/// The store of Milhouse, in which single keys can be made to fail or to hang.
class PatchyStore final : public Store {
 public:
  PatchyStore(base::World& world, sim::MemoryTable& table)
      : clock_(world.clock), store_(world, table) {}

  enum class Trouble { dark, slow };
  std::map<Key, Trouble> trouble;
  static constexpr base::Duration kSlow = 20s;

  const Rules& rules() const override { return store_.rules(); }
  base::Task<base::Result<void>> put(Key key, Record record) override {
    const bool dark = co_await endure(key);
    if (dark) co_return base::fail(Errc::unreachable, "dark");
    co_return co_await store_.put(key, std::move(record));
  }
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early) override {
    const bool dark = co_await endure(key);
    if (dark) co_return base::fail(Errc::unreachable, "dark");
    co_return co_await store_.get(key, std::move(early));
  }
  base::Task<std::vector<base::Result<std::vector<Record>>>> get_many(
      std::vector<Key> keys) override {
    return store_.get_many(std::move(keys));
  }
  void announce(Key key, Record record) override { store_.announce(key, std::move(record)); }
  std::unique_ptr<Watch> watch(Key key, OnRecord changed, Fallback fallback) override {
    return store_.watch(key, std::move(changed), fallback);
  }
  bool connected() const override { return true; }
  base::Instant last_heard() const override { return store_.last_heard(); }
  std::vector<NodeHealth> nodes() const override { return {}; }

 private:
  base::Task<bool> endure(Key key) {
    const auto found = trouble.find(key);
    if (found == trouble.end()) co_return false;
    if (found->second == Trouble::dark) co_return true;
    co_await base::sleep_for(clock_, kSlow);
    co_return false;
  }

  base::Clock& clock_;
  sim::MemoryStore store_;
};

class ReplicasTest : public testing::Test {
 protected:
  using Trouble = PatchyStore::Trouble;

  Record claim(std::uint64_t sequence, const std::string& body = "claim") {
    Record record = location_of_milhouse(owner_);
    record.kind = Kind::identity;
    record.sequence = sequence;
    record.issued = host_.clock.wall();
    record.valid_for = 24h;
    record.body = base::to_bytes(base::view(body));
    const std::atomic<bool> stop = false;
    record.work = *find_work(kEasyRules, record.kind, record.name, owner_.public_key(), stop);
    return record;
  }
  base::Result<void> put(const Record& record) {
    return world_.run(put_replicas(store_, host_.clock, keys_, record, owner_));
  }
  base::Result<void> put_at(std::size_t index, Record record) {
    sign(record, kNetwork, keys_[index], owner_);
    return world_.run(store_.put(keys_[index], record));
  }
  /// The sequence that readers get; 0: nothing, -1: an error.
  int read(Reading reading = Reading::enough) {
    const auto found = world_.run(get_replicas(store_, keys_, reading));
    if (!found) return -1;
    EXPECT_LE(found->size(), 1U);
    return found->empty() ? 0 : static_cast<int>(found->front().sequence);
  }
  bool whole(const Record& record) { return world_.run(is_whole(store_, keys_, record)); }
  std::size_t copies() {
    std::size_t copies = 0;
    for (const Key& key : keys_) copies += table_.at(key, host_.clock.wall()).size();
    return copies;
  }

  SigningKey owner_ = signing_key();
  ReplicaKeys keys_ = *replica_keys(Kind::identity, "milhouse");
  sim::SimWorld world_{1};
  base::World& host_ = world_.host("milhouse");
  sim::MemoryTable table_{kEasyRules};
  PatchyStore store_{host_, table_};
};

TEST_F(ReplicasTest, stand_at_three_keys) {
  ASSERT_TRUE(put(claim(1)));
  EXPECT_EQ(copies(), 3U);
  EXPECT_EQ(read(), 1);
  EXPECT_TRUE(whole(claim(1)));
}

TEST_F(ReplicasTest, any_key_may_be_dark) {
  for (std::size_t at_put = 0; at_put < keys_.size(); ++at_put) {
    const auto sequence = at_put + 1;
    store_.trouble = {{keys_[at_put], Trouble::dark}};
    ASSERT_TRUE(put(claim(sequence)));
    for (std::size_t at_read = 0; at_read < keys_.size(); ++at_read) {
      store_.trouble = {{keys_[at_read], Trouble::dark}};
      EXPECT_EQ(read(), static_cast<int>(sequence)) << at_put << " " << at_read;
      EXPECT_EQ(read(Reading::all), static_cast<int>(sequence)) << at_put << " " << at_read;
    }
  }
}

TEST_F(ReplicasTest, two_dark_keys_are_too_many) {
  store_.trouble = {{keys_[0], Trouble::dark}, {keys_[2], Trouble::dark}};
  EXPECT_EQ(put(claim(1)).error(), make_error_code(Errc::unreachable));
  EXPECT_EQ(read(), -1);
  EXPECT_FALSE(whole(claim(1)));
}

TEST_F(ReplicasTest, slow_key_is_not_waited_for) {
  store_.trouble = {{keys_[1], Trouble::slow}};
  const base::Instant start = host_.clock.now();
  ASSERT_TRUE(put(claim(1)));
  EXPECT_EQ(read(), 1);
  EXPECT_LT(host_.clock.now() - start, 3s);
  EXPECT_EQ(copies(), 2U);
}

TEST_F(ReplicasTest, nothing_is_said_to_be_there_only_when_all_keys_have_said_so) {
  ASSERT_TRUE(put_at(1, claim(1)));  // as it was before there were three keys
  store_.trouble = {{keys_[1], Trouble::slow}};
  EXPECT_EQ(read(), 1);
}

TEST_F(ReplicasTest, race_reads_every_key) {
  ASSERT_TRUE(put(claim(1)));
  ASSERT_TRUE(put_at(2, claim(2)));
  store_.trouble = {{keys_[2], Trouble::slow}};
  EXPECT_EQ(read(Reading::enough), 1);
  EXPECT_EQ(read(Reading::all), 2);
}

TEST_F(ReplicasTest, newer_one_at_any_key_is_a_conflict) {
  for (std::size_t newer = 0; newer < keys_.size(); ++newer) {
    ASSERT_TRUE(put_at(newer, claim(10 * (newer + 1))));
    EXPECT_EQ(put(claim(5 + 10 * newer)).error(), make_error_code(Errc::conflict));
  }
}

TEST_F(ReplicasTest, of_one_sequence_all_readers_choose_the_same) {
  ASSERT_TRUE(put_at(0, claim(1, "b")));
  ASSERT_TRUE(put_at(1, claim(1, "a")));
  ASSERT_TRUE(put_at(2, claim(1, "c")));
  const auto found = world_.run(get_replicas(store_, keys_, Reading::all));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->front().body, claim(1, "a").body);
}

TEST_F(ReplicasTest, whole_means_this_version_everywhere) {
  ASSERT_TRUE(put(claim(1)));
  ASSERT_TRUE(put_at(0, claim(2)));
  EXPECT_FALSE(whole(claim(1)));
  EXPECT_FALSE(whole(claim(2)));
  ASSERT_TRUE(put(claim(3)));
  EXPECT_TRUE(whole(claim(3)));
  EXPECT_FALSE(whole(claim(3, "another")));
}

}  // namespace
}  // namespace openhash
