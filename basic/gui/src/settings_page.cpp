#include "settings_page.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include "core_words.h"
#include "paint.h"
#include "preferences.h"
#include "roster_label.h"
#include "words.h"
#include "wrapped.h"

namespace basic::gui {
namespace {

constexpr int kSide = 16;  // large letters need the room themselves

QLabel* make_label(QWidget* parent, const QString& text, const char* role) {
  auto* const label = new QLabel(text, parent);
  label->setProperty("role", role);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

QString titled(QString word) { return word.left(1).toUpper() + word.mid(1); }

QFrame* make_card(const QString& heading, QVBoxLayout*& rows) {
  auto* const card = new QFrame;
  card->setProperty("role", "card");
  rows = new QVBoxLayout(card);
  const int gap = card->fontMetrics().height();
  rows->setContentsMargins(kSide, gap, kSide, gap);
  rows->addWidget(make_label(card, heading, "heading"));
  return card;
}

/// A widget with its caption above it, so that narrow windows have room for both.
void add_captioned(QVBoxLayout* rows, const QString& caption, QWidget* widget) {
  auto* const label = make_label(widget->parentWidget(), caption, "hint");
  label->setBuddy(widget);
  QString plain = caption;
  widget->setAccessibleName(plain.remove('&'));
  rows->addSpacing(widget->fontMetrics().height() / 3);
  rows->addWidget(label);
  rows->addWidget(widget, 0, Qt::AlignLeft);
}

QCheckBox* make_switch(const QString& text, QWidget* parent = nullptr) {
  auto* const box = new Wrapped<QCheckBox>(text, parent);
  QString plain = text;
  box->setAccessibleName(plain.remove('&'));
  return box;
}

QCheckBox* add_switch(QVBoxLayout* rows, const char* name, const QString& text, bool on) {
  auto* const box = make_switch(text);
  box->setObjectName(name);
  box->setChecked(on);
  rows->addWidget(box);
  return box;
}

void clear(QLayout* layout) {
  while (QLayoutItem* const item = layout->takeAt(0)) {
    delete item->widget();
    delete item;
  }
}

}  // namespace

SettingsPage::SettingsPage(Bridge& bridge, Preferences& preferences, QWidget* parent)
    : QWidget(parent), bridge_(bridge), preferences_(preferences) {
  setObjectName("settingsPage");
  setProperty("role", "page");
  back_ = new QToolButton(this);
  back_->setObjectName("settingsBack");
  back_->setAccessibleName(tr("Back"));
  back_->setToolTip(tr("Back"));
  draw_icons();
  connect(back_, &QToolButton::clicked, this, &SettingsPage::left);
  auto* const escape = new QShortcut(Qt::Key_Escape, this);
  escape->setContext(Qt::WidgetWithChildrenShortcut);
  connect(escape, &QShortcut::activated, this, &SettingsPage::left);
  auto* const top = new QHBoxLayout;
  top->addWidget(back_);
  top->addWidget(make_label(this, tr("Settings"), "title"), 1);
  trouble_ = make_label(this, {}, "trouble");
  trouble_->setObjectName("settingsTrouble");
  trouble_->hide();

  auto* const middle = new QWidget;
  middle->setMaximumWidth(fontMetrics().averageCharWidth() * 90);
  auto* const cards = new QVBoxLayout(middle);
  QVBoxLayout* features = nullptr;
  auto* const features_card = make_card(tr("Features"), features);
  features->addWidget(
      make_label(features_card,
                 tr("Each is a protocol of its own. A switch works at once; a feature is there "
                    "where both sides have it on."),
                 "hint"));
  features_ = new QVBoxLayout;
  features->addLayout(features_);
  for (QWidget* const card :
       {make_looks(), make_habits(), static_cast<QWidget*>(features_card), make_self()})
    cards->addWidget(card);
  cards->addStretch(1);
  auto* const centred = new QWidget(this);
  auto* const row = new QHBoxLayout(centred);
  row->addStretch(1);
  row->addWidget(middle, 100);
  row->addStretch(1);
  auto* const scroll = new QScrollArea(this);
  scroll->setObjectName("settingsScroll");
  scroll->setAccessibleName(tr("Settings"));
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(centred);
  auto* const whole = new QVBoxLayout(this);
  whole->setContentsMargins(kSide / 4, kSide / 2, kSide / 4, 0);
  whole->addLayout(top);
  whole->addWidget(trouble_);
  whole->addWidget(scroll, 1);
}

QWidget* SettingsPage::make_looks() {
  QVBoxLayout* rows = nullptr;
  QFrame* const card = make_card(tr("Looks"), rows);
  auto* const colours = new QComboBox(card);
  colours->setObjectName("themeChoice");
  colours->addItems({tr("As the desktop"), tr("Light"), tr("Dark"), tr("High contrast")});
  colours->setCurrentIndex(static_cast<int>(preferences_.theme_choice()));
  add_captioned(rows, tr("&Colours"), colours);
  connect(colours, &QComboBox::currentIndexChanged, this,
          [this](int index) { preferences_.set_theme_choice(static_cast<ThemeChoice>(index)); });
  auto* const language = new QComboBox(card);
  language->setObjectName("languageChoice");
  language->addItem(tr("As the desktop"), QString());
  language->addItem(QStringLiteral("English"), QStringLiteral("en"));
  language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
  language->setCurrentIndex(std::max(0, language->findData(preferences_.language())));
  add_captioned(rows, tr("&Language (from the next start on)"), language);
  connect(language, &QComboBox::currentIndexChanged, this,
          [this, language] { preferences_.set_language(language->currentData().toString()); });
  auto* const letters = new QComboBox(card);
  letters->setObjectName("lettersChoice");
  for (const int per_cent : {100, 125, 150, 175, 200})
    letters->addItem(tr("%1 %").arg(per_cent), per_cent);
  letters->setCurrentIndex(std::max(0, letters->findData(preferences_.letters())));
  add_captioned(rows, tr("Si&ze of the letters (from the next start on)"), letters);
  connect(letters, &QComboBox::currentIndexChanged, this,
          [this, letters] { preferences_.set_letters(letters->currentData().toInt()); });
  QCheckBox* const tabs =
      add_switch(rows, "tabsSwitch", tr("Conversations in &tabs"), preferences_.tabs());
  connect(tabs, &QCheckBox::toggled, &preferences_, &Preferences::set_tabs);
  return card;
}

QWidget* SettingsPage::make_habits() {
  QVBoxLayout* rows = nullptr;
  QFrame* const card = make_card(tr("Habits"), rows);
  connect(
      add_switch(rows, "notificationsSwitch", tr("&Notifications"), preferences_.notifications()),
      &QCheckBox::toggled, &preferences_, &Preferences::set_notifications);
  connect(add_switch(rows, "soundsSwitch", tr("&Sounds"), preferences_.sounds()),
          &QCheckBox::toggled, &preferences_, &Preferences::set_sounds);
  connect(add_switch(rows, "traySwitch", tr("Closing the window leaves Basic in the t&ray"),
                     preferences_.stay_in_tray()),
          &QCheckBox::toggled, &preferences_, &Preferences::set_stay_in_tray);
  auto* const away = new QSpinBox(card);
  away->setObjectName("awayAfter");
  away->setRange(0, 9999);
  away->setSpecialValueText(tr("never"));
  away->setSuffix(tr(" min"));
  away->setValue(preferences_.away_after());
  add_captioned(rows, tr("&Away by itself after so long without a key"), away);
  connect(away, &QSpinBox::valueChanged, &preferences_, &Preferences::set_away_after);
  return card;
}

QWidget* SettingsPage::make_self() {
  QVBoxLayout* rows = nullptr;
  QFrame* const card = make_card(tr("You"), rows);
  name_ = make_label(card, {}, "");
  name_->setObjectName("ownName");
  fingerprint_ = make_label(card, {}, "");
  fingerprint_->setObjectName("ownFingerprint");
  fingerprint_->setFont(fixed_font(font()));
  fingerprint_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  fingerprint_->setAccessibleName(tr("Your fingerprint"));
  nodes_ = make_label(card, {}, "hint");
  nodes_->setObjectName("nodes");
  rows->addWidget(name_);
  rows->addWidget(
      make_label(card, tr("The fingerprint of your key, for others to compare"), "hint"));
  rows->addWidget(fingerprint_);
  rows->addWidget(make_label(card, tr("Nodes of the table that answer"), "hint"));
  rows->addWidget(nodes_);
  return card;
}

void SettingsPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && back_) draw_icons();
}

void SettingsPage::draw_icons() {
  const int size = fontMetrics().height();
  back_->setIcon(symbol_icon(Symbol::back, theme().text, size));
  back_->setIconSize(QSize(size, size));
}

void SettingsPage::refresh() {
  trouble_->hide();
  bridge_.look(
      this, [](const Client& client) { return client.modules(); },
      [this](const std::vector<ModuleInfo>& modules) { show_features(modules); });
  bridge_.look(
      this, [](const Client& client) { return client.status(); },
      [this](const Client::Status& status) { show_self(status); });
}

void SettingsPage::show_self(const Client::Status& status) {
  name_->setText(qt(status.username));
  fingerprint_->setText(in_rows(qt(status.fingerprint)));
  QStringList lines;
  for (const openhash::NodeHealth& node : status.nodes) {
    if (!node.answering) continue;
    const double milliseconds = std::chrono::duration<double, std::milli>(node.latency).count();
    lines << tr("%1, %2 ms").arg(qt(node.endpoint), QLocale().toString(milliseconds, 'f', 1));
  }
  nodes_->setText(lines.isEmpty() ? tr("none") : lines.join('\n'));
}

void SettingsPage::show_features(const std::vector<ModuleInfo>& modules) {
  // Made anew, so the keyboard's place is found again by its name.
  const QWidget* const focused = focusWidget();
  const QString focused_name = focused ? focused->objectName() : QString();
  clear(features_);
  for (const ModuleInfo& module : modules) {
    features_->addSpacing(fontMetrics().height() / 2);
    const std::string name = module.name;
    QCheckBox* const box = add_switch(features_, "featureSwitch", titled(said(name)), module.on);
    box->setObjectName("feature-" + qt(name));
    box->setAccessibleDescription(said(module.purpose));
    box->setEnabled(!module.needed);
    connect(box, &QCheckBox::toggled, this, [this, name](bool on) { switch_feature(name, on); });
    features_->addWidget(make_label(this, said(module.purpose), "hint"));
    for (const Setting& setting : module.settings) {
      QWidget* const field = make_field(name, setting);
      field->setEnabled(module.on);
      if (setting.kind == Setting::Kind::on_off)
        features_->addWidget(field);
      else
        add_captioned(features_, said(setting.label), field);
    }
  }
  if (focused_name.isEmpty()) return;
  if (auto* const again = findChild<QWidget*>(focused_name)) again->setFocus();
}

QWidget* SettingsPage::make_field(const std::string& module, const Setting& setting) {
  const auto set = [this, module, key = setting.key](const std::string& value) {
    set_feature(module, key, value);
  };
  const QString id = "setting-" + qt(module) + "-" + qt(setting.key);
  switch (setting.kind) {
    case Setting::Kind::on_off: {
      auto* const box = make_switch(said(setting.label), this);
      box->setObjectName(id);
      box->setChecked(is_on(setting.value));
      connect(box, &QCheckBox::toggled, this, [set](bool on) { set(on_or_off(on)); });
      return box;
    }
    case Setting::Kind::number: {
      auto* const spin = new QSpinBox(this);
      spin->setObjectName(id);
      spin->setRange(static_cast<int>(setting.least), static_cast<int>(setting.most));
      spin->setValue(qt(setting.value).toInt());
      connect(spin, &QSpinBox::valueChanged, this,
              [set](int value) { set(std::to_string(value)); });
      return spin;
    }
    case Setting::Kind::choice: {
      auto* const combo = new QComboBox(this);
      combo->setObjectName(id);
      for (const std::string& choice : setting.choices) combo->addItem(qt(choice));
      combo->setCurrentText(qt(setting.value));
      connect(combo, &QComboBox::currentTextChanged, this,
              [set](const QString& value) { set(value.toStdString()); });
      return combo;
    }
    case Setting::Kind::text:
      break;
  }
  auto* const line = new QLineEdit(qt(setting.value), this);
  line->setObjectName(id);
  line->setMaxLength(static_cast<int>(setting.most));
  connect(line, &QLineEdit::editingFinished, this,
          [set, line] { set(line->text().toStdString()); });
  return line;
}

void SettingsPage::switch_feature(const std::string& module, bool on) {
  bridge_.ask(
      this, [module, on](Client& client) { return client.switch_module(module, on); },
      [this](const base::Result<void>& done) { answered(done); });
}

void SettingsPage::set_feature(const std::string& module, const std::string& key,
                               const std::string& value) {
  bridge_.ask(
      this,
      [module, key, value](Client& client) {
        return client.set_module_setting(module, key, value);
      },
      [this](const base::Result<void>& done) { answered(done); });
}

void SettingsPage::answered(const base::Result<void>& done) {
  // What stands there now, whether or not it took the change.
  refresh();
  if (done) return;
  trouble_->setText(sentence_said(done.error()));
  trouble_->show();
}

}  // namespace basic::gui
