#pragma once
// The table through one gateway: a Store that speaks HTTP and WebSocket (docs/gateway.md), for
// clients that cannot or will not speak UDP.

#include <memory>
#include <string>

#include "base/world.h"
#include "openhash/store.h"

namespace openhash {

struct GatewayOptions {
  Rules rules;
  /// "http://HOST[:PORT]" or "https://HOST[:PORT]". With "#sha256=HEX" behind it, the server's
  /// certificate must have that fingerprint, and nobody needs to vouch for it.
  std::string url;
  /// PEM file of those who may vouch for the server; empty for the machine's own.
  std::string authorities{};
};

/// Lives on the world's loop. What the gateway says is not believed: each record is verified, so it
/// can hide one, but not forge one. An answer with a record that its owner did not sign, for this
/// key and network, is `malformed` as a whole.
///
/// Keeps one WebSocket open, for pushes and to know whether the gateway is there; reads that are
/// under way at the same time share a request.
class GatewayStore final : public Store {
 public:
  /// `malformed`: that is no URL of a gateway. `failed`: the authorities cannot be read.
  static base::Result<std::unique_ptr<GatewayStore>> open(base::World& world,
                                                          GatewayOptions options);
  ~GatewayStore() override;

  // Store
  [[nodiscard]] const Rules& rules() const override;
  base::Task<base::Result<void>> put(Key key, Record record) override;
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early = {}) override;
  base::Task<std::vector<base::Result<std::vector<Record>>>> get_many(
      std::vector<Key> keys) override;
  void announce(Key key, Record record) override;
  /// The gateway reads for its watches once a minute, so with either fallback nothing is read from
  /// here, but at the start, and each minute where the gateway takes no more watches.
  std::unique_ptr<Watch> watch(Key key, OnRecord changed,
                               Fallback fallback = Fallback::poll) override;
  [[nodiscard]] bool connected() const override;
  [[nodiscard]] base::Instant last_heard() const override;
  [[nodiscard]] std::vector<NodeHealth> nodes() const override;

  struct Impl;  ///< the inside; see src/gateway_store_impl.h

 private:
  explicit GatewayStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash
