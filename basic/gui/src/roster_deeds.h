#pragma once
// What the user does to the people on the list: each deed asks the client and tells the model.

#include <QObject>
#include <optional>

#include "basic/gui/bridge.h"
#include "buddy_model.h"
#include "roster_notice.h"

namespace basic::gui {

/// The groups of somebody who was dropped into `to` (empty: in none), and out of `from` unless
/// `keep`.
QStringList regrouped(const QStringList& groups, const QString& from, const QString& to, bool keep);

/// `bridge`, `model` and `notice` are borrowed. What fails is said in the notice; the model then
/// stays as the client has it.
class RosterDeeds final : public QObject {
  Q_OBJECT

 public:
  RosterDeeds(Bridge& bridge, BuddyModel& model, NoticeBar& notice, QObject* parent);

  void rename(const QString& name, const QString& alias);
  void regroup(const QString& name, const QString& from, const QString& to, bool keep);
  void set_in_group(const QString& name, const QString& group, bool in);
  void tell_me(const QString& name, bool on);
  /// Blocks at once; the notice offers to undo that.
  void block(const QString& name);
  void unblock(const QString& name);
  /// Takes her from the list at once, and asks the client when nobody undid it.
  void remove(const QString& name);
  /// She is on the list again if she was removed and that can be undone. True: she was.
  bool undo_removal(const QString& name);
  /// What could be undone is done for good now.
  void flush();

  /// What the client says of somebody, unless she is being removed.
  void take(const Buddy& buddy);
  void take_all(std::vector<Buddy> buddies);
  /// Asks the client who is blocked, and who is on the list.
  void refresh();
  /// Another machine of the user changed it.
  void list_changed();
  /// The user is signed off: nobody is on the list, nothing can be undone. flush() before that.
  void clear();

 signals:
  void buddy_updated(const basic::Buddy& buddy);
  /// Taken from the list, or blocked.
  void removed(const QString& name);

 private:
  void set_groups(const QString& name, const QStringList& groups);
  void restore();
  void remove_for_good();
  void removal_answered(const Buddy& buddy, const base::Result<void>& done);
  void tell_failure(const QString& what, const base::Error& error);
  template <typename What>
  void ask(const QString& failure, What what);

  Bridge& bridge_;
  BuddyModel& model_;
  NoticeBar& notice_;
  std::optional<Buddy> leaving_;   // removed, and can be undone
  std::vector<ohim::Name> going_;  // the client was asked to remove them
};

}  // namespace basic::gui
