#pragma once
// A profile in a folder: one SQLite file a user, whose names, keys and texts are sealed. Texts that
// come together are written together: one fsync for all that waited.

#include <deque>
#include <filesystem>
#include <memory>

#include "base/world.h"
#include "basic/profile.h"

namespace basic {

class ProfileFolder;

class DirectoryProfile final : public Profile {
 public:
  /// Makes `folder` if it is not there (0700; the files in it 0600) and locks it until destroyed.
  /// `conflict`: another process uses it. `failed`, `refused` (a symbolic link, or somebody else's)
  /// with a sentence.
  static base::Result<std::unique_ptr<DirectoryProfile>> at(base::World& world,
                                                            const std::filesystem::path& folder);
  ~DirectoryProfile() override;

  base::Task<base::Result<void>> open(ohim::Name user, base::Secret key) override;
  [[nodiscard]] std::optional<openhash::PublicKey> pin(const ohim::Name& buddy) const override;
  base::Task<base::Result<void>> set_pin(ohim::Name buddy, openhash::PublicKey key) override;
  [[nodiscard]] const NotesByBuddy& notes() const override;
  base::Task<base::Result<void>> set_notes(NotesByBuddy notes) override;
  base::Task<base::Result<std::vector<TextNumber>>> add_texts(Texts texts) override;
  base::Task<base::Result<void>> set_fates(std::vector<TextFate> fates) override;
  base::Task<base::Result<Texts>> texts_before(ohim::Name buddy, TextNumber before,
                                               std::size_t count) override;
  base::Task<base::Result<Texts>> texts_after(ohim::Name buddy, TextNumber after,
                                              std::size_t count) override;
  base::Task<base::Result<std::size_t>> count_after(ohim::Name buddy, TextNumber after) override;
  base::Task<base::Result<Texts>> search(std::string words, std::optional<ohim::Name> buddy,
                                         std::size_t count) override;
  [[nodiscard]] std::optional<std::string> setting(std::string_view key) const override;
  base::Task<base::Result<void>> set_setting(std::string key,
                                             std::optional<std::string> value) override;

 private:
  struct User;
  struct Write;
  struct Batch;

  DirectoryProfile(base::World& world, std::shared_ptr<ProfileFolder> folder);
  [[nodiscard]] std::shared_ptr<Write> new_write() const;
  base::Task<base::Result<std::vector<TextNumber>>> written(std::shared_ptr<Write> write);
  base::Task<base::Result<void>> done(std::shared_ptr<Write> write);
  void commit_waiting();
  void committed(const std::shared_ptr<Batch>& batch);

  base::World& world_;
  std::shared_ptr<ProfileFolder> folder_;  // shared with work under way
  std::unique_ptr<User> user_;             // who is open
  std::deque<std::shared_ptr<Write>> waiting_;
  std::shared_ptr<void> committing_;  // the worker's token; empty when nothing is being written
};

}  // namespace basic
