#include "window_impl.h"

#include <QApplication>
#include <QDateTime>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include "conversation_pane.h"
#include "core_words.h"
#include "paint.h"
#include "words.h"

namespace basic::gui {
namespace {

constexpr int kNarrowest = 320;  // that much any screen has, whatever the letters
constexpr int kLowest = 400;
constexpr int kWideInLetters = 84;  // narrower windows show one pane at a time
constexpr std::chrono::seconds kLookEvery{2};
constexpr qint64 kActiveEvery = 5000;  // milliseconds between two words that the user is there

/// Enter presses the button that has the keyboard; Qt by itself knows that in dialogs only.
bool presses_button(QObject* watched, const QKeyEvent& key) {
  auto* const button = qobject_cast<QPushButton*>(watched);
  if (!button || (key.key() != Qt::Key_Return && key.key() != Qt::Key_Enter)) return false;
  button->click();
  return true;
}

}  // namespace

Window::Impl::Impl(Window& window, Bridge& bridge, const std::filesystem::path& profile)
    : window_(window),
      bridge_(bridge),
      preferences_(profile),
      actions_(&window),
      desktop_theme_(QDBusConnection::sessionBus()),
      notifier_(QDBusConnection::sessionBus(), &window) {
  outside_.setSingleShot(true);
  connect(&outside_, &QTimer::timeout, this, [this] { show_outside_now(); });
  build();
  connect_actions();
  connect_panes();
  connect_news();
  connect_desktop();
  connect(&preferences_, &Preferences::changed, this, [this] { apply_preferences(); });
  apply_preferences();
  // The client says of others when they change; of oneself it can be asked.
  connect(&look_, &QTimer::timeout, this, [this] { refresh_status(); });
  look_.start(kLookEvery);
  start_->set_name(preferences_.last_name());
  window_.restoreGeometry(preferences_.shape("window"));
  talk_->restoreState(preferences_.shape("panes"));
  show_page(start_);
  qApp->installEventFilter(this);
}

void Window::Impl::build() {
  const int letter = window_.fontMetrics().averageCharWidth();
  window_.setObjectName("window");
  window_.resize(letter * 130, letter * 88);
  window_.setMinimumSize(std::min(letter * 30, kNarrowest), std::min(letter * 40, kLowest));
  auto* const central = new QWidget(&window_);
  strip_ = new Strip(central);
  pages_ = new QStackedWidget(central);
  start_ = new StartPage(bridge_, pages_);
  key_ = new KeyPage(pages_);
  talk_ = new QSplitter(pages_);
  talk_->setObjectName("panes");
  talk_->setChildrenCollapsible(false);
  talk_->setHandleWidth(1);
  roster_ = new RosterPane(bridge_, talk_);
  conversations_ = new Conversations(bridge_, talk_);
  talk_->addWidget(roster_);
  talk_->addWidget(conversations_);
  talk_->setStretchFactor(1, 1);
  palette_ = new CommandPalette(&window_);
  talk_->setSizes({letter * 42, letter * 88});
  settings_ = new SettingsPage(bridge_, preferences_, pages_);
  for (QWidget* const page : std::initializer_list<QWidget*>{start_, key_, talk_, settings_})
    pages_->addWidget(page);
  auto* const rows = new QVBoxLayout(central);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(strip_);
  rows->addWidget(pages_, 1);
  window_.setCentralWidget(central);
}

void Window::Impl::connect_actions() {
  const auto on = [this](QAction* action, auto what) {
    connect(action, &QAction::triggered, this, what);
  };
  on(actions_.add_buddy, [this] {
    show_roster();
    roster_->add_buddy();
  });
  on(actions_.search_buddies, [this] {
    show_roster();
    roster_->focus_search();
  });
  on(actions_.write, [this] {
    if (auto* const pane = conversations_->pane()) pane->focus_composer();
  });
  on(actions_.search_texts, [this] {
    if (auto* const pane = conversations_->pane()) pane->search();
  });
  on(actions_.next_conversation, [this] { conversations_->step(1); });
  on(actions_.previous_conversation, [this] { conversations_->step(-1); });
  on(actions_.close_conversation, [this] { conversations_->close(conversations_->current()); });
  on(actions_.online, [this] { set_show(Show::online); });
  on(actions_.away, [this] { set_show(Show::away); });
  on(actions_.busy, [this] { set_show(Show::busy); });
  on(actions_.invisible, [this] { set_show(Show::invisible); });
  on(actions_.palette, [this] { show_palette(); });
  on(actions_.shortcuts, [this] { show_shortcuts(); });
  on(actions_.settings, [this] {
    settings_->refresh();
    show_page(settings_);
  });
  on(actions_.sign_off, [this] { sign_off(); });
  on(actions_.quit, [] { QApplication::quit(); });
}

void Window::Impl::connect_panes() {
  connect(start_, &StartPage::signed_on, this,
          [this](const QString& name, const QString& fingerprint, bool registered) {
            entered(name, fingerprint, registered);
          });
  connect(key_, &KeyPage::left, this, [this] { show_page(talk_); });
  connect(settings_, &SettingsPage::left, this, [this] { show_page(talk_); });
  connect(roster_, &RosterPane::opened, this, [this](const QString& name) { open(name); });
  connect(roster_, &RosterPane::buddy_updated, this, [this](const Buddy& buddy) {
    conversations_->update(buddy);
    show_outside();
  });
  connect(roster_, &RosterPane::removed, this,
          [this](const QString& name) { conversations_->close(name); });
  connect(roster_, &RosterPane::rows_changed, this, [this] { show_outside(); });
  connect(roster_, &RosterPane::menu_wanted, this, [this](const QPoint& at) { show_menu(at); });
  connect(conversations_, &Conversations::back_wanted, this, [this] { show_roster(); });
  connect(conversations_, &Conversations::first_buddy_wanted, actions_.add_buddy,
          &QAction::trigger);
  connect(conversations_, &Conversations::current_changed, this, [this](const QString& name) {
    roster_->select(name);
    if (name.isEmpty()) show_roster();
    show_outside();
  });
  connect(conversations_, &Conversations::menu_wanted, this,
          [this](const QString& name, const QPoint& at) { roster_->show_menu(name, at); });
}

void Window::Impl::connect_news() {
  connect(&bridge_, &Bridge::warned, this,
          [this](const QString& sentence) { warn(sentence_said(sentence.toStdString())); });
  connect_conditions();
}

void Window::Impl::apply_preferences() {
  const Theme::Kind kind = kind_of(preferences_.theme_choice(), desktop_theme_.kind());
  if (kind != theme().kind || qApp->styleSheet().isEmpty()) use_theme(kind);
  notifier_.set_sounds(preferences_.sounds());
  conversations_->set_tabs(preferences_.tabs());
  const auto limit = std::chrono::minutes(preferences_.away_after());
  bridge_.tell([limit](Client& client) { client.set_away_after(limit); });
}

void Window::Impl::entered(const QString& name, const QString& fingerprint, bool registered) {
  preferences_.set_last_name(name);
  actions_.set_signed_on(true);
  load();
  look_at_conditions();
  if (registered) key_->show_own(name, fingerprint);
  show_page(registered ? static_cast<QWidget*>(key_) : talk_);
}

void Window::Impl::load() {
  struct State {
    Client::Status status;
    std::vector<Buddy> buddies;
  };
  bridge_.look(
      this,
      [](const Client& client) {
        return State{client.status(), client.buddies()};
      },
      [this](const State& state) {
        status_ = state.status;
        roster_->signed_on(state.status, state.buddies);
        fit();
        show_outside();
      });
}

void Window::Impl::refresh_status() {
  if (!status_.signed_on) return;
  bridge_.look(
      this, [](const Client& client) { return client.status(); },
      [this](const Client::Status& status) {
        if (!status_.signed_on) return;  // signed off in between
        status_ = status;
        roster_->status_changed(status);
        show_outside();
      });
}

void Window::Impl::sign_off() {
  finish();
  actions_.set_signed_on(false);
  conversations_->close_all();
  roster_->clear();
  status_ = {};
  show_conditions({});
  start_->clear();
  start_->set_name(preferences_.last_name());
  show_page(start_);
  show_outside();
  bridge_.ask(
      this, [](Client& client) { return client.sign_off(); }, [](const base::Result<void>&) {});
}

void Window::Impl::finish() {
  roster_->flush();
  conversations_->keep_drafts();
}

void Window::Impl::keep_shape() {
  preferences_.set_shape("window", window_.saveGeometry());
  if (!narrow_) preferences_.set_shape("panes", talk_->saveState());
}

void Window::Impl::show_page(QWidget* page) {
  pages_->setCurrentWidget(page);
  if (page == start_) start_->focus_first();
  if (page != talk_) return;
  auto* const pane = conversations_->pane();
  if (pane && pane->isVisible())
    pane->focus_composer();
  else
    roster_->focus_search();
}

void Window::Impl::open(const QString& name) {
  const Buddy* const buddy = roster_->buddy(name);
  if (!buddy) return;
  roster_->end_search();
  show_page(talk_);
  conversations_->open(*buddy);
  roster_in_front_ = false;
  fit();
  conversations_->pane()->focus_composer();
}

void Window::Impl::set_now(Now now) {
  roster_->set_now(now);
  conversations_->set_now(std::move(now));
}

void Window::Impl::show_roster() {
  roster_in_front_ = true;
  fit();
  if (narrow_) roster_->focus_search();
}

void Window::Impl::fit() {
  const int letter = window_.fontMetrics().averageCharWidth();
  narrow_ = window_.width() < letter * kWideInLetters;
  roster_->setVisible(!narrow_ || roster_in_front_);
  conversations_->setVisible(!narrow_ || !roster_in_front_);
  conversations_->set_narrow(narrow_);
  roster_->set_alone(narrow_);
}

void Window::Impl::set_show(Show show) {
  bridge_.ask(
      this, [show, text = status_.text](Client& client) { return client.set_status(show, text); },
      [this](const base::Result<void>&) { refresh_status(); });
}

void Window::Impl::show_menu(const QPoint& at) {
  QMenu menu(&window_);
  menu.setObjectName("mainMenu");
  for (QAction* const action : actions_.all()) {
    if (action == actions_.write || action == actions_.search_texts ||
        action == actions_.next_conversation || action == actions_.previous_conversation)
      continue;
    if (action == actions_.online || action == actions_.palette) menu.addSeparator();
    menu.addAction(action);
  }
  menu.exec(at);
}

bool Window::Impl::eventFilter(QObject* watched, QEvent* event) {
  const QEvent::Type type = event->type();
  if (type == QEvent::KeyPress && presses_button(watched, *static_cast<QKeyEvent*>(event)))
    return true;
  if (type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::Wheel) {
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (now - last_active_ >= kActiveEvery) {
      last_active_ = now;
      bridge_.tell([](Client& client) { client.user_active(); });
    }
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace basic::gui
