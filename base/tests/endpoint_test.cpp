#include <gtest/gtest.h>

#include "base/transport.h"

namespace base {
namespace {

TEST(Endpoint, IsWrittenAndRead) {
  for (const char* text : {"127.0.0.1:6824", "0.0.0.0:0", "255.255.255.255:65535", "[::1]:80",
                           "[2001:db8::ff]:443", "[::]:1"}) {
    const auto endpoint = Endpoint::parse(text);
    ASSERT_TRUE(endpoint) << text;
    EXPECT_EQ(endpoint->to_string(), text);
  }
}

TEST(Endpoint, RefusesWhatItIsNot) {
  for (const char* text : {"",
                           ":",
                           ":80",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:65536",
                           "127.0.0.1:-1",
                           "127.0.0.1:+1",
                           "127.0.0.1: 1",
                           "127.0.0.1:80x",
                           "256.0.0.1:1",
                           "1.2.3:1",
                           "01.2.3.4:x",
                           "::1:80",
                           "[::1]",
                           "[::1:80",
                           "::1]:80",
                           "[]:80",
                           "[127.0.0.1]:80",
                           "[fe80::1%eth0]:80",
                           "lisa:80",
                           " 127.0.0.1:80"}) {
    EXPECT_FALSE(Endpoint::parse(text)) << text;
  }
  EXPECT_FALSE(Endpoint::parse(std::string_view("127.0.0.1\0x:80", 14)));
}

TEST(Endpoint, KeepsIpv4AsMappedIpv6) {
  EXPECT_EQ(*Endpoint::parse("[::ffff:10.1.2.3]:7"), Endpoint::v4(10, 1, 2, 3, 7));
  EXPECT_TRUE(Endpoint::v4(10, 1, 2, 3, 7).is_v4());
  EXPECT_FALSE(Endpoint::parse("[::1]:7")->is_v4());
}

TEST(Endpoint, KnowsLoopbackAndUnspecified) {
  EXPECT_TRUE(Endpoint::parse("127.9.9.9:1")->is_loopback());
  EXPECT_TRUE(Endpoint::parse("[::1]:1")->is_loopback());
  EXPECT_FALSE(Endpoint::parse("10.0.0.1:1")->is_loopback());
  EXPECT_FALSE(Endpoint::parse("[1::1]:1")->is_loopback());
  EXPECT_TRUE(Endpoint::parse("0.0.0.0:1")->is_unspecified());
  EXPECT_TRUE(Endpoint::parse("[::]:1")->is_unspecified());
  EXPECT_FALSE(Endpoint::parse("[::1]:1")->is_unspecified());
}

}  // namespace
}  // namespace base
