#include "config_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "command_line.h"

namespace {

std::string error_of(std::string_view text) {
  const auto settings = parse_config(text);
  return settings ? "none" : settings.error().message();
}

TEST(ConfigFile, HasOneOptionALine) {
  const auto settings = parse_config(
      "# a node\n"
      "\n"
      "  listen = 0.0.0.0:6824   # for everybody\r\n"
      "state=\"/var/lib/open hash#1\" # quoted\n"
      "bootstrap = a.example:6824\n"
      "bootstrap = 'b.example:6824'");
  ASSERT_TRUE(settings) << settings.error().message();
  ASSERT_EQ(settings->size(), 4U);
  EXPECT_EQ((*settings)[0].option, "listen");
  EXPECT_EQ((*settings)[0].value, "0.0.0.0:6824");
  EXPECT_EQ((*settings)[0].line, 3U);
  EXPECT_EQ((*settings)[1].value, "/var/lib/open hash#1");
  EXPECT_EQ((*settings)[3].value, "b.example:6824");
  EXPECT_EQ((*settings)[3].line, 6U);
}

TEST(ConfigFile, NamesTheLineThatIsWrong) {
  EXPECT_EQ(error_of("network = 1\nlisten"), "2: write OPTION = VALUE");
  EXPECT_EQ(error_of("\n\n--listen = x"),
            "3: write the option as in --help, without the dashes before it");
  EXPECT_EQ(error_of("state = \"x"), "1: the quotes around the value do not match");
  EXPECT_EQ(error_of("state = \"x\" y"), "1: the quotes around the value do not match");
  EXPECT_EQ(error_of("state ="), "1: there is no value for state");
  EXPECT_EQ(error_of("[node]\n"), "1: there are no sections here");
  EXPECT_EQ(error_of(std::string_view("a = \0b", 6)), "1: this is no text");
}

class CommandLine : public testing::Test {
 protected:
  ~CommandLine() override { ::unlink(file_.c_str()); }

  /// What read_command_line() makes of the file's text and the words; its complaint is kept.
  std::optional<int> read(const std::string& text, std::vector<std::string> words = {}) {
    std::ofstream(file_) << text;
    words.insert(words.begin(), {"openhashd", "--config", file_});
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    options = {};
    testing::internal::CaptureStderr();
    const auto status = read_command_line(static_cast<int>(argv.size()), argv.data(), options);
    complaint = testing::internal::GetCapturedStderr();
    return status;
  }
  [[nodiscard]] std::string at(const std::string& rest) const {
    return "openhashd: " + file_ + ":" + rest + "\n";
  }

  std::string file_ = testing::TempDir() + "openhashd-" + std::to_string(::getpid()) + ".conf";
  Options options;
  std::string complaint;
};

TEST_F(CommandLine, TakesEveryOptionFromTheFileToo) {
  ASSERT_EQ(read("listen = 127.0.0.1:7000\nstate = /s\nbootstrap = a:1\nbootstrap = b:2\n"
                 "network = 7\nlog = warn\nwork-bits = 4\n"),
            std::nullopt)
      << complaint;
  EXPECT_EQ(options.listen, "127.0.0.1:7000");
  EXPECT_EQ(options.state, "/s");
  EXPECT_EQ(options.bootstrap, (std::vector<std::string>{"a:1", "b:2"}));
  EXPECT_EQ(options.network, 7U);
  EXPECT_EQ(options.log, base::LogLevel::warn);
  EXPECT_EQ(options.work_bits, 4U);
}

TEST_F(CommandLine, CountsMoreThanTheFile) {
  ASSERT_EQ(read("network = 7\nbootstrap = a:1\n", {"--bootstrap", "b:2", "--network", "8"}),
            std::nullopt);
  EXPECT_EQ(options.network, 8U);
  EXPECT_EQ(options.bootstrap, std::vector<std::string>{"b:2"});
}

TEST_F(CommandLine, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(read("network = 7\ncolour = red\n"), 2);
  EXPECT_EQ(complaint, at("2: there is no option 'colour'"));
  EXPECT_EQ(read("config = /other\n"), 2);
  EXPECT_EQ(complaint, at("1: there is no option 'config'"));
}

TEST_F(CommandLine, NamesFileLineAndOptionOfAWrongValue) {
  EXPECT_EQ(read("\nnetwork = many\n"), 2);
  EXPECT_EQ(complaint.find(at("2: ").substr(0, at("2: ").size() - 1)), 0U) << complaint;
  EXPECT_NE(complaint.find("network"), std::string::npos) << complaint;
  EXPECT_EQ(read("log = loud\n"), 2);
  EXPECT_NE(complaint.find("write debug, info, warn, error or off"), std::string::npos)
      << complaint;
  EXPECT_EQ(read("network = 1\nnetwork = 2\n"), 2);
  EXPECT_EQ(complaint, at("2: network is set a second time"));
}

TEST_F(CommandLine, SaysSoWhenThereIsNoFile) {
  ASSERT_EQ(read(""), std::nullopt);
  EXPECT_EQ(read(std::string(70000, '#')), 2);
  EXPECT_NE(complaint.find("larger than 64 KiB"), std::string::npos) << complaint;
  file_ = "/nowhere/openhashd.conf";
  EXPECT_EQ(read(""), 2);
  EXPECT_EQ(complaint, "openhashd: /nowhere/openhashd.conf: cannot read it: No such file or "
                       "directory\n");
}

}  // namespace
