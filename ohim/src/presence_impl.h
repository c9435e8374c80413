#pragma once
// The engine behind PresenceDetection: one session at a time, and who owns which name.

#include <map>
#include <set>

#include "session.h"

namespace ohim {

struct PresenceDetection::Impl final : SessionHost {
  Impl(PresenceDetection& engine, const base::World& ports, openhash::Store& borrowed,
       PresenceOptions settings);

  base::Task<base::Result<void>> sign_on(std::string text, base::Secret password);
  base::Task<base::Result<void>> begin(base::Bytes list);
  base::Task<base::Result<void>> sign_off();
  base::Task<base::Result<void>> connect(Name buddy);
  base::Task<base::Result<void>> commit();
  base::Task<base::Result<openhash::PublicKey>> find_user(Name name);
  void watch_buddies();

  // SessionHost
  base::Task<base::Result<openhash::PublicKey>> owner_of(Name buddy) override;
  base::Task<void> question_owner(Name buddy) override;
  base::Task<base::Result<void>> reach(Name buddy, openhash::Record location) override;
  PlaceId place_of(const openhash::Record& location) override;
  void presence_changed(const Name& buddy, const BuddyState& state) override;
  void own_line_changed(bool up) override { self.own_line_changed(up); }
  void connectivity_changed() override;
  void signed_on_elsewhere(bool elsewhere) override { self.signed_on_elsewhere(elsewhere); }
  base::Bytes list_bytes() override { return self.buddy_list().to_bytes(); }
  base::Result<void> merge_list(const base::Bytes& theirs) override;
  base::Bytes location_bytes() override { return self.location().to_bytes(); }
  void location_refused(const base::Error& error) override { self.location_refused(error); }

  enum class Phase { off, signing_on, on, signing_off };

  PresenceDetection& self;
  base::World world;
  openhash::Store& store;
  PresenceOptions options;
  Phase phase = Phase::off;
  std::map<Name, openhash::PublicKey> owners;  // looked up; trusted for as long as this lives
  std::set<std::pair<Name, openhash::PublicKey>> conflicts;  // told already
  std::unique_ptr<Session> session;
};

}  // namespace ohim
