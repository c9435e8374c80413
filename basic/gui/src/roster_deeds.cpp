#include "roster_deeds.h"

#include <algorithm>
#include <utility>

#include "core_words.h"
#include "words.h"

namespace basic::gui {
namespace {

QStringList groups_of(const Buddy& buddy) {
  QStringList groups;
  for (const std::string& group : buddy.groups) groups << qt(group);
  return groups;
}

}  // namespace

QStringList regrouped(const QStringList& groups, const QString& from, const QString& to,
                      bool keep) {
  if (to.isEmpty()) return keep ? groups : QStringList();
  QStringList after = groups;
  if (!keep) after.removeAll(from);
  if (!after.contains(to)) after << to;
  return after;
}

RosterDeeds::RosterDeeds(Bridge& bridge, BuddyModel& model, NoticeBar& notice, QObject* parent)
    : QObject(parent), bridge_(bridge), model_(model), notice_(notice) {}

void RosterDeeds::tell_failure(const QString& what, const base::Error& error) {
  notice_.tell(tr("%1: %2.").arg(what, said(error)));
}

template <typename What>
void RosterDeeds::ask(const QString& failure, What what) {
  bridge_.ask(this, std::move(what), [this, failure](const base::Result<void>& done) {
    if (!done) tell_failure(failure, done.error());
  });
}

// --- alias, groups, wishes -----------------------------------------------------------------------

void RosterDeeds::rename(const QString& name, const QString& alias) {
  ask(tr("%1 was not renamed").arg(name),
      [who = name.toStdString(), alias = alias.toStdString()](Client& client) {
        return client.set_alias(who, alias);
      });
}

void RosterDeeds::regroup(const QString& name, const QString& from, const QString& to, bool keep) {
  if (const Buddy* const buddy = model_.buddy(name))
    set_groups(name, regrouped(groups_of(*buddy), from, to, keep));
}

void RosterDeeds::set_in_group(const QString& name, const QString& group, bool in) {
  const Buddy* const buddy = model_.buddy(name);
  if (!buddy) return;
  QStringList groups = groups_of(*buddy);
  groups.removeAll(group);
  if (in) groups << group;
  set_groups(name, groups);
}

void RosterDeeds::set_groups(const QString& name, const QStringList& groups) {
  if (groups.size() > static_cast<qsizetype>(BuddyModel::kMaxGroups)) {
    notice_.tell(tr("%1 is in %n groups already, which is the most there can be.", nullptr,
                    static_cast<int>(BuddyModel::kMaxGroups))
                     .arg(name));
    return;
  }
  std::vector<std::string> wanted;
  for (const QString& group : groups) wanted.push_back(group.toStdString());
  ask(tr("%1 stays in her groups").arg(name), [who = name.toStdString(), wanted](Client& client) {
    return client.set_groups(who, wanted);
  });
}

void RosterDeeds::tell_me(const QString& name, bool on) {
  bridge_.ask(
      this,
      [who = name.toStdString(), on](Client& client) { return client.notify_when_online(who, on); },
      [this, name](const base::Result<void>& done) {
        if (!done) return tell_failure(tr("That was not noted"), done.error());
        refresh();
      });
}

// --- blocking ------------------------------------------------------------------------------------

void RosterDeeds::block(const QString& name) {
  bridge_.ask(
      this, [who = name.toStdString()](Client& client) { return client.block(who); },
      [this, name](const base::Result<void>& done) {
        if (!done) return tell_failure(tr("%1 was not blocked").arg(name), done.error());
        emit removed(name);
        refresh();
        notice_.offer_undo(
            tr("%1 is blocked and sees you off line.").arg(name), [this, name] { unblock(name); },
            [] {});
      });
}

void RosterDeeds::unblock(const QString& name) {
  bridge_.ask(
      this, [who = name.toStdString()](Client& client) { return client.unblock(who); },
      [this, name](const base::Result<void>& done) {
        if (!done) tell_failure(tr("%1 is still blocked").arg(name), done.error());
        refresh();
      });
}

// --- removing ------------------------------------------------------------------------------------

void RosterDeeds::remove(const QString& name) {
  const Buddy* const found = model_.buddy(name);
  if (!found) return;
  const Buddy buddy = *found;
  const QString who = shown_name(buddy);
  model_.remove(name);
  emit removed(name);
  notice_.finish();  // whoever was removed before is gone for good now
  leaving_ = buddy;
  notice_.offer_undo(
      tr("%1 was removed.").arg(who), [this] { restore(); }, [this] { remove_for_good(); });
}

void RosterDeeds::restore() {
  const std::optional<Buddy> buddy = std::exchange(leaving_, std::nullopt);
  if (buddy) take(*buddy);
}

bool RosterDeeds::undo_removal(const QString& name) {
  if (!leaving_ || qt(leaving_->name) != name) return false;
  restore();
  notice_.finish();
  return true;
}

void RosterDeeds::remove_for_good() {
  const std::optional<Buddy> buddy = std::exchange(leaving_, std::nullopt);
  if (!buddy) return;
  going_.push_back(buddy->name);
  bridge_.ask(
      this, [who = buddy->name.str()](Client& client) { return client.remove_buddy(who); },
      [this, gone = *buddy](const base::Result<void>& done) { removal_answered(gone, done); });
}

void RosterDeeds::removal_answered(const Buddy& buddy, const base::Result<void>& done) {
  std::erase(going_, buddy.name);
  if (done) return;
  take(buddy);
  tell_failure(tr("%1 was not removed").arg(shown_name(buddy)), done.error());
}

void RosterDeeds::flush() { notice_.finish(); }

// --- what the client says ------------------------------------------------------------------------

void RosterDeeds::take(const Buddy& buddy) {
  if (leaving_ && leaving_->name == buddy.name) {
    leaving_ = buddy;
    return;
  }
  if (std::ranges::find(going_, buddy.name) != going_.end()) return;
  model_.set_buddy(buddy);
  emit buddy_updated(buddy);
}

void RosterDeeds::take_all(std::vector<Buddy> buddies) {
  std::erase_if(buddies, [this](const Buddy& buddy) {
    const bool leaves = leaving_ && leaving_->name == buddy.name;
    return leaves || std::ranges::find(going_, buddy.name) != going_.end();
  });
  model_.set_buddies(buddies);
}

void RosterDeeds::refresh() {
  bridge_.look(
      this, [](Client& client) { return std::pair(client.blocked(), client.buddies()); },
      [this](const std::pair<std::vector<ohim::Name>, std::vector<Buddy>>& all) {
        model_.set_blocked(all.first);
        take_all(all.second);
      });
}

void RosterDeeds::list_changed() {
  refresh();
  bridge_.look(
      this, [](Client& client) { return client.buddies(); },
      [this](const std::vector<Buddy>& all) {
        for (const Buddy& buddy : all) emit buddy_updated(buddy);
      });
}

void RosterDeeds::clear() {
  leaving_.reset();
  going_.clear();
  notice_.finish();
  model_.clear();
}

}  // namespace basic::gui
