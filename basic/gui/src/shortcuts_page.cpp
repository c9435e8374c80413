#include "shortcuts_page.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QKeySequence>
#include <QListView>
#include <QPushButton>
#include <QScreen>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>

#include "command_palette_rows.h"

namespace basic::gui {
namespace {

QStandardItem* make_heading(const QString& title) {
  auto* const item = new QStandardItem(title);
  item->setData(true, RowDelegate::kHeading);
  item->setFlags(Qt::ItemIsEnabled);
  return item;
}

QStandardItem* make_row(const ShortcutRow& row) {
  auto* const item = new QStandardItem(row.what);
  item->setData(row.keys, RowDelegate::kKeys);
  item->setData(row.what + QStringLiteral(", ") + row.keys, Qt::AccessibleTextRole);
  item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
  return item;
}

QListView* make_list(const std::vector<ShortcutGroup>& groups, QWidget* parent) {
  auto* const list = new QListView(parent);
  list->setObjectName("shortcutList");
  list->setAccessibleName(ShortcutsPage::tr("Keys and what they do"));
  auto* const model = new QStandardItemModel(list);
  for (const ShortcutGroup& group : groups) {
    if (group.rows.empty()) continue;
    model->appendRow(make_heading(group.title));
    for (const ShortcutRow& row : group.rows) model->appendRow(make_row(row));
  }
  list->setModel(model);
  list->setItemDelegate(new RowDelegate(RowDelegate::Narrow::two_lines, list));
  list->setResizeMode(QListView::Adjust);  // narrow rows have two lines
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->setVerticalScrollMode(QListView::ScrollPerPixel);
  list->setCurrentIndex(model->index(1, 0));
  return list;
}

/// All rows, where the screen has room for them.
QSize size_for(const QListView& list, const QDialog& dialog) {
  constexpr int kWidthInLetters = 52;
  const int line = dialog.fontMetrics().height();
  const int rows = list.model()->rowCount() * line * 2;
  const QSize wanted(dialog.fontMetrics().averageCharWidth() * kWidthInLetters, rows + 4 * line);
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
  QListView* const list = make_list(groups, this);
  auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  buttons->setObjectName("shortcutsButtons");
  QPushButton* const close = buttons->button(QDialogButtonBox::Close);
  close->setObjectName("shortcutsClose");
  close->setText(tr("Close"));
  close->setIcon({});
  close->setAccessibleName(close->text());
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* const column = new QVBoxLayout(this);
  column->addWidget(list, 1);
  column->addWidget(buttons);
  resize(size_for(*list, *this));
}

}  // namespace basic::gui
