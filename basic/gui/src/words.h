#pragma once
// What the window says of states, times and persons, in the user's language.

#include <QDateTime>
#include <QString>

#include "basic/client.h"

namespace basic::gui {

inline QString qt(const std::string& text) { return QString::fromStdString(text); }
inline QString qt(const ohim::Name& name) { return QString::fromStdString(name.str()); }
QDateTime to_local(base::WallTime time);

/// "online", "away", ...
QString words(Presence presence);
QString words(Show show);
/// "Doing the work that keeps squatters away"
QString words(ohim::Progress progress);

/// The alias if there is one, else the name.
QString shown_name(const Buddy& buddy);
/// Under the name: her own words, or how she is: "away", "last seen yesterday, 21:40".
QString shown_line(const Buddy& buddy, const QDateTime& now);
/// "14:05", in the format of the user's country.
QString clock_time(const QDateTime& time);
/// "Today", "Yesterday", "Friday, 20 November 2026".
QString day(const QDate& date, const QDate& today);
/// "just now", "5 min ago", "yesterday, 21:40", "20 November".
QString ago(const QDateTime& time, const QDateTime& now);

/// A fingerprint or safety number, four groups of digits in a row, as one compares them.
QString in_rows(const QString& number);

/// What a screen reader says of a row: "Milhouse, online, 3 unread".
QString spoken(const Buddy& buddy, int unread, const QDateTime& now);

}  // namespace basic::gui
