#include "commit_queue.h"

#include <utility>

namespace ohim {

/// A waiting caller, in its own coroutine's frame; both sides may go first.
struct CommitQueue::Ticket {
  Ticket(base::Clock& loop, std::list<Ticket*>& line) : clock(loop), queue(&line) {
    line.push_back(this);
  }
  ~Ticket() {
    if (queue != nullptr) queue->remove(this);
  }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  /// From the loop, not from in here: the caller may destroy the queue at once.
  void answer(const base::Result<void>& result) {
    queue = nullptr;
    timer = clock.call_after({}, [this, result] { done.set(result); });
  }

  base::Clock& clock;
  std::list<Ticket*>* queue;
  base::Completion<base::Result<void>> done;
  base::Timer timer;
};

CommitQueue::CommitQueue(base::Clock& clock, Save save) : clock_(clock), save_(std::move(save)) {}

CommitQueue::~CommitQueue() {
  const base::Result<void> closed =
      base::fail(base::Errc::closed, "signed off before the buddy list was stored");
  answer(waiting_, closed);
  answer(served_, closed);
  answer(idlers_, closed);
}

base::Task<base::Result<void>> CommitQueue::commit() {
  Ticket ticket(clock_, waiting_);
  if (!running_) tasks_.start(run());
  co_return co_await ticket.done;
}

base::Task<base::Result<void>> CommitQueue::drained() {
  if (!running_) co_return base::Result<void>();
  Ticket ticket(clock_, idlers_);
  co_return co_await ticket.done;
}

base::Task<void> CommitQueue::run() {
  running_ = true;
  while (!waiting_.empty()) {
    for (Ticket* const ticket : waiting_) ticket->queue = &served_;
    served_.splice(served_.end(), waiting_);
    base::Task<base::Result<void>> saving = save_();
    const base::Result<void> result = co_await saving;
    answer(served_, result);
  }
  running_ = false;
  answer(idlers_, {});
}

void CommitQueue::answer(std::list<Ticket*>& tickets, const base::Result<void>& result) {
  for (Ticket* const ticket : std::exchange(tickets, {})) ticket->answer(result);
}

}  // namespace ohim
