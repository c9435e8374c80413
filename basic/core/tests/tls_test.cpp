#include "basic/tls.h"

#include <gtest/gtest.h>

#include "pipe.h"
#include "testing/sim_world.h"

namespace basic {
namespace {

using test::Pipe;
using test::PipeEnd;

/// Both ends of one TLS session over a pipe.
class TlsTest : public testing::Test {
 protected:
  sim::SimWorld world_{1};
  TlsContext lisa_ = *TlsContext::make(world_.host("lisa").entropy);
  TlsContext milhouse_ = *TlsContext::make(world_.host("milhouse").entropy);
  PipeEnd* wire_ = nullptr;  // Lisa's end of the pipe, below TLS
  std::unique_ptr<TlsStream> left_;
  std::unique_ptr<TlsStream> right_;

  void connect() {
    Pipe pipe;
    wire_ = pipe.left.get();
    auto left = lisa_.connect(std::move(pipe.left));
    auto right = milhouse_.accept(std::move(pipe.right));
    left.start();
    right.start();
    ASSERT_TRUE(left.done() && right.done());
    auto opened_left = left.take();
    auto opened_right = right.take();
    ASSERT_TRUE(opened_left) << opened_left.error().message();
    ASSERT_TRUE(opened_right) << opened_right.error().message();
    left_ = std::move(*opened_left);
    right_ = std::move(*opened_right);
  }
  /// What can be read without waiting.
  static std::string read(base::Stream& stream, std::size_t count) {
    base::Bytes buffer(64 << 10);
    std::string text;
    while (text.size() < count) {
      auto task = stream.read(buffer);
      task.start();
      if (!task.done()) break;
      const auto got = task.take();
      if (!got || *got == 0) break;
      text += base::to_string(base::ByteView(buffer).first(*got));
    }
    return text;
  }
};

TEST_F(TlsTest, CarriesBytesBothWays) {
  connect();
  ASSERT_TRUE(left_->write(base::view("hello")));
  EXPECT_EQ(read(*right_, 5), "hello");
  ASSERT_TRUE(right_->write(base::view("you")));
  EXPECT_EQ(read(*left_, 3), "you");
}

TEST_F(TlsTest, BothEndsAgreeOnWhatBindsThem) {
  connect();
  EXPECT_EQ(left_->exporter(), right_->exporter());
  const Exporter first = left_->exporter();
  connect();
  EXPECT_NE(left_->exporter(), first);
}

TEST_F(TlsTest, TheCallerLearnsWhoseKeyAnswered) {
  connect();
  EXPECT_EQ(left_->peer_key_hash(), milhouse_.key_hash());
  EXPECT_NE(milhouse_.key_hash(), lisa_.key_hash());
}

TEST_F(TlsTest, CarriesALargeTextWhole) {
  connect();
  const std::string text(300'000, 'x');
  ASSERT_TRUE(left_->write(base::view(text)));
  EXPECT_EQ(read(*right_, text.size()), text);
}

TEST_F(TlsTest, NothingOfTheTextIsOnTheWire) {
  connect();
  ASSERT_TRUE(left_->write(base::view("eat my shorts")));
  EXPECT_EQ(base::to_string(wire_->written).find("shorts"), std::string::npos);
}

TEST_F(TlsTest, AnEndIsToldFromACut) {
  connect();
  left_->close();
  base::Bytes buffer(10);
  auto orderly = right_->read(buffer);
  orderly.start();
  ASSERT_TRUE(orderly.done());
  EXPECT_EQ(*orderly.take(), 0u);

  connect();
  left_.reset();
  auto cut = right_->read(buffer);
  cut.start();
  ASSERT_TRUE(cut.done());
  EXPECT_EQ(cut.take().error(), base::Errc::closed);
}

TEST_F(TlsTest, AChangedByteBreaksTheSession) {
  connect();
  wire_->tamper = [](base::Bytes& bytes) { bytes.back() ^= 1; };
  ASSERT_TRUE(left_->write(base::view("hello")));
  base::Bytes buffer(10);
  auto task = right_->read(buffer);
  task.start();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.take().error(), base::Errc::closed);
}

TEST_F(TlsTest, GarbageIsNoTls) {
  Pipe pipe;
  PipeEnd& wire = *pipe.left;
  auto accepting = milhouse_.accept(std::move(pipe.right));
  accepting.start();
  ASSERT_TRUE(wire.write(base::view("GET / HTTP/1.1\r\n\r\n")));
  ASSERT_TRUE(accepting.done());
  EXPECT_EQ(accepting.take().error(), base::Errc::refused);
}

}  // namespace
}  // namespace basic
