// The programs themselves, as processes on loopback: openhashd serves, openhash looks in.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/system.h"
#include "killers.h"
#include "openhash/node.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// A process whose standard output we read.
class Process {
 public:
  explicit Process(std::vector<std::string> words) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]);
      close(ends[1]);
      std::vector<char*> argv;
      for (std::string& word : words) argv.push_back(word.data());
      argv.push_back(nullptr);
      execv(argv[0], argv.data());
      _exit(127);
    }
    close(ends[1]);
    out_ = ends[0];
  }
  ~Process() {
    if (pid_ > 0) end(SIGKILL);
    close(out_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  std::string read_line() {
    std::string line;
    for (char c = 0; read(out_, &c, 1) == 1 && c != '\n';) line += c;
    return line;
  }
  std::string read_all() {
    std::string text;
    for (char c = 0; read(out_, &c, 1) == 1;) text += c;
    return text;
  }
  /// Waits for the end, after a signal if one is given; the exit status, -1 if killed.
  int end(int signal = 0) {
    if (signal != 0) kill(pid_, signal);
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
};

class OpenhashdTest : public testing::Test {
 protected:
  OpenhashdTest() {
    std::string name = (fs::temp_directory_path() / "openhashd-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~OpenhashdTest() override {
    daemon_.reset();
    fs::remove_all(folder_);
  }

  /// Starts the daemon, on the port it had before if it ran before.
  void start() {
    const std::string listen = "127.0.0.1:" + port_;
    daemon_ = std::make_unique<Process>(
        std::vector<std::string>{OHIM_OPENHASHD, "--listen", listen, "--state", folder_ / "state",
                                 "--work-bits", "4", "--log", "off"});
    const std::string line = daemon_->read_line();
    ASSERT_TRUE(line.starts_with("openhashd listening on 127.0.0.1:")) << line;
    port_ = line.substr(line.rfind(':') + 1);
  }
  struct Answer {
    int status;
    std::string text;
  };
  Answer openhash(std::vector<std::string> words) {
    words.insert(words.begin(),
                 {OHIM_OPENHASH, "--node", "127.0.0.1:" + port_, "--work-bits", "4"});
    Process tool(words);
    std::string text = tool.read_all();
    return {tool.end(), std::move(text)};
  }
  Answer put(const std::string& text) {
    std::ofstream(folder_ / "file") << text;
    return openhash({"put", "my notes", "--file", folder_ / "file", "--key-file", folder_ / "key"});
  }

  fs::path folder_;
  std::string port_ = "0";
  std::unique_ptr<Process> daemon_;
};

TEST_F(OpenhashdTest, KeepsWhatItAcknowledgedWhenKilled) {
  start();
  ASSERT_EQ(put("first").status, 0);
  ASSERT_EQ(put("second").status, 0);
  EXPECT_EQ(daemon_->end(SIGKILL), -1);
  start();
  const Answer found = openhash({"get", "my notes"});
  EXPECT_EQ(found.status, 0);
  EXPECT_NE(found.text.find("sequence:     2"), std::string::npos) << found.text;
  EXPECT_NE(found.text.find(base::to_hex(base::view("second"))), std::string::npos);
  EXPECT_EQ(daemon_->end(SIGTERM), 0);
}

TEST_F(OpenhashdTest, ServesOnUnderDatagramsThatKillAStockEngine) {
  start();
  ASSERT_EQ(put("notes").status, 0);
  {
    base::System system;
    const auto socket = *system.world().transport.open_datagram(
        base::Endpoint::v4(127, 0, 0, 1, 0), [](base::ByteView, const base::Endpoint&) {});
    const base::Endpoint daemon = *base::Endpoint::parse("127.0.0.1:" + port_);
    for (int round = 0; round < 20; ++round) {
      for (const base::Bytes& killer : killers::all()) socket->send(daemon, killer);
    }
  }
  EXPECT_EQ(openhash({"get", "my notes"}).status, 0);
  EXPECT_EQ(daemon_->end(SIGTERM), 0);
}

TEST_F(OpenhashdTest, KeepsASecondOneOutOfItsStateFolder) {
  start();
  Process second({OHIM_OPENHASHD, "--listen", "127.0.0.1:0", "--state", folder_ / "state"});
  EXPECT_EQ(second.read_line(), "");
  EXPECT_EQ(second.end(), 1);
  EXPECT_EQ(daemon_->end(SIGINT), 0);
}

TEST_F(OpenhashdTest, StartsWithADamagedJournal) {
  fs::create_directories(folder_ / "state");
  std::ofstream(folder_ / "state/journal.db") << std::string(5000, '!');
  start();
  EXPECT_EQ(put("notes").status, 0);
  EXPECT_EQ(daemon_->end(SIGTERM), 0);
  EXPECT_TRUE(fs::exists(folder_ / "state/journal.db.damaged-1"));
}

TEST_F(OpenhashdTest, TheToolSaysHowItWent) {
  start();
  EXPECT_EQ(openhash({"get", "nothing here"}).status, 1);
  EXPECT_EQ(openhash({"nodes"}).status, 0);
  EXPECT_EQ(openhash({"get"}).status, 2);
  EXPECT_EQ(openhash({"put", "x", "--file", "/no/such/file", "--key-file", folder_ / "k"}).status,
            2);
  EXPECT_EQ(put(std::string(861, 'x')).status, 2) << "larger than a record";
  EXPECT_EQ(daemon_->end(SIGTERM), 0);
  EXPECT_EQ(openhash({"get", "my notes"}).status, 3);
}

TEST_F(OpenhashdTest, WhatIsWrittenIsForItsOwnerAlone) {
  start();
  ASSERT_EQ(put("notes").status, 0);
  for (const char* const name : {"state/id", "state/journal.db", "key"}) {
    const fs::perms others = fs::perms::group_all | fs::perms::others_all;
    EXPECT_EQ(fs::status(folder_ / name).permissions() & others, fs::perms::none) << name;
  }
}

TEST_F(OpenhashdTest, AWrongCommandLineIsUsage) {
  for (const char* const word : {"--nonsense", "--network=x", "--log=loud"}) {
    Process wrong({OHIM_OPENHASHD, word});
    wrong.read_all();
    EXPECT_EQ(wrong.end(), 2) << word;
  }
  Process help({OHIM_OPENHASHD, "--help"});
  EXPECT_NE(help.read_all().find("--bootstrap"), std::string::npos);
  EXPECT_EQ(help.end(), 0);
}

}  // namespace
}  // namespace openhash
