#include "buddy_filter.h"

#include <algorithm>

#include "buddy_model.h"

namespace basic::gui {

BuddyFilter::BuddyFilter(QObject* parent) : QSortFilterProxyModel(parent) {
  setRecursiveFilteringEnabled(true);
}

void BuddyFilter::set_words(const QString& words) {
  QStringList wanted = folded(words).split(QLatin1Char(' '), Qt::SkipEmptyParts);
  if (wanted == words_) return;
  words_ = std::move(wanted);
  invalidateFilter();
}

bool BuddyFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (words_.isEmpty()) return true;
  if (!parent.isValid()) return false;  // a group is there for those in it
  const QModelIndex index = sourceModel()->index(row, 0, parent);
  const QString text = index.data(BuddyModel::kSearchRole).toString();
  return std::ranges::all_of(words_, [&text](const QString& word) { return text.contains(word); });
}

}  // namespace basic::gui
