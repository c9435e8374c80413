#include <algorithm>

#include "basic/profile.h"
#include "search_words.h"

namespace basic {
base::Task<base::Result<void>> MemoryProfile::open(ohim::Name user, base::Secret) {
  user_ = &users_[user];
  for (const TextNumber number : std::exchange(user_->pending, {})) {
    user_->texts[number - 1].fate = Fate::failed;
  }
  co_return base::Result<void>();
}

std::optional<openhash::PublicKey> MemoryProfile::pin(const ohim::Name& buddy) const {
  if (user_ == nullptr || !user_->pins.contains(buddy)) return std::nullopt;
  return user_->pins.at(buddy);
}

base::Task<base::Result<void>> MemoryProfile::set_pin(ohim::Name buddy, openhash::PublicKey key) {
  if (user_ == nullptr) co_return not_open();
  user_->pins[buddy] = key;
  co_return base::Result<void>();
}

const NotesByBuddy& MemoryProfile::notes() const {
  static const NotesByBuddy kNone;
  return user_ == nullptr ? kNone : user_->notes;
}

base::Task<base::Result<void>> MemoryProfile::set_notes(NotesByBuddy notes) {
  if (user_ == nullptr) co_return not_open();
  for (const auto& [buddy, note] : notes) user_->notes[buddy] = note;
  co_return base::Result<void>();
}

// --- texts ---

base::Task<base::Result<std::vector<TextNumber>>> MemoryProfile::add_texts(Texts texts) {
  if (user_ == nullptr) co_return not_open();
  std::vector<TextNumber> numbers;
  for (StoredText& text : texts) {
    text.number = user_->texts.size() + 1;
    const auto place = std::tuple(text.peer, text.outgoing, text.id);
    const bool is_new = user_->numbers.emplace(place, text.number).second;
    numbers.push_back(is_new ? text.number : 0);
    if (!is_new) continue;
    if (text.fate == Fate::pending) user_->pending.insert(text.number);
    user_->texts.push_back(std::move(text));
  }
  co_return numbers;
}

base::Task<base::Result<void>> MemoryProfile::set_fates(std::vector<TextFate> fates) {
  if (user_ == nullptr) co_return not_open();
  for (const TextFate& known : fates) {
    const auto found = user_->numbers.find(std::tuple(known.buddy, true, known.id));
    if (found == user_->numbers.end()) continue;
    user_->texts[found->second - 1].fate = known.fate;
    user_->pending.erase(found->second);
    if (known.fate == Fate::pending) user_->pending.insert(found->second);
  }
  co_return base::Result<void>();
}

base::Task<base::Result<Texts>> MemoryProfile::texts_before(ohim::Name buddy, TextNumber before,
                                                            std::size_t count) {
  if (user_ == nullptr) co_return not_open();
  const Texts& texts = user_->texts;
  Texts found;
  TextNumber number = before == 0 ? texts.size() : std::min(before - 1, texts.size());
  for (; number > 0 && found.size() < count; --number) {
    if (texts[number - 1].peer == buddy) found.push_back(texts[number - 1]);
  }
  std::ranges::reverse(found);
  co_return found;
}

base::Task<base::Result<Texts>> MemoryProfile::texts_after(ohim::Name buddy, TextNumber after,
                                                           std::size_t count) {
  if (user_ == nullptr) co_return not_open();
  Texts found;
  for (TextNumber number = after; number < user_->texts.size(); ++number) {
    if (found.size() >= count) break;
    if (user_->texts[number].peer == buddy) found.push_back(user_->texts[number]);
  }
  co_return found;
}

base::Task<base::Result<std::size_t>> MemoryProfile::count_after(ohim::Name buddy,
                                                                 TextNumber after) {
  if (user_ == nullptr) co_return not_open();
  std::size_t count = 0;
  for (TextNumber number = after; number < user_->texts.size(); ++number) {
    const StoredText& text = user_->texts[number];
    if (count < kMostCounted && text.peer == buddy && !text.outgoing) ++count;
  }
  co_return count;
}

base::Task<base::Result<Texts>> MemoryProfile::search(std::string words,
                                                      std::optional<ohim::Name> buddy,
                                                      std::size_t count) {
  if (user_ == nullptr) co_return not_open();
  const base::Result<SearchWords> wanted = SearchWords::parse(words);
  if (!wanted) co_return wanted.error();
  Texts found;
  if (wanted->empty()) co_return found;
  for (auto text = user_->texts.rbegin(); text != user_->texts.rend(); ++text) {
    if (found.size() >= count) break;
    if (buddy && text->peer != *buddy) continue;
    if (wanted->all_in(text->text)) found.push_back(*text);
  }
  co_return found;
}

// --- settings ---

std::optional<std::string> MemoryProfile::setting(std::string_view key) const {
  if (user_ == nullptr) return std::nullopt;
  const auto found = user_->settings.find(key);
  return found == user_->settings.end() ? std::nullopt : std::optional(found->second);
}

base::Task<base::Result<void>> MemoryProfile::set_setting(std::string key,
                                                          std::optional<std::string> value) {
  if (user_ == nullptr) co_return not_open();
  const base::Result<void> fits = check_setting(key, value);
  if (!fits) co_return fits.error();
  if (value) {
    user_->settings[key] = std::move(*value);
  } else {
    user_->settings.erase(key);
  }
  co_return base::Result<void>();
}

}  // namespace basic
