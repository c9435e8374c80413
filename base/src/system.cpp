#include "base/system.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/resource.h>

#include <csignal>

#include "sodium_ready.h"
#include "system_loop.h"
#include "system_transport.h"
#include "system_workers.h"

namespace base {

namespace {

class KernelEntropy final : public Entropy {
 public:
  KernelEntropy() { ensure_sodium(); }
  void fill(std::span<std::uint8_t> out) override { randombytes_buf(out.data(), out.size()); }
};

/// As many as the machine lets this process have; most start with 1024.
void allow_many_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Alive during its callback, even if that gives the token back.
struct ReadableWatch : std::enable_shared_from_this<ReadableWatch> {
  std::unique_ptr<system::Descriptor> descriptor;
  std::function<void()> callback;

  void wait() {
    descriptor->when_readable([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
      self->callback();
      if (self.use_count() > 1) self->wait();
    });
  }
};

}  // namespace

struct System::Impl {
  explicit Impl(SystemOptions options)
      : workers(loop, options.worker_threads),
        transport(loop, workers, options.log),
        world{loop, transport, entropy, workers, options.log} {}

  system::Loop loop;
  system::ThreadPool workers;
  system::SocketTransport transport;
  KernelEntropy entropy;
  World world;
  bool stopped = false;
};

System::System(SystemOptions options) {
  // A write to a closed pipe or connection is an error to be told, not a reason to die.
  std::signal(SIGPIPE, SIG_IGN);
  allow_many_descriptors();
  impl_ = std::make_unique<Impl>(std::move(options));
}
System::~System() = default;

World& System::world() { return impl_->world; }

void System::post(std::function<void()> callback) { impl_->loop.post(std::move(callback)); }

void System::run() {
  run_until([this] { return impl_->stopped; });
  impl_->stopped = false;
}
void System::stop() { impl_->stopped = true; }
void System::run_until(const std::function<bool()>& done) { impl_->loop.run_until(done); }

void System::on_signal(std::initializer_list<int> signals, std::function<void(int)> callback) {
  impl_->loop.on_signal(signals, std::move(callback));
}

std::shared_ptr<void> System::on_readable(int fd, std::function<void()> callback) {
  // A copy: the loop closes what it watches, and `fd` is not ours.
  const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  auto descriptor = system::Descriptor::watch(impl_->loop, copy);
  auto watch = std::make_shared<ReadableWatch>();
  watch->callback = std::move(callback);
  if (!descriptor) {
    impl_->world.log.error("cannot read descriptor " + std::to_string(fd) + ": " +
                           descriptor.error().message());
    return watch;
  }
  watch->descriptor = std::move(*descriptor);
  // Asio makes it non-blocking with the first wait, and so for everybody who shares it: a shell
  // that comes after us, a program that writes to the same terminal. Whoever reads because it can
  // be read does not need that.
  const int flags = ::fcntl(fd, F_GETFL);
  watch->wait();
  if (flags >= 0) ::fcntl(fd, F_SETFL, flags);
  return watch;
}

}  // namespace base
