#pragma once
// How a row of the buddy list looks.

#include <QStyledItemDelegate>

#include "buddy_model.h"

namespace basic::gui {

/// Paints buddies and groups of a BuddyModel, or of a filter on one. All sizes follow the font.
class BuddyDelegate final : public QStyledItemDelegate {
  Q_OBJECT

 public:
  explicit BuddyDelegate(QObject* parent = nullptr);

  void set_now(Now now) { now_ = std::move(now); }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                               const QModelIndex& index) const override;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const override;
  void setEditorData(QWidget* editor, const QModelIndex& index) const override;
  void setModelData(QWidget* editor, QAbstractItemModel* model,
                    const QModelIndex& index) const override;
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const override;

 private:
  void paint_buddy(QPainter& painter, const QStyleOptionViewItem& option, const Buddy& buddy,
                   bool blocked) const;

  Now now_;
};

}  // namespace basic::gui
