#include "openhash/guard.h"

#include <gtest/gtest.h>

#include "captured.h"
#include "killers.h"
#include "pack.h"

namespace openhash {
namespace {

using base::Bytes;
using base::ByteView;
using killers::id;

/// Writes down what it is told.
class Notebook final : public Sightings {
 public:
  struct Value {
    std::uint32_t transaction;
    std::uint64_t value_id;
    Bytes record;
    bool operator==(const Value&) const = default;
  };
  void on_reply(std::uint32_t transaction, ByteView node_id) override {
    EXPECT_EQ(node_id.size(), 20U);
    replies.push_back(transaction);
  }
  void on_value(std::uint32_t transaction, std::uint64_t value_id, ByteView record) override {
    values.push_back({transaction, value_id, base::to_bytes(record)});
  }
  std::vector<std::uint32_t> replies;
  std::vector<Value> values;
};

Bytes value(std::uint64_t type, std::size_t size) {
  Pack out;
  out.map(2).text("id").number(5).text("dat").map(1).text("body").map(2);
  return out.text("type").number(type).text("data").binary(Bytes(size, 0x66)).bytes();
}
Bytes our_value(std::size_t size) { return value(kValueTypes + 2, size); }

/// A reply of transaction 7 with one more field in its body.
Bytes reply(std::string_view key, ByteView packed) {
  Pack out;
  out.map(3).text("r").map(3).text("id").binary(id()).text("sa").binary(Bytes(4, 127));
  return out.text(key).raw(packed).text("t").number(7).text("y").text("r").bytes();
}
Bytes reply_with_values(const std::vector<Bytes>& values) {
  Pack list;
  list.byte(0xdc).byte(0).byte(static_cast<std::uint8_t>(values.size()));
  for (const Bytes& value : values) list.raw(value);
  return reply("values", list.bytes());
}
Bytes value_apart(std::uint64_t offset, ByteView value) {
  Pack out;
  out.map(3).text("y").text("p").text("t").number(7).text("p").map(1).number(0);
  return out.map(2).text("o").number(offset).text("d").binary(value).bytes();
}
/// A ping, with `body` for its body.
Bytes ping(ByteView body) {
  Pack out;
  out.map(4).text("a").raw(body).text("q").text("ping");
  return out.text("t").number(7).text("y").text("q").bytes();
}
Bytes honest_ping() { return ping(Pack().map(1).text("id").binary(id()).bytes()); }

/// It tells all who listen, and we never send it: see guard.cpp.
const auto kUnwanted = [](const captured::Datagram& datagram) {
  return std::string_view(datagram.name) == "refresh";
};

TEST(Guard, PassesWhatEnginesSendOneAnother) {
  for (const captured::Datagram& datagram : captured::kAll) {
    if (kUnwanted(datagram)) {
      EXPECT_EQ(inspect(*base::from_hex(datagram.hex)), Verdict::bad_message);
      continue;
    }
    EXPECT_EQ(inspect(*base::from_hex(datagram.hex)), Verdict::ok) << datagram.name;
  }
}

TEST(Guard, PassesThemWithTheFlagOfAClient) {
  for (const captured::Datagram& datagram : captured::kAll) {
    if (kUnwanted(datagram)) continue;
    Bytes bytes = *base::from_hex(datagram.hex);
    ++bytes[0];  // One more entry in the outermost map.
    const Bytes flag = Pack().text("s").flag(true).bytes();
    bytes.insert(bytes.end(), flag.begin(), flag.end());
    EXPECT_EQ(inspect(bytes), Verdict::ok) << datagram.name;
  }
}

TEST(Guard, DropsTheKillers) {
  EXPECT_EQ(killers::error_with_empty_list().size(), 8U);
  EXPECT_EQ(inspect(killers::error_with_empty_list()), Verdict::bad_message);
  EXPECT_EQ(inspect(killers::reply_with_empty_selection()), Verdict::bad_message);
  EXPECT_EQ(inspect(killers::request_with_a_body_that_is_no_map()), Verdict::bad_message);
  EXPECT_EQ(inspect(killers::error_without_a_body()), Verdict::bad_message);
  EXPECT_EQ(inspect(killers::put_signed_by_the_engine()), Verdict::foreign_value);
  EXPECT_EQ(inspect(killers::plain_put_over_it()), Verdict::foreign_value);
}

TEST(Guard, DropsEveryShortenedDatagram) {
  for (const captured::Datagram& datagram : captured::kAll) {
    const Bytes bytes = *base::from_hex(datagram.hex);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_EQ(inspect(ByteView(bytes).first(size)), Verdict::not_msgpack) << datagram.name;
    }
  }
}

TEST(Guard, DropsTrailingBytesAndTooLargeDatagrams) {
  Bytes bytes = honest_ping();
  ASSERT_EQ(inspect(bytes), Verdict::ok);
  bytes.push_back(0);
  EXPECT_EQ(inspect(bytes), Verdict::not_msgpack);
  bytes.resize(1473);
  EXPECT_EQ(inspect(bytes), Verdict::oversized);
}

TEST(Guard, DropsCountsThatTheBytesCannotHold) {
  for (const char* hex : {"81a161ddffffffff", "81a161dfffffffff", "dfffffffff", "81a161c6ffffffff",
                          "81a161dbffffffff", "81a161de0004c0c0"}) {
    EXPECT_EQ(inspect(*base::from_hex(hex)), Verdict::not_msgpack) << hex;
  }
}

TEST(Guard, DropsNestingAndListsBeyondTheLimits) {
  Bytes deep(1400, 0x91);
  deep.push_back(0);
  EXPECT_EQ(inspect(deep), Verdict::too_deep);
  EXPECT_EQ(inspect(Bytes{0xdc, 0, 33, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                          0,    0, 0,  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
            Verdict::too_deep);
  EXPECT_EQ(inspect(ping(Pack().text(std::string(65, 'x')).bytes())), Verdict::too_deep);
}

TEST(Guard, DropsUnknownRepeatedAndMissingKeys) {
  const Bytes id_entry = Pack().text("id").binary(id()).bytes();
  EXPECT_EQ(inspect(ping(Pack().map(0).bytes())), Verdict::bad_message);
  EXPECT_EQ(inspect(ping(Pack().map(2).raw(id_entry).raw(id_entry).bytes())), Verdict::bad_message);
  EXPECT_EQ(inspect(ping(Pack().map(2).raw(id_entry).text("x").number(1).bytes())),
            Verdict::bad_message);
  EXPECT_EQ(inspect(ping(Pack().map(1).text("id").binary(Bytes(19)).bytes())),
            Verdict::bad_message);
}

TEST(Guard, DropsBrokenNodeLists) {
  EXPECT_EQ(inspect(reply("n4", Pack().binary(Bytes(26 * 8)).bytes())), Verdict::ok);
  EXPECT_EQ(inspect(reply("n4", Pack().binary(Bytes(27)).bytes())), Verdict::bad_message);
  EXPECT_EQ(inspect(reply("n4", Pack().binary(Bytes(26 * 15)).bytes())), Verdict::bad_message);
  EXPECT_EQ(inspect(reply("n6", Pack().binary(Bytes(38 * 8)).bytes())), Verdict::ok);
  EXPECT_EQ(inspect(reply("n6", Pack().binary(Bytes(37)).bytes())), Verdict::bad_message);
}

TEST(Guard, TakesOnlyValuesOfOurTypes) {
  EXPECT_EQ(inspect(reply_with_values({our_value(1024)})), Verdict::ok);
  EXPECT_EQ(inspect(reply_with_values({our_value(1025)})), Verdict::bad_message);
  EXPECT_EQ(inspect(reply_with_values({value(kValueTypes - 1, 9)})), Verdict::foreign_value);
  EXPECT_EQ(inspect(reply_with_values({value(kValueTypes + 16, 9)})), Verdict::foreign_value);
  Pack encrypted;
  encrypted.map(2).text("id").number(5).text("dat").binary(Bytes(9));
  EXPECT_EQ(inspect(reply_with_values({encrypted.bytes()})), Verdict::foreign_value);
}

TEST(Guard, TakesUpToSixteenValues) {
  const Bytes size = Pack().number(1056).bytes();
  EXPECT_EQ(inspect(reply_with_values(std::vector<Bytes>(16, size))), Verdict::ok);
  EXPECT_EQ(inspect(reply_with_values(std::vector<Bytes>(17, size))), Verdict::bad_message);
  EXPECT_EQ(inspect(reply_with_values({Pack().number(1201).bytes()})), Verdict::bad_message);
}

TEST(Guard, TakesAValueApartOnlyAsAWhole) {
  EXPECT_EQ(inspect(value_apart(0, our_value(1024))), Verdict::ok);
  EXPECT_EQ(inspect(value_apart(1, our_value(1024))), Verdict::bad_message);
  EXPECT_EQ(inspect(value_apart(0, value(0, 9))), Verdict::foreign_value);
  EXPECT_EQ(inspect(value_apart(0, Bytes{0xc1, 0xc1})), Verdict::not_msgpack);
}

TEST(Guard, DropsSelectionsThatDoNotFitTheirCells) {
  const auto selection = [](const Bytes& columns, const Bytes& cells) {
    return reply("fileds", Pack().map(2).text("f").raw(columns).text("v").raw(cells).bytes());
  };
  EXPECT_EQ(inspect(selection({0x92, 1, 4}, {0x92, 7, 0})), Verdict::ok);
  EXPECT_EQ(inspect(selection({0x92, 1, 4}, {0x91, 7})), Verdict::bad_message);
  EXPECT_EQ(inspect(selection({0x92, 1, 1}, {0x92, 7, 7})), Verdict::bad_message);
  EXPECT_EQ(inspect(selection({0x91, 9}, {0x91, 7})), Verdict::bad_message);
  EXPECT_EQ(inspect(selection({0x91, 3}, {0x91, 7})), Verdict::bad_message);
}

TEST(Guard, TellsWhoHoldsWhat) {
  Notebook seen;
  inspect(reply_with_values({our_value(3), our_value(4)}), &seen);
  inspect(value_apart(0, our_value(1024)), &seen);
  EXPECT_EQ(seen.replies, std::vector<std::uint32_t>{7});
  const std::vector<Notebook::Value> expected = {
      {7, 5, Bytes(3, 0x66)}, {7, 5, Bytes(4, 0x66)}, {7, 5, Bytes(1024, 0x66)}};
  EXPECT_EQ(seen.values, expected);
}

TEST(Guard, TellsNothingOfRequestsNorOfWhatItDrops) {
  Notebook seen;
  inspect(killers::put(our_value(9)), &seen);
  inspect(reply_with_values({our_value(9), value(0, 9)}), &seen);
  EXPECT_TRUE(seen.replies.empty());
  EXPECT_TRUE(seen.values.empty());
}

}  // namespace
}  // namespace openhash
