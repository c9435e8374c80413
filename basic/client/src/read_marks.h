#pragma once
// Up to where the user has read what each buddy wrote, and how much she has not. The marks are kept
// in the profile; what stands after them is counted there.

#include <functional>
#include <map>
#include <vector>

#include "basic/profile.h"

namespace basic {

/// One session's at a time. `profile` is borrowed.
class ReadMarks {
 public:
  /// Called with the name of whom something new is known of.
  using OnChange = std::function<void(const ohim::Name&)>;

  ReadMarks(Profile& profile, OnChange on_change);

  /// A session has begun: counts what these people wrote and the user has not read.
  void open(std::vector<ohim::Name> buddies);
  /// It ends. Completing tasks are not waited for: what they learn is dropped.
  void close();

  [[nodiscard]] TextNumber read_up_to(const ohim::Name& buddy) const;
  /// At most Profile::kMostCounted.
  [[nodiscard]] std::size_t unread(const ohim::Name& buddy) const;

  /// A text of hers is in the history, under that number.
  void arrived(const ohim::Name& buddy, TextNumber number);
  /// The user has read up to that text. Completes when it is on disk.
  base::Task<base::Result<void>> mark(ohim::Name buddy, TextNumber number);

 private:
  struct Mark {
    TextNumber up_to = 0;
    std::size_t unread = 0;
    bool counted = false;
    bool counting = false;
    bool again = false;  ///< something changed while it was counted
    bool moved = false;  ///< `up_to` is new, and nobody was told
  };

  Mark& of(const ohim::Name& buddy);
  [[nodiscard]] TextNumber stored(const ohim::Name& buddy) const;
  base::Task<void> count_all(std::vector<ohim::Name> buddies);
  base::Task<void> count(ohim::Name buddy);

  Profile& profile_;
  OnChange on_change_;
  unsigned session_ = 0;
  std::map<ohim::Name, Mark> marks_;
  base::Tasks tasks_;
};

}  // namespace basic
