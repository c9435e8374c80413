#include "openhash/record.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "records.h"

namespace openhash {
namespace {

using base::Bytes;
using base::Errc;

const Key kPlace = Key::of("milhouse's location");

Record signed_record() {
  const SigningKey owner = signing_key();
  Record record = location_of_milhouse(owner);
  sign(record, kNetwork, kPlace, owner);
  return record;
}

/// The test vectors of docs/record.md: lines "word: hex" between the fences.
std::map<std::string, std::string> documented() {
  std::ifstream page(OHIM_DOCS "/record.md");
  std::map<std::string, std::string> vectors;
  bool fenced = false;
  std::string last;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) {
      fenced = !fenced;
    } else if (const auto colon = line.find(": "); fenced && colon != std::string::npos) {
      last = line.substr(0, colon);
      vectors[last] = line.substr(colon + 2);
    } else if (fenced && line.starts_with("  ")) {
      vectors[last] += line.substr(2);
    }
  }
  return vectors;
}

TEST(Record, HasTheDocumentedBytes) {
  auto vectors = documented();
  const Record record = signed_record();
  EXPECT_EQ(base::to_hex(record.owner), vectors["owner"]);
  EXPECT_EQ(kPlace.hex(), vectors["key"]);
  EXPECT_EQ(base::to_hex(encode(record)), vectors["record"]);
  EXPECT_EQ(std::to_string(slot_of(record, kNetwork)), vectors["slot"]);
  const std::atomic<bool> stop = false;
  EXPECT_EQ(std::to_string(*find_work(kEasyRules, record.kind, record.name, record.owner, stop)),
            vectors["work"]);
}

TEST(Record, ComesBackFromItsBytes) {
  const Record record = signed_record();
  const auto decoded = decode(encode(record));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, record);
}

TEST(Record, FitsItsLimitExactly) {
  Record record = signed_record();
  record.name.assign(kMaxName, 'm');
  record.body.assign(kMaxBody, 1);
  EXPECT_EQ(encode(record).size(), kMaxRecord);
  EXPECT_TRUE(decode(encode(record)));
}

TEST(Record, VerifiesOnlyForItsKeyAndNetwork) {
  const Record record = signed_record();
  EXPECT_TRUE(verify(record, kNetwork, kPlace));
  EXPECT_FALSE(verify(record, kNetwork + 1, kPlace));
  EXPECT_FALSE(verify(record, kNetwork, Key::of("milhouse's buddy list")));
}

TEST(Record, NeverVerifiesWithAnyBitFlipped) {
  const Bytes good = encode(signed_record());
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes bad = good;
    bad[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    const auto record = decode(bad);
    EXPECT_FALSE(record && verify(*record, kNetwork, kPlace)) << "bit " << bit;
  }
}

TEST(Record, IsMalformedWhenShortenedOrLengthened) {
  Bytes bytes = encode(signed_record());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(decode(base::ByteView(bytes).first(size)).error(), Errc::malformed);
  }
  bytes.push_back(0);
  EXPECT_EQ(decode(bytes).error(), Errc::malformed);
  bytes.resize(kMaxRecord + 1);
  EXPECT_EQ(decode(bytes).error(), Errc::too_large);
}

TEST(Record, IsMalformedWithAnUnknownFormatKindOrFlag) {
  const Bytes good = encode(signed_record());
  for (const auto& [offset, value] : {std::pair<std::size_t, std::uint8_t>{0, 'X'},  // magic
                                      {2, 2},                                        // format
                                      {3, 0},                                        // kind
                                      {3, 9},
                                      {4, 8}}) {  // flags
    Bytes bad = good;
    bad[offset] = value;
    EXPECT_EQ(decode(bad).error(), Errc::malformed) << offset;
  }
}

TEST(Record, IsMalformedWhenIssuedInAnImpossibleYear) {
  Record record = signed_record();
  record.issued = base::WallTime(std::chrono::seconds(std::int64_t{1} << 41));
  EXPECT_EQ(decode(encode(record)).error(), Errc::malformed);
}

TEST(Slot, DiffersByOwnerKindAndNetworkOnly) {
  const Record record = signed_record();
  const std::uint64_t slot = slot_of(record, kNetwork);
  Record newer = record;
  newer.sequence = 8;
  EXPECT_EQ(slot_of(newer, kNetwork), slot);
  Record other_kind = record;
  other_kind.kind = Kind::list;
  EXPECT_NE(slot_of(other_kind, kNetwork), slot);
  Record stranger = record;
  stranger.owner = signing_key(1).public_key();
  EXPECT_NE(slot_of(stranger, kNetwork), slot);
  EXPECT_NE(slot_of(record, kNetwork + 1), slot);
}

TEST(Slot, IsFreshForEachNotice) {
  Record notice = signed_record();
  notice.kind = Kind::notice;
  const std::uint64_t slot = slot_of(notice, kNetwork);
  ++notice.sequence;
  EXPECT_NE(slot_of(notice, kNetwork), slot);
}

}  // namespace
}  // namespace openhash
