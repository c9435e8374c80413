#pragma once
// The crowd's rooms: one source file for each group below.

#include "crowd_state.h"
#include "testing/crowd.h"

namespace sim {

using namespace crowd;

struct Crowd::Impl {
  explicit Impl(CrowdOptions the_options);

  // --- crowd.cpp: time ---
  void run_until(base::Instant end);
  void happen(const Happening& happening);
  void happen_to_program(const Happening& happening);
  void later(base::Duration delay, What what, Happening happening, std::uint8_t step = 0);
  void mix(std::uint64_t word);
  base::Duration draw(const Range& range) { return dice.between(range.least, range.most); }
  /// One way over the network, repetitions of what was lost included.
  base::Duration trip();

  // --- crowd_people.cpp: who knows whom, and what happens to programs and machines ---
  void settle_down();
  void list(UserId watcher, UserId buddy);
  [[nodiscard]] std::uint32_t contact_of(const User& user, UserId who) const;
  UserId id_of(const User& user) const { return static_cast<UserId>(&user - users.data()); }
  [[nodiscard]] bool way_between(const User& one, const User& other) const;
  void start_program(User& user);
  /// Neither goodbye nor links; the lease stays.
  void end_program(User& user);
  void book_hours(User& user);
  void sign_on(UserId id);
  void sign_off(UserId id);
  void crash(UserId id);
  void vanish(UserId id);
  void stand_still(UserId id, bool with_machine);
  void go_on(UserId id);
  void plug(UserId id, bool in);
  void cut_region(std::uint32_t region, Lost what);
  void heal_region(std::uint32_t region);
  /// Her way to others, or theirs to her, is another than before.
  void path_changed(User& user, Incident incident);

  // --- crowd_life.cpp: scripts ---
  void begin_script();
  void act(UserId id, Act what);
  void world(const Happening& happening);
  void plan_day(User& user, base::Instant midnight);
  void plan(User& user, base::Instant at, Act what);
  void plan_bad_radio(User& user, base::Instant from, base::Instant to);
  void plan_region(base::Instant at, std::uint32_t what, std::uint32_t region);
  void strike();
  void strike_user(UserId id);
  void strike_region();
  void calm();

  // --- crowd_store.cpp: locations, reads, pushes ---
  [[nodiscard]] base::Instant issued(const Lease& lease) const;
  Lease* lease_of(User& user);
  void announce_later(User& user, bool is_news);
  void book_renewals(Lease& lease);
  void stop_renewing(User& user);
  void visible(const Happening& happening);
  void blank(const Happening& happening);
  void notify(User& user, bool stays);
  void start_read(User& watcher, std::uint32_t contact);
  void send_read(User& watcher, std::uint32_t contact, std::uint8_t step);
  /// What the store says now about a buddy goes to her tracker.
  void take_leases(User& watcher, Contact& contact);
  void read(const Happening& happening);
  void pushed(const Happening& happening);
  void tidy_watch(User& watcher, Contact& contact);
  void drop_watch(Contact& contact);
  void book_watch(Contact& contact);

  // --- crowd_links.cpp ---
  void look_up(const Happening& happening);
  void start_dial(User& watcher, std::uint32_t contact, std::uint32_t place);
  void dial(const Happening& happening);
  void dial_failed(User& watcher, const Happening& happening, ohim::Tracker::DialFailure how);
  void end_dial(User& watcher);
  void connect(User& watcher, std::uint32_t contact);
  void tell_link_up(const Link& link, std::size_t side, ohim::Tracker::Opened opened);
  std::uint32_t new_link();
  void free_link(std::uint32_t number);
  void drop_ends(User& user, std::uint32_t contact, std::uint32_t place);
  [[nodiscard]] bool is_linked(const Contact& contact) const;
  void touch_links(User& user);
  void expect_end(std::uint32_t number, std::size_t side);
  void close_links(User& user, What how);
  void break_off(std::uint32_t number, std::size_t side, What how);
  void link_event(const Happening& happening);
  void end_link(std::uint32_t number, std::size_t side, ohim::Tracker::LinkEnd how);

  // --- crowd_watcher.cpp: what ohim's watcher does with its tracker ---
  void drive(User& user);
  void woken(User& user, const Happening& happening);
  void line_noticed(User& user, const Happening& happening);
  void show(User& user, const ohim::Tracker::Change& change);

  // --- crowd_ledger.cpp: truth, what is shown, and the paper's scheme ---
  [[nodiscard]] bool is_there(const User& watcher, const Contact& contact, bool& half) const;
  [[nodiscard]] Verdict judge(const User& watcher, Contact& contact) const;
  [[nodiscard]] std::uint8_t seen_as(const User& watcher, const Contact& contact,
                                     Incident incident) const;
  /// Books what was until now, and judges anew; `incident` is what made the truth another.
  void book(User& watcher, Contact& contact, std::uint8_t incident);
  void book_naive(const User& watcher, Contact& contact);
  void book_all();
  /// Something happened to her: all who list her, and what she sees herself.
  void changed(User& user, std::optional<Incident> to_others, std::optional<Incident> to_her);
  void note_promise(User& watcher, Contact& contact);
  void promise(const Happening& happening);
  [[nodiscard]] std::string sentence(const User& watcher, const Contact& contact) const;

  CrowdOptions options;
  base::Instant now{};
  base::Instant counted_since{};
  Queue queue;
  Dice dice;
  std::vector<User> users;
  std::vector<Link> links;
  std::vector<std::uint32_t> free_links;
  std::array<std::uint32_t, 32> region_sees{};  ///< bit by region
  std::array<bool, 32> region_has_store{};
  std::uint32_t runs = 0;
  std::uint32_t stamps = 0;
  std::size_t strikes = 0;
  std::vector<ohim::Tracker::Lease> found;  ///< room for what a read found
  CrowdReport report;
  double seconds_looking = 0;
  double seconds_there = 0;
  double naive_gets = 0;
};

}  // namespace sim
