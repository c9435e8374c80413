// Two real windows that talk through a real node: by keyboard, and by screen reader's eyes.

#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "basic/gui/window.h"
#include "client_thread.h"

namespace {

constexpr int kPatience = 30'000;  // milliseconds; nothing here takes so long
const QString kPassword = QStringLiteral("seven purple saxophones on the roof");
constexpr unsigned kWorkBits = 6;

openhash::Rules quick_rules(std::uint32_t network) {
  openhash::Rules rules;
  rules.network = network;
  rules.work_named = kWorkBits;
  rules.work_opaque = kWorkBits;
  return rules;
}

/// An openhashd of its own, on a port of the machine's choice.
class Node {
 public:
  explicit Node(std::uint32_t network) {
    process_.setProgram(QString::fromLocal8Bit(qgetenv("OHIM_BIN")) + "/openhashd");
    process_.setArguments({"--listen", "127.0.0.1:0", "--state", folder_.filePath("state"),
                           "--network", QString::number(network), "--work-bits",
                           QString::number(kWorkBits)});
    process_.start();
    static const QRegularExpression endpoint(R"(\b\d+\.\d+\.\d+\.\d+:\d+\b)");
    while (endpoint_.isEmpty() && process_.waitForReadyRead(kPatience))
      endpoint_ = endpoint.match(QString::fromUtf8(process_.readAll())).captured();
  }
  ~Node() {
    process_.kill();
    process_.waitForFinished(kPatience);
  }
  [[nodiscard]] std::string endpoint() const { return endpoint_.toStdString(); }

 private:
  QTemporaryDir folder_;
  QProcess process_;
  QString endpoint_;
};

/// Somebody at her keyboard.
class Person {
 public:
  Person(const std::string& node, std::uint32_t network) {
    options_.profile = folder_.path().toStdString();
    options_.nodes = {node};
    options_.rules = quick_rules(network);
    options_.client.presence.password.memory = std::size_t{8} << 20;
    options_.client.presence.claim_settles = std::chrono::milliseconds(500);
    arrive();
  }
  ~Person() { leave(); }

  void arrive() {
    bridge_ = std::make_unique<basic::gui::Bridge>();
    auto started = ClientThread::start(options_, *bridge_, [] {});
    if (!started) throw std::runtime_error(started.error().message());
    thread_ = std::move(*started);
    window_ = std::make_unique<basic::gui::Window>(*bridge_, options_.profile);
    window_->resize(1000, 700);
    window_->show();
  }
  void leave() {
    if (window_) window_->finish();
    window_.reset();
    thread_.reset();
  }
  /// Signs on again, and leaves the keyboard to others.
  void come_back(const QString& name) {
    QWidget* const before = QApplication::activeWindow();
    arrive();
    sit_down();
    tab_to("nameField");
    must(find<QLineEdit>("nameField")->text() == name, "the name last used is forgotten");
    tab_to("passwordField");
    type(kPassword);
    press(Qt::Key_Return);
    must(waits_until([this] { return shows("roster"); }), read_aloud("startPage"));
    QApplication::setActiveWindow(before);
    must(QTest::qWaitForWindowActive(before, kPatience), "the window before is not active");
  }
  void sit_down() {
    window_->come_forward();
    QApplication::setActiveWindow(window_.get());
    must(QTest::qWaitForWindowActive(window_.get(), kPatience), "the window is not active");
  }
  void type(const QString& words) {
    for (const QChar letter : words) QTest::keyClick(focus(), letter.toLatin1());
  }
  void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
    QTest::keyClick(focus(), key, with);
  }
  /// Tab until that is where the keyboard is.
  void tab_to(const char* name) {
    QString way;
    for (int i = 0; i < 60; ++i) {
      if (focus()->objectName() == QLatin1String(name)) return;
      way += focus()->objectName() + ' ';
      press(Qt::Key_Tab);
    }
    must(false, QStringLiteral("Tab does not lead to %1: %2").arg(QLatin1String(name), way));
  }
  [[nodiscard]] QWidget* focus() const {
    QWidget* const widget = QApplication::focusWidget();
    return widget ? widget : window_.get();
  }
  template <typename T = QWidget>
  [[nodiscard]] T* find(const char* name) const {
    return window_->findChild<T*>(QString::fromLatin1(name));
  }
  [[nodiscard]] bool shows(const char* name) const {
    const auto* const widget = find(name);
    return widget && widget->isVisible();
  }
  /// All that a screen reader finds in that part of the window, a line each.
  [[nodiscard]] QString read_aloud(const char* name) const {
    QString said;
    if (QWidget* const widget = find(name))
      read(QAccessible::queryAccessibleInterface(widget), said);
    return said;
  }
  basic::gui::Window& window() { return *window_; }

  void register_by_keyboard(const QString& name) {
    tab_to("startOther");
    press(Qt::Key_Space);
    tab_to("nameField");
    type(name);
    tab_to("passwordField");
    type(kPassword);
    tab_to("passwordAgainField");
    type(kPassword);
    press(Qt::Key_Return);
    must(waits_until([this] { return shows("keyPage"); }), read_aloud("startPage"));
    press(Qt::Key_Space);  // the button that has the focus: go on
    must(waits_until([this] { return shows("roster"); }), "the buddies are not shown");
  }
  void add_by_keyboard(const QString& name) {
    press(Qt::Key_N, Qt::ControlModifier);
    must(focus()->objectName() == "promptField", focus()->objectName());
    type(name);
    press(Qt::Key_Return);
    must(waits_for("buddyList", name), read_aloud("roster"));
    press(Qt::Key_Escape);
  }
  [[nodiscard]] static bool waits_until(const std::function<bool()>& holds) {
    return QTest::qWaitFor(holds, kPatience);
  }
  [[nodiscard]] bool waits_for(const char* part, const QString& words) const {
    return waits_until([&] { return read_aloud(part).contains(words); });
  }

  /// What a story cannot go on without.
  static void must(bool holds, const QString& otherwise) {
    if (!holds) throw std::runtime_error(otherwise.toStdString());
  }

 private:
  static void read(QAccessibleInterface* item, QString& said) {
    if (!item || !item->isValid()) return;
    said += item->text(QAccessible::Name) + '\n';
    for (int i = 0; i < item->childCount(); ++i) read(item->child(i), said);
  }

  QTemporaryDir folder_;
  Options options_;
  std::unique_ptr<basic::gui::Bridge> bridge_;
  std::unique_ptr<ClientThread> thread_;
  std::unique_ptr<basic::gui::Window> window_;
};

class TwoWindows : public ::testing::Test {
 protected:
  void meet() {
    lisa_.sit_down();
    lisa_.register_by_keyboard("lisa");
    milhouse_.sit_down();
    milhouse_.register_by_keyboard("milhouse");
    milhouse_.add_by_keyboard("lisa");
    lisa_.sit_down();
    lisa_.add_by_keyboard("milhouse");
    lisa_.must(lisa_.waits_for("buddyList", "milhouse, online"), lisa_.read_aloud("roster"));
    lisa_.must(milhouse_.waits_for("buddyList", "lisa, online"), milhouse_.read_aloud("roster"));
  }

  static constexpr std::uint32_t kNetwork = 4711;
  Node node_{kNetwork};
  Person lisa_{node_.endpoint(), kNetwork};
  Person milhouse_{node_.endpoint(), kNetwork};
};

TEST_F(TwoWindows, AWholeEveningByKeyboardAlone) {
  meet();
  // Talk.
  lisa_.press(Qt::Key_K, Qt::ControlModifier);
  lisa_.type("milh");
  lisa_.press(Qt::Key_Down);
  lisa_.press(Qt::Key_Return);
  ASSERT_EQ(lisa_.focus()->objectName(), "messageInput");
  lisa_.type("My glasses!");
  lisa_.press(Qt::Key_Return);
  ASSERT_TRUE(lisa_.waits_for("conversation", "My glasses!, delivered"))
      << lisa_.read_aloud("conversation").toStdString();
  ASSERT_TRUE(milhouse_.waits_for("buddyList", "1 unread"));
  // Another status.
  lisa_.press(Qt::Key_3, Qt::ControlModifier);
  ASSERT_TRUE(milhouse_.waits_for("buddyList", "lisa, busy"));
  // Answer.
  milhouse_.sit_down();
  milhouse_.press(Qt::Key_K, Qt::ControlModifier);
  milhouse_.press(Qt::Key_Down);
  milhouse_.press(Qt::Key_Return);
  ASSERT_TRUE(milhouse_.waits_for("conversation", "My glasses!"));
  milhouse_.type("On your nose.");
  milhouse_.press(Qt::Key_Return);
  ASSERT_TRUE(lisa_.waits_for("conversation", "On your nose."));
  ASSERT_TRUE(QTest::qWaitFor(
      [this] { return !milhouse_.read_aloud("buddyList").contains("unread"); }, kPatience));
  // A feature less.
  milhouse_.press(Qt::Key_Comma, Qt::ControlModifier);
  ASSERT_TRUE(milhouse_.waits_until([this] { return milhouse_.shows("feature-status"); }));
  milhouse_.tab_to("feature-status");
  milhouse_.press(Qt::Key_Space);
  lisa_.sit_down();
  // Sign off.
  lisa_.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
  lisa_.type("sign off");
  lisa_.press(Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([this] { return lisa_.shows("startPage"); }));
  milhouse_.sit_down();
  ASSERT_TRUE(milhouse_.waits_for("buddyList", "lisa, offline"));
}

TEST_F(TwoWindows, WhatIsTypedToSomebodyWhoLeavesIsKeptAndOffered) {
  meet();
  lisa_.window().open("milhouse");
  milhouse_.leave();
  ASSERT_TRUE(lisa_.waits_for("buddyList", "milhouse, offline"));
  lisa_.type("The atlas!");
  lisa_.press(Qt::Key_Return);
  auto* const input = lisa_.find<QPlainTextEdit>("messageInput");
  ASSERT_NE(input, nullptr);
  EXPECT_EQ(input->toPlainText(), "The atlas!");
  milhouse_.come_back("milhouse");
  ASSERT_TRUE(lisa_.waits_for("buddyList", "milhouse, online"));
  ASSERT_TRUE(lisa_.waits_until([this] { return lisa_.shows("offerSend"); }));
  lisa_.tab_to("offerSend");
  lisa_.press(Qt::Key_Space);
  ASSERT_TRUE(lisa_.waits_for("conversation", "The atlas!, delivered"))
      << lisa_.read_aloud("conversation").toStdString();
}

/// Roles that people act on or read; each needs a name.
bool needs_a_name(QAccessible::Role role) {
  switch (role) {
    case QAccessible::PushButton:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::EditableText:
    case QAccessible::ComboBox:
    case QAccessible::SpinBox:
    case QAccessible::List:
    case QAccessible::ListItem:
    case QAccessible::Tree:
    case QAccessible::TreeItem:
    case QAccessible::MenuItem:
    case QAccessible::PageTab:
    case QAccessible::ProgressBar:
      return true;
    default:
      return false;
  }
}

void collect_nameless(QAccessibleInterface* item, const QString& way, QStringList& nameless) {
  if (!item || !item->isValid() || item->state().invisible) return;
  QObject* const object = item->object();
  const QString here = way + '/' + (object ? object->objectName() : QString()) + '(' +
                       QString::number(item->role()) + ')';
  // What Qt makes of itself inside a control that has a name.
  const bool inner = object && object->objectName().startsWith("qt_");
  if (!inner && needs_a_name(item->role()) && item->text(QAccessible::Name).isEmpty())
    nameless << here;
  for (int i = 0; i < item->childCount(); ++i) collect_nameless(item->child(i), here, nameless);
}

TEST_F(TwoWindows, NoControlIsWithoutAName) {
  QStringList nameless;
  const auto look = [&] {
    collect_nameless(QAccessible::queryAccessibleInterface(&lisa_.window()), {}, nameless);
  };
  look();
  meet();
  look();
  lisa_.window().open("milhouse");
  lisa_.type("Hello");
  lisa_.press(Qt::Key_Return);
  ASSERT_TRUE(lisa_.waits_for("conversation", "Hello, delivered"));
  look();
  lisa_.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
  look();
  lisa_.press(Qt::Key_Escape);
  lisa_.press(Qt::Key_Comma, Qt::ControlModifier);
  ASSERT_TRUE(lisa_.waits_until([this] { return lisa_.shows("feature-text"); }));
  look();
  EXPECT_TRUE(nameless.isEmpty()) << nameless.join('\n').toStdString();
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  QApplication::setQuitOnLastWindowClosed(false);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
