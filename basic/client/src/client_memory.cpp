// What a client remembers for its user: what was said, what was read, what was typed, and what she
// calls her buddies.
#include <algorithm>

#include "basic/client.h"
#include "basic/display.h"
#include "client_impl.h"

namespace basic {
namespace {

/// A page, or the hits of a search: more at once nobody looks at.
constexpr std::size_t kMostAtOnce = 1000;

// Who keeps something among the settings of the profile has a word of its own before the key.
std::string draft_key(const ohim::Name& buddy) { return "draft/" + buddy.str(); }
std::string face_key(const std::string& key) { return "face/" + key; }

base::Result<Texts> made_safe(base::Result<Texts> texts) {
  if (!texts) return texts;
  for (StoredText& text : *texts) text.text = for_display(text.text, Lines::many);
  return texts;
}

}  // namespace

// --- what was said ---

base::Task<base::Result<std::vector<StoredText>>> Client::history(std::string buddy,
                                                                  TextNumber before,
                                                                  std::size_t count) {
  const base::Result<ohim::Name> name = impl_->anybody_named(buddy);
  if (!name) co_return name.error();
  base::Result<Texts> texts =
      co_await impl_->profile.texts_before(*name, before, std::min(count, kMostAtOnce));
  co_return made_safe(std::move(texts));
}

base::Task<base::Result<std::vector<StoredText>>> Client::history_after(std::string buddy,
                                                                        TextNumber after,
                                                                        std::size_t count) {
  const base::Result<ohim::Name> name = impl_->anybody_named(buddy);
  if (!name) co_return name.error();
  base::Result<Texts> texts =
      co_await impl_->profile.texts_after(*name, after, std::min(count, kMostAtOnce));
  co_return made_safe(std::move(texts));
}

base::Task<base::Result<std::vector<StoredText>>> Client::search_history(std::string words,
                                                                         std::string buddy,
                                                                         std::size_t count) {
  if (!impl_->engine.signed_on()) co_return not_signed_on();
  std::optional<ohim::Name> with;
  if (!buddy.empty()) {
    const base::Result<ohim::Name> name = impl_->anybody_named(buddy);
    if (!name) co_return name.error();
    with = *name;
  }
  base::Result<Texts> texts = co_await impl_->profile.search(std::move(words), std::move(with),
                                                             std::min(count, kMostAtOnce));
  co_return made_safe(std::move(texts));
}

base::Task<base::Result<void>> Client::mark_read(std::string buddy, TextNumber number) {
  const base::Result<ohim::Name> name = impl_->anybody_named(buddy);
  if (!name) co_return name.error();
  co_return co_await impl_->marks.mark(*name, number);
}

// --- what was typed ---

base::Task<base::Result<void>> Client::set_draft(std::string buddy, std::string text) {
  const base::Result<ohim::Name> name = impl_->anybody_named(buddy);
  if (!name) co_return name.error();
  std::optional<std::string> kept;
  if (!text.empty()) kept = std::move(text);
  co_return co_await impl_->profile.set_setting(draft_key(*name), std::move(kept));
}

std::string Client::draft(const std::string& buddy) const {
  const base::Result<ohim::Name> name = impl_->anybody_named(buddy);
  return name ? impl_->profile.setting(draft_key(*name)).value_or("") : "";
}

// --- what she calls them ---

base::Task<base::Result<void>> Client::set_alias(std::string buddy, std::string alias) {
  const base::Result<ohim::Name> name = impl_->buddy_named(buddy);
  if (!name) co_return name.error();
  BuddyList& list = impl_->engine.list();
  std::optional<BuddyEntry> before = list.snapshot(*name);
  if (before->alias == alias) co_return base::Result<void>();
  const base::Result<void> fits = list.set_alias(*name, std::move(alias), impl_->engine.device());
  if (!fits) co_return fits.error();
  co_return co_await impl_->store_label(*name, std::move(*before));
}

base::Task<base::Result<void>> Client::set_groups(std::string buddy,
                                                  std::vector<std::string> groups) {
  const base::Result<ohim::Name> name = impl_->buddy_named(buddy);
  if (!name) co_return name.error();
  BuddyList& list = impl_->engine.list();
  std::optional<BuddyEntry> before = list.snapshot(*name);
  if (before->groups == groups) co_return base::Result<void>();
  const base::Result<void> fits = list.set_groups(*name, std::move(groups), impl_->engine.device());
  if (!fits) co_return fits.error();
  co_return co_await impl_->store_label(*name, std::move(*before));
}

// --- what a face keeps ---

std::optional<std::string> Client::setting(const std::string& key) const {
  if (!impl_->engine.signed_on()) return std::nullopt;
  return impl_->profile.setting(face_key(key));
}

base::Task<base::Result<void>> Client::set_setting(std::string key, std::string value) {
  if (!impl_->engine.signed_on()) co_return not_signed_on();
  std::optional<std::string> kept = std::move(value);
  co_return co_await impl_->profile.set_setting(face_key(key), std::move(kept));
}

// --- helpers ---

base::Result<ohim::Name> Client::Impl::anybody_named(const std::string& text) const {
  if (!engine.signed_on()) return not_signed_on();
  return ohim::Name::parse(text);
}

base::Task<base::Result<void>> Client::Impl::store_label(ohim::Name name, BuddyEntry before) {
  kept_of_her_changed(name);
  const base::Result<void> stored = co_await store_list(name, std::move(before));
  if (!stored) kept_of_her_changed(name);
  co_return stored;
}

void Client::Impl::kept_of_her_changed(const ohim::Name& buddy) {
  if (engine.signed_on() && engine.list().has(buddy)) events.buddy_changed(show_buddy(buddy));
}

void Client::Impl::text_arrived(const StoredText& text) {
  events.text({text.peer, for_display(text.text, Lines::many), base::to_hex(text.id), text.sent_at,
               text.number});
  marks.arrived(text.peer, text.number);
}

void Client::Impl::text_stored(const StoredText& text) {
  StoredText safe = text;
  safe.text = for_display(text.text, Lines::many);
  events.text_stored(safe);
}

void Client::Impl::fate_changed(const TextFate& known) {
  events.fate_changed(known.buddy.str(), known.id, known.fate);
}

}  // namespace basic
