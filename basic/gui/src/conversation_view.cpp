#include "conversation_view.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>

#include "conversation_accessible.h"
#include "conversation_jump.h"
#include "theme.h"
#include "words.h"

namespace basic::gui {
namespace {

/// How long measuring what is not seen may hold up everything else, in milliseconds.
constexpr int kSlice = 6;
/// Measuring a row can bring others into sight; each round brings fewer.
constexpr int kMostRounds = 8;

}  // namespace

ConversationView::ConversationView(ConversationLog& log, QWidget* parent)
    : QAbstractScrollArea(parent), log_(log), column_(log), jump_(new JumpButton(viewport())) {
  make_conversations_accessible();
  setObjectName(QStringLiteral("conversation"));
  setAccessibleName(tr("Conversation"));
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::StrongFocus);
  viewport()->setMouseTracking(true);
  viewport()->setAutoFillBackground(false);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  verticalScrollBar()->setAccessibleName(tr("Scroll the conversation"));
  jump_->hide();
  connect(jump_, &QAbstractButton::clicked, this, &ConversationView::go_to_end);
  follow_log();
  restyle();
  column_.reset();
}

void ConversationView::follow_log() {
  connect(&log_, &ConversationLog::reset, this, [this] {
    column_.reset();
    selection_.clear();
    current_ = -1;
    anchor_row_ = anchor_y_ = 0;
    at_end_ = true;
    settle_soon();
  });
  connect(&log_, &ConversationLog::inserted, this, [this](int first, int count) {
    column_.inserted(first, count);
    selection_.rows_inserted(first, count);
    if (current_ >= first) current_ += count;
    if (anchor_row_ >= first) anchor_row_ += count;
    settle_soon();
  });
  connect(&log_, &ConversationLog::removed, this, [this](int first, int count) {
    column_.removed(first, count);
    selection_.rows_removed(first, count);
    for (int* const row : {&current_, &anchor_row_}) {
      if (*row >= first + count) {
        *row -= count;
      } else if (*row >= first) {
        *row = row == &current_ ? -1 : std::max(0, first - 1);
      }
    }
    settle_soon();
  });
  connect(&log_, &ConversationLog::changed, this, [this](int row) {
    column_.changed(row);
    settle_soon();
  });
  connect(&log_, &ConversationLog::unread_changed, this, [this] {
    column_.unread_changed();
    settle_soon();
  });
  connect(&log_, &ConversationLog::arrived, this, [this](bool outgoing) {
    if (outgoing) {
      go_to_end();
    } else if (!at_end_ || log_.has_newer()) {
      ++fresh_;
      place_jump();
    }
  });
}

void ConversationView::set_now(Now now) {
  now_ = std::move(now);
  viewport()->update();
}

void ConversationView::set_speakers(const Speakers& speakers) {
  speakers_ = speakers;
  setAccessibleName(tr("Conversation with %1").arg(speakers.theirs));
}

void ConversationView::set_found(const QStringList& words) {
  found_ = words;
  viewport()->update();
}

// --- what is where -------------------------------------------------------------------------------

void ConversationView::restyle() {
  column_.set_style(BubbleStyle(font(), viewport()->width()));
  verticalScrollBar()->setSingleStep(static_cast<int>(column_.style().em * 2.5));
  settle_soon();
}

int ConversationView::lift() const { return std::max(0, viewport()->height() - column_.height()); }

int ConversationView::content_y(int viewport_y) const {
  return viewport_y - lift() + verticalScrollBar()->value();
}

int ConversationView::strip_top(int row) const {
  return column_.top(row) + column_.head_height(row) + lift() - verticalScrollBar()->value();
}

void ConversationView::settle_soon() {
  dirty_ = true;
  viewport()->update();
}

/// Puts the scroll bar where the anchor stays in its place, and measures what comes into sight
/// there, until nothing moves any more.
void ConversationView::settle() {
  if (settling_) return;  // the scroll bar came or went, which made the view narrower or wider
  dirty_ = false;
  settling_ = true;
  for (int round = 0; round < kMostRounds; ++round) {
    const int most = std::max(0, column_.height() - viewport()->height());
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, most);
    verticalScrollBar()->setValue(at_end_ ? most : column_.top(anchor_row_) - anchor_y_);
    if (!measure_around()) break;
  }
  settling_ = false;
  if (at_end_ && !log_.has_newer()) fresh_ = 0;
  log_.set_following(at_end_);
  place_jump();
  load_near_ends();
  if (!column_.all_measured() && !measuring_.isActive()) measuring_.start(0, this);
  viewport()->update();
  QTimer::singleShot(0, this, &ConversationView::moved);
}

bool ConversationView::measure_around() {
  if (column_.rows() == 0) return false;
  const int page = viewport()->height();
  const int first = column_.row_at(content_y(-page / 2));
  const int last = column_.row_at(content_y(page + page / 2));
  bool any_changed = false;
  for (int row = first; row <= last; ++row) any_changed = column_.measure(row) || any_changed;
  return any_changed;
}

void ConversationView::take_anchor() {
  const QScrollBar& bar = *verticalScrollBar();
  at_end_ = bar.value() >= bar.maximum() - 1;
  anchor_row_ = std::max(0, column_.row_at(bar.value()));
  anchor_y_ = column_.top(anchor_row_) - bar.value();
}

void ConversationView::load_near_ends() {
  if (column_.rows() == 0 || !isVisible()) return;
  const QScrollBar& bar = *verticalScrollBar();
  if (bar.value() < 2 * viewport()->height()) log_.load_older();
  if (bar.maximum() - bar.value() < 2 * viewport()->height()) log_.load_newer();
}

void ConversationView::place_jump() {
  jump_->set_fresh(fresh_);
  jump_->resize(jump_->sizeHint());
  const int gap = fontMetrics().height() / 2;
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  jump_->move(mirrored ? gap : viewport()->width() - jump_->width() - gap,
              viewport()->height() - jump_->height() - gap);
  jump_->setVisible(column_.rows() > 0 && (!at_end_ || log_.has_newer()));
}

void ConversationView::go_to_end() {
  fresh_ = 0;
  at_end_ = true;
  if (log_.has_newer()) {
    log_.open_at_end();
  } else {
    settle_soon();
  }
}

bool ConversationView::shows_newest() const {
  return isVisible() && at_end_ && !dirty_ && !log_.has_newer() && log_.size() > 0;
}

bool ConversationView::show_text(TextNumber number) {
  const int row = log_.index_of(number);
  if (row < 0) return false;
  current_ = row;
  at_end_ = false;
  anchor_row_ = row;
  anchor_y_ = std::max(0, (viewport()->height() - column_.row_height(row)) / 2);
  settle();
  take_anchor();
  set_current(row);
  return true;
}

void ConversationView::ensure_seen(int row) {
  if (dirty_) settle();
  column_.measure(row);
  const int top = column_.top(row) + lift();
  const int bottom = top + column_.row_height(row);
  const int view_top = verticalScrollBar()->value();
  const int page = viewport()->height();
  if (top < view_top || bottom - top > page) {
    verticalScrollBar()->setValue(top);
  } else if (bottom > view_top + page) {
    const int rest = row == column_.rows() - 1 ? page : 0;  // the margin below the last one too
    verticalScrollBar()->setValue(bottom - page + rest);
  }
}

QRect ConversationView::bubble_rect(int row) {
  if (row < 0 || row >= column_.rows()) return {};
  return column_.layout(row).bubble().toAlignedRect().translated(0, strip_top(row));
}

int ConversationView::row_at(const QPoint& in_viewport) const {
  return viewport()->rect().contains(in_viewport) ? column_.row_at(content_y(in_viewport.y())) : -1;
}

// --- events --------------------------------------------------------------------------------------

void ConversationView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  if (column_.style().width != viewport()->width()) restyle();
  settle();
}

void ConversationView::scrollContentsBy(int /*dx*/, int /*dy*/) {
  if (settling_) return;
  take_anchor();
  settle();
}

void ConversationView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) restyle();
  if (event->type() == QEvent::PaletteChange) {
    column_.repaint_all();
    viewport()->update();
  }
}

void ConversationView::showEvent(QShowEvent* event) {
  QAbstractScrollArea::showEvent(event);
  settle_soon();
}

void ConversationView::timerEvent(QTimerEvent* event) {
  if (event->timerId() == auto_scroll_.timerId()) {
    const int beyond = drag_at_.y() < 0 ? drag_at_.y() : drag_at_.y() - viewport()->height();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + beyond / 2);
    drag_to(drag_at_);
  } else if (event->timerId() == measuring_.timerId()) {
    const int around = std::clamp(column_.row_at(content_y(0)), 0, std::max(0, column_.rows() - 1));
    if (column_.measure_some(around, QDeadlineTimer(kSlice))) settle_soon();
    if (column_.all_measured()) measuring_.stop();
  } else {
    QAbstractScrollArea::timerEvent(event);
  }
}

void ConversationView::paintEvent(QPaintEvent* event) {
  if (dirty_) settle();
  QPainter painter(viewport());
  painter.fillRect(event->rect(), theme().window);
  if (column_.rows() == 0) {
    if (log_.loading()) return;
    painter.setPen(theme().subtle);
    const int gap = fontMetrics().height() * 2;
    painter.drawText(viewport()->rect().adjusted(gap, gap, -gap, -gap),
                     Qt::AlignCenter | Qt::TextWordWrap,
                     tr("You and %1 have not talked yet.").arg(speakers_.theirs));
    return;
  }
  const int last = column_.row_at(content_y(event->rect().bottom()));
  for (int row = column_.row_at(content_y(event->rect().top())); row <= last; ++row)
    paint_row(painter, row, event->rect());
}

void ConversationView::paint_row(QPainter& painter, int row, const QRect& visible) {
  const BubbleHead head = column_.head(row);
  const BubbleLayout& layout = column_.layout(row);
  const ShownText& text = log_.at(row);
  const qreal width = viewport()->width();
  int y = column_.top(row) + lift() - verticalScrollBar()->value();
  if (y > visible.bottom()) return;
  if (head.day) {
    // As far from the bubble above as from what is below.
    const int room = head.unread ? column_.day_height() : column_.head_height(row);
    paint_day(painter, QRectF(0, y, width, room), column_.style(), day(text.day, now_().date()));
    y += column_.day_height();
  }
  if (head.unread) {
    paint_unread_line(painter, QRectF(0, y, width, column_.unread_height()), column_.style(),
                      tr("New"));
  }
  BubbleLook look;
  look.joined_above = head.joined_above;
  look.joined_below = head.joined_below;
  look.current = row == current_ && ((framed_ && hasFocus()) || !found_.isEmpty());
  std::tie(look.selected_from, look.selected_to) =
      selection_.within(row, static_cast<int>(text.text.size()));
  look.found = found_;
  paint_bubble(painter, QPointF(0, strip_top(row)), text, layout, column_.style(), look);
}

}  // namespace basic::gui
