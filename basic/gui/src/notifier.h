#pragma once
// News through the desktop's own notification service (org.freedesktop.Notifications, 1.2).

#include <QDBusConnection>
#include <QObject>
#include <QString>
#include <QStringList>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

class QDBusPendingCallWatcher;

namespace basic::gui {

/// Shows at most one notification per buddy, the newest, and one for all who ask to be let in.
/// Never waits: everything is asked by messages, and where there is no bus, no service or no answer
/// nothing is shown and nothing is said.
///
/// Names are those of the network; `shown` is what the user calls her. Texts are plain, of any
/// length, and hostile; they are shortened and escaped here.
class Notifier final : public QObject {
  Q_OBJECT

 public:
  struct Options {
    /// A flood of texts changes a notification at most this often, to the newest one.
    std::chrono::milliseconds pace{1000};
  };

  Notifier(QDBusConnection bus, Options options, QObject* parent = nullptr);
  explicit Notifier(QDBusConnection bus, QObject* parent = nullptr)
      : Notifier(std::move(bus), Options(), parent) {}

  /// Of those to come. On at first.
  void set_sounds(bool on) { sounds_ = on; }

  void notify_text(const QString& name, const QString& shown, const QString& text);
  /// "… is online". Does not take the place of a text of hers.
  void notify_online(const QString& name, const QString& shown);
  /// Somebody who is not on the list would like to talk.
  void notify_request(const QString& name);
  /// What was shown of her has been read, or is no longer of interest.
  void close(const QString& name);

 signals:
  /// The notification was clicked.
  void open_wanted(const QString& name);
  /// The conversation is to be opened, ready to be written in.
  void reply_wanted(const QString& name);
  /// Written in the notification itself: to be sent as it is.
  void reply_typed(const QString& name, const QString& text);

 private:
  enum class Kind { text, online, request };
  struct Notice {
    Kind kind;
    QString name;
    QString summary;
    QString body;
  };
  /// Whose: a buddy's name, or none for all requests together.
  using Key = QString;
  struct Place {
    uint id = 0;  ///< the service's number of what is shown; 0: nothing is
    std::optional<Notice> shown{};
    std::optional<Notice> next{};
    bool calling = false;  ///< the service has not answered yet
    bool pausing = false;  ///< it has, just now
    bool closing = false;  ///< what is shown is to be closed as soon as it has a number
  };

  void post(Notice notice);
  void ask_capabilities();
  void send(const Key& key);
  void answered(const Key& key, QDBusPendingCallWatcher& watcher);
  void pause_over(const Key& key);
  void close_place(const Key& key);
  void forget_if_empty(const Key& key);
  void service_changed(const QString& service, const QString& before, const QString& now);
  void start_over();
  [[nodiscard]] const Place* find(uint id) const;
  [[nodiscard]] QVariantList arguments(const Place& place, const Notice& notice) const;
  [[nodiscard]] QVariantMap hints(const Notice& notice) const;
  [[nodiscard]] QStringList actions(const Notice& notice) const;

 private slots:
  void on_closed(uint id, uint reason);
  void on_action(uint id, const QString& action);
  void on_replied(uint id, const QString& text);

 private:
  QDBusConnection bus_;
  Options options_;
  bool sounds_ = true;
  bool asking_ = false;
  std::optional<QStringList> capabilities_;
  std::map<Key, Place> places_;
  /// Counts the services there have been: answers meant for an earlier one are dropped.
  unsigned age_ = 0;
};

}  // namespace basic::gui
