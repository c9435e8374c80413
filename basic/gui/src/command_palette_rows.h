#pragma once
// Rows of a list with words at one side and keys at the other, as the palette and the page of keys
// have them.

#include <QStyledItemDelegate>

namespace basic::gui {

/// Paints Qt::DisplayRole, and at the other end kKeys; a row with kHeading stands over others.
/// Where there is no room for both, only the words are there, or, if asked for, the keys have a
/// line of their own.
class RowDelegate final : public QStyledItemDelegate {
 public:
  static constexpr int kKeys = Qt::UserRole;
  static constexpr int kHeading = Qt::UserRole + 1;
  enum class Narrow { words_only, two_lines };

  RowDelegate(Narrow narrow, QObject* parent) : QStyledItemDelegate(parent), narrow_(narrow) {}

  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                               const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;

 private:
  [[nodiscard]] bool needs_two_lines(const QStyleOptionViewItem& option, const QModelIndex& index,
                                     int width) const;
  Narrow narrow_;
};

}  // namespace basic::gui
