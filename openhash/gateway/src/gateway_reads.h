#pragma once
// Reads through a gateway: those that begin while others wait share a request, and each is answered
// as soon as its own key is.

#include <deque>
#include <memory>
#include <vector>

#include "base/world.h"
#include "gateway/wire.h"
#include "http_client.h"
#include "openhash/store.h"

namespace openhash::gateway {

class GatewayReads {
 public:
  using Found = base::Result<std::vector<Record>>;
  /// Judges what the gateway sent as a record at the key.
  class Judge {
   public:
    virtual ~Judge() = default;
    /// `malformed`: its owner never signed that. Empty: true, but not valid now.
    virtual base::Result<std::optional<Record>> open(const Key& key, base::ByteView bytes) = 0;
    /// When there was something and nothing of it was valid: what is to be said instead of "none".
    virtual std::optional<base::Error> why_nothing_is_valid() = 0;
    virtual void heard() = 0;
  };

  GatewayReads(base::World& world, HttpClient& http, const Rules& rules, Judge& judge)
      : world_(world), http_(http), rules_(rules), judge_(judge) {}

  base::Task<Found> get(Key key, OnRecord early);

 private:
  struct Wish;
  struct Lines;
  using Wishes = std::vector<std::shared_ptr<Wish>>;

  void ask_soon();
  void ask_some();
  base::Task<void> ask(Wishes wishes);
  void take_line(const Wishes& wishes, std::string_view line);
  void take(Wish& wish, const Answer& answer);
  void finish(Wish& wish, Found found);

  base::World& world_;
  HttpClient& http_;
  Rules rules_;
  Judge& judge_;
  std::deque<std::shared_ptr<Wish>> waiting_;
  std::size_t running_ = 0;
  base::Timer soon_;
  base::Tasks tasks_;
};

}  // namespace openhash::gateway
