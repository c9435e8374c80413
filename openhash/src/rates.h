#pragma once
// How much each network may send us. The table has its size from the start: strangers, who can
// write any address on their datagrams, do not make it grow. No I/O; time is an argument.

#include <vector>

#include "base/clock.h"
#include "reach.h"

namespace openhash {

/// A bucket of so many tokens, which fills at so many a second.
struct Rate {
  float per_second = 0;
  float burst = 0;
};

class Rates {
 public:
  enum class What : std::uint8_t {
    datagram,  ///< of any kind
    put,
    push,  ///< an update of what we watch
    echo,  ///< what its datagrams make us send to those who watch
  };
  static constexpr std::size_t kWhats = 4;

  /// `places`: networks of which something is remembered at a time. `salt`: nobody else knows it.
  Rates(std::size_t places, std::uint64_t salt);

  /// Takes a token; false if there is none.
  bool take(What what, const Prefix& from, base::Instant now);

 private:
  struct Account {
    Prefix prefix{};  // all zeros: free
    base::Instant seen{};
    std::array<float, kWhats> spent{};
  };
  static constexpr std::size_t kWays = 4;  // accounts that may stand at one place of the table
  Account& account_of(const Prefix& prefix, base::Instant now);
  static void refill(Account& account, base::Instant now);

  std::uint64_t salt_;
  std::vector<Account> accounts_;
};

}  // namespace openhash
