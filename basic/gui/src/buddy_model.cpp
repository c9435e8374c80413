#include "buddy_model.h"

#include <algorithm>

#include "words.h"

namespace basic::gui {
namespace {

/// On line before away and busy before the others.
int rank_of(Presence presence) {
  switch (presence) {
    case Presence::online:
      return 0;
    case Presence::away:
    case Presence::busy:
      return 1;
    case Presence::offline:
    case Presence::unknown:
      break;
  }
  return 2;
}

}  // namespace

QString folded(const QString& text) {
  QString plain = text.normalized(QString::NormalizationForm_KD);
  plain.removeIf([](QChar letter) { return letter.category() == QChar::Mark_NonSpacing; });
  return plain.toCaseFolded();
}

BuddyModel::BuddyModel(QObject* parent)
    : QAbstractItemModel(parent), now_([] { return QDateTime::currentDateTime(); }) {
  collator_.setCaseSensitivity(Qt::CaseInsensitive);
  collator_.setNumericMode(true);
}

// --- what is known -------------------------------------------------------------------------------

BuddyModel::Entry BuddyModel::described(const Buddy& buddy, bool blocked) const {
  const QString shown = shown_name(buddy);
  const QStringList words{shown, qt(buddy.name), qt(buddy.text)};
  return Entry{.buddy = buddy,
               .blocked = blocked,
               .shown = shown,
               .search = folded(words.join(QLatin1Char('\n'))),
               .rank = rank_of(buddy.presence),
               .key = collator_.sortKey(shown.toCaseFolded())};
}

bool BuddyModel::before(const Entry& one, const Entry& other) {
  if (one.rank != other.rank) return one.rank < other.rank;
  const int order = one.key.compare(other.key);
  return order != 0 ? order < 0 : one.buddy.name < other.buddy.name;
}

bool BuddyModel::group_before(const Group& one, const Group& other) {
  if (one.kind != other.kind) return one.kind < other.kind;
  const int order = one.key.compare(other.key);
  return order != 0 ? order < 0 : one.title < other.title;
}

std::vector<BuddyModel::GroupId> BuddyModel::groups_of(const Entry& entry) {
  if (entry.blocked) return {{Kind::blocked, QString()}};
  std::vector<GroupId> ids;
  for (const std::string& group : entry.buddy.groups) {
    const GroupId id(Kind::named, qt(group));
    if (!id.second.isEmpty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  if (ids.empty()) ids.emplace_back(Kind::rest, QString());
  return ids;
}

void BuddyModel::set_buddies(const std::vector<Buddy>& buddies) {
  if (entries_.empty()) return fill(buddies);
  std::map<QString, const Buddy*> wanted;
  for (const Buddy& buddy : buddies) wanted[qt(buddy.name)] = &buddy;
  std::vector<QString> gone;
  for (const auto& [name, entry] : entries_) {
    if (!entry.blocked && !wanted.contains(name)) gone.push_back(name);
  }
  for (const QString& name : gone) remove(name);
  for (const auto& [name, buddy] : wanted) put(*buddy, false);
}

void BuddyModel::fill(const std::vector<Buddy>& buddies) {
  std::map<GroupId, std::unique_ptr<Group>> groups;
  for (const Buddy& buddy : buddies) {
    const auto [at, is_new] = entries_.try_emplace(qt(buddy.name), described(buddy, false));
    if (!is_new) continue;
    for (const GroupId& id : groups_of(at->second)) {
      std::unique_ptr<Group>& group = groups[id];
      if (!group) group = make_group(id);
      group->members.push_back(&at->second);
    }
  }
  if (groups.empty()) return;
  beginInsertRows({}, 0, static_cast<int>(groups.size()) - 1);
  for (auto& [id, group] : groups) {
    std::ranges::sort(group->members, [](auto* one, auto* other) { return before(*one, *other); });
    groups_.push_back(std::move(group));
  }
  std::ranges::sort(groups_, [](auto& one, auto& other) { return group_before(*one, *other); });
  endInsertRows();
}

void BuddyModel::set_buddy(const Buddy& buddy) { put(buddy, false); }

void BuddyModel::put(const Buddy& buddy, bool blocked) {
  Entry now = described(buddy, blocked);
  const auto [at, is_new] = entries_.try_emplace(qt(buddy.name), now);
  Entry& entry = at->second;
  const std::vector<GroupId> left = is_new ? std::vector<GroupId>() : groups_of(entry);
  const bool moves = before(entry, now) || before(now, entry);
  now.displaced = entry.displaced || (held_ && moves);
  entry = std::move(now);

  const std::vector<GroupId> entered = groups_of(entry);
  for (const GroupId& id : left) {
    if (std::ranges::find(entered, id) == entered.end()) leave(*find(id), entry);
  }
  for (const GroupId& id : entered) {
    if (std::ranges::find(left, id) == left.end()) {
      enter(id, entry);
      continue;
    }
    Group& group = *find(id);
    if (moves && !held_) settle(group, {&entry});
    tell_changed(group, &entry);
  }
}

void BuddyModel::remove(const QString& name) {
  const auto at = entries_.find(name);
  if (at == entries_.end()) return;
  for (const GroupId& id : groups_of(at->second)) leave(*find(id), at->second);
  entries_.erase(at);
}

void BuddyModel::set_blocked(const std::vector<ohim::Name>& names) {
  std::vector<QString> gone;
  for (const auto& [name, entry] : entries_) {
    if (entry.blocked && std::ranges::find(names, entry.buddy.name) == names.end())
      gone.push_back(name);
  }
  for (const QString& name : gone) remove(name);
  for (const ohim::Name& name : names) {
    if (blocked(qt(name))) continue;
    put(Buddy{name, Presence::unknown, {}, {}, ohim::KnownBy::none, {}}, true);
  }
}

void BuddyModel::clear() {
  if (groups_.empty()) return;
  beginRemoveRows({}, 0, static_cast<int>(groups_.size()) - 1);
  groups_.clear();
  entries_.clear();
  endRemoveRows();
}

// --- groups and order ----------------------------------------------------------------------------

std::unique_ptr<BuddyModel::Group> BuddyModel::make_group(const GroupId& id) const {
  return std::make_unique<Group>(
      Group{id.first, id.second, collator_.sortKey(id.second.toCaseFolded()), {}});
}

BuddyModel::Group* BuddyModel::find(const GroupId& id) const {
  const auto at = std::ranges::find_if(groups_, [&id](const auto& group) {
    return group->kind == id.first && group->title == id.second;
  });
  return at == groups_.end() ? nullptr : at->get();
}

void BuddyModel::enter(const GroupId& id, Entry& entry) {
  if (Group* const group = find(id)) {
    const int row = place_for(*group, entry, displaced_in(*group));
    beginInsertRows(index_of(*group), row, row);
    group->members.insert(group->members.begin() + row, &entry);
    endInsertRows();
    tell_changed(*group, nullptr);
    return;
  }
  auto group = make_group(id);
  group->members.push_back(&entry);
  const auto at = std::ranges::find_if(
      groups_, [&group](const auto& other) { return group_before(*group, *other); });
  const int row = static_cast<int>(at - groups_.begin());
  beginInsertRows({}, row, row);
  groups_.insert(at, std::move(group));
  endInsertRows();
}

void BuddyModel::leave(Group& group, Entry& entry) {
  if (group.members.size() == 1) {
    const int row = row_of(group);
    beginRemoveRows({}, row, row);
    groups_.erase(groups_.begin() + row);
    endRemoveRows();
    return;
  }
  const auto at = std::ranges::find(group.members, &entry);
  const int row = static_cast<int>(at - group.members.begin());
  beginRemoveRows(index_of(group), row, row);
  group.members.erase(at);
  endRemoveRows();
  tell_changed(group, nullptr);
}

int BuddyModel::place_for(const Group& group, const Entry& entry,
                          const std::vector<Entry*>& unsettled) {
  const auto follows = [&](Entry* other) {
    if (other == &entry || std::ranges::find(unsettled, other) != unsettled.end()) return false;
    return before(entry, *other);
  };
  return static_cast<int>(std::ranges::find_if(group.members, follows) - group.members.begin());
}

std::vector<BuddyModel::Entry*> BuddyModel::displaced_in(const Group& group) {
  std::vector<Entry*> displaced;
  std::ranges::copy_if(group.members, std::back_inserter(displaced), &Entry::displaced);
  return displaced;
}

void BuddyModel::settle(Group& group, std::vector<Entry*> unsettled) {
  const QModelIndex parent = index_of(group);
  while (!unsettled.empty()) {
    Entry* const entry = unsettled.back();
    unsettled.pop_back();
    const int to = place_for(group, *entry, unsettled);
    const int from =
        static_cast<int>(std::ranges::find(group.members, entry) - group.members.begin());
    if (to == from || to == from + 1) continue;
    beginMoveRows(parent, from, from, parent, to);
    const auto first = group.members.begin();
    if (to < from) std::rotate(first + to, first + from, first + from + 1);
    if (to > from) std::rotate(first + from, first + from + 1, first + to);
    endMoveRows();
  }
}

void BuddyModel::hold_order(bool held) {
  if (held_ == held) return;
  held_ = held;
  if (held) return;
  for (const auto& group : groups_) settle(*group, displaced_in(*group));
  for (auto& [name, entry] : entries_) entry.displaced = false;
}

void BuddyModel::tell_changed(const Group& group, const Entry* entry) {
  const QModelIndex head = index_of(group);
  emit dataChanged(head, head);  // its counts
  if (!entry) return;
  const auto at = std::ranges::find(group.members, entry);
  const QModelIndex row = index(static_cast<int>(at - group.members.begin()), 0, head);
  emit dataChanged(row, row);
}

void BuddyModel::refresh_words() {
  for (const auto& group : groups_) {
    const QModelIndex head = index_of(*group);
    const int last = static_cast<int>(group->members.size()) - 1;
    emit dataChanged(index(0, 0, head), index(last, 0, head), {Qt::AccessibleTextRole});
  }
}

// --- asking --------------------------------------------------------------------------------------

const Buddy* BuddyModel::buddy(const QString& name) const {
  const auto at = entries_.find(name);
  return at == entries_.end() || at->second.blocked ? nullptr : &at->second.buddy;
}

bool BuddyModel::blocked(const QString& name) const {
  const auto at = entries_.find(name);
  return at != entries_.end() && at->second.blocked;
}

std::vector<Buddy> BuddyModel::buddies() const {
  std::vector<Buddy> all;
  for (const auto& [name, entry] : entries_)
    if (!entry.blocked) all.push_back(entry.buddy);
  return all;
}

bool BuddyModel::alone() const {
  return std::ranges::all_of(entries_, [](const auto& named) { return named.second.blocked; });
}

int BuddyModel::unread() const {
  std::size_t all = 0;
  for (const auto& [name, entry] : entries_) all += entry.buddy.unread;
  return static_cast<int>(all);
}

QStringList BuddyModel::groups() const {
  QStringList titles;
  for (const auto& group : groups_) {
    if (group->kind == Kind::named) titles << group->title;
  }
  return titles;
}

QModelIndex BuddyModel::row_of(const QString& name) const {
  const auto at = entries_.find(name);
  if (at == entries_.end()) return {};
  for (const auto& group : groups_) {
    const auto member = std::ranges::find(group->members, &at->second);
    if (member == group->members.end()) continue;
    return index(static_cast<int>(member - group->members.begin()), 0, index_of(*group));
  }
  return {};
}

}  // namespace basic::gui
