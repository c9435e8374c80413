// Tests of the conversation: an application with the same place, language and font everywhere.

#include <gtest/gtest.h>

#include <QApplication>
#include <QFont>
#include <QLocale>

#include "theme.h"

int main(int count, char** words) {
  qputenv("TZ", "UTC");
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
  QApplication application(count, words);
  QFont font("Inter", 10);
  font.setFamilies({"Inter", "Noto Color Emoji"});
  QApplication::setFont(font);
  basic::gui::use_theme(basic::gui::Theme::Kind::light);
  ::testing::InitGoogleTest(&count, words);
  return RUN_ALL_TESTS();
}
