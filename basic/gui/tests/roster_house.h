#pragma once
// Lisa's buddy list beside the simulated town that her client lives in.

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <map>
#include <memory>
#include <string>

#include "basic/gui/bridge.h"
#include "roster.h"
#include "testing/memory_store.h"
#include "testing/sim_world.h"

namespace basic::gui::test {

using namespace std::chrono_literals;

inline ohim::Name name(std::string_view text) { return *ohim::Name::parse(text); }
inline base::WallTime at(const QDateTime& time) {
  return base::WallTime(std::chrono::seconds(time.toSecsSinceEpoch()));
}
/// Sunday, 22 November 2026, 14:05: what the list takes for now.
inline QDateTime noon() { return {QDate(2026, 11, 22), QTime(14, 5)}; }

inline Buddy buddy(std::string_view who, Presence presence = Presence::online,
                   std::vector<std::string> groups = {}) {
  Buddy made{name(who), presence, {}, {}, ohim::KnownBy::link, at(noon().addSecs(-600))};
  made.groups = std::move(groups);
  return made;
}

struct Quiet final : ClientEvents {
  void presence(const Buddy&) override {}
  void text(const Text&) override {}
  void request(const ohim::Name&, const std::string&) override {}
  void warning(const std::string&) override {}
};

/// A client and what it stands on.
struct Person {
  Person(base::World& world, sim::MemoryTable& table, ClientEvents& events, ClientOptions options)
      : store(world, table), client(world, store, profile, events, std::move(options)) {}

  sim::MemoryStore store;
  MemoryProfile profile;
  Client client;
};

class House : public ::testing::Test {
 protected:
  House() {
    base::World& host = world_.host("lisa");
    lisa_ = std::make_unique<Person>(host, table_, *bridge_.events(), options());
    bridge_.attach(lisa_->client, [&host](auto job) { host.clock.post(std::move(job)); });
    roster_.set_now(noon);
    roster_.resize(300, 620);
  }
  ~House() override {
    bridge_.detach();
    lisa_.reset();
    others_.clear();
  }

  void lisa_signs_on() {
    join(lisa_->client, "lisa");
    roster_.signed_on(lisa_->client.status(), lisa_->client.buddies());
    roster_.show();
    settle();
  }
  Client& lisa() { return lisa_->client; }
  Client& other(const std::string& who) {
    std::unique_ptr<Person>& person = others_[who];
    if (person) return person->client;
    person = std::make_unique<Person>(world_.host(who), table_, quiet_, options());
    join(person->client, who);
    return person->client;
  }
  /// Lisa again, at a second machine.
  Client& laptop_signs_on() {
    std::unique_ptr<Person>& person = others_["laptop"];
    person = std::make_unique<Person>(world_.host("laptop"), table_, quiet_, options());
    EXPECT_TRUE(world_.run(person->client.sign_on("lisa", secret())));
    return person->client;
  }
  void befriend(const std::string& who) {
    ASSERT_TRUE(world_.run(other(who).add_buddy("lisa")));
    ASSERT_TRUE(world_.run(lisa().add_buddy(who)));
    ASSERT_TRUE(comes_true([&] {
      const Buddy* const shown = roster_.buddy(QString::fromStdString(who));
      return shown && shown->presence == Presence::online;
    }));
  }
  [[nodiscard]] bool lisa_lists(const std::string& who) {
    for (const Buddy& listed : lisa().buddies()) {
      if (listed.name == name(who)) return true;
    }
    return false;
  }

  /// Both threads' work, here one after the other, until nothing is left of a moment.
  void settle() {
    for (int turn = 0; turn < 10; ++turn) {
      QCoreApplication::processEvents();
      world_.advance(100ms);
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCoreApplication::processEvents();
  }
  bool comes_true(const std::function<bool()>& done) {
    for (int turn = 0; turn < 100 && !done(); ++turn) settle();
    return done();
  }

  template <typename Widget>
  Widget* find(const char* object_name) {
    auto* const found = roster_.findChild<Widget*>(QLatin1String(object_name));
    EXPECT_NE(found, nullptr) << object_name;
    return found;
  }
  bool visible(const char* object_name) { return find<QWidget>(object_name)->isVisible(); }
  void press(const char* button) { find<QAbstractButton>(button)->click(); }
  void type(const char* field, const QString& text) {
    QTest::keyClicks(find<QLineEdit>(field), text);
  }
  QString says(const char* label) { return find<QLabel>(label)->text(); }

 private:
  static ClientOptions options() {
    ClientOptions options;
    options.presence.password.memory = std::size_t{8} << 10;
    options.presence.password.passes = 1;
    return options;
  }
  static base::Secret secret() {
    return base::Secret::copy_of(base::view("four quiet purple herons"));
  }
  void join(Client& client, const std::string& who) {
    ASSERT_TRUE(world_.run(client.register_user(who, secret())));
    ASSERT_TRUE(world_.run(client.sign_on(who, secret())));
  }

 protected:
  sim::SimWorld world_{1};
  sim::MemoryTable table_{openhash::Rules{.network = 7, .work_named = 4, .work_opaque = 4}};
  Bridge bridge_;
  RosterPane roster_{bridge_};

 private:
  Quiet quiet_;
  std::unique_ptr<Person> lisa_;
  std::map<std::string, std::unique_ptr<Person>> others_;
};

}  // namespace basic::gui::test
