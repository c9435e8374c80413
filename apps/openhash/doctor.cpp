#include "doctor.h"

#include <algorithm>
#include <cstdio>

#include "ask_gateway.h"
#include "commands.h"
#include "findings.h"

namespace openhash_tool {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using openhash::Key;
using openhash::Record;

constexpr base::Duration kAnswerLimit = 6s;
constexpr base::Duration kAcquaintance = 2s;  // until it stands in our table
constexpr base::Duration kLook = 50ms;
constexpr std::chrono::seconds kRecordLives = 600s;
constexpr std::chrono::seconds kClockTolerance = 60s;
constexpr int kHoldsTries = 3;

using Findings = std::vector<Finding>;

std::string in_milliseconds(base::Duration duration) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f ms",
                std::chrono::duration<double, std::milli>(duration).count());
  return text;
}

std::string in_words(std::chrono::seconds span) {
  if (span >= 48h) return std::to_string(span / 24h) + " days";
  if (span >= 2h) return std::to_string(span / 1h) + " hours";
  if (span >= 2min) return std::to_string(span / 1min) + " minutes";
  return std::to_string(span.count()) + " seconds";
}

/// Whether it answers datagrams at all.
base::Task<bool> find_out_whether_it_answers(openhash::Node& client, Findings& findings) {
  const auto answered = co_await client.connect(kAnswerLimit);
  const std::vector<openhash::NodeHealth> nodes = client.nodes();
  const auto health = std::ranges::find_if(nodes, &openhash::NodeHealth::answering);
  if (!answered || health == nodes.end()) {
    findings.push_back({"silent", Verdict::failure,
                        "It does not answer: no node runs there, or it belongs to another network "
                        "(--network), or a firewall keeps UDP out."});
    co_return false;
  }
  findings.push_back(
      {"answers", Verdict::good, "It answers, in " + in_milliseconds(health->latency) + "."});
  co_return true;
}

/// A key next to the node, so that it is the first to have to keep what is there.
base::Task<std::optional<Key>> key_beside(base::World& world, openhash::Node& client,
                                          base::Endpoint node) {
  const base::Instant end = world.clock.now() + kAcquaintance;
  std::optional<Key> key = client.place_of(node);
  while (!key && world.clock.now() < end) {
    co_await base::sleep_for(world.clock, kLook);
    key = client.place_of(node);
  }
  if (key) world.entropy.fill(std::span(key->bytes).last(4));
  co_return key;
}

base::Task<bool> keeps(base::World& world, openhash::Node& client, base::Endpoint node, Key key,
                       Record record) {
  for (int i = 0; i < kHoldsTries; ++i) {
    const auto holds = co_await client.holds(node, key, record);
    if (holds && *holds) co_return true;
    co_await base::sleep_for(world.clock, kLook);
  }
  co_return false;
}

/// Whether it keeps what it is given: a record of ten minutes, of an owner made for it.
base::Task<void> find_out_whether_it_keeps(base::World& world, openhash::Node& client,
                                           base::Endpoint node, Findings& findings) {
  const std::optional<Key> key = co_await key_beside(world, client, node);
  if (!key) {
    findings.push_back({"no-member", Verdict::failure,
                        "It answers, but takes no part in the table: it is no storage node."});
    co_return;
  }
  base::Secret seed(32);
  world.entropy.fill(seed.bytes());
  const openhash::SigningKey owner(seed);
  Record record;
  record.owner = owner.public_key();
  record.sequence = 1;
  record.issued = world.clock.wall();
  record.valid_for = kRecordLives;
  record.work = co_await work_for(world, client.rules(), record.owner);
  openhash::sign(record, client.rules().network, *key, owner);
  const auto stored = co_await client.put(*key, record);
  if (co_await keeps(world, client, node, *key, record)) {
    findings.push_back({"keeps", Verdict::good, "It keeps what it is given, and gives it out."});
  } else if (!stored && stored.error() == Errc::refused) {
    findings.push_back({"clock", Verdict::failure,
                        "What it was given is nowhere kept: " + stored.error().message() + "."});
  } else {
    findings.push_back({"keeps-nothing", Verdict::failure,
                        "It answers, but does not keep what it is given: its disk may be full, its "
                        "clock wrong, or its rules others than ours."});
  }
}

void compare_clocks(base::World& world, const Status& status, Findings& findings) {
  const std::chrono::seconds ours = world.clock.wall().time_since_epoch();
  const std::chrono::seconds ahead = std::chrono::seconds(status.time) - ours;
  if (std::chrono::abs(ahead) <= kClockTolerance) return;
  findings.push_back({"clock", Verdict::failure,
                      "Its clock is " + in_words(std::chrono::abs(ahead)) +
                          (ahead > 0s ? " ahead of" : " behind") +
                          " ours; one of the two is wrong."});
}

base::Task<void> find_out_from_gateway(base::World& world, std::string where, Findings& findings) {
  const auto address = GatewayAddress::parse(where);
  if (!address) {
    findings.push_back({"gateway-silent", Verdict::failure, address.error().message() + "."});
    co_return;
  }
  const auto body = co_await ask_gateway(world, *address, "/v1/status");
  const auto status = body ? parse_status(*body) : base::Result<Status>(body.error());
  if (!status) {
    const bool silent = status.error() == Errc::unreachable || status.error() == Errc::timed_out;
    findings.push_back({silent ? "gateway-silent" : "gateway-wrong", Verdict::failure,
                        "Its gateway does not do: " + status.error().message() + "."});
    co_return;
  }
  const bool well = status->conditions.empty();
  findings.push_back({"gateway-answers", Verdict::good,
                      "Its gateway answers" + (well ? ": " + status->sentence : "; it says:")});
  findings.insert(findings.end(), status->conditions.begin(), status->conditions.end());
  compare_clocks(world, *status, findings);
}

void tell(const DoctorOptions& options, const Findings& findings) {
  const std::string text =
      options.json ? to_json(options.node, findings) : to_text(options.node, findings);
  std::fputs(text.c_str(), stdout);
}

int status_of(const Findings& findings, bool answers) {
  if (!answers) return kUnreachable;
  return verdict_of(findings) >= Verdict::trouble ? kNotFound : kFound;
}

}  // namespace

base::Task<int> doctor(base::World& world, openhash::Node& client, base::Endpoint endpoint,
                       DoctorOptions options) {
  Findings findings;
  const bool answers = co_await find_out_whether_it_answers(client, findings);
  if (answers) co_await find_out_whether_it_keeps(world, client, endpoint, findings);
  if (options.gateway.empty()) {
    findings.push_back({"gateway-not-asked", Verdict::good,
                        "Its gateway was not asked (--gateway): it would know more."});
  } else {
    co_await find_out_from_gateway(world, options.gateway, findings);
  }
  tell(options, findings);
  co_return status_of(findings, answers);
}

int doctor_found_no_such_node(const DoctorOptions& options, const base::Error& error) {
  tell(options, {{"no-such-node", Verdict::failure,
                  "There is no such node: " + error.message() + "."}});
  return kUnreachable;
}

}  // namespace openhash_tool
