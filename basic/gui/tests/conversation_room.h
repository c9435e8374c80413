#pragma once
// Lisa's conversation with Milhouse, on real clients in a simulated town.

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <memory>
#include <string>

#include "basic/gui/bridge.h"
#include "composer.h"
#include "conversation_pane.h"
#include "conversation_view.h"
#include "testing/memory_store.h"
#include "testing/sim_world.h"
#include "words.h"

namespace basic::gui::test {

using namespace std::chrono_literals;

class Room : public ::testing::Test {
 protected:
  Room() {
    start(lisa_, "lisa", *bridge_.events());
    start(milhouse_, "milhouse", quiet_);
    base::World& host = world_.host("lisa");
    bridge_.attach(*lisa_.client, [&host](auto job) { host.clock.post(std::move(job)); });
  }
  ~Room() override {
    pane_.reset();
    bridge_.detach();
    for (Person* const person : {&lisa_, &milhouse_}) person->client.reset();
  }

  void meet() {
    for (const auto& [person, name] :
         {std::pair(&lisa_, "lisa"), std::pair(&milhouse_, "milhouse")})
      sign_on(*person, name, true);
    ASSERT_TRUE(world_.run(lisa().add_buddy("milhouse")));
    ASSERT_TRUE(world_.run(milhouse().add_buddy("lisa")));
    ASSERT_TRUE(comes_true([this] { return buddy().presence == Presence::online; }));
  }
  /// So many texts are in Lisa's history, the older half of them Milhouse's; one each minute.
  void remember(int count) {
    Texts texts;
    for (int i = 0; i < count; ++i)
      texts.push_back(old_text(i % 2 == 1, "text " + std::to_string(i + 1)));
    remember(std::move(texts));
  }
  void remember(Texts texts) { ASSERT_TRUE(world_.run(lisa_.profile.add_texts(std::move(texts)))); }
  StoredText old_text(bool outgoing, std::string words, Fate fate = Fate::delivered) {
    ++last_id_;
    TextId id{};
    for (std::size_t byte = 0; byte < 4; ++byte)
      id[byte] = static_cast<std::uint8_t>(last_id_ >> (8 * byte));
    const auto moment =
        world_.host("lisa").clock.wall() - std::chrono::hours(30) + std::chrono::minutes(last_id_);
    return {id, *ohim::Name::parse("milhouse"), outgoing, std::move(words), moment, fate};
  }

  /// Opens the conversation as the window does.
  ConversationPane& open() {
    pane_ = std::make_unique<ConversationPane>(bridge_, buddy());
    pane_->set_now([this] { return to_local(world_.host("lisa").clock.wall()); });
    for (const auto signal : {&Bridge::presence_changed, &Bridge::buddy_changed})
      QObject::connect(&bridge_, signal, pane_.get(),
                       [this](const Buddy& changed) { pane_->set_buddy(changed); });
    pane_->resize(480, 600);
    pane_->show();
    pane_->activateWindow();
    pane_->focus_composer();
    settle();
    return *pane_;
  }

  Client& lisa() { return *lisa_.client; }
  Client& milhouse() { return *milhouse_.client; }
  MemoryProfile& lisas_profile() { return lisa_.profile; }
  [[nodiscard]] Buddy buddy() { return lisa().buddies().at(0); }
  void milhouse_says(const std::string& words) {
    ASSERT_TRUE(world_.run(milhouse().send_text("lisa", words)));
    settle();
  }
  void milhouse_leaves() {
    ASSERT_TRUE(world_.run(milhouse().sign_off()));
    ASSERT_TRUE(comes_true([this] { return buddy().presence == Presence::offline; }));
    settle();
  }
  void milhouse_returns() {
    sign_on(milhouse_, "milhouse", false);
    ASSERT_TRUE(comes_true([this] { return buddy().presence == Presence::online; }));
    settle();
  }

  ConversationView& view() { return *find<ConversationView>("conversation"); }
  [[nodiscard]] const ConversationLog& log() { return view().log(); }
  QPlainTextEdit& field() { return *find<QPlainTextEdit>("messageInput"); }
  void type(const QString& words) { QTest::keyClicks(&field(), words); }
  void enter() {
    QTest::keyClick(&field(), Qt::Key_Return);
    settle();
  }
  QString hint() { return find<QLabel>("composerHint")->text(); }

  template <typename Widget>
  Widget* find(const char* name) {
    auto* const found = pane_->findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(found, nullptr) << name;
    return found;
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

  sim::SimWorld world_{1};
  Bridge bridge_;
  std::unique_ptr<ConversationPane> pane_;

 private:
  struct Quiet final : ClientEvents {
    void presence(const Buddy& /*buddy*/) override {}
    void text(const Text& /*text*/) override {}
    void request(const ohim::Name& /*from*/, const std::string& /*print*/) override {}
    void warning(const std::string& /*sentence*/) override {}
  };
  struct Person {
    MemoryProfile profile;
    std::unique_ptr<sim::MemoryStore> store;
    std::unique_ptr<Client> client;
  };

  void start(Person& person, const char* name, ClientEvents& events) {
    base::World& host = world_.host(name);
    ClientOptions options;
    options.presence.password.memory = std::size_t{8} << 10;
    options.presence.password.passes = 1;
    person.store = std::make_unique<sim::MemoryStore>(host, table_);
    person.client =
        std::make_unique<Client>(host, *person.store, person.profile, events, std::move(options));
  }
  void sign_on(Person& person, const char* name, bool first) {
    const auto secret = [] {
      return base::Secret::copy_of(base::view("four quiet purple herons"));
    };
    if (first) {
      ASSERT_TRUE(world_.run(person.client->register_user(name, secret())));
    }
    ASSERT_TRUE(world_.run(person.client->sign_on(name, secret())));
  }

  sim::MemoryTable table_{openhash::Rules{.network = 7, .work_named = 4, .work_opaque = 4}};
  Quiet quiet_;
  Person lisa_;
  Person milhouse_;
  std::uint32_t last_id_ = 0;
};

}  // namespace basic::gui::test
