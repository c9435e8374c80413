#include "own_header.h"

#include <QAction>
#include <QActionGroup>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionFrame>
#include <QStylePainter>
#include <QToolButton>

#include "core_words.h"
#include "paint.h"
#include "roster_button.h"
#include "roster_label.h"
#include "words.h"

namespace basic::gui {

/// Her avatar with her presence at its corner.
class OwnHeader::Picture final : public QWidget {
 public:
  explicit Picture(QWidget* parent) : QWidget(parent) {
    const int side = qRound(fontMetrics().height() * 2.5);
    setFixedSize(side, side);
  }
  void set(const QString& name, Presence presence) {
    name_ = name;
    presence_ = presence;
    update();
  }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    if (name_.isEmpty()) return;
    QPainter painter(this);
    const qreal side = width() - 2.0;
    paint_avatar(painter, QRectF(0, 0, side, side), name_, name_);
    const qreal dot = std::round(side * 0.44);
    const qreal left = layoutDirection() == Qt::LeftToRight ? width() - dot : 0;
    paint_presence(painter, QRectF(left, height() - dot, dot, dot), presence_, theme().surface);
  }

 private:
  QString name_;
  Presence presence_ = Presence::offline;
};

/// A field that looks like a label until it is used, and is cut with dots like one.
class OwnHeader::Words final : public QLineEdit {
 public:
  using QLineEdit::QLineEdit;

 protected:
  void paintEvent(QPaintEvent* event) override {
    if (hasFocus() || text().isEmpty()) return QLineEdit::paintEvent(event);
    QStylePainter painter(this);
    QStyleOptionFrame option;
    initStyleOption(&option);
    painter.drawPrimitive(QStyle::PE_PanelLineEdit, option);
    constexpr int kInside = 2;  // as QLineEdit has it
    const QRect box = style()
                          ->subElementRect(QStyle::SE_LineEditContents, &option, this)
                          .adjusted(kInside, 0, -kInside, 0);
    painter.setPen(theme().subtle);
    painter.drawText(box, int(Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine),
                     fontMetrics().elidedText(text(), Qt::ElideRight, box.width()));
  }
};

namespace {

/// How she is, and a mark that there is more to choose from.
QIcon choice_icon(Presence presence, int size) {
  constexpr int kScale = 2;
  QPixmap pixmap(size * 8 / 5 * kScale, size * kScale);
  pixmap.setDevicePixelRatio(kScale);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  paint_presence(painter, QRectF(0, 0, size, size), presence, theme().surface);
  painter.setPen(QPen(theme().subtle, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const QPointF middle(size * 1.32, size / 2.0);
  const qreal r = size * 0.2;
  painter.drawPolyline(QPolygonF(
      {middle + QPointF(-r, -r / 2), middle + QPointF(0, r / 2), middle + QPointF(r, -r / 2)}));
  painter.end();
  return pixmap;
}

}  // namespace

OwnHeader::OwnHeader(Bridge& bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      picture_(new Picture(this)),
      name_(new ElidedLabel(this)),
      words_(new Words(this)),
      trouble_(make_label(QStringLiteral("ownWordsTrouble"), "trouble", this)),
      state_button_(new QToolButton(this)),
      menu_button_(new SymbolButton(Symbol::menu, &Theme::text, QStringLiteral("menuButton"),
                                    tr("Menu"), this)),
      states_(new QActionGroup(this)) {
  setObjectName(QStringLiteral("ownHeader"));
  setAccessibleName(tr("You"));
  picture_->setObjectName(QStringLiteral("ownPicture"));
  picture_->setAccessibleName(tr("Your picture"));
  name_->setObjectName(QStringLiteral("ownName"));
  name_->setProperty("role", "heading");
  words_->setObjectName(QStringLiteral("ownWords"));
  words_->setAccessibleName(tr("Your own words"));
  words_->setPlaceholderText(tr("What’s up?"));
  words_->setProperty("role", "quiet");
  words_->installEventFilter(this);
  state_button_->setObjectName(QStringLiteral("statusButton"));
  state_button_->setPopupMode(QToolButton::InstantPopup);
  state_button_->setProperty("role", "choice");
  trouble_->hide();
  build_menu();
  lay_out();
  draw_icons();
  connect(words_, &QLineEdit::textEdited, this, &OwnHeader::look_at_words);
  connect(words_, &QLineEdit::editingFinished, this, &OwnHeader::commit_words);
  connect(menu_button_, &QToolButton::clicked, this, [this] {
    emit menu_wanted(menu_button_->mapToGlobal(menu_button_->rect().bottomLeft()));
  });
}

void OwnHeader::build_menu() {
  auto* const menu = new QMenu(state_button_);
  menu->setObjectName(QStringLiteral("statusMenu"));
  menu->setAccessibleName(tr("How you are shown"));
  for (const Show show : {Show::online, Show::away, Show::busy, Show::invisible}) {
    QAction* const action = menu->addAction(words(show));
    action->setObjectName(QStringLiteral("status_%1").arg(static_cast<int>(show)));
    action->setCheckable(true);
    action->setData(static_cast<int>(show));
    states_->addAction(action);
  }
  connect(states_, &QActionGroup::triggered, this, [this](const QAction* action) {
    ask_status(static_cast<Show>(action->data().toInt()), qt(status_.text));
  });
  state_button_->setMenu(menu);
}

void OwnHeader::lay_out() {
  auto* const layout = new QGridLayout(this);
  const int gap = fontMetrics().height() / 2;
  layout->setContentsMargins(gap + gap / 2, gap * 3 / 2, gap, gap);
  layout->setHorizontalSpacing(gap / 2);
  layout->setVerticalSpacing(0);
  layout->addWidget(picture_, 0, 0, 2, 1, Qt::AlignTop);
  layout->setColumnMinimumWidth(1, gap / 2);
  layout->addWidget(name_, 0, 2);
  layout->addWidget(state_button_, 0, 3);
  layout->addWidget(menu_button_, 0, 4);
  layout->addWidget(words_, 1, 2, 1, 3);
  layout->addWidget(trouble_, 2, 2, 1, 3);
  layout->setColumnStretch(2, 1);
  constexpr int kInside = 7;  // as the words in the field have it
  name_->setIndent(kInside);
  trouble_->setContentsMargins(kInside, 0, 0, 0);
}

void OwnHeader::draw_icons() {
  const int size = fontMetrics().height() + 2;
  for (QAction* const action : states_->actions()) {
    const auto show = static_cast<Show>(action->data().toInt());
    action->setIcon(presence_icon(presence_of(show), size));
  }
  state_button_->setIcon(choice_icon(presence(), size));
  state_button_->setIconSize(QSize(size * 8 / 5, size));
}

Presence OwnHeader::presence() const {
  if (!status_.signed_on) return Presence::offline;
  if (line_cut_) return Presence::unknown;
  return status_.idle ? Presence::away : presence_of(status_.show);
}

void OwnHeader::show_status(const Client::Status& status) {
  status_ = status;
  name_->set_words(qt(status.username));
  if (!words_->isModified()) {
    words_->setText(qt(status.text));
    words_->setCursorPosition(0);
  }
  picture_->set(qt(status.username), presence());
  for (QAction* const action : states_->actions()) {
    const bool chosen = action->data().toInt() == static_cast<int>(status.show);
    action->setChecked(chosen);
    QFont letters = font();
    letters.setBold(chosen);  // a menu shows the icon in place of the check mark
    action->setFont(letters);
  }
  const QString chosen = status.idle ? tr("away, since you do nothing here") : words(status.show);
  const QString state = presence() == Presence::unknown
                            ? tr("%1, but your line is cut: nobody sees it").arg(chosen)
                            : chosen;
  state_button_->setAccessibleName(tr("Your status: %1").arg(state));
  state_button_->setToolTip(state_button_->accessibleName());
  draw_icons();
}

void OwnHeader::set_line_cut(bool cut) {
  if (std::exchange(line_cut_, cut) != cut) show_status(Client::Status(status_));
}

void OwnHeader::clear() {
  words_->setModified(false);
  say({});
  show_status({});
}

// --- her own words -------------------------------------------------------------------------------

void OwnHeader::look_at_words() {
  const qsizetype over = words_->text().toUtf8().size() - static_cast<qsizetype>(kMaxStatusText);
  say(over > 0 ? tr("Too long by %n bytes: there is room for %1.", nullptr, static_cast<int>(over))
                     .arg(kMaxStatusText)
               : QString());
}

void OwnHeader::commit_words() {
  const QString words = words_->text().trimmed();
  if (words.toUtf8().size() > static_cast<qsizetype>(kMaxStatusText)) return;  // it says so
  if (!words_->isModified()) return;
  words_->setModified(false);
  words_->setCursorPosition(0);
  if (words != qt(status_.text)) ask_status(status_.show, words);
}

void OwnHeader::ask_status(Show show, const QString& words) {
  bridge_.ask(
      this,
      [show, text = words.toStdString()](Client& client) { return client.set_status(show, text); },
      [this](const base::Result<void>& done) {
        say(done ? QString() : sentence_said(done.error()));
        bridge_.look(
            this, [](Client& client) { return client.status(); },
            [this](const Client::Status& status) { show_status(status); });
      });
}

void OwnHeader::say(const QString& trouble) {
  trouble_->setText(trouble);
  trouble_->setAccessibleName(trouble);
  trouble_->setVisible(!trouble.isEmpty());
}

bool OwnHeader::eventFilter(QObject* object, QEvent* event) {
  if (object == words_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape && words_->isModified()) {
      words_->setText(qt(status_.text));
      words_->setModified(false);
      say({});
      return true;
    }
  }
  return QWidget::eventFilter(object, event);
}

void OwnHeader::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) draw_icons();
}

}  // namespace basic::gui
