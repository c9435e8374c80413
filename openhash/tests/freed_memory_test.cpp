// Three valid records, one of them edited from another address, make the engine use memory that it
// has freed (docs/engine.md, "Freed memory"). Here the same datagrams go to the engine as it comes,
// which must not survive them, and to our node, which has that engine inside.

#include <malloc.h>

#include <cstring>

#include "bare_engine.h"
#include "node_id.h"
#include "openhash/guard.h"
#include "pack.h"
#include "town.h"

// Whoever looks into what was freed shall not get away with it: it is filled with what no pointer
// can be, and nothing else comes to its place while the test lasts.
#ifdef __SANITIZE_ADDRESS__
extern "C" const char* __asan_default_options() {
  return "max_free_fill_size=4096:free_fill_byte=221";
}
#else
void operator delete(void* memory) noexcept {
  if (memory != nullptr) std::memset(memory, 0xdd, malloc_usable_size(memory));
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
#endif

namespace openhash {
namespace {

using base::Bytes;

/// Puts records from an address of its own, as any stranger can.
class Stranger {
 public:
  Stranger(base::World& world, const base::Endpoint& here, const base::Endpoint& target)
      : target_(target), id_(draw_node_id(world.entropy, here)) {
    socket_ = std::move(*world.transport.open_datagram(
        here, [this](base::ByteView datagram, const base::Endpoint&) { learn_token(datagram); }));
  }
  /// What he puts is taken from whoever was given a token before.
  void ask_for_token() {
    Pack out;
    out.map(5).text("a").map(2).text("id").binary(id_).text("target").binary(id_);
    send(out.text("q").text("find"));
  }
  void put(const Key& key, const Record& record) {
    ASSERT_FALSE(token_.empty());
    Pack out;
    out.map(5).text("a").map(4).text("id").binary(id_).text("h").binary(key.bytes);
    out.text("values").array(1).map(2).text("id").number(slot_of(record, kNetwork));
    out.text("dat").map(1).text("body").map(2).text("type");
    out.number(kValueTypes + static_cast<int>(record.kind)).text("data").binary(encode(record));
    send(out.text("token").binary(token_).text("q").text("put"));
  }

 private:
  void send(Pack& out) {
    out.text("t").number(++transaction_).text("y").text("q").text("n").number(kNetwork);
    ASSERT_EQ(inspect(out.bytes()), Verdict::ok) << "nothing is wrong with the datagram";
    socket_->send(target_, out.bytes());
  }
  void learn_token(base::ByteView datagram) {
    if (const Bytes token = token_in(datagram); !token.empty()) token_ = token;
  }

  base::Endpoint target_;
  NodeId id_;
  std::unique_ptr<base::DatagramSocket> socket_;
  Bytes token_;
  std::uint32_t transaction_ = 0;
};

class FreedMemoryTest : public Town {
 protected:
  static constexpr auto kNode = "40.1.7.1";
  static constexpr auto kNelson = "40.2.7.1";
  static constexpr auto kOther = "40.3.7.1";

  FreedMemoryTest() { names[0] = kNode; }

  /// By Nelson; each edit from `other`. What stands there afterwards are the edits.
  void strike(const char* other) {
    Stranger nelson(sim.host(kNelson), sim.address(kNelson, 7000), sim.address(kNode, kPort));
    Stranger second(sim.host(other), sim.address(other, 7001), sim.address(kNode, kPort));
    nelson.ask_for_token();
    second.ask_for_token();
    sim.advance(1s);
    nelson.put(first_, of_size(first_, 1, kSmall));
    nelson.put(second_, of_size(second_, 1, kSmall));
    sim.advance(1s);
    edited_first_ = of_size(first_, 2, 2 * kSmall);  // so large as the two together
    second.put(first_, edited_first_);
    sim.advance(7min);  // the engine tidies up after 2 to 6
    second.ask_for_token();
    sim.advance(1s);
    edited_second_ = of_size(second_, 2, kSmall);
    std::fprintf(stderr, "all is well so far\n");
    second.put(second_, edited_second_);
    sim.advance(1s);
  }
  void strike_bare_engine(const char* other) {
    const BareEngine engine(sim.host(kNode), sim.address(kNode, kPort), kNetwork);
    strike(other);
  }
  /// A record of so many bytes in all.
  Record of_size(const Key& key, std::uint64_t sequence, std::size_t size) {
    Record made = record(Kind::opaque, key, sequence);
    made.body.resize(size - (encode(made).size() - made.body.size()));
    return *decode(sealed(made, key, signing_key()));
  }

  static constexpr std::size_t kSmall = 400;
  const Key first_ = Key::of("the first");
  const Key second_ = Key::of("the second");
  Record edited_first_;
  Record edited_second_;
};

using FreedMemoryDeathTest = FreedMemoryTest;

TEST_F(FreedMemoryDeathTest, TheEngineAsItComesUsesIt) {
  EXPECT_DEATH(strike_bare_engine(kOther), "all is well so far");
}

TEST_F(FreedMemoryDeathTest, ButNotWhenAllComesFromOneAddress) {
  const auto strike_and_end = [this] {
    strike_bare_engine(kNelson);
    _exit(0);
  };
  EXPECT_EXIT(strike_and_end(), testing::ExitedWithCode(0), "all is well so far");
}

TEST_F(FreedMemoryTest, OurNodeStoresTheSameRecordsAndServesOn) {
  start_nodes(1);
  strike(kOther);
  const auto lisa = client("40.4.7.1");
  EXPECT_EQ(*get(*lisa, first_), std::vector{edited_first_});
  EXPECT_EQ(*get(*lisa, second_), std::vector{edited_second_});
}

}  // namespace
}  // namespace openhash
