#pragma once
// A walk through every page of the real window. Its client lives in a simulated town, so each walk
// is like the last.

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

#include "actions.h"
#include "basic/gui/window.h"
#include "key_page.h"
#include "sim_people.h"
#include "words.h"

namespace basic::gui::test {

/// What is put into the town.
enum class Cast {
  usual,    ///< as in the pictures of the documentation
  hardest,  ///< the longest names, words and texts that there can be, and from right to left
};

class PageWalk {
 public:
  /// `shown` is a page, or what lies above it; called when it stands still.
  using Visit = std::function<void(QWidget& shown, const QString& page)>;
  PageWalk(Cast cast, Visit visit) : cast_(cast), visit_(std::move(visit)) {}

  void walk();
  /// So much virtual time passes; a visitor that has changed something needs it.
  void pass(base::Duration span) { people_.pass(span); }

 private:
  struct Line {
    bool outgoing;
    std::chrono::minutes ago;
    std::string text;
  };

  /// Lets what is under way come to rest, and has it looked at.
  void show(QWidget& shown, const QString& page);
  void settle();
  void meet(Window& window);
  void remember();
  void come_in(Window& window);
  void talk(Window& window);
  void look_around(Window& window);
  void look_at_cards(Window& window);
  void look_at_tabs(Window& window);
  void look_at_key(Window& window);
  /// Why somebody is shown so.
  void ask_why(Window& window, const std::string& name, const QString& page);
  [[nodiscard]] std::vector<Line> lines() const;
  [[nodiscard]] std::string friend_name() const {
    return cast_ == Cast::usual ? "milhouse" : "milhouse_mussolini_van_houten_jr";  // 32 letters
  }

  template <typename T>
  static T& find(QWidget& window, const char* name) {
    T* const found = window.findChild<T*>(QString::fromLatin1(name));
    if (!found) throw std::runtime_error(std::string("there is no ") + name);
    return *found;
  }
  static void trigger(QWidget& window, const char* action) {
    find<QAction>(window, action).trigger();
  }
  static void click(QWidget& window, const char* name) {
    QTest::mouseClick(&find<QWidget>(window, name), Qt::LeftButton);
  }
  static void escape(QWidget& window) {
    QWidget* const focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : &window, Qt::Key_Escape);
  }

  Cast cast_;
  Visit visit_;
  SimPeople people_;
  Bridge bridge_;
};

}  // namespace basic::gui::test
