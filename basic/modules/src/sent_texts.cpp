#include "sent_texts.h"

#include <algorithm>
#include <utility>

namespace basic {
namespace {

/// Sealed in one go, so the loop is kept for a few milliseconds at most.
constexpr std::size_t kAtOnce = 1000;

}  // namespace

PlainText::SentTexts::SentTexts(base::World& world, Profile& profile, TextEvents& events)
    : world_(world), profile_(profile), events_(events) {}

PlainText::SentTexts::Ticket PlainText::SentTexts::add(StoredText text) {
  added_.push_back(std::move(text));
  write_soon();
  return first_added_ + added_.size() - 1;
}

void PlainText::SentTexts::settle(Ticket ticket, TextFate known) {
  if (ticket >= first_added_) {
    added_[ticket - first_added_].fate = known.fate;
    return;
  }
  settled_.push_back(std::move(known));
  write_soon();
}

void PlainText::SentTexts::write_soon() {
  if (!std::exchange(writing_, true)) tasks_.start(write());
}

base::Task<void> PlainText::SentTexts::write() {
  co_await base::sleep_for(world_.clock, base::Duration::zero());
  while (!added_.empty() || !settled_.empty()) {
    // Those of texts that are being written come after them: the profile keeps to the order.
    if (!settled_.empty()) tasks_.start(write_fates(std::exchange(settled_, {})));
    const auto count = static_cast<std::ptrdiff_t>(std::min(added_.size(), kAtOnce));
    Texts texts(std::move_iterator(added_.begin()), std::move_iterator(added_.begin() + count));
    added_.erase(added_.begin(), added_.begin() + count);
    first_added_ += texts.size();
    co_await write_texts(std::move(texts));
  }
  writing_ = false;
}

base::Task<void> PlainText::SentTexts::write_texts(Texts texts) {
  if (texts.empty()) co_return;
  const base::Result<std::vector<TextNumber>> numbers = co_await profile_.add_texts(texts);
  if (!numbers) events_.history_failed(numbers.error());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (numbers) texts[i].number = (*numbers)[i];
    events_.text_stored(texts[i]);
    if (texts[i].fate == Fate::pending) continue;
    events_.fate_changed({texts[i].peer, texts[i].id, texts[i].fate});
  }
}

base::Task<void> PlainText::SentTexts::write_fates(std::vector<TextFate> fates) {
  const base::Result<void> written = co_await profile_.set_fates(fates);
  if (!written) events_.history_failed(written.error());
  for (const TextFate& known : fates) events_.fate_changed(known);
}

}  // namespace basic
