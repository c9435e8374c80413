#include "emoji_picker.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "emoji_data.h"
#include "theme.h"

namespace basic::gui {
namespace {

constexpr int kColumns = 8;
constexpr int kRows = 6;

int cell_side(const QFontMetrics& metrics) { return metrics.height() * 3 / 2; }

bool matches(const QString& name, const QStringList& words) {
  const QStringList parts = name.split(' ');
  return std::ranges::all_of(words, [&parts](const QString& word) {
    return std::ranges::any_of(
        parts, [&word](const QString& part) { return part.startsWith(word, Qt::CaseInsensitive); });
  });
}

/// A soft square behind the current one.
class EmojiDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    painter->save();
    const bool current = option.state.testFlag(QStyle::State_Selected);
    if (current || option.state.testFlag(QStyle::State_MouseOver)) {
      painter->setRenderHint(QPainter::Antialiasing);
      painter->setPen(Qt::NoPen);
      painter->setBrush(current ? theme().selected : theme().hover);
      const qreal radius = option.rect.height() * 0.2;
      painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), radius, radius);
    }
    painter->setFont(option.font);
    painter->setPen(theme().text);
    painter->drawText(option.rect, Qt::AlignCenter, index.data().toString());
    painter->restore();
  }
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                               const QModelIndex& /*index*/) const override {
    const int side = cell_side(option.fontMetrics);
    return {side, side};
  }
};

}  // namespace

EmojiModel::EmojiModel(QObject* parent) : QAbstractListModel(parent) { search({}); }

void EmojiModel::search(const QString& words) {
  const QStringList wanted = words.simplified().split(' ', Qt::SkipEmptyParts);
  beginResetModel();
  shown_.clear();
  int index = 0;
  for (const Emoji& emoji : common_emoji()) {
    if (matches(QString::fromUtf8(emoji.name), wanted)) shown_.push_back(index);
    ++index;
  }
  endResetModel();
}

int EmojiModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

QVariant EmojiModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const auto which = static_cast<std::size_t>(shown_[static_cast<std::size_t>(index.row())]);
  const Emoji& emoji = common_emoji()[which];
  switch (role) {
    case Qt::DisplayRole:
      return QString::fromUtf8(emoji.letters);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
      return QString::fromUtf8(emoji.name);
    default:
      return {};
  }
}

EmojiPicker::EmojiPicker(QWidget* parent)
    : QFrame(parent, Qt::Popup),
      model_(new EmojiModel(this)),
      search_(new QLineEdit(this)),
      list_(new QListView(this)) {
  setObjectName(QStringLiteral("emojiPicker"));
  setAccessibleName(tr("Emoji"));
  setProperty("role", "popover");
  setAttribute(Qt::WA_DeleteOnClose);
  search_->setObjectName(QStringLiteral("emojiSearch"));
  search_->setAccessibleName(tr("Search emoji by name"));
  search_->setPlaceholderText(tr("Search"));
  search_->installEventFilter(this);
  list_->setObjectName(QStringLiteral("emojiList"));
  list_->setAccessibleName(tr("Emoji found"));
  list_->setModel(model_);
  list_->setViewMode(QListView::IconMode);
  list_->setMovement(QListView::Static);
  list_->setResizeMode(QListView::Adjust);
  list_->setUniformItemSizes(true);
  list_->setItemDelegate(new EmojiDelegate(list_));
  list_->setMouseTracking(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->installEventFilter(this);
  QFont font = list_->font();
  font.setPointSizeF(font.pointSizeF() * 1.5);
  list_->setFont(font);
  const int cell = cell_side(QFontMetrics(font));
  list_->setGridSize(QSize(cell, cell));
  list_->setFixedSize(cell * kColumns + fontMetrics().height(), cell * kRows);
  auto* const rows = new QVBoxLayout(this);
  const int gap = fontMetrics().height() / 2;
  rows->setContentsMargins(gap, gap, gap, gap);
  rows->setSpacing(gap);
  rows->addWidget(search_);
  rows->addWidget(list_);
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& words) {
    model_->search(words);
    list_->setCurrentIndex(model_->index(0));
  });
  connect(list_, &QListView::clicked, this, &EmojiPicker::pick);
  list_->setCurrentIndex(model_->index(0));
  search_->setFocus();
}

void EmojiPicker::show_above(const QWidget* button) {
  adjustSize();
  const QRect room = button->screen()->availableGeometry();
  const QPoint above = button->mapToGlobal(QPoint(0, -height()));
  move(std::clamp(above.x(), room.left(), std::max(room.left(), room.right() - width())),
       std::max(room.top(), above.y()));
  show();
}

void EmojiPicker::pick(const QModelIndex& index) {
  if (!index.isValid()) return;
  emit picked(index.data().toString());
  close();
}

/// Arrows go to the list and letters to the search, whichever has the focus.
bool EmojiPicker::eventFilter(QObject* object, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(object, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  if (key == Qt::Key_Return || key == Qt::Key_Enter) {
    pick(list_->currentIndex());
    return true;
  }
  if (object == search_ && (key == Qt::Key_Down || key == Qt::Key_Up)) {
    list_->setFocus();
    return true;
  }
  if (object == list_ && !static_cast<QKeyEvent*>(event)->text().trimmed().isEmpty()) {
    search_->setFocus();
    search_->insert(static_cast<QKeyEvent*>(event)->text());
    return true;
  }
  return QFrame::eventFilter(object, event);
}

}  // namespace basic::gui
