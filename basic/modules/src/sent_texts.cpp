#include "sent_texts.h"

#include <algorithm>
#include <iterator>

namespace basic {
namespace {

/// Sealed in one go, so the loop is kept for a few milliseconds at most.
constexpr std::size_t kAtOnce = 1000;

template <typename T>
std::vector<T> take_first(std::vector<T>& from, std::size_t most) {
  const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(from.size(), most));
  std::vector<T> taken(std::move_iterator(from.begin()), std::move_iterator(end));
  from.erase(from.begin(), end);
  return taken;
}

}  // namespace

PlainText::SentTexts::SentTexts(base::World& world, Profile& profile, TextEvents& events)
    : world_(world), profile_(profile), events_(events) {}

void PlainText::SentTexts::add(StoredText text) {
  added_.push_back(std::move(text));
  write_soon();
}

void PlainText::SentTexts::settle(TextFate known) {
  settled_.push_back(std::move(known));
  write_soon();
}

void PlainText::SentTexts::write_soon() {
  if (!std::exchange(writing_, true)) tasks_.start(write());
}

base::Task<void> PlainText::SentTexts::write() {
  co_await base::sleep_for(world_.clock, base::Duration::zero());
  while (!added_.empty() || !settled_.empty()) {
    // A fate is not written before its text.
    base::Task<void> writing = added_.empty() ? write_fates(take_first(settled_, kAtOnce))
                                              : write_texts(take_first(added_, kAtOnce));
    co_await writing;
  }
  writing_ = false;
}

base::Task<void> PlainText::SentTexts::write_texts(Texts texts) {
  const base::Result<std::vector<TextNumber>> numbers = co_await profile_.add_texts(texts);
  if (!numbers) events_.history_failed(numbers.error());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (numbers) texts[i].number = (*numbers)[i];
    events_.text_stored(texts[i]);
  }
}

base::Task<void> PlainText::SentTexts::write_fates(std::vector<TextFate> fates) {
  const base::Result<void> written = co_await profile_.set_fates(fates);
  if (!written) events_.history_failed(written.error());
  for (const TextFate& known : fates) events_.fate_changed(known);
}

}  // namespace basic
