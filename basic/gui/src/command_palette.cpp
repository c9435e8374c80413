#include "command_palette.h"

#include <QAbstractListModel>
#include <QAction>
#include <QFocusEvent>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "command_palette_match.h"
#include "command_palette_rows.h"
#include "theme.h"

namespace basic::gui {

/// The commands that match what is typed, the best first.
class CommandModel final : public QAbstractListModel {
 public:
  using QAbstractListModel::QAbstractListModel;

  void set_commands(std::vector<Command> commands) {
    commands_ = std::move(commands);
    texts_.clear();
    for (const Command& command : commands_) texts_.emplace_back(command.text);
    filter(QString());
  }
  void filter(const QString& typed) {
    beginResetModel();
    found_ = matching(typed, texts_);
    endResetModel();
  }
  [[nodiscard]] const Command& at(int row) const {
    return commands_[static_cast<std::size_t>(found_[static_cast<std::size_t>(row)])];
  }

  [[nodiscard]] int rowCount(const QModelIndex& parent) const override {
    return parent.isValid() ? 0 : static_cast<int>(found_.size());
  }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
    if (!index.isValid()) return {};
    const Command& command = at(index.row());
    if (role == Qt::DisplayRole) return command.text;
    if (role == RowDelegate::kKeys) return command.hint;
    if (role == Qt::ToolTipRole)  // for where it is shortened
      return QStringLiteral("<qt>%1</qt>").arg(command.text.toHtmlEscaped());
    if (role != Qt::AccessibleTextRole) return {};
    return command.hint.isEmpty() ? command.text : command.text + ", " + command.hint;
  }

 private:
  std::vector<Command> commands_;
  std::vector<Searchable> texts_;
  std::vector<int> found_;
};

namespace {

constexpr int kMostRows = 9;  // shown at a time
constexpr int kWidthInLetters = 56;

/// "&Add a buddy …" -> "Add a buddy"
QString plain_text(const QAction& action) {
  QString text = action.text();
  text.replace(QStringLiteral("&&"), QStringLiteral("\x01"));
  text.remove(QLatin1Char('&')).replace(QLatin1Char('\x01'), QLatin1Char('&'));
  while (text.endsWith(QChar(0x2026)) || text.endsWith(QLatin1Char('.')) || text.endsWith(' '))
    text.chop(1);
  return text;
}

}  // namespace

Command command_of(QAction* action) {
  return {plain_text(*action), action->shortcut().toString(QKeySequence::NativeText),
          [action = QPointer<QAction>(action)] {
            if (action && action->isEnabled()) action->trigger();
          }};
}

CommandPalette::CommandPalette(QWidget* parent) : QFrame(parent) {
  setObjectName("commandPalette");
  setAccessibleName(tr("Commands"));
  setProperty("role", "card");
  setAutoFillBackground(true);
  make_parts();
  connect(search_, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(list_, &QListView::clicked, this, [this](const QModelIndex& at) { run(at.row()); });
  search_->installEventFilter(this);
  parent->installEventFilter(this);
  hide();
}

void CommandPalette::make_parts() {
  search_ = new QLineEdit(this);
  search_->setObjectName("commandSearch");
  search_->setAccessibleName(tr("Find a command or a buddy"));
  search_->setPlaceholderText(tr("Command or buddy"));
  model_ = new CommandModel(this);
  list_ = new QListView(this);
  list_->setObjectName("commandList");
  list_->setAccessibleName(tr("Commands that match"));
  list_->setModel(model_);
  list_->setItemDelegate(new RowDelegate(RowDelegate::Narrow::words_only, list_));
  list_->setUniformItemSizes(true);
  list_->setFocusPolicy(Qt::NoFocus);  // the search field has it, and passes on the keys
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setFrameShape(QFrame::NoFrame);
  nothing_ = new QLabel(tr("Nothing matches"), this);
  nothing_->setObjectName("commandNothing");
  nothing_->setProperty("role", "hint");
  nothing_->setAlignment(Qt::AlignCenter);
  auto* const column = new QVBoxLayout(this);
  column->addWidget(search_);
  column->addWidget(list_, 1);
  column->addWidget(nothing_);
}

void CommandPalette::open(const QList<QAction*>& actions, const std::vector<Person>& people) {
  std::vector<Command> commands;
  for (QAction* const action : actions)
    if (action->isEnabled() && action->isVisible() && !action->text().isEmpty())
      commands.push_back(command_of(action));
  for (const Person& person : people)
    commands.push_back({tr("Talk with %1").arg(person.shown), {}, [this, name = person.name] {
                          emit talk_wanted(name);
                        }});
  model_->set_commands(std::move(commands));
  if (!isVisible()) focus_before_ = window()->focusWidget();
  search_->clear();
  filter(QString());
  cast_shadow();
  show();
  raise();
  search_->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::filter(const QString& typed) {
  model_->filter(typed);
  const bool some = model_->rowCount({}) > 0;
  list_->setVisible(some);
  nothing_->setVisible(!some);
  if (some) list_->setCurrentIndex(model_->index(0));
  step(0);
  place();
}

/// Keeps it apart from the texts below it. Where contrast is high, its frame does.
void CommandPalette::cast_shadow() {
  constexpr QColor kShade(0, 0, 0, 70);
  auto* const shadow = new QGraphicsDropShadowEffect(this);
  shadow->setBlurRadius(2 * fontMetrics().height());
  shadow->setOffset(0, fontMetrics().height() / 4.0);
  shadow->setColor(kShade);
  shadow->setEnabled(theme().kind != Theme::Kind::high_contrast);
  setGraphicsEffect(shadow);
}

/// In the middle at the top, as high as its rows ask for, and never beyond the window.
void CommandPalette::place() {
  const QSize room = parentWidget()->size();
  const int margin = fontMetrics().height() / 2;
  const int width =
      std::min(room.width() - 2 * margin, fontMetrics().averageCharWidth() * kWidthInLetters);
  const int rows = std::clamp(model_->rowCount({}), 1, kMostRows);
  const int row = std::max(list_->sizeHintForRow(0), fontMetrics().height());
  const QMargins around = layout()->contentsMargins();
  const int height = around.top() + search_->sizeHint().height() + layout()->spacing() +
                     rows * row + around.bottom() + 2 * frameWidth() + 2;
  const int top = 2 * margin;
  setGeometry((room.width() - width) / 2, top, width,
              std::min(height, room.height() - top - margin));
}

/// Moves the choice, and has it read out though the focus stays where one types.
void CommandPalette::step(int rows) {
  const int count = model_->rowCount({});
  if (count == 0) return search_->setAccessibleDescription(nothing_->text());
  const int row = std::clamp(list_->currentIndex().row() + rows, 0, count - 1);
  const QModelIndex index = model_->index(row);
  list_->setCurrentIndex(index);
  list_->scrollTo(index);
  search_->setAccessibleDescription(index.data(Qt::AccessibleTextRole).toString());
}

void CommandPalette::run(int row) {
  if (row < 0 || row >= model_->rowCount({})) return;
  const auto what = model_->at(row).run;
  close_again();
  what();
}

void CommandPalette::close_again() {
  if (!isVisible()) return;
  const QPointer<QWidget> before = std::exchange(focus_before_, nullptr);
  hide();
  if (before) before->setFocus(Qt::OtherFocusReason);
}

bool CommandPalette::key_pressed(int key) {
  switch (key) {
    case Qt::Key_Up:
      step(-1);
      return true;
    case Qt::Key_Down:
      step(1);
      return true;
    case Qt::Key_PageUp:
      step(-kMostRows);
      return true;
    case Qt::Key_PageDown:
      step(kMostRows);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      run(list_->currentIndex().row());
      return true;
    case Qt::Key_Escape:
      close_again();
      return true;
    default:
      return false;
  }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
  if (watched != search_) return QFrame::eventFilter(watched, event);
  if (event->type() == QEvent::KeyPress) return key_pressed(static_cast<QKeyEvent*>(event)->key());
  if (event->type() == QEvent::FocusOut && isVisible()) {
    const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
    // Its own menu, and a look at another window, leave it open.
    if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason) {
      focus_before_ = nullptr;  // whoever took the focus keeps it
      close_again();
    }
  }
  return false;
}

}  // namespace basic::gui
