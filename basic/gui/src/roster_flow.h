#pragma once
// Things side by side while there is room, else below one another.

#include <QLayout>
#include <memory>
#include <vector>

namespace basic::gui {

/// Lines of widgets, as words in a text. Takes as much height as its width needs.
class FlowLayout final : public QLayout {
  Q_OBJECT

 public:
  /// `gap` in pixels, between neighbours and between lines.
  explicit FlowLayout(int gap);

  void addItem(QLayoutItem* item) override;
  [[nodiscard]] int count() const override { return static_cast<int>(items_.size()); }
  [[nodiscard]] QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;
  [[nodiscard]] QSize sizeHint() const override;
  /// That of the widest thing.
  [[nodiscard]] QSize minimumSize() const override;
  void setGeometry(const QRect& box) override;

 private:
  using Items = std::vector<std::unique_ptr<QLayoutItem>>;

  /// The height of all lines; `place`: puts the things there.
  int arrange(const QRect& box, bool place) const;
  void place_line(Items::const_iterator first, Items::const_iterator end, const QRect& box,
                  const QRect& line) const;
  static QSize size_of(const QLayoutItem& item, int room);

  int gap_;
  Items items_;
};

}  // namespace basic::gui
