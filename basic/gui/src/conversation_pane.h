#pragma once
// One conversation: with whom, what was said, and where one writes.

#include <QWidget>
#include <optional>

#include "basic/gui/bridge.h"
#include "conversation_draft.h"
#include "conversation_log.h"
#include "conversation_outbox.h"
#include "now.h"

namespace basic::gui {

class Composer;
class ConversationHeader;
class ConversationOffer;
class ConversationSearch;
class ConversationView;

/// `bridge` is borrowed. Words that were typed are never lost: they are sent, or kept as a draft.
class ConversationPane final : public QWidget {
  Q_OBJECT

 public:
  ConversationPane(Bridge& bridge, const Buddy& buddy, QWidget* parent = nullptr);
  ~ConversationPane() override;

  void set_buddy(const Buddy& buddy);
  /// Whether the list of buddies is behind it: then there is a way back.
  void set_narrow(bool narrow);
  void set_now(const Now& now);
  void focus_composer();
  /// Shows that text among its neighbours.
  void show_at(TextNumber number);
  void search();
  /// What is typed goes to disk now.
  void keep_draft();

 signals:
  void back_wanted();
  /// What can be done with the buddy is asked for there (global coordinates).
  void menu_wanted(const QPoint& at);
  /// The user has seen the newest text.
  void read(const QString& name);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void build();
  void connect_log();
  void connect_view();
  void connect_composer();

  [[nodiscard]] QString name() const;
  [[nodiscard]] bool is_offline() const { return buddy_.presence == Presence::offline; }
  void send(const QString& text);
  void send_again(int row);
  void draft_loaded(const QString& text);
  void draft_edited();
  /// What stands above the field, and whether the draft is offered.
  void show_state();
  /// The newest text may have been seen.
  void look_whether_read();
  void show_wanted();
  void note_arrival();

  Bridge& bridge_;
  Buddy buddy_;
  ConversationLog log_;
  ConversationOutbox outbox_;
  ConversationDraft draft_;
  ConversationHeader* header_ = nullptr;
  ConversationSearch* search_ = nullptr;
  ConversationView* view_ = nullptr;
  ConversationOffer* offer_ = nullptr;
  Composer* composer_ = nullptr;
  std::optional<TextNumber> wanted_;  // to be shown as soon as it is loaded
  TextNumber read_up_to_ = 0;
  bool caught_up_ = true;  // nothing has come since the newest was seen
};

}  // namespace basic::gui
