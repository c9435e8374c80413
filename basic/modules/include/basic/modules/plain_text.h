#pragma once
// Plain text, the paper's PlainTextModule: texts that arrive once, in order, and are acknowledged
// when the receiver has them on disk. docs/link.md has the bytes.

#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/world.h"
#include "basic/module.h"
#include "basic/profile.h"

namespace basic {

/// Who shows texts. Calls come on the loop and may not destroy the module.
class TextEvents {
 public:
  virtual ~TextEvents() = default;
  /// A text that was not there before; it is in the history. `text.text` is as the peer sent it.
  virtual void text_arrived(const StoredText& text) = 0;
  /// Texts, or what became of them, cannot be kept (disk full, ...). Those that came were not
  /// acknowledged.
  virtual void history_failed(const base::Error& error) = 0;
  /// A text of ours is in the history; pending, if nothing else is known of it yet. Number 0: the
  /// history could not take it.
  virtual void text_stored(const StoredText& text) = 0;
  /// It was acknowledged or given up. Once for each text_stored(), and after it.
  virtual void fate_changed(const TextFate& known) = 0;
};

class PlainText final : public Module {
 public:
  static constexpr std::size_t kMaxText = 16 << 10;

  /// All borrowed.
  PlainText(base::World& world, Profile& profile, TextEvents& events);
  ~PlainText() override;

  /// Queues `text` at once and completes when `to` has acknowledged it. It goes to one of her
  /// places: the one to talk to (see Activity), but not before the place that was talked to has
  /// acknowledged all it got, so that the order stays. Waits for a link if there is none; what a
  /// broken link has not acknowledged goes out again on the next best, or the next that comes up,
  /// under the same id. `too_large`, `malformed`; `refused`: we are not on her list; `unreachable`:
  /// not within `limit`, or given up. Destroying the task withdraws what was not sent yet. What is
  /// not refused for its size or bytes is put into the history as pending; then it is delivered,
  /// or, in all other cases, failed.
  base::Task<base::Result<TextId>> send(ohim::Name to, std::string text, base::Duration limit);
  /// Everything that waits for `buddy`, or for anybody, ends with `why`.
  void give_up(const ohim::Name& buddy, const base::Error& why);
  void give_up_all(const base::Error& why);

  [[nodiscard]] const Epoch& epoch() const override;
  [[nodiscard]] std::string_view name() const override { return "text"; }
  [[nodiscard]] std::string_view purpose() const override { return "Sends and receives texts."; }
  void link_up(LinkView& link) override;
  base::Result<void> handle(LinkView& link, base::ByteView data) override;
  void link_down(LinkView& link) override;

 private:
  struct Outgoing;
  class Queued;
  class SentTexts;
  struct Conversation;

  Conversation& with(const ohim::Name& buddy);
  void flush_soon(Conversation& conversation);
  void flush(Conversation& conversation);
  base::Result<void> take_texts(LinkView& link, base::ByteView items);
  base::Result<void> take_answer(Conversation& conversation, base::ByteView ids, bool acknowledged);
  base::Task<void> keep_and_acknowledge(ohim::Name from, std::uint64_t device, Texts texts,
                                        std::size_t bytes);

  base::World& world_;
  Profile& profile_;
  TextEvents& events_;
  std::unique_ptr<SentTexts> sent_;
  std::map<ohim::Name, std::unique_ptr<Conversation>> conversations_;
  base::Tasks tasks_;
};

}  // namespace basic
