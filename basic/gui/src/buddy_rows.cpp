// BuddyModel as views see it: rows, what they say, and what is dropped on them.

#include <QMimeData>
#include <algorithm>

#include "buddy_model.h"
#include "words.h"

namespace basic::gui {

int BuddyModel::row_of(const Group& group) const {
  const auto at = std::ranges::find(groups_, &group, &std::unique_ptr<Group>::get);
  return static_cast<int>(at - groups_.begin());
}

QModelIndex BuddyModel::index_of(const Group& group) const {
  return createIndex(row_of(group), 0, nullptr);
}

QModelIndex BuddyModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  const void* const group =
      parent.isValid() ? groups_[static_cast<std::size_t>(parent.row())].get() : nullptr;
  return createIndex(row, column, group);
}

QModelIndex BuddyModel::parent(const QModelIndex& index) const {
  const auto* const group = static_cast<const Group*>(index.constInternalPointer());
  return group ? index_of(*group) : QModelIndex();
}

int BuddyModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(groups_.size());
  if (parent.internalPointer() || parent.column() != 0) return 0;
  return static_cast<int>(groups_[static_cast<std::size_t>(parent.row())]->members.size());
}

int BuddyModel::columnCount(const QModelIndex& /*parent*/) const { return 1; }

const BuddyModel::Group* BuddyModel::group_at(const QModelIndex& index) const {
  if (!index.isValid()) return nullptr;
  if (index.internalPointer()) return static_cast<const Group*>(index.constInternalPointer());
  return groups_[static_cast<std::size_t>(index.row())].get();
}

const BuddyModel::Entry* BuddyModel::entry_at(const QModelIndex& index) const {
  if (!index.isValid() || !index.internalPointer()) return nullptr;
  const auto* const group = static_cast<const Group*>(index.constInternalPointer());
  return group->members[static_cast<std::size_t>(index.row())];
}

QVariant BuddyModel::data(const QModelIndex& index, int role) const {
  const Group* const group = group_at(index);
  if (!group) return {};
  const Entry* const entry = entry_at(index);
  return entry ? entry_data(*group, *entry, role) : group_data(*group, role);
}

QVariant BuddyModel::group_data(const Group& group, int role) const {
  const int total = static_cast<int>(group.members.size());
  const auto online =
      std::ranges::count_if(group.members, [](const Entry* e) { return e->rank < 2; });
  const QString title = group.kind == Kind::named  ? group.title
                        : group.kind == Kind::rest ? tr("Buddies")
                                                   : tr("Blocked");
  switch (role) {
    case Qt::DisplayRole:
      return title;
    case Qt::AccessibleTextRole:
      if (group.kind == Kind::blocked) return tr("%1, %n persons", nullptr, total).arg(title);
      return tr("%1, %2 of %3 on line").arg(title).arg(online).arg(total);
    case kGroupRole:
      return group.title;
    case kFoldRole:
      return QString(QLatin1Char(group.kind == Kind::named  ? 'n'
                                 : group.kind == Kind::rest ? 'r'
                                                            : 'b') +
                     group.title);
    case kOnlineRole:
      return static_cast<int>(online);
    case kTotalRole:
      return total;
    case kBlockedRole:
      return group.kind == Kind::blocked;
    default:
      return {};
  }
}

QString BuddyModel::spoken_row(const Entry& entry) const {
  if (entry.blocked) return tr("%1, blocked").arg(entry.shown);
  const QString row = spoken(entry.buddy, static_cast<int>(entry.buddy.unread), now_());
  if (!entry.buddy.notify_when_online) return row;
  return tr("%1, you will be told when she comes on line").arg(row);
}

QVariant BuddyModel::entry_data(const Group& group, const Entry& entry, int role) const {
  switch (role) {
    case Qt::DisplayRole:
      return entry.shown;
    case Qt::EditRole:
      return qt(entry.buddy.alias);
    case Qt::AccessibleTextRole:
      return spoken_row(entry);
    case kBuddyRole:
      return QVariant::fromValue(&entry.buddy);
    case kNameRole:
      return qt(entry.buddy.name);
    case kGroupRole:
      return group.title;
    case kBlockedRole:
      return entry.blocked;
    case kSearchRole:
      return entry.search;
    default:
      return {};
  }
}

Qt::ItemFlags BuddyModel::flags(const QModelIndex& index) const {
  const Group* const group = group_at(index);
  if (!group) return Qt::NoItemFlags;
  const Entry* const entry = entry_at(index);
  if (!entry && group->kind == Kind::blocked) return Qt::ItemIsEnabled;
  if (!entry) return Qt::ItemIsEnabled | Qt::ItemIsDropEnabled;
  const Qt::ItemFlags plain = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
  if (entry->blocked) return plain;
  return plain | Qt::ItemIsEditable | Qt::ItemIsDragEnabled | Qt::ItemIsDropEnabled;
}

bool BuddyModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const Entry* const entry = entry_at(index);
  if (!entry || entry->blocked || role != Qt::EditRole) return false;
  const QString alias = value.toString().trimmed();
  if (alias != qt(entry->buddy.alias)) emit alias_wanted(qt(entry->buddy.name), alias);
  return true;
}

// --- dragging ------------------------------------------------------------------------------------

QMimeData* BuddyModel::mimeData(const QModelIndexList& rows) const {
  const Entry* const entry = rows.isEmpty() ? nullptr : entry_at(rows.first());
  if (!entry) return nullptr;
  const QStringList what{qt(entry->buddy.name), group_at(rows.first())->title};
  auto* const data = new QMimeData;
  data->setData(QLatin1String(kMimeType), what.join(QLatin1Char('\n')).toUtf8());
  return data;
}

Qt::DropActions BuddyModel::supportedDropActions() const { return Qt::MoveAction | Qt::CopyAction; }

const BuddyModel::Group* BuddyModel::drop_target(const QMimeData* data,
                                                 const QModelIndex& parent) const {
  if (!data || !data->hasFormat(QLatin1String(kMimeType))) return nullptr;
  const Group* const group = group_at(parent);
  return !group || group->kind == Kind::blocked ? nullptr : group;
}

bool BuddyModel::canDropMimeData(const QMimeData* data, Qt::DropAction /*action*/, int /*row*/,
                                 int /*column*/, const QModelIndex& parent) const {
  return drop_target(data, parent) != nullptr;
}

bool BuddyModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int /*row*/,
                              int /*column*/, const QModelIndex& parent) {
  const Group* const group = drop_target(data, parent);
  if (!group) return false;
  const QString what = QString::fromUtf8(data->data(QLatin1String(kMimeType)));
  const QString name = what.section(QLatin1Char('\n'), 0, 0);
  const QString from = what.section(QLatin1Char('\n'), 1);
  if (!buddy(name) || from == group->title) return false;
  emit regroup_wanted(name, from, group->title, action == Qt::CopyAction);
  return true;
}

}  // namespace basic::gui
