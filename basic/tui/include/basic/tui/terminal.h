#pragma once
// The terminal client: one Client on a screen of characters.

#include <functional>
#include <memory>
#include <string>

#include "base/system.h"
#include "basic/client.h"

namespace basic::tui {

/// Owns the terminal from run() to its end. Lives on the loop of `system`.
class Terminal final : public ClientEvents {
 public:
  /// `own_node`: the endpoint of the node that this process hosts, "" if none.
  Terminal(base::System& system, std::function<std::string()> own_node);
  ~Terminal() override;

  /// `failed` with a sentence if stdin and stdout are not a terminal that can show anything.
  static base::Result<void> check();

  /// Shows `client` until the user leaves; signs off before it completes.
  base::Task<void> run(Client& client);

  // ClientEvents
  void presence(const Buddy& buddy) override;
  void text(const Text& text) override;
  void request(const ohim::Name& from, const std::string& fingerprint) override;
  void came_online(const Buddy& buddy) override;
  void buddies_changed() override;
  void conditions_changed() override;
  void warning(const std::string& sentence) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace basic::tui
