// A mood beside the presence: what a third party adds to Basic without touching it. The protocol is
// the class Mood below, some thirty lines; the rest is two people who feel something, in one
// process and a network of their own on loopback. Clients without the module know nothing of it.

#include <cstdio>
#include <map>

#include "base/system.h"
#include "basic/client.h"
#include "basic/display.h"
#include "openhash/node.h"

using namespace std::chrono_literals;

// 1. The protocol: a frame is a mood, at most 32 bytes of UTF-8.
class Mood final : public basic::Module {
 public:
  using OnChange = std::function<void(const ohim::Name& buddy)>;
  explicit Mood(OnChange changed) : changed_(std::move(changed)) {}

  void feel(std::string mood) {
    own_ = std::move(mood);
    for (const auto& [link, mood_there] : moods_) (void)link->send(base::view(own_));
  }
  /// Empty if she has none, or told none.
  std::string of(const ohim::Name& buddy) const {
    for (const auto& [link, mood] : moods_) {
      if (link->buddy() == buddy && !mood.empty()) return mood;
    }
    return {};
  }

  // 128 random bits, drawn for this protocol: `head -c 16 /dev/urandom | xxd -i`.
  const basic::Epoch& epoch() const override {
    static constexpr basic::Epoch kEpoch{0xa5, 0x7b, 0xe4, 0x8c, 0xa3, 0xd0, 0xe8, 0x03,
                                         0xdc, 0xe0, 0x8f, 0x41, 0x72, 0x61, 0x5b, 0xbd};
    return kEpoch;
  }
  std::string_view name() const override { return "mood"; }
  std::string_view purpose() const override { return "Tells buddies how you feel."; }

  void link_up(basic::LinkView& link) override {
    moods_[&link] = "";
    (void)link.send(base::view(own_));  // A link that breaks tells it by itself.
  }
  base::Result<void> handle(basic::LinkView& link, base::ByteView data) override {
    const std::string mood = base::to_string(data);
    const bool fits = mood.size() <= 32 && basic::is_utf8(mood);
    if (!fits) return base::fail(base::Errc::malformed, "that is no mood");
    if (!link.listed()) return {};  // What strangers feel is theirs.
    moods_[&link] = basic::for_display(mood, basic::Lines::one);
    changed_(link.buddy());
    return {};
  }
  // The client tells of the end of a link by itself.
  void link_down(basic::LinkView& link) override { moods_.erase(&link); }

 private:
  OnChange changed_;
  std::string own_;
  std::map<basic::LinkView*, std::string> moods_;  // One link for each place where she is.
};

// 2. A client that has it: the ready-made one, with one more module.
class Person final : public basic::ClientEvents {
 public:
  Person(base::World& world, openhash::Store& store, basic::ClientOptions options)
      : mood([this](const ohim::Name& buddy) { show(buddy); }),
        client(world, store, profile_, *this, with(std::move(options), mood)) {}

  void presence(const basic::Buddy& buddy) override { show(buddy.name); }
  void request(const ohim::Name& from, const std::string&) override { tasks_.start(add(from)); }
  void text(const basic::Text&) override {}
  void warning(const std::string& sentence) override { std::printf("%s\n", sentence.c_str()); }

  std::function<void()> on_news = [] {};

  // The derived status: how she is, and how she feels.
  std::string status_of(const ohim::Name& name) const {
    for (const basic::Buddy& buddy : client.buddies()) {
      if (buddy.name != name) continue;
      const std::string feeling = mood.of(name);
      return std::string(to_string(buddy.presence)) + (feeling.empty() ? "" : ", " + feeling);
    }
    return "a stranger";
  }

 private:
  static basic::ClientOptions with(basic::ClientOptions options, basic::Module& module) {
    options.modules.push_back(&module);
    return options;
  }
  void show(const ohim::Name& buddy) {
    std::printf("%s sees %s: %s\n", client.status().username.c_str(), buddy.str().c_str(),
                status_of(buddy).c_str());
    on_news();
  }
  base::Task<void> add(ohim::Name from) {
    const auto added = co_await client.add_buddy(from.str());
    if (!added) std::printf("%s\n", added.error().message().c_str());
  }

  basic::MemoryProfile profile_;

 public:
  Mood mood;
  basic::Client client;

 private:
  base::Tasks tasks_;
};

// 3. An afternoon.
base::Task<base::Result<std::string>> enter(basic::Client& client, std::string name) {
  const std::string_view password = "four quiet purple herons";
  auto secret = base::Secret::copy_of(base::view(password));
  const auto registered = co_await client.register_user(name, std::move(secret));
  if (!registered) co_return registered;
  secret = base::Secret::copy_of(base::view(password));
  co_return co_await client.sign_on(name, std::move(secret));
}

base::Task<bool> comes_to_see(base::World& world, Person& who, std::string buddy,
                              std::string status) {
  const auto name = ohim::Name::parse(buddy);
  base::Completion<bool> seen;
  const base::Timer limit = world.clock.call_after(10s, [&seen] { seen.set(false); });
  base::Timer look;
  who.on_news = [&] {  // Not from inside the news: what comes next may make some of its own.
    look = world.clock.call_after(0s, [&] {
      if (who.status_of(*name) == status) seen.set(true);
    });
  };
  who.on_news();
  const bool came = co_await seen;
  who.on_news = [] {};
  co_return came;
}

base::Task<bool> afternoon(base::World& world, Person& lisa, Person& milhouse) {
  const auto lisa_is_there = co_await enter(lisa.client, "lisa");
  const auto milhouse_is_there = co_await enter(milhouse.client, "milhouse");
  if (!lisa_is_there || !milhouse_is_there) co_return false;
  lisa.mood.feel("blue");
  const auto added = co_await milhouse.client.add_buddy("lisa");
  if (!added) co_return false;
  const bool blue = co_await comes_to_see(world, milhouse, "lisa", "online, blue");
  lisa.mood.feel("jazzy");
  const bool jazzy = co_await comes_to_see(world, milhouse, "lisa", "online, jazzy");
  const auto left = co_await lisa.client.sign_off();
  const bool gone = co_await comes_to_see(world, milhouse, "lisa", "offline");
  const auto also_left = co_await milhouse.client.sign_off();
  co_return blue&& jazzy&& gone&& left&& also_left;
}

int main() {
  base::System system;
  base::World& world = system.world();
  openhash::NodeOptions network;
  network.role = openhash::Role::storage;
  network.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  network.rules = {.network = 6826, .work_named = 8, .work_opaque = 8};
  const auto node = openhash::Node::open(world, network);
  if (!node) {
    std::printf("no node: %s\n", node.error().message().c_str());
    return 1;
  }
  basic::ClientOptions options;
  options.presence.password.memory = std::size_t{8} << 20;
  options.presence.claim_settles = 100ms;
  Person lisa(world, **node, options);
  Person milhouse(world, **node, options);
  return system.run_until_done(afternoon(world, lisa, milhouse)) ? 0 : 1;
}
