// The journal on a disk that fails, at every call in turn: nothing that was acknowledged is lost,
// and no fault keeps a node from starting.

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>

#include "faulty_disk.h"
#include "journal.h"

namespace openhash {
namespace {

namespace fs = std::filesystem;
using base::WallTime;
using Fault = FaultyDisk::Fault;
using std::chrono::seconds;

constexpr int kBatches = 12;
constexpr int kBatch = 4;
/// Calls before the fault; more than the story below makes.
constexpr std::uint64_t kMostCalls = 2000;

class JournalFaultsTest : public testing::Test {
 protected:
  JournalFaultsTest() {
    // In memory, where it can be: there are thousands of syncs, and no power cut is played here.
    const fs::path memory = "/dev/shm";
    const fs::path parent = fs::is_directory(memory) ? memory : fs::temp_directory_path();
    std::string name = (parent / "faults-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~JournalFaultsTest() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path file() const { return folder_ / "journal.db"; }
  void clear() const {
    for (const auto& entry : fs::directory_iterator(folder_)) fs::remove(entry.path());
  }

  static Journal::Entry entry(int number) {
    Journal::Entry made;
    made.key = Key::of(std::to_string(number));
    made.id = static_cast<std::uint64_t>(number);
    made.record = base::Bytes(900, static_cast<std::uint8_t>(number));
    made.until = WallTime(seconds(1'000'000));
    return made;
  }
  static std::vector<Journal::Entry> batch(int number) {
    std::vector<Journal::Entry> entries;
    for (int i = 0; i < kBatch; ++i) entries.push_back(entry(number * kBatch + i));
    return entries;
  }

  /// The life of a journal: started, written, swept, started again. `acknowledge` is called with
  /// each batch that is on disk, by its own account.
  void live(const std::function<void(int)>& acknowledge) const {
    auto journal = std::move(Journal::open(file()).journal);
    for (int number = 0; number < kBatches; ++number) {
      if (number == kBatches / 2) {
        journal.reset();
        journal = std::move(Journal::open(file()).journal);
        (void)journal->sweep(WallTime(seconds(10)));
      }
      if (journal->write(batch(number))) acknowledge(number);
    }
  }

  /// The batches that are there, whole. What is there must be what was written.
  std::set<int> recovered() const {
    const Journal::Opened opened = Journal::open(file());
    std::map<int, int> found;
    for (const Journal::Entry& one : opened.entries) {
      const auto number = static_cast<int>(one.id);
      EXPECT_EQ(one.record, entry(number).record);
      EXPECT_EQ(one.key, entry(number).key);
      ++found[number / kBatch];
    }
    std::set<int> whole;
    for (const auto& [number, count] : found) {
      EXPECT_EQ(count, kBatch) << "half of batch " << number;
      whole.insert(number);
    }
    EXPECT_TRUE(opened.journal->write({entry(1000)}));
    return whole;
  }

  void expect_nothing_lost(const std::set<int>& acknowledged) const {
    const std::set<int> there = recovered();
    EXPECT_TRUE(std::ranges::includes(there, acknowledged));
  }

  /// The story with a fault at the n-th call, for all n.
  void survives(Fault fault, bool for_ever) {
    std::uint64_t calls = 0;
    for (; calls < kMostCalls; ++calls) {
      clear();
      std::set<int> acknowledged;
      disk_.strike(fault, calls, for_ever);
      live([&](int number) { acknowledged.insert(number); });
      const bool struck = disk_.struck();
      disk_.mend();
      expect_nothing_lost(acknowledged);
      if (HasFailure()) FAIL() << "at call " << calls;
      if (!struck) break;
    }
    EXPECT_GT(calls, 100U);
    EXPECT_LT(calls, kMostCalls);
    RecordProperty("calls", static_cast<int>(calls));
  }

  /// The same in a process of its own, that dies at the n-th call.
  void survives_death(Fault fault) {
    std::uint64_t calls = 0;
    for (; calls < kMostCalls; ++calls) {
      clear();
      std::array<int, 2> pipe{};
      ASSERT_EQ(::pipe(pipe.data()), 0);
      const pid_t child = ::fork();
      if (child == 0) {
        disk_.strike(fault, calls, true);
        live([&](int number) { (void)!::write(pipe[1], &number, sizeof number); });
        ::_exit(0);
      }
      ::close(pipe[1]);
      std::set<int> acknowledged;
      for (int number = 0; ::read(pipe[0], &number, sizeof number) == sizeof number;) {
        acknowledged.insert(number);
      }
      ::close(pipe[0]);
      int status = 0;
      ASSERT_EQ(::waitpid(child, &status, 0), child);
      expect_nothing_lost(acknowledged);
      if (HasFailure()) FAIL() << "at call " << calls;
      if (WEXITSTATUS(status) != FaultyDisk::kKilled) break;
    }
    EXPECT_GT(calls, 40U);
    EXPECT_LT(calls, kMostCalls);
  }

  FaultyDisk disk_;

 private:
  fs::path folder_;
};

TEST_F(JournalFaultsTest, FullAtAnyCall) { survives(Fault::full, false); }
TEST_F(JournalFaultsTest, FullFromAnyCallOn) { survives(Fault::full, true); }
TEST_F(JournalFaultsTest, ErrorAtAnyCall) { survives(Fault::error, false); }
TEST_F(JournalFaultsTest, ErrorsFromAnyCallOn) { survives(Fault::error, true); }
TEST_F(JournalFaultsTest, ShortWriteAtAnyCall) { survives(Fault::short_write, false); }
TEST_F(JournalFaultsTest, ShortWritesFromAnyCallOn) { survives(Fault::short_write, true); }
TEST_F(JournalFaultsTest, KilledBeforeAnyCall) { survives_death(Fault::killed); }
TEST_F(JournalFaultsTest, KilledInTheMiddleOfAnyWrite) { survives_death(Fault::killed_amid); }

/// A log that was not taken into the database yet, and what may become of its bytes.
class JournalRotTest : public JournalFaultsTest {
 protected:
  static constexpr int kWritten = 3;

  static std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void write(const fs::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), std::ssize(bytes));
  }
  [[nodiscard]] fs::path log() const { return file().string() + "-wal"; }

  /// What a killed process leaves: the database and its log.
  void leave_a_log() {
    const auto journal = std::move(Journal::open(file()).journal);
    for (int number = 0; number < kWritten; ++number) {
      EXPECT_TRUE(journal->write(batch(number)));
      lengths_.push_back(content(log()).size());
    }
    database_bytes_ = content(file());
    log_bytes_ = content(log());
  }
  Journal::Opened open_with(std::string_view database, std::string_view the_log) {
    clear();
    write(file(), database);
    write(log(), the_log);
    return Journal::open(file());
  }
  static std::size_t batches(const Journal::Opened& opened) {
    EXPECT_EQ(opened.entries.size() % kBatch, 0U);
    return opened.entries.size() / kBatch;
  }

  std::string database_bytes_;
  std::string log_bytes_;
  std::vector<std::size_t> lengths_;  // of the log after each batch
};

TEST_F(JournalRotTest, EveryByteOfTheTailCut) {
  leave_a_log();
  std::size_t left = kWritten;
  for (std::size_t size = log_bytes_.size(); size >= lengths_[kWritten - 2]; --size) {
    const std::size_t there = batches(open_with(database_bytes_, log_bytes_.substr(0, size)));
    ASSERT_LE(there, left) << size;
    ASSERT_GE(there, kWritten - 1U) << size;
    left = there;
  }
  EXPECT_EQ(left, kWritten - 1U);
}

TEST_F(JournalRotTest, ACutTailIsReported) {
  leave_a_log();
  EXPECT_EQ(open_with(database_bytes_, log_bytes_).report, "");
  const auto cut = open_with(database_bytes_, log_bytes_.substr(0, log_bytes_.size() - 1));
  EXPECT_NE(cut.report.find("not whole"), std::string::npos) << cut.report;
}

TEST_F(JournalRotTest, FlippedBitsInTheLogCostTheTailAtMost) {
  leave_a_log();
  for (std::size_t at = 0; at < log_bytes_.size(); at += 61) {
    std::string rotten = log_bytes_;
    rotten[at] = static_cast<char>(rotten[at] ^ (1 << at % 8));
    const auto opened = open_with(database_bytes_, rotten);
    const auto before = std::ranges::count_if(lengths_, [&](auto length) { return length <= at; });
    ASSERT_GE(batches(opened), static_cast<std::size_t>(before)) << at;
    if (batches(opened) < kWritten) {
      ASSERT_NE(opened.report, "") << at;
    }
  }
}

TEST_F(JournalRotTest, FlippedBitsInTheDatabaseNeverKeepItFromOpening) {
  {
    const auto journal = std::move(Journal::open(file()).journal);
    for (int number = 0; number < kWritten; ++number) EXPECT_TRUE(journal->write(batch(number)));
  }
  const std::string bytes = content(file());
  for (std::size_t at = 0; at < bytes.size(); at += 61) {
    clear();
    std::string rotten = bytes;
    rotten[at] = static_cast<char>(rotten[at] ^ (1 << at % 8));
    write(file(), rotten);
    const auto opened = Journal::open(file());
    ASSERT_TRUE(opened.journal->write({entry(1000)})) << at << ": " << opened.report;
    // One page holds four of these records; its loss is the most that a bit can cost, but for the
    // first pages, which say where all others are.
    const bool at_the_root = at < 2 * 4096;
    if (!at_the_root) {
      ASSERT_GE(opened.entries.size(), (kWritten - 1) * kBatch - 1U) << at;
    }
  }
}

TEST_F(JournalRotTest, KilledWhileMendingItGoesOn) {
  for (std::uint64_t calls = 0; calls < kMostCalls; ++calls) {
    clear();
    {
      const auto journal = std::move(Journal::open(file()).journal);
      for (int number = 0; number < kWritten; ++number) EXPECT_TRUE(journal->write(batch(number)));
    }
    std::string bytes = content(file());
    bytes.append(4096, 'x');  // a page that belongs to nothing
    bytes[28 + 3] = static_cast<char>(bytes[28 + 3] + 1);
    write(file(), bytes);
    const pid_t child = ::fork();
    if (child == 0) {
      disk_.strike(Fault::killed, calls, true);
      const auto opened = Journal::open(file());
      ::_exit(opened.report.empty() ? 1 : 0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_NE(WEXITSTATUS(status), 1) << "was not damaged after all";
    ASSERT_EQ(recovered().size(), static_cast<std::size_t>(kWritten)) << calls;
    if (WEXITSTATUS(status) == 0) break;
  }
}

}  // namespace
}  // namespace openhash
