#include "basic/connection_handler.h"

#include <algorithm>

namespace basic {
namespace {

constexpr std::size_t kReadAtOnce = 4096;
constexpr std::size_t kMaxUnknownEpochs = 32;
/// A timer so late by one of the clocks means that this process was stopped, or this machine slept.
constexpr base::Duration kLate = std::chrono::seconds(1);
constexpr base::Duration kLateOnTheWall = std::chrono::seconds(3);
/// What was said meanwhile is read within this.
constexpr base::Duration kWakingUp = std::chrono::seconds(1);

}  // namespace

/// What one module sees of this link.
class ConnectionHandler::View final : public LinkView {
 public:
  View(ConnectionHandler& link, Module& module) : link_(link), module_(module) {}

  [[nodiscard]] const ohim::Name& buddy() const override { return link_.peer().name; }
  [[nodiscard]] bool listed() const override { return link_.owner_.listed(buddy()); }
  [[nodiscard]] std::uint64_t device() const override { return link_.device(); }
  base::Result<void> send(base::ByteView body) override {
    if (!up_) return base::fail(base::Errc::closed, "this protocol is not spoken now");
    return link_.send(module_.epoch(), body);
  }
  [[nodiscard]] Activity activity() const override { return link_.activity_; }
  void note_active() override { link_.note({true, link_.owner_.next_activity()}); }
  void note_away() override { link_.note({false, activity().order}); }
  Module& module() { return module_; }
  [[nodiscard]] bool up() const { return up_; }
  /// Tells the module, unless it knows.
  void set_up(bool up) {
    if (std::exchange(up_, up) == up) return;
    up ? module_.link_up(*this) : module_.link_down(*this);
  }

 private:
  ConnectionHandler& link_;
  Module& module_;
  bool up_ = false;
};

ConnectionHandler::ConnectionHandler(base::World& world, LinkOwner& owner, Session session,
                                     std::unique_ptr<base::Stream> stream,
                                     const std::vector<Module*>& modules, LinkOptions options)
    : world_(world),
      owner_(owner),
      session_(std::move(session)),
      stream_(std::move(stream)),
      options_(options),
      epochs_(session_.ours, session_.theirs),
      frames_(options.frames_per_second, 2 * options.frames_per_second),
      bytes_(options.bytes_per_second, 2 * options.bytes_per_second),
      up_since_(world.clock.now()),
      pulse_(session_.opened_by_us, up_since_, options.pulse),
      tick_due_(up_since_),
      tick_due_on_the_wall_(world.clock.wall()) {
  for (Module* module : modules) views_.push_back(std::make_unique<View>(*this, *module));
}

ConnectionHandler::~ConnectionHandler() {
  if (finished_) return;
  for (const auto& view : views_) view->set_up(false);
}

void ConnectionHandler::start(const std::vector<Epoch>& spoken) {
  decoder_.append(std::exchange(session_.early, {}));
  activity_.order = owner_.next_activity();
  watch_over();
  speak(spoken);  // somebody may have switched since our hello
  tasks_.start(run());
}

void ConnectionHandler::turn_away(const Control& last_word) {
  views_.clear();
  leave(last_word);
  tasks_.start(run());
}

base::Task<void> ConnectionHandler::run() {
  std::array<std::uint8_t, kReadAtOnce> buffer;
  const std::span<std::uint8_t> room(buffer);
  for (;;) {
    std::size_t count = 0;
    const base::Result<void> taken = take_frames(count);
    if (!taken) {
      world_.log.warn("link ended: " + taken.error().message());
      leave({.type = ControlType::close, .reason = CloseReason::protocol});
    }
    const base::Result<std::size_t> got = co_await stream_->read(room);
    if (!got || *got == 0) break;
    note_sleep();
    const base::Instant now = world_.clock.now();
    pulse_.heard(now);
    if (finished_) continue;  // only waiting for the end
    decoder_.append(base::ByteView(buffer).first(*got));
    const base::Duration pause = std::max(frames_.take(static_cast<double>(count), now),
                                          bytes_.take(static_cast<double>(*got), now));
    if (pause > base::Duration::zero()) co_await base::sleep_for(world_.clock, pause);
  }
  note_sleep();
  // Whoever slept was given up with good reason: that says nothing of her.
  const bool waking_up = woke_ && world_.clock.now() - *woke_ < kWakingUp;
  finish(waking_up ? LinkEnd::silent : LinkEnd::broken);
  drained_ = true;
  owner_.link_drained(*this);
}

base::Result<void> ConnectionHandler::take_frames(std::size_t& count) {
  while (!finished_) {
    const base::Result<std::optional<Frame>> frame = decoder_.next();
    if (!frame) return frame.error();
    if (!frame->has_value()) return {};
    ++count;
    base::Result<void> taken = take(**frame);
    if (!taken) return taken;
  }
  return {};
}

base::Result<void> ConnectionHandler::take(const Frame& frame) {
  if (frame.epoch == kControlEpoch) return take_control(frame.body);
  View* const view = view_of(frame.epoch);
  if (view == nullptr) return answer_unknown(frame.epoch);
  if (!view->up() || !epochs_.takes(frame.epoch)) return {};  // it was on its way when we switched
  return view->module().handle(*view, frame.body);
}

base::Result<void> ConnectionHandler::take_control(base::ByteView body) {
  const base::Result<std::optional<Control>> control = decode_control(body);
  if (!control) return control.error();
  if (!control->has_value()) return {};
  switch ((*control)->type) {
    case ControlType::ping:
      pulse_.asked(world_.clock.now());
      say({.type = ControlType::pong, .nonce = (*control)->nonce});
      break;
    case ControlType::pong:
      pulse_.answered((*control)->nonce, world_.clock.now());
      break;
    case ControlType::unknown_epoch:
      break;
    case ControlType::goodbye:
      stream_->close();
      finish(LinkEnd::goodbye);
      break;
    case ControlType::close:
      stream_->close();
      finish((*control)->reason == CloseReason::replaced ? LinkEnd::replaced : LinkEnd::broken);
      break;
    case ControlType::speaks:
      if (auto answer = epochs_.hear((*control)->speaks)) {
        tell(std::move(*answer));
        settle();
      }
      break;
  }
  return {};
}

base::Result<void> ConnectionHandler::answer_unknown(const Epoch& epoch) {
  if (!unknown_.insert(epoch).second) return {};
  if (unknown_.size() > kMaxUnknownEpochs) {
    return base::fail(base::Errc::malformed, "too many unknown epochs");
  }
  say({.type = ControlType::unknown_epoch, .epoch = epoch});
  return {};
}

// --- what is spoken ---

void ConnectionHandler::speak(const std::vector<Epoch>& spoken) {
  if (finished_) return;
  if (auto told = epochs_.set_ours(spoken)) tell(std::move(*told));
  settle();
}

void ConnectionHandler::tell(Speaks speaks) {
  say({.type = ControlType::speaks, .speaks = std::move(speaks)});
}

/// The modules hear after she does, so that what they send at once is of a protocol she knows of.
void ConnectionHandler::settle() {
  for (const auto& view : views_) {
    if (finished_) return;  // a module's doing
    view->set_up(epochs_.shared(view->module().epoch()));
  }
  owner_.epochs_changed(*this);
}

ConnectionHandler::View* ConnectionHandler::view_of(const Epoch& epoch) {
  for (const auto& view : views_) {
    if (view->module().epoch() == epoch) return view.get();
  }
  return nullptr;
}

base::Result<void> ConnectionHandler::send(const Epoch& epoch, base::ByteView body) {
  if (finished_) return base::fail(base::Errc::closed, "the link is down");
  if (body.size() > kMaxBody) return base::fail(base::Errc::too_large, "a frame over 65 536 bytes");
  base::Bytes frame;
  append_frame(frame, epoch, body);
  base::Result<void> written = stream_->write(frame);
  // Whoever reads so slowly that 4 MiB wait for her is cut off; not from inside a module's call.
  if (!written)
    timer_ = world_.clock.call_after(base::Duration::zero(), [this] { stop(LinkEnd::broken); });
  return written;
}

void ConnectionHandler::say(const Control& control) { (void)send(kControlEpoch, encode(control)); }

void ConnectionHandler::leave(const Control& last_word) {
  if (finished_) return;
  say(last_word);
  stream_->close();
  finish(last_word.type == ControlType::goodbye ? LinkEnd::ours : LinkEnd::broken);
}

void ConnectionHandler::note(Activity activity) {
  activity_ = activity;
  for (const auto& view : views_) {
    if (view->up()) view->module().activity_changed(*view);
  }
}

// --- is she there? ---

void ConnectionHandler::ping() {
  const std::uint64_t number = pulse_.ask(world_.clock.now());
  watch_over();
  say({.type = ControlType::ping, .nonce = number});  // last: a write that fails stops us
}

void ConnectionHandler::probe() {
  if (finished_ || pulse_.in_doubt()) return;
  pulse_.doubt(world_.clock.now());
  ping();
}

void ConnectionHandler::watch_over() {
  tick_due_ = std::min(pulse_.next_question(), pulse_.dead_at());
  const base::Duration pause = std::max(tick_due_ - world_.clock.now(), base::Duration::zero());
  tick_due_on_the_wall_ = world_.clock.wall() + std::chrono::ceil<std::chrono::seconds>(pause);
  timer_ = world_.clock.call_after(pause, [this] { tick(); });
}

bool ConnectionHandler::note_sleep() {
  const base::Instant now = world_.clock.now();
  const bool slept =
      now - tick_due_ > kLate || world_.clock.wall() - tick_due_on_the_wall_ > kLateOnTheWall;
  if (!slept) return false;
  woke_ = now;
  pulse_.slept();
  return true;
}

void ConnectionHandler::tick() {
  if (note_sleep()) return probe();  // what came meanwhile is still to be read
  const base::Instant now = world_.clock.now();
  if (now >= pulse_.dead_at()) return stop(LinkEnd::silent);
  if (now >= pulse_.next_question()) return ping();
  watch_over();
}

/// From a timer, never from inside run().
void ConnectionHandler::stop(LinkEnd how) {
  tasks_.cancel();
  finish(how);
  drained_ = true;
  owner_.link_drained(*this);
}

void ConnectionHandler::finish(LinkEnd how) {
  if (std::exchange(finished_, true)) return;
  timer_ = world_.clock.call_after(options_.farewell, [this] { stop(LinkEnd::broken); });
  for (const auto& view : views_) view->set_up(false);
  owner_.link_ended(*this, how);
}

}  // namespace basic
