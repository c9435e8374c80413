#include "conversation_draft.h"

#include "core_words.h"
#include "words.h"

namespace basic::gui {
namespace {

constexpr int kSoon = 1000;  // milliseconds after the last key

std::string later_key(const QString& buddy) { return "later/" + buddy.toStdString(); }

}  // namespace

ConversationDraft::ConversationDraft(Bridge& bridge, QString buddy, QObject* parent)
    : QObject(parent), bridge_(bridge), buddy_(std::move(buddy)) {
  soon_.setSingleShot(true);
  soon_.setInterval(kSoon);
  connect(&soon_, &QTimer::timeout, this, &ConversationDraft::keep_now);
}

void ConversationDraft::load() {
  struct Kept {
    std::string text;
    bool for_later = false;
  };
  bridge_.look(
      this,
      [buddy = buddy_.toStdString(), key = later_key(buddy_)](const Client& client) {
        return Kept{client.draft(buddy), client.setting(key).value_or("") == "yes"};
      },
      [this](const Kept& kept) {
        loaded_ = true;
        text_ = qt(kept.text);
        kept_ = text_;
        for_later_ = kept.for_later;
        emit loaded(text_);
      });
}

void ConversationDraft::set_text(const QString& text) {
  text_ = text;
  if (text.isEmpty()) set_for_later(false);
  soon_.start();
}

void ConversationDraft::keep_now() {
  soon_.stop();
  if (!loaded_ || text_ == kept_) return;
  kept_ = text_;
  bridge_.ask(
      this,
      [buddy = buddy_.toStdString(), text = text_.toStdString()](Client& client) {
        return client.set_draft(buddy, text);
      },
      [this](const base::Result<void>& done) {
        if (done) return;
        kept_.reset();  // so that it is tried again
        emit failed(tr("What you write could not be kept: %1").arg(said(done.error())));
      });
}

void ConversationDraft::set_for_later(bool on) {
  if (for_later_ == on || !loaded_) return;
  for_later_ = on;
  bridge_.ask(
      this,
      [key = later_key(buddy_), value = std::string(on ? "yes" : "")](Client& client) {
        return client.set_setting(key, value);
      },
      [](const base::Result<void>& /*kept*/) {});  // if not: it is still a draft
}

}  // namespace basic::gui
