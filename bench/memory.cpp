#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "measure.h"
#include "party.h"

extern char** environ;

namespace bench {
namespace {

/// A `basic rpc` process of its own, ended when this object goes.
class RpcProcess {
 public:
  RpcProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    int in[2];
    int out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) fail("pipes");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments)
      argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    if (posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ) != 0) {
      fail("starting " + program.string());
    }
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    to_ = in[1];
    from_ = fdopen(out[0], "r");
  }
  ~RpcProcess() {
    close(to_);  // the end of its input: it signs off and exits
    waitpid(pid_, nullptr, 0);
    std::fclose(from_);
  }
  RpcProcess(const RpcProcess&) = delete;
  RpcProcess& operator=(const RpcProcess&) = delete;

  void call(const std::string& method, const nlohmann::json& params) {
    const nlohmann::json request = {
        {"jsonrpc", "2.0"}, {"id", method}, {"method", method}, {"params", params}};
    const std::string line = request.dump() + "\n";
    if (write(to_, line.data(), line.size()) < 0) fail("asking for " + method);
    char answer[65536];
    while (std::fgets(answer, sizeof answer, from_) != nullptr) {
      const auto json = nlohmann::json::parse(answer, nullptr, false);
      if (!json.is_object() || json.value("id", nlohmann::json()) != method) continue;
      if (json.contains("error")) fail(method + ": " + json["error"].dump());
      return;
    }
    fail(method + ": no answer");
  }

  /// VmRSS in KiB.
  [[nodiscard]] std::size_t resident() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string word; status >> word;) {
      std::size_t kibibytes = 0;
      if (word == "VmRSS:" && status >> kibibytes) return kibibytes;
    }
    return 0;
  }

 private:
  [[noreturn]] static void fail(const std::string& what) {
    give_up(what, {base::Errc::failed, {}});
  }

  pid_t pid_ = 0;
  int to_ = -1;
  std::FILE* from_ = nullptr;
};

}  // namespace

Rows measure_memory(const std::filesystem::path& folder) {
  std::string pattern = (std::filesystem::temp_directory_path() / "ohim-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) give_up("a temporary folder", {base::Errc::failed, {}});
  const std::filesystem::path home = pattern;
  setenv("XDG_STATE_HOME", home.c_str(), 1);
  std::size_t resident = 0;
  {
    // A network of its own, so that no other Basic on this machine is touched.
    RpcProcess basic(folder / "basic", {"rpc", "--profile", home / "profile", "--network", "6824",
                                        "--password-cost", "1", "--work-bits", "4"});
    const nlohmann::json lisa = {{"username", "lisa"}, {"password", "correct horse battery 6824"}};
    basic.call("register", lisa);
    basic.call("signOn", lisa);
    resident = basic.resident();
  }
  std::error_code ignored;
  std::filesystem::remove_all(home, ignored);
  return {{"memory, idle and signed on, with the embedded node",
           format("%.1f MiB", static_cast<double>(resident) / 1024), "", ""}};
}

}  // namespace bench
