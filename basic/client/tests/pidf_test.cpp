// The document of RFC 3863, byte for byte. tests/e2e/test_pidf.py reads it with an XML parser.
#include "basic/pidf.h"

#include <gtest/gtest.h>

namespace basic {
namespace {

constexpr base::WallTime kNoon{std::chrono::seconds(1'083'844'800)};  // 2004-05-06T12:00:00Z

const std::string kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\"\n"
    "          xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\"\n"
    "          xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\"\n"
    "          entity=\"pres:lisa@ohim\">\n";

Buddy lisa(Presence presence) {
  Buddy buddy{*ohim::Name::parse("lisa"), presence, {}, {}, ohim::KnownBy::link, kNoon};
  return buddy;
}

TEST(Pidf, HasATupleForEachPlace) {
  Buddy buddy = lisa(Presence::away);
  buddy.places = {{0x0123456789abcdef, Presence::away, "at the lake", ohim::KnownBy::link, kNoon},
                  {7, Presence::online, "", ohim::KnownBy::lease, kNoon + std::chrono::hours(1)}};
  EXPECT_EQ(to_pidf(buddy), kHead +
                                "  <tuple id=\"place-0123456789abcdef\">\n"
                                "    <status><basic>open</basic></status>\n"
                                "    <note>at the lake</note>\n"
                                "    <timestamp>2004-05-06T12:00:00Z</timestamp>\n"
                                "  </tuple>\n"
                                "  <tuple id=\"place-0000000000000007\">\n"
                                "    <status><basic>open</basic></status>\n"
                                "    <timestamp>2004-05-06T13:00:00Z</timestamp>\n"
                                "  </tuple>\n"
                                "  <dm:person id=\"person\">\n"
                                "    <rpid:activities><rpid:away/></rpid:activities>\n"
                                "  </dm:person>\n"
                                "</presence>\n");
}

TEST(Pidf, SaysClosedOfWhoIsOffLine) {
  EXPECT_EQ(to_pidf(lisa(Presence::offline)),
            kHead +
                "  <tuple id=\"closed\">\n"
                "    <status><basic>closed</basic></status>\n"
                "    <timestamp>2004-05-06T12:00:00Z</timestamp>\n"
                "  </tuple>\n"
                "</presence>\n");
}

TEST(Pidf, SaysNothingOfWhoIsUnknown) {
  EXPECT_EQ(to_pidf(lisa(Presence::unknown)), kHead + "</presence>\n");
}

TEST(Pidf, LetsNoWordsOfHersBecomeMarkup) {
  Buddy buddy = lisa(Presence::online);
  buddy.text = "</note><x a=\"'1'\">& \x1b[0m\n\xff\xEF\xBF\xBF end";
  EXPECT_NE(to_pidf(buddy).find("<note>&lt;/note&gt;&lt;x a=&quot;&#39;1&#39;&quot;&gt;&amp; [0m "
                                "\xEF\xBF\xBD end</note>"),
            std::string::npos)
      << to_pidf(buddy);
}

}  // namespace
}  // namespace basic
