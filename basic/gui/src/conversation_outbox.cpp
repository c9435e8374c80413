#include "conversation_outbox.h"

#include <QTimer>
#include <algorithm>

#include "basic/display.h"
#include "core_words.h"
#include "ohim/errc.h"
#include "words.h"

namespace basic::gui {
namespace {

/// A text that was refused before it was stored is not heard of again. Where the code does not tell
/// that apart, so much time is given to the disk.
constexpr int kDiskTime = 2000;

bool never_stored(const base::Error& error) {
  return error.code.category() == ohim::error_category() || error == base::Errc::too_large ||
         error == base::Errc::malformed;
}

}  // namespace

ConversationOutbox::ConversationOutbox(Bridge& bridge, QString buddy, QObject* parent)
    : QObject(parent), bridge_(bridge), buddy_(std::move(buddy)) {
  connect(&bridge_, &Bridge::text_stored, this, [this](const StoredText& text) {
    if (text.outgoing && qt(text.peer) == buddy_) take_stored(text);
  });
}

void ConversationOutbox::send(const QString& text) {
  std::string words = text.toStdString();
  const Place letter =
      letters_.insert(letters_.end(), Letter{text, for_display(words, Lines::many)});
  bridge_.ask(
      this,
      [buddy = buddy_.toStdString(), words = std::move(words)](Client& client) {
        return client.send_text(buddy, words);
      },
      [this, letter](const base::Result<Client::Delivery>& result) {
        if (result)
          letters_.erase(letter);
        else
          take_failure(letter, result.error());
      });
}

void ConversationOutbox::take_stored(const StoredText& text) {
  // Texts are stored in the order of sending; another face may have sent one in between.
  const auto letter = std::ranges::find_if(letters_, [&text](const Letter& candidate) {
    return !candidate.stored && candidate.safe == text.text;
  });
  if (letter == letters_.end()) return;
  letter->stored = true;
  letter->id = text.id;
  if (!letter->over) return;
  emit failed(letter->id, letter->reason);
  letters_.erase(letter);
}

void ConversationOutbox::take_failure(Place letter, const base::Error& error) {
  letter->reason = said(error);
  letter->over = true;
  if (letter->stored) {
    emit failed(letter->id, letter->reason);
    letters_.erase(letter);
  } else if (never_stored(error)) {
    give_back(letter);
  } else {
    QTimer::singleShot(kDiskTime, this, [this, text = &*letter] {
      const auto left = std::ranges::find_if(
          letters_, [text](const Letter& candidate) { return &candidate == text; });
      if (left != letters_.end()) give_back(left);
    });
  }
}

void ConversationOutbox::give_back(Place letter) {
  const Letter back = *letter;
  letters_.erase(letter);
  emit returned(back.text, back.reason);
}

}  // namespace basic::gui
