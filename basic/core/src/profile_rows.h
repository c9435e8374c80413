#pragma once
// What a profile keeps, sealed into the rows of its file and back. docs/profile.md has the bytes.

#include <map>
#include <optional>
#include <string>

#include "history_file.h"

namespace basic::rows {

using Pins = std::map<ohim::Name, openhash::PublicKey>;
using Settings = std::map<std::string, std::string, std::less<>>;

SealedText seal(const SealedBox& box, const StoredText& text, base::Bytes peer_tag,
                base::Entropy& entropy);
SealedRow seal_pin(const SealedBox& box, const ohim::Name& buddy, const openhash::PublicKey& key,
                   base::Entropy& entropy);
SealedRow seal_notes(const SealedBox& box, const ohim::Name& buddy, const BuddyNotes& notes,
                     base::Entropy& entropy);
SealedRow seal_peer(const SealedBox& box, const ohim::Name& peer, base::Entropy& entropy);
/// None: the row that forgets it.
SealedRow seal_setting(const SealedBox& box, const std::string& key,
                       const std::optional<std::string>& value, base::Entropy& entropy);

// What was not sealed by us, or was tampered with, is left out.
std::optional<StoredText> unseal(const SealedBox& box, const SealedText& text,
                                 const ohim::Name& peer);
Texts unseal(const SealedBox& box, const std::vector<SealedText>& texts, const ohim::Name& peer);
Pins unseal_pins(const SealedBox& box, const std::vector<SealedRow>& sealed);
NotesByBuddy unseal_notes(const SealedBox& box, const std::vector<SealedRow>& sealed);
std::vector<ohim::Name> unseal_peers(const SealedBox& box, const std::vector<SealedRow>& sealed);
Settings unseal_settings(const SealedBox& box, const std::vector<SealedRow>& sealed);

}  // namespace basic::rows
