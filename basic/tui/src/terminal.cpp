#include "basic/tui/terminal.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/secret.h"
#include "model.h"
#include "paint.h"
#include "screen.h"

namespace basic::tui {

namespace {

/// How often what changes by itself (the day, the way into the store) is looked at.
constexpr base::Duration kLookEvery = std::chrono::seconds(1);
/// Of one buddy, when signing on.
constexpr std::size_t kUnreadShown = Profile::kMostCounted;

constexpr int kKeysAtOnce = 16;
constexpr std::size_t kTogether = 16 << 10;  // bytes
/// Of a safety number, to show that it was read to its end: one group.
constexpr std::size_t kDigits = 5;

std::string words(ohim::Progress progress) {
  switch (progress) {
    case ohim::Progress::hashing_password:
      return "Making keys from your password …";
    case ohim::Progress::looking_up_name:
      return "Looking whether the name is free …";
    case ohim::Progress::working:
      return "Doing the work that keeps squatters away …";
    case ohim::Progress::claiming:
      return "Claiming the name …";
    case ohim::Progress::settling:
      return "Waiting whether anybody else claims it …";
    case ohim::Progress::storing:
      return "Storing your keys, sealed …";
    case ohim::Progress::done:
      break;
  }
  return "Signing on …";
}

base::Secret take_password(std::string& plain) {
  base::Secret secret = base::Secret::copy_of(base::view(plain));
  base::wipe({reinterpret_cast<std::uint8_t*>(plain.data()), plain.size()});
  return secret;
}

}  // namespace

struct Terminal::Impl {
  Impl(base::System& the_system, std::function<std::string()> the_node)
      : system(the_system), world(the_system.world()), own_node(std::move(the_node)) {}

  base::System& system;
  base::World& world;
  std::function<std::string()> own_node;
  Client* client = nullptr;
  Model model;
  std::optional<Screen> screen;
  std::optional<Key> held;  ///< was read after the last one that was pressed
  bool stale = false;       ///< a repaint is posted
  base::Completion<bool> left;
  base::Timer look;
  std::vector<Condition> wrong;  // as the user was told last
  std::shared_ptr<void> keys;
  base::Tasks tasks;

  void repaint() {
    note_what_is_read();
    if (std::exchange(stale, true)) return;
    world.clock.post([this] {
      stale = false;
      if (screen) screen->show(paint(model, screen->width(), screen->height(), world.clock.wall()));
    });
  }

  /// So that no other face of this profile shows it as unread.
  void note_what_is_read() {
    if (const auto read = model.take_read()) tasks.start(mark_read(this, *read));
  }

  static base::Task<void> mark_read(Impl* self, Model::Read read) {
    const auto marked = co_await self->client->mark_read(read.buddy, read.up_to);
    if (!marked) self->world.log.info("a read mark was not kept: " + marked.error().message());
  }

  void look_around() {
    look = world.clock.call_after(kLookEvery, [this] { look_around(); });
    refresh_status();
  }

  void refresh_status() {
    model.status(client->status(), own_node());
    repaint();
  }

  void leave() {
    world.clock.post([this] { left.set(true); });
  }

  /// Not all at once: a book may be pasted, and links have to be answered meanwhile.
  void read_keys() {
    if (!screen) return;
    int count = 0;
    for (auto key = next_key(); key; key = next_key()) {
      client->user_active();
      if (auto intent = model.press(*key, world.clock.wall())) act(std::move(*intent));
      if (++count < kKeysAtOnce) continue;
      world.clock.post([this] { read_keys(); });
      break;
    }
    repaint();
  }

  /// Letters that came together are one key, as if pasted.
  std::optional<Key> next_key() {
    std::optional<Key> key = held ? std::exchange(held, std::nullopt) : screen->read();
    while (key && key->name == Key::Name::text && key->typed.size() < kTogether) {
      held = screen->read();
      if (!held || held->name != Key::Name::text) break;
      key->typed += std::exchange(held, std::nullopt)->typed;
    }
    return key;
  }

  void act(Intent intent) {
    switch (intent.what) {
      case Intent::What::redraw:
        return screen->forget();
      case Intent::What::quit:
        return leave();
      case Intent::What::why:
        return explain(intent.name);
      case Intent::What::list_blocked:
        return list_blocked();
      case Intent::What::away_after:
        return client->set_away_after(std::chrono::minutes(intent.number));
      default:
        tasks.start(carry_out(this, std::move(intent)));
    }
  }

  static base::Task<void> carry_out(Impl* self, Intent intent) {
    switch (intent.what) {
      case Intent::What::register_user:
      case Intent::What::sign_on:
        co_await self->sign_on(std::move(intent));
        break;
      case Intent::What::send:
        co_await self->send(std::move(intent));
        break;
      case Intent::What::add:
        co_await self->add(std::move(intent));
        break;
      case Intent::What::remove:
        co_await self->remove(std::move(intent));
        break;
      case Intent::What::status:
        co_await self->change_status(std::move(intent));
        break;
      case Intent::What::tell:
        co_await self->tell(std::move(intent));
        break;
      case Intent::What::block:
        co_await self->block(std::move(intent));
        break;
      case Intent::What::unblock:
        co_await self->unblock(std::move(intent));
        break;
      case Intent::What::trust:
        co_await self->trust(std::move(intent));
        break;
      default:
        break;
    }
    self->refresh_status();
  }

  base::Task<void> sign_on(Intent intent) {
    base::Secret password = take_password(intent.text);
    if (intent.what == Intent::What::register_user) {
      ohim::OnProgress progress = [this](ohim::Progress now) {
        model.step(words(now));
        repaint();
      };
      const auto registered =
          co_await client->register_user(intent.name, password.duplicate(), std::move(progress));
      if (!registered) co_return model.sign_on_failed(registered.error().message());
    }
    model.step(words(ohim::Progress::done));
    repaint();
    const auto signed_on = co_await client->sign_on(intent.name, std::move(password));
    if (!signed_on) co_return model.sign_on_failed(signed_on.error().message());
    model.signed_on(client->status(), client->buddies());
    co_await show_unread(client->buddies());
  }

  /// What came while nobody looked.
  base::Task<void> show_unread(std::vector<Buddy> buddies) {
    for (const Buddy& buddy : buddies) {
      const auto texts =
          co_await client->history_after(buddy.name.str(), buddy.read_up_to, kUnreadShown);
      if (!texts) co_return;  // signed off meanwhile, or a warning has said why
      for (const StoredText& text : *texts) {
        if (text.outgoing) continue;
        model.text({text.peer, text.text, base::to_hex(text.id), text.sent_at, text.number});
      }
    }
  }

  base::Task<void> send(Intent intent) {
    const auto sent = co_await client->send_text(intent.name, intent.text);
    if (sent) {
      model.delivered(intent.name, intent.number);
    } else {
      model.undelivered(intent.name, intent.number, sent.error().message());
    }
  }

  base::Task<void> add(Intent intent) {
    const auto buddy = co_await client->add_buddy(intent.name);
    if (!buddy) co_return model.notice(Notice::Tone::bad, buddy.error().message());
    model.added(*buddy);
  }

  base::Task<void> remove(Intent intent) {
    const auto removed = co_await client->remove_buddy(intent.name);
    if (!removed) co_return model.notice(Notice::Tone::bad, removed.error().message());
    model.removed(intent.name);
  }

  base::Task<void> tell(Intent intent) {
    const auto wished = co_await client->notify_when_online(intent.name, intent.on);
    if (!wished) co_return model.notice(Notice::Tone::bad, wished.error().message());
    for (const Buddy& buddy : client->buddies()) {
      if (buddy.name.str() != intent.name) continue;
      model.presence(buddy);
      if (buddy.notify_when_online) {
        model.notice(Notice::Tone::good, "You are told when " + intent.name + " comes on line.");
      } else if (!intent.on) {
        model.notice(Notice::Tone::good, "You are not told any more.");
      }
    }
  }

  base::Task<void> block(Intent intent) {
    const auto blocked = co_await client->block(intent.name);
    if (!blocked) co_return model.notice(Notice::Tone::bad, blocked.error().message());
    model.blocked(intent.name);
  }

  base::Task<void> unblock(Intent intent) {
    const auto unblocked = co_await client->unblock(intent.name);
    if (!unblocked) co_return model.notice(Notice::Tone::bad, unblocked.error().message());
    model.unblocked(intent.name, client->buddies());
  }

  /// First the number to compare, then its end as a sign that it was compared.
  base::Task<void> trust(Intent intent) {
    const auto change = client->key_change(intent.name);
    if (!change) {
      co_return model.notice(Notice::Tone::bad,
                             "The key of " + intent.name + " is the one that you know.");
    }
    const std::string& number = change->new_safety_number;
    if (intent.text.empty()) {
      co_return model.key_to_compare(intent.name, number, world.clock.wall());
    }
    if (intent.text.size() != kDigits || !number.ends_with(intent.text)) {
      co_return model.notice(Notice::Tone::bad,
                             "Those are not the last five digits. Nothing was changed.");
    }
    const auto accepted = co_await client->accept_key(intent.name, change->new_fingerprint);
    if (!accepted) co_return model.notice(Notice::Tone::bad, accepted.error().message());
    model.notice(Notice::Tone::good, "You trust the new key of " + intent.name + ".");
  }

  /// What was not told before.
  void tell_what_is_wrong() {
    const std::vector<Condition> now = client->conditions();
    for (const Condition& condition : now) {
      const bool told = std::ranges::any_of(wrong, [&](const Condition& before) {
        return before.kind == condition.kind && before.buddy == condition.buddy;
      });
      if (told) continue;
      const bool is_key = condition.kind == Condition::Kind::key_changed;
      model.notice(Notice::Tone::bad,
                   condition.sentence + (is_key ? ": /trust " + condition.buddy : "."));
    }
    wrong = now;
  }

  void explain(const std::string& name) {
    const auto explanation = client->why(name);
    if (!explanation) return model.notice(Notice::Tone::bad, explanation.error().message());
    model.explained(*explanation, world.clock.wall());
  }

  void list_blocked() {
    std::string names;
    for (const ohim::Name& name : client->blocked())
      names += (names.empty() ? "" : ", ") + name.str();
    model.notice(Notice::Tone::calm, names.empty() ? "Nobody is blocked." : "Blocked: " + names);
  }

  base::Task<void> change_status(Intent intent) {
    const auto changed = co_await client->set_status(intent.show, intent.text);
    if (!changed) model.notice(Notice::Tone::bad, changed.error().message());
  }
};

Terminal::Terminal(base::System& system, std::function<std::string()> own_node)
    : impl_(std::make_unique<Impl>(system, std::move(own_node))) {}

Terminal::~Terminal() = default;

base::Result<void> Terminal::check() { return Screen::check(); }

base::Task<void> Terminal::run(Client& client) {
  impl_->client = &client;
  impl_->screen.emplace();
  impl_->keys = impl_->system.on_readable(STDIN_FILENO, [this] { impl_->read_keys(); });
  impl_->system.on_signal({SIGWINCH, SIGTERM, SIGINT, SIGHUP}, [this](int signal) {
    if (signal != SIGWINCH) return impl_->leave();
    if (impl_->screen) impl_->screen->resize();
    impl_->repaint();
  });
  impl_->look_around();
  co_await impl_->left;
  impl_->keys.reset();
  impl_->tasks.cancel();
  if (client.status().signed_on) {
    impl_->model.notice(Notice::Tone::calm, "Signing off …");
    impl_->repaint();
    // Best effort: who watches us will also notice by the links.
    static_cast<void>(co_await client.sign_off());
  }
  impl_->look.cancel();
  impl_->screen.reset();
}

void Terminal::presence(const Buddy& buddy) {
  impl_->model.presence(buddy);
  impl_->repaint();
}

void Terminal::text(const Text& text) {
  impl_->model.text(text);
  impl_->repaint();
}

void Terminal::request(const ohim::Name& from, const std::string& fingerprint) {
  impl_->model.request(from.str(), fingerprint);
  impl_->repaint();
}

void Terminal::came_online(const Buddy& buddy) {
  impl_->model.came_online(buddy, impl_->world.clock.wall());
  impl_->repaint();
}

void Terminal::buddies_changed() {
  impl_->model.list_changed(impl_->client->buddies());
  impl_->repaint();
}

void Terminal::conditions_changed() {
  impl_->tell_what_is_wrong();
  impl_->repaint();
}

void Terminal::warning(const std::string& sentence) {
  impl_->model.notice(Notice::Tone::bad, sentence);
  impl_->repaint();
}

}  // namespace basic::tui
