#include "notifier.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QTextBoundaryFinder>
#include <QTimer>
#include <algorithm>
#include <vector>

namespace basic::gui {
namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kDesktopEntry = QStringLiteral("org.ohim.Basic");
constexpr int kLongestSummary = 80;  // characters; services cut at less
constexpr int kLongestBody = 240;

QDBusMessage call(const QString& method) {
  return QDBusMessage::createMethodCall(kService, kPath, kService, method);
}

/// On one line, and short; never half of a character.
QString shortened(const QString& text, int most) {
  // Only the beginning is looked at: a text may be long, and this runs for each.
  const QString line = text.left(4 * most).simplified();
  if (line.size() <= most) return line;
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, line);
  finder.setPosition(most);
  const auto cut = finder.isAtBoundary() ? most : finder.toPreviousBoundary();
  return line.left(cut) + QStringLiteral("…");
}

}  // namespace

Notifier::Notifier(QDBusConnection bus, Options options, QObject* parent)
    : QObject(parent), bus_(std::move(bus)), options_(options) {
  if (!bus_.isConnected()) return;
  const auto listen = [this](const char* signal, const char* slot) {
    bus_.connect(kService, kPath, kService, QLatin1String(signal), this, slot);
  };
  listen("NotificationClosed", SLOT(on_closed(uint, uint)));
  listen("ActionInvoked", SLOT(on_action(uint, QString)));
  listen("NotificationReplied", SLOT(on_replied(uint, QString)));
  auto* const watcher =
      new QDBusServiceWatcher(kService, bus_, QDBusServiceWatcher::WatchForOwnerChange, this);
  connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &Notifier::service_changed);
}

void Notifier::notify_text(const QString& name, const QString& shown, const QString& text) {
  post({Kind::text, name, shown, text});
}

void Notifier::notify_online(const QString& name, const QString& shown) {
  const auto place = places_.find(name);
  const auto is_text = [](const std::optional<Notice>& notice) {
    return notice && notice->kind == Kind::text;
  };
  if (place != places_.end() && (is_text(place->second.shown) || is_text(place->second.next)))
    return;
  post({Kind::online, name, shown, tr("is online")});
}

void Notifier::notify_request(const QString& name) {
  post({Kind::request, name, name, tr("is not on your list and would like to talk with you")});
}

void Notifier::close(const QString& name) {
  close_place(name);
  const auto requests = places_.find(Key());
  if (requests == places_.end()) return;
  const auto& newest = requests->second.next ? requests->second.next : requests->second.shown;
  if (newest && newest->name == name) close_place(Key());
}

void Notifier::post(Notice notice) {
  if (!bus_.isConnected()) return;
  notice.summary = shortened(notice.summary, kLongestSummary);
  notice.body = shortened(notice.body, kLongestBody);
  const Key key = notice.kind == Kind::request ? Key() : notice.name;
  Place& place = places_[key];
  place.next = std::move(notice);
  place.closing = false;
  if (capabilities_)
    send(key);
  else
    ask_capabilities();
}

void Notifier::ask_capabilities() {
  if (asking_) return;
  asking_ = true;
  const auto* const watcher =
      new QDBusPendingCallWatcher(bus_.asyncCall(call(QStringLiteral("GetCapabilities"))), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this,
          [this, age = age_](QDBusPendingCallWatcher* finished) {
            finished->deleteLater();
            if (age != age_) return;
            const QDBusPendingReply<QStringList> reply = *finished;
            if (reply.isError()) return start_over();
            asking_ = false;
            capabilities_ = reply.value();
            std::vector<Key> keys;
            for (const auto& [key, place] : places_) keys.push_back(key);
            for (const Key& key : keys) send(key);
          });
}

void Notifier::send(const Key& key) {
  const auto found = places_.find(key);
  if (found == places_.end()) return;
  Place& place = found->second;
  if (!place.next || place.calling || place.pausing) return;
  QDBusMessage message = call(QStringLiteral("Notify"));
  message.setArguments(arguments(place, *place.next));
  place.shown = std::exchange(place.next, std::nullopt);
  place.calling = true;
  const auto* const watcher = new QDBusPendingCallWatcher(bus_.asyncCall(message), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this,
          [this, key, age = age_](QDBusPendingCallWatcher* finished) {
            finished->deleteLater();
            if (age == age_) answered(key, *finished);
          });
}

void Notifier::answered(const Key& key, QDBusPendingCallWatcher& watcher) {
  const auto found = places_.find(key);
  if (found == places_.end()) return;
  const QDBusPendingReply<uint> reply = watcher;
  Place& place = found->second;
  if (reply.isError()) {
    std::optional<Notice> next = std::move(place.next);
    places_.erase(found);
    if (next) post(std::move(*next));
    return;
  }
  place.calling = false;
  place.id = reply.value();
  place.pausing = true;
  QTimer::singleShot(options_.pace, this, [this, key, age = age_] {
    if (age == age_) pause_over(key);
  });
  if (place.closing) close_place(key);
}

void Notifier::pause_over(const Key& key) {
  const auto found = places_.find(key);
  if (found == places_.end()) return;
  found->second.pausing = false;
  send(key);
  forget_if_empty(key);
}

void Notifier::close_place(const Key& key) {
  const auto found = places_.find(key);
  if (found == places_.end()) return;
  Place& place = found->second;
  place.next.reset();
  place.closing = place.calling;
  if (place.closing) return;
  if (place.id != 0) {
    QDBusMessage message = call(QStringLiteral("CloseNotification"));
    message.setArguments({place.id});
    bus_.asyncCall(message);
  }
  place.id = 0;
  place.shown.reset();
  forget_if_empty(key);
}

void Notifier::forget_if_empty(const Key& key) {
  const auto found = places_.find(key);
  if (found == places_.end()) return;
  const Place& place = found->second;
  if (place.id == 0 && !place.next && !place.calling && !place.pausing) places_.erase(found);
}

void Notifier::service_changed(const QString& /*service*/, const QString& before,
                               const QString& /*now*/) {
  // One that has just come has nothing to forget: our first question may have started it.
  if (before.isEmpty()) return;
  std::vector<Notice> waiting;
  for (auto& [key, place] : places_)
    if (place.next) waiting.push_back(std::move(*place.next));
  start_over();
  for (Notice& notice : waiting) post(std::move(notice));
}

void Notifier::start_over() {
  ++age_;
  asking_ = false;
  capabilities_.reset();
  places_.clear();
}

const Notifier::Place* Notifier::find(uint id) const {
  const auto found = std::ranges::find_if(
      places_, [id](const auto& entry) { return id != 0 && entry.second.id == id; });
  return found == places_.end() || !found->second.shown ? nullptr : &found->second;
}

QVariantList Notifier::arguments(const Place& place, const Notice& notice) const {
  const bool markup = capabilities_->contains(QStringLiteral("body-markup"));
  const QString body = markup ? notice.body.toHtmlEscaped() : notice.body;
  constexpr int kAsTheServiceLikes = -1;
  return {QStringLiteral("Basic"), place.id,      kDesktopEntry,     notice.summary, body,
          actions(notice),         hints(notice), kAsTheServiceLikes};
}

QVariantMap Notifier::hints(const Notice& notice) const {
  constexpr uchar kNormalUrgency = 1;
  QVariantMap hints{
      {QStringLiteral("desktop-entry"), kDesktopEntry},
      {QStringLiteral("urgency"), QVariant::fromValue(kNormalUrgency)},
      {QStringLiteral("category"), notice.kind == Kind::online ? QStringLiteral("presence.online")
                                                               : QStringLiteral("im.received")},
  };
  if (sounds_)
    hints.insert(QStringLiteral("sound-name"), QStringLiteral("message-new-instant"));
  else
    hints.insert(QStringLiteral("suppress-sound"), true);
  if (notice.kind == Kind::text) {
    hints.insert(QStringLiteral("x-kde-reply-placeholder-text"),
                 tr("Reply to %1 …").arg(notice.summary));
    hints.insert(QStringLiteral("x-kde-reply-submit-button-text"), tr("Send"));
  }
  return hints;
}

QStringList Notifier::actions(const Notice& notice) const {
  if (!capabilities_->contains(QStringLiteral("actions"))) return {};
  QStringList actions{QStringLiteral("default"), tr("Open")};
  if (notice.kind == Kind::request) return actions;
  const auto inline_reply = QStringLiteral("inline-reply");
  actions << (capabilities_->contains(inline_reply) ? inline_reply : QStringLiteral("reply"))
          << tr("Reply");
  return actions;
}

void Notifier::on_closed(uint id, uint /*reason*/) {
  const auto found =
      std::ranges::find_if(places_, [id](const auto& entry) { return entry.second.id == id; });
  if (id == 0 || found == places_.end()) return;
  found->second.id = 0;
  if (!found->second.calling) found->second.shown.reset();
  forget_if_empty(Key(found->first));
}

void Notifier::on_action(uint id, const QString& action) {
  const Place* const place = find(id);
  if (place == nullptr) return;
  const QString name = place->shown->name;
  if (action == QLatin1String("default")) emit open_wanted(name);
  if (action == QLatin1String("reply") || action == QLatin1String("inline-reply"))
    emit reply_wanted(name);
}

void Notifier::on_replied(uint id, const QString& text) {
  const Place* const place = find(id);
  if (place == nullptr || text.trimmed().isEmpty()) return;
  emit reply_typed(QString(place->shown->name), text);
}

}  // namespace basic::gui
