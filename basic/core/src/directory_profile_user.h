#pragma once
// Whose profile is open, as DirectoryProfile has it in memory.

#include <set>

#include "basic/directory_profile.h"
#include "profile_rows.h"

namespace basic {

struct DirectoryProfile::User {
  explicit User(const base::Secret& key) : box(std::make_shared<const SealedBox>(key)) {}

  std::shared_ptr<const SealedBox> box;  // both are shared with work under way
  std::shared_ptr<HistoryFile> file;
  rows::Pins pins;
  NotesByBuddy notes;
  rows::Settings settings;
  std::set<ohim::Name> peers;  // whose names are in the file, beside their texts

  /// What is in the file beside the texts.
  void take(const Rows& rows) {
    pins = rows::unseal_pins(*box, rows.pins);
    notes = rows::unseal_notes(*box, rows.notes);
    settings = rows::unseal_settings(*box, rows.settings);
    for (const ohim::Name& name : rows::unseal_peers(*box, rows.peers)) peers.insert(name);
    for (const ohim::Name& name : peers) tag_of(name);
    // With those there may be texts of an earlier version, which wrote no names beside them.
    for (const auto& [name, key] : pins) tag_of(name);
    for (const auto& [name, note] : notes) tag_of(name);
  }

  /// The tag that stands for `name`; from then on the name is known by it.
  const base::Bytes& tag_of(const ohim::Name& name) {
    const auto known = tags_.find(name);
    if (known != tags_.end()) return known->second;
    return tags_.emplace(name, box->tag(name.str())).first->second;
  }
  [[nodiscard]] std::map<base::Bytes, ohim::Name> names_by_tag() const {
    std::map<base::Bytes, ohim::Name> names;
    for (const auto& [name, tag] : tags_) names.emplace(tag, name);
    return names;
  }

 private:
  std::map<ohim::Name, base::Bytes> tags_;
};

}  // namespace basic
