#pragma once
// What we send, in the history: first as pending, then with what became of it. What comes in one
// turn of the loop, or while the disk is busy, is written together.

#include "basic/modules/plain_text.h"

namespace basic {

/// Everything is borrowed. Tells text_stored() and fate_changed(), in that order for each text, and
/// never from inside a call.
class PlainText::SentTexts {
 public:
  SentTexts(base::World& world, Profile& profile, TextEvents& events);

  void add(StoredText text);
  /// Of a text that was added.
  void settle(TextFate known);

 private:
  void write_soon();
  base::Task<void> write();
  base::Task<void> write_texts(Texts texts);
  base::Task<void> write_fates(std::vector<TextFate> fates);

  base::World& world_;
  Profile& profile_;
  TextEvents& events_;
  Texts added_;                    // not written yet
  std::vector<TextFate> settled_;  // written when nothing is left in added_
  bool writing_ = false;
  base::Tasks tasks_;
};

}  // namespace basic
