// Every page with the hardest content, at large letters and in a narrow window: nothing is cut off,
// nothing lies outside its place, and in German nothing is said in English. ctest runs it at
// several scales of the screen too (QT_SCALE_FACTOR).

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSplitter>

#include "language.h"
#include "look.h"
#include "nobody_looks.h"
#include "page_walk.h"
#include "roster_label.h"
#include "theme.h"

namespace basic::gui::test {
namespace {

using namespace std::chrono_literals;

constexpr int kNarrow = 360;
constexpr double kPoints = 10;

QString name_of(const QWidget& widget) {
  const QString name = widget.objectName();
  return QString::fromLatin1(widget.metaObject()->className()) + ' ' +
         (name.isEmpty() && widget.parentWidget() ? "in " + widget.parentWidget()->objectName()
                                                  : name);
}

QString size_words(QSize size) {
  return QStringLiteral("%1x%2").arg(size.width()).arg(size.height());
}

/// Looks at what is shown, and says what is wrong with it.
class Inspection {
 public:
  Inspection(QString where, QStringList& complaints)
      : where_(std::move(where)), complaints_(complaints) {}

  void look_at(const QWidget& shown) {
    look_at_one(shown);
    for (const QObject* const child : shown.children()) {
      const auto* const widget = qobject_cast<const QWidget*>(child);
      if (widget && widget->isVisible() && !widget->isWindow()) look_at(*widget);
    }
  }

 private:
  void complain(const QWidget& widget, const QString& what) {
    complaints_ << where_ + ": " + name_of(widget) + ' ' + what;
  }
  void look_at_one(const QWidget& widget) {
    if (widget.objectName().startsWith("qt_")) return;  // Qt's own, within another
    look_at_place(widget);
    if (const auto* const label = qobject_cast<const QLabel*>(&widget)) look_at_label(*label);
    if (const auto* const line = qobject_cast<const QLineEdit*>(&widget)) look_at_line(*line);
    const QSize wish = widget.sizeHint();
    const bool has_words =
        !widget.hasHeightForWidth() &&  // its words wrap; look_at_place() has judged it
        (qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget));
    if (has_words && (wish.width() > widget.width() || wish.height() > widget.height()))
      complain(widget, "needs " + size_words(wish) + ", has " + size_words(widget.size()));
  }
  void look_at_place(const QWidget& widget) {
    QSize least = widget.minimumSizeHint();
    if (widget.hasHeightForWidth()) least.setHeight(widget.heightForWidth(widget.width()));
    // What holds others is judged by them. A list scrolls; progress is as thin as the theme has it.
    const bool any_size = widget.layout() || qobject_cast<const QSplitter*>(&widget) ||
                          qobject_cast<const QAbstractScrollArea*>(&widget) ||
                          qobject_cast<const QProgressBar*>(&widget);
    if (!any_size && least.isValid() &&
        (least.width() > widget.width() || least.height() > widget.height()))
      complain(widget,
               "needs at least " + size_words(least) + ", has " + size_words(widget.size()));
    const QWidget* const parent = widget.parentWidget();
    if (!parent || widget.isWindow()) return;
    QRect place = parent->rect();
    const auto* const area = qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
    if (area && area->viewport() == parent) {  // its height can be scrolled
      place.setTop(widget.geometry().top());
      place.setBottom(widget.geometry().bottom());
    }
    if (!place.contains(widget.geometry())) {
      complain(widget, QStringLiteral("at %1,%2 with %3 lies outside the %4 of its parent")
                           .arg(widget.x())
                           .arg(widget.y())
                           .arg(size_words(widget.size()), size_words(parent->size())));
    }
  }
  void look_at_label(const QLabel& label) {
    if (label.text().isEmpty() || qobject_cast<const ElidedLabel*>(&label)) return;
    const QFontMetrics letters = label.fontMetrics();
    const int room = label.contentsRect().width();
    if (!label.wordWrap()) {
      if (letters.size(0, label.text()).width() > room) complain(label, "is cut: " + label.text());
      return;
    }
    if (label.heightForWidth(label.width()) > label.height())
      complain(label, "is cut below: " + label.text());
    static const QRegularExpression gaps("[\\s\u200b]+");
    for (const QString& word : label.text().split(gaps)) {
      if (letters.horizontalAdvance(word) > room) complain(label, "is cut in the word " + word);
    }
  }
  void look_at_line(const QLineEdit& line) {
    constexpr int kFrame = 20;
    const QString words = line.placeholderText();
    const bool shown = line.text().isEmpty() && !words.isEmpty();
    if (shown && line.fontMetrics().horizontalAdvance(words) > line.width() - kFrame)
      complain(line, "cuts its hint: " + words);
  }

  QString where_;
  QStringList& complaints_;
};

/// What of the window is not German.
void look_for_english(const QWidget& shown, const QString& page, QStringList& found) {
  // Words that no German sentence has.
  static const QRegularExpression english(
      R"(\b(the|is|are|you|your|and|of|to|with|this|that|she|has|whether|budd(y|ies)|no)\b)",
      QRegularExpression::CaseInsensitiveOption);
  QStringList said{shown.toolTip(), shown.accessibleName(), shown.accessibleDescription()};
  if (const auto* const label = qobject_cast<const QLabel*>(&shown)) said << label->text();
  if (const auto* const button = qobject_cast<const QAbstractButton*>(&shown))
    said << button->text();
  if (const auto* const line = qobject_cast<const QLineEdit*>(&shown))
    said << line->placeholderText();
  // What people wrote of themselves is theirs.
  const bool theirs = shown.objectName() == "conversationFace" || shown.objectName() == "ownWords";
  for (const QString& words : said) {
    if (!theirs && english.match(words).hasMatch())
      found << page + ": " + name_of(shown) + " says: " + words;
  }
  for (const QObject* const child : shown.children()) {
    const auto* const widget = qobject_cast<const QWidget*>(child);
    if (widget && widget->isVisible()) look_for_english(*widget, page, found);
  }
}

struct Setting {
  double letters;  ///< times the usual size
  const char* language;
};

class EveryPage : public ::testing::TestWithParam<Setting> {
 protected:
  void SetUp() override {
    load_language(GetParam().language);
    QFont font(QStringLiteral("Inter"));
    font.setFamilies({font.family(), QStringLiteral("Noto Color Emoji")});  // as the program
    font.setPointSizeF(kPoints * GetParam().letters);
    QApplication::setFont(font);
    use_theme(Theme::Kind::light);
  }
  void TearDown() override { load_language("en"); }
};

TEST_P(EveryPage, IsWholeAtAnySize) {
  QStringList complaints;
  PageWalk* the_walk = nullptr;
  const auto visit = [&](QWidget& shown, const QString& page) {
    const QSize before = shown.size();
    Inspection(page, complaints).look_at(shown);
    if (std::string_view(GetParam().language) == "de") look_for_english(shown, page, complaints);
    if (!shown.inherits("QMainWindow")) return;
    shown.resize(kNarrow, 640);
    the_walk->pass(200ms);
    if (shown.width() > kNarrow)
      complaints << page + QStringLiteral(": is %1 wide at least").arg(shown.width());
    Inspection(page + QStringLiteral(" (narrow)"), complaints).look_at(shown);
    if (const QString out = qEnvironmentVariable("OHIM_PICTURES"); !out.isEmpty())
      shown.grab().save(QStringLiteral("%1/%2-%3-%4.png")
                            .arg(out, page, GetParam().language)
                            .arg(GetParam().letters * 100));
    shown.resize(before);
    the_walk->pass(200ms);
    if (const QString out = qEnvironmentVariable("OHIM_PICTURES"); !out.isEmpty())
      shown.grab().save(QStringLiteral("%1/%2-%3-%4-wide.png")
                            .arg(out, page, GetParam().language)
                            .arg(GetParam().letters * 100));
  };
  PageWalk walk(Cast::hardest, visit);
  the_walk = &walk;
  walk.walk();
  complaints.removeDuplicates();
  EXPECT_TRUE(complaints.isEmpty()) << complaints.join('\n').toStdString();
}

std::string name_of_setting(const ::testing::TestParamInfo<Setting>& info) {
  return std::string(info.param.language) + std::to_string(int(info.param.letters * 100));
}

INSTANTIATE_TEST_SUITE_P(Letters, EveryPage,
                         ::testing::Values(Setting{1, "en"}, Setting{1, "de"}, Setting{1.25, "en"},
                                           Setting{1.25, "de"}, Setting{1.5, "en"},
                                           Setting{1.5, "de"}, Setting{2, "en"}, Setting{2, "de"}),
                         name_of_setting);

}  // namespace
}  // namespace basic::gui::test

int main(int argc, char** argv) {
  qputenv("TZ", "UTC");
  const basic::gui::test::NobodyLooks nobody;
  QApplication application(argc, argv);
  QApplication::setStyle(new basic::gui::Look);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
