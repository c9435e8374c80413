#include "work.h"

namespace ohim {
namespace {

/// Raises the flag when the task that waits is gone.
class StopWhenGone {
 public:
  explicit StopWhenGone(std::shared_ptr<std::atomic<bool>> stop) : stop_(std::move(stop)) {}
  ~StopWhenGone() { *stop_ = true; }
  StopWhenGone(const StopWhenGone&) = delete;
  StopWhenGone& operator=(const StopWhenGone&) = delete;

 private:
  std::shared_ptr<std::atomic<bool>> stop_;
};

}  // namespace

base::Task<std::uint64_t> find_work_on(base::Workers& workers, openhash::Rules rules,
                                       openhash::Kind kind, std::string name,
                                       openhash::PublicKey owner) {
  auto stop = std::make_shared<std::atomic<bool>>(false);
  const StopWhenGone guard(stop);
  auto search = [=] { return openhash::find_work(rules, kind, name, owner, *stop).value_or(0); };
  co_return co_await base::run_on(workers, std::move(search));
}

}  // namespace ohim
