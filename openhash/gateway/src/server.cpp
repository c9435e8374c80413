#include "gateway/server.h"

#include "server_impl.h"

namespace openhash::gateway {

base::Result<void> Server::Impl::start() {
  if (!options.certificate.empty() || !options.key.empty()) {
    auto context = tls::ServerContext::open(options.certificate, options.key);
    if (!context) return context.error();
    tls.emplace(std::move(*context));
  }
  auto opened = world.transport.listen(
      options.listen, [this](std::unique_ptr<base::Stream> stream) { welcome(std::move(stream)); });
  if (!opened) return opened.error();
  listener = std::move(*opened);
  return {};
}

void Server::Impl::welcome(std::unique_ptr<base::Stream> stream) {
  auto pass = counters.connections < options.limits.connections
                  ? visitors.enter(stream->remote(), world.clock.now())
                  : std::nullopt;
  if (!pass) {
    ++counters.turned_away;
    return;
  }
  ++counters.accepted;
  connections.start(serve(std::move(stream), std::move(*pass)));
}

base::Task<void> Server::Impl::serve(std::unique_ptr<base::Stream> arrived, Visitors::Pass pass) {
  // What a coroutine is given lives as long as its frame; locals end with the connection.
  std::unique_ptr<base::Stream> stream = std::move(arrived);
  const Visitors::Pass mine = std::move(pass);
  const Counted counted(counters.connections);
  if (tls) {
    auto opened =
        co_await base::within(world.clock, options.limits.tls, tls->accept(std::move(stream)));
    if (!opened) co_return;
    stream = std::move(*opened);
  }
  Exchange exchange(world, options.limits, counters, std::move(stream), mine);
  while (co_await exchange.next()) {
    co_await handle(exchange);
    if (!exchange.keeps() || !co_await exchange.taken()) break;
  }
  exchange.close();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

base::Result<std::unique_ptr<Server>> Server::open(base::World& world, Store& store,
                                                   ServerOptions options) {
  auto impl = std::make_unique<Impl>(world, store, std::move(options));
  if (auto started = impl->start(); !started) return started.error();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

base::Endpoint Server::local() const { return impl_->listener->local(); }

void Server::page(std::string path, Page page) { impl_->pages[std::move(path)] = std::move(page); }

Counters Server::counters() const {
  Counters counters = impl_->counters;
  impl_->reads.count(counters);
  impl_->watches.count(counters);
  return counters;
}

std::optional<base::WallTime> Server::certificate_ends() const {
  if (!impl_->tls) return std::nullopt;
  return impl_->tls->ends();
}

}  // namespace openhash::gateway
