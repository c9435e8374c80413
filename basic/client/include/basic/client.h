#pragma once
// The whole client, without a face: the window, the terminal and the RPC mode are three ways to
// show one Client, and a bot is a fourth.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/world.h"
#include "basic/profile.h"
#include "basic/show.h"
#include "ohim/presence_detection.h"
#include "openhash/store.h"

namespace basic {

/// A buddy as shown.
struct Buddy {
  ohim::Name name;
  Presence presence = Presence::unknown;
  std::string text;         ///< her own words beside the status; already sanitised for display
  std::string fingerprint;  ///< empty until her key is known
  ohim::KnownBy known_by = ohim::KnownBy::none;
  base::WallTime since{};
};

struct Text {
  ohim::Name from;
  std::string text;
  std::string id;  ///< 32 hex digits
  base::WallTime sent_at{};
};

/// What a face wants to hear. Calls come on the loop; they may call the client, not destroy it.
class ClientEvents {
 public:
  virtual ~ClientEvents() = default;
  virtual void presence(const Buddy& buddy) = 0;
  virtual void text(const Text& text) = 0;
  /// Somebody who is not on the list has connected.
  virtual void request(const ohim::Name& from, const std::string& fingerprint) = 0;
  /// Something the user should know that no call of hers caused (a buddy's key changed, ...).
  virtual void warning(const std::string& sentence) = 0;
};

struct ClientOptions {
  ohim::PresenceOptions presence;
  /// Where to accept buddies' connections.
  base::Endpoint listen = base::Endpoint::v4(0, 0, 0, 0, 0);
  /// How long a sent text may wait for its acknowledgement, reconnects included.
  base::Duration text_deadline = std::chrono::seconds(30);
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
  /// `text` at most 64 bytes of UTF-8.
  base::Task<base::Result<void>> set_status(Show show, std::string text);

  struct Delivery {
    std::string id;
    bool delivered = false;
  };
  /// Completes when the buddy's client has stored the text. Texts to one buddy arrive in the order
  /// of the calls. not_signed_on, not_a_buddy, unreachable (off line; nothing is kept),
  /// refused (she does not list us), too_large (16 KiB), malformed (not UTF-8).
  base::Task<base::Result<Delivery>> send_text(std::string to, std::string text);

  struct Status {
    bool signed_on = false;
    std::string username;
    std::string fingerprint;
    Show show = Show::online;
    std::string text;
    bool store_connected = false;
    std::vector<openhash::NodeHealth> nodes;
  };
  [[nodiscard]] Status status() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace basic
