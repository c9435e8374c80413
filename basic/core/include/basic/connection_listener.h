#pragma once
// Where buddies' connections come in: TLS, handshake, limits on strangers. The paper's
// BasicConnectionListener.

#include <functional>
#include <map>
#include <memory>

#include "base/token_bucket.h"
#include "base/world.h"
#include "basic/handshake.h"

namespace basic {

/// security.md 8.
struct ListenerOptions {
  std::size_t half_open = 64;
  /// Many users of one machine share its loopback address, which is exempt from what is counted by
  /// address.
  std::size_t half_open_an_address = 4;
  double connects_per_second_an_address = 10;
  base::Duration handshake_limit = std::chrono::seconds(10);
  /// Whoever is refused hears of it at this age of the connection, whatever the reason was.
  base::Duration refusal_at = std::chrono::seconds(1);
};

class ConnectionListener final {
 public:
  using OnLink = std::function<void(Session, std::unique_ptr<base::Stream>)>;

  /// All references are borrowed. `on_link` may not destroy the listener. `failed` or `conflict`:
  /// the machine does not let us listen there.
  static base::Result<std::unique_ptr<ConnectionListener>> open(
      base::World& world, const base::Endpoint& at, TlsContext& tls, const Handshake& handshake,
      Gate& gate, OnLink on_link, ListenerOptions options = {});

  [[nodiscard]] base::Endpoint local() const { return listener_->local(); }

 private:
  struct Caller {
    std::size_t half_open = 0;
    base::TokenBucket connects;
  };
  class Place;

  ConnectionListener(base::World& world, TlsContext& tls, const Handshake& handshake, Gate& gate,
                     OnLink on_link, ListenerOptions options);
  void accept(std::unique_ptr<base::Stream> stream);
  bool has_room_for(const base::Endpoint& from);
  base::Task<void> welcome(std::unique_ptr<base::Stream> stream);
  base::Task<base::Result<void>> shake_hands(std::unique_ptr<base::Stream> stream);
  base::Task<void> refuse(base::Stream& stream, base::Instant accepted);
  void forget_quiet_callers();

  base::World& world_;
  TlsContext& tls_;
  const Handshake& handshake_;
  Gate& gate_;
  OnLink on_link_;
  ListenerOptions options_;
  std::size_t half_open_ = 0;
  std::map<std::array<std::uint8_t, 16>, Caller> callers_;
  std::unique_ptr<base::StreamListener> listener_;
  base::Tasks tasks_;
};

}  // namespace basic
