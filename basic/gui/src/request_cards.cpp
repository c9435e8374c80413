#include "request_cards.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "roster_button.h"
#include "roster_flow.h"
#include "roster_label.h"

namespace basic::gui {
namespace {

/// The first two groups of five digits.
QString beginning(const QString& fingerprint) {
  constexpr int kGroups = 2;
  const QString part = fingerprint.section(QLatin1Char(' '), 0, kGroups - 1);
  return part == fingerprint ? part : part + QStringLiteral(" …");
}

QPushButton* make_button(QWidget* parent, const QString& text, const char* role,
                         const QString& object_name, const QString& whom) {
  auto* const button = new QPushButton(text, parent);
  button->setObjectName(object_name);
  button->setProperty("role", QLatin1String(role));
  button->setAccessibleName(QStringLiteral("%1, %2").arg(text, whom));
  return button;
}

}  // namespace

RequestCards::RequestCards(QWidget* parent)
    : QWidget(parent),
      layout_(new QVBoxLayout(this)),
      more_(make_label(QStringLiteral("moreRequests"), "hint", this)) {
  setObjectName(QStringLiteral("requestCards"));
  setAccessibleName(tr("Requests"));
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(fontMetrics().height() / 2);
  layout_->addWidget(more_);
  more_->setAlignment(Qt::AlignHCenter);
  hide();
}

void RequestCards::add(const QString& name, const QString& fingerprint) {
  if (std::ranges::find(requests_, name, &Request::name) != requests_.end()) return;
  if (requests_.size() >= kMostKept) return;
  requests_.push_back({name, fingerprint});
  show_cards();
}

void RequestCards::remove(const QString& name) {
  std::erase_if(requests_, [&name](const Request& request) { return request.name == name; });
  show_cards();
}

void RequestCards::clear() {
  requests_.clear();
  show_cards();
}

void RequestCards::show_cards() {
  const std::size_t shown = std::min(requests_.size(), kMostShown);
  std::erase_if(cards_, [&](const auto& card) {
    const auto end = requests_.begin() + static_cast<std::ptrdiff_t>(shown);
    if (std::find_if(requests_.begin(), end,
                     [&](const Request& request) { return request.name == card.first; }) != end)
      return false;
    card.second->hide();
    card.second->deleteLater();
    return true;
  });
  for (std::size_t i = cards_.size(); i < shown; ++i) {
    QWidget* const card = make_card(requests_[i]);
    cards_.emplace_back(requests_[i].name, card);
    layout_->insertWidget(static_cast<int>(i), card);
  }
  more_->setText(tr("and %n more", nullptr, static_cast<int>(requests_.size() - shown)));
  more_->setAccessibleName(more_->text());
  more_->setVisible(requests_.size() > shown);
  setVisible(!requests_.empty());
  emit resized();
}

QWidget* RequestCards::make_card(const Request& request) {
  const QString& name = request.name;
  auto* const card = new QFrame(this);
  card->setObjectName(QStringLiteral("request_%1").arg(name));
  card->setAccessibleName(tr("%1 wants to talk to you").arg(name));
  card->setProperty("role", "card");

  QLabel* const who = make_label(QStringLiteral("requestName"), "heading", card);
  who->setText(breakable(name));
  who->setAccessibleName(name);
  QLabel* const what = make_label(QStringLiteral("requestText"), "hint", card);
  what->setText(tr("wants to talk to you"));
  QLabel* const print = make_label(QStringLiteral("requestFingerprint"), "hint", card);
  print->setFont(fixed_font(font()));
  print->setText(beginning(request.fingerprint));
  print->setAccessibleName(tr("Fingerprint %1").arg(request.fingerprint));
  QPushButton* const whole =
      make_button(card, tr("Show whole"), "link", QStringLiteral("showFingerprint"), name);
  connect(whole, &QPushButton::clicked, this, [this, print, whole, all = request.fingerprint] {
    print->setText(all);
    whole->hide();
    emit resized();
  });

  QPushButton* const accept =
      make_button(card, tr("Accept"), "primary", QStringLiteral("acceptRequest"), name);
  QPushButton* const decline =
      make_button(card, tr("Decline"), "plain", QStringLiteral("declineRequest"), name);
  auto* const block = new SymbolButton(Symbol::block, &Theme::bad, QStringLiteral("blockRequest"),
                                       tr("Block %1").arg(name), card);
  connect(accept, &QPushButton::clicked, this, [this, name] { emit accepted(name); });
  connect(decline, &QPushButton::clicked, this, [this, name] { emit declined(name); });
  connect(block, &QToolButton::clicked, this, [this, name] { emit blocked(name); });

  const int gap = fontMetrics().height() / 2;
  auto* const layout = new QVBoxLayout(card);
  layout->setContentsMargins(gap * 3 / 2, gap * 3 / 2, gap * 3 / 2, gap * 3 / 2);
  layout->setSpacing(gap / 2);
  auto* const buttons = new FlowLayout(gap * 3 / 4);
  buttons->addWidget(accept);
  buttons->addWidget(decline);
  buttons->addWidget(block);
  auto* const numbers = new FlowLayout(gap);
  numbers->addWidget(print);
  numbers->addWidget(whole);
  layout->addWidget(who);
  layout->addWidget(what);
  layout->addLayout(numbers);
  layout->addSpacing(gap / 2);
  layout->addLayout(buttons);
  return card;
}

}  // namespace basic::gui
