// flood HOST:PORT NETWORK WORK-BITS COUNT PER-SECOND ALLOWED: an honest user reads records of a
// node over and over, now in peace, now while another process sends garbage datagrams to the same
// node from 64 addresses of the loopback network: cut, changed and invented ones, and those that
// end a stock engine. Peace and flood take turns, ten times, with as many reads of the same keys,
// so that whatever else the machine does meets both. COUNT datagrams in all, PER-SECOND while they
// last. Prints the times of both. Ends with 1 if a read fails, or if the p99 under the flood is
// over ALLOWED times the one in peace (0: whatever it is).

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "base/system.h"
#include "captured.h"
#include "killers.h"
#include "openhash/node.h"

using namespace std::chrono_literals;

namespace {

constexpr int kSenders = 64;
constexpr std::size_t kKinds = 4096;
constexpr long kBatch = 64;
constexpr int kTurns = 10;
constexpr int kKeys = 16;
constexpr int kRehearsal = 200;         // reads that do not count
constexpr base::Duration kPause = 5ms;  // a stranger may send 1 000 datagrams a second

std::vector<base::Bytes> garbage() {
  std::mt19937 random(1);
  std::vector<base::Bytes> originals = openhash::killers::all();
  for (const auto& datagram : openhash::captured::kAll) {
    originals.push_back(*base::from_hex(datagram.hex));
  }
  std::vector<base::Bytes> all;
  while (all.size() < kKinds) {
    base::Bytes datagram = originals[random() % originals.size()];
    const auto kind = random() % 4;
    if (kind == 0) datagram.resize(random() % (datagram.size() + 1));
    if (kind == 1) {
      for (std::uint8_t& byte : datagram) byte = static_cast<std::uint8_t>(random());
    }
    if (kind >= 2 && !datagram.empty()) {
      for (std::size_t i = 0; i < kind; ++i) {
        datagram[random() % datagram.size()] = static_cast<std::uint8_t>(random());
      }
    }
    all.push_back(std::move(datagram));
  }
  return all;
}

/// Sends for as long as it takes; never more than `per_second`.
int send_garbage(const base::Endpoint& target, long count, long per_second) {
  const std::vector<base::Bytes> all = garbage();
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(target.port);
  std::copy_n(target.address.begin() + 12, 4, reinterpret_cast<std::uint8_t*>(&to.sin_addr));
  std::vector<int> sockets;
  for (int sender = 0; sender < kSenders; ++sender) {
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(0x7f090001U + (static_cast<unsigned>(sender) << 8));
    sockets.push_back(socket(AF_INET, SOCK_DGRAM, 0));
    if (bind(sockets.back(), reinterpret_cast<sockaddr*>(&from), sizeof from) != 0) return 1;
  }
  timespec next{};
  clock_gettime(CLOCK_MONOTONIC, &next);
  for (long sent = 0; sent < count; ++sent) {
    const base::Bytes& datagram = all[static_cast<std::size_t>(sent) % all.size()];
    (void)sendto(sockets[static_cast<std::size_t>(sent) % sockets.size()], datagram.data(),
                 datagram.size(), 0, reinterpret_cast<sockaddr*>(&to), sizeof to);
    if (sent % kBatch != 0) continue;
    next.tv_nsec += kBatch * 1'000'000'000 / per_second;
    next.tv_sec += next.tv_nsec / 1'000'000'000;
    next.tv_nsec %= 1'000'000'000;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, nullptr);
  }
  return 0;
}

struct Times {
  std::vector<base::Duration> all;
  int failed = 0;

  [[nodiscard]] double percentile(std::size_t percent) {
    std::ranges::sort(all);
    const std::size_t at = std::min(all.size() - 1, all.size() * percent / 100);
    return std::chrono::duration<double, std::milli>(all[at]).count();
  }
};

/// Keys in turn, so that each phase reads the same.
class Reader {
 public:
  Reader(base::World& world, openhash::Node& node) : world_(world), node_(node) {
    for (int i = 0; i < kKeys; ++i)
      keys_.push_back(openhash::Key::of("flood " + std::to_string(i)));
  }
  [[nodiscard]] const std::vector<openhash::Key>& keys() const { return keys_; }

  base::Task<void> read_once(Times& times) {
    const openhash::Key key = keys_[next_++ % keys_.size()];
    const base::Instant start = world_.clock.now();
    const auto answer = co_await node_.get(key);
    times.all.push_back(world_.clock.now() - start);
    co_await base::sleep_for(world_.clock, kPause);
    if (!answer || answer->size() != 1) ++times.failed;
  }
  base::Task<void> read(std::size_t count, Times& times) {
    for (std::size_t i = 0; i < count; ++i) co_await read_once(times);
  }

 private:
  base::World& world_;
  openhash::Node& node_;
  std::vector<openhash::Key> keys_;
  std::size_t next_ = 0;
};

openhash::Record some_record(base::World& world, const openhash::Node& node,
                             const openhash::Key& key) {
  base::Secret seed(32);
  world.entropy.fill(seed.bytes());
  const openhash::SigningKey signer(seed);
  openhash::Record record;
  record.owner = signer.public_key();
  record.sequence = 1;
  record.issued = world.clock.wall();
  record.valid_for = 24h;
  record.body = base::Bytes(800, 7);
  const std::atomic<bool> never{false};
  record.work = *openhash::find_work(node.rules(), record.kind, "", record.owner, never);
  openhash::sign(record, node.rules().network, key, signer);
  return record;
}

struct Flood {
  base::Endpoint target;
  long count = 0;
  long per_second = 0;
};

/// One share of the flood, and the reads meanwhile. Whether it was sent.
base::Task<bool> read_under_flood(Reader& reader, Flood flood, Times& times) {
  const pid_t child = fork();
  if (child == 0) _exit(send_garbage(flood.target, flood.count / kTurns, flood.per_second));
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) co_await reader.read_once(times);
  co_return status == 0;
}

void print(const char* phase, Times& times) {
  std::printf("%s: %zu reads, p50 %.2f ms, p99 %.2f ms, most %.2f ms, %d failed\n", phase,
              times.all.size(), times.percentile(50), times.percentile(99), times.percentile(100),
              times.failed);
}

base::Task<int> measure(base::World& world, openhash::Node& node, Flood flood, double allowed) {
  Reader reader(world, node);
  const auto met = co_await node.connect(10s);
  if (!met) co_return 1;
  for (const openhash::Key& key : reader.keys()) {
    const auto put = co_await node.put(key, some_record(world, node, key));
    if (!put) co_return 1;
  }
  Times rehearsal;
  co_await reader.read(kRehearsal, rehearsal);
  Times peace;
  Times flooded;
  base::Duration taken{};
  bool sent = true;
  for (int turn = 0; turn < kTurns; ++turn) {
    const base::Instant start = world.clock.now();
    sent = co_await read_under_flood(reader, flood, flooded) && sent;
    taken += world.clock.now() - start;
    co_await reader.read(flooded.all.size() - peace.all.size(), peace);
  }
  const double seconds = std::chrono::duration<double>(taken).count();
  const double times = flooded.percentile(99) / peace.percentile(99);
  print("peace", peace);
  print("flood", flooded);
  std::printf("%ld datagrams in %.1f s, p99 %.2f times that of peace\n", flood.count, seconds,
              times);
  const bool served = sent && peace.failed + flooded.failed == 0;
  co_return served && (allowed == 0 || times <= allowed) ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const auto target = argc == 7 ? base::Endpoint::parse(argv[1]) : std::nullopt;
  if (!target) return 2;
  base::System system;
  openhash::NodeOptions options;
  options.rules.network = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  options.rules.work_opaque = static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10));
  options.bootstrap = {*target};
  auto node = openhash::Node::open(system.world(), options);
  if (!node) return 1;
  const Flood flood{*target, std::atol(argv[4]), std::max(1L, std::atol(argv[5]))};
  return system.run_until_done(measure(system.world(), **node, flood, std::atof(argv[6])));
}
