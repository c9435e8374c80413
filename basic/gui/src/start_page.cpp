#include "start_page.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>
#include <cmath>

#include "base/secret.h"
#include "core_words.h"
#include "ohim/errc.h"
#include "ohim/password_strength.h"
#include "paint.h"
#include "words.h"
#include "wrapped.h"

namespace basic::gui {
namespace {

constexpr int kLongestName = 32;
constexpr int kLongestPassword = 1024;
constexpr int kBarSteps = 100;
constexpr int kWidestInLetters = 62;

QLabel* make_label(QWidget* parent, const char* name, const char* role) {
  auto* const label = new QLabel(parent);
  label->setObjectName(name);
  label->setProperty("role", role);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  return label;
}

QLineEdit* make_field(QWidget* parent, const char* name, int longest) {
  auto* const field = new QLineEdit(parent);
  field->setObjectName(name);
  field->setMaxLength(longest);
  return field;
}

QLabel* make_caption(const QString& text, QLineEdit* field) {
  auto* const caption = new QLabel(text, field->parentWidget());
  caption->setBuddy(field);
  caption->setWordWrap(true);
  QString plain = text;
  field->setAccessibleName(plain.remove('&'));
  return caption;
}

void restyle(QWidget* widget, const char* role) {
  widget->setProperty("role", role);
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
}

}  // namespace

StartPage::StartPage(Bridge& bridge, QWidget* parent) : QWidget(parent), bridge_(bridge) {
  setObjectName("startPage");
  setProperty("role", "page");
  build();
  connect(name_, &QLineEdit::textEdited, this, &StartPage::judge);
  connect(password_, &QLineEdit::textEdited, this, &StartPage::judge);
  for (QLineEdit* const field : {name_, password_, again_})
    connect(field, &QLineEdit::returnPressed, this, &StartPage::submit);
  connect(submit_, &QPushButton::clicked, this, &StartPage::submit);
  connect(other_, &QPushButton::clicked, this, [this] { register_instead(!registering_); });
  connect(visible_, &QCheckBox::toggled, this, [this](bool on) {
    for (QLineEdit* const field : {password_, again_})
      field->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
  });
  connect(&bridge_, &Bridge::progressed, this, [this](ohim::Progress progress) {
    if (busy_) step_->setText(words(progress));
  });
  register_instead(false);
}

void StartPage::build() {
  auto* const card = card_ = new QFrame(this);
  card->setProperty("role", "card");
  card->setMaximumWidth(fontMetrics().averageCharWidth() * kWidestInLetters);
  auto* const mark = new QLabel(card);
  mark->setPixmap(app_icon().pixmap(56, 56));
  mark->setAccessibleName(QStringLiteral("Basic"));
  title_ = make_label(card, "startTitle", "title");
  hint_ = make_label(card, "startHint", "hint");
  name_ = make_field(card, "nameField", kLongestName);
  name_->setInputMethodHints(Qt::ImhLowercaseOnly | Qt::ImhNoPredictiveText);
  password_ = make_field(card, "passwordField", kLongestPassword);
  password_->setEchoMode(QLineEdit::Password);
  again_ = make_field(card, "passwordAgainField", kLongestPassword);
  again_->setEchoMode(QLineEdit::Password);
  auto* const name_label = make_caption(tr("&Username"), name_);
  auto* const password_label = make_caption(tr("&Password"), password_);
  again_label_ = make_caption(tr("Password &again"), again_);
  visible_ = new Wrapped<QCheckBox>(tr("&Show the password"), card);
  visible_->setObjectName("showPassword");
  visible_->setAccessibleName(tr("Show the password"));
  strength_ = new QProgressBar(card);
  strength_->setObjectName("passwordStrength");
  strength_->setAccessibleName(tr("Strength of the password"));
  strength_->setRange(0, kBarSteps);
  strength_->setTextVisible(false);
  verdict_ = make_label(card, "passwordVerdict", "hint");
  trouble_ = make_label(card, "startTrouble", "trouble");
  progress_ = new QProgressBar(card);
  progress_->setObjectName("startProgress");
  progress_->setAccessibleName(tr("Progress"));
  progress_->setRange(0, 0);
  progress_->setTextVisible(false);
  step_ = make_label(card, "startStep", "hint");
  submit_ = new Wrapped<QPushButton>(card);
  submit_->setObjectName("startSubmit");
  submit_->setProperty("role", "primary");
  other_ = new Wrapped<QPushButton>(card);
  other_->setObjectName("startOther");
  other_->setProperty("role", "link");

  auto* const rows = new QVBoxLayout(card);
  const int gap = fontMetrics().height();
  rows->addWidget(mark, 0, Qt::AlignHCenter);
  title_->setAlignment(Qt::AlignHCenter);
  hint_->setAlignment(Qt::AlignHCenter);
  for (QWidget* const widget : std::initializer_list<QWidget*>{
           title_, hint_, name_label, name_, password_label, password_, strength_, verdict_,
           again_label_, again_, visible_, trouble_, progress_, step_, submit_, other_})
    rows->addWidget(widget);
  for (QWidget* const begins :
       std::initializer_list<QWidget*>{name_label, password_label, again_label_})
    begins->setContentsMargins(0, gap / 2, 0, 0);
  rows->insertSpacing(rows->indexOf(submit_), gap / 2);

  // Small windows and large fonts scroll.
  auto* const middle = new QWidget(this);
  auto* const centred = new QVBoxLayout(middle);
  centred->addStretch(1);
  auto* const row = new QHBoxLayout;
  row->addStretch(1);
  row->addWidget(card, 100);
  row->addStretch(1);
  centred->addLayout(row);
  centred->addStretch(2);
  auto* const scroll = new QScrollArea(this);
  scroll->setObjectName("startScroll");
  scroll->setAccessibleName(tr("Sign on or register"));
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(middle);
  auto* const whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(scroll);
}

/// In a narrow window the letters have the room.
void StartPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int gap = fontMetrics().height();
  const bool narrow = width() < fontMetrics().averageCharWidth() * kWidestInLetters;
  const int side = narrow ? gap / 2 : 2 * gap;
  card_->layout()->setContentsMargins(side, 2 * gap, side, 2 * gap);
}

void StartPage::set_name(const QString& name) { name_->setText(name); }

void StartPage::focus_first() { (name_->text().isEmpty() ? name_ : password_)->setFocus(); }

void StartPage::clear() {
  password_->clear();
  again_->clear();
  trouble_->hide();
  set_busy(false);
  judge();
}

void StartPage::register_instead(bool registering) {
  registering_ = registering;
  title_->setText(registering ? tr("Choose a name") : tr("Sign on"));
  hint_->setText(registering
                     ? tr("Nobody has to allow it, and nobody can take it away. There is no "
                          "way to reset a password, so choose one that you will know.")
                     : tr("Your name and password are all you need, on any machine."));
  submit_->setText(registering ? tr("&Register") : tr("&Sign on"));
  submit_->setAccessibleName(registering ? tr("Register") : tr("Sign on"));
  other_->setText(registering ? tr("I have a name a&lready") : tr("I am &new here"));
  other_->setAccessibleName(registering ? tr("I have a name already") : tr("I am new here"));
  again_->setVisible(registering);
  again_label_->setVisible(registering);
  trouble_->hide();
  set_busy(false);
  judge();
  focus_first();
}

void StartPage::judge() {
  const bool shown = registering_ && !password_->text().isEmpty();
  strength_->setVisible(shown);
  verdict_->setVisible(shown);
  if (!shown) return;
  using Verdict = ohim::PasswordStrength::Verdict;
  const auto strength = ohim::password_strength(name_->text().toStdString(), *password());
  const double share = strength.needed > 0 ? strength.bits / strength.needed : 0;
  const char* role = share >= 1 ? "strong" : share >= 0.6 ? "fair" : "weak";
  QString said;
  switch (strength.verdict) {
    case Verdict::too_short:
      said = tr("Too short: at least 8 characters.");
      break;
    case Verdict::too_long:
      said = tr("Too long: at most 1024 bytes.");
      break;
    case Verdict::unusable:
      said = tr("It has characters that not every keyboard can type.");
      break;
    case Verdict::guessable:
      said = tr("Easy to guess: about %1 bits of the %2 needed. Four or five words that have "
                "nothing to do with each other will do, and are easy to keep.")
                 .arg(std::lround(strength.bits))
                 .arg(std::lround(std::ceil(strength.needed)));
      break;
    case Verdict::enough:
      said = strength.bits >= 1.4 * strength.needed ? tr("Strong.") : tr("Good enough.");
      break;
  }
  strength_->setValue(static_cast<int>(std::min(share / 1.4, 1.0) * kBarSteps));
  restyle(strength_, role);
  verdict_->setText(said);
  strength_->setAccessibleDescription(said);
}

std::shared_ptr<base::Secret> StartPage::password() const {
  QByteArray bytes = password_->text().toUtf8();
  auto secret = std::make_shared<base::Secret>(
      base::Secret::copy_of({reinterpret_cast<const std::uint8_t*>(bytes.constData()),
                             static_cast<std::size_t>(bytes.size())}));
  base::wipe(
      {reinterpret_cast<std::uint8_t*>(bytes.data()), static_cast<std::size_t>(bytes.size())});
  return secret;
}

void StartPage::submit() {
  if (busy_) return;
  const QString name = name_->text();
  if (name.isEmpty()) return complain(tr("Type your username."), name_);
  if (const auto parsed = ohim::Name::parse(name.toStdString()); !parsed)
    return complain(start_trouble(parsed.error(), registering_), name_);
  if (password_->text().isEmpty()) return complain(tr("Type your password."), password_);
  if (!registering_) return do_sign_on(false);
  const auto strength = ohim::password_strength(name.toStdString(), *password());
  if (strength.verdict != ohim::PasswordStrength::Verdict::enough)
    return complain(tr("That password will not do: see what stands below it."), password_);
  if (again_->text() != password_->text())
    return complain(again_->text().isEmpty() ? tr("Type the password a second time.")
                                             : tr("The two passwords differ."),
                    again_);
  do_register();
}

void StartPage::do_register() {
  set_busy(true, words(ohim::Progress::hashing_password));
  bridge_.ask(
      this,
      [name = name_->text().toStdString(), password = password(), progress = bridge_.on_progress()](
          Client& client) { return client.register_user(name, password->duplicate(), progress); },
      [this](base::Result<std::string> done) {
        if (!done) return failed(done.error());
        do_sign_on(true);
      });
}

void StartPage::do_sign_on(bool registered) {
  set_busy(true, words(ohim::Progress::done));
  bridge_.ask(
      this,
      [name = name_->text().toStdString(), password = password()](Client& client) {
        return client.sign_on(name, password->duplicate());
      },
      [this, registered](base::Result<std::string> fingerprint) {
        if (!fingerprint) return failed(fingerprint.error());
        const QString name = name_->text();
        clear();
        emit signed_on(name, qt(*fingerprint), registered);
      });
}

void StartPage::failed(const base::Error& error) {
  const bool password_is_wrong = error == make_error_code(ohim::Errc::wrong_password);
  set_busy(false);
  complain(start_trouble(error, registering_), password_is_wrong ? password_ : name_);
}

void StartPage::complain(const QString& sentence, QLineEdit* where) {
  trouble_->setText(sentence);
  trouble_->show();
  where->setFocus();
  where->selectAll();
}

void StartPage::set_busy(bool busy, const QString& step) {
  busy_ = busy;
  for (QWidget* const widget :
       std::initializer_list<QWidget*>{name_, password_, again_, visible_, submit_, other_})
    widget->setEnabled(!busy);
  if (busy) trouble_->hide();
  progress_->setVisible(busy);
  step_->setVisible(busy);
  step_->setText(step);
}

QString start_trouble(const base::Error& error, bool registering) {
  if (error == make_error_code(ohim::Errc::wrong_password))
    return StartPage::tr("That is not the password of this name.");
  if (error == make_error_code(ohim::Errc::no_such_user))
    return StartPage::tr(
        "Nobody has registered this name. Is it spelled right? If you want it, "
        "choose “I am new here”.");
  if (error == make_error_code(ohim::Errc::name_taken))
    return StartPage::tr("This name belongs to somebody already. Choose another one.");
  if (error == make_error_code(ohim::Errc::name_invalid))
    return StartPage::tr(
        "A name has 3 to 32 characters: small letters a to z, digits, dot, dash "
        "and underscore, and begins with a letter.");
  if (error == make_error_code(ohim::Errc::store_unavailable))
    return registering ? StartPage::tr(
                             "No node answers, so no name can be claimed at the moment. "
                             "Is this machine connected? Nothing is lost; try again.")
                       : StartPage::tr(
                             "No node answers at the moment. Is this machine connected? "
                             "Nothing is lost; try again.");
  return sentence_said(error);
}

}  // namespace basic::gui
