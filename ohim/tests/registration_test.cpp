// Claiming a name: alone, late, twice, interrupted, and in a race.

#include "client.h"
#include "directory.h"
#include "faulty_store.h"
#include "records.h"

namespace ohim::test {
namespace {

using openhash::Kind;

class RegistrationTest : public Town {
 protected:
  std::vector<openhash::Record> at_key(Kind kind, const char* user) {
    return table_.at(named_key(kind, name(user)), wall());
  }
  base::WallTime wall() { return world_.host("observer").clock.wall(); }

  /// A stranger who needs no engine: keys and work of her own, for any name.
  UserKeys stranger(const char* user) {
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
};

TEST_F(RegistrationTest, claims_the_name_and_stores_blanks) {
  std::vector<Progress> told;
  const auto key = world_.run(at("lisa").register_user(
      "Lisa", secret(kPassword), [&](Progress progress) { told.push_back(progress); }));
  ASSERT_TRUE(key) << key.error().message();
  EXPECT_EQ(told, (std::vector{Progress::hashing_password, Progress::looking_up_name,
                               Progress::working, Progress::claiming, Progress::settling,
                               Progress::storing, Progress::done}));
  EXPECT_EQ(live_claimants(at_key(Kind::identity, "lisa")), std::vector{*key});
  EXPECT_TRUE(at_key(Kind::location, "lisa").at(0).blank());
  EXPECT_TRUE(at_key(Kind::list, "lisa").at(0).blank());
  EXPECT_FALSE(at("lisa").signed_on());
}

TEST_F(RegistrationTest, refuses_what_cannot_be_with_a_kind_each) {
  EXPECT_EQ(register_user("l!").error().code, Errc::name_invalid);
  const auto weak = register_user("lisa", "lisa1234");
  ASSERT_EQ(weak.error().code, Errc::weak_password);
  EXPECT_NE(weak.error().message().find("words"), std::string::npos) << weak.error().message();
  store_of("lisa").set_reachable(false);
  EXPECT_EQ(register_user("lisa").error().code, Errc::store_unavailable);
  store_of("lisa").set_reachable(true);
  EXPECT_TRUE(register_user("lisa")) << "nothing stays behind";
}

TEST_F(RegistrationTest, taken_name_stays_taken) {
  ASSERT_TRUE(register_user("lisa"));
  const auto again = world_.run(at("bart").register_user("lisa", secret("seven loud green doors")));
  EXPECT_EQ(again.error().code, Errc::name_taken);
  const auto same = world_.run(at("bart").register_user("lisa", secret(kPassword)));
  ASSERT_EQ(same.error().code, Errc::name_taken);
  EXPECT_NE(same.error().message().find("sign on"), std::string::npos);
}

TEST_F(RegistrationTest, any_valid_foreign_record_takes_the_name) {
  const UserKeys foreign = stranger("lisa");
  openhash::Record list = make_named(foreign, Kind::list, 5, wall());
  list.flags = openhash::kBlank;
  sign_named(list, foreign);
  put(list);
  EXPECT_EQ(register_user("lisa").error().code, Errc::name_taken);
}

TEST_F(RegistrationTest, withdrawn_claim_frees_the_name) {
  put(make_claim(stranger("lisa"), 1, openhash::kWithdrawn, wall()));
  EXPECT_TRUE(register_user("lisa"));
}

TEST_F(RegistrationTest, interrupted_anywhere_it_is_finished_by_the_same_password) {
  // Vault, claim and list at three keys, the location at one: dies before each, and before none.
  constexpr std::size_t kPuts = 3 + 3 + 1 + 3;
  for (std::size_t puts = 0; puts <= kPuts; ++puts) {
    const std::string user = "user" + std::to_string(puts);
    {
      FaultyStore faulty(store_of("lisa"));
      faulty.puts_left = puts;
      Client dying(world_.host("lisa"), faulty, quick_options());
      auto task = dying.register_user(user, secret(kPassword));
      task.start();
      world_.run_until([&] { return faulty.stuck() || task.done(); });
      EXPECT_EQ(faulty.stuck(), puts < kPuts);
    }
    const auto again = world_.run(at("lisa").register_user(user, secret(kPassword)));
    // With a copy of the list, stored last, it is complete.
    if (puts <= kPuts - 3) {
      ASSERT_TRUE(again) << puts << ": " << again.error().message();
    }
    const auto signed_on = world_.run(at("lisa").sign_on(user, secret(kPassword)));
    ASSERT_TRUE(signed_on) << puts << ": " << signed_on.error().message();
    ASSERT_TRUE(world_.run(at("lisa").sign_off()));
  }
}

TEST_F(RegistrationTest, half_registered_name_says_how_to_go_on) {
  FaultyStore faulty(store_of("lisa"));
  faulty.puts_left = 1;
  Client dying(world_.host("lisa"), faulty, quick_options());
  auto task = dying.register_user("lisa", secret(kPassword));
  task.start();
  world_.run_until([&] { return faulty.stuck(); });
  const auto signed_on = sign_on("lisa");
  ASSERT_EQ(signed_on.error().code, Errc::no_such_user);
  EXPECT_NE(signed_on.error().message().find("register again"), std::string::npos);
}

/// Two claims at about the same time: of one with a larger rank than ours, and one with a smaller.
class RivalTest : public RegistrationTest {
 protected:
  /// Starts a registration, and has the rival's claim appear while it settles.
  base::Result<openhash::PublicKey> register_against(const UserKeys& rival, bool withdraws) {
    auto task = at("lisa").register_user("lisa", secret(kPassword));
    task.start();
    world_.advance(2s);
    put(make_claim(rival, 1, 0, wall()));
    world_.advance(5s);
    if (withdraws) put(make_claim(rival, 2, openhash::kWithdrawn, wall()));
    world_.run_until([&] { return task.done(); });
    return task.take();
  }
  /// The vault first, so that the test knows the key that will be claimed.
  openhash::PublicKey future_key() {
    FaultyStore faulty(store_of("lisa"));
    faulty.puts_left = 6;
    Client dying(world_.host("lisa"), faulty, quick_options());
    auto task = dying.register_user("lisa", secret(kPassword));
    task.start();
    world_.run_until([&] { return faulty.stuck(); });
    return live_claimants(at_key(Kind::identity, "lisa")).at(0);
  }
  UserKeys rival_that_ranks(bool smaller) {
    const auto mine = rank_of(name("lisa"), future_key(), quick_rules().network);
    for (;;) {
      UserKeys rival = stranger("lisa");
      const auto theirs =
          rank_of(name("lisa"), rival.identity().public_key(), quick_rules().network);
      if ((theirs < mine) == smaller) return rival;
    }
  }
};

TEST_F(RivalTest, smaller_rank_wins_and_the_loser_withdraws) {
  const UserKeys rival = rival_that_ranks(true);
  EXPECT_EQ(register_against(rival, false).error().code, Errc::name_taken);
  EXPECT_EQ(live_claimants(at_key(Kind::identity, "lisa")),
            std::vector{rival.identity().public_key()});
}

TEST_F(RivalTest, winner_waits_for_the_loser_to_withdraw) {
  const UserKeys rival = rival_that_ranks(false);
  EXPECT_TRUE(register_against(rival, true));
}

TEST_F(RivalTest, rival_who_stays_makes_the_name_contested) {
  const UserKeys rival = rival_that_ranks(false);
  EXPECT_EQ(register_against(rival, false).error().code, Errc::contested_name);
}

TEST_F(RegistrationTest, of_two_hundred_races_each_has_one_winner) {
  base::Entropy& dice = world_.host("observer").entropy;
  for (int race = 0; race < 200; ++race) {
    const std::string user = "racer" + std::to_string(race);
    store_of("lisa").set_delay(std::chrono::milliseconds(dice.u64() % 500));
    store_of("bart").set_delay(std::chrono::milliseconds(dice.u64() % 500));
    auto one = at("lisa").register_user(user, secret(kPassword));
    auto other = at("bart").register_user(user, secret("seven loud green doors"));
    one.start();
    world_.advance(std::chrono::milliseconds(dice.u64() % 6000));
    other.start();
    ASSERT_TRUE(world_.run_until([&] { return one.done() && other.done(); }));
    const auto first = one.take();
    const auto second = other.take();
    ASSERT_NE(first.has_value(), second.has_value()) << race;
    ASSERT_EQ((first ? second : first).error().code, Errc::name_taken) << race;
    ASSERT_EQ(live_claimants(at_key(Kind::identity, user.c_str())),
              std::vector{first ? *first : *second});
  }
}

}  // namespace
}  // namespace ohim::test
