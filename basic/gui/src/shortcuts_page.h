#pragma once
// What can be done by keyboard, all on one page.

#include <QDialog>
#include <QList>
#include <QString>
#include <vector>

class QAction;

namespace basic::gui {

struct ShortcutRow {
  QString what;  ///< "Add a buddy"
  QString keys;  ///< "Ctrl+N"; of several, "Ctrl+Tab, Ctrl+PgDown"
};

struct ShortcutGroup {
  QString title;
  std::vector<ShortcutRow> rows;
};

/// Of all actions that have shortcuts, by their property "group", in the order given. What has keys
/// but is no action can be added by hand.
std::vector<ShortcutGroup> shortcut_groups(const QList<QAction*>& actions);

/// A list to read, with the keyboard, too. Esc closes it.
class ShortcutsPage final : public QDialog {
  Q_OBJECT

 public:
  ShortcutsPage(const std::vector<ShortcutGroup>& groups, QWidget* parent);
};

}  // namespace basic::gui
