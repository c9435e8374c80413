#include "base/markup.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(EscapeMarkup, NothingOpensOrEndsAnElementOrAnAttribute) {
  EXPECT_EQ(escape_markup("<b a=\"1\" b='2'>&amp;</b>"),
            "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
}

TEST(EscapeMarkup, LeavesAllElseAsItIs) {
  const std::string text("Zo\xc3\xab \0\n", 7);
  EXPECT_EQ(escape_markup(text), text);
  EXPECT_EQ(escape_markup(""), "");
}

}  // namespace
}  // namespace base
