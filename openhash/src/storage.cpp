#include "storage.h"

#include <algorithm>

#include "openhash/guard.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr double kRound = 60;                     // seconds in which every record's turn comes once
constexpr unsigned kRoundsOffDuty = 2;            // those on duty may all have lost it
constexpr std::size_t kMostOffers = 32;           // a second; each costs about 50 datagrams
constexpr std::chrono::seconds kFleeting = 120s;  // renewed by its owner, or over, within a round
constexpr unsigned kSweepTicks = 30;
constexpr base::Duration kWriteAgain = 1s;
constexpr std::chrono::seconds kKeepOnDisk = 10min;  // longer than any grace for clocks

Value to_value(std::uint64_t id, const Record& record) {
  return {id, static_cast<std::uint16_t>(kValueTypes + static_cast<int>(record.kind)),
          encode(record)};
}

}  // namespace

base::Result<std::unique_ptr<Storage>> Storage::open(base::World& world, const Rules& rules,
                                                     const StateFolder* folder) {
  std::unique_ptr<Storage> storage(new Storage(world, rules));
  if (folder != nullptr) {
    base::Result<Journal::Opened> opened = Journal::open(folder->journal());
    if (!opened) return opened.error();
    if (!opened->report.empty()) world.log.error(opened->report);
    storage->damage_ = opened->report;
    storage->journal_ = std::move(opened->journal);
    storage->restore(opened->entries);
  }
  return storage;
}

Storage::~Storage() {
  write_token_.reset();
  if (!journal_) return;
  if (!unwritten_.empty()) (void)journal_->write(unwritten_);  // nobody was told: best effort
  journal_->close();
}

void Storage::restore(const std::vector<Journal::Entry>& entries) {
  std::size_t bad = 0;
  for (const Journal::Entry& entry : entries) {
    const bool known =
        shelf_.restore(entry.key, entry.record, world_.clock.wall()) != Shelf::Answer::refused;
    if (!known) ++bad;
  }
  world_.log.info("journal read records=" + std::to_string(shelf_.size()) +
                  " ended=" + std::to_string(bad));
}

void Storage::attach(Engine& engine) {
  engine_ = &engine;
  neighbours_.emplace(engine.id());
  for (const Shelf::Place& place : shelf_.after({}, shelf_.size())) {
    engine.import(place.key, to_value(place.id, shelf_.find(place.key, place.id)->record));
  }
}

bool Storage::accept(const Key& key, std::uint64_t id, std::uint16_t type, base::ByteView record,
                     const Contact&) {
  return take(key, {id, type, base::to_bytes(record)}) != Shelf::Answer::refused;
}

Shelf::Answer Storage::take(const Key& key, const Value& value) {
  const auto kind = static_cast<Kind>(value.type - kValueTypes);
  const Shelf::Answer answer =
      shelf_.offer(key, value.id, kind, value.record, world_.clock.wall(), world_.clock.now());
  if (answer == Shelf::Answer::refused) ++refused_;
  if (answer == Shelf::Answer::taken && journal_) write_down(key, value);
  return answer;
}

void Storage::write_down(const Key& key, const Value& value) {
  const Record& record = shelf_.find(key, value.id)->record;
  unwritten_.push_back({key, value.id, value.record, record.valid_until() + kKeepOnDisk});
  engine_->hold(++mark_);
  commit_soon();
}

void Storage::commit_soon() {
  if (writing_) return;
  commit_timer_ = world_.clock.call_after(0ns, [this] { commit(); });
}

/// All that came since the last write goes in one transaction, off the loop.
void Storage::commit() {
  if (writing_ || unwritten_.empty()) return;
  writing_ = std::make_shared<std::vector<Journal::Entry>>(std::exchange(unwritten_, {}));
  auto result = std::make_shared<base::Result<void>>();
  const std::uint64_t mark = mark_;
  write_token_ = world_.workers.submit(
      [journal = journal_, entries = writing_, result] { *result = journal->write(*entries); },
      [this, result, mark] { committed(*result, mark); });
}

void Storage::committed(const base::Result<void>& result, std::uint64_t mark) {
  const auto written = std::exchange(writing_, {});
  disk_error_ = result ? "" : result.error().message();
  if (result) {
    engine_->release(mark);
    if (!unwritten_.empty()) commit_soon();
    return;
  }
  // Silent until it can write again: a node must not serve what it may forget.
  world_.log.error(disk_error_ + "; trying again");
  unwritten_.insert(unwritten_.begin(), written->begin(), written->end());
  commit_timer_ = world_.clock.call_after(kWriteAgain, [this] { commit(); });
}

std::size_t Storage::unwritten() const {
  return unwritten_.size() + (writing_ ? writing_->size() : 0);
}

void Storage::tick() {
  if (++ticks_ % kSweepTicks == 0) sweep();
  offer_again();
}

void Storage::sweep() {
  const base::WallTime now = world_.clock.wall();
  shelf_.sweep(now);
  if (!journal_ || writing_) return;
  if (auto swept = journal_->sweep(now); !swept) world_.log.warn(swept.error().message());
}

/// Who is new gets what it should hold, from those on duty.
void Storage::greet_newcomers() {
  const base::Instant now = world_.clock.now();
  const std::vector<NodeId> newcomers = neighbours_->update(engine_->good_nodes(), now);
  if (newcomers.empty()) return;
  for (const Shelf::Place& place : shelf_.after({}, shelf_.size())) {
    const bool wanted = std::ranges::any_of(
        newcomers, [&](const NodeId& node) { return neighbours_->is_holder(place.key, node); });
    if (wanted && neighbours_->on_duty(place.key, now)) urgent_.insert(place);
  }
}

void Storage::offer_again() {
  greet_newcomers();
  if (neighbours_->empty()) return;
  std::size_t rest = kMostOffers;
  for (; rest > 0 && !urgent_.empty(); --rest) {
    offer(urgent_.extract(urgent_.begin()).value());
  }
  const auto all = static_cast<double>(shelf_.size());
  credit_ = std::min(all, credit_ + all / kRound);
  for (const Shelf::Place& place : shelf_.after(cursor_, static_cast<std::size_t>(credit_))) {
    if (rest == 0) return;
    credit_ -= 1;
    if (place <= cursor_) ++rounds_;
    cursor_ = place;
    const bool mine = neighbours_->on_duty(place.key, world_.clock.now());
    if (!mine && rounds_ % kRoundsOffDuty != 0) continue;
    offer(place);
    --rest;
  }
}

void Storage::offer(const Shelf::Place& place) {
  const Shelf::Held* const held = shelf_.find(place.key, place.id);
  if (held == nullptr || !is_current(held->record, world_.clock.wall())) return;
  // Locations and notices are also those that people watch: each offer would be told to them all.
  if (held->record.valid_for <= kFleeting) return;
  engine_->put(place.key, to_value(place.id, held->record));
}

}  // namespace openhash
