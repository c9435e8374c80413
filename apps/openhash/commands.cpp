#include "commands.h"

#include <algorithm>
#include <atomic>
#include <cstdio>

#include "describe.h"
#include "key_file.h"

namespace openhash_tool {
namespace {

using namespace std::chrono_literals;
using base::Errc;

constexpr base::Duration kConnectLimit = 4s;
constexpr base::Duration kProbe = 1500ms;

int complain(const base::Error& error) {
  std::fprintf(stderr, "openhash: %s\n", error.message().c_str());
  return error == make_error_code(Errc::unreachable) ? kUnreachable : kNotFound;
}

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

/// The sequence of this owner's opaque record at the key; 0 if there is none.
std::uint64_t last_sequence(const std::vector<openhash::Record>& records,
                            const openhash::PublicKey& owner) {
  std::uint64_t last = 0;
  for (const openhash::Record& record : records) {
    if (record.owner == owner && record.kind == openhash::Kind::opaque) {
      last = std::max(last, record.sequence);
    }
  }
  return last;
}

}  // namespace

base::Task<std::uint64_t> work_for(base::World& world, openhash::Rules rules,
                                   openhash::PublicKey owner) {
  auto search = [rules, owner] {
    const std::atomic<bool> never = false;
    return *openhash::find_work(rules, openhash::Kind::opaque, "", owner, never);
  };
  return base::run_on(world.workers, search);
}

base::Task<int> get(base::World& world, openhash::NamedNodes& nodes, std::string key) {
  if (auto found = co_await nodes.connect(kConnectLimit); !found) co_return complain(found.error());
  const auto records = co_await nodes.store().get(openhash::Key::parse(key), {});
  if (!records) co_return complain(records.error());
  if (records->empty()) {
    std::fprintf(stderr, "openhash: there is nothing at this key\n");
    co_return kNotFound;
  }
  std::string text;
  for (const openhash::Record& record : *records) {
    if (!text.empty()) text += "\n";
    text += describe(record, world.clock.wall());
  }
  print(text);
  co_return kFound;
}

base::Task<int> watch(base::World& world, openhash::NamedNodes& nodes, std::string key) {
  if (auto found = co_await nodes.connect(kConnectLimit); !found) co_return complain(found.error());
  const openhash::OnRecord show = [&world](const openhash::Record& record) {
    print(describe(record, world.clock.wall()) + "\n");
  };
  const auto watching = nodes.store().watch(openhash::Key::parse(key), show);
  for (;;) co_await base::sleep_for(world.clock, 1h);
}

base::Task<int> put(base::World& world, openhash::NamedNodes& nodes, PutOptions options) {
  const auto body = read_file(options.file, openhash::kMaxBody);
  if (!body) {
    complain(body.error());
    co_return kUsage;
  }
  const auto seed = open_key_file(options.key_file, world.entropy);
  if (!seed) {
    complain(seed.error());
    co_return kUsage;
  }
  if (auto found = co_await nodes.connect(kConnectLimit); !found) co_return complain(found.error());
  const openhash::SigningKey owner(*seed);
  const openhash::Key key = openhash::Key::parse(options.key);
  const auto before = co_await nodes.store().get(key, {});
  if (!before) co_return complain(before.error());

  openhash::Record record;
  record.owner = owner.public_key();
  record.sequence = last_sequence(*before, record.owner) + 1;
  record.issued = world.clock.wall();
  record.valid_for = options.days * 24h;
  record.body = *body;
  record.work = co_await work_for(world, nodes.store().rules(), record.owner);
  openhash::sign(record, nodes.store().rules().network, key, owner);
  if (auto stored = co_await nodes.store().put(key, record); !stored)
    co_return complain(stored.error());
  print("stored\n" + describe(record, world.clock.wall()));
  co_return kFound;
}

int sign(base::World& world, const openhash::Rules& rules, const PutOptions& options) {
  const auto body = read_file(options.file, openhash::kMaxBody);
  if (!body) return complain(body.error()), kUsage;
  const auto seed = open_key_file(options.key_file, world.entropy);
  if (!seed) return complain(seed.error()), kUsage;
  const openhash::SigningKey owner(*seed);
  const std::atomic<bool> never = false;
  openhash::Record record;
  record.issued = world.clock.wall();
  record.sequence = static_cast<std::uint64_t>(record.issued.time_since_epoch().count());
  record.valid_for = options.days * 24h;
  record.body = *body;
  record.work = *openhash::find_work(rules, record.kind, "", owner.public_key(), never);
  openhash::sign(record, rules.network, openhash::Key::parse(options.key), owner);
  print("{\"record\":\"" + base::to_base64(encode(record)) + "\"}\n");
  return kFound;
}

base::Task<int> show_nodes(base::World& world, openhash::NamedNodes& nodes, bool all) {
  (void)co_await nodes.connect(kConnectLimit);
  co_await base::sleep_for(world.clock, kProbe);  // the slower ones may answer too
  std::size_t answering = 0;
  for (const openhash::NodeHealth& health : nodes.store().nodes()) {
    if (health.answering) ++answering;
    const double milliseconds = std::chrono::duration<double, std::milli>(health.latency).count();
    if (health.answering) {
      std::printf("%-24s answers in %.1f ms\n", health.endpoint.c_str(), milliseconds);
    } else if (all) {
      const std::string trouble = health.trouble.empty() ? "does not answer" : health.trouble;
      std::printf("%-24s %s\n", health.endpoint.c_str(), trouble.c_str());
    }
  }
  if (answering == 0) std::fprintf(stderr, "openhash: no node answered\n");
  co_return answering == 0 ? kUnreachable : kFound;
}

}  // namespace openhash_tool
