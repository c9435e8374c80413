#pragma once
// The presence-detection engine of the paper (its sections 2.1 and 3.1): register, sign on, sign
// off, connect, commit a buddy list; hooks for what a client makes of it. Derive from
// PresenceDetection, give it your buddy list, your location and your handshake, and you have a
// client. `basic::PresenceDetection` is a ready-made one; examples/presence_only.cpp a small one.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/world.h"
#include "ohim/errc.h"
#include "ohim/name.h"
#include "ohim/tracker.h"
#include "openhash/store.h"

namespace ohim {

/// The users you want to watch, in a form of your own. The engine only asks whose names are on it,
/// and for its bytes, which it seals before they leave this process (nobody else reads the list).
class BuddyList {
 public:
  virtual ~BuddyList() = default;
  [[nodiscard]] virtual std::vector<Name> buddies() const = 0;
  /// At most kMaxBuddyList bytes (1 000 entries of 300).
  [[nodiscard]] virtual base::Bytes to_bytes() const = 0;
  /// Replaces the content. `malformed` leaves it as it was. No bytes at all is the blank list.
  virtual base::Result<void> from_bytes(base::ByteView bytes) = 0;
  /// Takes in what another machine of this user has stored since: the newer of each entry stays,
  /// whichever of the two lists has it. All machines must come to the same bytes, or they would
  /// store in turns for ever. `malformed` leaves the list as it was, and theirs in the store. By
  /// default `refused`: the list that is stored last stays, whole, and a change that was made
  /// elsewhere is seen at the next sign-on.
  virtual base::Result<void> merge(base::ByteView theirs);
};

inline constexpr std::size_t kMaxLocation = 223;
inline constexpr std::size_t kMaxBuddyList = 300'000;

/// Where a signed-on user can be reached, and whatever else others should know before they dial.
class Location {
 public:
  virtual ~Location() = default;
  [[nodiscard]] virtual std::vector<base::Endpoint> endpoints() const = 0;
  /// At most kMaxLocation bytes (one slot of the location record). No bytes at all is the blank
  /// location: signed on, but others see off line.
  [[nodiscard]] virtual base::Bytes to_bytes() const = 0;
  /// What somebody else's to_bytes() gave, whoever that is: take nothing for granted.
  virtual base::Result<void> from_bytes(base::ByteView bytes) = 0;
  /// Which of her places this is, if she may be signed on at several: a random number of its own
  /// for each run of a client, told in the bytes, and the same that link_up() is given.
  [[nodiscard]] virtual PlaceId place() const { return 0; }
};

/// Whom a connection is meant for (or claims to be from).
struct Peer {
  Name name;
  openhash::PublicKey key{};  ///< the identity that must be proven
};

/// What registration tells while it goes on, for people who wait.
enum class Progress {
  hashing_password,
  looking_up_name,
  working,
  claiming,
  settling,
  storing,
  done
};
using OnProgress = std::function<void(Progress)>;

/// What a password costs to try. The default is security.md 3; tests take less.
struct PasswordCost {
  std::size_t memory = std::size_t{256} << 20;  ///< bytes
  unsigned passes = 3;
  double least_bits = 50;  ///< by zxcvbn, with the name as part of the dictionary
};

struct PresenceOptions {
  PasswordCost password;
  TrackerOptions tracker;
  /// Own location: valid this long, signed anew at less than half of it.
  std::chrono::seconds location_validity{90};
  base::Duration location_renewal = std::chrono::seconds(40);
  /// How long a rival claim may take to show up (security.md 5), and how long to wait for it to be
  /// withdrawn: on a bad line the rival's own put may take 20 s, and with 10 s one race in 200 at
  /// 10 % loss ended without a winner.
  base::Duration claim_settles = std::chrono::seconds(5);
  base::Duration rival_withdraws = std::chrono::seconds(25);
  /// Tells this user's machines apart where two of them store a buddy list at once: a number of its
  /// own for each, kept across runs, is best; all zero still loses nothing but the later change.
  std::uint64_t device = 0;
};

/// One user's engine. Lives on the world's loop; `store` is borrowed and outlives it. Destroying it
/// without sign_off() is a crash as others see it: they notice by the links.
class PresenceDetection {
 public:
  PresenceDetection(base::World& world, openhash::Store& store, PresenceOptions options = {});
  virtual ~PresenceDetection();
  PresenceDetection(const PresenceDetection&) = delete;
  PresenceDetection& operator=(const PresenceDetection&) = delete;

  /// Claims `name` for a fresh key, and stores blank list and location. Takes seconds: the password
  /// is hashed, work is done, rivals are given time to show up. Does not sign on.
  /// name_invalid, weak_password, name_taken, contested_name, store_unavailable.
  base::Task<base::Result<openhash::PublicKey>> register_user(std::string name,
                                                              base::Secret password,
                                                              OnProgress progress = {});
  /// Fetches the keys and the buddy list, announces the location, calls sign_on_post(), and starts
  /// to watch the buddies. wrong_password, no_such_user, already_signed_on, store_unavailable.
  base::Task<base::Result<void>> sign_on(std::string name, base::Secret password);
  /// Calls sign_off_pre(), waits for a commit that runs (2 s), stops watching, stores a blank
  /// location (best effort: 2 s). not_signed_on.
  base::Task<base::Result<void>> sign_off();
  /// Looks up where `buddy` is and hands an open stream to handshake(). not_found (not on line),
  /// unreachable, no_such_user, key_changed, store_unavailable, or what handshake() said.
  base::Task<base::Result<void>> connect(Name buddy);
  /// Stores buddy_list() as it is now, merged with what another machine stored since. Acknowledged
  /// only when it was read back; a crash in between leaves the old list whole. not_signed_on,
  /// too_large, store_unavailable; and what BuddyList::merge() fails with, unless it is `refused`.
  base::Task<base::Result<void>> commit_buddy_list();

  /// Who owns `name`: the pinned key if there is one (see pinned_key()), else what the store says.
  /// no_such_user, contested_name, key_changed, store_unavailable.
  base::Task<base::Result<openhash::PublicKey>> find_user(Name name);

  /// True from sign_on_pre() to the blank location of sign_off(), so in all hooks.
  [[nodiscard]] bool signed_on() const;
  /// The signed-on user; only while signed_on().
  [[nodiscard]] const Name& self() const;
  [[nodiscard]] const openhash::SigningKey& identity() const;
  /// A key for a purpose of the client's own ("history"), the same on every machine of this user.
  [[nodiscard]] base::Secret derive_key(std::string_view purpose) const;
  [[nodiscard]] BuddyState state(const Name& buddy) const;
  /// Why state() is what it is, and how long it can be wrong; in_words() says it in a sentence.
  [[nodiscard]] Why why(const Name& buddy) const;
  /// Where she is on line, the place to talk to first.
  [[nodiscard]] std::vector<PlaceState> places(const Name& buddy) const;
  /// Whether anybody can be reached now, as far as is known.
  [[nodiscard]] bool own_line_up() const;
  /// After buddy_list() changed: start and stop watching accordingly. commit_buddy_list() does too.
  void watch_buddies();
  /// Location or own status changed: sign and store it anew.
  void publish_location();

  /// What became of a connection that handshake() or an own listener established. Also for people
  /// not on the list: whoever is put on it later is then known to be there. One link a place.
  void link_up(const Name& buddy, PlaceId place = 0,
               Tracker::Opened opened = Tracker::Opened::by_us);
  void link_down(const Name& buddy, Tracker::LinkEnd how, PlaceId place = 0);
  /// She said whether we are on her list, now or in an earlier run: saves looking for her.
  void lists_us(const Name& buddy, bool on_her_list);

 protected:
  // --- what every client gives ---
  virtual BuddyList& buddy_list() = 0;
  virtual Location& location() = 0;
  /// An empty location, to read somebody else's into.
  virtual std::unique_ptr<Location> make_location() const = 0;
  /// `stream` is open to where `peer` says he is. Prove both identities and keep the connection;
  /// call link_up() for as long as it lasts. Must bound its own waits. An error closes the stream:
  /// base::Errc::refused says that it is the buddy but she declines (she stays on line as long as
  /// her location is valid), timed_out that nobody spoke (the same); anything else that it is
  /// somebody else, so she is not there.
  virtual base::Task<base::Result<void>> handshake(Peer peer, const Location& location,
                                                   std::unique_ptr<base::Stream> stream) = 0;

  // --- hooks, in the order of a session; each runs on the loop and may suspend ---
  /// Before the location is first announced: open the listener here, so that location() is true.
  /// An error ends the sign-on with it.
  virtual base::Task<base::Result<void>> sign_on_pre();
  /// After sign_on() has done its part, before it returns.
  virtual base::Task<void> sign_on_post();
  /// Before sign_off() does its part: say goodbye on every connection here.
  virtual base::Task<void> sign_off_pre();

  // --- news; plain calls on the loop, which may not destroy the engine ---
  /// Her state is another, or the list of her places().
  virtual void presence_changed(const Name& buddy, const BuddyState& state);
  /// Nobody can be reached any more, or somebody again; see Tracker::own_line().
  virtual void own_line_changed(bool up);
  /// The same user is signed on at another place, too, or is no more. Whoever comes second
  /// knows within a minute, who was there as a rule within seconds.
  virtual void signed_on_elsewhere(bool elsewhere);
  /// buddy_list() has taken in what another machine of this user stored; those on it now are
  /// watched. Within seconds if signed on elsewhere is known, else with the next commit.
  virtual void buddy_list_merged();
  /// This machine slept, or its addresses changed: links may be dead, and the location wrong.
  virtual void connectivity_changed();
  /// Nobody keeps the own location, so others cannot find this user: mostly, because this machine's
  /// clock is wrong. `error` says what to do. Once, until it is stored again.
  virtual void location_refused(const base::Error& error);
  /// The key first seen for `name`, if the client remembers one (trust on first use).
  virtual std::optional<openhash::PublicKey> pinned_key(const Name& name) const;
  /// `offered` claims a name whose pinned key is another. It was not believed.
  virtual void key_conflict(const Name& name, const openhash::PublicKey& offered);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ohim
