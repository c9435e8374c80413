#include "conversation_popover.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "bubble_links.h"
#include "roster_label.h"

namespace basic::gui {
namespace {

QLabel* add_line(QVBoxLayout* rows, const QString& words, const char* role, QWidget* parent) {
  auto* const label = new QLabel(words, parent);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setProperty("role", role);
  label->setObjectName(QStringLiteral("popoverLine%1").arg(rows->count()));
  label->setAccessibleName(words);
  rows->addWidget(label);
  return label;
}

}  // namespace

ConversationPopover::ConversationPopover(const QString& object_name, const QString& title,
                                         QWidget* parent)
    : QFrame(parent, Qt::Popup), rows_(new QVBoxLayout(this)) {
  setObjectName(object_name);
  setAccessibleName(title);
  setAttribute(Qt::WA_DeleteOnClose);
  setProperty("role", "popover");
  const int gap = fontMetrics().height() * 2 / 3;
  rows_->setContentsMargins(gap, gap, gap, gap);
  rows_->setSpacing(gap / 2);
  setFixedWidth(std::min(fontMetrics().averageCharWidth() * 44, parent->window()->width()));
}

void ConversationPopover::show_at(const QPoint& at) {
  layout()->activate();
  resize(width(),
         layout()->hasHeightForWidth() ? layout()->heightForWidth(width()) : sizeHint().height());
  const QScreen* screen = QGuiApplication::screenAt(at);
  const QRect room = screen ? screen->availableGeometry() : QRect(at, size());
  const QPoint place(
      std::clamp(at.x() - width() / 2, room.left(), std::max(room.left(), room.right() - width())),
      at.y() + height() > room.bottom() ? at.y() - height() : at.y());
  move(place);
  show();
}

LinkPopover::LinkPopover(const QUrl& url, QWidget* parent)
    : ConversationPopover(QStringLiteral("linkPopover"), tr("Link"), parent) {
  const QString address = real_address(url);
  add_line(rows_, tr("This link leads to %1").arg(breakable(real_host(url))), "heading", this);
  auto* const whole = new QPlainTextEdit(address, this);
  whole->setObjectName(QStringLiteral("linkAddress"));
  whole->setAccessibleName(tr("Address: %1").arg(address));
  whole->setReadOnly(true);
  whole->setTabChangesFocus(true);
  whole->setWordWrapMode(QTextOption::WrapAnywhere);
  const auto letters = static_cast<int>(address.size());
  const int lines = std::clamp(letters / 36 + 1, 1, 6);
  whole->setFixedHeight(lines * fontMetrics().lineSpacing() + fontMetrics().height() * 3 / 2);
  rows_->addWidget(whole);
  auto* const buttons = new QHBoxLayout;
  auto* const open = new QPushButton(tr("Open"), this);
  open->setObjectName(QStringLiteral("linkOpen"));
  open->setAccessibleName(tr("Open in the browser"));
  open->setProperty("role", "primary");
  auto* const copy = new QPushButton(tr("Copy"), this);
  copy->setObjectName(QStringLiteral("linkCopy"));
  copy->setAccessibleName(tr("Copy the address"));
  buttons->addStretch();
  buttons->addWidget(copy);
  buttons->addWidget(open);
  rows_->addLayout(buttons);
  copy->setFocus();
  connect(open, &QPushButton::clicked, this, [this, url] {
    emit open_wanted(url);
    close();
  });
  connect(copy, &QPushButton::clicked, this, [this, address] {
    QGuiApplication::clipboard()->setText(address);
    close();
  });
}

DetailsPopover::DetailsPopover(const ShownText& text, const QString& speaker, QWidget* parent)
    : ConversationPopover(QStringLiteral("textDetails"), tr("Details"), parent) {
  const QString when = QLocale().toString(text.sent_at, QLocale::LongFormat);
  add_line(rows_, text.outgoing ? tr("Sent by you") : tr("Sent by %1").arg(breakable(speaker)),
           "heading", this);
  add_line(rows_, when, "", this);
  add_line(rows_, tr("%n letters", nullptr, static_cast<int>(text.text.size())), "hint", this);
  QString state = fate_words(text);
  if (!state.isEmpty()) state[0] = state[0].toUpper();
  if (!text.reason.isEmpty()) state += QStringLiteral(": ") + text.reason;
  add_line(rows_, state, text.fate == Fate::failed ? "trouble" : "hint", this);
  setFocusPolicy(Qt::StrongFocus);
}

QString fate_words(const ShownText& text) {
  if (!text.outgoing) return DetailsPopover::tr("received");
  switch (text.fate) {
    case Fate::delivered:
      return DetailsPopover::tr("delivered");
    case Fate::pending:
      return DetailsPopover::tr("on its way");
    case Fate::failed:
      break;
  }
  return DetailsPopover::tr("not delivered");
}

}  // namespace basic::gui
