#include "gate.h"

#include <utility>

void Gate::enter(Pass pass, std::function<void()> go) {
  if (pass == Pass::free) {
    ++running_;
    return go();
  }
  waiting_.push_back({pass, std::move(go)});
  pump();
}

void Gate::leave(Pass pass) {
  --running_;
  if (pass == Pass::session || pass == Pass::leaving) session_running_ = false;
  pump();
}

void Gate::lose_patience() {
  if (!leaving()) return;
  impatient_ = true;
  pump();
}

bool Gate::leaving() const { return !waiting_.empty() && waiting_.front().pass == Pass::leaving; }

bool Gate::idle() const { return waiting_.empty() && running_ == 0; }

bool Gate::may_go(Pass pass) const {
  if (session_running_) return false;
  return pass != Pass::leaving || running_ == 0 || impatient_;
}

void Gate::pump() {
  while (!waiting_.empty() && may_go(waiting_.front().pass)) {
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    ++running_;
    session_running_ = next.pass == Pass::session || next.pass == Pass::leaving;
    if (next.pass == Pass::leaving) impatient_ = false;
    next.go();
  }
}
