// What is only true of a profile on disk: whose it is, how it is read, and that of earlier
// versions.
#include "basic/directory_profile.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>

#include "history_file.h"
#include "history_version_0.h"
#include "profile_fixture.h"

namespace basic {
namespace {

namespace fs = std::filesystem;
using namespace test;

mode_t mode_of(const fs::path& path) {
  struct stat found {};
  EXPECT_EQ(::lstat(path.c_str(), &found), 0) << path;
  return found.st_mode & 0777;
}

class DirectoryProfileTest : public WithProfile {
 protected:
  DirectoryProfileTest() : WithProfile(Where::on_disk) {}

  [[nodiscard]] fs::path database() const {
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (entry.path().extension() == ".db") return entry.path();
    }
    return {};
  }
  /// What another program does to the file. The last column of the rows that come, if any.
  static Words run_sql(const fs::path& file, const std::string& sql) {
    Words column;
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    const auto take = [](void* rows, int columns, char** values, char**) {
      static_cast<Words*>(rows)->push_back(values[columns - 1] == nullptr ? ""
                                                                          : values[columns - 1]);
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), take, &column, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
    return column;
  }
  /// Lisa's file, as the first version left it.
  void write_version_0() {
    open();
    const fs::path file = database();
    profile_.reset();
    fs::remove(file);
    run_sql(file, kHistoryOfVersion0);
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  }
};

TEST_F(DirectoryProfileTest, IsForItsOwnerOnly) {
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

TEST_F(DirectoryProfileTest, IsUsedByOneProcessAtATime) {
  open();
  const auto second = DirectoryProfile::at(host_, folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), base::Errc::conflict);
  EXPECT_NE(second.error().message().find("--profile"), std::string::npos);
}

TEST_F(DirectoryProfileTest, FollowsNoSymbolicLink) {
  fs::create_directory(scratch_ / "elsewhere");
  fs::create_directory_symlink(scratch_ / "elsewhere", folder_);
  EXPECT_EQ(DirectoryProfile::at(host_, folder_).error(), base::Errc::refused);
}

TEST_F(DirectoryProfileTest, SaysWhatIsWrongWithItsFile) {
  open();
  profile_.reset();
  std::ofstream(database()) << "this is no database...";
  auto opened = DirectoryProfile::at(host_, folder_);
  ASSERT_TRUE(opened);
  const auto user = world_.run((*opened)->open(name("lisa"), key()));
  ASSERT_FALSE(user);
  EXPECT_EQ(user.error(), base::Errc::failed);
}

TEST_F(DirectoryProfileTest, WritesWhatItWasToldEvenIfItGoesAtOnce) {
  open();
  base::Tasks tasks;
  const auto set = [](Profile& profile, const char* value) -> base::Task<void> {
    const auto kept = co_await profile.set_setting("size", value);
    ADD_FAILURE() << "answered, " << kept.has_value();
  };
  for (const char* const value : {"one", "two", "three"}) tasks.start(set(*profile_, value));
  tasks.cancel();
  profile_.reset();
  world_.advance(std::chrono::seconds(1));
  open();
  EXPECT_EQ(profile_->setting("size"), "three");
}

// --- files of other versions ---

TEST_F(DirectoryProfileTest, KeepsWhatTheFirstVersionWrote) {
  write_version_0();
  open();
  EXPECT_EQ(words_with("milhouse"), (Words{"written by the first version", "and answered"}));
  EXPECT_EQ(fates(), (std::vector{Fate::delivered, Fate::delivered}));
  EXPECT_EQ(profile_->pin(name("bart")), openhash::PublicKey{9});
  EXPECT_TRUE(profile_->notes().at(name("milhouse")).tell_when_online);
  EXPECT_EQ(search("shorts"), Words{"eat my shorts"});
  EXPECT_EQ(add({text(1, "again"), text(4, "new")}), (std::vector<TextNumber>{0, 4}));
}

TEST_F(DirectoryProfileTest, CallsNothingUnreadThatTheFirstVersionHadShown) {
  write_version_0();
  open();
  EXPECT_EQ(count_after(0), 0u);
  add({text(4, "new")});
  EXPECT_EQ(count_after(0), 1u);
  open();
  EXPECT_EQ(count_after(0), 1u);
}

TEST_F(DirectoryProfileTest, LeavesTheFileOfALaterVersionAlone) {
  open();
  run_sql(database(), "PRAGMA user_version = 9");
  profile_.reset();
  auto opened = DirectoryProfile::at(host_, folder_);
  const auto user = world_.run((*opened)->open(name("lisa"), key()));
  ASSERT_FALSE(user);
  EXPECT_NE(user.error().message().find("later version"), std::string::npos);
}

// --- how it is read ---

TEST_F(DirectoryProfileTest, TurnsPagesByAnIndex) {
  open();
  const auto plan_of = [this](const std::string& question) {
    std::string plan;
    for (const std::string& step : run_sql(database(), "EXPLAIN QUERY PLAN " + question)) {
      plan += step + "; ";
    }
    return plan;
  };
  const std::string by_peer = "SEARCH texts USING INDEX texts_of_peer (peer=? AND number";
  EXPECT_EQ(plan_of(HistoryFile::kBeforeOfPeer).find(by_peer + "<?)"), 0u);
  EXPECT_EQ(plan_of(HistoryFile::kAfter).find(by_peer + ">?)"), 0u);
  EXPECT_NE(plan_of(HistoryFile::kReceivedAfter).find(by_peer + ">?)"), std::string::npos);
  EXPECT_EQ(plan_of(HistoryFile::kBefore).find("SEARCH texts USING INTEGER PRIMARY KEY"), 0u);
  for (const auto* question : {&HistoryFile::kBeforeOfPeer, &HistoryFile::kAfter}) {
    EXPECT_EQ(plan_of(*question).find("SCAN"), std::string::npos);
    EXPECT_EQ(plan_of(*question).find("ORDER BY"), std::string::npos);
  }
}

TEST_F(DirectoryProfileTest, FindsAcrossTheStepsOfASearch) {
  open();
  Texts many;
  for (std::uint16_t i = 0; i < 1200; ++i) {
    many.push_back(text(0, i % 400 == 0 ? "a needle" : "hay"));
    many.back().id = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)};
  }
  add(std::move(many));
  EXPECT_EQ(search("needle").size(), 3u);
  EXPECT_EQ(search("needle", nullptr, 2).size(), 2u);
  const auto newest = world_.run(profile_->search("needle", std::nullopt, 1));
  EXPECT_EQ(newest->front().number, 801u);
}

TEST_F(DirectoryProfileTest, ShowsNoTextThatWasTamperedWith) {
  open();
  add({text(1, "one"), text(2, "two")});
  run_sql(database(), "UPDATE texts SET box = (SELECT box FROM texts WHERE number = 1)");
  EXPECT_EQ(words_with("milhouse"), Words{"one"});
  EXPECT_EQ(search("one"), Words{"one"});
}

}  // namespace
}  // namespace basic
