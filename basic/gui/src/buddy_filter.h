#pragma once
// Searching the buddy list as one types.

#include <QSortFilterProxyModel>
#include <QStringList>

namespace basic::gui {

/// The rows of a BuddyModel in which every word that is searched for occurs: in her name, her alias
/// or her own words. Groups without such a row are left out.
class BuddyFilter final : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit BuddyFilter(QObject* parent = nullptr);

  void set_words(const QString& words);
  [[nodiscard]] bool searching() const { return !words_.isEmpty(); }

 protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  QStringList words_;  // folded
};

}  // namespace basic::gui
