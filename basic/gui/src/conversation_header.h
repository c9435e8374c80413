#pragma once
// With whom one talks: at the top of a conversation.

#include <QWidget>

#include "basic/buddy.h"
#include "now.h"

class QToolButton;

namespace basic::gui {

class ConversationHeader final : public QWidget {
  Q_OBJECT

 public:
  explicit ConversationHeader(const Buddy& buddy, QWidget* parent = nullptr);

  void set_buddy(const Buddy& buddy);
  void set_now(Now now);
  /// Whether there is something to go back to.
  void set_narrow(bool narrow);

 signals:
  void back_wanted();
  void search_wanted();
  /// A menu fits there (global coordinates).
  void menu_wanted(const QPoint& at);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  class Face;

  QToolButton* make_button(const char* name, const QString& words);
  void draw_icons();
  void refresh();

  Buddy buddy_;
  Now now_ = machine_time;
  QToolButton* back_;
  Face* face_;
  QToolButton* search_;
  QToolButton* more_;
};

/// Under her name: how she is, since when, and her own words.
QString header_line(const Buddy& buddy, const QDateTime& now);

}  // namespace basic::gui
