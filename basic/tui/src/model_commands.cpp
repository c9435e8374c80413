// What Enter does in the chat page: texts and commands. What was typed stays in the line until it
// has been understood.

#include "command.h"
#include "model.h"

namespace basic::tui {

namespace {

bool needs_name(Command::Verb verb) {
  using enum Command::Verb;
  return verb == add || verb == remove || verb == ignore || verb == tell || verb == unblock;
}

}  // namespace

std::optional<Intent> Model::submit_line(base::WallTime now) {
  const std::string line = draft().text();
  if (line.find_first_not_of(" \n") == std::string::npos) return std::nullopt;
  if (is_command(line)) {
    LineEdit& typed = draft();
    notice_ = {};
    auto intent = command(line, now);
    if (notice_.tone != Notice::Tone::bad) typed.clear();
    return intent;
  }
  if (selected_.empty()) return complain("There is nobody to say it to yet. /add NAME first.");
  if (!buddies_.contains(selected_))
    return complain(selected_ + " is not on your list. /add " + selected_ + " first.");
  auto intent = send(selected_, line.starts_with("//") ? line.substr(1) : line, now);
  draft().clear();
  return intent;
}

std::optional<Intent> Model::send(const std::string& to, const std::string& text,
                                  base::WallTime now) {
  Conversation& conversation = conversations_[to];
  Message message;
  message.number = ++last_number_;
  message.state = Message::State::pending;
  message.text = text;
  message.at = now;
  conversation.messages.push_back(std::move(message));
  conversation.scrolled = 0;
  notice_ = {};
  Intent intent{Intent::What::send, to, text};
  intent.number = last_number_;
  return intent;
}

std::optional<Intent> Model::command(const std::string& line, base::WallTime now) {
  const auto parsed = parse_command(line);
  if (!parsed) {
    const std::string word = split_word(line).word;
    return complain("There is no command " + word + ". F1 lists them; //" + word.substr(1) +
                    " sends it as a text.");
  }
  const std::string& rest = parsed->rest;
  std::string name = split_word(rest).word;
  if (needs_name(parsed->verb) && name.empty())
    return complain("Whom? Write the name behind the command.");
  if (const auto canonical = ohim::Name::parse(name)) name = canonical->str();
  switch (parsed->verb) {
    case Command::Verb::add:
      notice(Notice::Tone::calm, "Looking for " + name + " …");
      return Intent{Intent::What::add, name};
    case Command::Verb::remove:
      if (!buddies_.contains(name)) return complain(name + " is not on your list.");
      return Intent{Intent::What::remove, name};
    case Command::Verb::ignore:
      ignore(name);
      return std::nullopt;
    case Command::Verb::msg:
      return message_to(name, split_word(rest).rest, now);
    case Command::Verb::status:
      return change_status(rest);
    case Command::Verb::why:
      return why(name.empty() ? selected_ : name);
    case Command::Verb::tell:
      return tell(name);
    case Command::Verb::block:
      if (name.empty()) return Intent{Intent::What::list_blocked};
      return Intent{Intent::What::block, name};
    case Command::Verb::unblock:
      return Intent{Intent::What::unblock, name};
    case Command::Verb::away_after:
      return away_after(name);
    case Command::Verb::fingerprint:
      show_fingerprint(name);
      return std::nullopt;
    case Command::Verb::trust:
      return Intent{Intent::What::trust, name, split_word(rest).rest};
    case Command::Verb::retry:
      return retry();
    case Command::Verb::help:
      help_ = true;
      return std::nullopt;
    case Command::Verb::quit:
      return Intent{Intent::What::quit};
  }
  return std::nullopt;
}

std::optional<Intent> Model::message_to(const std::string& name, const std::string& rest,
                                        base::WallTime now) {
  if (name.empty() || rest.empty()) return complain("Write /msg NAME TEXT.");
  if (!buddies_.contains(name))
    return complain(name + " is not on your list. /add " + name + " first.");
  auto intent = send(name, rest, now);
  // The command was typed in another conversation; it is done there.
  draft().clear();
  select(name);
  return intent;
}

std::optional<Intent> Model::change_status(const std::string& rest) {
  const Split split = split_word(rest);
  const auto show = parse_show(split.word);
  if (!show)
    return complain(
        "Write /status and one of online, away, busy, invisible; then words of your own.");
  Intent intent{Intent::What::status, "", split.rest};
  intent.show = *show;
  return intent;
}

std::optional<Intent> Model::why(const std::string& name) {
  if (!buddies_.contains(name)) return complain("Write /why and the name of a buddy.");
  return Intent{Intent::What::why, name};
}

std::optional<Intent> Model::tell(const std::string& name) {
  const auto found = buddies_.find(name);
  if (found == buddies_.end()) return complain(name + " is not on your list.");
  Intent intent{Intent::What::tell, name};
  intent.on = !found->second.notify_when_online;
  return intent;
}

std::optional<Intent> Model::away_after(const std::string& minutes) {
  const bool digits = !minutes.empty() && minutes.size() <= 4 &&
                      minutes.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return complain("Write /away-after and a number of minutes; 0 is never.");
  Intent intent{Intent::What::away_after};
  intent.number = std::stoul(minutes);
  notice(Notice::Tone::good,
         intent.number == 0 ? "You are not shown away by itself."
                            : "You are shown away after " + minutes + " minutes without a key.");
  return intent;
}

std::optional<Intent> Model::retry() {
  Message* oldest = nullptr;
  for (Message& message : conversations_[selected_].messages)
    if (message.state == Message::State::failed && !oldest) oldest = &message;
  if (!oldest) return complain("Nothing here waits to be sent again.");
  oldest->state = Message::State::pending;
  Intent intent{Intent::What::send, selected_, oldest->text};
  intent.number = oldest->number;
  return intent;
}

void Model::show_fingerprint(const std::string& asked) {
  const std::string name = asked.empty() ? self_.username : asked;
  const std::string fingerprint = fingerprint_of(name);
  if (fingerprint.empty()) {
    complain("No fingerprint of " + name + " is known.");
  } else {
    notice(Notice::Tone::calm, name + ": " + fingerprint);
  }
}

void Model::ignore(const std::string& name) {
  if (requests_.erase(name) == 0) {
    complain(name + " has not asked.");
    return;
  }
  if (selected_ == name) {
    selected_.clear();
    select_somebody();
  }
}

}  // namespace basic::tui
