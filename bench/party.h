#pragma once
// Users for the benchmark: real clients on real sockets, with cheap passwords and little work, so
// that what is left is what is measured.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "basic/client.h"
#include "basic/profile.h"
#include "openhash/node.h"

namespace bench {

/// The same at all members: registration costs next to nothing.
openhash::Rules light_rules();

/// A storage node, or a client's way in by `nodes`. Ends the program with a sentence on failure.
std::unique_ptr<openhash::Node> open_node(base::World& world, openhash::Role role,
                                          std::vector<base::Endpoint> nodes);

/// One user, and whom she sees.
class Party final : public basic::ClientEvents {
 public:
  Party(base::World& world, openhash::Store& store, basic::Profile& profile, std::string name);

  base::Task<void> register_user();
  base::Task<void> sign_on();
  /// Tries until the other is registered (5 s).
  base::Task<void> add(std::string buddy);

  basic::Client& client() { return client_; }
  [[nodiscard]] std::size_t online() const;
  /// Called after each change of presence.
  std::function<void()> on_change;

  void presence(const basic::Buddy& buddy) override;
  void text(const basic::Text&) override {}
  void request(const ohim::Name&, const std::string&) override {}
  void warning(const std::string& sentence) override;

 private:
  base::World& world_;
  std::string name_;
  std::map<ohim::Name, basic::Presence> seen_;
  basic::Client client_;
};

/// Ends the program with `what` and the error's sentence: a benchmark has no other way to go on.
[[noreturn]] void give_up(const std::string& what, const base::Error& error);

}  // namespace bench
