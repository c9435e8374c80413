// The handshake over streams in memory: what should come about, and every attack we know.
#include "basic/handshake.h"

#include <gtest/gtest.h>

#include "pipe.h"
#include "testing/sim_world.h"

namespace basic {
namespace {

using base::Bytes;
using test::Pipe;
using test::PipeEnd;

openhash::SigningKey key_of(std::uint8_t seed) {
  base::Secret secret(32);
  for (std::uint8_t& byte : secret.bytes()) byte = seed;
  return openhash::SigningKey(secret);
}

ohim::Name name(const char* text) { return *ohim::Name::parse(text); }

/// Lets everybody in, or nobody.
struct Doorman final : Gate {
  base::Result<void> verdict;
  std::vector<Caller> asked;
  base::Task<base::Result<void>> admit(Caller caller) override {
    asked.push_back(caller);
    co_return verdict;
  }
};

using Outcome = base::Result<Session>;

/// Lisa connects to Milhouse; mallory is around.
class HandshakeTest : public testing::Test {
 protected:
  sim::SimWorld world_{1};
  base::Entropy& entropy_ = world_.host("lisa").entropy;
  openhash::SigningKey lisa_ = key_of(1);
  openhash::SigningKey milhouse_ = key_of(2);
  openhash::SigningKey mallory_ = key_of(3);
  Exporter session_{7};
  Doorman door_;
  Bytes lisas_bytes_;  // as sent in the last meeting
  Bytes milhouses_bytes_;
  std::function<void(Bytes&)> tamper_lisa_;
  std::function<void(Bytes&)> tamper_milhouse_;
  Outcome lisa_got_ = base::fail(base::Errc::timed_out);
  Outcome milhouse_got_ = base::fail(base::Errc::timed_out);

  Handshake as(const char* who, const openhash::SigningKey& key, std::uint32_t network = 5) {
    return Handshake(entropy_, Self{who, &key, network, 99, {Epoch{1}, Epoch{2}}});
  }

  /// One handshake from end to end; whoever fails hangs up.
  void meet(const Handshake& initiator, const Handshake& responder, ohim::Peer expected,
            Exporter here, Exporter there) {
    Pipe pipe;
    pipe.left->tamper = tamper_lisa_;
    pipe.right->tamper = tamper_milhouse_;
    base::Task<void> left =
        one_side(initiator.initiate(*pipe.left, here, expected), *pipe.left, lisa_got_);
    base::Task<void> right =
        one_side(responder.respond(*pipe.right, there, door_), *pipe.right, milhouse_got_);
    left.start();
    right.start();
    EXPECT_TRUE(left.done() && right.done()) << "somebody waits for ever";
    lisas_bytes_ = pipe.left->written;
    milhouses_bytes_ = pipe.right->written;
  }
  void meet() {
    meet(as("lisa", lisa_), as("milhouse", milhouse_), milhouse(), session_, session_);
  }
  [[nodiscard]] ohim::Peer milhouse() const { return {name("milhouse"), milhouse_.public_key()}; }
  static base::Task<void> one_side(base::Task<Outcome> task, PipeEnd& end, Outcome& got) {
    got = co_await task;
    if (!got) end.close();
  }
  void expect_no_link() {
    EXPECT_FALSE(lisa_got_);
    EXPECT_FALSE(milhouse_got_);
  }
  /// Says these bytes to Milhouse and hangs up.
  Outcome say_to_milhouse(const Bytes& bytes, Exporter exporter) {
    Pipe pipe;
    const Handshake responder = as("milhouse", milhouse_);
    base::Task<Outcome> task = responder.respond(*pipe.right, exporter, door_);
    task.start();
    pipe.right->receive(bytes);
    pipe.right->end();
    EXPECT_TRUE(task.done());
    milhouses_bytes_ = pipe.right->written;
    return task.take();
  }
};

TEST_F(HandshakeTest, IntroducesBothSides) {
  meet();
  ASSERT_TRUE(lisa_got_);
  ASSERT_TRUE(milhouse_got_);
  EXPECT_EQ(milhouse_got_->peer.name, name("lisa"));
  EXPECT_EQ(milhouse_got_->peer.key, lisa_.public_key());
  EXPECT_EQ(lisa_got_->peer.name, name("milhouse"));
  EXPECT_TRUE(lisa_got_->opened_by_us);
  EXPECT_FALSE(milhouse_got_->opened_by_us);
  EXPECT_EQ(lisa_got_->theirs, (std::vector{Epoch{1}, Epoch{2}}));
}

TEST_F(HandshakeTest, HandsOverFramesThatCameEarly) {
  int flights = 0;
  tamper_lisa_ = [&flights](Bytes& bytes) {
    if (++flights == 2) append_frame(bytes, Epoch{1}, base::view("hi"));
  };
  meet();
  ASSERT_TRUE(milhouse_got_);
  EXPECT_EQ(milhouse_got_->early.size(), kFrameHead + 2);
}

TEST_F(HandshakeTest, TellsWhatEachSideSpeaks) {
  const Handshake other(entropy_, Self{"milhouse", &milhouse_, 5, 99, {Epoch{2}, Epoch{3}}});
  meet(as("lisa", lisa_), other, milhouse(), session_, session_);
  ASSERT_TRUE(lisa_got_ && milhouse_got_);
  EXPECT_EQ(lisa_got_->ours, (std::vector{Epoch{1}, Epoch{2}}));
  EXPECT_EQ(lisa_got_->theirs, (std::vector{Epoch{2}, Epoch{3}}));
  EXPECT_EQ(milhouse_got_->ours, lisa_got_->theirs);
  EXPECT_EQ(milhouse_got_->theirs, lisa_got_->ours);
}

TEST_F(HandshakeTest, GivesTheLinkAMarkThatBothKnowAndNoOtherHas) {
  meet();
  ASSERT_TRUE(lisa_got_ && milhouse_got_);
  const std::uint64_t first = lisa_got_->mark;
  EXPECT_NE(first, 0u);
  EXPECT_EQ(milhouse_got_->mark, first);
  EXPECT_EQ(milhouse_got_->instead_of, 0u);
  meet();
  ASSERT_TRUE(lisa_got_);
  EXPECT_NE(lisa_got_->mark, first);
}

TEST_F(HandshakeTest, TellsTheGateWhichLinkItTakesThePlaceOf) {
  Pipe pipe;
  const Handshake lisa = as("lisa", lisa_), milhouses = as("milhouse", milhouse_);
  base::Task<Outcome> left = lisa.initiate(*pipe.left, session_, milhouse(), 77);
  base::Task<Outcome> right = milhouses.respond(*pipe.right, session_, door_);
  left.start();
  right.start();
  ASSERT_TRUE(left.done() && right.done());
  ASSERT_EQ(door_.asked.size(), 1u);
  EXPECT_EQ(door_.asked[0].instead_of, 77u);
  EXPECT_EQ(left.take()->instead_of, 77u);
  EXPECT_EQ(right.take()->instead_of, 77u);
}

TEST_F(HandshakeTest, AnImpostorCannotAnswerForMilhouse) {
  meet(as("lisa", lisa_), as("milhouse", mallory_), milhouse(), session_, session_);
  EXPECT_FALSE(lisa_got_);
}

TEST_F(HandshakeTest, AnImpostorWhoClaimsMilhousesKeyCannotProveIt) {
  // Mallory sends Milhouse's hello with his own signature.
  tamper_milhouse_ = [this](Bytes& bytes) {
    const base::ByteView key(milhouse_.public_key());
    for (auto& byte : bytes) (void)byte;
    const auto found = std::search(bytes.begin(), bytes.end(), mallory_.public_key().begin(),
                                   mallory_.public_key().end());
    if (found != bytes.end()) std::copy(key.begin(), key.end(), found);
  };
  meet(as("lisa", lisa_), as("milhouse", mallory_), milhouse(), session_, session_);
  expect_no_link();
}

TEST_F(HandshakeTest, AManInTheMiddleHasTwoSessionsAndFails) {
  // Two TLS sessions, two exporters; the bytes are passed on untouched.
  meet(as("lisa", lisa_), as("milhouse", milhouse_), milhouse(), Exporter{1}, Exporter{2});
  expect_no_link();
  EXPECT_TRUE(door_.asked.empty()) << "asked before the proof held";
  EXPECT_TRUE(milhouses_bytes_.empty()) << "a refusal says nothing";
}

TEST_F(HandshakeTest, ARecordedHandshakeIsWorthNothingLater) {
  meet();
  EXPECT_TRUE(say_to_milhouse(lisas_bytes_, session_)) << "the same session would do";
  EXPECT_FALSE(say_to_milhouse(lisas_bytes_, Exporter{8}));
}

TEST_F(HandshakeTest, OwnWordsThrownBackAreRefused) {
  meet();
  EXPECT_EQ(say_to_milhouse(milhouses_bytes_, session_).error(), base::Errc::refused);
}

TEST_F(HandshakeTest, AProofOfOneRoleIsNoneOfTheOther) {
  // Mallory had Milhouse answer him, and plays the answer to Bart as if Milhouse had called.
  ProofInput proof;
  proof.role = Role::responder;
  proof.own = lisa_.public_key();
  proof.peer = milhouse_.public_key();
  ProofInput swapped = proof;
  swapped.role = Role::initiator;
  EXPECT_FALSE(
      openhash::verify(lisa_.public_key(), to_be_signed(swapped), lisa_.sign(to_be_signed(proof))));
}

TEST_F(HandshakeTest, AnotherNetworkIsAnotherWorld) {
  meet(as("lisa", lisa_, 5), as("milhouse", milhouse_, 6), milhouse(), session_, session_);
  expect_no_link();
}

TEST_F(HandshakeTest, OnesOwnKeyIsRefusedOnBothSides) {
  meet(as("lisa", lisa_), as("lisa", lisa_), {name("lisa"), lisa_.public_key()}, session_,
       session_);
  expect_no_link();
}

TEST_F(HandshakeTest, WhomTheGateRefusesHearsNothing) {
  door_.verdict = base::fail(base::Errc::refused);
  meet();
  EXPECT_EQ(lisa_got_.error(), base::Errc::refused);
  EXPECT_TRUE(milhouses_bytes_.empty());
}

TEST_F(HandshakeTest, WhoseLinkWouldLoseIsTold) {
  door_.verdict = base::fail(base::Errc::conflict);
  meet();
  EXPECT_EQ(lisa_got_.error(), base::Errc::conflict);
}

TEST_F(HandshakeTest, WithoutConsentThereIsNoLink) {
  // Both ACCEPTs are cut off the ends of their flights.
  const auto strip = [](Bytes& bytes) { bytes.resize(bytes.size() - (kFrameHead + 1)); };
  tamper_milhouse_ = strip;
  Pipe pipe;
  pipe.right->tamper = strip;
  const Handshake lisa = as("lisa", lisa_);
  const Handshake responder = as("milhouse", milhouse_);
  base::Task<Outcome> left = lisa.initiate(*pipe.left, session_, milhouse());
  base::Task<Outcome> right = responder.respond(*pipe.right, session_, door_);
  left.start();
  right.start();
  EXPECT_FALSE(left.done());
  EXPECT_FALSE(right.done());
  pipe.left->end();
  pipe.right->end();
  EXPECT_FALSE(left.take());
  EXPECT_FALSE(right.take());
}

TEST_F(HandshakeTest, CutAtAnyByteFailsWithoutHanging) {
  meet();
  const Bytes whole = lisas_bytes_;
  for (std::size_t length = 0; length + 1 < whole.size(); ++length) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_FALSE(say_to_milhouse(cut, session_)) << length;
  }
}

TEST_F(HandshakeTest, AnyBitFlippedInTheProofOrHelloIsNoticed) {
  meet();
  const std::size_t accept = kFrameHead + 1;
  for (std::size_t at = 0; at < lisas_bytes_.size() - accept; ++at) {
    Bytes flipped = lisas_bytes_;
    flipped[at] ^= 0x10;
    EXPECT_FALSE(say_to_milhouse(flipped, session_)) << at;
  }
}

TEST_F(HandshakeTest, AnOversizedMessageIsRefused) {
  Bytes huge;
  append_frame(huge, kHandshakeEpoch, Bytes(4096));
  EXPECT_EQ(say_to_milhouse(huge, session_).error(), base::Errc::too_large);
}

TEST_F(HandshakeTest, AFrameBeforeTheHandshakeIsRefused) {
  Bytes frame;
  append_frame(frame, Epoch{1}, base::view("hi"));
  EXPECT_EQ(say_to_milhouse(frame, session_).error(), base::Errc::malformed);
}

TEST_F(HandshakeTest, WhoseNameIsNoneIsRefused) {
  for (const char* bad : {"", "Lisa", "li", "lisa simpson", "lisa\n"}) {
    meet(as(bad, lisa_), as("milhouse", milhouse_), milhouse(), session_, session_);
    expect_no_link();
  }
}

}  // namespace
}  // namespace basic
