#pragma once
// Who is here, by address: how many connections, and how much they ask for.

#include <map>
#include <memory>

#include "base/token_bucket.h"
#include "base/transport.h"
#include "gateway/server.h"

namespace openhash::gateway {

/// One address's account. Shared by its connections, and kept by Visitors while it is in debt.
struct Visitor {
  bool trusted = false;  ///< this machine itself
  std::size_t connections = 0;
  base::TokenBucket operations;
};

class Visitors {
 public:
  /// Counts one connection until it is destroyed.
  class Pass {
   public:
    explicit Pass(std::shared_ptr<Visitor> visitor) : visitor_(std::move(visitor)) {
      ++visitor_->connections;
    }
    Pass(Pass&&) noexcept = default;
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (visitor_) --visitor_->connections;
    }
    [[nodiscard]] Visitor& visitor() const { return *visitor_; }

   private:
    std::shared_ptr<Visitor> visitor_;
  };

  explicit Visitors(const ServerLimits& limits) : limits_(limits) {}

  /// Nothing if there are too many of that address.
  std::optional<Pass> enter(const base::Endpoint& from, base::Instant now);
  /// Whether that visitor may do so much more, which is then counted.
  bool charge(Visitor& visitor, double operations, base::Instant now) const;
  [[nodiscard]] std::size_t accounts() const { return accounts_.size(); }

 private:
  void forget_settled(base::Instant now);

  const ServerLimits& limits_;
  std::map<base::Endpoint, std::shared_ptr<Visitor>> accounts_;
  std::size_t forget_at_ = 256;
};

}  // namespace openhash::gateway
