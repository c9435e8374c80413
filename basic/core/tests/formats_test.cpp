// The bytes of frames, control frames, hellos, locations and buddy lists: there and back, and
// nothing that is not one gets in.
#include <gtest/gtest.h>

#include "basic/buddy_list.h"
#include "basic/control.h"
#include "basic/hello.h"
#include "basic/location.h"

namespace basic {
namespace {

using base::Bytes;
using base::ByteView;

ohim::Name name(const char* text) { return *ohim::Name::parse(text); }

Hello sample_hello() {
  Hello hello;
  hello.versions = {1};
  hello.name = "lisa";
  hello.key.fill(0x11);
  hello.device = 0x0102030405060708;
  hello.epochs = {Epoch{1}, Epoch{2}};
  hello.nonce.fill(0x22);
  hello.seen = {7, 8, 9};
  return hello;
}

Location sample_location() {
  Location location;
  location.show = Show::away;
  location.device = 42;
  location.tls_key.fill(0x33);
  location.addresses = {base::Endpoint::v4(192, 0, 2, 7, 6824),
                        *base::Endpoint::parse("[2001:db8::1]:6825")};
  location.since = base::WallTime(std::chrono::seconds(1'083'801'600));
  location.text = "playing the saxophone";
  return location;
}

TEST(Frame, IsCutOutOfAStreamThatArrivesByteByByte) {
  Bytes stream;
  append_frame(stream, Epoch{9}, base::view("first"));
  append_frame(stream, Epoch{8}, base::view(""));
  FrameDecoder decoder(kMaxBody);
  std::vector<std::string> bodies;
  for (const std::uint8_t byte : stream) {
    decoder.append(ByteView(&byte, 1));
    const auto frame = decoder.next();
    ASSERT_TRUE(frame);
    if (frame->has_value()) bodies.push_back(base::to_string((*frame)->body));
  }
  EXPECT_EQ(bodies, (std::vector<std::string>{"first", ""}));
}

TEST(Frame, TooLongIsRefusedBeforeItsBytesCome) {
  FrameDecoder decoder(kMaxBodyBeforeAccept);
  decoder.append(base::Writer().u32(2049 - 4).view());
  const auto frame = decoder.next();
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error(), base::Errc::too_large);
}

TEST(Frame, WithoutAnEpochIsMalformed) {
  FrameDecoder decoder(kMaxBody);
  decoder.append(base::Writer().u32(15).view());
  EXPECT_EQ(decoder.next().error(), base::Errc::malformed);
}

TEST(Frame, GivesBackWhatCameAfterIt) {
  Bytes stream;
  append_frame(stream, Epoch{9}, base::view("first"));
  stream.push_back(77);
  FrameDecoder decoder(kMaxBody);
  decoder.append(stream);
  ASSERT_TRUE(decoder.next()->has_value());
  EXPECT_EQ(decoder.take_rest(), Bytes{77});
}

TEST(Control, GoesThereAndBack) {
  const std::vector<Control> all = {
      {.type = ControlType::goodbye},
      {.type = ControlType::ping, .nonce = 5},
      {.type = ControlType::pong, .nonce = 6},
      {.type = ControlType::unknown_epoch, .epoch = Epoch{4}},
      {.type = ControlType::close, .reason = CloseReason::replaced},
      {.type = ControlType::speaks, .speaks = {3, 2, {Epoch{4}, Epoch{5}}}},
      {.type = ControlType::speaks},
  };
  for (const Control& control : all) {
    const auto back = decode_control(encode(control));
    ASSERT_TRUE(back && back->has_value());
    EXPECT_EQ(**back, control);
  }
}

TEST(Control, OfALaterVersionIsPassedOver) {
  const auto later = decode_control(Bytes{200, 1, 2, 3});
  ASSERT_TRUE(later);
  EXPECT_FALSE(later->has_value());
  EXPECT_FALSE(decode_control(Bytes{}));
  EXPECT_FALSE(decode_control(Bytes{2, 1}));
  Control many{.type = ControlType::speaks};
  many.speaks.epochs.resize(kMaxEpochs + 1);
  EXPECT_FALSE(decode_control(encode(many)));
}

TEST(HelloMessage, GoesThereAndBack) {
  const auto back = decode_hello(encode(sample_hello()));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, sample_hello());
}

TEST(HelloMessage, CutAnywhereOrLengthenedIsMalformed) {
  Bytes bytes = encode(sample_hello());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(decode_hello(ByteView(bytes).first(length))) << length;
  }
  bytes.push_back(0);
  EXPECT_FALSE(decode_hello(bytes));
}

TEST(HelloMessage, HasLimits) {
  Hello many = sample_hello();
  many.epochs.resize(33);
  EXPECT_FALSE(decode_hello(encode(many)));
  many = sample_hello();
  many.versions.clear();
  EXPECT_FALSE(decode_hello(encode(many)));
}

TEST(LocationBytes, GoThereAndBack) {
  Location back;
  ASSERT_TRUE(back.from_bytes(sample_location().to_bytes()));
  EXPECT_EQ(back.show, Show::away);
  EXPECT_EQ(back.device, 42u);
  EXPECT_EQ(back.tls_key, sample_location().tls_key);
  EXPECT_EQ(back.addresses, sample_location().addresses);
  EXPECT_EQ(back.since, sample_location().since);
  EXPECT_EQ(back.text, "playing the saxophone");
}

TEST(LocationBytes, FitTheRecordAndHideTheInvisible) {
  Location full = sample_location();
  full.text = std::string(64, 'x');
  full.addresses.resize(9, full.addresses[0]);
  EXPECT_LE(full.to_bytes().size(), ohim::kMaxLocation);
  full.show = Show::invisible;
  EXPECT_TRUE(full.to_bytes().empty());
}

TEST(LocationBytes, CutAnywhereAreMalformedAndChangeNothing) {
  const Bytes bytes = sample_location().to_bytes();
  Location target = sample_location();
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    EXPECT_FALSE(target.from_bytes(ByteView(bytes).first(length))) << length;
  }
  EXPECT_EQ(target.to_bytes(), bytes);
}

TEST(BuddyListBytes, GoThereAndBack) {
  BuddyList list;
  ASSERT_TRUE(list.add(name("milhouse"), {1}, 5));
  ASSERT_TRUE(list.add(name("bart"), {2}, 5));
  list.remove(name("bart"), 5);
  BuddyList back;
  ASSERT_TRUE(back.from_bytes(list.to_bytes()));
  EXPECT_EQ(back, list);
  EXPECT_EQ(back.buddies(), std::vector{name("milhouse")});
}

TEST(BuddyListBytes, OfAThousandBuddiesFitTheStore) {
  BuddyList list;
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(list.add(name(("buddy-with-a-long-name-" + std::to_string(i)).c_str()), {}, 1));
  }
  EXPECT_EQ(list.add(name("one-too-many"), {}, 1).error(), base::Errc::too_large);
  EXPECT_LE(list.to_bytes().size(), ohim::kMaxBuddyList);
  list.remove(name("buddy-with-a-long-name-7"), 1);
  EXPECT_TRUE(list.add(name("one-too-many"), {}, 1));
}

TEST(BuddyListBytes, CutAnywhereAreMalformed) {
  BuddyList list;
  ASSERT_TRUE(list.add(name("milhouse"), {1}, 5));
  const Bytes bytes = list.to_bytes();
  BuddyList target;
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    EXPECT_FALSE(target.from_bytes(ByteView(bytes).first(length))) << length;
  }
  EXPECT_TRUE(target.buddies().empty());
}

TEST(BuddyListBytes, AChangeThatFailedIsTakenBack) {
  BuddyList list;
  ASSERT_TRUE(list.add(name("milhouse"), {1}, 5));
  const BuddyList before = list;
  const auto entry = list.snapshot(name("milhouse"));
  list.remove(name("milhouse"), 6);
  list.restore(name("milhouse"), entry);
  EXPECT_EQ(list, before);
}

}  // namespace
}  // namespace basic
