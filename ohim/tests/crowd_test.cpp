// Many buddies, and hostile ones.

#include <algorithm>

#include "client.h"
#include "directory.h"
#include "location_record.h"
#include "records.h"

namespace ohim::test {
namespace {

using openhash::Kind;

class CrowdTest : public Town {
 protected:
  base::WallTime wall() { return world_.host("observer").clock.wall(); }

  UserKeys stranger(const std::string& user) {
    VaultContent content = make_vault_content(world_.host("observer").entropy);
    const openhash::SigningKey identity(content.identity_seed);
    const std::atomic<bool> stop = false;
    content.work =
        *openhash::find_work(quick_rules(), Kind::identity, user, identity.public_key(), stop);
    return {name(user), quick_rules().network, std::move(content)};
  }
  void put(const openhash::Record& record) {
    const auto taken = table_.take(*openhash::key_of(record.kind, record.name), record, wall());
    ASSERT_TRUE(taken) << taken.error().message();
  }
  openhash::Record location(const UserKeys& keys, const std::string& address,
                            std::uint64_t sequence) {
    return make_location(keys, base::view(address), sequence, 0, 120s, wall(),
                         world_.host("observer").entropy);
  }
  static std::set<std::string> crowd(int size) {
    std::set<std::string> names;
    for (int i = 0; i < size; ++i) names.insert("a-buddy-with-a-long-name-" + std::to_string(i));
    return names;
  }
};

TEST_F(CrowdTest, a_thousand_buddies_come_back_on_a_blank_machine) {
  for (const int size : {300, 1000}) {
    move_in("lisa", crowd(size));
    const std::set<Name> names = at("lisa").list.names;
    crash("lisa");
    ASSERT_TRUE(sign_on("lisa"));
    EXPECT_EQ(at("lisa").list.names, names);
    ASSERT_TRUE(sign_off("lisa"));
  }
}

TEST_F(CrowdTest, commits_side_by_side_keep_the_newest) {
  move_in("lisa", {});
  std::vector<base::Task<base::Result<void>>> commits;
  for (const std::string& buddy : crowd(100)) {
    at("lisa").list.names.insert(name(buddy));
    commits.push_back(at("lisa").commit_buddy_list());
    commits.back().start();
  }
  world_.advance(10s);
  for (auto& commit : commits) EXPECT_TRUE(commit.done() && commit.take());
  const std::set<Name> names = at("lisa").list.names;
  crash("lisa");
  ASSERT_TRUE(sign_on("lisa"));
  EXPECT_EQ(at("lisa").list.names, names);
}

TEST_F(CrowdTest, acknowledged_commit_survives_a_sign_off_that_follows_at_once) {
  move_in("lisa", {"bart"});
  auto commit = at("lisa").commit_buddy_list();
  at("lisa").list.names.insert(name("milhouse"));
  commit.start();
  ASSERT_TRUE(sign_off("lisa"));
  world_.advance(1s);
  EXPECT_TRUE(commit.done() && commit.take());
  ASSERT_TRUE(sign_on("lisa"));
  EXPECT_EQ(at("lisa").list.names.size(), 2);
}

TEST_F(CrowdTest, three_hundred_on_line_are_all_found_at_once) {
  const std::set<std::string> names = crowd(300);
  std::vector<UserKeys> crowd_keys;
  const std::string silent = "10.77.0.1:4000";  // nobody answers: on line by lease
  for (const std::string& user : names) {
    crowd_keys.push_back(stranger(user));
    put(make_claim(crowd_keys.back(), 1, 0, wall()));
  }
  move_in("lisa", names);
  ASSERT_TRUE(sign_off("lisa"));
  for (const UserKeys& keys : crowd_keys) put(location(keys, silent, 1));
  store_of("lisa").set_delay(50ms);
  at("lisa").news.clear();
  const base::Instant begin = world_.now();
  ASSERT_TRUE(sign_on("lisa"));
  EXPECT_LT(world_.now() - begin, 2s);
  EXPECT_TRUE(world_.run_until([&] { return at("lisa").news.size() == names.size(); }, 2min));
  for (const std::string& user : names) EXPECT_EQ(state("lisa", user).presence, Presence::online);
}

TEST_F(CrowdTest, foreign_records_at_his_keys_change_nothing) {
  ASSERT_TRUE(register_user("milhouse"));
  move_in("lisa", {"milhouse"});
  const UserKeys nelson = stranger("milhouse");
  for (std::uint64_t sequence = 1; sequence < 5; ++sequence) {
    put(location(nelson, "10.66.0.1:4000", ~std::uint64_t{0} - 5 + sequence));
    openhash::Record list = make_named(nelson, Kind::list, sequence << 40, wall());
    list.body = base::Bytes(openhash::kMaxBody, 7);
    sign_named(list, nelson);
    put(list);
    world_.advance(50s);
    EXPECT_EQ(state("lisa", "milhouse").presence, Presence::offline);
  }
  ASSERT_TRUE(sign_on("milhouse"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
  EXPECT_EQ(state("lisa", "milhouse").known_by, KnownBy::link);
  put(location(nelson, "10.66.0.1:4000", ~std::uint64_t{0}));
  world_.advance(2min);
  EXPECT_EQ(state("lisa", "milhouse").known_by, KnownBy::link);
  EXPECT_EQ(at("lisa").conflicts.size(), 0) << "he still claims his name";
  crash("milhouse");
  ASSERT_TRUE(sign_on("milhouse")) << "nor does it keep him out";
}

TEST_F(CrowdTest, locations_full_of_nonsense_are_harmless) {
  const UserKeys troll = stranger("troll");
  put(make_claim(troll, 1, 0, wall()));
  move_in("lisa", {"troll"});
  base::Entropy& dice = world_.host("observer").entropy;
  for (std::uint64_t sequence = 1; sequence < 200; ++sequence) {
    openhash::Record record = make_named(troll, Kind::location, sequence, wall());
    if (dice.u64() % 2 == 0) {
      record.body.resize(dice.u64() % (openhash::kMaxBody + 1));
      dice.fill(record.body);
      sign_named(record, troll);
    } else {
      base::Bytes content(dice.u64() % (kMaxLocation + 1));
      dice.fill(content);
      record = make_location(troll, content, sequence, 0, 120s, wall(), dice);
    }
    put(record);
    world_.advance(3s);
    EXPECT_NE(state("lisa", "troll").known_by, KnownBy::link);
  }
}

TEST_F(CrowdTest, changed_key_of_a_pinned_buddy_is_refused_and_told_once) {
  ASSERT_TRUE(register_user("lisa"));
  const UserKeys old_key = stranger("milhouse");
  const UserKeys new_key = stranger("milhouse");
  put(make_claim(new_key, 1, 0, wall()));
  put(location(new_key, "10.66.0.1:4000", 1));
  at("lisa").pins.emplace(name("milhouse"), old_key.identity().public_key());
  move_in("lisa", {"milhouse"});
  world_.advance(5min);
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::offline);
  EXPECT_EQ(at("lisa").conflicts, std::vector{name("milhouse")});
  const auto found = world_.run(at("lisa").find_user(name("milhouse")));
  ASSERT_EQ(found.error().code, Errc::key_changed);
  EXPECT_NE(
      found.error().message().find(fingerprint(name("milhouse"), new_key.identity().public_key())),
      std::string::npos);
}

TEST_F(CrowdTest, contested_name_is_for_the_user_to_decide) {
  const UserKeys one = stranger("milhouse");
  put(make_claim(one, 1, 0, wall()));
  put(make_claim(stranger("milhouse"), 1, 0, wall()));
  EXPECT_EQ(world_.run(at("lisa").find_user(name("milhouse"))).error().code, Errc::contested_name);
  ASSERT_TRUE(register_user("bart"));
  move_in("lisa", {"milhouse", "bart"});
  world_.advance(2min);
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::unknown);
  EXPECT_EQ(state("lisa", "bart").presence, Presence::offline) << "her own line is fine";
  at("lisa").pins.emplace(name("milhouse"), one.identity().public_key());
  EXPECT_EQ(*world_.run(at("lisa").find_user(name("milhouse"))), one.identity().public_key());
}

TEST_F(CrowdTest, engine_may_be_destroyed_at_any_moment) {
  for (int moment = 0; moment < 60; ++moment) {
    const std::string user = "user" + std::to_string(moment % 3);
    store_of("lisa").set_delay(20ms);
    auto client = std::make_unique<Client>(world_.host("lisa"), store_of("lisa"), options_);
    client->list.names.insert(name("milhouse"));
    auto task = client->register_user(user, secret(kPassword));
    task.start();
    if (moment >= 30) {
      world_.run_until([&] { return task.done(); });
      task = {};
      auto session = client->sign_on(user, secret(kPassword));
      session.start();
      world_.advance(std::chrono::milliseconds((moment - 30) * 7));
      continue;
    }
    world_.advance(std::chrono::milliseconds(moment * 9));
  }
  world_.advance(1min);
}

}  // namespace
}  // namespace ohim::test
