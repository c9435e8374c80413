#pragma once
// The texts of one conversation as bubbles.

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>
#include <QStringList>
#include <QUrl>

#include "bubble_column.h"
#include "bubble_paint.h"
#include "conversation_selection.h"
#include "now.h"

namespace basic::gui {

class JumpButton;

/// `log` is borrowed. Only what is seen is laid out and painted; the rest is measured when there is
/// time. What the user looks at stays where it is, whatever is loaded above or below; at the newest
/// text the view stays with the newest.
class ConversationView final : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit ConversationView(ConversationLog& log, QWidget* parent = nullptr);

  void set_now(Now now);
  void set_speakers(const Speakers& speakers);
  /// Words of a search, to be marked wherever they occur.
  void set_found(const QStringList& words);

  /// Brings that text to the middle and makes it the current one. false: it is not in the log.
  bool show_text(TextNumber number);
  void go_to_end();
  /// The keyboard comes to the last text of the user's own; false: there is none.
  bool focus_last_own();
  /// Whether what comes is shown as it comes.
  [[nodiscard]] bool is_at_end() const { return at_end_ && !log_.has_newer(); }
  /// Whether the newest text there is can be seen.
  [[nodiscard]] bool shows_newest() const;

  [[nodiscard]] const ConversationLog& log() const { return log_; }
  [[nodiscard]] int current() const { return current_; }
  /// Makes it the current one and brings it into sight.
  void set_current(int row);
  /// The bubble, in coordinates of the viewport.
  [[nodiscard]] QRect bubble_rect(int row);
  /// -1: none.
  [[nodiscard]] int row_at(const QPoint& in_viewport) const;
  /// "Lisa, 14:05: My glasses!, delivered".
  [[nodiscard]] QString spoken(int row) const;
  /// Selected text as it is copied.
  [[nodiscard]] QString selected() const { return copied(log_, selection_, speakers_); }
  void open_menu(int row);

 signals:
  /// What is seen may be something else now.
  void moved();
  void send_again_wanted(int row);
  void link_wanted(const QUrl& url);
  /// Letters were typed, which are meant for the field.
  void typed(const QString& letters);
  /// The keyboard is wanted elsewhere.
  void left();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void timerEvent(QTimerEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  // --- conversation_view.cpp: what is where ---
  void follow_log();
  void restyle();
  void settle_soon();
  void settle();
  bool measure_around();
  void take_anchor();
  [[nodiscard]] int lift() const;
  [[nodiscard]] int content_y(int viewport_y) const;
  [[nodiscard]] int strip_top(int row) const;
  void load_near_ends();
  void place_jump();
  void ensure_seen(int row);
  void paint_row(QPainter& painter, int row, const QRect& visible);

  // --- conversation_view_input.cpp: what the user does ---
  struct Spot {
    TextPoint point;
    const Link* link = nullptr;
    bool on_words = false;
    bool on_fold = false;
    bool on_failure = false;
  };
  [[nodiscard]] Spot spot_at(const QPoint& in_viewport);
  void show_cursor(const QPoint& at);
  void click(const QPoint& at);
  void drag_to(const QPoint& at);
  void step_current(int by);
  bool scroll_key(int key);
  void select_all();
  void copy();
  void show_link(const QUrl& url, const QPoint& at);
  void show_details(int row);
  void fill_menu(class QMenu& menu, int row);

  ConversationLog& log_;
  BubbleColumn column_;
  Now now_ = machine_time;
  Speakers speakers_;
  QStringList found_;
  JumpButton* jump_;

  bool at_end_ = true;
  int anchor_row_ = 0;  // stays where it is on the screen: so far below the upper edge
  int anchor_y_ = 0;
  bool settling_ = false;
  bool dirty_ = true;
  int fresh_ = 0;  // how many came that were not seen

  int current_ = -1;
  bool framed_ = false;  // keys are used, so the current one is shown
  ConversationSelection selection_;
  QPoint pressed_at_;
  bool pressed_ = false;
  bool dragging_ = false;
  QPoint drag_at_;
  QElapsedTimer since_double_click_;
  QBasicTimer measuring_;
  QBasicTimer auto_scroll_;
};

}  // namespace basic::gui
