#include "buddy_why.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QScreen>
#include <QVBoxLayout>

#include "core_words.h"
#include "words.h"

namespace basic::gui {
namespace {

class Why {
  Q_DECLARE_TR_FUNCTIONS(Why)
};

QString known_words(ohim::KnownBy known_by) {
  switch (known_by) {
    case ohim::KnownBy::link:
      return Why::tr("Known by an open link to her.");
    case ohim::KnownBy::lease:
      return Why::tr("Known by her location; nobody could be asked.");
    case ohim::KnownBy::poll:
      return Why::tr("Known by looking for her.");
    case ohim::KnownBy::none:
      break;
  }
  return Why::tr("Nothing is known of her now.");
}

QString corrected_words(const Explanation& why, const QDateTime& now) {
  if (!why.corrected_by) return Why::tr("There is no promise how long this can be wrong.");
  const qint64 seconds = std::max<qint64>(now.secsTo(to_local(*why.corrected_by)), 1);
  if (seconds < 120)
    return Why::tr("If it is wrong, it will be put right within %1 s.").arg(seconds);
  return Why::tr("If it is wrong, it will be put right by %1.")
      .arg(clock_time(to_local(*why.corrected_by)));
}

QString state_words(const Buddy& buddy, const QDateTime& now) {
  const QString state = words(buddy.presence);
  if (buddy.since == base::WallTime{}) return state;
  const QDateTime since = to_local(buddy.since);
  if (since.secsTo(now) < 60) return Why::tr("%1 since just now").arg(state);
  if (since.date() == now.date()) return Why::tr("%1 since %2").arg(state, clock_time(since));
  return Why::tr("%1 since %2, %3")
      .arg(state, QLocale().toString(since.date(), QLocale::ShortFormat), clock_time(since));
}

QLabel* plain_label(const QString& text, const char* role) {
  auto* const label = new QLabel;
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setProperty("role", QLatin1String(role));
  label->setText(text);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

}  // namespace

WhyWords why_words(const Explanation& why, const QDateTime& now) {
  const Buddy& buddy = why.buddy;
  WhyWords words;
  words.heading = shown_name(buddy);
  if (!buddy.alias.empty() && buddy.alias != buddy.name.str())
    words.heading = Why::tr("%1 (%2)").arg(words.heading, qt(buddy.name));
  words.state = state_words(buddy, now);
  words.reasons << sentence_said(why.words) << known_words(buddy.known_by);
  if (buddy.places.size() > 1)
    words.reasons << Why::tr("She is at %n places.", nullptr,
                             static_cast<int>(buddy.places.size()));
  words.reasons << corrected_words(why, now);
  words.reasons.removeAll(QString());
  return words;
}

QString why_tooltip(const WhyWords& words) {
  QStringList lines{QStringLiteral("<b>%1</b>").arg(words.heading.toHtmlEscaped()),
                    words.state.toHtmlEscaped()};
  for (const QString& reason : words.reasons) lines << reason.toHtmlEscaped();
  return QStringLiteral("<qt>%1</qt>").arg(lines.join(QStringLiteral("<br>")));
}

WhyPopover::WhyPopover(const WhyWords& words, QWidget* parent) : QFrame(parent, Qt::Popup) {
  setObjectName(QStringLiteral("whyPopover"));
  setProperty("role", "popover");
  setAttribute(Qt::WA_DeleteOnClose);
  const QString all = words.reasons.join(QLatin1Char(' '));
  setAccessibleName(QStringList{words.heading, words.state, all}.join(QStringLiteral(", ")));
  auto* const layout = new QVBoxLayout(this);
  const int line = fontMetrics().height();
  layout->setContentsMargins(line, line, line, line);
  layout->setSpacing(line / 3);
  layout->addWidget(plain_label(words.heading, "heading"));
  layout->addWidget(plain_label(words.state, "hint"));
  layout->addSpacing(line / 3);
  for (const QString& reason : words.reasons) layout->addWidget(plain_label(reason, "text"));
  setFixedWidth(fontMetrics().averageCharWidth() * 44);
}

void WhyPopover::show_at(const QRect& row) {
  // The stylesheet has its say first: letters decide how high it is.
  for (QWidget* const part : findChildren<QWidget*>()) part->ensurePolished();
  layout()->invalidate();
  resize(width(), layout()->totalHeightForWidth(width()));
  const QRect all = screen()->availableGeometry();
  QPoint corner(row.left() + fontMetrics().height(), row.bottom());
  if (corner.y() + height() > all.bottom()) corner.setY(row.top() - height());
  corner.setX(std::clamp(corner.x(), all.left(), std::max(all.left(), all.right() - width())));
  corner.setY(std::max(corner.y(), all.top()));
  move(corner);
  show();
  setFocus();
}

}  // namespace basic::gui
