#include "testing/town.h"

#include <algorithm>

#include "ohim/errc.h"
#include "town_person.h"

namespace sim {
namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t kNodePort = 6824;
constexpr base::Duration kTryAgain = 1s;
constexpr base::Duration kLook = 100ms;  // between two looks whether something is over
const std::string kPassword = "four quiet purple herons";

base::Secret password() { return base::Secret::copy_of(base::view(kPassword)); }
std::string node_host(std::size_t number) { return "node" + std::to_string(number); }

/// The ready-made client.
class OurClient final : public Resident {
 public:
  explicit OurClient(std::unique_ptr<basic::Client> client) : client_(std::move(client)) {}

  base::Task<base::Result<void>> register_user(std::string name, base::Secret password) override {
    const auto done = co_await client_->register_user(std::move(name), std::move(password));
    if (!done) co_return done.error();
    co_return base::Result<void>();
  }
  base::Task<base::Result<void>> sign_on(std::string name, base::Secret password) override {
    const auto done = co_await client_->sign_on(std::move(name), std::move(password));
    if (!done) co_return done.error();
    co_return base::Result<void>();
  }
  base::Task<base::Result<void>> sign_off() override { return client_->sign_off(); }
  base::Task<base::Result<void>> add(ohim::Name buddy) override {
    const auto done = co_await client_->add_buddy(buddy.str());
    if (!done) co_return done.error();
    co_return base::Result<void>();
  }
  [[nodiscard]] ohim::Presence shown(const ohim::Name& buddy) const override {
    return client_->state(buddy).presence;
  }

 private:
  std::unique_ptr<basic::Client> client_;
};

/// A failure that a patient person answers by trying again.
bool is_passing(const base::Error& error) {
  return error.code == ohim::Errc::store_unavailable || error.code == base::Errc::unreachable;
}

}  // namespace

basic::ClientOptions quick_client() {
  basic::ClientOptions options;
  options.presence.password.memory = std::size_t{8} << 10;
  options.presence.password.passes = 1;
  options.presence.claim_settles = 1s;
  return options;
}

struct Town::Impl {
  explicit Impl(TownOptions the_options);
  ~Impl();

  Person& person(const std::string& who) { return *people.at(who); }
  Program* program_of(const std::string& who);
  Program& start_program(Person& person);
  void stop_program(Person& person);
  void open_node(std::size_t number);
  std::unique_ptr<openhash::Node> open(std::string_view host, openhash::NodeOptions node_options);
  void complain(const Person& person, const std::string& what, const base::Error& error);
  bool wait_for(const std::function<bool()>& condition, base::Duration limit);

  base::Task<void> register_user(Person& person, Program& program);
  base::Task<void> sign_on(Person& person, Program& program);
  base::Task<void> sign_off(Person& person, Program& program);
  base::Task<void> add(Person& person, Program& program, ohim::Name buddy);
  [[nodiscard]] basic::Presence shown(const Person& watcher, const ohim::Name& buddy) const;
  base::Task<void> say(Program& program, std::size_t number, std::string to, std::string text);

  TownOptions options;
  SimWorld world;
  Ledger ledger;
  Complaints complaints;
  std::vector<std::unique_ptr<openhash::Node>> nodes;
  std::map<std::string, std::unique_ptr<Person>> people;
};

Town::Impl::Impl(TownOptions the_options)
    : options(std::move(the_options)), world(options.seed, options.log), nodes(options.nodes) {
  world.set_faults(options.faults);
  for (std::size_t number = 0; number < nodes.size(); ++number) open_node(number);
}

Town::Impl::~Impl() {
  for (const auto& [who, person] : people) person->program.reset();
}

void Town::Impl::complain(const Person& person, const std::string& what, const base::Error& error) {
  complaints.push_back(person.name + " could not " + what + ": " + error.message());
}

// --- nodes ---

std::unique_ptr<openhash::Node> Town::Impl::open(std::string_view host,
                                                 openhash::NodeOptions node_options) {
  node_options.rules = options.rules;
  for (std::size_t number = 0; number < nodes.size(); ++number) {
    const std::string name = node_host(number);
    if (name != host) node_options.bootstrap.push_back(world.address(name, kNodePort));
  }
  auto opened = openhash::Node::open(world.host(host), std::move(node_options));
  if (opened) return std::move(*opened);
  complaints.push_back(std::string(host) + " has no node: " + opened.error().message());
  return nullptr;
}

void Town::Impl::open_node(std::size_t number) {
  openhash::NodeOptions node_options;
  node_options.role = openhash::Role::storage;
  node_options.listen.port = kNodePort;
  if (!options.state.empty()) node_options.state = options.state / node_host(number);
  nodes[number] = open(node_host(number), std::move(node_options));
}

// --- programs ---

Program* Town::Impl::program_of(const std::string& who) { return person(who).program.get(); }

Program& Town::Impl::start_program(Person& person) {
  if (person.program) return *person.program;
  base::World& host = world.host(person.name);
  person.program = std::make_unique<Program>();
  Program& program = *person.program;
  program.clock = &host.clock;
  program.node = open(person.name, {});
  if (person.make_program) {
    program.resident = person.make_program(host, *program.node);
    return program;
  }
  auto client =
      std::make_unique<basic::Client>(host, *program.node, person.profile, person, options.client);
  program.client = client.get();
  program.resident = std::make_unique<OurClient>(std::move(client));
  return program;
}

/// After the host's end: nothing of it gets out any more.
void Town::Impl::stop_program(Person& person) {
  person.on = person.arriving = person.leaving = false;
  if (!person.program) return;
  for (const std::size_t number : person.program->speaking) ledger.never_told(number);
  person.program.reset();
}

bool Town::Impl::wait_for(const std::function<bool()>& condition, base::Duration limit) {
  const base::Instant end = world.now() + limit;
  while (!condition()) {
    if (world.now() >= end) return false;
    world.advance(kLook);
  }
  return true;
}

// --- what people do ---

base::Task<void> Town::Impl::register_user(Person& person, Program& program) {
  ++program.busy;
  for (;;) {
    base::Secret secret = password();
    const auto done = co_await program.resident->register_user(person.name, std::move(secret));
    if (done) break;
    if (!is_passing(done.error())) {
      complain(person, "register", done.error());
      break;
    }
    co_await base::sleep_for(*program.clock, kTryAgain);
  }
  --program.busy;
}

base::Task<void> Town::Impl::sign_on(Person& person, Program& program) {
  ++program.busy;
  person.arriving = true;
  while (person.leaving) co_await base::sleep_for(*program.clock, kLook);
  while (!person.on) {
    base::Secret secret = password();
    const auto done = co_await program.resident->sign_on(person.name, std::move(secret));
    person.on = done.has_value();
    if (done) break;
    if (!is_passing(done.error())) complain(person, "sign on", done.error());
    co_await base::sleep_for(*program.clock, kTryAgain);
  }
  person.arriving = false;
  --program.busy;
}

base::Task<void> Town::Impl::sign_off(Person& person, Program& program) {
  ++program.busy;
  person.on = false;
  person.leaving = true;
  const auto done = co_await program.resident->sign_off();
  person.leaving = false;
  if (!done) complain(person, "sign off", done.error());
  --program.busy;
}

base::Task<void> Town::Impl::add(Person& person, Program& program, ohim::Name buddy) {
  ++program.busy;
  for (;;) {
    const auto done = co_await program.resident->add(buddy);
    if (done) {
      person.list.insert(buddy);
      break;
    }
    if (!is_passing(done.error())) {
      complain(person, "add " + buddy.str(), done.error());
      break;
    }
    co_await base::sleep_for(*program.clock, kTryAgain);
  }
  --program.busy;
}

base::Task<void> Town::Impl::say(Program& program, std::size_t number, std::string to,
                                 std::string text) {
  ++program.busy;
  program.speaking.insert(number);
  const auto done = co_await program.client->send_text(std::move(to), std::move(text));
  if (done) {
    ledger.delivered(number);
  } else {
    ledger.failed(number, done.error().message());
  }
  program.speaking.erase(number);
  --program.busy;
}

// --- Town ---

Town::Town(TownOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Town::~Town() = default;

SimWorld& Town::world() { return impl_->world; }

std::unique_ptr<openhash::Node> Town::enter(std::string_view host) { return impl_->open(host, {}); }

void Town::crash_node(std::size_t number) {
  impl_->world.crash(node_host(number));
  impl_->nodes.at(number).reset();
}

void Town::return_node(std::size_t number) {
  if (!impl_->nodes.at(number)) impl_->open_node(number);
}

openhash::Node* Town::node(std::size_t number) { return impl_->nodes.at(number).get(); }

void Town::move_in(const std::string& who) {
  impl_->people.try_emplace(who, std::make_unique<Person>(who, impl_->ledger));
}

void Town::move_in(const std::string& who, MakeResident program) {
  move_in(who);
  impl_->person(who).make_program = std::move(program);
}

std::vector<std::string> Town::people() const {
  std::vector<std::string> names;
  for (const auto& [name, person] : impl_->people) names.push_back(name);
  return names;
}

void Town::register_all() {
  for (const auto& [name, person] : impl_->people) {
    Program& program = impl_->start_program(*person);
    program.tasks.start(impl_->register_user(*person, program));
  }
}

void Town::sign_on(const std::string& who) {
  Person& person = impl_->person(who);
  Program& program = impl_->start_program(person);
  if (!person.on && !person.arriving) program.tasks.start(impl_->sign_on(person, program));
}

void Town::sign_off(const std::string& who) {
  Person& person = impl_->person(who);
  if (person.on) person.program->tasks.start(impl_->sign_off(person, *person.program));
}

void Town::crash(const std::string& who) {
  impl_->world.crash(who);
  impl_->stop_program(impl_->person(who));
}

void Town::vanish(const std::string& who) {
  impl_->world.vanish(who);
  impl_->stop_program(impl_->person(who));
}

void Town::add(const std::string& who, const std::string& buddy) {
  Person& person = impl_->person(who);
  const auto name = ohim::Name::parse(buddy);
  if (!name) {
    impl_->complain(person, "add " + buddy, name.error());
  } else if (person.on) {
    person.program->tasks.start(impl_->add(person, *person.program, *name));
  }
}

void Town::befriend(const std::string& one, const std::string& other) {
  add(one, other);
  add(other, one);
}

void Town::say(const std::string& from, const std::string& to, const std::string& text) {
  Person& person = impl_->person(from);
  if (!person.on || person.program->client == nullptr) return;
  const std::size_t number = impl_->ledger.said(from, to, text);
  person.program->tasks.start(impl_->say(*person.program, number, to, text));
}

basic::Client* Town::client(const std::string& who) {
  Program* const program = impl_->program_of(who);
  return program == nullptr ? nullptr : program->client;
}

bool Town::rest(base::Duration limit) {
  return impl_->wait_for(
      [this] {
        for (const auto& [name, person] : impl_->people) {
          if (person->program && person->program->busy > 0) return false;
        }
        return true;
      },
      limit);
}

bool Town::settle(base::Duration limit) {
  return impl_->wait_for([this] { return converged(); }, limit);
}

// --- what is, and what is believed ---

bool Town::is_on(const std::string& who) const { return impl_->people.at(who)->on; }

basic::Presence Town::truth(const std::string& who) const {
  return is_on(who) ? basic::Presence::online : basic::Presence::offline;
}

basic::Presence Town::Impl::shown(const Person& watcher, const ohim::Name& buddy) const {
  if (!watcher.on || !watcher.list.contains(buddy)) return basic::Presence::unknown;
  const ohim::Presence presence = watcher.program->resident->shown(buddy);
  if (presence == ohim::Presence::unknown) return basic::Presence::unknown;
  const bool is_there = presence == ohim::Presence::online;
  return is_there ? basic::Presence::online : basic::Presence::offline;
}

basic::Presence Town::shown(const std::string& watcher, const std::string& buddy) const {
  const auto name = ohim::Name::parse(buddy);
  return name ? impl_->shown(*impl_->people.at(watcher), *name) : basic::Presence::unknown;
}

Complaints Town::wrong_presence() const {
  Complaints wrong;
  for (const auto& [name, person] : impl_->people) {
    if (!person->on) continue;
    for (const ohim::Name& buddy : person->list) {
      if (!impl_->people.contains(buddy.str())) continue;
      const basic::Presence shown = impl_->shown(*person, buddy);
      const basic::Presence truth_of_it = truth(buddy.str());
      if (shown == truth_of_it) continue;
      wrong.push_back("seed " + std::to_string(impl_->options.seed) + ": " + name + " sees " +
                      buddy.str() + " " + std::string(to_string(shown)) + ", but she is " +
                      std::string(to_string(truth_of_it)));
    }
  }
  return wrong;
}

bool Town::converged() const { return wrong_presence().empty(); }

Complaints Town::check() const {
  Complaints all = impl_->complaints;
  for (const auto& [name, person] : impl_->people) {
    for (const std::string& warning : person->warnings) {
      all.push_back(name + " was warned: " + warning);
    }
  }
  for (const std::string& sentence : impl_->ledger.check()) all.push_back(sentence);
  for (std::string& sentence : all) {
    sentence = "seed " + std::to_string(impl_->options.seed) + ": " + sentence;
  }
  return all;
}

std::size_t Town::presence_changes(const std::string& who) const {
  return impl_->people.at(who)->presence_changes;
}

TextCount Town::texts() const { return impl_->ledger.count(); }

}  // namespace sim
