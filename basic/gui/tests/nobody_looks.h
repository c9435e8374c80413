#pragma once
// For programs that show windows where nobody sits before a screen.

#include <QTemporaryDir>
#include <cstdio>

namespace basic::gui::test {

/// Keeps Qt from complaining of it: where the session has no folder for what runs there is one of
/// our own, and what the platform without a screen cannot do is not said. Declare it before the
/// application.
class NobodyLooks {
 public:
  NobodyLooks() {
    if (qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
      qputenv("XDG_RUNTIME_DIR", folder_.path().toLocal8Bit());
    qInstallMessageHandler(
        [](QtMsgType type, const QMessageLogContext& context, const QString& words) {
          if (words.startsWith(QLatin1String("This plugin does not support"))) return;
          std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, words)));
        });
  }

 private:
  QTemporaryDir folder_;
};

}  // namespace basic::gui::test
