#pragma once
// A town of clients in a simulated world, with OpenHash in memory.

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "basic/client.h"
#include "testing/memory_store.h"
#include "testing/sim_world.h"

namespace basic::test {

using namespace std::chrono_literals;

inline const std::string kPassword = "four quiet purple herons";

inline base::Secret secret(std::string_view text) {
  return base::Secret::copy_of(base::view(text));
}
inline ohim::Name name(std::string_view text) { return *ohim::Name::parse(text); }

/// A face that writes down what it hears.
struct Diary final : ClientEvents {
  std::vector<Buddy> presences;
  std::vector<Text> texts;
  std::vector<std::string> requests;
  std::vector<std::string> warnings;
  std::vector<std::string> came;
  std::vector<Buddy> changed;  // what the user keeps of her, that is
  std::vector<StoredText> stored;
  std::vector<std::pair<TextId, Fate>> fates;
  int conditions = 0;  // how often they changed
  int lists = 0;       // how often another machine changed the list
  std::function<void(const Text&)> on_text;

  void presence(const Buddy& buddy) override { presences.push_back(buddy); }
  void text(const Text& text) override {
    texts.push_back(text);
    if (on_text) on_text(text);
  }
  void request(const ohim::Name& from, const std::string&) override {
    requests.push_back(from.str());
  }
  void came_online(const Buddy& buddy) override { came.push_back(buddy.name.str()); }
  void buddy_changed(const Buddy& buddy) override { changed.push_back(buddy); }
  void text_stored(const StoredText& text) override { stored.push_back(text); }
  void fate_changed(const std::string&, const TextId& id, Fate fate) override {
    fates.emplace_back(id, fate);
  }
  void conditions_changed() override { ++conditions; }
  void buddies_changed() override { ++lists; }
  void warning(const std::string& sentence) override { warnings.push_back(sentence); }

  [[nodiscard]] std::vector<std::string> words() const {
    std::vector<std::string> words;
    for (const Text& text : texts) words.push_back(text.text);
    return words;
  }
};

struct Person {
  std::unique_ptr<sim::MemoryStore> store;
  std::unique_ptr<MemoryProfile> profile = std::make_unique<MemoryProfile>();
  std::unique_ptr<Diary> diary = std::make_unique<Diary>();
  std::unique_ptr<Client> client;
};

class Town : public ::testing::Test {
 protected:
  ~Town() override {
    for (auto& [who, person] : people_) person.client.reset();
  }

  /// The client on the host of that name, started if need be.
  Client& at(const std::string& who) {
    Person& person = people_[who];
    if (!person.client) {
      base::World& host = world_.host(who);
      person.store = std::make_unique<sim::MemoryStore>(host, table_);
      person.client =
          std::make_unique<Client>(host, *person.store, *person.profile, *person.diary, options());
    }
    return *person.client;
  }
  Diary& diary(const std::string& who) { return *people_.at(who).diary; }
  MemoryProfile& profile(const std::string& who) { return *people_.at(who).profile; }

  void join(const std::string& who) {
    ASSERT_TRUE(world_.run(at(who).register_user(who, secret(kPassword))));
    sign_on(who);
  }
  void sign_on(const std::string& who) {
    const auto signed_on = world_.run(at(who).sign_on(who, secret(kPassword)));
    ASSERT_TRUE(signed_on) << signed_on.error().message();
  }
  base::Result<void> sign_off(const std::string& who) { return world_.run(at(who).sign_off()); }
  base::Result<Buddy> add(const std::string& who, const std::string& buddy) {
    return world_.run(at(who).add_buddy(buddy));
  }
  void befriend(const std::string& one, const std::string& other) {
    ASSERT_TRUE(add(one, other));
    ASSERT_TRUE(add(other, one));
    ASSERT_TRUE(sees(one, other, Presence::online, 60s));
    ASSERT_TRUE(sees(other, one, Presence::online, 60s));
  }
  base::Result<Client::Delivery> send(const std::string& from, const std::string& to,
                                      const std::string& text) {
    return world_.run(at(from).send_text(to, text));
  }
  void crash(const std::string& who) {
    world_.crash(who);
    forget(who);
  }
  void vanish(const std::string& who) {
    world_.vanish(who);
    forget(who);
  }

  [[nodiscard]] Buddy buddy(const std::string& watcher, const std::string& whom) {
    for (const Buddy& shown : at(watcher).buddies()) {
      if (shown.name == name(whom)) return shown;
    }
    ADD_FAILURE() << whom << " is not on the list of " << watcher;
    return {name(whom), Presence::unknown, {}, {}, ohim::KnownBy::none, {}};
  }
  bool sees(const std::string& watcher, const std::string& whom, Presence presence,
            base::Duration limit) {
    return world_.run_until([&] { return buddy(watcher, whom).presence == presence; }, limit);
  }

  static ClientOptions options() {
    ClientOptions options;
    options.presence.password.memory = std::size_t{8} << 10;
    options.presence.password.passes = 1;
    return options;
  }

  sim::SimWorld world_{1};
  sim::MemoryTable table_{openhash::Rules{.network = 7, .work_named = 4, .work_opaque = 4}};
  std::map<std::string, Person> people_;

 private:
  void forget(const std::string& who) {
    people_[who].client.reset();
    people_[who].store.reset();
  }
};

}  // namespace basic::test
