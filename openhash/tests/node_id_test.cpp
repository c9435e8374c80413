#include "node_id.h"

#include <gtest/gtest.h>

#include <set>

#include "seeded.h"

namespace openhash {
namespace {

base::Endpoint at(const char* text) { return *base::Endpoint::parse(text); }
base::Bytes hex(const char* text) { return *base::from_hex(text); }

/// The examples of BEP 42.
TEST(NodeIdTest, FitsAsTheSpecificationSays) {
  EXPECT_TRUE(fits(hex("5fbfbff10c5d6a4ec8a88e4c6ab4c28b95eee401"), at("124.31.75.21:1")));
  EXPECT_TRUE(fits(hex("5a3ce9c14e7a08645677bbd1cfe7d8f956d53256"), at("21.75.31.124:1")));
  EXPECT_TRUE(fits(hex("a5d43220bc8f112a3d426c84764f8c2a1150e616"), at("65.23.51.170:1")));
  EXPECT_TRUE(fits(hex("1b0321dd1bb1fe518101ceef99462b947a01ff41"), at("84.124.73.14:1")));
  EXPECT_TRUE(fits(hex("e56f6cbf5b7c4be0237986d5243b87aa6d51305a"), at("43.213.53.83:1")));
}

TEST(NodeIdTest, DoesNotFitAnotherAddressOrEndOrLength) {
  const base::Bytes id = hex("5fbfbff10c5d6a4ec8a88e4c6ab4c28b95eee401");
  EXPECT_FALSE(fits(id, at("124.31.75.22:1")));
  base::Bytes other = id;
  other[19] = 2;
  EXPECT_FALSE(fits(other, at("124.31.75.21:1")));
  other = id;
  other[2] ^= 0x08;
  EXPECT_FALSE(fits(other, at("124.31.75.21:1")));
  other = id;
  other[2] ^= 0x04;  // beyond the first 21 bits
  EXPECT_TRUE(fits(other, at("124.31.75.21:1")));
  other.pop_back();
  EXPECT_FALSE(fits(other, at("124.31.75.21:1")));
}

TEST(NodeIdTest, AHostHasEightBeginningsAndAClientHasNone) {
  Seeded dice(1);
  std::set<base::Bytes> beginnings;
  for (int i = 0; i < 1000; ++i) {
    const NodeId id = draw_node_id(dice, at("198.51.100.7:6824"));
    EXPECT_TRUE(fits(id, at("198.51.100.7:9")));
    EXPECT_FALSE(is_client_id(id));
    beginnings.insert({id[0], id[1], static_cast<std::uint8_t>(id[2] & 0xf8)});
  }
  EXPECT_EQ(beginnings.size(), 8U);
  EXPECT_TRUE(is_client_id(draw_client_id(dice)));
  EXPECT_FALSE(fits(draw_client_id(dice), at("198.51.100.7:9")));
}

TEST(NodeIdTest, AnIdOfIpv6FitsTheWholeNetworkOfAHost) {
  Seeded dice(2);
  const NodeId id = draw_node_id(dice, at("[2001:db8:1:2::1]:1"));
  EXPECT_TRUE(fits(id, at("[2001:db8:1:2:3:4:5:6]:1")));
  EXPECT_FALSE(fits(id, at("[2001:db8:1:3::1]:1")));
}

}  // namespace
}  // namespace openhash
