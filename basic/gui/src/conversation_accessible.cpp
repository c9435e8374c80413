#include "conversation_accessible.h"

#include <QAccessibleWidget>
#include <map>

#include "conversation_view.h"

namespace basic::gui {
namespace {

/// A text, by its serial: it stays the same item wherever it moves.
class TextItem final : public QAccessibleInterface {
 public:
  TextItem(ConversationView& view, std::uint64_t serial) : view_(view), serial_(serial) {}

  [[nodiscard]] int row() const { return view_.log().index_of_serial(serial_); }

  [[nodiscard]] bool isValid() const override { return row() >= 0; }
  [[nodiscard]] QObject* object() const override { return nullptr; }
  [[nodiscard]] QAccessibleInterface* parent() const override {
    return QAccessible::queryAccessibleInterface(&view_);
  }
  [[nodiscard]] QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
  [[nodiscard]] QAccessibleInterface* childAt(int /*x*/, int /*y*/) const override {
    return nullptr;
  }
  [[nodiscard]] int childCount() const override { return 0; }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* /*child*/) const override {
    return -1;
  }
  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    return kind == QAccessible::Name ? view_.spoken(row()) : QString();
  }
  void setText(QAccessible::Text /*kind*/, const QString& /*text*/) override {}
  [[nodiscard]] QRect rect() const override {
    const QRect bubble = view_.bubble_rect(row());
    return {view_.viewport()->mapToGlobal(bubble.topLeft()), bubble.size()};
  }
  [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state;
    state.focusable = true;
    state.readOnly = true;
    state.focused = view_.hasFocus() && view_.current() == row();
    state.offscreen = !view_.viewport()->rect().intersects(view_.bubble_rect(row()));
    return state;
  }

 private:
  ConversationView& view_;
  std::uint64_t serial_;
};

class ViewItem final : public QAccessibleWidget {
 public:
  explicit ViewItem(ConversationView& view)
      : QAccessibleWidget(&view, QAccessible::List), view_(view) {}
  ~ViewItem() override {
    for (const auto& [serial, id] : items_) QAccessible::deleteAccessibleInterface(id);
  }

  [[nodiscard]] int childCount() const override { return view_.log().size(); }
  [[nodiscard]] QAccessibleInterface* child(int index) const override {
    if (index < 0 || index >= childCount()) return nullptr;
    const std::uint64_t serial = view_.log().at(index).serial;
    const auto known = items_.find(serial);
    if (known != items_.end()) return QAccessible::accessibleInterface(known->second);
    forget_gone();
    auto* const item = new TextItem(view_, serial);
    items_[serial] = QAccessible::registerAccessibleInterface(item);
    return item;
  }
  [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
    return child(view_.row_at(view_.viewport()->mapFromGlobal(QPoint(x, y))));
  }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* item) const override {
    const auto* const text = dynamic_cast<const TextItem*>(item);
    return text ? text->row() : -1;
  }
  [[nodiscard]] QAccessibleInterface* focusChild() const override {
    return view_.hasFocus() ? child(view_.current()) : nullptr;
  }

 private:
  /// Now and then, so that what a reader holds does not go under its hands, and not all stays.
  void forget_gone() const {
    if (items_.size() < 2 * static_cast<std::size_t>(childCount()) + 100) return;
    for (auto item = items_.begin(); item != items_.end();) {
      if (view_.log().index_of_serial(item->first) >= 0) {
        ++item;
      } else {
        QAccessible::deleteAccessibleInterface(item->second);
        item = items_.erase(item);
      }
    }
  }

  ConversationView& view_;
  mutable std::map<std::uint64_t, QAccessible::Id> items_;
};

QAccessibleInterface* make_item(const QString& /*class_name*/, QObject* object) {
  auto* const view = qobject_cast<ConversationView*>(object);
  return view ? new ViewItem(*view) : nullptr;
}

}  // namespace

void make_conversations_accessible() {
  static const bool once = [] {
    QAccessible::installFactory(make_item);
    return true;
  }();
  (void)once;
}

}  // namespace basic::gui
