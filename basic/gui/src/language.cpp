#include "language.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <memory>

namespace basic::gui {
namespace {

const QString kEnglish = QStringLiteral("en");
const QString kFolder = QStringLiteral(":/translations");

/// Belongs to the application; known by its name, to be found when the language changes.
void install(const char* name, const QString& file, const QString& folder) {
  delete qApp->findChild<QTranslator*>(QLatin1String(name));
  auto translator = std::make_unique<QTranslator>();
  translator->setObjectName(name);
  if (!translator->load(file, folder)) return;
  QCoreApplication::installTranslator(translator.get());
  translator.release()->setParent(qApp);
}

}  // namespace

QStringList languages() {
  QStringList known{kEnglish};
  for (const QString& file : QDir(kFolder).entryList({QStringLiteral("basic_*.qm")}))
    known << file.mid(6).chopped(3);  // basic_de.qm
  known.removeDuplicates();
  return known;
}

QString best_language(const QStringList& liked, const QStringList& known) {
  for (const QString& tag : liked) {
    const QString language = tag.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0);
    if (known.contains(language)) return language;
  }
  return kEnglish;
}

QString load_language(const QString& wanted) {
  static const QLocale kDesktop = QLocale::system();
  const QStringList liked = wanted.isEmpty() ? kDesktop.uiLanguages() : QStringList{wanted};
  const QString language = best_language(liked, languages());
  // A German who wants Swiss dates has them from the desktop.
  const bool desktops_own = wanted.isEmpty() || QLocale(language).language() == kDesktop.language();
  QLocale::setDefault(desktops_own ? kDesktop : QLocale(language));
  install("basicTranslator", QStringLiteral("basic_") + language, kFolder);
  install("qtTranslator", QStringLiteral("qtbase_") + language,
          QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  return language;
}

}  // namespace basic::gui
