#include <algorithm>

#include "basic/profile.h"

namespace basic {
namespace {

base::Error not_open() { return base::fail(base::Errc::closed, "no user's profile is open"); }

}  // namespace

base::Task<base::Result<void>> MemoryProfile::open(ohim::Name user, base::Secret) {
  user_ = &users_[user];
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

base::Task<base::Result<std::vector<bool>>> MemoryProfile::add_texts(
    std::vector<StoredText> texts) {
  if (user_ == nullptr) co_return not_open();
  std::vector<bool> added;
  for (StoredText& text : texts) {
    added.push_back(user_->seen.emplace(text.peer, text.outgoing, text.id).second);
    if (added.back()) user_->texts.push_back(std::move(text));
  }
  co_return added;
}

base::Task<base::Result<std::vector<StoredText>>> MemoryProfile::recent(ohim::Name buddy,
                                                                        std::size_t count) {
  if (user_ == nullptr) co_return not_open();
  std::vector<StoredText> found;
  for (auto it = user_->texts.rbegin(); it != user_->texts.rend() && found.size() < count; ++it) {
    if (it->peer == buddy) found.push_back(*it);
  }
  std::ranges::reverse(found);
  co_return found;
}

}  // namespace basic
