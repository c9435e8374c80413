#pragma once
// The smallest client, for tests: names for a list, an address for a location, and a handshake that
// believes whatever name is called. And a town of them.

#include <gtest/gtest.h>

#include <list>
#include <set>

#include "ohim/presence_detection.h"
#include "testing/memory_store.h"
#include "testing/sim_world.h"

namespace ohim::test {

using namespace std::chrono_literals;

inline const std::string kPassword = "four quiet purple herons";

inline base::Secret secret(std::string_view text) {
  return base::Secret::copy_of(base::view(text));
}
inline Name name(std::string_view text) { return *Name::parse(text); }

/// Rules and costs that make tests quick.
inline openhash::Rules quick_rules() { return {.network = 7, .work_named = 4, .work_opaque = 4}; }
inline PresenceOptions quick_options() {
  PresenceOptions options;
  options.password.memory = std::size_t{8} << 10;
  options.password.passes = 1;
  return options;
}

class NameList final : public BuddyList {
 public:
  std::set<Name> names;
  bool merges = false;  ///< then it only ever grows

  std::vector<Name> buddies() const override { return {names.begin(), names.end()}; }
  base::Bytes to_bytes() const override;
  base::Result<void> from_bytes(base::ByteView bytes) override;
  base::Result<void> merge(base::ByteView theirs) override;
};

class Address final : public Location {
 public:
  std::optional<base::Endpoint> at;

  std::vector<base::Endpoint> endpoints() const override;
  base::Bytes to_bytes() const override;
  base::Result<void> from_bytes(base::ByteView bytes) override;
};

class Client final : public PresenceDetection {
 public:
  Client(base::World& world, openhash::Store& store, PresenceOptions options = quick_options())
      : PresenceDetection(world, store, options), world_(world) {}

  NameList list;
  Address address;
  bool firewalled = false;  ///< announces an address where nothing answers
  std::map<Name, openhash::PublicKey> pins;
  std::vector<std::pair<Name, BuddyState>> news;
  std::vector<Name> conflicts;
  std::vector<std::string> hooks;
  std::function<void()> on_news;
  std::size_t dialled = 0;  ///< handshakes begun

  [[nodiscard]] std::size_t links() const { return connections_.size(); }
  void cut_links();

 protected:
  BuddyList& buddy_list() override { return list; }
  Location& location() override { return address; }
  std::unique_ptr<Location> make_location() const override { return std::make_unique<Address>(); }
  base::Task<base::Result<void>> handshake(Peer peer, const Location& location,
                                           std::unique_ptr<base::Stream> stream) override;
  base::Task<base::Result<void>> sign_on_pre() override;
  base::Task<void> sign_on_post() override;
  base::Task<void> sign_off_pre() override;
  void presence_changed(const Name& buddy, const BuddyState& state) override;
  void connectivity_changed() override { hooks.emplace_back("connectivity_changed"); }
  void location_refused(const base::Error&) override { hooks.emplace_back("location_refused"); }
  void buddy_list_merged() override { hooks.emplace_back("buddy_list_merged"); }
  std::optional<openhash::PublicKey> pinned_key(const Name& name) const override;
  void key_conflict(const Name& name, const openhash::PublicKey& offered) override;

 private:
  struct Connection {
    Name buddy;
    std::unique_ptr<base::Stream> stream;
  };
  base::Task<void> welcome(std::unique_ptr<base::Stream> stream);
  base::Task<void> hold(std::list<Connection>::iterator connection);
  void keep(const Name& buddy, std::unique_ptr<base::Stream> stream);
  [[nodiscard]] bool has_link(const Name& buddy) const;

  base::World& world_;
  std::unique_ptr<base::StreamListener> listener_;
  std::list<Connection> connections_;
  base::Tasks tasks_;
};

/// One network, and people on hosts of their own.
class Town : public ::testing::Test {
 protected:
  struct Person {
    std::unique_ptr<sim::MemoryStore> store;
    std::unique_ptr<Client> client;
  };

  explicit Town(PresenceOptions options = quick_options()) : options_(options) {}

  /// The client of that person, on a host of her name (or on another).
  Client& at(const std::string& person);
  sim::MemoryStore& store_of(const std::string& person);
  base::Result<openhash::PublicKey> register_user(const std::string& person,
                                                  const std::string& password = kPassword);
  base::Result<void> sign_on(const std::string& person, const std::string& password = kPassword);
  base::Result<void> sign_off(const std::string& person);
  /// Registers unless that was done, signs on, and stores the list.
  void move_in(const std::string& person, const std::set<std::string>& buddies);
  void set_list(const std::string& person, const std::set<std::string>& buddies);
  base::Result<void> commit(const std::string& person);
  /// The process dies; at() starts it anew.
  void crash(const std::string& person);
  /// Whether `watcher` comes to see `buddy` so, within `limit`.
  bool sees(const std::string& watcher, const std::string& buddy, Presence presence,
            base::Duration limit);
  BuddyState state(const std::string& watcher, const std::string& buddy);

  PresenceOptions options_;
  sim::SimWorld world_{1};
  sim::MemoryTable table_{quick_rules()};
  std::map<std::string, Person> people_;
};

}  // namespace ohim::test
