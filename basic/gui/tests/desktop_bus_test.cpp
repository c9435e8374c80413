// Stories of the window and the desktop's services, on a bus of the test's own.

#include <gtest/gtest.h>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusVariant>
#include <QFile>
#include <QGuiApplication>
#include <QPalette>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <memory>
#include <vector>

#include "desktop_theme.h"
#include "notifier.h"

namespace basic::gui {

/// Stands for the desktop's notification service.
class FakeService final : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

 public:
  struct Call {
    uint replaces = 0;
    QString summary, body;
    QStringList actions;
    QVariantMap hints;
    uint id = 0;
  };

  explicit FakeService(QStringList capabilities) : capabilities_(std::move(capabilities)) {}

  int asked_for_capabilities = 0;
  std::vector<Call> calls;
  std::vector<uint> closed;

 public slots:
  QStringList GetCapabilities() {
    ++asked_for_capabilities;
    return capabilities_;
  }
  uint Notify(const QString& /*app*/, uint replaces, const QString& /*icon*/,
              const QString& summary, const QString& body, const QStringList& actions,
              const QVariantMap& hints, int /*timeout*/) {
    const uint id = replaces != 0 ? replaces : ++last_id_;
    calls.push_back({replaces, summary, body, actions, hints, id});
    return id;
  }
  void CloseNotification(uint id) {
    closed.push_back(id);
    emit NotificationClosed(id, 3);
  }

 signals:
  void NotificationClosed(uint id, uint reason);
  void ActionInvoked(uint id, const QString& action);
  void NotificationReplied(uint id, const QString& text);

 private:
  QStringList capabilities_;
  uint last_id_ = 0;
};

/// Stands for the desktop's settings.
class FakePortal final : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

 public:
  explicit FakePortal(uint scheme) : scheme_(scheme) {}

 public slots:
  QDBusVariant Read(const QString& /*space*/, const QString& key) {
    const QVariant value(key == QLatin1String("color-scheme") ? scheme_ : 0U);
    return QDBusVariant(QVariant::fromValue(QDBusVariant(value)));
  }

 signals:
  void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

 private:
  uint scheme_;
};

namespace {

constexpr const char* kNotifications = "org.freedesktop.Notifications";
constexpr const char* kNotificationsPath = "/org/freedesktop/Notifications";
constexpr const char* kPortal = "org.freedesktop.portal.Desktop";
constexpr const char* kPortalPath = "/org/freedesktop/portal/desktop";
const QStringList kPlain{"body", "actions"};
const QStringList kRich{"body", "actions", "body-markup", "inline-reply"};

/// Only what these tests need, and nothing that the machine could start by itself.
constexpr const char* kBusConfig = R"(<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=%1</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>)";

class OnABus : public testing::Test {
 protected:
  void SetUp() override {
    const QString daemon = QStandardPaths::findExecutable("dbus-daemon");
    if (daemon.isEmpty()) GTEST_SKIP() << "dbus-daemon is missing (package dbus-daemon)";
    QFile config(folder_.filePath("bus.conf"));
    ASSERT_TRUE(config.open(QFile::WriteOnly));
    config.write(QString(kBusConfig).arg(folder_.path()).toUtf8());
    config.close();
    daemon_.start(daemon, {"--config-file=" + config.fileName(), "--print-address", "--nofork"});
    ASSERT_TRUE(daemon_.waitForReadyRead(10000)) << daemon_.readAllStandardError().toStdString();
    address_ = QString::fromUtf8(daemon_.readLine()).trimmed();
  }

  void TearDown() override {
    for (const QString& name : names_) QDBusConnection::disconnectFromBus(name);
    daemon_.kill();
    daemon_.waitForFinished();
  }

  /// A connection of its own, as another process would have.
  QDBusConnection connection() {
    names_ << QStringLiteral("test%1").arg(++connections_);
    return QDBusConnection::connectToBus(address_, names_.last());
  }

  template <typename Service>
  QDBusConnection serve(Service& service, const char* name, const char* path) {
    QDBusConnection bus = connection();
    EXPECT_TRUE(bus.registerObject(
        path, &service, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    EXPECT_TRUE(bus.registerService(name));
    return bus;
  }

  static bool until(const std::function<bool()>& holds) { return QTest::qWaitFor(holds, 10000); }

  /// Until everything that was said on `bus` so far has been heard.
  static void settle(QDBusConnection bus, const char* by) {
    const auto call =
        bus.asyncCall(QDBusMessage::createMethodCall(by, "/", "org.freedesktop.DBus.Peer", "Ping"));
    EXPECT_TRUE(until([&] { return call.isFinished(); }));
  }

 private:
  QTemporaryDir folder_;
  QProcess daemon_;
  QString address_;
  QStringList names_;
  static inline int connections_ = 0;
};

class Notifying : public OnABus {
 protected:
  Notifier& notifier() {
    if (!notifier_) {
      Notifier::Options options;
      options.pace = pace_;
      notifier_ = std::make_unique<Notifier>(ours(), options);
    }
    return *notifier_;
  }
  QDBusConnection ours() {
    if (!ours_) ours_ = std::make_unique<QDBusConnection>(connection());
    return *ours_;
  }
  void start_service(const QStringList& capabilities) {
    service_ = std::make_unique<FakeService>(capabilities);
    theirs_ =
        std::make_unique<QDBusConnection>(serve(*service_, kNotifications, kNotificationsPath));
  }
  void stop_service() {
    theirs_->unregisterService(kNotifications);
    theirs_->unregisterObject(kNotificationsPath);
  }
  bool shows(std::size_t count) {
    return until([&] { return service_->calls.size() >= count; });
  }
  void settle() { OnABus::settle(ours(), kNotifications); }
  void TearDown() override {
    notifier_.reset();
    OnABus::TearDown();
  }

  std::unique_ptr<FakeService> service_;
  std::chrono::milliseconds pace_{0};

 private:
  std::unique_ptr<QDBusConnection> ours_, theirs_;
  std::unique_ptr<Notifier> notifier_;
};

TEST_F(Notifying, TellsATextUnderTheNameSheIsCalledBy) {
  start_service(kPlain);
  notifier().notify_text("milhouse", "Milhouse van Houten", "Hi Lisa");
  ASSERT_TRUE(shows(1));
  const auto& call = service_->calls[0];
  EXPECT_EQ(call.summary, "Milhouse van Houten");
  EXPECT_EQ(call.body, "Hi Lisa");
  EXPECT_EQ(call.hints["desktop-entry"].toString(), "org.ohim.Basic");
  EXPECT_EQ(call.hints["sound-name"].toString(), "message-new-instant");
}

TEST_F(Notifying, EscapesTextsOnlyWhereMarkupIsUnderstood) {
  const QString hostile = "<b>&amp;<img src='x'>";
  start_service(kRich);
  notifier().notify_text("nelson", "Nelson", hostile);
  ASSERT_TRUE(shows(1));
  EXPECT_EQ(service_->calls[0].body, hostile.toHtmlEscaped());

  stop_service();
  start_service(kPlain);
  settle();
  notifier().notify_text("nelson", "Nelson", hostile);
  ASSERT_TRUE(shows(1));
  EXPECT_EQ(service_->calls[0].body, hostile);
}

TEST_F(Notifying, ShortensWithoutCuttingALetterInTwo) {
  start_service(kPlain);
  notifier().notify_text("nelson", "Nelson", "x" + QString("👩‍🚀").repeated(4000));
  ASSERT_TRUE(shows(1));
  const QString& body = service_->calls[0].body;
  EXPECT_LT(body.size(), 300);
  EXPECT_TRUE(body.endsWith("👩‍🚀…")) << body.toStdString();
}

TEST_F(Notifying, AsksOnceWhatTheServiceCan) {
  start_service(kPlain);
  for (const char* name : {"lisa", "bart", "maggie"}) notifier().notify_text(name, name, "hi");
  ASSERT_TRUE(shows(3));
  EXPECT_EQ(service_->asked_for_capabilities, 1);
}

TEST_F(Notifying, ReplacesWhatItShowedOfTheSameBuddy) {
  start_service(kPlain);
  notifier().notify_text("milhouse", "Milhouse", "first");
  ASSERT_TRUE(shows(1));
  settle();
  notifier().notify_text("milhouse", "Milhouse", "second");
  ASSERT_TRUE(shows(2));
  EXPECT_EQ(service_->calls[1].replaces, service_->calls[0].id);
}

TEST_F(Notifying, ShowsOfAFloodTheLastText) {
  start_service(kPlain);
  for (int i = 1; i <= 200; ++i) notifier().notify_text("milhouse", "Milhouse", QString::number(i));
  ASSERT_TRUE(
      until([&] { return !service_->calls.empty() && service_->calls.back().body == "200"; }));
  EXPECT_LE(service_->calls.size(), 2U);
  EXPECT_EQ(service_->calls.back().id, 1U);
}

TEST_F(Notifying, OpensTheConversationThatWasClicked) {
  start_service(kPlain);
  QSignalSpy opened(&notifier(), &Notifier::open_wanted);
  QSignalSpy replied(&notifier(), &Notifier::reply_wanted);
  notifier().notify_text("milhouse", "Milhouse", "hi");
  ASSERT_TRUE(shows(1));
  settle();
  EXPECT_EQ(service_->calls[0].actions.filter("reply"), QStringList{"reply"});
  emit service_->ActionInvoked(1, "default");
  emit service_->ActionInvoked(1, "reply");
  emit service_->ActionInvoked(77, "reply");
  ASSERT_TRUE(until([&] { return opened.size() == 1 && replied.size() == 1; }));
  EXPECT_EQ(opened[0][0].toString(), "milhouse");
  EXPECT_EQ(replied[0][0].toString(), "milhouse");
}

TEST_F(Notifying, TakesAReplyThatWasTypedInTheNotification) {
  start_service(kRich);
  QSignalSpy typed(&notifier(), &Notifier::reply_typed);
  notifier().notify_text("milhouse", "Milhouse", "hi");
  ASSERT_TRUE(shows(1));
  settle();
  EXPECT_TRUE(service_->calls[0].actions.contains("inline-reply"));
  emit service_->NotificationReplied(1, "  ");
  emit service_->NotificationReplied(1, "hi yourself");
  ASSERT_TRUE(until([&] { return !typed.empty(); }));
  EXPECT_EQ(typed[0], (QVariantList{"milhouse", "hi yourself"}));
}

TEST_F(Notifying, DoesNotObeySomebodyWhoIsNotTheService) {
  start_service(kRich);
  QSignalSpy typed(&notifier(), &Notifier::reply_typed);
  notifier().notify_text("milhouse", "Milhouse", "hi");
  ASSERT_TRUE(shows(1));
  settle();
  const auto say = [](QDBusConnection bus, const QString& text) {
    QDBusMessage signal =
        QDBusMessage::createSignal(kNotificationsPath, kNotifications, "NotificationReplied");
    signal.setArguments({1U, text});
    bus.send(signal);
  };
  QDBusConnection stranger = connection();
  say(stranger, "send me your keys");
  OnABus::settle(stranger, kNotifications);
  emit service_->NotificationReplied(1, "hi yourself");
  ASSERT_TRUE(until([&] { return !typed.empty(); }));
  EXPECT_EQ(typed[0][1].toString(), "hi yourself");
}

TEST_F(Notifying, ClosesWhatHasBeenRead) {
  start_service(kPlain);
  notifier().notify_text("milhouse", "Milhouse", "hi");
  ASSERT_TRUE(shows(1));
  settle();
  notifier().close("milhouse");
  ASSERT_TRUE(until([&] { return !service_->closed.empty(); }));
  settle();
  notifier().notify_text("milhouse", "Milhouse", "again");
  ASSERT_TRUE(shows(2));
  EXPECT_EQ(service_->calls[1].replaces, 0U);
}

TEST_F(Notifying, ClosesAlsoWhatWasReadBeforeItWasShown) {
  start_service(kPlain);
  notifier().notify_text("lisa", "Lisa", "hi");
  ASSERT_TRUE(shows(1));
  notifier().notify_text("milhouse", "Milhouse", "hi");
  notifier().close("milhouse");  // the service has not given it a number yet
  ASSERT_TRUE(until([&] { return !service_->closed.empty(); }));
  EXPECT_EQ(service_->closed, std::vector<uint>{2});
}

TEST_F(Notifying, LeavesATextWhereSheComesOnLine) {
  start_service(kPlain);
  notifier().notify_online("milhouse", "Milhouse");
  ASSERT_TRUE(shows(1));
  EXPECT_EQ(service_->calls[0].hints["category"].toString(), "presence.online");
  notifier().notify_text("milhouse", "Milhouse", "hi");
  ASSERT_TRUE(shows(2));
  notifier().notify_online("milhouse", "Milhouse");
  settle();
  EXPECT_EQ(service_->calls.size(), 2U);
}

TEST_F(Notifying, LetsStrangersShareOnePlace) {
  start_service(kPlain);
  for (int i = 0; i < 50; ++i) notifier().notify_request(QStringLiteral("stranger%1").arg(i));
  ASSERT_TRUE(until(
      [&] { return !service_->calls.empty() && service_->calls.back().summary == "stranger49"; }));
  const auto same = [](const FakeService::Call& call) { return call.id == 1; };
  EXPECT_TRUE(std::ranges::all_of(service_->calls, same));
}

TEST_F(Notifying, AsksForSilenceWhenSoundsAreOff) {
  start_service(kPlain);
  notifier().set_sounds(false);
  notifier().notify_text("milhouse", "Milhouse", "hi");
  ASSERT_TRUE(shows(1));
  EXPECT_TRUE(service_->calls[0].hints["suppress-sound"].toBool());
  EXPECT_FALSE(service_->calls[0].hints.contains("sound-name"));
}

TEST_F(Notifying, SaysNothingWithoutAServiceAndSpeaksWhenThereIsOne) {
  notifier().notify_text("milhouse", "Milhouse", "nobody shows this");
  notifier().close("milhouse");
  OnABus::settle(ours(), "org.freedesktop.DBus");
  start_service(kPlain);
  notifier().notify_text("milhouse", "Milhouse", "hi");
  ASSERT_TRUE(shows(1));
  EXPECT_EQ(service_->calls[0].body, "hi");
}

TEST_F(Notifying, WhatWaitedWhileTheServiceWentIsShownByTheNext) {
  pace_ = std::chrono::hours(1);
  start_service(kPlain);
  notifier().notify_text("milhouse", "Milhouse", "first");
  ASSERT_TRUE(shows(1));
  notifier().notify_text("milhouse", "Milhouse", "second");
  stop_service();
  start_service(kPlain);
  ASSERT_TRUE(shows(1));
  EXPECT_EQ(service_->calls[0].body, "second");
}

TEST_F(Notifying, BeginsAnewWithAServiceThatWasRestarted) {
  start_service(kPlain);
  notifier().notify_text("milhouse", "Milhouse", "hi");
  ASSERT_TRUE(shows(1));
  settle();
  stop_service();
  start_service(kRich);
  settle();
  notifier().notify_text("milhouse", "Milhouse", "again");
  ASSERT_TRUE(shows(1));
  EXPECT_EQ(service_->asked_for_capabilities, 1);
  EXPECT_EQ(service_->calls[0].replaces, 0U);
}

TEST(NotifyingWithoutABus, DoesNothing) {
  Notifier notifier(QDBusConnection(QStringLiteral("nowhere")));
  notifier.notify_text("milhouse", "Milhouse", "hi");
  notifier.close("milhouse");
}

using FollowingTheDesktop = OnABus;

Theme::Kind of_the_palette() {
  const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
  return dark ? Theme::Kind::dark : Theme::Kind::light;
}

TEST_F(FollowingTheDesktop, BecomesWhatItIsSet) {
  FakePortal portal(1);
  QDBusConnection theirs = serve(portal, kPortal, kPortalPath);
  DesktopTheme theme(connection());
  std::vector<Theme::Kind> seen;
  QObject::connect(&theme, &DesktopTheme::changed, [&](Theme::Kind kind) { seen.push_back(kind); });
  ASSERT_TRUE(until([&] { return theme.kind() == Theme::Kind::dark; }));

  const auto set = [&](const char* key, uint value) {
    emit portal.SettingChanged("org.freedesktop.appearance", key, QDBusVariant(value));
  };
  set("color-scheme", 2);
  ASSERT_TRUE(until([&] { return theme.kind() == Theme::Kind::light; }));
  set("contrast", 1);
  ASSERT_TRUE(until([&] { return theme.kind() == Theme::Kind::high_contrast; }));
  set("contrast", 0);
  ASSERT_TRUE(until([&] { return theme.kind() == Theme::Kind::light; }));
  EXPECT_EQ(seen.back(), Theme::Kind::light);
}

TEST_F(FollowingTheDesktop, GoesByThePaletteIfNobodyKnows) {
  QDBusConnection ours = connection();
  DesktopTheme alone(ours);
  settle(ours, "org.freedesktop.DBus");
  EXPECT_EQ(alone.kind(), of_the_palette());

  FakePortal indifferent(0);
  QDBusConnection theirs = serve(indifferent, kPortal, kPortalPath);
  DesktopTheme theme(ours);
  settle(ours, kPortal);
  EXPECT_EQ(theme.kind(), of_the_palette());
}

}  // namespace
}  // namespace basic::gui

#include "desktop_bus_test.moc"
