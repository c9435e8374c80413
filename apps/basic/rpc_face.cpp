// `basic rpc`: one script's lines, from its first to a clean end.

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "base/system.h"
#include "basic/directory_profile.h"
#include "faces.h"
#include "line_cutter.h"
#include "line_writer.h"
#include "rpc.h"
#include "way_in.h"

namespace {

constexpr std::size_t kLongestLine = std::size_t{1} << 20;
constexpr std::size_t kMostUnread = std::size_t{64} << 20;
/// Beyond these no more requests are read: a script that does not read its answers, or asks faster
/// than buddies can answer, waits in its own write().
constexpr std::size_t kBusyBytes = std::size_t{1} << 20;
constexpr std::size_t kBusyRequests = 4096;
/// How long requests may still run after the end of input. Texts take 30 s at most.
constexpr base::Duration kDrainLimit = std::chrono::seconds(60);
constexpr base::Duration kFlushLimit = std::chrono::seconds(5);

enum class End {
  input,     ///< no more requests; answer those there are
  now,       ///< a signal, a shutdown, or nobody there to read answers
  unserved,  ///< the reader let too much pile up
};

/// The objects of a run, in the order in which they need each other.
class RpcRun {
 public:
  RpcRun(base::System& system, WayIn& way_in, basic::Profile& profile, const Options& options)
      : system_(system),
        world_(system.world()),
        way_in_(way_in),
        named_nodes_(!options.nodes.empty()),
        out_(world_.clock, STDOUT_FILENO, kMostUnread,
             [this](LineWriter::Broken why) { not_read(why); }),
        server_(world_, ports()),
        client_(world_, way_in.store(), profile, server_, options.client),
        lines_(kLongestLine, {[this](std::string_view line) { server_.take(line); },
                              [this] { server_.take_oversize(); }}) {
    server_.serve(client_);
    server_.on_answered([this] { look_around(); });
    out_.on_drained([this] { look_around(); });
  }

  void warn(const std::string& sentence) { server_.warning(sentence); }

  base::Task<int> run() {
    system_.on_signal({SIGTERM, SIGINT}, [this](int) { interrupt(); });
    co_await way_in_.settle();
    listen();
    End end = co_await end_;
    if (end == End::input) co_await base::within(world_.clock, kDrainLimit, all_answered());
    // Best effort: whoever watches us will also notice by the links.
    if (client_.status().signed_on) static_cast<void>(co_await client_.sign_off());
    co_await out_.flushed(kFlushLimit);
    co_return end == End::unserved ? 1 : 0;
  }

 private:
  RpcServer::Ports ports() {
    return {[this](std::string line) { out_.write(std::move(line)); },
            [this] { return way_in_.own_node(); }, named_nodes_, [this] { finish(End::now); }};
  }

  void finish(End end) {
    stdin_.reset();
    end_.set(end);
    if (end != End::input) answered_.set(true);
  }

  void interrupt() {
    if (interrupted_) std::_Exit(1);  // asked twice: no manners
    interrupted_ = true;
    world_.clock.post([this] { finish(End::now); });
  }

  void not_read(LineWriter::Broken why) {
    if (why == LineWriter::Broken::reader_gone) return finish(End::now);
    world_.log.error("ending, since nobody reads the answers on stdout");
    finish(End::unserved);
  }

  base::Task<base::Result<void>> all_answered() {
    if (server_.in_flight() > 0) co_await answered_;
    co_return base::Result<void>();
  }

  void listen() {
    paused_ = false;
    if (end_.is_set()) return;
    if (fcntl(STDIN_FILENO, F_GETFD) < 0) return world_.clock.post([this] { finish(End::input); });
    stdin_ = system_.on_readable(STDIN_FILENO, [this] { read_some(); });
  }

  void read_some() {
    std::array<char, 65536> buffer;
    const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (count > 0) {
      lines_.feed({buffer.data(), static_cast<std::size_t>(count)});
      if (busy()) world_.clock.post([this] { pause(); });
      return;
    }
    lines_.finish();
    // Not from inside its own callback.
    world_.clock.post([this] { finish(End::input); });
  }

  [[nodiscard]] bool busy() const {
    return out_.queued() > kBusyBytes || server_.in_flight() > kBusyRequests;
  }

  void pause() {
    if (!busy()) return;
    paused_ = stdin_ != nullptr;
    stdin_.reset();
  }

  void look_around() {
    if (paused_ && !busy()) listen();
    if (end_.is_set() && server_.in_flight() == 0)
      world_.clock.post([this] { answered_.set(true); });
  }

  base::System& system_;
  base::World& world_;
  WayIn& way_in_;
  bool named_nodes_;
  base::Completion<End> end_;
  base::Completion<bool> answered_;
  bool interrupted_ = false;
  bool paused_ = false;
  LineWriter out_;
  RpcServer server_;
  basic::Client client_;
  LineCutter lines_;
  std::shared_ptr<void> stdin_;
};

int fail(const base::Error& error) {
  std::fprintf(stderr, "basic: %s\n", error.message().c_str());
  return 1;
}

}  // namespace

int run_rpc(const Options& options) {
  base::System system({.log = base::stderr_log(options.log)});
  std::optional<RpcRun> run;
  auto profile = basic::DirectoryProfile::at(system.world(), options.profile);
  if (!profile) return fail(profile.error());
  auto way_in = WayIn::open(system.world(), options,
                            [&run](const std::string& sentence) { run->warn(sentence); });
  if (!way_in) return fail(way_in.error());
  run.emplace(system, **way_in, **profile, options);
  const int status = system.run_until_done(run->run());
  run.reset();
  return status;
}
