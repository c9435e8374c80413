#pragma once
// A client of one's own, whole, in four steps: a BuddyList, a Location, what goes over the wire,
// and a PresenceDetection with a handshake and some hooks. presence_only.cpp lets two of them meet;
// town_of_your_own.cpp lets them live in a simulated town.

#include <array>
#include <cstdio>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/world.h"
#include "ohim/presence_detection.h"

using namespace std::chrono_literals;

// 1. The list: one name a line. The engine seals it, so plain text does no harm. Of a user's two
// machines the one that stores last wins; merge() is there for lists that know better.
class Friends final : public ohim::BuddyList {
 public:
  std::set<ohim::Name> names;

  std::vector<ohim::Name> buddies() const override { return {names.begin(), names.end()}; }

  base::Bytes to_bytes() const override {
    std::string text;
    for (const ohim::Name& name : names) text += name.str() + "\n";
    return base::to_bytes(base::view(text));
  }

  base::Result<void> from_bytes(base::ByteView bytes) override {
    std::set<ohim::Name> read;
    std::string text = base::to_string(bytes);
    for (std::size_t end = 0; (end = text.find('\n')) != std::string::npos;) {
      const auto name = ohim::Name::parse(text.substr(0, end));
      if (!name) return base::fail(base::Errc::malformed, "not a list of names");
      read.insert(*name);
      text.erase(0, end + 1);
    }
    names = std::move(read);
    return {};
  }
};

// 2. The location: an address, as text. Somebody else's can be anything, so it is parsed with care.
class Address final : public ohim::Location {
 public:
  std::optional<base::Endpoint> at;

  std::vector<base::Endpoint> endpoints() const override {
    return at ? std::vector{*at} : std::vector<base::Endpoint>();
  }
  base::Bytes to_bytes() const override {
    return at ? base::to_bytes(base::view(at->to_string())) : base::Bytes();
  }
  base::Result<void> from_bytes(base::ByteView bytes) override {
    at = base::Endpoint::parse(base::to_string(bytes));
    if (!at) return base::fail(base::Errc::malformed, "not an address");
    return {};
  }
};

// 3. What goes over the wire: each side says who it is and throws a die, then signs both throws. It
// proves who is there now, and nothing more: `basic` has a handshake that also keeps secrets.
struct Hello {
  std::string name;
  std::array<std::uint8_t, 32> die{};

  static constexpr std::size_t kSize = 64;
  base::Bytes encode() const {
    return base::Writer().text8(name).pad_to(kSize - die.size()).bytes(die).take();
  }
  static Hello decode(base::ByteView bytes) {
    Hello hello;
    base::Reader in(bytes);
    hello.name = base::Reader(in.bytes(kSize - hello.die.size())).text8();
    hello.die = in.array<32>();
    return hello;
  }
};

inline base::Bytes proof_text(char role, const openhash::PublicKey& signer, const Hello& opener,
                              const Hello& answerer) {
  base::Writer text;
  text.bytes(base::view("example/1/proof")).u8(static_cast<std::uint8_t>(role)).bytes(signer);
  return text.bytes(opener.encode()).bytes(answerer.encode()).take();
}

inline base::Task<base::Result<base::Bytes>> read_exactly(base::Stream& stream, std::size_t count) {
  base::Bytes bytes(count);
  for (std::size_t have = 0; have < count;) {
    const auto got = co_await stream.read(std::span(bytes).subspan(have));
    if (!got) co_return got.error();
    if (*got == 0) co_return base::fail(base::Errc::closed, "the other side hung up");
    have += *got;
  }
  co_return bytes;
}

// 4. The client.
class Person final : public ohim::PresenceDetection {
 public:
  Person(base::World& world, openhash::Store& store, ohim::PresenceOptions options)
      : PresenceDetection(world, store, options), world_(world) {}

  Friends friends;

 protected:
  ohim::BuddyList& buddy_list() override { return friends; }
  ohim::Location& location() override { return address_; }
  std::unique_ptr<ohim::Location> make_location() const override {
    return std::make_unique<Address>();
  }

  // The listener comes first, so that the location is true when it is announced.
  base::Task<base::Result<void>> sign_on_pre() override {
    const auto anywhere = base::Endpoint::v4(0, 0, 0, 0, 0);
    auto opened = world_.transport.listen(anywhere, [this](std::unique_ptr<base::Stream> stream) {
      tasks_.start(answer(std::move(stream)));
    });
    if (!opened) co_return opened.error();
    listener_ = std::move(*opened);
    address_.at = world_.transport.own_addresses().front();
    address_.at->port = listener_->local().port;
    co_return base::Result<void>();
  }

  base::Task<void> sign_off_pre() override {
    listener_.reset();
    for (const auto& stream : links_) stream->close();  // A clean end is this client's goodbye.
    co_return;
  }

  // We dialled where `peer` says he is: is it he?
  base::Task<base::Result<void>> handshake(ohim::Peer peer, const ohim::Location& /*where*/,
                                           std::unique_ptr<base::Stream> stream) override {
    auto proving = base::within(world_.clock, 5s, open(peer, *stream));
    const auto proved = co_await proving;
    if (proved) keep(peer.name, std::move(stream));
    co_return proved;
  }

  void presence_changed(const ohim::Name& buddy, const ohim::BuddyState& state) override {
    std::printf("%s: %s is %s (known by %s)\n", self().str().c_str(), buddy.str().c_str(),
                std::string(to_string(state.presence)).c_str(),
                std::string(to_string(state.known_by)).c_str());
  }

 private:
  Hello my_hello() {
    Hello hello{self().str(), {}};
    world_.entropy.fill(hello.die);
    return hello;
  }

  base::Task<base::Result<void>> open(ohim::Peer peer, base::Stream& stream) {
    const Hello mine = my_hello();
    if (auto sent = stream.write(mine.encode()); !sent) co_return sent;
    const auto answer = co_await read_exactly(stream, Hello::kSize + sizeof(openhash::Signature));
    if (!answer) co_return answer.error();
    const Hello theirs = Hello::decode(*answer);
    const auto signature = base::Reader(base::ByteView(*answer).subspan(Hello::kSize)).array<64>();
    // The name counts, too: else he could pass on what we sign to somebody else.
    const bool named = theirs.name == peer.name.str();
    if (!named || !openhash::verify(peer.key, proof_text('A', peer.key, mine, theirs), signature)) {
      co_return base::fail(base::Errc::malformed, "somebody else answers there");
    }
    const openhash::PublicKey& key = identity().public_key();
    co_return stream.write(identity().sign(proof_text('O', key, mine, theirs)));
  }

  // Somebody dialled us. Her name is looked up: the store knows whose key it must be.
  base::Task<void> answer(std::unique_ptr<base::Stream> stream) {
    const auto hello = co_await read_exactly(*stream, Hello::kSize);
    if (!hello || !signed_on()) co_return;
    const Hello theirs = Hello::decode(*hello);
    const auto name = ohim::Name::parse(theirs.name);
    if (!name) co_return;
    const auto caller = co_await find_user(*name);
    if (!caller || !signed_on()) co_return;
    const Hello mine = my_hello();
    const openhash::PublicKey& key = identity().public_key();
    if (!stream->write(mine.encode())) co_return;
    if (!stream->write(identity().sign(proof_text('A', key, theirs, mine)))) co_return;
    const auto proof = co_await read_exactly(*stream, sizeof(openhash::Signature));
    if (!proof) co_return;
    const auto signature = base::Reader(*proof).array<64>();
    if (!openhash::verify(*caller, proof_text('O', *caller, theirs, mine), signature)) co_return;
    keep(*name, std::move(stream));
  }

  void keep(const ohim::Name& buddy, std::unique_ptr<base::Stream> stream) {
    links_.push_back(std::move(stream));
    link_up(buddy);
    tasks_.start(hold(buddy, std::prev(links_.end())));
  }

  // An open connection is the best news of presence; here it carries nothing else.
  base::Task<void> hold(ohim::Name buddy, std::list<std::unique_ptr<base::Stream>>::iterator link) {
    std::array<std::uint8_t, 1> byte;
    base::Result<std::size_t> got = std::size_t{1};
    while (got && *got > 0) got = co_await (*link)->read(byte);
    links_.erase(link);
    using ohim::Tracker;
    link_down(buddy, got ? Tracker::LinkEnd::goodbye : Tracker::LinkEnd::broken);
  }

  base::World& world_;
  Address address_;
  std::unique_ptr<base::StreamListener> listener_;
  std::list<std::unique_ptr<base::Stream>> links_;
  base::Tasks tasks_;
};
