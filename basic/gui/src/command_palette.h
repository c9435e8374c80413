#pragma once
// Everything the window can do, found by typing a few letters of it.

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QString>
#include <functional>
#include <vector>

class QAction;
class QLabel;
class QLineEdit;
class QListView;

namespace basic::gui {

class CommandModel;

/// One thing that can be done.
struct Command {
  QString text;    ///< "Talk with Milhouse"
  QString hint{};  ///< shown at the right: its shortcut
  std::function<void()> run{};
};

/// What an action does when it is chosen; its mark for a mnemonic and its "…" are left out.
Command command_of(QAction* action);

/// Lies over the upper part of its parent while it is open, and is only as large as it needs.
/// Typing filters; Up, Down, Page Up, Page Down choose; Enter or a click runs; Esc, or the focus
/// going elsewhere, closes. The focus goes back to where it was before anything is run.
class CommandPalette final : public QFrame {
  Q_OBJECT

 public:
  explicit CommandPalette(QWidget* parent);

  struct Person {
    QString name;   ///< of the network
    QString shown;  ///< what the user calls her
  };
  /// `actions` that are enabled and visible now, in this order, then `people`. Actions that go
  /// while it is open do nothing.
  void open(const QList<QAction*>& actions, const std::vector<Person>& people);

 signals:
  void talk_wanted(const QString& name);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void make_parts();
  void filter(const QString& typed);
  void place();
  void cast_shadow();
  bool key_pressed(int key);
  void step(int rows);
  void run(int row);
  void close_again();

  QLineEdit* search_ = nullptr;
  QListView* list_ = nullptr;
  QLabel* nothing_ = nullptr;
  CommandModel* model_ = nullptr;
  QPointer<QWidget> focus_before_;
};

}  // namespace basic::gui
