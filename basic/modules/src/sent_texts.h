#pragma once
// What we send, in the history: first as pending, then with what became of it. What comes in one
// turn of the loop, or while the disk is busy, is written together.

#include <deque>

#include "basic/modules/plain_text.h"

namespace basic {

/// Everything is borrowed. Tells text_stored() and fate_changed(), in that order for each text, and
/// never from inside a call.
class PlainText::SentTexts {
 public:
  /// Names a text in the order of add().
  using Ticket = std::uint64_t;

  SentTexts(base::World& world, Profile& profile, TextEvents& events);

  Ticket add(StoredText text);
  /// Once for each that was added.
  void settle(Ticket ticket, TextFate known);

 private:
  void write_soon();
  base::Task<void> write();
  base::Task<void> write_texts(Texts texts);
  base::Task<void> write_fates(std::vector<TextFate> fates);

  base::World& world_;
  Profile& profile_;
  TextEvents& events_;
  std::deque<StoredText> added_;  // not written yet
  Ticket first_added_ = 0;
  std::vector<TextFate> settled_;  // of others; not written yet
  bool writing_ = false;
  base::Tasks tasks_;
};

}  // namespace basic
