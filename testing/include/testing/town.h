#pragma once
// A town in one process: storage nodes on the real engine, people with the real client, each on a
// host of her own in a simulated world. It writes down what people were told and checks it against
// what happened. docs/town.md shows how to bring a client of one's own.
//
//   sim::Town town({.seed = 7, .faults = {.loss = 0.05, .delay = 100ms}});
//   town.move_in("lisa"), town.move_in("bart");
//   town.register_all(), town.rest(1min);
//   town.sign_on("lisa"), town.sign_on("bart"), town.rest(1min);
//   town.befriend("lisa", "bart"), town.rest(1min);
//   town.say("lisa", "bart", "hello");
//   EXPECT_TRUE(town.settle(90s));
//   EXPECT_EQ(town.check(), sim::Complaints());

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "basic/client.h"
#include "openhash/node.h"
#include "testing/resident.h"
#include "testing/sim_world.h"

namespace sim {

/// The town's clients, with passwords that cost nothing to hash and names that settle at once.
basic::ClientOptions quick_client();

struct TownOptions {
  std::uint64_t seed = 1;
  std::size_t nodes = 4;  ///< storage nodes: hosts "node0", "node1", ...
  Faults faults{};        ///< of all links
  /// Folder for the journals of the storage nodes; empty: a node that crashes forgets.
  std::filesystem::path state{};
  openhash::Rules rules{.network = 7, .work_named = 4, .work_opaque = 4};
  basic::ClientOptions client = quick_client();
  base::LogLevel log = base::LogLevel::off;
};

/// What should not have happened, one sentence each.
using Complaints = std::vector<std::string>;

/// How texts ended.
struct TextCount {
  std::size_t said = 0;
  std::size_t delivered = 0;   ///< acknowledged to the sender
  std::size_t failed = 0;      ///< an error was given to the sender
  std::size_t unanswered = 0;  ///< the sender's client was gone before it could tell
  std::size_t heard = 0;       ///< shown to the receiver
};

/// What people do begins at once and goes on while time passes: see rest(). Names of people are
/// those of their hosts. Whoever is not there can do nothing; asking for it is no error.
class Town {
 public:
  explicit Town(TownOptions options);
  ~Town();
  Town(const Town&) = delete;
  Town& operator=(const Town&) = delete;

  SimWorld& world();
  /// A way into the town's OpenHash for a program on this host, whoever wrote it. To be destroyed
  /// before the town; after a crash of the host, enter again.
  std::unique_ptr<openhash::Node> enter(std::string_view host);

  // --- storage nodes ---
  void crash_node(std::size_t number);
  /// Starts it again, with its journal if there is one.
  void return_node(std::size_t number);
  /// Null while it is crashed.
  openhash::Node* node(std::size_t number);

  // --- people ---
  void move_in(const std::string& who);
  /// With a client of your own (resident.h). She cannot say() anything.
  void move_in(const std::string& who, MakeResident program);
  [[nodiscard]] std::vector<std::string> people() const;
  /// Everybody who moved in, side by side; tries on while the store does not answer.
  void register_all();
  /// Tries on while the store does not answer. Starts her program if it is not running.
  void sign_on(const std::string& who);
  void sign_off(const std::string& who);
  /// Her program dies; her history and her pins are kept.
  void crash(const std::string& who);
  /// Her machine loses power: nobody is told.
  void vanish(const std::string& who);
  /// Puts `buddy` on the list of `who`; tries on while the store does not answer.
  void add(const std::string& who, const std::string& buddy);
  void befriend(const std::string& one, const std::string& other);
  /// `text` must be unlike any other in this town, so that each can be told apart.
  void say(const std::string& from, const std::string& to, const std::string& text);
  /// Her program, for what the town has no verb for; null if it is not running, or not ours.
  basic::Client* client(const std::string& who);

  // --- time ---
  /// Lets time pass until all that people began has ended; false if that takes longer.
  bool rest(base::Duration limit);
  /// Lets time pass until converged(); false if that takes longer.
  bool settle(base::Duration limit);

  // --- what is, and what is believed ---
  [[nodiscard]] bool is_on(const std::string& who) const;
  [[nodiscard]] basic::Presence truth(const std::string& who) const;
  /// `unknown` also if she is not on line herself, or did not add() him.
  [[nodiscard]] basic::Presence shown(const std::string& watcher, const std::string& buddy) const;
  /// Everybody who is on line is shown the truth about everybody on her list.
  [[nodiscard]] bool converged() const;
  /// A sentence for each buddy who is shown wrongly now.
  [[nodiscard]] Complaints wrong_presence() const;
  /// What went wrong so far: texts that were acknowledged and did not arrive, arrived twice, out of
  /// order, or were never said; texts that were neither acknowledged nor given up; refusals that
  /// nobody earned. Ask when people rest. Each sentence names the seed.
  [[nodiscard]] Complaints check() const;
  [[nodiscard]] TextCount texts() const;
  /// How often she was shown another presence of somebody, so far.
  [[nodiscard]] std::size_t presence_changes(const std::string& who) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sim
