#include "journal.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

namespace openhash {
namespace {

namespace fs = std::filesystem;
using base::WallTime;
using std::chrono::seconds;

/// A journal in a folder of its own, and copies of its files as a killed process leaves them.
class JournalTest : public testing::Test {
 protected:
  JournalTest() {
    std::string name = (fs::temp_directory_path() / "journal-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~JournalTest() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path file(const std::string& name = "journal.db") const {
    return folder_ / name;
  }
  static Journal::Entry entry(int number, std::size_t size = 300) {
    Journal::Entry made;
    made.key = Key::of(std::to_string(number));
    made.id = static_cast<std::uint64_t>(number) + 1;
    made.record = base::Bytes(size, static_cast<std::uint8_t>(number));
    made.until = WallTime(seconds(1'000'000));
    return made;
  }
  static std::unique_ptr<Journal> open(const fs::path& path) {
    return std::move(Journal::open(path).journal);
  }
  static std::size_t entries_in(const fs::path& path) { return Journal::open(path).entries.size(); }
  /// What is on disk now becomes the journal `name`.
  void copy_as(const std::string& name) const {
    for (const char* const part : {"", "-wal"}) {
      const fs::path from = file().string() + part;
      if (fs::exists(from)) {
        fs::copy_file(from, file(name).string() + part, fs::copy_options::overwrite_existing);
      }
    }
  }
  static void damage(const fs::path& path, std::uintmax_t at, std::size_t size) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(at));
    file << std::string(size, '\x5a');
  }

 private:
  fs::path folder_;
};

TEST_F(JournalTest, KeepsWhatWasWritten) {
  ASSERT_TRUE(open(file())->write({entry(1), entry(2)}));
  const auto opened = Journal::open(file());
  EXPECT_EQ(opened.entries.size(), 2U);
  EXPECT_EQ(opened.report, "");
}

TEST_F(JournalTest, ReplacesTheSamePlace) {
  Journal::Entry newer = entry(1);
  newer.record = {7, 7};
  ASSERT_TRUE(open(file())->write({entry(1)}));
  ASSERT_TRUE(open(file())->write({newer}));
  const auto opened = Journal::open(file());
  ASSERT_EQ(opened.entries.size(), 1U);
  EXPECT_EQ(opened.entries[0].record, newer.record);
}

TEST_F(JournalTest, LosesNothingWhenKilled) {
  const auto journal = open(file());
  for (int number = 0; number < 20; ++number) {
    ASSERT_TRUE(journal->write({entry(number)}));
    copy_as("killed.db");
    EXPECT_EQ(entries_in(file("killed.db")), static_cast<std::size_t>(number) + 1);
    fs::remove(file("killed.db"));
    fs::remove(file("killed.db-wal"));
  }
}

TEST_F(JournalTest, CutsATornTail) {
  const auto journal = open(file());
  for (int number = 0; number < 5; ++number) ASSERT_TRUE(journal->write({entry(number)}));
  const auto whole = fs::file_size(file().string() + "-wal");
  std::size_t before = 5;
  for (std::uintmax_t size = whole; size > 0; size -= std::min<std::uintmax_t>(size, 511)) {
    copy_as("torn.db");
    fs::resize_file(file("torn.db-wal"), size);
    const auto opened = Journal::open(file("torn.db"));
    EXPECT_LE(opened.entries.size(), before) << size;
    before = opened.entries.size();
  }
}

TEST_F(JournalTest, SetsAFileOfGarbageAside) {
  std::ofstream(file()) << std::string(10'000, 'x');
  const auto opened = Journal::open(file());
  EXPECT_TRUE(opened.entries.empty());
  EXPECT_NE(opened.report.find("damaged-1"), std::string::npos) << opened.report;
  EXPECT_TRUE(fs::exists(file("journal.db.damaged-1")));
  EXPECT_TRUE(opened.journal->write({entry(1)}));
}

TEST_F(JournalTest, SavesWhatIsReadableAroundADamagedPage) {
  std::vector<Journal::Entry> many;
  for (int number = 0; number < 200; ++number) many.push_back(entry(number, 900));
  ASSERT_TRUE(open(file())->write(many));
  damage(file(), fs::file_size(file()) / 2 / 4096 * 4096, 4096);
  const auto opened = Journal::open(file());
  EXPECT_NE(opened.report, "");
  EXPECT_GT(opened.entries.size(), 100U);
  opened.journal->close();
  EXPECT_EQ(entries_in(file()), opened.entries.size());
}

TEST_F(JournalTest, SweepsWhatHasEnded) {
  const auto journal = open(file());
  Journal::Entry ended = entry(1);
  ended.until = WallTime(seconds(10));
  ASSERT_TRUE(journal->write({ended, entry(2)}));
  ASSERT_TRUE(journal->sweep(WallTime(seconds(11))));
  journal->close();
  EXPECT_EQ(entries_in(file()), 1U);
}

TEST_F(JournalTest, SaysWhereItCannotWriteAndTriesAgain) {
  const auto opened = Journal::open(file("later/journal.db"));
  EXPECT_NE(opened.report.find("later/journal.db"), std::string::npos) << opened.report;
  EXPECT_EQ(opened.journal->write({entry(1)}).error(), make_error_code(base::Errc::failed));
  fs::create_directory(file("later"));
  EXPECT_TRUE(opened.journal->write({entry(1)}));
  opened.journal->close();
  EXPECT_EQ(entries_in(file("later/journal.db")), 1U);
}

TEST_F(JournalTest, IsClosedForGood) {
  const auto journal = open(file());
  journal->close();
  EXPECT_EQ(journal->write({entry(1)}).error(), make_error_code(base::Errc::closed));
}

}  // namespace
}  // namespace openhash
