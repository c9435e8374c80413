#include "theme.h"

#include <QApplication>
#include <QFont>
#include <QPalette>

namespace basic::gui {
namespace {

constexpr double kTitleLetters = 1.7;  // times the usual ones

Theme current = make_theme(Theme::Kind::light);

Theme light() {
  Theme theme;
  theme.kind = Theme::Kind::light;
  theme.window = QColor(0xf4f5f8);
  theme.surface = QColor(0xffffff);
  theme.line = QColor(0xdfe2e8);
  theme.text = QColor(0x1a1d23);
  theme.subtle = QColor(0x5b6370);
  theme.accent = QColor(0x2a5fd0);
  theme.on_accent = QColor(0xffffff);
  theme.hover = QColor(0xeef0f5);
  theme.selected = QColor(0xdfe8fb);
  theme.own_bubble = QColor(0x2a5fd0);
  theme.own_text = QColor(0xffffff);
  theme.their_bubble = QColor(0xffffff);
  theme.their_text = QColor(0x1a1d23);
  theme.good = QColor(0x1d8a4c);
  theme.warn = QColor(0xa66300);
  theme.bad = QColor(0xc2322d);
  theme.off = QColor(0x7a8290);
  return theme;
}

Theme dark() {
  Theme theme;
  theme.kind = Theme::Kind::dark;
  theme.window = QColor(0x15171b);
  theme.surface = QColor(0x1d2025);
  theme.line = QColor(0x31363e);
  theme.text = QColor(0xe9ebee);
  theme.subtle = QColor(0xa2aab6);
  theme.accent = QColor(0x7da6ff);
  theme.on_accent = QColor(0x0e1a33);
  theme.hover = QColor(0x262a31);
  theme.selected = QColor(0x29395c);
  theme.own_bubble = QColor(0x2b4a8a);
  theme.own_text = QColor(0xf3f6ff);
  theme.their_bubble = QColor(0x282c33);
  theme.their_text = QColor(0xe9ebee);
  theme.good = QColor(0x4cc27f);
  theme.warn = QColor(0xe0a63c);
  theme.bad = QColor(0xff7b72);
  theme.off = QColor(0x8b94a1);
  return theme;
}

Theme high_contrast() {
  Theme theme;
  theme.kind = Theme::Kind::high_contrast;
  theme.window = Qt::black;
  theme.surface = Qt::black;
  theme.line = QColor(0xffffff);
  theme.text = QColor(0xffffff);
  theme.subtle = QColor(0xe6e6e6);
  theme.accent = QColor(0xffe100);
  theme.on_accent = Qt::black;
  theme.hover = QColor(0x2b2b2b);
  theme.selected = QColor(0x003a8c);
  theme.own_bubble = QColor(0x003a8c);
  theme.own_text = QColor(0xffffff);
  theme.their_bubble = Qt::black;
  theme.their_text = QColor(0xffffff);
  theme.good = QColor(0x3cff8a);
  theme.warn = QColor(0xffc400);
  theme.bad = QColor(0xff8f8f);
  theme.off = QColor(0xd0d0d0);
  return theme;
}

QPalette palette(const Theme& theme) {
  QPalette palette;
  palette.setColor(QPalette::Window, theme.window);
  palette.setColor(QPalette::WindowText, theme.text);
  palette.setColor(QPalette::Base, theme.surface);
  palette.setColor(QPalette::AlternateBase, theme.hover);
  palette.setColor(QPalette::Text, theme.text);
  palette.setColor(QPalette::PlaceholderText, theme.subtle);
  palette.setColor(QPalette::Button, theme.surface);
  palette.setColor(QPalette::ButtonText, theme.text);
  palette.setColor(QPalette::ToolTipBase, theme.surface);
  palette.setColor(QPalette::ToolTipText, theme.text);
  palette.setColor(QPalette::Highlight, theme.accent);
  palette.setColor(QPalette::HighlightedText, theme.on_accent);
  palette.setColor(QPalette::Link, theme.accent);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, theme.off);
  return palette;
}

// A property `role` on a widget says what it is; @names are the colours of Theme. Where letters
// have no colour here they have the palette's: a colour of its own makes a field's hint half
// transparent, too pale to read.
constexpr const char* kStyle = R"(
QMainWindow, QDialog, QWidget[role="page"] { background: @window; }
QWidget[role="pane"], QWidget[role="card"] { background: @surface; }
QWidget[role="card"] { border: 1px solid @line; border-radius: 12px; }
QWidget[role="bar"] { background: @surface; border-bottom: 1px solid @line; }
QWidget[role="foot"] { background: @surface; border-top: 1px solid @line; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: @title; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="hint"] { color: @subtle; }
QLabel[role="trouble"] { color: @bad; }
QFrame[role="popover"] { background: @surface; border: 1px solid @line; }
QFrame[role="notice"] { background: @text; border-radius: 10px; }
QFrame[role="notice"] QLabel { color: @window; }
QFrame[role="notice"] QPushButton { color: @window; font-weight: 600; text-decoration: underline; }
QFrame[role="notice"] QPushButton:hover, QFrame[role="notice"] QToolButton:hover {
  background: @subtle; }
QFrame[role="notice"] QPushButton:focus, QFrame[role="notice"] QToolButton:focus {
  border-color: @window; }
QWidget[role="strip"] { background: @surface; border-bottom: 2px solid @warn; }
QLineEdit, QPlainTextEdit {
  background: @surface; border: 1px solid @line; border-radius: 8px; padding: 6px 9px;
  selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid @accent; padding: 5px 8px; }
QLineEdit[role="quiet"] {
  background: transparent; border-color: transparent; padding: 1px 4px; }
QLineEdit[role="quiet"]:hover { border-color: @line; }
QLineEdit[role="quiet"]:focus { border: 1px solid @accent; padding: 1px 4px; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: @off; background: @window; }
QPushButton, QToolButton {
  background: @surface; color: @text; border: 1px solid @line; border-radius: 8px;
  padding: 6px 14px; }
QToolButton { border-color: transparent; padding: 5px; background: transparent; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QToolButton:focus { padding: 4px; }
QToolButton[role="choice"]::menu-indicator { image: none; }
QPushButton:disabled { color: @off; }
QPushButton[role="primary"] {
  background: @accent; color: @on_accent; border-color: @accent; font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid @text; }
QPushButton[role="primary"]:disabled { background: @line; color: @off; border-color: @line; }
QPushButton[role="link"] {
  background: transparent; border-color: transparent; color: @accent; padding: 4px 6px; }
QPushButton[role="link"]:focus { border: 2px solid @accent; padding: 3px 5px; }
QListView, QTreeView { background: @surface; border: none; outline: none; }
QTabBar::tab { background: @window; color: @subtle; border: none; padding: 7px 12px; }
QTabBar::tab:selected { background: @surface; color: @text; border-bottom: 2px solid @accent; }
QMenu { background: @surface; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 22px; border-radius: 6px; }
QMenu::item:selected { background: @selected; }
QMenu::item:disabled { color: @off; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 6px; }
QProgressBar {
  background: @line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QProgressBar[role="weak"]::chunk { background: @bad; }
QProgressBar[role="fair"]::chunk { background: @warn; }
QProgressBar[role="strong"]::chunk { background: @good; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @off; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; height: 0; width: 0; }
QSplitter::handle { background: @line; }
QCheckBox { spacing: 8px; padding: 2px 0; }
QCheckBox:disabled { color: @off; }
QSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
)";

}  // namespace

Theme make_theme(Theme::Kind kind) {
  switch (kind) {
    case Theme::Kind::light:
      return light();
    case Theme::Kind::dark:
      return dark();
    case Theme::Kind::high_contrast:
      break;
  }
  return high_contrast();
}

const Theme& theme() { return current; }

QString stylesheet(const Theme& theme) {
  const std::pair<const char*, QColor> colours[] = {
      // The longer name before the one it begins with.
      {"@on_accent", theme.on_accent},
      {"@accent", theme.accent},
      {"@window", theme.window},
      {"@surface", theme.surface},
      {"@line", theme.line},
      {"@text", theme.text},
      {"@subtle", theme.subtle},
      {"@hover", theme.hover},
      {"@selected", theme.selected},
      {"@good", theme.good},
      {"@warn", theme.warn},
      {"@bad", theme.bad},
      {"@off", theme.off},
  };
  QString style = QString::fromLatin1(kStyle);
  for (const auto& [name, colour] : colours) style.replace(QLatin1String(name), colour.name());
  const double points = QApplication::font().pointSizeF() * kTitleLetters;
  style.replace(QStringLiteral("@title"), QString::number(points, 'f', 1) + QStringLiteral("pt"));
  return style;
}

void use_theme(Theme::Kind kind) {
  current = make_theme(kind);
  QApplication::setPalette(palette(current));
  qApp->setStyleSheet(stylesheet(current));
}

}  // namespace basic::gui
