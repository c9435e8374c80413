#pragma once
// The RPC contract (docs/rpc.md): lines of JSON-RPC 2.0 in, lines out.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/world.h"
#include "basic/client.h"

/// One client served to one script. Lives on the loop; all it is given outlives it.
class RpcServer final : public basic::ClientEvents {
 public:
  struct Ports {
    std::function<void(std::string line)> write;
    /// The node this process brings along, "" if none.
    std::function<std::string()> own_node;
    /// Whether the user named nodes: then `status` shows also those that do not answer.
    bool nodes_named = false;
    /// `shutdown` was asked for and answered; called from the loop.
    std::function<void()> shut_down;
  };
  RpcServer(base::World& world, Ports ports);
  ~RpcServer() override;

  /// Before the first line is taken.
  void serve(basic::Client& client);
  void take(std::string_view line);
  void take_oversize();

  /// Requests that have no answer yet.
  [[nodiscard]] std::size_t in_flight() const;
  /// Called whenever a request has been answered.
  void on_answered(std::function<void()> callback);

  // basic::ClientEvents
  void presence(const basic::Buddy& buddy) override;
  void text(const basic::Text& text) override;
  void request(const ohim::Name& from, const std::string& fingerprint) override;
  void came_online(const basic::Buddy& buddy) override;
  void buddies_changed() override;
  void conditions_changed() override;
  void warning(const std::string& sentence) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// All methods, notifications and errors, for `basic rpc --help`.
std::string rpc_help();
