#include "words.h"

#include <QCoreApplication>
#include <QLocale>

namespace basic::gui {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Words)
};

}  // namespace

QDateTime to_local(base::WallTime time) {
  return QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count());
}

QString words(Presence presence) {
  switch (presence) {
    case Presence::online:
      return Words::tr("online");
    case Presence::away:
      return Words::tr("away");
    case Presence::busy:
      return Words::tr("busy");
    case Presence::offline:
      return Words::tr("offline");
    case Presence::unknown:
      break;
  }
  return Words::tr("unknown");
}

QString words(Show show) {
  switch (show) {
    case Show::online:
      return Words::tr("online");
    case Show::away:
      return Words::tr("away");
    case Show::busy:
      return Words::tr("busy");
    case Show::invisible:
      break;
  }
  return Words::tr("invisible");
}

QString words(ohim::Progress progress) {
  switch (progress) {
    case ohim::Progress::hashing_password:
      return Words::tr("Making keys from your password …");
    case ohim::Progress::looking_up_name:
      return Words::tr("Looking whether the name is free …");
    case ohim::Progress::working:
      return Words::tr("Doing the work that keeps squatters away …");
    case ohim::Progress::claiming:
      return Words::tr("Claiming the name …");
    case ohim::Progress::settling:
      return Words::tr("Waiting whether anybody else claims it …");
    case ohim::Progress::storing:
      return Words::tr("Storing your keys, sealed …");
    case ohim::Progress::done:
      break;
  }
  return Words::tr("Signing on …");
}

QString shown_name(const Buddy& buddy) {
  return buddy.alias.empty() ? qt(buddy.name) : qt(buddy.alias);
}

QString shown_line(const Buddy& buddy, const QDateTime& now) {
  if (!buddy.text.empty() && buddy.presence != Presence::offline) return qt(buddy.text);
  const bool seen = buddy.last_seen != base::WallTime{};
  if (buddy.presence == Presence::offline && seen)
    return Words::tr("last seen %1").arg(ago(to_local(buddy.last_seen), now));
  return words(buddy.presence);
}

QString clock_time(const QDateTime& time) {
  // Some countries' short format has seconds; nobody asks for them.
  static const QString format = QLocale().timeFormat(QLocale::ShortFormat).remove(":ss");
  return QLocale().toString(time.time(), format);
}

QString day(const QDate& date, const QDate& today) {
  if (date == today) return Words::tr("Today");
  if (date == today.addDays(-1)) return Words::tr("Yesterday");
  return QLocale().toString(date, QLocale::LongFormat);
}

QString ago(const QDateTime& time, const QDateTime& now) {
  const qint64 seconds = time.secsTo(now);
  if (seconds < 60) return Words::tr("just now");
  if (seconds < 3600) return Words::tr("%1 min ago").arg(seconds / 60);
  if (time.date() == now.date()) return clock_time(time);
  if (time.date() == now.date().addDays(-1))
    return Words::tr("yesterday, %1").arg(clock_time(time));
  return QLocale().toString(time.date(), QLocale::ShortFormat);
}

QString in_rows(const QString& number) {
  constexpr int kInRow = 4;
  QString rows;
  int groups = 0;
  for (const QChar letter : number) {
    const bool ends_row = letter == QLatin1Char(' ') && ++groups % kInRow == 0;
    rows += ends_row ? QLatin1Char('\n') : letter;
  }
  return rows;
}

QString spoken(const Buddy& buddy, int unread, const QDateTime& now) {
  QStringList parts{shown_name(buddy), words(buddy.presence)};
  const QString line = shown_line(buddy, now);
  if (line != parts.last()) parts << line;
  if (unread > 0) parts << Words::tr("%n unread", nullptr, unread);
  return parts.join(QStringLiteral(", "));
}

}  // namespace basic::gui
