// What the user does in the view, with mouse and keys.
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <algorithm>

#include "conversation_popover.h"
#include "conversation_view.h"
#include "words.h"

namespace basic::gui {
namespace {

constexpr int kAutoScrollEvery = 30;  // milliseconds
constexpr int kSpokenLetters = 1000;  // of one text; the rest can be had by copying

QAction* add_action(QMenu& menu, const char* name, const QString& words) {
  QAction* const action = menu.addAction(words);
  action->setObjectName(QString::fromLatin1(name));
  return action;
}

}  // namespace

ConversationView::Spot ConversationView::spot_at(const QPoint& in_viewport) {
  Spot spot;
  const int row = column_.row_at(content_y(in_viewport.y()));
  if (row < 0) return spot;
  const BubbleLayout& layout = column_.layout(row);
  const QPointF at = in_viewport - QPoint(0, strip_top(row));
  spot.point = {row, layout.position_at(at)};
  spot.link = layout.link_at(at);
  spot.on_fold = layout.fold_button().contains(at);
  spot.on_failure = layout.failure().contains(at) && !log_.at(row).sent_again;
  spot.on_words = layout.bubble().contains(at);
  return spot;
}

void ConversationView::show_cursor(const QPoint& at) {
  const Spot spot = spot_at(at);
  if (spot.link || spot.on_fold || spot.on_failure) {
    viewport()->setCursor(Qt::PointingHandCursor);
  } else {
    viewport()->setCursor(spot.on_words ? Qt::IBeamCursor : Qt::ArrowCursor);
  }
}

// --- mouse ---------------------------------------------------------------------------------------

void ConversationView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || log_.size() == 0) return;
  const Spot spot = spot_at(event->pos());
  pressed_ = true;
  dragging_ = false;
  pressed_at_ = event->pos();
  current_ = spot.point.row;
  framed_ = false;
  const bool third = since_double_click_.isValid() &&
                     since_double_click_.elapsed() < QApplication::doubleClickInterval();
  since_double_click_.invalidate();
  if (third) {
    const auto length = static_cast<int>(log_.at(spot.point.row).text.size());
    selection_.set({spot.point.row, 0}, {spot.point.row, length});
  } else if (event->modifiers().testFlag(Qt::ShiftModifier) && selection_.anchor().row >= 0) {
    selection_.extend(spot.point);
  } else {
    selection_.start(spot.point);
  }
  viewport()->update();
}

void ConversationView::mouseMoveEvent(QMouseEvent* event) {
  if (!pressed_) {
    show_cursor(event->pos());
    return;
  }
  const int moved_by = (event->pos() - pressed_at_).manhattanLength();
  if (!dragging_ && moved_by < QApplication::startDragDistance()) return;
  dragging_ = true;
  drag_to(event->pos());
  const bool beyond = event->pos().y() < 0 || event->pos().y() > viewport()->height();
  if (beyond && !auto_scroll_.isActive()) auto_scroll_.start(kAutoScrollEvery, this);
  if (!beyond) auto_scroll_.stop();
}

void ConversationView::drag_to(const QPoint& at) {
  drag_at_ = at;
  if (log_.size() == 0) return;
  selection_.extend(spot_at(at).point);
  viewport()->update();
}

void ConversationView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  auto_scroll_.stop();
  if (std::exchange(pressed_, false) && !std::exchange(dragging_, false) && selection_.empty() &&
      log_.size() > 0)
    click(event->pos());
}

void ConversationView::click(const QPoint& at) {
  const Spot spot = spot_at(at);
  if (spot.link) {
    show_link(spot.link->url, viewport()->mapToGlobal(at));
  } else if (spot.on_fold) {
    at_end_ = false;  // what was under the mouse stays there
    column_.toggle_fold(spot.point.row);
    settle_soon();
  } else if (spot.on_failure) {
    emit send_again_wanted(spot.point.row);
  }
}

void ConversationView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || log_.size() == 0) return;
  const Spot spot = spot_at(event->pos());
  const auto [begin, end] = word_at(log_.at(spot.point.row).text, spot.point.position);
  selection_.set({spot.point.row, begin}, {spot.point.row, end});
  since_double_click_.start();
  viewport()->update();
}

void ConversationView::contextMenuEvent(QContextMenuEvent* event) {
  if (event->reason() != QContextMenuEvent::Mouse) {
    if (current_ >= 0) open_menu(current_);
    return;
  }
  const int row = row_at(event->pos());
  if (row < 0) return;
  current_ = row;
  QMenu menu(this);
  if (const Link* const link = spot_at(event->pos()).link) {
    const QUrl url = link->url;
    const QPoint at = event->globalPos();
    connect(add_action(menu, "textLink", tr("Open link …")), &QAction::triggered, this,
            [this, url, at] { show_link(url, at); });
  }
  fill_menu(menu, row);
  menu.exec(event->globalPos());
}

// --- what can be done with a text ----------------------------------------------------------------

void ConversationView::open_menu(int row) {
  if (row < 0 || row >= log_.size()) return;
  QMenu menu(this);
  fill_menu(menu, row);
  const QRect bubble = bubble_rect(row).intersected(viewport()->rect());
  menu.exec(viewport()->mapToGlobal(bubble.center()));
}

void ConversationView::fill_menu(QMenu& menu, int row) {
  menu.setObjectName(QStringLiteral("textMenu"));
  menu.setAccessibleName(tr("What to do with this text"));
  const std::uint64_t serial = log_.at(row).serial;
  // The text may have moved while the menu was open.
  const auto on = [this, serial](QAction* action, auto what) {
    connect(action, &QAction::triggered, this, [this, serial, what] {
      const int now_at = log_.index_of_serial(serial);
      if (now_at >= 0) what(now_at);
    });
  };
  if (!selection_.empty())
    connect(add_action(menu, "copySelected", tr("Copy selected")), &QAction::triggered, this,
            [this] { copy(); });
  on(add_action(menu, "copyText", tr("Copy")),
     [this](int at) { QGuiApplication::clipboard()->setText(log_.at(at).text); });
  for (const Link& link : column_.layout(row).links()) {
    if (menu.actions().size() > 6) break;
    QString host = real_host(link.url);
    connect(add_action(menu, "textLink", tr("Link to %1 …").arg(host.replace('&', "&&"))),
            &QAction::triggered, this, [this, url = link.url] {
              show_link(url, viewport()->mapToGlobal(viewport()->rect().center()));
            });
  }
  const ShownText& text = log_.at(row);
  if (text.outgoing && text.fate == Fate::failed && !text.sent_again)
    on(add_action(menu, "sendAgain", tr("Send again")),
       [this](int at) { emit send_again_wanted(at); });
  if (!column_.layout(row).fold_words().isEmpty())
    on(add_action(menu, "foldText", column_.layout(row).fold_words()), [this](int at) {
      column_.toggle_fold(at);
      settle_soon();
    });
  on(add_action(menu, "textDetails", tr("Time and details")), [this](int at) { show_details(at); });
}

void ConversationView::show_link(const QUrl& url, const QPoint& at) {
  auto* const popover = new LinkPopover(url, this);
  connect(popover, &LinkPopover::open_wanted, this, &ConversationView::link_wanted);
  popover->show_at(at);
}

void ConversationView::show_details(int row) {
  auto* const popover = new DetailsPopover(log_.at(row), speakers_.theirs, this);
  popover->show_at(viewport()->mapToGlobal(bubble_rect(row).center()));
}

void ConversationView::copy() {
  if (!selection_.empty()) {
    QGuiApplication::clipboard()->setText(selected());
  } else if (current_ >= 0) {
    QGuiApplication::clipboard()->setText(log_.at(current_).text);
  }
}

void ConversationView::select_all() {
  if (log_.size() == 0) return;
  const int last = log_.size() - 1;
  selection_.set({0, 0}, {last, static_cast<int>(log_.at(last).text.size())});
  viewport()->update();
}

// --- keys ----------------------------------------------------------------------------------------

void ConversationView::set_current(int row) {
  if (row < 0 || row >= log_.size()) return;
  current_ = row;
  framed_ = true;
  ensure_seen(row);
  viewport()->update();
  if (!hasFocus()) return;
  QAccessibleEvent event(this, QAccessible::Focus);
  event.setChild(row);
  QAccessible::updateAccessibility(&event);
}

void ConversationView::step_current(int by) {
  if (log_.size() == 0) return;
  const int from = current_ >= 0 ? current_ + by : row_at(viewport()->rect().bottomLeft());
  set_current(std::clamp(from, 0, log_.size() - 1));
}

bool ConversationView::focus_last_own() {
  const auto& texts = log_.texts();
  const auto found = std::find_if(texts.rbegin(), texts.rend(),
                                  [](const ShownText& text) { return text.outgoing; });
  if (found == texts.rend()) return false;
  setFocus(Qt::ShortcutFocusReason);
  set_current(static_cast<int>(texts.rend() - found) - 1);
  return true;
}

bool ConversationView::scroll_key(int key) {
  QScrollBar& bar = *verticalScrollBar();
  switch (key) {
    case Qt::Key_PageUp:
      bar.triggerAction(QAbstractSlider::SliderPageStepSub);
      return true;
    case Qt::Key_PageDown:
      bar.triggerAction(QAbstractSlider::SliderPageStepAdd);
      return true;
    case Qt::Key_Home:
      bar.setValue(0);
      set_current(0);
      return true;
    case Qt::Key_End:
      go_to_end();
      if (!log_.has_newer()) set_current(log_.size() - 1);
      return true;
    default:
      return false;
  }
}

void ConversationView::keyPressEvent(QKeyEvent* event) {
  if (event == QKeySequence::Copy) {
    copy();
  } else if (event == QKeySequence::SelectAll) {
    select_all();
  } else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
    step_current(event->key() == Qt::Key_Up ? -1 : 1);
  } else if (scroll_key(event->key())) {
    return;
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    open_menu(current_);
  } else if (event->key() == Qt::Key_Escape) {
    if (selection_.empty()) emit left();
    selection_.clear();
    viewport()->update();
  } else if (!event->text().isEmpty() && event->text()[0].isPrint() &&
             !event->modifiers().testFlag(Qt::ControlModifier)) {
    emit typed(event->text());
  } else {
    QAbstractScrollArea::keyPressEvent(event);
  }
}

void ConversationView::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  const bool by_mouse = event->reason() == Qt::MouseFocusReason;
  if (!by_mouse && current_ < 0 && log_.size() > 0)
    set_current(std::max(0, row_at(viewport()->rect().bottomLeft())));
  viewport()->update();
}

void ConversationView::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

QString ConversationView::spoken(int row) const {
  if (row < 0 || row >= log_.size()) return {};
  const ShownText& text = log_.at(row);
  QStringList parts{QStringLiteral("%1, %2: %3")
                        .arg(text.outgoing ? tr("You") : speakers_.theirs, clock_time(text.sent_at),
                             text.text.left(kSpokenLetters))};
  if (text.outgoing) parts << fate_words(text);
  if (column_.head(row).unread) parts.prepend(tr("New"));
  return parts.join(QStringLiteral(", "));
}

}  // namespace basic::gui
