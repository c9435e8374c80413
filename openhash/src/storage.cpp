#include "storage.h"

#include <algorithm>

#include "openhash/guard.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostOffers = 32;  // a second; each costs about 50 datagrams
// At a time: where the others are slow to answer, as they are when they have too much to do, less
// is offered to them.
constexpr std::size_t kOffersUnderWay = 16;
constexpr base::Duration kOfferLimit = 20s;  // the engine has given up by then
constexpr std::size_t kSlice = 100;  // some 15 ms
constexpr base::Duration kBetweenSlices = 1ms;
constexpr unsigned kSweepTicks = 30;
constexpr unsigned kDiskSweepTicks = 600;
constexpr std::chrono::seconds kKeepOnDisk = 10min;  // longer than any grace for clocks

Value to_value(std::uint64_t id, const Record& record) {
  return {id, static_cast<std::uint16_t>(kValueTypes + static_cast<int>(record.kind)),
          encode(record)};
}

}  // namespace

/// A put that waits for the disk.
class Storage::Waiter {
 public:
  Waiter(Storage& storage, std::uint64_t the_mark) : mark(the_mark), storage_(storage) {
    storage_.waiters_.push_back(this);
  }
  ~Waiter() { std::erase(storage_.waiters_, this); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  const std::uint64_t mark;
  base::Completion<base::Result<void>> done;

 private:
  Storage& storage_;
};

std::unique_ptr<Storage> Storage::open(base::World& world, const Rules& rules,
                                       const StateFolder* folder) {
  std::unique_ptr<Storage> storage(new Storage(world, rules));
  if (folder != nullptr) {
    Journal::Opened opened = Journal::open(folder->journal());
    if (!opened.report.empty()) world.log.error(opened.report);
    storage->damage_ = opened.report;
    storage->journal_ = std::move(opened.journal);
    storage->restore(opened.entries);
  }
  return storage;
}

Storage::~Storage() {
  write_token_.reset();
  sweep_token_.reset();
  if (!journal_) return;
  if (!unwritten_.empty()) (void)journal_->write(entries_of(unwritten_));  // nobody was told
  journal_->close();
}

void Storage::restore(const std::vector<Journal::Entry>& entries) {
  const base::WallTime now = world_.clock.wall();
  std::size_t ended = 0;
  for (const Journal::Entry& entry : entries) {
    if (shelf_.restore(entry.key, entry.record, now) != Shelf::Answer::refused) continue;
    ++(decode(entry.record) ? ended : spoilt_);
  }
  world_.log.info("journal read records=" + std::to_string(shelf_.size()) +
                  " ended=" + std::to_string(ended));
}

void Storage::attach(Engine& engine) {
  engine_ = &engine;
  rota_.emplace(shelf_, engine.id());
  due_.clear();
  offers_.clear();
  const std::vector<Shelf::Place> all = shelf_.after({}, shelf_.size());
  not_handed_over_ = {all.begin(), all.end()};
  hand_over();
}

/// A slice at a time: signatures take a while to verify.
void Storage::hand_over() {
  for (std::size_t i = 0; i < kSlice && !not_handed_over_.empty(); ++i) {
    hand_over(*not_handed_over_.begin());
  }
  if (!not_handed_over_.empty()) {
    hand_over_timer_ = world_.clock.call_after(kBetweenSlices, [this] { hand_over(); });
  } else if (const std::size_t spoilt = std::exchange(spoilt_, 0); spoilt > 0) {
    world_.log.error("journal: records that were spoilt, and left out: " + std::to_string(spoilt));
  }
}

/// What is spoilt is left out.
void Storage::hand_over(const Shelf::Place& the_place) {
  const Shelf::Place place = not_handed_over_.extract(the_place).value();
  const Shelf::Held* const held = shelf_.find(place.key, place.id);
  if (held == nullptr || pending_.contains(place)) return;
  if (shelf_.is_sound(place, world_.clock.wall())) {
    engine_->import(place.key, to_value(place.id, held->record));
  } else {
    shelf_.put_back(place, std::nullopt);
    ++spoilt_;
  }
}

void Storage::wanted(const Key& key) {
  for (;;) {
    const auto next = not_handed_over_.lower_bound({key, 0});
    if (next == not_handed_over_.end() || next->key != key) return;
    hand_over(*next);
  }
}

void Storage::offered(const Key& key, const Contact& from) {
  rota_->heard(key, from.id, world_.clock.now());
}

bool Storage::accept(const Key& key, std::uint64_t id, std::uint16_t type, base::ByteView record,
                     const Contact& from) {
  Source source;
  if (engine_->is_stranger(from.endpoint)) {
    source = {prefix_of(from.endpoint), rota_->knows(from.id)};
  }
  (void)take(key, {id, type, base::to_bytes(record)}, source);
  return false;
}

Shelf::Answer Storage::take(const Key& key, const Value& value, const Source& source) {
  const Shelf::Held* const held = shelf_.find(key, value.id);
  std::optional<Shelf::Held> before;
  if (held != nullptr) before = *held;
  const auto kind = static_cast<Kind>(value.type - kValueTypes);
  const Shelf::Answer answer = shelf_.offer(key, value.id, kind, value.record, world_.clock.wall(),
                                            world_.clock.now(), source);
  if (answer == Shelf::Answer::refused) ++refused_;
  if (answer == Shelf::Answer::taken) write_down({key, value.id}, value, std::move(before));
  return answer;
}

void Storage::write_down(const Shelf::Place& place, const Value& value,
                         std::optional<Shelf::Held> before) {
  const Record& record = shelf_.find(place.key, place.id)->record;
  unwritten_.push_back({place, value, record.valid_until() + kKeepOnDisk, std::move(before)});
  pending_.insert(place);
  engine_->hold(++mark_);
  commit_soon();
}

base::Task<base::Result<void>> Storage::written() {
  if (settled_ == mark_) co_return base::Result<void>();
  Waiter waiter(*this, mark_);
  co_return co_await waiter.done;
}

std::vector<Journal::Entry> Storage::entries_of(const std::vector<Pending>& batch) {
  std::vector<Journal::Entry> entries;
  for (const Pending& one : batch) {
    entries.push_back({one.place.key, one.place.id, one.value.record, one.until});
  }
  return entries;
}

void Storage::commit_soon() {
  if (!writing_.empty()) return;
  commit_timer_ = world_.clock.call_after(0ns, [this] { commit(); });
}

/// All that came since the last write goes in one transaction, off the loop.
void Storage::commit() {
  if (!writing_.empty() || unwritten_.empty()) return;
  writing_ = std::exchange(unwritten_, {});
  const std::uint64_t mark = mark_;
  if (!journal_) return committed({}, mark);
  auto entries = std::make_shared<std::vector<Journal::Entry>>(entries_of(writing_));
  auto result = std::make_shared<base::Result<void>>();
  write_token_ = world_.workers.submit(
      [journal = journal_, entries, result] { *result = journal->write(*entries); },
      [this, result, mark] { committed(*result, mark); });
}

void Storage::committed(const base::Result<void>& result, std::uint64_t mark) {
  std::vector<Pending> batch = std::exchange(writing_, {});
  for (const Pending& one : batch) pending_.erase(pending_.find(one.place));
  if (result) {
    for (const Pending& one : batch) engine_->import(one.place.key, one.value);
  } else {
    give_up(std::move(batch));
  }
  note(result);
  engine_->release(mark);
  settled_ = mark;
  if (!unwritten_.empty()) commit_soon();
  tell_waiters(result);
}

/// As if it had never come. Whoever put it reads it back, and does not find it here.
void Storage::give_up(std::vector<Pending> batch) {
  for (auto one = batch.rbegin(); one != batch.rend(); ++one) {
    const auto newer = std::ranges::find(unwritten_, one->place, &Pending::place);
    if (newer == unwritten_.end()) {
      shelf_.put_back(one->place, std::move(one->before));
    } else {
      newer->before = std::move(one->before);
    }
  }
}

/// Once when it begins to fail, and once when it is over.
void Storage::note(const base::Result<void>& result) {
  const bool was_failing = !disk_error_.empty();
  disk_error_ = result ? "" : result.error().message();
  if (!result && !was_failing) {
    world_.log.error(disk_error_ + "; new records are turned away until it can be written again");
  }
  if (result && was_failing) world_.log.info("the journal can be written again");
}

void Storage::tell_waiters(const base::Result<void>& result) {
  for (;;) {
    const auto due = std::ranges::find_if(
        waiters_, [this](const Waiter* waiter) { return waiter->mark <= settled_; });
    if (due == waiters_.end()) return;
    Waiter& waiter = **due;
    waiters_.erase(due);
    waiter.done.set(result);
  }
}

void Storage::tick() {
  if (++ticks_ % kSweepTicks == 0) shelf_.sweep(world_.clock.wall());
  if (ticks_ % kDiskSweepTicks == 0) sweep();
  const base::Instant now = world_.clock.now();
  std::erase_if(offers_, [now](const auto& one) { return one.second.start + kOfferLimit <= now; });
  const std::size_t most = kMostOffers - std::min(due_.size(), kMostOffers);
  const auto due = rota_->due(engine_->good_nodes(), most, now, world_.clock.wall());
  due_.insert(due_.begin(), due.rbegin(), due.rend());  // the first is at the end
  offer_due();
}

/// Off the loop: it looks at every row.
void Storage::sweep() {
  if (!journal_) return;
  auto result = std::make_shared<base::Result<void>>();
  sweep_token_ = world_.workers.submit(
      [journal = journal_, now = world_.clock.wall(), result] { *result = journal->sweep(now); },
      [this, result] {
        if (!*result) world_.log.warn(result->error().message());
      });
}

void Storage::offer_due() {
  while (!due_.empty() && offers_.size() < kOffersUnderWay) {
    const Shelf::Place place = due_.back();
    due_.pop_back();
    offer(place);
  }
}

void Storage::offer(const Shelf::Place& place) {
  const Shelf::Held* const held = shelf_.find(place.key, place.id);
  if (held == nullptr || offers_.contains(place)) return;
  if (pending_.contains(place) || not_handed_over_.contains(place)) return;
  const auto ended = [this, place] {
    offers_.erase(place);
    offer_due();
  };
  offers_[place].start = world_.clock.now();
  offers_[place].operation = engine_->put(place.key, to_value(place.id, held->record), ended);
}

}  // namespace openhash
