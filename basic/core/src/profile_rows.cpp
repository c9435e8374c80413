#include "profile_rows.h"

namespace basic::rows {
namespace {

base::Bytes place_of(const TextId& id, bool outgoing, base::ByteView peer_tag) {
  base::Writer place;
  place.bytes(base::view("text")).bytes(id).u8(outgoing ? 1 : 0).bytes(peer_tag);
  return place.take();
}

/// A pin's place is its bare tag; whatever else is sealed under a tag has a word before it.
base::Bytes place_of(std::string_view what, base::ByteView tag) {
  base::Writer place;
  place.bytes(base::view(what)).bytes(tag);
  return place.take();
}

constexpr std::uint8_t kTellWhenOnline = 1;
constexpr std::uint8_t kListsUs = 2;

}  // namespace

// --- texts ---

SealedText seal(const SealedBox& box, const StoredText& text, base::Bytes peer_tag,
                base::Entropy& entropy) {
  SealedText sealed{text.id, std::move(peer_tag), text.outgoing, {}, text.fate};
  base::Writer content;
  content.u64(static_cast<std::uint64_t>(text.sent_at.time_since_epoch().count()));
  content.bytes(base::view(text.text));
  const base::Bytes place = place_of(text.id, text.outgoing, sealed.peer_tag);
  sealed.box = box.seal(content.view(), place, entropy);
  return sealed;
}

std::optional<StoredText> unseal(const SealedBox& box, const SealedText& text,
                                 const ohim::Name& peer) {
  const auto content = box.open(text.box, place_of(text.id, text.outgoing, text.peer_tag));
  if (!content) return std::nullopt;
  base::Reader in(*content);
  const auto seconds = std::chrono::seconds(in.u64());
  if (!in.ok()) return std::nullopt;
  return StoredText{
      text.id,   peer,       text.outgoing, base::to_string(in.rest()), base::WallTime(seconds),
      text.fate, text.number};
}

Texts unseal(const SealedBox& box, const std::vector<SealedText>& texts, const ohim::Name& peer) {
  Texts opened;
  for (const SealedText& text : texts) {
    if (auto readable = unseal(box, text, peer)) opened.push_back(std::move(*readable));
  }
  return opened;
}

// --- pins ---

SealedRow seal_pin(const SealedBox& box, const ohim::Name& buddy, const openhash::PublicKey& key,
                   base::Entropy& entropy) {
  SealedRow sealed{box.tag(buddy.str()), {}};
  base::Writer content;
  content.bytes(key).text8(buddy.str());
  sealed.box = box.seal(content.view(), sealed.tag, entropy);
  return sealed;
}

Pins unseal_pins(const SealedBox& box, const std::vector<SealedRow>& sealed) {
  Pins pins;
  for (const SealedRow& pin : sealed) {
    const auto content = box.open(pin.box, pin.tag);
    if (!content) continue;
    base::Reader in(*content);
    const auto key = in.array<32>();
    const auto name = ohim::Name::parse(in.text8());
    if (in.finished() && name) pins.emplace(*name, key);
  }
  return pins;
}

// --- notes ---

SealedRow seal_notes(const SealedBox& box, const ohim::Name& buddy, const BuddyNotes& notes,
                     base::Entropy& entropy) {
  SealedRow sealed{box.tag(buddy.str()), {}};
  base::Writer content;
  content.u64(static_cast<std::uint64_t>(notes.last_seen.time_since_epoch().count()));
  std::uint8_t flags = 0;
  if (notes.tell_when_online) flags |= kTellWhenOnline;
  if (notes.lists_us) flags |= kListsUs;
  content.u8(flags).text8(buddy.str());
  sealed.box = box.seal(content.view(), place_of("notes", sealed.tag), entropy);
  return sealed;
}

NotesByBuddy unseal_notes(const SealedBox& box, const std::vector<SealedRow>& sealed) {
  NotesByBuddy all;
  for (const SealedRow& row : sealed) {
    const auto content = box.open(row.box, place_of("notes", row.tag));
    if (!content) continue;
    base::Reader in(*content);
    BuddyNotes notes;
    notes.last_seen = base::WallTime(std::chrono::seconds(in.u64()));
    const std::uint8_t flags = in.u8();
    notes.tell_when_online = (flags & kTellWhenOnline) != 0;
    notes.lists_us = (flags & kListsUs) != 0;
    const auto name = ohim::Name::parse(in.text8());
    if (in.finished() && name) all.emplace(*name, notes);
  }
  return all;
}

// --- peers ---

SealedRow seal_peer(const SealedBox& box, const ohim::Name& peer, base::Entropy& entropy) {
  SealedRow sealed{box.tag(peer.str()), {}};
  sealed.box = box.seal(base::view(peer.str()), place_of("peer", sealed.tag), entropy);
  return sealed;
}

std::vector<ohim::Name> unseal_peers(const SealedBox& box, const std::vector<SealedRow>& sealed) {
  std::vector<ohim::Name> peers;
  for (const SealedRow& row : sealed) {
    const auto content = box.open(row.box, place_of("peer", row.tag));
    if (!content) continue;
    const auto name = ohim::Name::parse(base::to_string(*content));
    if (name) peers.push_back(*name);
  }
  return peers;
}

// --- settings ---

SealedRow seal_setting(const SealedBox& box, const std::string& key,
                       const std::optional<std::string>& value, base::Entropy& entropy) {
  // No name has a space, so this is nobody's tag.
  SealedRow sealed{box.tag("setting " + key), {}};
  if (!value) return sealed;
  base::Writer content;
  content.text8(key).bytes(base::view(*value));
  sealed.box = box.seal(content.view(), place_of("setting", sealed.tag), entropy);
  return sealed;
}

Settings unseal_settings(const SealedBox& box, const std::vector<SealedRow>& sealed) {
  Settings settings;
  for (const SealedRow& row : sealed) {
    const auto content = box.open(row.box, place_of("setting", row.tag));
    if (!content) continue;
    base::Reader in(*content);
    std::string key = in.text8();
    if (in.ok()) settings.emplace(std::move(key), base::to_string(in.rest()));
  }
  return settings;
}

}  // namespace basic::rows
