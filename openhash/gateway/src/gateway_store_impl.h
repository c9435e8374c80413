#pragma once
// The inside of a GatewayStore, shared by its sources: gateway_store.cpp (reads, puts, health) and
// gateway_store_watch.cpp (the WebSocket).

#include <map>
#include <set>

#include "gateway/gateway_store.h"
#include "gateway/websocket.h"
#include "gateway_reads.h"
#include "openhash/clock_witness.h"
#include "openhash/news.h"

namespace openhash {

class GatewayWatch;

struct GatewayStore::Impl final : gateway::GatewayReads::Judge {
  Impl(base::World& the_world, GatewayOptions the_options, gateway::GatewayUrl url,
       std::optional<tls::ClientContext> context)
      : world(the_world),
        options(std::move(the_options)),
        http(world, std::move(url), std::move(context)),
        reads(world, http, options.rules, *this) {}

  base::World& world;
  GatewayOptions options;
  gateway::HttpClient http;
  gateway::GatewayReads reads;
  ClockWitness clocks;
  std::optional<base::Instant> last_heard;
  base::Duration latency{};
  std::string trouble;  // why its certificate was refused; empty if it was not
  std::size_t announcing = 0;
  std::unique_ptr<gateway::WebSocket> socket;  // null while there is none
  std::multimap<Key, GatewayWatch*> watches;
  base::Tasks tasks;

  [[nodiscard]] base::Instant now() const { return world.clock.now(); }
  [[nodiscard]] base::Instant heard_last() const;
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early);
  base::Task<base::Result<void>> put(Key key, Record record, bool announce);
  base::Task<void> announce(Key key, Record record);

  // gateway_store_watch.cpp
  /// Keeps a WebSocket open, and opens it again when it breaks.
  base::Task<void> listen();
  base::Task<base::Result<void>> open_socket();
  base::Task<void> take_messages();
  void take_message(const std::string& text);
  /// What is watched now is told to the gateway.
  void say_watch(const Key& key, bool on);

  // gateway::GatewayReads::Judge
  base::Result<std::optional<Record>> open(const Key& key, base::ByteView bytes) override;
  std::optional<base::Error> why_nothing_is_valid() override;
  void heard() override { last_heard = now(); }
};

}  // namespace openhash
