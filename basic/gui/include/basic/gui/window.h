#pragma once
// The window: the first page, then buddies at the left and what is said with them at the right.

#include <QDateTime>
#include <QMainWindow>
#include <filesystem>
#include <functional>
#include <memory>

#include "basic/gui/bridge.h"

namespace basic::gui {

/// Lives on the thread of QApplication. Closing it leaves it in the tray, if there is one and the
/// user likes that; otherwise the application ends.
class Window final : public QMainWindow {
  Q_OBJECT

 public:
  /// `bridge` is borrowed and outlives it. `profile`: the folder of this user's files, where the
  /// window keeps its shape and the name last used.
  Window(Bridge& bridge, const std::filesystem::path& profile, QWidget* parent = nullptr);
  ~Window() override;

  /// Shows it above the others, wherever it was.
  void come_forward();
  /// The conversation with a buddy; nothing, if there is none of that name.
  void open(const QString& name);
  /// Where there is room for one pane only: the buddies.
  void show_buddies();
  /// What time it is, for what is said of times. The machine's, unless a test has its own.
  void set_now(std::function<QDateTime()> now);
  /// Keeps what is typed and not yet sent, and does what could still be undone. Before the client
  /// goes.
  void finish();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace basic::gui
