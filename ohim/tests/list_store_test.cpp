// The buddy list in the store: large and small, and whole whatever happens on the way.

#include "list_store.h"

#include "client.h"
#include "faulty_store.h"
#include "openhash/replicas.h"
#include "records.h"

namespace ohim::test {
namespace {

using openhash::Kind;

class ListStoreTest : public ::testing::Test {
 protected:
  static UserKeys make_keys(base::Entropy& entropy) {
    VaultContent content = make_vault_content(entropy);
    const openhash::SigningKey identity(content.identity_seed);
    const std::atomic<bool> stop = false;
    content.work =
        *openhash::find_work(quick_rules(), Kind::list, "lisa", identity.public_key(), stop);
    return {name("lisa"), quick_rules().network, std::move(content)};
  }
  static base::Bytes list_of(std::size_t size, char fill) {
    return base::Bytes(size, static_cast<std::uint8_t>(fill));
  }
  std::vector<openhash::Record> found() {
    return *world_.run(openhash::get_replicas(store_, named_keys(Kind::list, name("lisa"))));
  }
  /// What a machine that knows only the keys reads.
  base::Bytes stored() {
    ListStore fresh(host_, store_, keys_, 0);
    auto list = world_.run(fresh.load(found()));
    EXPECT_TRUE(list) << list.error().message();
    return list.value_or({});
  }
  /// A run that dies after so many puts; true if it got to its end.
  bool save_and_die(const base::Bytes& list, std::size_t puts) {
    FaultyStore faulty(store_);
    faulty.puts_left = puts;
    ListStore dying(host_, faulty, keys_, 0);
    EXPECT_TRUE(world_.run(dying.load(found())));
    auto task = dying.save(list);
    task.start();
    world_.run_until([&] { return faulty.stuck() || task.done(); });
    return task.done();
  }

  sim::SimWorld world_{1};
  base::World& host_ = world_.host("lisa");
  sim::MemoryTable table_{quick_rules()};
  sim::MemoryStore store_{host_, table_};
  UserKeys keys_ = make_keys(host_.entropy);
};

TEST_F(ListStoreTest, every_size_comes_back) {
  ListStore list(host_, store_, keys_, 0);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kInlineList, kInlineList + 1,
                                 kChunk, kChunk + 1, std::size_t{30'000}, kMaxBuddyList}) {
    const base::Bytes bytes = list_of(size, 'x');
    const auto saved = world_.run(list.save(bytes));
    ASSERT_TRUE(saved) << size << ": " << saved.error().message();
    EXPECT_EQ(stored(), bytes) << size;
  }
}

TEST_F(ListStoreTest, too_large_is_said_and_changes_nothing) {
  ListStore list(host_, store_, keys_, 0);
  ASSERT_TRUE(world_.run(list.save(list_of(10, 'a'))));
  EXPECT_EQ(world_.run(list.save(list_of(kMaxBuddyList + 1, 'b'))).error().code,
            base::Errc::too_large);
  EXPECT_EQ(stored(), list_of(10, 'a'));
}

TEST_F(ListStoreTest, death_at_any_step_leaves_the_old_list_or_the_new_one) {
  constexpr std::size_t kChunks = 4;
  constexpr std::size_t kReplicas = openhash::kReplicaKeys;
  constexpr std::size_t kAll = kReplicas * (kChunks + 1);
  ListStore first(host_, store_, keys_, 0);
  ASSERT_TRUE(world_.run(first.save_first()));
  base::Bytes old;
  for (int round = 0; round < 4; ++round) {
    for (std::size_t puts = 0; puts <= kAll; ++puts) {
      const base::Bytes wanted = list_of(kChunks * kChunk, static_cast<char>('a' + puts + round));
      world_.advance(2s);
      const bool done = save_and_die(wanted, puts);
      EXPECT_EQ(done, puts == kAll);
      const base::Bytes now = stored();
      // Between the first copy of the manifest and the last, both are right.
      const bool may_be_new = puts > kReplicas * kChunks;
      EXPECT_TRUE(now == (done ? wanted : old) || (may_be_new && now == wanted)) << puts;
      old = now;
    }
  }
}

TEST_F(ListStoreTest, half_written_chunks_are_not_in_the_way_within_the_same_second) {
  ListStore first(host_, store_, keys_, 0);
  ASSERT_TRUE(world_.run(first.save_first()));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(save_and_die(list_of(3 * kChunk, 'a'), 2));
  EXPECT_TRUE(save_and_die(list_of(3 * kChunk, 'b'), 100));
  EXPECT_EQ(stored(), list_of(3 * kChunk, 'b'));
}

TEST_F(ListStoreTest, two_machines_at_once_leave_one_whole_list) {
  base::World& attic = world_.host("attic");
  sim::MemoryStore attic_store(attic, table_);
  ListStore home(host_, store_, keys_, 0);
  ListStore away(attic, attic_store, keys_, 0);
  for (int round = 0; round < 20; ++round) {
    const base::Bytes mine = list_of(5 * kChunk, static_cast<char>('a' + round));
    const base::Bytes theirs = list_of(4 * kChunk + 17, static_cast<char>('A' + round));
    store_.set_delay(std::chrono::milliseconds(host_.entropy.u64() % 20));
    attic_store.set_delay(std::chrono::milliseconds(host_.entropy.u64() % 20));
    auto one = home.save(mine);
    auto other = away.save(theirs);
    one.start();
    other.start();
    ASSERT_TRUE(world_.run_until([&] { return one.done() && other.done(); }));
    const auto at_home = one.take();
    const auto away_there = other.take();
    EXPECT_TRUE(at_home || away_there);
    EXPECT_TRUE(at_home || at_home.error().code == base::Errc::conflict);
    EXPECT_TRUE(away_there || away_there.error().code == base::Errc::conflict);
    const base::Bytes now = stored();
    EXPECT_TRUE((at_home && now == mine) || (away_there && now == theirs)) << round;
    ASSERT_TRUE(world_.run(home.look()));
    ASSERT_TRUE(world_.run(away.look()));
    EXPECT_TRUE(home.is_stored(now) && away.is_stored(now)) << round;
  }
}

TEST_F(ListStoreTest, what_another_machine_stored_is_seen_once) {
  base::World& attic = world_.host("attic");
  sim::MemoryStore attic_store(attic, table_);
  ListStore home(host_, store_, keys_, 0);
  ListStore away(attic, attic_store, keys_, 1);
  EXPECT_EQ(*world_.run(home.look()), std::nullopt);
  ASSERT_TRUE(world_.run(home.save(list_of(10, 'a'))));
  EXPECT_EQ(*world_.run(away.look()), list_of(10, 'a'));
  EXPECT_EQ(*world_.run(away.look()), std::nullopt);
  EXPECT_TRUE(away.is_stored(list_of(10, 'a')));
  world_.advance(2s);
  ASSERT_TRUE(world_.run(away.save(list_of(3 * kChunk, 'b'))));
  EXPECT_TRUE(home.is_news(found().at(0)));
  EXPECT_EQ(*world_.run(home.look()), list_of(3 * kChunk, 'b'));
  EXPECT_FALSE(home.is_news(found().at(0)));
}

TEST_F(ListStoreTest, foreign_and_damaged_records_are_not_the_list) {
  ListStore list(host_, store_, keys_, 0);
  ASSERT_TRUE(world_.run(list.save(list_of(100, 'a'))));
  const UserKeys stranger = make_keys(host_.entropy);
  ListStore hostile(host_, store_, stranger, 0);
  ASSERT_TRUE(world_.run(hostile.save(list_of(100, 'z'))));
  ASSERT_EQ(found().size(), 2);
  EXPECT_EQ(stored(), list_of(100, 'a'));
}

TEST_F(ListStoreTest, missing_chunk_is_store_unavailable_not_half_a_list) {
  ListStore list(host_, store_, keys_, 0);
  ASSERT_TRUE(world_.run(list.save(list_of(3 * kChunk, 'a'))));
  const auto manifest = found();
  // The same manifest over a table without its chunks.
  sim::MemoryTable empty(quick_rules());
  ASSERT_TRUE(empty.take(named_key(Kind::list, name("lisa")), manifest.at(0), host_.clock.wall()));
  sim::MemoryStore poor(host_, empty);
  ListStore reader(host_, poor, keys_, 0);
  EXPECT_EQ(world_.run(reader.load(manifest)).error().code, Errc::store_unavailable);
}

TEST_F(ListStoreTest, first_list_replaces_none) {
  ListStore list(host_, store_, keys_, 0);
  ASSERT_TRUE(world_.run(list.save(list_of(100, 'a'))));
  ListStore again(host_, store_, keys_, 0);
  ASSERT_TRUE(world_.run(again.save_first()));
  EXPECT_EQ(stored(), list_of(100, 'a'));
}

}  // namespace
}  // namespace ohim::test
