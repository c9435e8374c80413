// The whole window beside a simulated town: what its parts tell each other.

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "basic/gui/window.h"
#include "notifier.h"
#include "sim_people.h"

namespace basic::gui::test {
namespace {

class WholeWindow : public ::testing::Test {
 protected:
  WholeWindow() {
    people_.join("milhouse");
    Client& lisa = people_.serve("lisa", bridge_);
    SimPeople::must(people_.world().run(lisa.register_user("lisa", SimPeople::secret())));
    window_ = std::make_unique<Window>(bridge_, folder_.path().toStdString());
    window_->resize(1000, 700);
    window_->show();
    QTest::keyClicks(&find<QLineEdit>("nameField"), "lisa");
    QTest::keyClicks(&find<QLineEdit>("passwordField"), QString::fromStdString(kPassword));
    QTest::mouseClick(&find<QPushButton>("startSubmit"), Qt::LeftButton);
    people_.until("Lisa is signed on", [this] { return find<QWidget>("roster").isVisible(); });
    people_.pass(1s);
  }
  ~WholeWindow() override { bridge_.detach(); }

  template <typename T>
  T& find(const char* name) {
    return *window_->findChild<T*>(QString::fromLatin1(name));
  }
  void meet_milhouse() {
    auto& world = people_.world();
    SimPeople::must(world.run(people_.at("lisa").add_buddy("milhouse")));
    SimPeople::must(world.run(people_.at("milhouse").add_buddy("lisa")));
    people_.pass(3s);
  }

  SimPeople people_;
  QTemporaryDir folder_;
  Bridge bridge_;
  std::unique_ptr<Window> window_;
};

TEST_F(WholeWindow, AnEmptyListSaysHowToBegin) {
  EXPECT_TRUE(find<QLabel>("noConversation").text().startsWith("All you need is the name"));
  QTest::mouseClick(&find<QPushButton>("firstBuddy"), Qt::LeftButton);
  EXPECT_TRUE(find<QLineEdit>("promptField").isVisible());
  meet_milhouse();
  EXPECT_EQ(find<QLabel>("noConversation").text(), "Choose somebody to talk with.");
  EXPECT_FALSE(find<QPushButton>("firstBuddy").isVisible());
}

TEST_F(WholeWindow, DoesNotCallOneselfOnLineWhileTheLineIsCut) {
  const auto status = [this] { return find<QToolButton>("statusButton").accessibleName(); };
  meet_milhouse();
  EXPECT_FALSE(status().contains("cut"));
  people_.world().cut("lisa");
  people_.store("lisa").set_reachable(false);
  people_.pass(30s);
  EXPECT_TRUE(status().endsWith("but your line is cut: nobody sees it")) << qPrintable(status());
}

TEST_F(WholeWindow, WhatIsAnsweredFromANotificationIsRead) {
  meet_milhouse();
  const auto unread = [this] {
    for (const Buddy& buddy : people_.at("lisa").buddies())
      if (buddy.name.str() == "milhouse") return buddy.unread;
    throw std::runtime_error("Milhouse is not on the list");
  };
  SimPeople::must(people_.world().run(people_.at("milhouse").send_text("lisa", "Hi!")));
  people_.pass(3s);
  ASSERT_EQ(unread(), 1U);
  emit window_->findChild<Notifier*>()->reply_typed("milhouse", "Hi yourself");
  people_.pass(3s);
  EXPECT_EQ(unread(), 0U);
}

TEST_F(WholeWindow, ShowsAThousandPiecesOfNewsOnce) {
  meet_milhouse();
  int titles = 0;
  QObject::connect(window_.get(), &QWidget::windowTitleChanged, [&] { ++titles; });
  Buddy milhouse = people_.at("lisa").buddies().front();
  for (int i = 1; i <= 1000; ++i) {
    milhouse.unread = static_cast<decltype(milhouse.unread)>(i);
    emit bridge_.presence_changed(milhouse);
  }
  people_.pass(100ms);
  EXPECT_EQ(titles, 1);
  EXPECT_EQ(window_->windowTitle(), "(1000)");
}

}  // namespace
}  // namespace basic::gui::test
