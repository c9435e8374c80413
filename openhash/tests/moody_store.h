#pragma once
// A way into the table that is well, or is not, in all the ways we know.

#include <array>
#include <optional>

#include "testing/memory_store.h"

namespace openhash {

enum class Mood {
  well,
  dead,            ///< says at once that it is
  hangs,           ///< connected, it says, and nothing more
  hides,           ///< there is never anything
  stale,           ///< as it was when it began
  cut,             ///< the same, and puts come to nothing, late
  stores_nothing,  ///< "stored", it says
  claims_conflict,
  claims_refusal,
};
inline constexpr std::array kBadMoods{
    Mood::dead, Mood::hangs,          Mood::hides,           Mood::stale,
    Mood::cut,  Mood::stores_nothing, Mood::claims_conflict, Mood::claims_refusal};

class MoodyStore final : public Store {
 public:
  MoodyStore(base::World& world, sim::MemoryTable& table, std::string name, base::Duration delay)
      : world_(world), table_(table), inner_(world, table), name_(std::move(name)) {
    set_delay(delay);
  }

  void set_delay(base::Duration delay) {
    delay_ = delay;
    inner_.set_delay(delay);
  }
  void set_mood(Mood mood, const std::vector<Key>& known = {}) {
    mood_ = mood;
    then_.clear();
    for (const Key& key : known) then_[key] = table_.at(key, world_.clock.wall());
  }
  [[nodiscard]] int reads() const { return reads_; }
  [[nodiscard]] int writes() const { return writes_; }

  [[nodiscard]] const Rules& rules() const override { return table_.rules(); }
  base::Task<base::Result<void>> put(Key key, Record record) override {
    ++writes_;
    if (mood_ == Mood::well || mood_ == Mood::hides || mood_ == Mood::stale)
      co_return co_await inner_.put(key, record);
    co_await base::sleep_for(world_.clock, delay_);
    if (mood_ == Mood::cut) co_await base::sleep_for(world_.clock, std::chrono::seconds(20));
    if (mood_ == Mood::hangs) co_await base::sleep_for(world_.clock, std::chrono::hours(1));
    if (mood_ == Mood::stores_nothing) co_return base::Result<void>();
    if (mood_ == Mood::claims_conflict) co_return base::fail(base::Errc::conflict, "conflict");
    if (mood_ == Mood::claims_refusal) co_return base::fail(base::Errc::refused, "refused");
    co_return base::fail(base::Errc::unreachable, "unreachable");
  }
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early = {}) override {
    ++reads_;
    if (mood_ == Mood::dead) co_return base::fail(base::Errc::unreachable, "unreachable");
    if (mood_ == Mood::hangs) co_await base::sleep_for(world_.clock, std::chrono::hours(1));
    auto now = co_await inner_.get(key);
    if (mood_ == Mood::hides) co_return std::vector<Record>();
    if (mood_ == Mood::stale || mood_ == Mood::cut) now = then_[key];
    if (now && early) {
      for (const Record& record : *now) early(record);
    }
    co_return now;
  }
  base::Task<std::vector<base::Result<std::vector<Record>>>> get_many(
      std::vector<Key> keys) override {
    std::vector<base::Result<std::vector<Record>>> answers;
    for (const Key& key : keys) answers.push_back(co_await get(key));
    co_return answers;
  }
  void announce(Key key, Record record) override {
    if (mood_ == Mood::well) inner_.announce(key, std::move(record));
  }
  std::unique_ptr<Watch> watch(Key key, OnRecord changed, Fallback fallback) override {
    const OnRecord pushed = [this, changed = std::move(changed)](const Record& record) {
      if (mood_ == Mood::well) changed(record);
    };
    return inner_.watch(key, pushed, fallback);
  }
  [[nodiscard]] bool connected() const override { return mood_ != Mood::dead; }
  [[nodiscard]] base::Instant last_heard() const override { return world_.clock.now(); }
  [[nodiscard]] std::vector<NodeHealth> nodes() const override {
    return {{.endpoint = name_, .answering = connected(), .latency = delay_}};
  }

 private:
  base::World& world_;
  sim::MemoryTable& table_;
  sim::MemoryStore inner_;
  std::string name_;
  base::Duration delay_{};
  Mood mood_ = Mood::well;
  std::map<Key, std::vector<Record>> then_;
  int reads_ = 0;
  int writes_ = 0;
};

}  // namespace openhash
