#include "conversation_header.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QToolButton>
#include <algorithm>

#include "paint.h"
#include "words.h"

namespace basic::gui {
namespace {

constexpr int kMinute = 60'000;

}  // namespace

/// Her picture with her presence at its corner, her name, and a line below.
class ConversationHeader::Face final : public QWidget {
 public:
  explicit Face(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("conversationFace"));
  }
  void set(const QString& name, const QString& shown, const QString& line, Presence presence) {
    name_ = name;
    shown_ = shown;
    line_ = line;
    presence_ = presence;
    setToolTip(QStringLiteral("<p>%1<br>%2</p>").arg(shown.toHtmlEscaped(), line.toHtmlEscaped()));
    update();
  }
  [[nodiscard]] QSize sizeHint() const override {
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() * 5 / 2};
  }
  [[nodiscard]] QSize minimumSizeHint() const override {
    return {fontMetrics().height() * 4, sizeHint().height()};
  }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int picture = paint_picture(painter, mirrored);
    QRect words = rect().adjusted(picture, 0, 0, 0);
    if (mirrored) words = rect().adjusted(0, 0, -picture, 0);
    paint_words(painter, words, mirrored ? Qt::AlignRight : Qt::AlignLeft);
  }

 private:
  /// Where there is little room, only how she is. Returns the width, with the gap after it.
  int paint_picture(QPainter& painter, bool mirrored) {
    const int line = fontMetrics().height();
    const int side = height() - 2;
    const bool compact = width() < side + line * 7;
    const int taken = compact ? line * 3 / 4 : side;
    const int left = mirrored ? width() - taken : 0;
    if (compact) {
      paint_presence(painter, QRectF(left, (height() / 2 - taken) / 2.0 + line / 8.0, taken, taken),
                     presence_, theme().surface);
    } else {
      const int dot = side * 2 / 5;
      paint_avatar(painter, QRectF(left, 1, side, side), name_, shown_);
      paint_presence(painter, QRectF(mirrored ? left : left + side - dot, height() - dot, dot, dot),
                     presence_, theme().surface);
    }
    return taken + (compact ? line / 4 : line / 2);
  }
  void paint_words(QPainter& painter, const QRect& words, Qt::Alignment start) {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme().text);
    const QRect above(words.left(), words.top(), words.width(), words.height() / 2);
    painter.drawText(above, start | Qt::AlignBottom,
                     QFontMetrics(bold).elidedText(shown_, Qt::ElideRight, words.width()));
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.88);
    painter.setFont(small);
    painter.setPen(theme().subtle);
    const QRect below(words.left(), above.bottom() + 1, words.width(), words.height() / 2);
    painter.drawText(below, start | Qt::AlignTop,
                     QFontMetrics(small).elidedText(line_, Qt::ElideRight, words.width()));
  }

  QString name_;
  QString shown_;
  QString line_;
  Presence presence_ = Presence::unknown;
};

ConversationHeader::ConversationHeader(const Buddy& buddy, QWidget* parent)
    : QWidget(parent),
      buddy_(buddy),
      back_(make_button("conversationBack", tr("Back to the buddies"))),
      face_(new Face(this)),
      search_(make_button("conversationSearchButton", tr("Search this conversation"))),
      more_(make_button("conversationMore", tr("More"))) {
  setObjectName(QStringLiteral("conversationHeader"));
  setAccessibleName(tr("Conversation"));
  setProperty("role", "bar");
  setAttribute(Qt::WA_StyledBackground);
  auto* const row = new QHBoxLayout(this);
  const int gap = fontMetrics().height() / 2;
  row->setContentsMargins(gap, gap, gap, gap);
  row->setSpacing(gap / 2);
  row->addWidget(back_);
  row->addWidget(face_, 1);
  row->addWidget(search_);
  row->addWidget(more_);
  set_narrow(false);
  draw_icons();
  connect(back_, &QToolButton::clicked, this, &ConversationHeader::back_wanted);
  connect(search_, &QToolButton::clicked, this, &ConversationHeader::search_wanted);
  connect(more_, &QToolButton::clicked, this,
          [this] { emit menu_wanted(more_->mapToGlobal(more_->rect().bottomLeft())); });
  auto* const minutes = new QTimer(this);
  connect(minutes, &QTimer::timeout, this, &ConversationHeader::refresh);
  minutes->start(kMinute);
  refresh();
}

QToolButton* ConversationHeader::make_button(const char* name, const QString& words) {
  auto* const button = new QToolButton(this);
  button->setObjectName(QString::fromLatin1(name));
  button->setAccessibleName(words);
  button->setToolTip(words);
  return button;
}

void ConversationHeader::draw_icons() {
  const int size = fontMetrics().height() * 5 / 4;
  back_->setIcon(symbol_icon(Symbol::back, theme().text, size));
  search_->setIcon(symbol_icon(Symbol::search, theme().subtle, size));
  more_->setIcon(symbol_icon(Symbol::more, theme().subtle, size));
  for (QToolButton* const button : {back_, search_, more_}) button->setIconSize(QSize(size, size));
}

void ConversationHeader::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) draw_icons();
}

void ConversationHeader::set_buddy(const Buddy& buddy) {
  buddy_ = buddy;
  refresh();
}

void ConversationHeader::set_now(Now now) {
  now_ = std::move(now);
  refresh();
}

void ConversationHeader::set_narrow(bool narrow) { back_->setVisible(narrow); }

void ConversationHeader::refresh() {
  const QString line = header_line(buddy_, now_());
  face_->set(qt(buddy_.name), shown_name(buddy_), line, buddy_.presence);
  face_->setAccessibleName(QStringLiteral("%1, %2").arg(shown_name(buddy_), line));
}

QString header_line(const Buddy& buddy, const QDateTime& now) {
  QString state = words(buddy.presence);
  const bool dated = buddy.since != base::WallTime{} && buddy.presence != Presence::unknown;
  if (buddy.presence == Presence::offline) {
    state = shown_line(buddy, now);
  } else if (dated) {
    const QDateTime since = to_local(buddy.since);
    const bool today = since.date() == now.date();
    state = ConversationHeader::tr("%1 since %2")
                .arg(state, today ? clock_time(since) : ago(since, now));
  }
  const bool says_more = !buddy.text.empty() && buddy.presence != Presence::offline;
  return says_more ? QStringLiteral("%1 · %2").arg(state, qt(buddy.text)) : state;
}

}  // namespace basic::gui
