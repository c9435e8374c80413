#include "openhash/news.h"
#include "node_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kPoll = 60s;
constexpr base::Duration kRetry = 5s;  // after a read that reached nobody
constexpr double kJitter = 0.2;        // so that watchers do not read in step

/// Pushes tell that something is new; what it is, is read from the network.
class NodeWatch final : public Watch {
 public:
  NodeWatch(Node::Impl& node, const Key& key, OnRecord changed, Fallback fallback)
      : node_(node), key_(key), changed_(std::move(changed)), polls_(fallback == Fallback::poll) {
    if (polls_) {
      read_soon();
    } else {
      listen();
    }
  }

 private:
  void read_soon() {
    if (reading_) {
      again_ = true;
      return;
    }
    reading_ = true;
    timer_ = node_.world.clock.call_after(0ns, [this] { tasks_.start(read()); });
  }

  base::Task<void> read() {
    again_ = false;
    const OnRecord early = [this](const Record& record) { give(record); };
    const auto result = co_await node_.get(key_, early);
    reading_ = false;
    listen();
    if (again_) {
      read_soon();
      co_return;
    }
    if (!polls_ && result) co_return;
    const double jitter = 1 + kJitter * (2 * node_.world.entropy.fraction() - 1);
    const std::chrono::duration<double, std::nano> pause = (result ? kPoll : kRetry) * jitter;
    timer_ = node_.world.clock.call_after(std::chrono::duration_cast<base::Duration>(pause),
                                          [this] { read_soon(); });
  }

  /// After the first read, which it would disturb. What changes in between is pushed at once.
  void listen() {
    if (listening_) return;
    listening_ = node_.engine->listen(key_, [this](base::ByteView) { read_soon(); });
  }

  /// Hands on what is newer than what was given before; posted, since the callback may end us.
  void give(const Record& record) {
    if (!news_.take(record, node_.world.clock.now())) return;
    node_.world.clock.post([weak = std::weak_ptr(alive_), record] {
      if (const auto self = weak.lock()) {
        const OnRecord changed = (*self)->changed_;  // outlives the watch, should that end now
        changed(record);
      }
    });
  }

  Node::Impl& node_;
  Key key_;
  OnRecord changed_;
  bool polls_;
  News news_{node_.options.rules.network};
  bool reading_ = false;
  bool again_ = false;  // something was pushed while we read
  Operation listening_;
  base::Timer timer_;
  std::shared_ptr<NodeWatch*> alive_ = std::make_shared<NodeWatch*>(this);
  base::Tasks tasks_;
};

}  // namespace

std::unique_ptr<Watch> make_watch(Node::Impl& node, const Key& key, OnRecord changed,
                                  Fallback fallback) {
  return std::make_unique<NodeWatch>(node, key, std::move(changed), fallback);
}

}  // namespace openhash
