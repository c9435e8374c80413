#include "basic/profile.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "basic/directory_profile.h"
#include "testing/sim_world.h"

namespace basic {
namespace {

namespace fs = std::filesystem;

ohim::Name name(const char* text) { return *ohim::Name::parse(text); }

base::Secret key(std::uint8_t fill = 7) {
  base::Secret secret(32);
  for (std::uint8_t& byte : secret.bytes()) byte = fill;
  return secret;
}

StoredText text(std::uint8_t id, const char* words, const char* peer = "milhouse") {
  return {TextId{id}, name(peer), false, words, base::WallTime(std::chrono::seconds(1000 + id))};
}

mode_t mode_of(const fs::path& path) {
  struct stat found {};
  EXPECT_EQ(::lstat(path.c_str(), &found), 0) << path;
  return found.st_mode & 0777;
}

/// A profile in a folder of its own, gone afterwards.
class ProfileTest : public testing::Test {
 protected:
  ProfileTest() {
    std::string pattern = (fs::temp_directory_path() / "profile-test-XXXXXX").string();
    scratch_ = ::mkdtemp(pattern.data());
    folder_ = scratch_ / "profile";
  }
  ~ProfileTest() override {
    profile_.reset();
    fs::remove_all(scratch_);
  }
  void open(const char* user = "lisa") {
    profile_.reset();
    auto opened = DirectoryProfile::at(host_, folder_);
    ASSERT_TRUE(opened) << opened.error().message();
    profile_ = std::move(*opened);
    ASSERT_TRUE(world_.run(profile_->open(name(user), key())));
  }
  std::vector<std::string> words_with(const char* peer) {
    std::vector<std::string> words;
    const auto recent = world_.run(profile_->recent(name(peer), 100));
    if (recent) {
      for (const StoredText& stored : *recent) words.push_back(stored.text);
    }
    return words;
  }
  std::vector<bool> add(std::vector<StoredText> texts) {
    return *world_.run(profile_->add_texts(std::move(texts)));
  }

  sim::SimWorld world_{1};
  base::World& host_ = world_.host("lisa");
  fs::path scratch_;
  fs::path folder_;
  std::unique_ptr<DirectoryProfile> profile_;
};

TEST_F(ProfileTest, RemembersTextsAndPinsAcrossRuns) {
  open();
  EXPECT_EQ(add({text(1, "one"), text(2, "two")}), (std::vector{true, true}));
  ASSERT_TRUE(world_.run(profile_->set_pin(name("milhouse"), {9})));
  open();
  EXPECT_EQ(words_with("milhouse"), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(profile_->pin(name("milhouse")), openhash::PublicKey{9});
  EXPECT_EQ(profile_->pin(name("bart")), std::nullopt);
}

TEST_F(ProfileTest, RemembersNotesAcrossRuns) {
  const base::WallTime evening(std::chrono::seconds(1'083'801'600));
  open();
  ASSERT_TRUE(world_.run(profile_->set_notes({{name("milhouse"), {evening, false}}})));
  ASSERT_TRUE(world_.run(profile_->set_notes({{name("bart"), {{}, true}}})));
  const NotesByBuddy all = profile_->notes();
  EXPECT_EQ(all.size(), 2u);
  open();
  EXPECT_EQ(profile_->notes(), all);
  EXPECT_EQ(profile_->notes().at(name("milhouse")).last_seen, evening);
  EXPECT_TRUE(profile_->notes().at(name("bart")).tell_when_online);
}

TEST_F(ProfileTest, DropsTheSecondTextOfAnId) {
  open();
  EXPECT_EQ(add({text(1, "one"), text(1, "one")}), (std::vector{true, false}));
  EXPECT_EQ(add({text(1, "again")}), std::vector{false});
  EXPECT_EQ(add({text(1, "mine", "bart")}), std::vector{true}) << "each peer has ids of his own";
  EXPECT_EQ(words_with("milhouse"), std::vector<std::string>{"one"});
}

TEST_F(ProfileTest, WritesWhatCameTogetherTogetherAndInOrder) {
  open();
  std::vector<int> order;
  base::Tasks tasks;
  const auto add_one = [](Profile& profile, int number,
                          std::vector<int>& done) -> base::Task<void> {
    std::vector<StoredText> texts = {text(static_cast<std::uint8_t>(number), "x")};
    const auto added = co_await profile.add_texts(std::move(texts));
    if (added) done.push_back(number);
  };
  for (int i = 0; i < 5; ++i) tasks.start(add_one(*profile_, i, order));
  ASSERT_TRUE(world_.run_until([&order] { return order.size() == 5; }));
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

TEST_F(ProfileTest, IsForItsOwnerOnly) {
  open();
  add({text(1, "the secret of the treehouse")});
  ASSERT_TRUE(world_.run(profile_->set_notes({{name("milhouse"), {{}, true}}})));
  EXPECT_EQ(mode_of(folder_), 0700u);
  for (const auto& entry : fs::directory_iterator(folder_)) {
    EXPECT_EQ(mode_of(entry.path()), 0600u) << entry.path();
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(content.find("treehouse"), std::string::npos) << entry.path();
    EXPECT_EQ(content.find("milhouse"), std::string::npos) << entry.path();
  }
}

TEST_F(ProfileTest, IsUsedByOneProcessAtATime) {
  open();
  const auto second = DirectoryProfile::at(host_, folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), base::Errc::conflict);
  EXPECT_NE(second.error().message().find("--profile"), std::string::npos);
}

TEST_F(ProfileTest, FollowsNoSymbolicLink) {
  fs::create_directory(scratch_ / "elsewhere");
  fs::create_directory_symlink(scratch_ / "elsewhere", folder_);
  EXPECT_EQ(DirectoryProfile::at(host_, folder_).error(), base::Errc::refused);
}

TEST_F(ProfileTest, KeepsItsUsersApart) {
  open("lisa");
  add({text(1, "for lisa")});
  open("bart");
  EXPECT_TRUE(words_with("milhouse").empty());
  open("lisa");
  EXPECT_EQ(words_with("milhouse"), std::vector<std::string>{"for lisa"});
}

TEST_F(ProfileTest, SaysWhatIsWrongWithItsFile) {
  open();
  profile_.reset();
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (entry.path().extension() == ".db") std::ofstream(entry.path()) << "this is no database...";
  }
  auto opened = DirectoryProfile::at(host_, folder_);
  ASSERT_TRUE(opened);
  const auto user = world_.run((*opened)->open(name("lisa"), key()));
  ASSERT_FALSE(user);
  EXPECT_EQ(user.error(), base::Errc::failed);
}

TEST(MemoryProfileTest, DoesWhatTheOneOnDiskDoes) {
  sim::SimWorld world(1);
  MemoryProfile profile;
  ASSERT_TRUE(world.run(profile.open(name("lisa"), key())));
  std::vector<StoredText> twice = {text(1, "one"), text(1, "one")};
  EXPECT_EQ(*world.run(profile.add_texts(twice)), (std::vector{true, false}));
  EXPECT_EQ(world.run(profile.recent(name("milhouse"), 5))->size(), 1u);
  ASSERT_TRUE(world.run(profile.set_pin(name("milhouse"), {9})));
  EXPECT_EQ(profile.pin(name("milhouse")), openhash::PublicKey{9});
  ASSERT_TRUE(world.run(profile.set_notes({{name("milhouse"), {{}, true}}})));
  EXPECT_TRUE(profile.notes().at(name("milhouse")).tell_when_online);
}

}  // namespace
}  // namespace basic
