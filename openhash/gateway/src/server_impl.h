#pragma once
// The inside of a Server, shared by its sources: server.cpp (connections), routes.cpp (requests),
// watch_session.cpp (WebSockets).

#include <map>
#include <optional>

#include "exchange.h"
#include "gateway/server.h"
#include "reads.h"
#include "tls/context.h"
#include "visitors.h"
#include "watches.h"

namespace openhash::gateway {

/// One more of something while it lives.
class Counted {
 public:
  explicit Counted(std::size_t& counter) : counter_(++counter) {}
  ~Counted() { --counter_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::size_t& counter_;
};

struct Server::Impl {
  Impl(base::World& the_world, Store& the_store, ServerOptions the_options)
      : world(the_world), store(the_store), options(std::move(the_options)) {}

  base::World& world;
  Store& store;
  ServerOptions options;
  Counters counters;  // what is not asked of reads and watches
  std::map<std::string, Page, std::less<>> pages;
  std::optional<tls::ServerContext> tls;
  Visitors visitors{options.limits};
  Reads reads{world, store, options.limits};
  Watches watches{world, store, reads, options.limits};
  std::size_t puts_running = 0;
  std::unique_ptr<base::StreamListener> listener;
  base::Tasks connections;

  base::Result<void> start();
  void welcome(std::unique_ptr<base::Stream> stream);
  base::Task<void> serve(std::unique_ptr<base::Stream> arrived, Visitors::Pass pass);

  /// Answers one request.
  base::Task<void> handle(Exchange& exchange);
  void show_page(Exchange& exchange, const Page& page);
  base::Task<void> get_record(Exchange& exchange, const Target& target);
  base::Task<void> put_record(Exchange& exchange, const Target& target);
  base::Task<void> get_many(Exchange& exchange, const Target& target);
  /// Speaks WebSocket until the client goes.
  base::Task<void> watch(Exchange& exchange, const Target& target);

  /// Whether the client may do so much more; if not, it has been told.
  bool charge(Exchange& exchange, double operations);
};

}  // namespace openhash::gateway
