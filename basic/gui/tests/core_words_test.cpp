// What the core says, said in German.

#include "core_words.h"

#include <gtest/gtest.h>

#include "language.h"
#include "ohim/name.h"
#include "words.h"

namespace basic::gui {
namespace {

class InGerman : public ::testing::Test {
 protected:
  void SetUp() override {
    if (load_language("de") != "de") GTEST_SKIP() << "built without lrelease (qt6-l10n-tools)";
  }
  void TearDown() override { load_language("en"); }
};

TEST_F(InGerman, ASentenceIsKnownByItsForm) {
  EXPECT_EQ(said("the name bart is taken; choose another"),
            "der Name bart ist vergeben; wähle einen anderen");
}

TEST_F(InGerman, AnErrorWithinAnErrorIsSaidToo) {
  EXPECT_EQ(said("while fetching the keys: a sealed body of the wrong size"),
            "während die Schlüssel geholt wurden: ein versiegelter Inhalt von falscher Größe");
}

TEST_F(InGerman, ReasonsThatAreJoinedAreSaidOneByOne) {
  EXPECT_EQ(sentence_said("her link fell silent 3 s ago; dialling her was refused 2 days ago"),
            "Die Verbindung ist vor 3 s verstummt; ein Anwählen wurde vor 2 Tagen abgewiesen.");
  const auto name = ohim::Name::parse("x");
  EXPECT_EQ(sentence_said(name.error()).left(36), "Dieser Name ist zu kurz: ein Benutze");
}

TEST_F(InGerman, WhatIsFilledInIsNotTakenForAPlace) {
  EXPECT_EQ(said("'%2' has no setting '%1'"), "„%2“ hat keine Einstellung „%1“");
}

TEST_F(InGerman, WhatNobodyKnowsIsSaidAsItIs) {
  EXPECT_EQ(said("Tells buddies how you feel."), "Tells buddies how you feel.");
  EXPECT_EQ(said(""), "");
}

TEST(InEnglish, ASentenceStaysWhatItIs) {
  load_language("en");
  EXPECT_EQ(said("while a: b; c\nd"), "while a: b; c\nd");
  EXPECT_EQ(sentence_said("the name bart is taken; choose another"),
            "The name bart is taken; choose another.");
}

}  // namespace
}  // namespace basic::gui
