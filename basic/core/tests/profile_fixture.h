#pragma once
// A profile to be tested, in memory or on disk, and the words to say what is in it.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "basic/directory_profile.h"
#include "basic/profile.h"
#include "testing/sim_world.h"

namespace basic::test {

inline ohim::Name name(const char* text) { return *ohim::Name::parse(text); }

inline base::Secret key(std::uint8_t fill = 7) {
  base::Secret secret(32);
  for (std::uint8_t& byte : secret.bytes()) byte = fill;
  return secret;
}

/// From `peer`.
inline StoredText text(std::uint8_t id, const char* words, const char* peer = "milhouse") {
  return {TextId{id}, name(peer), false, words, base::WallTime(std::chrono::seconds(1000 + id))};
}

/// To milhouse.
inline StoredText ours(std::uint8_t id, const char* words, Fate fate = Fate::pending) {
  StoredText text = test::text(id, words);
  text.outgoing = true;
  text.fate = fate;
  return text;
}

using Words = std::vector<std::string>;

inline Words words_of(const base::Result<Texts>& texts) {
  Words words;
  if (!texts) return {texts.error().message()};
  for (const StoredText& text : *texts) words.push_back(text.text);
  return words;
}

enum class Where { in_memory, on_disk };

/// Lisa's profile; its folder is gone afterwards.
class WithProfile : public testing::Test {
 protected:
  explicit WithProfile(Where where) : where_(where) {
    std::string pattern = (std::filesystem::temp_directory_path() / "profile-test-XXXXXX").string();
    scratch_ = ::mkdtemp(pattern.data());
    folder_ = scratch_ / "profile";
  }
  ~WithProfile() override {
    profile_.reset();
    std::filesystem::remove_all(scratch_);
  }

  /// A run of its own: what is remembered from the one before comes from the disk.
  void open(const char* user = "lisa") {
    if (where_ == Where::in_memory && !profile_) profile_ = std::make_unique<MemoryProfile>();
    if (where_ == Where::on_disk) {
      profile_.reset();
      auto opened = DirectoryProfile::at(host_, folder_);
      ASSERT_TRUE(opened) << opened.error().message();
      profile_ = std::move(*opened);
    }
    const auto user_opened = world_.run(profile_->open(name(user), key()));
    ASSERT_TRUE(user_opened) << user_opened.error().message();
  }
  Words words_with(const char* peer) { return before(0, 100, peer); }
  Words before(TextNumber number, std::size_t count, const char* peer = "milhouse") {
    return words_of(world_.run(profile_->texts_before(name(peer), number, count)));
  }
  Words after(TextNumber number, std::size_t count, const char* peer = "milhouse") {
    return words_of(world_.run(profile_->texts_after(name(peer), number, count)));
  }
  std::size_t count_after(TextNumber number, const char* peer = "milhouse") {
    return *world_.run(profile_->count_after(name(peer), number));
  }
  Words search(const char* words, const char* buddy = nullptr, std::size_t count = 100) {
    std::optional<ohim::Name> with;
    if (buddy != nullptr) with = name(buddy);
    return words_of(world_.run(profile_->search(words, with, count)));
  }
  std::vector<TextNumber> add(Texts texts) {
    return *world_.run(profile_->add_texts(std::move(texts)));
  }
  std::vector<Fate> fates() {
    std::vector<Fate> fates;
    const auto texts = world_.run(profile_->texts_before(name("milhouse"), 0, 100));
    for (const StoredText& stored : *texts) fates.push_back(stored.fate);
    return fates;
  }
  base::Result<void> set(const char* key, std::optional<std::string> value) {
    return world_.run(profile_->set_setting(key, std::move(value)));
  }

  Where where_;
  sim::SimWorld world_{1};
  base::World& host_ = world_.host("lisa");
  std::filesystem::path scratch_;
  std::filesystem::path folder_;
  std::unique_ptr<Profile> profile_;
};

}  // namespace basic::test
