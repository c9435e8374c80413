#pragma once
// What a Client is made of: the engine, its modules, and what is remembered beside them.

#include <set>

#include "basic/client.h"
#include "basic/modules/plain_text.h"
#include "basic/modules/status.h"
#include "basic/presence_detection.h"
#include "conditions.h"
#include "idle.h"
#include "module_switches.h"
#include "notebook.h"
#include "read_marks.h"

namespace basic {

struct Client::Impl final : private PresenceEvents, private TroubleEvents, private TextEvents {
  Impl(base::World& the_world, openhash::Store& the_store, Profile& the_profile,
       ClientEvents& the_events, ClientOptions the_options);

  // --- what is shown ---
  [[nodiscard]] Buddy show_buddy(const ohim::Name& name) const;
  [[nodiscard]] BuddyPlace show_place(const ohim::Name& name, const ohim::PlaceState& state) const;
  [[nodiscard]] Explanation explain(const ohim::Name& name) const;
  /// Of a moment of the loop's clock, past or to come.
  [[nodiscard]] base::WallTime wall_time(base::Instant instant) const;

  // --- helpers of the calls ---
  base::Result<ohim::Name> buddy_named(const std::string& name) const;
  /// A name that is not our own, while signed on.
  base::Result<ohim::Name> other_named(const std::string& name) const;
  /// Any name, while signed on.
  base::Result<ohim::Name> anybody_named(const std::string& name) const;
  base::Task<base::Result<openhash::PublicKey>> key_of(ohim::Name name);
  /// Stores the list as it is now, or puts `before` back in `name`'s place. What was changed there
  /// stays changed, whatever another machine did to it at the same time.
  base::Task<base::Result<void>> store_list(ohim::Name name, std::optional<BuddyEntry> before);
  /// The same for what the user calls her; tells the face.
  base::Task<base::Result<void>> store_label(ohim::Name name, BuddyEntry before);
  /// She is on the list, blocked, or neither, and was not before.
  void standing_changed(const ohim::Name& name);
  void kept_of_her_changed(const ohim::Name& buddy);
  void try_to_reach(const ohim::Name& buddy);
  base::Task<void> reach(ohim::Name buddy);

  // --- features (client_features.cpp) ---
  [[nodiscard]] std::vector<Module*> all_modules();
  base::Task<base::Result<void>> switch_module(std::string name, bool on);
  base::Task<base::Result<void>> set_module_setting(std::string name, std::string key,
                                                    std::string value);
  void profile_opened() override;
  void epochs_changed(const ohim::Name& peer) override;

  // --- what is wrong (client_conditions.cpp) ---
  [[nodiscard]] std::optional<openhash::PublicKey> known_key(const ohim::Name& name) const;
  base::Task<base::Result<void>> accept_key(ohim::Name name, std::string fingerprint);
  base::Task<base::Result<void>> relist(ohim::Name name, openhash::PublicKey key);
  void key_refused(const ohim::Name& name, const openhash::PublicKey& offered) override;
  void key_changed(const ohim::Name& name, const openhash::PublicKey& offered) override;
  void key_confirmed(const ohim::Name& name) override { conditions.key_settled(name); }
  void location_refused(const base::Error& error) override;
  void line_changed() override { conditions.set_line(engine.line()); }
  void signed_on_elsewhere(bool elsewhere) override { conditions.set_elsewhere(elsewhere); }

  // --- ourselves ---
  void choose(Show show, std::string text);
  void show_self();
  void look_whether_idle();
  void begin_session();
  void end_session();

  // --- news ---
  void presence_changed(const ohim::Name& buddy, const ohim::BuddyState& state) override;
  void stranger_linked(const ohim::Peer& peer) override;
  void said_goodbye(const ohim::Name& peer) override;
  void list_merged() override;
  void text_arrived(const StoredText& text) override;
  void history_failed(const base::Error& error) override;
  void text_stored(const StoredText& text) override;
  void fate_changed(const TextFate& known) override;
  void changed_soon(const ohim::Name& buddy);
  void tell_changed();

  base::World& world;
  openhash::Store& store;
  Profile& profile;
  ClientEvents& events;
  ClientOptions options;
  PlainText texts;
  basic::Status statuses;
  Notebook notebook;
  ReadMarks marks;
  ModuleSwitches switches;
  Conditions conditions;
  std::set<ohim::Name> changed;  // of whom the face has not been told yet
  base::Timer tell_changes;
  PresenceDetection engine;  // after those: its links tell the modules when they go with it
  Idle idle;
  Show chosen = Show::online;  ///< by the user; what others see may be away
  std::string chosen_text;
  bool away_by_itself = false;
  base::Timer idle_look;
  std::set<ohim::Name> requested;  // strangers already told of in this session
  std::set<std::pair<ohim::Name, openhash::PublicKey>> warned;
  std::set<ohim::Name> reaching;
  base::Tasks tasks;
};

// The errors that several calls give.
base::Error not_signed_on();
base::Error not_a_buddy(const std::string& name);
base::Error is_blocked(const std::string& name);
base::Error texts_are_off();
base::Error takes_no_texts(const ohim::Name& name);
base::Error unreachable(const ohim::Name& name, const char* why);

}  // namespace basic
