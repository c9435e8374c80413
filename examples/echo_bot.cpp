// A bot on the ready-made client: it adds whoever adds it, and says back what it is told. The bot
// is the class below; the rest is somebody to talk to it, and a network of their own on loopback.

#include <cstdio>

#include "base/system.h"
#include "basic/client.h"
#include "openhash/node.h"

using namespace std::chrono_literals;

class EchoBot final : public basic::ClientEvents {
 public:
  EchoBot(base::World& world, openhash::Store& store, basic::ClientOptions options)
      : client(world, store, profile_, *this, std::move(options)) {}

  void request(const ohim::Name& from, const std::string&) override { tasks_.start(add(from)); }
  void text(const basic::Text& text) override { tasks_.start(answer(text)); }
  void presence(const basic::Buddy&) override {}
  void warning(const std::string& sentence) override { std::printf("bot: %s\n", sentence.c_str()); }

 private:
  base::Task<void> add(ohim::Name from) {
    const auto added = co_await client.add_buddy(from.str());
    if (!added) std::printf("bot: %s\n", added.error().message().c_str());
  }
  base::Task<void> answer(basic::Text text) {
    const auto sent = co_await client.send_text(text.from.str(), text.text);
    if (!sent) std::printf("bot: %s\n", sent.error().message().c_str());
  }

  basic::MemoryProfile profile_;

 public:
  basic::Client client;

 private:
  base::Tasks tasks_;
};

/// Somebody who talks to the bot.
class Lisa final : public basic::ClientEvents {
 public:
  Lisa(base::World& world, openhash::Store& store, basic::ClientOptions options)
      : client(world, store, profile_, *this, std::move(options)) {}

  void request(const ohim::Name&, const std::string&) override {}
  void presence(const basic::Buddy& buddy) override {
    std::printf("lisa sees %s %s\n", buddy.name.str().c_str(),
                std::string(to_string(buddy.presence)).c_str());
  }
  void text(const basic::Text& text) override {
    std::printf("%s: %s\n", text.from.str().c_str(), text.text.c_str());
    heard = text.text;
  }
  void warning(const std::string& sentence) override { std::printf("%s\n", sentence.c_str()); }

  std::string heard;

 private:
  basic::MemoryProfile profile_;

 public:
  basic::Client client;
};

base::Task<base::Result<std::string>> enter(basic::Client& client, std::string name) {
  const std::string_view password = "four quiet purple herons";
  auto secret = base::Secret::copy_of(base::view(password));
  const auto registered = co_await client.register_user(name, std::move(secret));
  if (!registered) co_return registered;
  secret = base::Secret::copy_of(base::view(password));
  co_return co_await client.sign_on(name, std::move(secret));
}

base::Task<bool> talk(base::World& world, Lisa& lisa, EchoBot& bot) {
  const auto bot_is_there = co_await enter(bot.client, "echo");
  const auto lisa_is_there = co_await enter(lisa.client, "lisa");
  if (!bot_is_there || !lisa_is_there) co_return false;
  const auto added = co_await lisa.client.add_buddy("echo");
  if (!added) co_return false;
  // The bot adds her in return, once her link is there; until then it takes no text of hers.
  for (int i = 0; i < 200 && lisa.heard.empty(); ++i) {
    const auto sent = co_await lisa.client.send_text("echo", "Is there an echo in here?");
    if (!sent) std::printf("lisa: %s\n", sent.error().message().c_str());
    co_await base::sleep_for(world.clock, 100ms);
  }
  const auto lisa_left = co_await lisa.client.sign_off();
  const auto bot_left = co_await bot.client.sign_off();
  co_return lisa_left&& bot_left&& lisa.heard == "Is there an echo in here?";
}

int main() {
  base::System system;
  base::World& world = system.world();
  openhash::NodeOptions network;
  network.role = openhash::Role::storage;
  network.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  network.rules = {.network = 6825, .work_named = 8, .work_opaque = 8};
  const auto node = openhash::Node::open(world, network);
  if (!node) {
    std::printf("no node: %s\n", node.error().message().c_str());
    return 1;
  }
  basic::ClientOptions options;
  options.presence.password.memory = std::size_t{8} << 20;
  options.presence.claim_settles = 100ms;
  EchoBot bot(world, **node, options);
  Lisa lisa(world, **node, options);
  return system.run_until_done(talk(world, lisa, bot)) ? 0 : 1;
}
