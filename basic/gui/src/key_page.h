#pragma once
// Keys, for people: the own fingerprint after registering, and the comparison when a buddy's key is
// another than before.

#include <QFrame>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace basic::gui {

/// A card in the middle with a heading, what it is about, numbers to compare, and what can be done.
class KeyPage final : public QWidget {
  Q_OBJECT

 public:
  explicit KeyPage(QWidget* parent = nullptr);

  /// Right after registering: shown once here, and in the settings for ever.
  void show_own(const QString& name, const QString& fingerprint);
  /// Whether the buddy's new key is to be believed.
  void show_change(const QString& buddy, const QString& old_fingerprint,
                   const QString& new_fingerprint, const QString& safety_number);

 signals:
  void left();
  /// The user has compared, and believes it.
  void accepted(const QString& buddy, const QString& new_fingerprint);

 private:
  void clear_numbers();
  void add_number(const QString& caption, const QString& number);

  QString buddy_;
  QString fingerprint_;
  QLabel* title_ = nullptr;
  QLabel* story_ = nullptr;
  QVBoxLayout* numbers_ = nullptr;
  QPushButton* accept_ = nullptr;
  QPushButton* leave_ = nullptr;
};

}  // namespace basic::gui
