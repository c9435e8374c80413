#pragma once
// One link to one buddy, after the handshake: frames in and out, each given to the module that
// speaks its epoch; pings; limits; goodbye. The paper's BasicConnectionHandler.

#include <memory>
#include <set>
#include <vector>

#include "base/token_bucket.h"
#include "base/world.h"
#include "basic/control.h"
#include "basic/handshake.h"
#include "basic/shared_epochs.h"
#include "ohim/pulse.h"

namespace basic {

enum class LinkEnd {
  goodbye,   ///< she signed off
  replaced,  ///< another link between the two of us stays
  broken,    ///< closed or cut by the other end, or not to be borne any longer
  silent,    ///< nothing came for too long, or nothing from us: says nothing of where she is
  ours,      ///< we said goodbye
};

struct LinkOptions {
  /// When to ask whether she is there, and when to give her up. TCP alone takes minutes, and its
  /// acknowledgements say nothing of a peer that is frozen: so only bytes count.
  ohim::PulseOptions pulse{};
  /// What one peer may make us handle; the burst is twice as much. Beyond it we read more slowly,
  /// which costs her and not us: closing would punish an honest burst. Frames are ten times those
  /// of security.md 8, because a text and its acknowledgement are a frame each when alone.
  double frames_per_second = 2'000;
  double bytes_per_second = 2 << 20;
  /// How long to wait for the other end to read our last words.
  base::Duration farewell = std::chrono::seconds(1);
};

class ConnectionHandler;

/// Whoever keeps the links. Must not destroy a link inside these calls.
class LinkOwner {
 public:
  virtual ~LinkOwner() = default;
  [[nodiscard]] virtual bool listed(const ohim::Name& buddy) const = 0;
  /// Counts what is noted of all links: Activity::order.
  virtual std::uint64_t next_activity() = 0;
  /// She speaks other protocols than before, or is told so by us.
  virtual void epochs_changed(ConnectionHandler& link) = 0;
  /// No more frames will come or go; the modules know already. Once for each link.
  virtual void link_ended(ConnectionHandler& link, LinkEnd how) = 0;
  /// After link_ended(): nothing is left to say or hear, the link may be destroyed.
  virtual void link_drained(ConnectionHandler& link) = 0;
};

class ConnectionHandler final {
 public:
  /// `modules` are all of ours, switched on or not; those that both sides speak hear of this link.
  ConnectionHandler(base::World& world, LinkOwner& owner, Session session,
                    std::unique_ptr<base::Stream> stream, const std::vector<Module*>& modules,
                    LinkOptions options);
  ~ConnectionHandler();

  /// Tells the modules and starts to read. `spoken`: the epochs of those that are switched on.
  void start(const std::vector<Epoch>& spoken);
  /// These are switched on from now on: she is told, and the modules hear of it at once.
  void speak(const std::vector<Epoch>& spoken);
  /// Whether both of us speak it now.
  [[nodiscard]] bool speaks(const Epoch& epoch) const { return epochs_.shared(epoch); }
  /// Instead of start(): says a last word and never was a link for the modules.
  void turn_away(const Control& last_word);
  /// Ends the link with a last word: sent, then nothing more is heard. The owner hears `ours` after
  /// a goodbye, else `broken`.
  void leave(const Control& last_word);
  /// Asks at once whether she is there; the link is dead if nothing comes in
  /// LinkOptions::probe_limit.
  void probe();

  [[nodiscard]] const ohim::Peer& peer() const { return session_.peer; }
  [[nodiscard]] ohim::PlaceId device() const { return session_.device; }
  [[nodiscard]] std::uint64_t mark() const { return session_.mark; }
  [[nodiscard]] bool opened_by_us() const { return session_.opened_by_us; }
  [[nodiscard]] base::Instant up_since() const { return up_since_; }
  [[nodiscard]] bool drained() const { return drained_; }

 private:
  class View;

  base::Task<void> run();
  base::Result<void> take_frames(std::size_t& count);
  base::Result<void> take(const Frame& frame);
  base::Result<void> take_control(base::ByteView body);
  base::Result<void> answer_unknown(const Epoch& epoch);
  void tell(Speaks speaks);
  void settle();
  View* view_of(const Epoch& epoch);
  base::Result<void> send(const Epoch& epoch, base::ByteView body);
  void say(const Control& control);
  void note(Activity activity);
  void ping();
  void watch_over();
  void tick();
  bool note_sleep();
  void finish(LinkEnd how);
  void stop(LinkEnd how);

  base::World& world_;
  LinkOwner& owner_;
  Session session_;
  std::unique_ptr<base::Stream> stream_;
  LinkOptions options_;
  SharedEpochs epochs_;
  std::vector<std::unique_ptr<View>> views_;  // of all our modules
  FrameDecoder decoder_{kMaxBody};
  std::set<Epoch> unknown_;
  base::TokenBucket frames_;
  base::TokenBucket bytes_;
  base::Instant up_since_;
  Activity activity_;
  ohim::Pulse pulse_;
  base::Instant tick_due_;
  base::WallTime tick_due_on_the_wall_;
  std::optional<base::Instant> woke_;  // noticed then that this process, or machine, was stopped
  bool finished_ = false;
  bool drained_ = false;
  base::Timer timer_;
  base::Tasks tasks_;
};

}  // namespace basic
