#include "client.h"

namespace ohim::test {
namespace {

constexpr std::uint8_t kGoodbye = 'b';

/// A line of at most 64 bytes, read byte by byte.
base::Task<base::Result<std::string>> read_line(base::Stream& stream) {
  std::string line;
  while (line.size() < 64) {
    std::array<std::uint8_t, 1> byte;
    const auto count = co_await stream.read(byte);
    if (!count) co_return count.error();
    if (*count == 0) co_return base::fail(base::Errc::closed);
    if (byte[0] == '\n') co_return line;
    line += static_cast<char>(byte[0]);
  }
  co_return base::fail(base::Errc::malformed);
}

}  // namespace

base::Bytes NameList::to_bytes() const {
  std::string text;
  for (const Name& name : names) text += name.str() + ",";
  return base::to_bytes(base::view(text));
}

base::Result<void> NameList::merge(base::ByteView theirs) {
  if (!merges) return BuddyList::merge(theirs);
  NameList read;
  const auto is_list = read.from_bytes(theirs);
  if (is_list) names.merge(read.names);
  return is_list;
}

base::Result<void> NameList::from_bytes(base::ByteView bytes) {
  std::set<Name> read;
  std::string word;
  for (const std::uint8_t byte : bytes) {
    if (byte != ',') {
      word += static_cast<char>(byte);
      continue;
    }
    const auto parsed = Name::parse(std::exchange(word, {}));
    if (!parsed) return base::fail(base::Errc::malformed, "not a list of names");
    read.insert(*parsed);
  }
  names = std::move(read);
  return {};
}

std::vector<base::Endpoint> Address::endpoints() const {
  if (!at) return {};
  return {*at};
}

base::Bytes Address::to_bytes() const {
  return at ? base::to_bytes(base::view(at->to_string())) : base::Bytes();
}

base::Result<void> Address::from_bytes(base::ByteView bytes) {
  at = base::Endpoint::parse(base::to_string(bytes));
  if (!at) return base::fail(base::Errc::malformed, "not an address");
  return {};
}

base::Task<base::Result<void>> Client::sign_on_pre() {
  hooks.push_back("sign_on_pre");
  const base::Endpoint anywhere = base::Endpoint::v4(0, 0, 0, 0, 0);
  auto listener = world_.transport.listen(anywhere, [this](std::unique_ptr<base::Stream> stream) {
    tasks_.start(welcome(std::move(stream)));
  });
  if (!listener) co_return listener.error();
  listener_ = std::move(*listener);
  base::Endpoint here = world_.transport.own_addresses().front();
  here.port = listener_->local().port;
  if (firewalled) here = base::Endpoint::v4(10, 9, 9, 9, 4000);
  address.at = here;
  co_return base::Result<void>();
}

base::Task<void> Client::sign_on_post() {
  hooks.push_back("sign_on_post");
  co_return;
}

base::Task<void> Client::sign_off_pre() {
  hooks.push_back("sign_off_pre");
  for (Connection& connection : connections_) {
    if (!connection.stream->write({&kGoodbye, 1})) continue;
    connection.stream->close();
  }
  listener_.reset();
  co_return;
}

base::Task<base::Result<void>> Client::handshake(Peer peer, const Location& /*location*/,
                                                 std::unique_ptr<base::Stream> stream) {
  ++dialled;
  const auto written = stream->write(base::view(self().str() + "\n"));
  if (!written) co_return written.error();
  const auto answer = co_await read_line(*stream);
  if (!answer) co_return answer.error();
  if (*answer != peer.name.str()) co_return base::fail(base::Errc::closed, "somebody else");
  keep(peer.name, std::move(stream));
  co_return base::Result<void>();
}

base::Task<void> Client::welcome(std::unique_ptr<base::Stream> stream) {
  const auto called = co_await read_line(*stream);
  if (!called || !signed_on()) co_return;
  const auto buddy = Name::parse(*called);
  if (!buddy || !stream->write(base::view(self().str() + "\n"))) co_return;
  keep(*buddy, std::move(stream));
}

void Client::keep(const Name& buddy, std::unique_ptr<base::Stream> stream) {
  connections_.push_back({buddy, std::move(stream)});
  tasks_.start(hold(std::prev(connections_.end())));
  link_up(buddy);
}

base::Task<void> Client::hold(std::list<Connection>::iterator connection) {
  std::array<std::uint8_t, 16> bytes;
  auto how = Tracker::LinkEnd::broken;
  for (;;) {
    const auto count = co_await connection->stream->read(bytes);
    if (!count || *count == 0) break;
    if (bytes[0] == kGoodbye) how = Tracker::LinkEnd::goodbye;
  }
  const Name buddy = connection->buddy;
  connections_.erase(connection);
  if (!has_link(buddy)) link_down(buddy, how);
}

bool Client::has_link(const Name& buddy) const {
  for (const Connection& connection : connections_) {
    if (connection.buddy == buddy) return true;
  }
  return false;
}

void Client::cut_links() {
  for (Connection& connection : connections_) connection.stream->close();
}

void Client::presence_changed(const Name& buddy, const BuddyState& state) {
  news.emplace_back(buddy, state);
  if (on_news) on_news();
}

std::optional<openhash::PublicKey> Client::pinned_key(const Name& buddy) const {
  const auto pin = pins.find(buddy);
  return pin == pins.end() ? std::nullopt : std::optional(pin->second);
}

void Client::key_conflict(const Name& buddy, const openhash::PublicKey& /*offered*/) {
  conflicts.push_back(buddy);
}

// --- the town ---

Client& Town::at(const std::string& person) {
  Person& them = people_[person];
  if (them.client == nullptr) {
    base::World& host = world_.host(person);
    them.store = std::make_unique<sim::MemoryStore>(host, table_);
    them.client = std::make_unique<Client>(host, *them.store, options_);
  }
  return *them.client;
}

sim::MemoryStore& Town::store_of(const std::string& person) {
  at(person);
  return *people_[person].store;
}

base::Result<openhash::PublicKey> Town::register_user(const std::string& person,
                                                      const std::string& password) {
  return world_.run(at(person).register_user(person, secret(password)));
}

base::Result<void> Town::sign_on(const std::string& person, const std::string& password) {
  return world_.run(at(person).sign_on(person, secret(password)));
}

base::Result<void> Town::sign_off(const std::string& person) {
  return world_.run(at(person).sign_off());
}

void Town::set_list(const std::string& person, const std::set<std::string>& buddies) {
  std::set<Name> names;
  for (const std::string& buddy : buddies) names.insert(name(buddy));
  at(person).list.names = std::move(names);
}

base::Result<void> Town::commit(const std::string& person) {
  return world_.run(at(person).commit_buddy_list());
}

void Town::move_in(const std::string& person, const std::set<std::string>& buddies) {
  const auto registered = register_user(person);
  ASSERT_TRUE(registered || registered.error().code == Errc::name_taken);
  const auto signed_on = sign_on(person);
  ASSERT_TRUE(signed_on) << signed_on.error().message();
  set_list(person, buddies);
  const auto committed = commit(person);
  ASSERT_TRUE(committed) << committed.error().message();
}

void Town::crash(const std::string& person) {
  world_.crash(person);
  people_.erase(person);
}

BuddyState Town::state(const std::string& watcher, const std::string& buddy) {
  return at(watcher).state(name(buddy));
}

bool Town::sees(const std::string& watcher, const std::string& buddy, Presence presence,
                base::Duration limit) {
  return world_.run_until([&] { return state(watcher, buddy).presence == presence; }, limit);
}

}  // namespace ohim::test
