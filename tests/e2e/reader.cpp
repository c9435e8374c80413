// reader NETWORK WORK-BITS NODE...: a client of the named nodes, for test_nearest.py. Carries out a
// line of stdin at a time, and says in a line of JSON what came of it:
//   put TEXT SEQUENCE    stores a record of a fixed owner at TEXT, and tells those who watch
//   get TEXT             "sequence": of that record; 0: there is none
//   many TEXT            the same, with some keys more at which there is nothing
//   watch TEXT           from now on {"pushed":SEQUENCE} for each change
//   nodes                the nodes, the one that is used first

#include <unistd.h>

#include <cstdio>
#include <sstream>

#include "base/system.h"
#include "gateway/named_nodes.h"
#include "openhash/rules.h"

using namespace std::chrono_literals;

namespace {

class Reader {
 public:
  Reader(base::World& world, openhash::Store& store) : world_(world), store_(store) {
    const std::atomic<bool> never{false};
    work_ = *openhash::find_work(store_.rules(), openhash::Kind::opaque, "", owner_.public_key(),
                                 never);
  }

  base::Task<void> carry_out(std::string line) {
    std::istringstream words(line);
    std::string what;
    std::string text;
    std::uint64_t sequence = 0;
    words >> what >> text >> sequence;
    const openhash::Key key = openhash::Key::of(text);
    const base::Instant began = world_.clock.now();
    std::string came = "\"done\":true";
    if (what == "put") {
      came = co_await put(key, sequence);
    } else if (what == "get") {
      const auto found = co_await store_.get(key);
      came = said(found);
    } else if (what == "many") {
      std::vector<openhash::Key> keys{key};
      for (int i = 0; i < 20; ++i) keys.push_back(openhash::Key::of(text + std::to_string(i)));
      const auto found = co_await store_.get_many(keys);
      came = said(found.front());
    } else if (what == "watch") {
      watches_.push_back(store_.watch(key, [](const openhash::Record& record) {
        say("\"pushed\":" + std::to_string(record.sequence));
      }));
    } else {
      came = nodes();
    }
    const std::chrono::duration<double> taken = world_.clock.now() - began;
    say("\"did\":\"" + what + "\",\"seconds\":" + std::to_string(taken.count()) + "," + came);
  }

 private:
  static void say(const std::string& members) {
    std::printf("{%s}\n", members.c_str());
    std::fflush(stdout);
  }
  static std::string error(const base::Error& error) {
    return "\"error\":\"" + error.message() + "\"";
  }
  std::string said(const base::Result<std::vector<openhash::Record>>& found) const {
    if (!found) return error(found.error());
    std::uint64_t sequence = 0;
    for (const openhash::Record& record : *found) {
      if (record.owner == owner_.public_key()) sequence = record.sequence;
    }
    return "\"sequence\":" + std::to_string(sequence);
  }
  std::string nodes() const {
    std::string list;
    for (const openhash::NodeHealth& node : store_.nodes()) {
      const std::chrono::duration<double> latency = node.latency;
      list += (list.empty() ? "" : ",") + ("{\"node\":\"" + node.endpoint) +
              "\",\"answering\":" + (node.answering ? "true" : "false") + ",\"trouble\":\"" +
              node.trouble + "\",\"latency\":" + std::to_string(latency.count()) + "}";
    }
    return "\"nodes\":[" + list + "]";
  }
  base::Task<std::string> put(openhash::Key key, std::uint64_t sequence) {
    openhash::Record record;
    record.sequence = sequence;
    record.issued = world_.clock.wall();
    record.valid_for = 1h;
    record.work = work_;
    openhash::sign(record, store_.rules().network, key, owner_);
    const auto stored = co_await store_.put(key, record);
    if (!stored) co_return error(stored.error());
    store_.announce(
        key, openhash::make_notice(record, store_.rules(), key, owner_, world_.clock.wall()));
    co_return "\"sequence\":" + std::to_string(sequence);
  }

  base::World& world_;
  openhash::Store& store_;
  const openhash::SigningKey owner_{base::Secret(32)};
  std::uint64_t work_ = 0;
  std::vector<std::unique_ptr<openhash::Watch>> watches_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  base::System system;
  openhash::NamedNodesOptions options;
  options.rules.network = static_cast<std::uint32_t>(std::stoul(argv[1]));
  options.rules.work_opaque = options.rules.work_named = static_cast<unsigned>(std::stoul(argv[2]));
  options.names.assign(argv + 3, argv + argc);
  const auto warn = [](const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
  };
  auto nodes = openhash::NamedNodes::open(system.world(), options, warn);
  if (!nodes || !system.run_until_done((*nodes)->connect(20s))) return 3;
  Reader reader(system.world(), (*nodes)->store());
  base::Tasks tasks;
  std::string input;
  const auto readable = system.on_readable(0, [&] {
    char buffer[4096];
    const ssize_t size = ::read(0, buffer, sizeof buffer);
    if (size <= 0) return system.stop();
    input.append(buffer, static_cast<std::size_t>(size));
    for (std::size_t end; (end = input.find('\n')) != std::string::npos; input.erase(0, end + 1))
      tasks.start(reader.carry_out(input.substr(0, end)));
  });
  system.run();
  tasks.cancel();
}
