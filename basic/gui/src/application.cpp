#include "basic/gui/application.h"

#include <QApplication>
#include <QFontDatabase>
#include <QMessageBox>
#include <cstdio>

#include "basic/gui/window.h"
#include "core_words.h"
#include "language.h"
#include "look.h"
#include "paint.h"
#include "preferences.h"
#include "single_instance.h"
#include "words.h"

namespace basic::gui {
namespace {

constexpr double kBareFontPoints = 10;

void set_up(const std::filesystem::path& profile) {
  QApplication::setApplicationName(QStringLiteral("basic"));
  QApplication::setApplicationDisplayName(QStringLiteral("Basic"));
  QApplication::setDesktopFileName(QStringLiteral("org.ohim.Basic"));
  // One look on all desktops, so that the stylesheet holds.
  QApplication::setStyle(new Look);  // the application's from now on
  // A desktop has a font of its own; a bare X server has none to be proud of.
  if (qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP") &&
      QFontDatabase::families().contains(QStringLiteral("Inter"))) {
    QFont font(QStringLiteral("Inter"));
    font.setPointSizeF(kBareFontPoints);
    QApplication::setFont(font);
  }
  // Emoji in colour, also those that some font of letters has in black.
  QFont font = QApplication::font();
  font.setFamilies({font.family(), QStringLiteral("Noto Color Emoji")});
  const Preferences preferences(profile);
  if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() * preferences.letters() / 100);
  QApplication::setFont(font);
  // The tray may keep it; Window decides.
  QApplication::setQuitOnLastWindowClosed(false);
  QApplication::setWindowIcon(app_icon());
  load_language(preferences.language());
}

int fail(const base::Error& error) {
  std::fprintf(stderr, "basic: %s\n", error.message().c_str());
  // Started from a menu, stderr goes nowhere. There is nothing else to show.
  QMessageBox box(QMessageBox::Critical, QStringLiteral("Basic"), sentence_said(error));
  box.setObjectName("cannotStart");
  box.setTextFormat(Qt::PlainText);
  box.exec();
  return 1;
}

/// Whether the window of this profile is another process's, which shows it now.
bool is_second(SingleInstance& instance) {
  const auto role = instance.claim();
  return role && *role == SingleInstance::Role::second;
}

}  // namespace

int run_application(int argc, char** argv, const std::filesystem::path& profile,
                    const StartClient& start_client) {
  QApplication application(argc, argv);
  set_up(profile);
  const auto folder = runtime_folder();
  SingleInstance instance(profile, folder.value_or(profile));
  if (is_second(instance)) return 0;
  Bridge bridge;
  auto client = start_client(bridge, [] {
    QMetaObject::invokeMethod(
        qApp, [] { QApplication::quit(); }, Qt::QueuedConnection);
  });
  if (!client) return fail(client.error());
  Window window(bridge, profile);
  QObject::connect(&instance, &SingleInstance::raise_wanted, &window, &Window::come_forward);
  window.show();
  const int status = QApplication::exec();
  window.finish();
  window.hide();
  client->reset();
  return status;
}

}  // namespace basic::gui
