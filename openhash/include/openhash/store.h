#pragma once
// OpenHash as its users see it: put, get, watch.

#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "openhash/record.h"
#include "openhash/rules.h"

namespace openhash {

/// Health of a store's way in, for people and for choosing a node.
struct NodeHealth {
  std::string endpoint;
  bool answering = false;
  base::Duration latency{};  ///< of the last real operation; 0 if none
  std::string trouble{};     ///< "hides records that others show"; empty if nothing more is known
};

/// A running watch; destroying it ends it.
class Watch {
 public:
  virtual ~Watch() = default;
};

using OnRecord = std::function<void(const Record&)>;

/// What a watch rests on beside pushes, which may get lost.
enum class Fallback {
  poll,  ///< it reads at the start and once a minute
  none,  ///< nothing: whoever watches reads by a plan of her own
};

/// A public hash table of signed records. One thread; destroying a task abandons the operation.
///
/// Every record given out has passed open_record() and is_current(), and is the newest seen of its
/// owner, kind and slot. Records of several owners may stand at one key: which one to believe is
/// the reader's business. Notices are never given out; they only wake watches.
class Store {
 public:
  virtual ~Store() = default;

  [[nodiscard]] virtual const Rules& rules() const = 0;

  /// Stores a signed record. Done when enough nodes, not just this one, were seen to hold it (or a
  /// newer one of the same owner would be `conflict`). `unreachable`: no node took it in 20 s;
  /// whether some node has it is then not known. `refused`: it breaks the rules,
  /// or our clock is so wrong that nobody keeps it; the sentence says which.
  virtual base::Task<base::Result<void>> put(Key key, Record record) = 0;

  /// All records at `key`; none is an empty vector, not an error. `early`, if given, is called
  /// with each record as soon as some node answered with it: act on it, loss can delay the end by
  /// seconds. `unreachable`: no node answered. `refused`: there is something, but our clock is so
  /// wrong that all of it seems to be over, or not yet signed.
  virtual base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early = {}) = 0;

  /// The same for many keys, answers in their order; the store bounds how many run side by side.
  virtual base::Task<std::vector<base::Result<std::vector<Record>>>> get_many(
      std::vector<Key> keys) = 0;

  /// Best effort, no read-back: for notices, and for records that are soon renewed anyway.
  virtual void announce(Key key, Record record) = 0;

  /// Calls back with every record at `key` that is newer than the last one given for its owner and
  /// kind and slot. Pushed where the store can; with Fallback::poll it starts with what is there
  /// now, and misses nothing for longer than a minute or so.
  [[nodiscard]] virtual std::unique_ptr<Watch> watch(Key key, OnRecord changed,
                                                     Fallback fallback = Fallback::poll) = 0;

  [[nodiscard]] virtual bool connected() const = 0;
  /// When somebody answered last, as far as the store asked: proof of our own line. A store that
  /// needs nobody answers for itself, now.
  [[nodiscard]] virtual base::Instant last_heard() const = 0;
  [[nodiscard]] virtual std::vector<NodeHealth> nodes() const = 0;
};

}  // namespace openhash
