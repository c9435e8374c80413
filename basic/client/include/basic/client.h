#pragma once
// The whole client, without a face: the window, the terminal and the RPC mode are three ways to
// show one Client, and a bot is a fourth.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/world.h"
#include "basic/buddy.h"
#include "basic/condition.h"
#include "basic/module.h"
#include "basic/module_info.h"
#include "basic/profile.h"
#include "ohim/presence_detection.h"
#include "openhash/store.h"

namespace basic {

struct Text {
  ohim::Name from;
  std::string text;
  std::string id;  ///< 32 hex digits
  base::WallTime sent_at{};
  TextNumber number = 0;  ///< where it stands in the history
};

/// What a face wants to hear. Calls come on the loop; they may call the client, not destroy it.
class ClientEvents {
 public:
  virtual ~ClientEvents() = default;
  virtual void presence(const Buddy& buddy) = 0;
  virtual void text(const Text& text) = 0;
  /// Somebody who is not on the list has connected.
  virtual void request(const ohim::Name& from, const std::string& fingerprint) = 0;
  /// She is on line, and the user wanted to be told. Once; then the wish is forgotten.
  virtual void came_online(const Buddy& /*buddy*/) {}
  /// What the user keeps of her has changed: alias, groups, unread texts. No news of hers.
  virtual void buddy_changed(const Buddy& /*buddy*/) {}
  /// Another machine of the user changed the list: buddies() has others on it now, or calls them
  /// something else, or blocked() has.
  virtual void buddies_changed() {}
  /// A text of ours is in the history (pending, if nothing else is known of it yet); its words are
  /// made safe to show. Before
  /// fate_changed() and after send_text() was called; send_text() may have ended by then. Number 0:
  /// the history could not take it (a warning says why), it is sent all the same.
  virtual void text_stored(const StoredText& /*text*/) {}
  /// It was acknowledged, or given up. Once for each text_stored().
  virtual void fate_changed(const std::string& /*buddy*/, const TextId& /*id*/, Fate /*fate*/) {}
  /// conditions() says something else than before.
  virtual void conditions_changed() {}
  /// modules() does: somebody switched, or the user's own choice was read from disk.
  virtual void modules_changed() {}
  /// Something the user should know that no call of hers caused (a buddy's key changed, ...).
  virtual void warning(const std::string& sentence) = 0;
};

struct ClientOptions {
  ohim::PresenceOptions presence;
  /// Where to accept buddies' connections.
  base::Endpoint listen = base::Endpoint::v4(0, 0, 0, 0, 0);
  /// How long a sent text may wait for its acknowledgement, reconnects included.
  base::Duration text_deadline = std::chrono::seconds(30);
  /// A user who is shown online and does nothing for so long is shown away. Zero: never. Only where
  /// the face calls user_active().
  base::Duration away_after = std::chrono::minutes(10);
  /// Protocols besides Basic's own, each with an epoch of its own. Borrowed; they outlive the
  /// client.
  std::vector<Module*> modules;
};

/// One user's client. `store`, `profile` and `events` are borrowed and outlive it.
class Client {
 public:
  Client(base::World& world, openhash::Store& store, Profile& profile, ClientEvents& events,
         ClientOptions options = {});
  ~Client();

  /// The fingerprint of the new key. Does not sign on.
  base::Task<base::Result<std::string>> register_user(std::string name, base::Secret password,
                                                      ohim::OnProgress progress = {});
  base::Task<base::Result<std::string>> sign_on(std::string name, base::Secret password);
  base::Task<base::Result<void>> sign_off();
  /// Looks the user up, pins her key, stores the list. Adding a buddy twice is not an error.
  base::Task<base::Result<Buddy>> add_buddy(std::string name);
  base::Task<base::Result<void>> remove_buddy(std::string name);
  [[nodiscard]] std::vector<Buddy> buddies() const;
  /// Of one of them, and only whether she is on line: for who looks often.
  [[nodiscard]] ohim::BuddyState state(const ohim::Name& buddy) const;
  /// `text` at most 64 bytes of UTF-8.
  base::Task<base::Result<void>> set_status(Show show, std::string text);

  /// Why a buddy is shown as she is, and how long it can be wrong. not_signed_on, not_a_buddy.
  [[nodiscard]] base::Result<Explanation> why(const std::string& name) const;
  /// Whether to call came_online() as soon as she is on line: at once, if she is. Kept across runs;
  /// completes when that is on disk.
  base::Task<base::Result<void>> notify_when_online(std::string name, bool on);

  /// From now on `name`, a buddy or anybody else, sees us off line, cannot link or ask, and is not
  /// shown. Stored with the buddy list. Blocking twice is not an error. Our location record stays
  /// as public as it is: who reads it otherwise than as `name` learns what everybody does.
  /// no_such_user, not_signed_on, store_unavailable.
  base::Task<base::Result<void>> block(std::string name);
  /// A buddy who was blocked is one again. Unblocking who is not blocked is not an error.
  base::Task<base::Result<void>> unblock(std::string name);
  [[nodiscard]] std::vector<ohim::Name> blocked() const;

  /// The user did something at the face: call it for every key. See ClientOptions::away_after.
  void user_active();
  /// Zero: never.
  void set_away_after(base::Duration limit);

  struct Delivery {
    std::string id;
    bool delivered = false;
  };
  /// Completes when the buddy's client has stored the text. Texts to one buddy arrive in the order
  /// of the calls. not_signed_on, not_a_buddy, unreachable (off line; nothing is kept),
  /// refused (she does not list us; texts are switched off at her end, or here), too_large (16
  /// KiB), malformed (not UTF-8).
  base::Task<base::Result<Delivery>> send_text(std::string to, std::string text);

  // --- what is remembered (client_memory.cpp). Words in StoredText are made safe to show. `buddy`
  // need not be on the list. All: not_signed_on, name_invalid, failed (disk). ---

  /// Texts with `buddy`, oldest first: at most `count` (1000 at most) before the one of that
  /// number; 0: the last ones.
  base::Task<base::Result<std::vector<StoredText>>> history(std::string buddy, TextNumber before,
                                                            std::size_t count);
  /// Those after the one of that number, oldest first.
  base::Task<base::Result<std::vector<StoredText>>> history_after(std::string buddy,
                                                                  TextNumber after,
                                                                  std::size_t count);
  /// Texts with all of `words` in them, whatever their case, newest first; "" for `buddy`: with
  /// anybody. Looks at the newest 250 000. Destroying the task ends the search. too_large (words of
  /// more than 256 bytes).
  base::Task<base::Result<std::vector<StoredText>>> search_history(std::string words,
                                                                   std::string buddy,
                                                                   std::size_t count);
  /// The user has read up to the text of that number. Kept across runs; a lower one than before
  /// changes nothing.
  base::Task<base::Result<void>> mark_read(std::string buddy, TextNumber number);

  /// What is typed and not sent (64 KiB at most): draft() has it at once, it is done when on disk,
  /// sealed. "" forgets it.
  base::Task<base::Result<void>> set_draft(std::string buddy, std::string text);
  [[nodiscard]] std::string draft(const std::string& buddy) const;

  /// What the user calls a buddy (64 bytes at most; "": nothing), and the groups she is in (4 at
  /// most, of 32 bytes). Stored with the buddy list, so the same on every machine. not_a_buddy,
  /// too_large, malformed (not UTF-8), store_unavailable.
  base::Task<base::Result<void>> set_alias(std::string buddy, std::string alias);
  base::Task<base::Result<void>> set_groups(std::string buddy, std::vector<std::string> groups);

  /// Small things that a face keeps for itself (64 KiB each at most): sealed, on this machine, for
  /// this user. setting() has it at once; done when on disk. None while nobody is signed on.
  [[nodiscard]] std::optional<std::string> setting(const std::string& key) const;
  base::Task<base::Result<void>> set_setting(std::string key, std::string value);

  // --- features (client_features.cpp) ---

  /// Ours, then those of ClientOptions::modules. While nobody is signed on: as for a new user.
  [[nodiscard]] std::vector<ModuleInfo> modules() const;
  /// At once, on links that stand, too: their other end is told. Kept across runs for this user;
  /// completes when it is on disk. not_signed_on, malformed (there is none), refused (it is
  /// needed), failed (disk: switched, but for this run only).
  base::Task<base::Result<void>> switch_module(std::string name, bool on);
  /// The same for one setting of a module, on or off. malformed: see check().
  base::Task<base::Result<void>> set_module_setting(std::string module, std::string key,
                                                    std::string value);

  // --- what is wrong (client_conditions.cpp) ---

  /// The most urgent first; none while nobody is signed on. What lasts less than 3 s is not told.
  [[nodiscard]] std::vector<Condition> conditions() const;
  /// The same 60 digits at both ends, made of both fingerprints: to be compared by voice. "" while
  /// nobody is signed on, or her key is not known.
  [[nodiscard]] std::string safety_number(const std::string& buddy) const;
  /// What there is to compare before accept_key(), if her key has changed.
  [[nodiscard]] std::optional<KeyChange> key_change(const std::string& buddy) const;
  /// From now on her key is the one of `new_fingerprint`, which the user has compared: pins it,
  /// stores the list, dials her. not_signed_on, refused (there is nothing to accept), conflict
  /// (by now another key is offered), failed (disk), store_unavailable; then all is as before.
  base::Task<base::Result<void>> accept_key(std::string buddy, std::string new_fingerprint);

  struct Status {
    bool signed_on = false;
    std::string username;
    std::string fingerprint;
    Show show = Show::online;
    std::string text;
    bool idle = false;  ///< away by itself, since the user does nothing
    bool store_connected = false;
    std::vector<openhash::NodeHealth> nodes;
  };
  [[nodiscard]] Status status() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace basic
