#pragma once
// One commit at a time; whoever comes while one runs shares the next one, which takes the newest
// state.

#include <functional>
#include <list>

#include "base/clock.h"
#include "base/task.h"

namespace ohim {

class CommitQueue {
 public:
  using Save = std::function<base::Task<base::Result<void>>()>;
  /// `save` stores the state as it is when it is called. Borrowed clock.
  CommitQueue(base::Clock& clock, Save save);
  /// Those who wait get `closed`.
  ~CommitQueue();
  CommitQueue(const CommitQueue&) = delete;
  CommitQueue& operator=(const CommitQueue&) = delete;

  /// Completes when a save that began after this call has ended, with its result.
  base::Task<base::Result<void>> commit();
  /// Completes when nothing is left to save.
  base::Task<base::Result<void>> drained();

 private:
  struct Ticket;
  base::Task<void> run();
  void answer(std::list<Ticket*>& tickets, const base::Result<void>& result);

  base::Clock& clock_;
  Save save_;
  std::list<Ticket*> waiting_;  // for the next save
  std::list<Ticket*> served_;   // by the one that runs
  std::list<Ticket*> idlers_;   // for the end of all
  bool running_ = false;
  base::Tasks tasks_;
};

}  // namespace ohim
