// gateway-load: what a gateway bears. Many clients watch, others ask at a steady rate; beside it
// the same server's barest answer, so that what HTTP costs and what the store costs can be told
// apart.

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <string_view>

#include "base/system.h"
#include "gateway/http.h"
#include "gateway/websocket.h"
#include "gateway/wire.h"
#include "measure.h"
#include "openhash/rules.h"

namespace {

using namespace std::chrono_literals;
using openhash::gateway::HttpMessage;
using openhash::gateway::HttpReader;
using openhash::gateway::WebSocket;

constexpr std::size_t kKeys = 50;
constexpr std::size_t kAskers = 50;
constexpr std::size_t kRounds = 300;

struct Options {
  base::Endpoint gateway;
  std::size_t watchers = 2000;
  std::size_t rate = 1000;
  int seconds = 10;
  unsigned work_bits = openhash::Rules{}.work_opaque;
};

/// One connection, one request at a time.
class Client {
 public:
  Client(base::World& world, base::Endpoint gateway) : world_(world), gateway_(gateway) {}

  base::Task<bool> connect() {
    auto stream = co_await world_.transport.connect(gateway_);
    if (!stream) co_return false;
    stream_ = std::move(*stream);
    co_return true;
  }
  /// The status; 0 if there was no answer.
  base::Task<int> ask(HttpMessage request) {
    request.headers.emplace_back("host", "gateway");
    if (!stream_->write(base::view(openhash::gateway::encode_request(request)))) co_return 0;
    HttpReader reader(HttpReader::Side::responses);
    while (!reader.done()) {
      const std::span<std::uint8_t> room(buffer_);
      const auto got = co_await stream_->read(room);
      if (!got || *got == 0 || !reader.feed(base::ByteView(buffer_).first(*got))) co_return 0;
    }
    co_return reader.message().status;
  }
  std::unique_ptr<base::Stream> take_stream() { return std::move(stream_); }

 private:
  base::World& world_;
  base::Endpoint gateway_;
  std::unique_ptr<base::Stream> stream_;
  base::Bytes buffer_ = base::Bytes(16 << 10);
};

HttpMessage request(std::string method, std::string target, std::string body = {}) {
  HttpMessage made;
  made.method = std::move(method);
  made.target = std::move(target);
  made.body = std::move(body);
  return made;
}

class Load {
 public:
  Load(base::World& world, const Options& options) : world_(world), options_(options) {
    const std::atomic<bool> never = false;
    rules_.work_opaque = options.work_bits;
    work_ = *openhash::find_work(rules_, openhash::Kind::opaque, "", owner_.public_key(), never);
    for (std::size_t i = 0; i < kKeys; ++i) {
      keys_.push_back(openhash::Key::of("gateway-load " + std::to_string(world.entropy.u64())));
    }
  }

  base::Task<int> run() {
    Client client(world_, options_.gateway);
    if (!co_await client.connect()) {
      std::fprintf(stderr, "gateway-load: nobody listens there\n");
      co_return 1;
    }
    for (const openhash::Key& key : keys_) {
      if (!co_await put(client, key)) co_return 1;
    }
    co_await compare(client);
    for (std::size_t i = 0; i < options_.watchers; ++i) {
      tasks_.start(watch(keys_[i % kKeys]));
      if (i % 50 == 49) co_await base::sleep_for(world_.clock, 5ms);
    }
    for (int i = 0; i < 600 && watching_ < options_.watchers && errors_ == 0; ++i) {
      co_await base::sleep_for(world_.clock, 50ms);
    }
    begun_ = world_.clock.now();
    for (std::size_t i = 0; i < kAskers; ++i) tasks_.start(ask_steadily(i));
    std::size_t expected = 0;
    for (int second = 0; second < options_.seconds; ++second) {
      const openhash::Key& key = keys_[static_cast<std::size_t>(second) % kKeys];
      pushed_at_ = world_.clock.now();
      if (!co_await put(client, key)) co_return 1;
      expected += options_.watchers / kKeys;
      co_await base::sleep_for(world_.clock, 1s - (world_.clock.now() - pushed_at_));
    }
    co_await base::sleep_for(world_.clock, 1s);
    report(expected);
    co_return errors_ == 0 && watching_ == options_.watchers&& pushed_.size() == expected ? 0 : 1;
  }

 private:
  base::Task<bool> put(Client& client, openhash::Key key) {
    openhash::Record record;
    record.sequence = ++sequence_;
    record.issued = world_.clock.wall();
    record.valid_for = 1h;
    record.work = work_;
    record.body = base::Bytes(200, 'x');
    sign(record, rules_.network, key, owner_);
    HttpMessage wanted =
        request("PUT", "/v1/records/" + key.hex(), openhash::gateway::put_text(record));
    const int status = co_await client.ask(std::move(wanted));
    if (status != 200) std::fprintf(stderr, "gateway-load: a put was answered with %d\n", status);
    co_return status == 200;
  }

  /// A get beside the barest answer of the same server, one after another.
  base::Task<void> compare(Client& client) {
    const std::string target = "/v1/records/" + keys_[0].hex();
    for (std::size_t i = 0; i < kRounds; ++i) {
      const base::Instant start = world_.clock.now();
      HttpMessage bare = request("OPTIONS", "/v1/get");
      if (co_await client.ask(std::move(bare)) != 204) ++errors_;
      const base::Instant between = world_.clock.now();
      HttpMessage get = request("GET", target);
      if (co_await client.ask(std::move(get)) != 200) ++errors_;
      bare_.push_back(between - start);
      alone_.push_back(world_.clock.now() - between);
    }
  }

  base::Task<void> watch(openhash::Key key) {
    Client client(world_, options_.gateway);
    if (!co_await client.connect()) co_return fail();
    const base::Bytes nonce(16, 1);
    HttpMessage opening = openhash::gateway::websocket_request("gateway", "/v1/watch", nonce);
    opening.headers.erase(opening.headers.begin());
    if (co_await client.ask(std::move(opening)) != 101) co_return fail();
    WebSocket socket(world_, WebSocket::Side::client, client.take_stream(), {});
    if (!socket.send(openhash::gateway::watch_text(key, true))) co_return fail();
    bool first = true;
    for (;;) {
      const base::Result<std::string> message = co_await socket.read();
      if (!message) co_return fail();
      const auto answer = openhash::gateway::parse_answer(*message);
      if (!answer || answer->error) co_return fail();
      if (answer->records.empty()) continue;
      if (std::exchange(first, false)) {
        ++watching_;
      } else {
        pushed_.push_back(world_.clock.now() - pushed_at_);
      }
    }
  }

  /// Its share of the rate. Late requests count from when they were due.
  base::Task<void> ask_steadily(std::size_t number) {
    Client client(world_, options_.gateway);
    if (!co_await client.connect()) co_return fail();
    const base::Duration step = base::Duration(1s) * kAskers / options_.rate;
    base::Instant due = begun_ + step * number / kAskers;
    for (std::size_t i = number; due < begun_ + std::chrono::seconds(options_.seconds); ++i) {
      if (due > world_.clock.now())
        co_await base::sleep_for(world_.clock, due - world_.clock.now());
      HttpMessage get = request("GET", "/v1/records/" + keys_[i % kKeys].hex());
      if (co_await client.ask(std::move(get)) != 200) co_return fail();
      asked_.push_back(world_.clock.now() - due);
      due += step;
    }
  }

  void fail() { ++errors_; }

  void line(const char* what, const std::vector<bench::Nanoseconds>& times) {
    const bench::Percentiles at = bench::percentiles(times);
    std::printf("| %-44s | %7zu | %8.2f | %8.2f |\n", what, times.size(), at.p50 / 1000,
                at.p99 / 1000);
  }
  void report(std::size_t expected) {
    std::printf("| %-44s | %7s | %8s | %8s |\n", "milliseconds", "count", "p50", "p99");
    line("bare answer (OPTIONS), one by one", bare_);
    line("get, one by one", alone_);
    line("get, under load", asked_);
    line("push to a watching client, under load", pushed_);
    std::printf("a get takes %.1f times as long as the server's bare answer\n",
                bench::percentiles(alone_).p50 / bench::percentiles(bare_).p50);
    std::printf(
        "%zu watching clients, %zu requests a second for %d s: %zu errors, %zu of %zu pushes\n",
        watching_, options_.rate, options_.seconds, errors_, pushed_.size(), expected);
  }

  base::World& world_;
  Options options_;
  openhash::Rules rules_;
  openhash::SigningKey owner_{[this] {
    base::Secret seed(32);
    world_.entropy.fill(seed.bytes());
    return seed;
  }()};
  std::uint64_t work_ = 0;
  std::uint64_t sequence_ = 0;
  std::vector<openhash::Key> keys_;
  std::vector<bench::Nanoseconds> bare_, alone_, asked_, pushed_;
  base::Instant begun_{}, pushed_at_{};
  std::size_t watching_ = 0;
  std::size_t errors_ = 0;
  base::Tasks tasks_;
};

int usage(int status) {
  std::fputs(
      "gateway-load HOST:PORT: what a gateway bears, over plain HTTP. Status 0: no error at all.\n"
      "  --watchers N   clients that watch (2000)\n"
      "  --rate N       gets a second (1000)\n"
      "  --seconds N    for so long (10)\n"
      "  --work-bits N  as the network has it (16)\n",
      status == 0 ? stdout : stderr);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    const int value = i + 1 < argc ? std::atoi(argv[i + 1]) : -1;
    if (option == "--help") return usage(0);
    if (const auto endpoint = base::Endpoint::parse(option)) {
      options.gateway = *endpoint;
    } else if (value < 0) {
      return usage(2);
    } else if (option == "--watchers") {
      options.watchers = static_cast<std::size_t>(atoi(argv[++i]));
    } else if (option == "--rate" && value > 0) {
      options.rate = static_cast<std::size_t>(atoi(argv[++i]));
    } else if (option == "--seconds") {
      options.seconds = atoi(argv[++i]);
    } else if (option == "--work-bits") {
      options.work_bits = static_cast<unsigned>(atoi(argv[++i]));
    } else {
      return usage(2);
    }
  }
  if (options.gateway.port == 0) return usage(2);
  base::System system;
  Load load(system.world(), options);
  return system.run_until_done(load.run());
}
