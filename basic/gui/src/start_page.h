#pragma once
// The first page: sign on, or register a name. Says how good a new password is while it is typed,
// and what is being done while that takes seconds.

#include <QFrame>
#include <QString>
#include <vector>

#include "basic/gui/bridge.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace basic::gui {

class StartPage final : public QWidget {
  Q_OBJECT

 public:
  explicit StartPage(Bridge& bridge, QWidget* parent = nullptr);

  void set_name(const QString& name);
  /// The keyboard goes to what is to be typed first.
  void focus_first();
  /// Empties the password; for after signing off.
  void clear();
  void register_instead(bool registering);

 signals:
  /// Signed on. `registered`: by a name that was claimed just now.
  void signed_on(const QString& name, const QString& fingerprint, bool registered);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build();
  void judge();
  void submit();
  void do_register();
  void do_sign_on(bool registered);
  void set_busy(bool busy, const QString& step = {});
  void failed(const base::Error& error);
  void complain(const QString& sentence, QLineEdit* where);
  [[nodiscard]] std::shared_ptr<base::Secret> password() const;

  Bridge& bridge_;
  bool registering_ = false;
  bool busy_ = false;
  QFrame* card_ = nullptr;
  QLabel* title_ = nullptr;
  QLabel* hint_ = nullptr;
  QLineEdit* name_ = nullptr;
  QLineEdit* password_ = nullptr;
  QLineEdit* again_ = nullptr;
  QLabel* again_label_ = nullptr;
  QCheckBox* visible_ = nullptr;
  QProgressBar* strength_ = nullptr;
  QLabel* verdict_ = nullptr;
  QLabel* trouble_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* step_ = nullptr;
  QPushButton* submit_ = nullptr;
  QPushButton* other_ = nullptr;
};

/// What people may want of the error that signing on or registering ended with.
QString start_trouble(const base::Error& error, bool registering);

}  // namespace basic::gui
