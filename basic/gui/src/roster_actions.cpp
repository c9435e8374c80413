// RosterPane: what can be asked and done from the list.

#include <QAction>
#include <QMenu>
#include <QToolTip>
#include <algorithm>

#include "buddy_filter.h"
#include "buddy_view.h"
#include "buddy_why.h"
#include "core_words.h"
#include "request_cards.h"
#include "roster.h"
#include "roster_deeds.h"
#include "roster_notice.h"
#include "roster_prompt.h"
#include "words.h"

namespace basic::gui {
namespace {

constexpr const char* kFoldsKey = "roster.folds";

/// In a menu an ampersand underlines what follows it.
QString menu_text(QString text) { return text.replace(QLatin1Char('&'), QStringLiteral("&&")); }

/// What is wrong with it as a user name; empty: nothing.
QString name_trouble(const QString& word) {
  const auto name = ohim::Name::parse(word.toStdString());
  if (name) return {};
  return sentence_said(name.error());
}

}  // namespace

// --- adding --------------------------------------------------------------------------------------

void RosterPane::add_buddy() {
  looking_for_.clear();
  prompt_->ask({.heading = tr("Add a buddy"),
                .placeholder = tr("User name"),
                .button = tr("Add"),
                .check = name_trouble,
                .answer = [this](const QString& word) { look_up(word.toLower()); }});
  fit_cards();
}

void RosterPane::look_up(const QString& name) {
  if (deeds_->undo_removal(name)) return prompt_->close_card();
  looking_for_ = name;
  prompt_->wait(tr("Looking …"));
  bridge_.ask(
      this, [who = name.toStdString()](Client& client) { return client.add_buddy(who); },
      [this, name](const base::Result<Buddy>& result) { added(name, result); });
}

void RosterPane::added(const QString& name, const base::Result<Buddy>& result) {
  if (result) deeds_->take(*result);
  if (looking_for_ != name) return;  // the card is closed, or asks for something else
  looking_for_.clear();
  if (!result) return prompt_->fail(sentence_said(result.error()));
  select(name);
  prompt_->succeed(tr("%1 is on your list. To be sure that it is she, compare these numbers "
                      "with those she sees.")
                       .arg(name),
                   qt(result->fingerprint));
}

void RosterPane::ask_group(const QString& name) {
  looking_for_.clear();
  prompt_->ask({.heading = tr("New group for %1").arg(name),
                .placeholder = tr("Name of the group"),
                .button = tr("Make it"),
                .check =
                    [](const QString& word) {
                      constexpr int kMaxBytes = 32;
                      return word.toUtf8().size() > kMaxBytes ? tr("This name is too long.")
                                                              : QString();
                    },
                .answer =
                    [this, name](const QString& word) {
                      deeds_->set_in_group(name, word, true);
                      prompt_->close_card();
                    }});
  fit_cards();
}

// --- the menu of a row ---------------------------------------------------------------------------

void RosterPane::show_menu(const QString& name, const QPoint& at) {
  auto* const menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("buddyMenu"));
  menu->setAccessibleName(tr("What to do with %1").arg(name));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (model_->blocked(name)) {
    menu->addAction(tr("Unblock"), this, [this, name] { deeds_->unblock(name); });
    return menu->popup(at);
  }
  const Buddy* const buddy = model_->buddy(name);
  if (!buddy) return menu->deleteLater();
  menu->addAction(tr("Open"), this, [this, name] { emit opened(name); });
  menu->addAction(tr("Rename …"), QKeySequence(Qt::Key_F2), this, [this, name] {
    select(name);
    view_->rename(name);
  });
  QMenu* const groups = menu->addMenu(tr("Groups"));
  groups->setObjectName(QStringLiteral("groupsMenu"));
  for (const QString& title : model_->groups()) {
    QAction* const action = groups->addAction(menu_text(title));
    action->setCheckable(true);
    action->setChecked(std::ranges::find(buddy->groups, title.toStdString()) !=
                       buddy->groups.end());
    connect(action, &QAction::toggled, this,
            [this, name, title](bool in) { deeds_->set_in_group(name, title, in); });
  }
  groups->addSeparator();
  groups->addAction(tr("New group …"), this, [this, name] { ask_group(name); });
  QAction* const tell = menu->addAction(tr("Tell me when she comes on line"));
  tell->setCheckable(true);
  tell->setChecked(buddy->notify_when_online);
  connect(tell, &QAction::toggled, this, [this, name](bool on) { deeds_->tell_me(name, on); });
  menu->addAction(tr("Why is she shown so?"), this, [this, name] {
    const QRect row = view_->visualRect(shown_row(name));
    explain(name, QRect(view_->viewport()->mapToGlobal(row.topLeft()), row.size()), true);
  });
  menu->addSeparator();
  menu->addAction(tr("Block"), this, [this, name] { deeds_->block(name); });
  menu->addAction(tr("Remove"), QKeySequence(Qt::Key_Delete), this,
                  [this, name] { deeds_->remove(name); });
  menu->popup(at);
}

void RosterPane::explain(const QString& name, const QRect& row, bool in_popover) {
  bridge_.look(
      this, [who = name.toStdString()](Client& client) { return client.why(who); },
      [this, row, in_popover](const base::Result<Explanation>& why) {
        if (!why) return;
        const WhyWords words = why_words(*why, now_());
        if (in_popover) return (new WhyPopover(words, this))->show_at(row);
        QWidget* const list = view_->viewport();
        const QRect here(list->mapFromGlobal(row.topLeft()), row.size());
        QToolTip::showText(row.center(), why_tooltip(words), list, here);
      });
}

// --- folds ---------------------------------------------------------------------------------------

void RosterPane::load_folds() {
  bridge_.look(
      this, [](Client& client) { return client.setting(kFoldsKey); },
      [this](const std::optional<std::string>& value) {
        // Who is blocked is out of sight until somebody wants to see it.
        const QString folds = value ? qt(*value) : QStringLiteral("b");
        const QStringList keys = folds.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        view_->set_folds(QSet<QString>(keys.begin(), keys.end()));
      });
}

void RosterPane::save_folds() {
  QStringList folds(view_->folds().begin(), view_->folds().end());
  folds.sort();
  const QString value = folds.join(QLatin1Char('\n'));
  bridge_.ask(
      this,
      [value = value.toStdString()](Client& client) {
        return client.set_setting(kFoldsKey, value);
      },
      [this](const base::Result<void>& done) {
        if (!done) notice_->tell(tr("That was not kept: %1.").arg(said(done.error())));
      });
}

}  // namespace basic::gui
