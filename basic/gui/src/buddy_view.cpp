#include "buddy_view.h"

#include <QContextMenuEvent>
#include <QDrag>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>

#include "buddy_model.h"

namespace basic::gui {

BuddyView::BuddyView(QWidget* parent) : QTreeView(parent) {
  setObjectName(QStringLiteral("buddyList"));
  setAccessibleName(tr("Buddies"));
  setHeaderHidden(true);
  setIndentation(0);
  setRootIsDecorated(false);
  setExpandsOnDoubleClick(false);
  setEditTriggers(EditKeyPressed);
  setSelectionMode(SingleSelection);
  setVerticalScrollMode(ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setDragDropMode(DragDrop);
  setDefaultDropAction(Qt::MoveAction);
  setDragDropOverwriteMode(true);  // dropped on rows, never between them
  setDropIndicatorShown(true);     // without it Qt takes drops for the list only, not for its rows
  setAutoScroll(true);
  setMouseTracking(true);
  viewport()->setAttribute(Qt::WA_Hover);
  rest_.setSingleShot(true);
  connect(&rest_, &QTimer::timeout, this, [this] { emit aiming(false); });
  connect(this, &QTreeView::clicked, this, &BuddyView::click);
  connect(this, &QTreeView::expanded, [this](const auto& group) { note_fold(group, false); });
  connect(this, &QTreeView::collapsed, [this](const auto& group) { note_fold(group, true); });
}

void BuddyView::setModel(QAbstractItemModel* model) {
  QTreeView::setModel(model);
  connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& parent) {
    if (!parent.isValid()) apply_folds();
  });
  apply_folds();
}

QString BuddyView::current_name() const {
  return currentIndex().data(BuddyModel::kNameRole).toString();
}

// --- folds ---------------------------------------------------------------------------------------

void BuddyView::set_searching(bool searching) {
  searching_ = searching;
  apply_folds();
}

void BuddyView::set_folds(const QSet<QString>& folds) {
  folds_ = folds;
  apply_folds();
}

void BuddyView::apply_folds() {
  applying_ = true;
  for (int row = 0; row < model()->rowCount(); ++row) {
    const QModelIndex group = model()->index(row, 0);
    const bool folded = folds_.contains(group.data(BuddyModel::kFoldRole).toString());
    setExpanded(group, searching_ || !folded);
  }
  applying_ = false;
}

void BuddyView::note_fold(const QModelIndex& group, bool folded) {
  if (applying_ || searching_) return;
  const QString key = group.data(BuddyModel::kFoldRole).toString();
  if (folds_.contains(key) == folded) return;
  if (folded) folds_.insert(key);
  if (!folded) folds_.remove(key);
  emit folds_changed();
}

void BuddyView::toggle(const QModelIndex& group) { setExpanded(group, !isExpanded(group)); }

// --- keys and mouse ------------------------------------------------------------------------------

void BuddyView::go_to_first() {
  for (QModelIndex row = model()->index(0, 0); row.isValid(); row = indexBelow(row)) {
    if (row.data(BuddyModel::kNameRole).toString().isEmpty()) continue;
    setCurrentIndex(row);
    return;
  }
}

void BuddyView::rename(const QString& name) {
  if (current_name() == name) edit(currentIndex());
}

void BuddyView::keyPressEvent(QKeyEvent* event) {
  const QModelIndex row = currentIndex();
  const QString name = current_name();
  const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (plain && (enter || event->key() == Qt::Key_Space) && row.isValid()) {
    if (enter || name.isEmpty()) click(row);
    return;
  }
  if (plain && event->key() == Qt::Key_Delete && !name.isEmpty()) {
    emit remove_wanted(name);
    return;
  }
  if (plain && event->key() == Qt::Key_Up && (!row.isValid() || !indexAbove(row).isValid())) {
    emit left_upwards();
    return;
  }
  QTreeView::keyPressEvent(event);
}

void BuddyView::keyboardSearch(const QString& text) {
  if (!text.trimmed().isEmpty()) emit typed(text);
}

void BuddyView::click(const QModelIndex& row) {
  const QString name = row.data(BuddyModel::kNameRole).toString();
  if (name.isEmpty()) return toggle(row);
  if (!row.data(BuddyModel::kBlockedRole).toBool()) emit opened(name);
}

void BuddyView::contextMenuEvent(QContextMenuEvent* event) {
  const bool by_key = event->reason() == QContextMenuEvent::Keyboard;
  const QModelIndex row = by_key ? currentIndex() : indexAt(event->pos());
  const QString name = row.data(BuddyModel::kNameRole).toString();
  if (name.isEmpty()) return;
  setCurrentIndex(row);
  const QPoint at = by_key ? visualRect(row).center() : event->pos();
  emit menu_wanted(name, viewport()->mapToGlobal(at));
}

void BuddyView::note_pointer(const QEvent& event) {
  constexpr auto kLongEnoughToClick = std::chrono::seconds(3);
  if (event.type() == QEvent::MouseMove || event.type() == QEvent::Enter) {
    if (!rest_.isActive()) emit aiming(true);
    rest_.start(kLongEnoughToClick);
  } else if (event.type() == QEvent::Leave) {
    rest_.stop();
    emit aiming(false);
  }
}

bool BuddyView::viewportEvent(QEvent* event) {
  note_pointer(*event);
  if (event->type() != QEvent::ToolTip) return QTreeView::viewportEvent(event);
  const QModelIndex row = indexAt(static_cast<QHelpEvent*>(event)->pos());
  const QString name = row.data(BuddyModel::kNameRole).toString();
  if (!name.isEmpty()) {
    const QRect box = visualRect(row);
    emit explanation_wanted(name, QRect(viewport()->mapToGlobal(box.topLeft()), box.size()));
  }
  return true;
}

void BuddyView::startDrag(Qt::DropActions actions) {
  const QModelIndex row = currentIndex();
  QMimeData* const what = model()->mimeData({row});
  if (!what) return;
  const QRect box = visualRect(row);
  auto* const drag = new QDrag(this);
  drag->setMimeData(what);
  drag->setPixmap(viewport()->grab(box));
  drag->setHotSpot(viewport()->mapFromGlobal(QCursor::pos()) - box.topLeft());
  drag->exec(actions, Qt::MoveAction);  // whoever takes it asks; no row goes by itself
}

}  // namespace basic::gui
