#include "base/bytes.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Hex, GoesThereAndBack) {
  const Bytes bytes = {0x00, 0x7f, 0x80, 0xff};
  EXPECT_EQ(to_hex(bytes), "007f80ff");
  EXPECT_EQ(from_hex("007f80FF"), bytes);
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, TakesNothingElse) {
  for (const char* text : {"0", "0g", "0x00", " 00", "00 ", "-1"}) {
    EXPECT_EQ(from_hex(text), std::nullopt) << text;
  }
}

TEST(Writer, WritesBigEndian) {
  Writer writer;
  writer.u8(1).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0f).text8("hi").pad_to(20);
  EXPECT_EQ(to_hex(writer.view()), "0102030405060708090a0b0c0d0e0f0268690000");
  EXPECT_EQ(writer.pad_to(3).size(), 20U) << "padding never cuts";
}

TEST(Bytes, Base64IsThatOfTheRfc) {
  // RFC 4648, section 10.
  EXPECT_EQ(to_base64(view("")), "");
  EXPECT_EQ(to_base64(view("f")), "Zg==");
  EXPECT_EQ(to_base64(view("foobar")), "Zm9vYmFy");
  EXPECT_EQ(from_base64("Zm9vYmE="), to_bytes(view("fooba")));
  EXPECT_EQ(from_base64(""), Bytes());
}

TEST(Bytes, Base64TakesNothingElse) {
  for (const char* const text : {"Zg", "Zg=", "Zg==\n", "Zh==", "Z m9=", "Zm9v====", "-_==", "="}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

TEST(Reader, ReadsWhatWasWritten) {
  const Bytes bytes =
      Writer().u8(1).u16(2).u32(3).u64(1ULL << 63).text8("name").bytes(Bytes{9, 8}).take();
  Reader reader(bytes);
  EXPECT_EQ(reader.u8(), 1);
  EXPECT_EQ(reader.u16(), 2);
  EXPECT_EQ(reader.u32(), 3U);
  EXPECT_EQ(reader.u64(), 1ULL << 63);
  EXPECT_EQ(reader.text8(), "name");
  EXPECT_FALSE(reader.finished());
  EXPECT_EQ(reader.array<2>(), (std::array<std::uint8_t, 2>{9, 8}));
  EXPECT_TRUE(reader.finished());
}

TEST(Reader, GivesZerosPastTheEndAndRemembersIt) {
  const Bytes bytes = {0xff, 0xff, 0xff};
  Reader reader(bytes);
  EXPECT_EQ(reader.u32(), 0U);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.u8(), 0) << "no way back after a miss";
  EXPECT_EQ(reader.array<4>(), (std::array<std::uint8_t, 4>{}));
  EXPECT_EQ(reader.text8(), "");
  EXPECT_FALSE(reader.finished());
}

TEST(Reader, DoesNotTrustALength) {
  const Bytes bytes = {200, 'a', 'b'};
  Reader reader(bytes);
  EXPECT_EQ(reader.text8(), "");
  EXPECT_FALSE(reader.ok());
  Reader huge(bytes);
  EXPECT_TRUE(huge.bytes(SIZE_MAX).empty());
  EXPECT_FALSE(huge.ok());
}

TEST(Reader, StaysInsideWhateverTheBytesAre) {
  for (std::size_t size = 0; size < 40; ++size) {
    const Bytes bytes(size, 0xee);
    Reader reader(bytes);
    reader.u16();
    reader.text8();
    reader.u64();
    reader.bytes(reader.u8());
    EXPECT_LE(reader.rest().size(), size);
  }
}

}  // namespace
}  // namespace base
