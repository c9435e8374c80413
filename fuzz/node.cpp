// Any datagram sent to a storage node on the real engine: it must serve on.
//
// The town is simulated. A stranger sends the input, made more dangerous by what he has heard from
// the node: its transaction numbers and its tokens take the place of those in the input. Every now
// and then the node itself looks for something, so that it has questions open with the stranger. At
// the end it says how much got past guard and gate, to the engine.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "openhash/node.h"
#include "testing/sim_world.h"

namespace {

using namespace std::chrono_literals;
using base::Bytes;
using base::ByteView;

/// What follows `mark`, if `size` bytes do.
std::optional<std::size_t> find_after(ByteView bytes, ByteView mark, std::size_t size) {
  const auto at = std::search(bytes.begin(), bytes.end(), mark.begin(), mark.end());
  const auto begin = static_cast<std::size_t>(at - bytes.begin()) + mark.size();
  if (at == bytes.end() || begin + size > bytes.size()) return std::nullopt;
  return begin;
}

/// A field that the stranger learns from the node and puts into what he sends.
struct Heard {
  Bytes mark;
  std::size_t size;
  Bytes last;

  void learn(ByteView datagram) {
    const auto at = find_after(datagram, mark, size);
    if (at) last = base::to_bytes(datagram.subspan(*at, size));
  }
  void apply(Bytes& datagram) const {
    const auto at = find_after(datagram, mark, size);
    if (!at || last.empty()) return;
    std::copy(last.begin(), last.end(), datagram.begin() + static_cast<std::ptrdiff_t>(*at));
  }
};

class Town {
 public:
  Town() {
    openhash::NodeOptions options;
    options.role = openhash::Role::storage;
    options.rules = {.network = 1001, .work_named = 0, .work_opaque = 0};
    options.listen = base::Endpoint::v4(0, 0, 0, 0, 6824);
    node_ = std::move(*openhash::Node::open(world_.host("node"), options));
    at_node_ = world_.address("node", 6824);
    honest_ = open_at("honest", [this](ByteView, const base::Endpoint&) { ++answers_; });
  }
  ~Town() {
    const std::uint64_t sent = 2 * attacks_;
    std::printf("%llu datagrams, of which the engine was given %llu\n",
                static_cast<unsigned long long>(sent),
                static_cast<unsigned long long>(sent - node_->stats().dropped));
  }

  void attack(ByteView input) {
    if (attacks_ % 256 == 0) come_as_another();
    Bytes datagram = base::to_bytes(input);
    stranger_->send(at_node_, datagram);
    for (const Heard& heard : heard_) heard.apply(datagram);
    stranger_->send(at_node_, datagram);
    world_.advance(1ms);
    if (++attacks_ % 64 == 0) questions_.start(ask(*node_, some_key()));
    if (attacks_ % 256 == 0) watch_ = node_->watch(some_key(), [](const openhash::Record&) {});
    if (attacks_ % 1024 == 0) must_serve();
  }

 private:
  std::unique_ptr<base::DatagramSocket> open_at(const char* host,
                                                base::DatagramSocket::Handler handler) {
    const auto any_port = base::Endpoint::v4(0, 0, 0, 0, 0);
    return std::move(*world_.host(host).transport.open_datagram(any_port, std::move(handler)));
  }
  /// The engine stops listening to addresses that sent it nonsense.
  void come_as_another() {
    stranger_ = open_at("stranger", [this](ByteView datagram, const base::Endpoint&) {
      for (Heard& heard : heard_) heard.learn(datagram);
    });
  }
  static base::Task<void> ask(openhash::Node& node, openhash::Key key) {
    const auto answer = co_await node.get(key);
    (void)answer;
  }
  /// One of a few: the engine remembers for an hour what it searched for, and slows down with it.
  openhash::Key some_key() const {
    openhash::Key key;
    key.bytes.fill(static_cast<std::uint8_t>(attacks_ / 64 % 16 * 16 + 1));
    return key;
  }
  void must_serve() {
    const Bytes ping = *base::from_hex(
        "86a16181a26964c4145b1c11fad2d2c0b2fd5d5ea2d5a6a3d1f0f7a901a171a470696e67a174ce0000002aa179"
        "a1"
        "71a176a4524e4731a16ecd03e9");
    const int before = answers_;
    honest_->send(at_node_, ping);
    world_.advance(1s);
    if (answers_ != before) return;
    std::fprintf(stderr, "the node serves no more\n");
    std::abort();
  }

  sim::SimWorld world_{1};
  std::vector<Heard> heard_ = {{{0xa1, 't', 0xce}, 4, {}},
                               {{0xa5, 't', 'o', 'k', 'e', 'n', 0xc4, 32}, 32, {}},
                               {{0xa3, 's', 'i', 'd', 0xce}, 4, {}}};
  base::Endpoint at_node_;
  std::uint64_t attacks_ = 0;
  int answers_ = 0;
  std::unique_ptr<openhash::Node> node_;
  std::unique_ptr<openhash::Watch> watch_;
  std::unique_ptr<base::DatagramSocket> stranger_;
  std::unique_ptr<base::DatagramSocket> honest_;
  base::Tasks questions_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Town town;
  town.attack({data, size});
  return 0;
}
