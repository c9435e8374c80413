#pragma once
// People who are not on the list and want to talk.

#include <QWidget>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace basic::gui {

/// Up to three cards, the oldest first, and how many more there are.
class RequestCards final : public QWidget {
  Q_OBJECT

 public:
  explicit RequestCards(QWidget* parent = nullptr);

  /// Somebody who is there already is not added twice.
  void add(const QString& name, const QString& fingerprint);
  void remove(const QString& name);
  void clear();
  [[nodiscard]] bool empty() const { return requests_.empty(); }

 signals:
  /// The card stays until remove().
  void accepted(const QString& name);
  void declined(const QString& name);
  void blocked(const QString& name);
  /// Cards came, went or grew.
  void resized();

 private:
  struct Request {
    QString name;
    QString fingerprint;
  };
  void show_cards();
  QWidget* make_card(const Request& request);

  static constexpr std::size_t kMostShown = 3;
  static constexpr std::size_t kMostKept = 1000;  ///< strangers cannot fill the memory
  std::vector<Request> requests_;
  std::vector<std::pair<QString, QWidget*>> cards_;
  QVBoxLayout* layout_;
  QLabel* more_;
};

}  // namespace basic::gui
