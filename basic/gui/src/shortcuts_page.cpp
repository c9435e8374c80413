#include "shortcuts_page.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeySequence>
#include <QPushButton>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace basic::gui {
namespace {

void add_group(QTreeWidget& tree, const ShortcutGroup& group) {
  if (group.rows.empty()) return;
  auto* const title = new QTreeWidgetItem(&tree, {group.title});
  QFont bold = tree.font();
  bold.setWeight(QFont::DemiBold);
  title->setFont(0, bold);
  title->setFlags(Qt::ItemIsEnabled);
  for (const ShortcutRow& row : group.rows) {
    auto* const item = new QTreeWidgetItem(title, {row.what, row.keys});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren);
    item->setToolTip(0, row.what);
    item->setData(0, Qt::AccessibleTextRole, row.what + QStringLiteral(", ") + row.keys);
  }
  title->setFirstColumnSpanned(true);
  title->setExpanded(true);
}

QTreeWidget* make_tree(const std::vector<ShortcutGroup>& groups, QWidget* parent) {
  auto* const tree = new QTreeWidget(parent);
  tree->setObjectName("shortcutList");
  tree->setAccessibleName(ShortcutsPage::tr("Keys and what they do"));
  tree->setColumnCount(2);
  tree->setHeaderHidden(true);
  tree->setItemsExpandable(false);
  tree->setRootIsDecorated(false);
  tree->setUniformRowHeights(true);
  tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  for (const ShortcutGroup& group : groups) add_group(*tree, group);
  tree->header()->setStretchLastSection(false);
  tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  return tree;
}

/// All rows, where the screen has room for them.
QSize size_for(const QTreeWidget& tree, const QDialog& dialog) {
  constexpr int kWidthInLetters = 58;
  int rows = 0;
  for (int i = 0; i < tree.topLevelItemCount(); ++i) rows += 1 + tree.topLevelItem(i)->childCount();
  const QFontMetrics metrics = dialog.fontMetrics();
  const QSize wanted(metrics.averageCharWidth() * kWidthInLetters,
                     (rows + 6) * (metrics.height() + 4));
  return wanted.boundedTo(dialog.screen()->availableSize() * 4 / 5);
}

}  // namespace

std::vector<ShortcutGroup> shortcut_groups(const QList<QAction*>& actions) {
  std::vector<ShortcutGroup> groups;
  for (const QAction* const action : actions) {
    if (action->shortcuts().isEmpty()) continue;
    const QString title = action->property("group").toString();
    auto group = std::ranges::find(groups, title, &ShortcutGroup::title);
    if (group == groups.end()) group = groups.insert(group, {title, {}});
    QString what = action->text();
    what.remove(QLatin1Char('&'));
    group->rows.push_back(
        {what, QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText)
                   .replace(QStringLiteral("; "), QStringLiteral(", "))});
  }
  return groups;
}

ShortcutsPage::ShortcutsPage(const std::vector<ShortcutGroup>& groups, QWidget* parent)
    : QDialog(parent) {
  setObjectName("shortcutsPage");
  setWindowTitle(tr("Keys"));
  setAccessibleName(windowTitle());
  QTreeWidget* const tree = make_tree(groups, this);
  auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  buttons->setObjectName("shortcutsButtons");
  QPushButton* const close = buttons->button(QDialogButtonBox::Close);
  close->setObjectName("shortcutsClose");
  close->setText(tr("Close"));
  close->setAccessibleName(close->text());
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* const column = new QVBoxLayout(this);
  column->addWidget(tree, 1);
  column->addWidget(buttons);
  resize(size_for(*tree, *this));
}

}  // namespace basic::gui
