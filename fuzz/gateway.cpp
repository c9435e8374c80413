// Any bytes as all that a stranger sends to a gateway: HTTP, JSON, and after an upgrade WebSocket
// frames; and as all that a gateway's client reads.

#include <algorithm>
#include <cstdlib>

#include "gateway/server.h"
#include "gateway/wire.h"
#include "testing/memory_store.h"
#include "testing/sim_world.h"

namespace {

using namespace std::chrono_literals;
using openhash::gateway::HttpReader;

void must(bool holds) {
  if (!holds) std::abort();
}

/// The pure parts, on the bytes as they are. What was read is written and read again.
void read_as_everything(base::ByteView bytes) {
  const std::string text = base::to_string(bytes);
  (void)openhash::gateway::parse_put(text);
  (void)openhash::gateway::parse_get_many(text);
  (void)openhash::gateway::parse_answer(text);
  if (const auto command = openhash::gateway::parse_watch(text)) {
    const auto again =
        openhash::gateway::parse_watch(openhash::gateway::watch_text(command->key, command->on));
    must(again && again->key == command->key && again->on == command->on);
  }
  if (const auto target = openhash::gateway::Target::parse(text)) {
    std::string path;
    for (const std::string& segment : target->path) {
      path.append("/").append(openhash::gateway::percent_encode(segment));
    }
    const auto again = openhash::gateway::Target::parse(path.empty() ? "/" : path);
    must(again && again->path == target->path);
  }
  for (const auto side : {HttpReader::Side::responses, HttpReader::Side::responses_to_head}) {
    HttpReader reader(side);
    base::ByteView rest = bytes;
    while (!rest.empty()) {
      const auto taken = reader.feed(rest.first(std::min<std::size_t>(rest.size(), 61)));
      if (!taken) break;
      rest = rest.subspan(*taken);
      if (reader.done()) reader.take();
    }
    (void)reader.end();
  }
}

/// One world for all inputs: a new one each time would cost more than the input.
struct Gateway {
  sim::SimWorld sim{1};
  openhash::Rules rules{.network = 7, .work_named = 0, .work_opaque = 0};
  sim::MemoryTable table{rules};
  base::World& node = sim.host("node");
  base::World& stranger = sim.host("stranger");
  sim::MemoryStore store{node, table};
  std::unique_ptr<openhash::gateway::Server> server;

  Gateway() {
    openhash::gateway::ServerOptions options;
    options.listen = sim.address("node", 8080);
    options.limits.operations_at_once = 1e9;
    auto opened = openhash::gateway::Server::open(node, store, options);
    must(opened.has_value());
    server = std::move(*opened);
  }

  void take(base::ByteView bytes) {
    auto stream = sim.run(stranger.transport.connect(sim.address("node", 8080)));
    must(stream.has_value());
    // In two pieces, cut where the input says.
    const std::size_t cut = bytes.empty() ? 0 : bytes.front() % (bytes.size() + 1);
    (void)(*stream)->write(bytes.first(cut));
    sim.advance(25ms);
    (void)(*stream)->write(bytes.subspan(cut));
    sim.advance(25ms);
    (*stream)->close();
    sim.advance(25ms);
    stream->reset();
    sim.advance(25ms);
    must(server->counters().connections == 0);
    must(server->counters().watches == 0);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::ByteView bytes(data, size);
  read_as_everything(bytes);
  static Gateway gateway;
  gateway.take(bytes);
  return 0;
}
