#include "client_impl.h"

#include "basic/display.h"

namespace basic {
namespace {

BasicOptions engine_options(const ClientOptions& options, base::Entropy& entropy) {
  BasicOptions engine;
  engine.presence = options.presence;
  if (engine.presence.device == 0) engine.presence.device = entropy.u64();
  engine.listen = options.listen;
  return engine;
}

/// What she told last: by a link, else in her location.
template <typename Shown>
void take_words(Shown& shown, const std::optional<PeerStatus>& told, const Location* location) {
  if (!told && location == nullptr) return;
  shown.presence = presence_of(told ? told->show : location->show);
  shown.text = for_display(told ? told->text : location->text, Lines::one);
}

}  // namespace

base::Error not_signed_on() {
  return base::fail(ohim::Errc::not_signed_on, "you are not signed on; sign on first");
}

base::Error not_a_buddy(const std::string& name) {
  return base::fail(ohim::Errc::not_a_buddy, name + " is not on your buddy list; add her first");
}

base::Error is_blocked(const std::string& name) {
  return base::fail(base::Errc::refused, "you have blocked " + name + "; unblock her first");
}

base::Error unreachable(const ohim::Name& name, const char* why) {
  return base::fail(base::Errc::unreachable, name.str() + why);
}

Client::Impl::Impl(base::World& the_world, openhash::Store& the_store, Profile& the_profile,
                   ClientEvents& the_events, ClientOptions the_options)
    : world(the_world),
      store(the_store),
      profile(the_profile),
      events(the_events),
      options(std::move(the_options)),
      texts(world, profile, *this),
      statuses([this](const ohim::Name& buddy) { changed_soon(buddy); }),
      notebook(world, profile),
      marks(profile, [this](const ohim::Name& buddy) { kept_of_her_changed(buddy); }),
      switches(all_modules(), profile),
      conditions(world, [this] { events.conditions_changed(); }),
      engine(world, store, profile, all_modules(), *this, *this,
             engine_options(options, world.entropy)),
      idle(options.away_after) {}

// --- what is shown ---

base::WallTime Client::Impl::wall_time(base::Instant instant) const {
  const auto from_now = instant - world.clock.now();
  return world.clock.wall() + std::chrono::ceil<std::chrono::seconds>(from_now);
}

BuddyPlace Client::Impl::show_place(const ohim::Name& name, const ohim::PlaceState& state) const {
  BuddyPlace place{state.place, Presence::online, {}, state.known_by, wall_time(state.since)};
  take_words(place, statuses.of(name, state.place), engine.last_location(name, state.place));
  return place;
}

Buddy Client::Impl::show_buddy(const ohim::Name& name) const {
  const ohim::BuddyState state = engine.state(name);
  Buddy buddy{name, Presence::unknown, {}, {}, state.known_by, wall_time(state.since)};
  buddy.last_seen = notebook.last_seen(name);
  buddy.notify_when_online = notebook.wished(name);
  buddy.lists_you = statuses.lists_us(name);
  if (const BuddyEntry* entry = engine.list().find(name)) {
    buddy.fingerprint = ohim::fingerprint(name, entry->key);
    buddy.alias = for_display(entry->alias, Lines::one);
    for (const std::string& group : entry->groups) {
      buddy.groups.push_back(for_display(group, Lines::one));
    }
  }
  buddy.unread = marks.unread(name);
  buddy.read_up_to = marks.read_up_to(name);
  if (state.presence == ohim::Presence::offline) buddy.presence = Presence::offline;
  if (state.presence != ohim::Presence::online) return buddy;
  buddy.presence = Presence::online;
  take_words(buddy, statuses.of(name), engine.last_location(name));
  for (const ohim::PlaceState& place : engine.places(name)) {
    buddy.places.push_back(show_place(name, place));
  }
  return buddy;
}

Explanation Client::Impl::explain(const ohim::Name& name) const {
  const ohim::Why why = engine.why(name);
  Explanation explanation{show_buddy(name), why.cause, wall_time(why.learned)};
  if (why.corrected_by) explanation.corrected_by = wall_time(*why.corrected_by);
  explanation.words = ohim::in_words(why, world.clock.now());
  return explanation;
}

// --- news ---

void Client::Impl::presence_changed(const ohim::Name& buddy, const ohim::BuddyState& state) {
  if (state.presence == ohim::Presence::online) {
    notebook.seen(buddy);
  } else {
    notebook.gone(buddy);
  }
  changed_soon(buddy);
}

/// The engine hears of a link and its end at another moment than the modules do: the face is told
/// of both at once, a turn of the loop later.
void Client::Impl::changed_soon(const ohim::Name& buddy) {
  if (changed.empty()) {
    tell_changes = world.clock.call_after(base::Duration::zero(), [this] { tell_changed(); });
  }
  changed.insert(buddy);
}

void Client::Impl::tell_changed() {
  for (const ohim::Name& buddy : std::exchange(changed, {})) {
    if (!engine.signed_on() || !engine.list().has(buddy)) continue;
    if (const auto lists_us = statuses.lists_us(buddy)) {
      engine.lists_us(buddy, *lists_us);
      notebook.lists_us(buddy, *lists_us);
    }
    const bool here = engine.state(buddy).presence == ohim::Presence::online;
    const bool wished = here && notebook.grant(buddy);
    events.presence(show_buddy(buddy));
    if (wished) events.came_online(show_buddy(buddy));
  }
}

void Client::Impl::stranger_linked(const ohim::Peer& peer) {
  if (engine.list().blocked(peer.name) || !requested.insert(peer.name).second) return;
  events.request(peer.name, ohim::fingerprint(peer.name, peer.key));
}

void Client::Impl::said_goodbye(const ohim::Name& peer) {
  texts.give_up(peer, unreachable(peer, " signed off before acknowledging the text"));
}

void Client::Impl::history_failed(const base::Error& error) {
  events.warning("texts cannot be kept, so those of others are not accepted: " + error.message());
}

// --- ourselves ---

void Client::Impl::begin_session() {
  notebook.open();
  marks.open(engine.list().buddies());
  for (const ohim::Name& buddy : notebook.who_lists_us()) engine.lists_us(buddy, true);
  idle.still_there(world.clock.now());
  look_whether_idle();
}

void Client::Impl::end_session() {
  marks.close();
  idle_look.cancel();
  chosen = Show::online;
  chosen_text.clear();
  away_by_itself = false;
  requested.clear();
  warned.clear();
  conditions.clear();
  switches.close();
  engine.speak(switches.spoken());
}

void Client::Impl::choose(Show show, std::string text) {
  chosen = show;
  chosen_text = std::move(text);
  idle.still_there(world.clock.now());
  away_by_itself = false;
  show_self();
  look_whether_idle();
}

void Client::Impl::show_self() {
  const Show show = away_by_itself ? Show::away : chosen;
  const PeerStatus told{show == Show::invisible ? Show::online : show, chosen_text};
  // Hide first, and be back before saying so: no link hears what is not meant for it.
  engine.set_show(show, statuses.tells_words() ? chosen_text : std::string());
  statuses.set_own(told);
}

void Client::Impl::look_whether_idle() {
  idle_look.cancel();
  if (!engine.signed_on()) return;
  const base::Instant now = world.clock.now();
  const bool away = chosen == Show::online && idle.at(now);
  if (std::exchange(away_by_itself, away) != away) show_self();
  const auto from = idle.idle_from();
  if (away || !from || now >= *from) return;
  idle_look = world.clock.call_after(*from - now, [this] { look_whether_idle(); });
}

// --- helpers of the calls ---

base::Result<ohim::Name> Client::Impl::buddy_named(const std::string& text) const {
  const base::Result<ohim::Name> name = ohim::Name::parse(text);
  if (!name) return name;
  if (!engine.signed_on()) return not_signed_on();
  if (engine.list().blocked(*name)) return is_blocked(name->str());
  if (!engine.list().has(*name)) return not_a_buddy(name->str());
  return name;
}

base::Result<ohim::Name> Client::Impl::other_named(const std::string& text) const {
  const base::Result<ohim::Name> name = ohim::Name::parse(text);
  if (!name) return name;
  if (!engine.signed_on()) return not_signed_on();
  if (*name == engine.self()) {
    return base::fail(ohim::Errc::name_invalid, "that is you; name somebody else");
  }
  return name;
}

base::Task<base::Result<openhash::PublicKey>> Client::Impl::key_of(ohim::Name name) {
  const base::Result<openhash::PublicKey> key = co_await engine.find_user(name);
  if (!key) co_return key.error();
  const base::Result<void> pinned = co_await profile.set_pin(name, *key);
  if (!pinned) co_return pinned.error();
  if (!engine.signed_on()) co_return not_signed_on();
  co_return key;
}

base::Task<base::Result<void>> Client::Impl::store_list(ohim::Name name,
                                                        std::optional<BuddyEntry> before) {
  const std::optional<BuddyEntry> wanted = engine.list().snapshot(name);
  base::Result<void> stored = co_await engine.commit_buddy_list();
  const std::optional<BuddyEntry> now = engine.list().snapshot(name);
  const bool overruled = wanted && now && now->device != engine.device();
  if (overruled) before = now;  // theirs is not ours to take back
  if (stored && overruled) {
    engine.list().insist(name, *wanted, engine.device());
    stored = co_await engine.commit_buddy_list();
  }
  if (!stored) {
    engine.list().restore(name, std::move(before));
    engine.watch_buddies();
  }
  statuses.set_listed(name, engine.list().has(name));
  if (stored && !engine.list().has(name)) conditions.key_settled(name);
  co_return stored;
}

void Client::Impl::standing_changed(const ohim::Name& name) {
  const bool listed = engine.list().has(name);
  const bool blocked = engine.list().blocked(name);
  statuses.set_listed(name, listed);
  if (listed) return;
  if (blocked) engine.drop(name);
  notebook.gone(name);
  conditions.key_settled(name);
  texts.give_up(name, blocked ? is_blocked(name.str()) : not_a_buddy(name.str()));
}

void Client::Impl::list_merged() {
  const std::vector<ohim::Name> merged = engine.list().take_merged();
  for (const ohim::Name& name : merged) standing_changed(name);
  if (!merged.empty()) events.buddies_changed();
}

void Client::Impl::try_to_reach(const ohim::Name& buddy) {
  if (engine.linked(buddy) || !reaching.insert(buddy).second) return;
  tasks.start(reach(buddy));
}

base::Task<void> Client::Impl::reach(ohim::Name buddy) {
  // Whoever called goes on first, and puts a text into the queue.
  co_await base::sleep_for(world.clock, base::Duration::zero());
  const base::Result<void> reached = co_await engine.connect(buddy);
  reaching.erase(buddy);
  if (reached || engine.linked(buddy)) co_return;
  texts.give_up(buddy, unreachable(buddy, " cannot be reached now; the text was not sent"));
}

}  // namespace basic
