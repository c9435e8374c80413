#include "basic/gui/window.h"

#include <QApplication>
#include <QCloseEvent>

#include "window_impl.h"

namespace basic::gui {

Window::Window(Bridge& bridge, const std::filesystem::path& profile, QWidget* parent)
    : QMainWindow(parent), impl_(std::make_unique<Impl>(*this, bridge, profile)) {}

Window::~Window() = default;

void Window::come_forward() {
  setWindowState(windowState() & ~Qt::WindowMinimized);
  show();
  raise();
  activateWindow();
}

void Window::open(const QString& name) { impl_->open(name); }

void Window::show_buddies() { impl_->show_roster(); }

void Window::set_now(std::function<QDateTime()> now) { impl_->set_now(std::move(now)); }

void Window::finish() { impl_->finish(); }

void Window::closeEvent(QCloseEvent* event) {
  impl_->keep_shape();
  event->accept();
  if (!impl_->wants_tray()) QApplication::quit();
}

void Window::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  impl_->fit();
}

void Window::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  if (event->type() == QEvent::FontChange) impl_->fit();
}

}  // namespace basic::gui
