#include "observer.h"

#include "page.h"

namespace {

using namespace std::chrono_literals;
using openhash::gateway::HttpMessage;

constexpr base::Duration kLookUpEvery = 1min;
constexpr base::Duration kLookUpAgain = 5s;  // after one that failed
constexpr base::Duration kFirstLookUp = 3s;  // the first neighbours come meanwhile

HttpMessage answer(std::string type, std::string body, std::string caching = "no-store") {
  HttpMessage message;
  message.status = 200;
  message.headers = {{"content-type", std::move(type)},
                     {"cache-control", std::move(caching)},
                     {"x-content-type-options", "nosniff"},
                     {"referrer-policy", "no-referrer"},
                     {"content-security-policy", page::kSecurityPolicy}};
  message.body = std::move(body);
  return message;
}

}  // namespace

Observer::Observer(base::World& world, openhash::Node& node, openhash::gateway::Server& server,
                   const Traffic& traffic)
    : world_(world),
      node_(node),
      server_(server),
      traffic_(traffic),
      start_(world.clock.now()) {
  show();
  tasks_.start(sample());
  tasks_.start(look_up());
}

Report Observer::report() const {
  Report report;
  const base::Instant now = world_.clock.now();
  report.time = world_.clock.wall();
  report.uptime = std::chrono::floor<std::chrono::seconds>(now - start_);
  report.rules = node_.rules();
  report.node = node_.stats();
  const base::Instant heard = node_.last_heard();
  if (heard != base::Instant::min()) report.silence = now - heard;
  report.traffic = traffic_.counts();
  report.gateway = server_.counters();
  report.look_up = look_ups_;
  report.look_up_failed = look_up_failed_;
  report.certificate_ends = server_.certificate_ends();
  report.cpu_seconds = cpu_seconds_used();
  report.resident_bytes = resident_bytes();
  return report;
}

void Observer::show() {
  const auto fixed = [this](const char* path, const char* type, std::string_view body) {
    server_.page(path, [type, body](const HttpMessage&) {
      return answer(type, std::string(body), "max-age=3600");
    });
  };
  server_.page("/", [this](const HttpMessage&) {
    return answer("text/html; charset=utf-8", page::html(report()));
  });
  fixed("/status.css", "text/css; charset=utf-8", page::kStyle);
  fixed("/status.js", "text/javascript; charset=utf-8", page::kScript);
  fixed("/status.svg", "image/svg+xml", page::kIcon);
  server_.page("/v1/status", [this](const HttpMessage&) {
    return answer("application/json", status_json(report()));
  });
  server_.page("/v1/history", [this](const HttpMessage&) {
    return answer("application/json", history_.json());
  });
  server_.page("/metrics", [this](const HttpMessage&) {
    return answer("text/plain; version=0.0.4; charset=utf-8", metrics_text(report()));
  });
}

base::Task<void> Observer::sample() {
  for (;;) {
    history_.add(report(), std::exchange(last_look_up_, std::nullopt));
    co_await base::sleep_for(world_.clock, History::kInterval);
  }
}

/// Where nobody has anything, so that it is the way there that counts.
base::Task<void> Observer::look_up() {
  co_await base::sleep_for(world_.clock, kFirstLookUp);
  for (;;) {
    openhash::Key somewhere;
    world_.entropy.fill(somewhere.bytes);
    const base::Instant begin = world_.clock.now();
    const auto found = co_await node_.get(somewhere, {});
    look_up_failed_ = !found;
    if (found) {
      last_look_up_ = world_.clock.now() - begin;
      look_ups_.add(*last_look_up_);
    }
    co_await base::sleep_for(world_.clock, found ? kLookUpEvery : kLookUpAgain);
  }
}
