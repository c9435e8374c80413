#pragma once
// The buddy list as a tree of two levels: groups, and who is in them.

#include <QAbstractItemModel>
#include <QCollator>
#include <QDateTime>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "basic/buddy.h"

Q_DECLARE_METATYPE(const basic::Buddy*)

namespace basic::gui {

/// The time of day, for what is said of times; a test has its own.
using Now = std::function<QDateTime()>;

/// What is searched for and in: without case and accents.
QString folded(const QString& text);

/// Groups by name, then "Buddies" (those in no group), then "Blocked". In a group those on line
/// come first, then those away or busy, then the others; by shown name. A buddy in several groups
/// has a row in each. A group that nobody is in has no row.
///
/// Changes nothing by itself but what is set: what the user does in the list comes out as signals.
/// Every change is told row by row, so views keep their selection and their place.
class BuddyModel final : public QAbstractItemModel {
  Q_OBJECT

 public:
  enum Role {
    kBuddyRole = Qt::UserRole + 1,  ///< const Buddy*; null: the row is a group
    kNameRole,                      ///< QString; empty: the row is a group
    kGroupRole,                     ///< QString: the group's name; empty: in none, or blocked
    kFoldRole,                      ///< QString: names the group's kind and name, for settings
    kOnlineRole,                    ///< int: how many of a group are not off line
    kTotalRole,                     ///< int: how many are in a group
    kBlockedRole,                   ///< bool, of buddies and of the group of the blocked
    kSearchRole,                    ///< QString: what a search looks in, folded
  };
  /// What a dragged row is to other programs: nothing.
  static constexpr const char* kMimeType = "application/x-basic-buddy";
  static constexpr std::size_t kMaxGroups = 4;

  explicit BuddyModel(QObject* parent = nullptr);

  void set_now(Now now) { now_ = std::move(now); }
  /// All there are. Who was blocked and is among them is no longer blocked.
  void set_buddies(const std::vector<Buddy>& buddies);
  /// Adds or changes one.
  void set_buddy(const Buddy& buddy);
  void remove(const QString& name);
  /// All who are blocked. They are no buddies from now on.
  void set_blocked(const std::vector<ohim::Name>& names);
  void clear();

  /// While held nobody moves within a group, so that no row slips away under the mouse. What is
  /// new or leaves still does so.
  void hold_order(bool held);

  /// Null: not on the list, or blocked. Valid until the next change.
  [[nodiscard]] const Buddy* buddy(const QString& name) const;
  [[nodiscard]] bool blocked(const QString& name) const;
  /// All but the blocked ones, by name.
  [[nodiscard]] std::vector<Buddy> buddies() const;
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  /// Nobody is on the list; some may be blocked.
  [[nodiscard]] bool alone() const;
  /// Texts of all of them.
  [[nodiscard]] int unread() const;
  /// The names of all groups that people made.
  [[nodiscard]] QStringList groups() const;
  /// The first row of hers.
  [[nodiscard]] QModelIndex row_of(const QString& name) const;
  /// Presence and times as words change while nothing else does: views should ask again.
  void refresh_words();

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  /// A new alias: asks by alias_wanted().
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  [[nodiscard]] QStringList mimeTypes() const override { return {QLatin1String(kMimeType)}; }
  [[nodiscard]] QMimeData* mimeData(const QModelIndexList& rows) const override;
  [[nodiscard]] Qt::DropActions supportedDropActions() const override;
  [[nodiscard]] bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row,
                                     int column, const QModelIndex& parent) const override;
  bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                    const QModelIndex& parent) override;

 signals:
  void alias_wanted(const QString& name, const QString& alias);
  /// She was dropped: into group `to` (empty: in no group), and out of `from` unless `keep`.
  void regroup_wanted(const QString& name, const QString& from, const QString& to, bool keep);

 private:
  struct Entry {
    Buddy buddy;
    bool blocked;
    QString shown;
    QString search;
    int rank;
    QCollatorSortKey key;
    bool displaced = false;  ///< not where it belongs, while the order is held
  };
  enum class Kind { named, rest, blocked };
  struct Group {
    Kind kind;
    QString title;  ///< of named ones
    QCollatorSortKey key;
    std::vector<Entry*> members;
  };
  using GroupId = std::pair<Kind, QString>;

  [[nodiscard]] Entry described(const Buddy& buddy, bool blocked) const;
  static bool before(const Entry& one, const Entry& other);
  static bool group_before(const Group& one, const Group& other);
  static std::vector<GroupId> groups_of(const Entry& entry);
  /// Where it belongs among those that are not `unsettled`.
  static int place_for(const Group& group, const Entry& entry,
                       const std::vector<Entry*>& unsettled);
  static std::vector<Entry*> displaced_in(const Group& group);

  void fill(const std::vector<Buddy>& buddies);
  void put(const Buddy& buddy, bool blocked);
  std::unique_ptr<Group> make_group(const GroupId& id) const;
  Group* find(const GroupId& id) const;
  void enter(const GroupId& id, Entry& entry);
  void leave(Group& group, Entry& entry);
  /// Moves each of `unsettled` to where it belongs.
  void settle(Group& group, std::vector<Entry*> unsettled);
  void tell_changed(const Group& group, const Entry* entry);

  [[nodiscard]] int row_of(const Group& group) const;
  [[nodiscard]] QModelIndex index_of(const Group& group) const;
  [[nodiscard]] const Group* group_at(const QModelIndex& index) const;
  [[nodiscard]] const Entry* entry_at(const QModelIndex& index) const;
  /// The group that a drop there is meant for; null: none takes it.
  [[nodiscard]] const Group* drop_target(const QMimeData* data, const QModelIndex& parent) const;
  [[nodiscard]] QVariant group_data(const Group& group, int role) const;
  [[nodiscard]] QVariant entry_data(const Group& group, const Entry& entry, int role) const;
  [[nodiscard]] QString spoken_row(const Entry& entry) const;

  QCollator collator_;
  Now now_;
  bool held_ = false;
  std::map<QString, Entry> entries_;
  std::vector<std::unique_ptr<Group>> groups_;  // ordered; an index's pointer is its parent group
};

}  // namespace basic::gui
