#include "reads.h"

#include <algorithm>

namespace openhash::gateway {
namespace {

using base::Errc;
using base::fail;

/// A read that began longer ago is not joined: what it has seen may be old.
constexpr base::Duration kFresh = std::chrono::milliseconds(100);

}  // namespace

/// One who waits for a read; a local of its task.
struct Reads::Reader {
  Reader(ReadPointer the_read, OnRecord on_record);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  ReadPointer read;
  OnRecord early;
  base::Completion<bool> over;
};

struct Reads::Read {
  Read(const Key& the_key, const Visitor* visitor) : key(the_key), who(visitor) {}

  Key key;
  const Visitor* who;    // only ever compared
  ReadPointer follower;  // begins when this one has ended
  bool running = false;
  bool outdated = false;  // the key was written since it began
  base::Instant begun{};
  std::vector<Record> so_far;  // every version found, for those who join late
  std::optional<Found> found;
  std::vector<Reader*> readers;
};

Reads::Reader::Reader(ReadPointer the_read, OnRecord on_record)
    : read(std::move(the_read)), early(std::move(on_record)) {
  read->readers.push_back(this);
}
Reads::Reader::~Reader() { std::erase(read->readers, this); }

base::Task<Reads::Found> Reads::get(const Visitor* who, Key key, OnRecord early) {
  ++asked_;
  const base::Instant asked = world_.clock.now();
  const ReadPointer read = join(who, key);
  if (!read) co_return fail(Errc::unreachable, "the gateway is busy: try again in some seconds");
  if (early) {
    for (const Record& record : read->so_far) early(record);
  }
  Reader reader(read, std::move(early));
  start_some();
  if (!read->found) co_await reader.over;
  latencies_.add(world_.clock.now() - asked);
  co_return *read->found;
}

void Reads::wrote(const Key& key) {
  const auto there = by_key_.find(key);
  if (there != by_key_.end()) there->second->outdated = there->second->running;
}

/// The read at this key that waits, or has just begun; else a new one: in line, or to follow the
/// one that runs. Null if there are too many.
Reads::ReadPointer Reads::join(const Visitor* who, const Key& key) {
  const auto there = by_key_.find(key);
  Read* const runs = there == by_key_.end() ? nullptr : there->second.get();
  if (runs != nullptr) {
    const bool fresh = !runs->outdated && world_.clock.now() - runs->begun <= kFresh;
    if (!runs->running || fresh || runs->follower) {
      ++joined_;
      return !runs->running || fresh ? there->second : runs->follower;
    }
  }
  if (waiting_count_ >= limits_.reads_waiting) return nullptr;
  auto read = std::make_shared<Read>(key, who);
  if (runs != nullptr) {
    runs->follower = read;
  } else {
    by_key_[key] = read;
    wait_in_line(read);
  }
  return read;
}

void Reads::wait_in_line(const ReadPointer& read) {
  auto queue =
      std::ranges::find(waiting_, read->who, [](const auto& entry) { return entry.first; });
  if (queue == waiting_.end()) queue = waiting_.insert(waiting_.end(), {read->who, {}});
  queue->second.push_back(read);
  ++waiting_count_;
}

/// It ended, or nobody wants it: the one that follows takes its place.
void Reads::forget(const Read& read) {
  if (!read.follower) {
    by_key_.erase(read.key);
    return;
  }
  by_key_[read.key] = read.follower;
  wait_in_line(read.follower);
}

/// The first of the visitor whose turn it is, who then goes to the back of the line.
Reads::ReadPointer Reads::next() {
  auto& [who, queue] = waiting_.front();
  ReadPointer read = std::move(queue.front());
  queue.pop_front();
  --waiting_count_;
  if (queue.empty()) {
    waiting_.pop_front();
  } else {
    waiting_.splice(waiting_.end(), waiting_, waiting_.begin());
  }
  return read;
}

void Reads::start_some() {
  while (running_count_ < limits_.reads_at_once && waiting_count_ > 0) {
    ReadPointer read = next();
    if (read->readers.empty()) {  // whoever asked is gone
      forget(*read);
      continue;
    }
    ++running_count_;
    running_.start(run(std::move(read)));
  }
}

base::Task<void> Reads::run(ReadPointer read) {
  read->running = true;
  read->begun = world_.clock.now();
  Read* const raw = read.get();
  const OnRecord early = [raw](const Record& record) {
    raw->so_far.push_back(record);
    const std::vector<Reader*> readers = raw->readers;
    for (Reader* const reader : readers) {
      if (reader->early) reader->early(record);
    }
  };
  const Found found = co_await store_.get(read->key, early);
  --running_count_;
  finish(read, found);
  // By post: this task must not start others while it is about to end.
  world_.clock.post([weak = std::weak_ptr(alive_)] {
    if (const auto self = weak.lock()) (*self)->start_some();
  });
}

void Reads::finish(const ReadPointer& read, const Found& found) {
  forget(*read);
  read->found.emplace(found);
  // Each by post: one who is told may end, and others with it.
  world_.clock.post([read] {
    while (!read->readers.empty()) {
      Reader* const reader = read->readers.back();
      read->readers.pop_back();
      reader->over.set(true);
    }
  });
}

void Reads::count(Counters& counters) const {
  counters.reads_running = running_count_;
  counters.reads_waiting = waiting_count_;
  counters.gets = asked_;
  counters.joined = joined_;
  counters.get = latencies_;
}

}  // namespace openhash::gateway
