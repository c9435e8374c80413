#pragma once
// When each buddy was last seen, who lists us, and of whom the user wants to be told: kept in the
// profile, but not written at every change.

#include <set>
#include <vector>

#include "base/world.h"
#include "basic/profile.h"

namespace basic {

/// One session's. Both are borrowed; the profile is open before the first buddy is seen.
class Notebook {
 public:
  Notebook(base::World& world, Profile& profile);

  /// A session has begun: from now on, what is new is written once a minute.
  void open();
  /// It ends, and nobody is on line any more; completes when all is written.
  base::Task<void> close();
  /// It came to nothing.
  void reset();

  void seen(const ohim::Name& buddy);  ///< on line, from now on
  void gone(const ohim::Name& buddy);  ///< was on line up to now
  /// Now, while she is on line; zero if she never was.
  [[nodiscard]] base::WallTime last_seen(const ohim::Name& buddy) const;

  /// She said whether we are on her list.
  void lists_us(const ohim::Name& buddy, bool on_her_list);
  [[nodiscard]] std::vector<ohim::Name> who_lists_us() const;

  /// Completes when the wish is on disk.
  base::Task<base::Result<void>> wish(ohim::Name buddy, bool on);
  [[nodiscard]] bool wished(const ohim::Name& buddy) const;
  /// Forgets the wish; true if there was one.
  bool grant(const ohim::Name& buddy);

 private:
  void look();
  [[nodiscard]] BuddyNotes of(const ohim::Name& buddy) const;
  [[nodiscard]] base::WallTime known_until() const;
  base::Task<base::Result<void>> write();
  base::Task<void> write_or_warn();

  base::World& world_;
  Profile& profile_;
  std::set<ohim::Name> present_;
  NotesByBuddy unwritten_;
  base::WallTime looked_{};
  unsigned looks_ = 0;
  base::Timer next_look_;
  base::Tasks tasks_;
};

}  // namespace basic
