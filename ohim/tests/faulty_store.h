#pragma once
// A store that stops in the middle, as a process does that dies.

#include <limits>
#include <optional>

#include "openhash/store.h"

namespace ohim::test {

/// Passes everything on to another store, but for the puts after the first `puts_left`: those never
/// end, and store nothing. Or they are all refused.
class FaultyStore final : public openhash::Store {
 public:
  explicit FaultyStore(openhash::Store& store) : store_(store) {}

  std::size_t puts_left = std::numeric_limits<std::size_t>::max();
  std::size_t puts = 0;
  std::size_t announcements = 0;
  std::optional<base::Error> refusal;
  [[nodiscard]] bool stuck() const { return stuck_; }

  const openhash::Rules& rules() const override { return store_.rules(); }
  base::Task<base::Result<void>> put(openhash::Key key, openhash::Record record) override {
    if (refusal) co_return *refusal;
    if (puts_left == 0) {
      stuck_ = true;
      base::Completion<bool> never;
      co_await never;
    }
    --puts_left;
    ++puts;
    co_return co_await store_.put(key, std::move(record));
  }
  base::Task<base::Result<std::vector<openhash::Record>>> get(openhash::Key key,
                                                              openhash::OnRecord early) override {
    return store_.get(key, std::move(early));
  }
  base::Task<std::vector<base::Result<std::vector<openhash::Record>>>> get_many(
      std::vector<openhash::Key> keys) override {
    return store_.get_many(std::move(keys));
  }
  void announce(openhash::Key key, openhash::Record record) override {
    ++announcements;
    store_.announce(key, std::move(record));
  }
  std::unique_ptr<openhash::Watch> watch(openhash::Key key, openhash::OnRecord changed,
                                         openhash::Fallback fallback) override {
    return store_.watch(key, std::move(changed), fallback);
  }
  base::Instant last_heard() const override { return store_.last_heard(); }
  bool connected() const override { return store_.connected(); }
  std::vector<openhash::NodeHealth> nodes() const override { return store_.nodes(); }

 private:
  openhash::Store& store_;
  bool stuck_ = false;
};

}  // namespace ohim::test
