#pragma once
// What the window looks like: colours by what they are for, and the one stylesheet made of them.

#include <QColor>
#include <QString>

namespace basic::gui {

/// Text on what it stands on keeps a contrast of at least 4.5 : 1 (WCAG 2.1, 1.4.3), in every kind.
struct Theme {
  enum class Kind { light, dark, high_contrast };
  Kind kind = Kind::light;

  QColor window;   ///< behind everything
  QColor surface;  ///< panes and fields
  QColor line;     ///< between them
  QColor text;     ///< what is to be read
  QColor subtle;   ///< what may be read: times, hints
  QColor accent;   ///< what can be done, the focus, unread
  QColor on_accent;
  QColor hover;
  QColor selected;
  QColor own_bubble;
  QColor own_text;
  QColor their_bubble;
  QColor their_text;
  QColor good;  ///< on line
  QColor warn;  ///< away; a strip that says what is wrong
  QColor bad;   ///< busy; what failed
  QColor off;   ///< off line, unknown
};

Theme make_theme(Theme::Kind kind);

/// The one in use. Painting code asks each time, so a change shows at once.
const Theme& theme();
/// Palette and stylesheet of the whole application. Before it, the desktop's own are in use.
void use_theme(Theme::Kind kind);
QString stylesheet(const Theme& theme);

}  // namespace basic::gui
