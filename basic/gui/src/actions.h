#pragma once
// All that can be done in the window, each once: with its words, its keys and the group it is shown
// in. Menus, the command palette and the list of shortcuts are made of these.

#include <QAction>
#include <QList>
#include <QObject>

namespace basic::gui {

class Actions final : public QObject {
  Q_OBJECT

 public:
  /// Added to `window`, so that their keys work wherever the focus is.
  explicit Actions(QWidget* window);

  QAction* add_buddy = nullptr;
  QAction* search_buddies = nullptr;
  QAction* search_texts = nullptr;
  QAction* next_conversation = nullptr;
  QAction* previous_conversation = nullptr;
  QAction* close_conversation = nullptr;
  QAction* write = nullptr;  ///< to the field at the bottom
  QAction* online = nullptr;
  QAction* away = nullptr;
  QAction* busy = nullptr;
  QAction* invisible = nullptr;
  QAction* palette = nullptr;
  QAction* shortcuts = nullptr;
  QAction* settings = nullptr;
  QAction* sign_off = nullptr;
  QAction* quit = nullptr;

  /// In the order in which they are shown; the group is property "group".
  [[nodiscard]] const QList<QAction*>& all() const { return all_; }
  /// Those that make sense only while somebody is signed on.
  void set_signed_on(bool on);

 private:
  QAction* make(const char* name, const QString& group, const QString& text,
                const QList<QKeySequence>& keys);
  QList<QAction*> all_;
};

}  // namespace basic::gui
