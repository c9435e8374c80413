#include "actions.h"

#include <QWidget>

namespace basic::gui {

Actions::Actions(QWidget* window) : QObject(window) {
  const auto keys = [](auto... key) { return QList<QKeySequence>{QKeySequence(key)...}; };
  const QString people = tr("Buddies");
  add_buddy = make("addBuddy", people, tr("Add a buddy"), keys(Qt::CTRL | Qt::Key_N));
  search_buddies =
      make("searchBuddies", people, tr("Search the buddies"), keys(Qt::CTRL | Qt::Key_K));
  const QString talks = tr("Conversations");
  write = make("write", talks, tr("Write"), keys(Qt::CTRL | Qt::Key_L));
  search_texts =
      make("searchTexts", talks, tr("Search this conversation"), keys(Qt::CTRL | Qt::Key_F));
  next_conversation = make("nextConversation", talks, tr("Next conversation"),
                           keys(Qt::CTRL | Qt::Key_Tab, Qt::CTRL | Qt::Key_PageDown));
  previous_conversation = make("previousConversation", talks, tr("Previous conversation"),
                               keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab, Qt::CTRL | Qt::Key_PageUp));
  close_conversation =
      make("closeConversation", talks, tr("Close the conversation"), keys(Qt::CTRL | Qt::Key_W));
  const QString self = tr("You");
  online = make("showOnline", self, tr("Be online"), keys(Qt::CTRL | Qt::Key_1));
  away = make("showAway", self, tr("Be away"), keys(Qt::CTRL | Qt::Key_2));
  busy = make("showBusy", self, tr("Be busy"), keys(Qt::CTRL | Qt::Key_3));
  invisible = make("showInvisible", self, tr("Be invisible"), keys(Qt::CTRL | Qt::Key_4));
  const QString basic = tr("Basic");
  palette =
      make("commandPalette", basic, tr("Find a command"), keys(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
  shortcuts = make("shortcuts", basic, tr("Keys"), keys(Qt::Key_F1));
  settings = make("settings", basic, tr("Settings"), keys(Qt::CTRL | Qt::Key_Comma));
  sign_off = make("signOff", basic, tr("Sign off"), {});
  quit = make("quit", basic, tr("Quit"), keys(Qt::CTRL | Qt::Key_Q));
  set_signed_on(false);
}

QAction* Actions::make(const char* name, const QString& group, const QString& text,
                       const QList<QKeySequence>& keys) {
  auto* const action = new QAction(text, this);
  action->setObjectName(name);
  action->setProperty("group", group);
  action->setShortcuts(keys);
  qobject_cast<QWidget*>(parent())->addAction(action);
  all_ << action;
  return action;
}

void Actions::set_signed_on(bool on) {
  for (QAction* const action : all_)
    if (action != quit && action != shortcuts && action != palette) action->setEnabled(on);
}

}  // namespace basic::gui
