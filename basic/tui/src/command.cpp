#include "command.h"

#include <array>

namespace basic::tui {

namespace {

constexpr std::string_view kSpace = " \t\n";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

std::span<const CommandHelp> commands() {
  using enum Command::Verb;
  static constexpr std::array kCommands{
      CommandHelp{add, "add", "/add NAME", "put somebody on your list"},
      CommandHelp{remove, "remove", "/remove NAME", "take somebody off it"},
      CommandHelp{msg, "msg", "/msg NAME TEXT", "say something to a buddy"},
      CommandHelp{status, "status", "/status away TEXT", "online, away, busy or invisible"},
      CommandHelp{why, "why", "/why [NAME]", "why somebody is shown so, in words"},
      CommandHelp{tell, "tell", "/tell NAME", "tell me when she comes; again: no more"},
      CommandHelp{block, "block", "/block [NAME]", "to her you are off line; without: who is"},
      CommandHelp{unblock, "unblock", "/unblock NAME", "take that back"},
      CommandHelp{away_after, "away-after", "/away-after MINUTES",
                  "away by itself, without a key; 0: never"},
      CommandHelp{fingerprint, "fingerprint", "/fingerprint [NAME]", "numbers to compare by voice"},
      CommandHelp{trust, "trust", "/trust NAME", "look at a changed key, and then accept it"},
      CommandHelp{retry, "retry", "/retry", "send again what was not delivered"},
      CommandHelp{ignore, "ignore", "/ignore NAME", "put a request aside"},
      CommandHelp{help, "help", "/help", "this page"},
      CommandHelp{quit, "quit", "/quit", "sign off and leave"},
  };
  return kCommands;
}

bool is_command(std::string_view line) { return line.starts_with('/') && !line.starts_with("//"); }

Split split_word(std::string_view text) {
  text = trim(text);
  const auto space = text.find_first_of(kSpace);
  if (space == std::string_view::npos) return {std::string(text), ""};
  return {std::string(text.substr(0, space)), std::string(trim(text.substr(space)))};
}

std::optional<Command> parse_command(std::string_view line) {
  const Split split = split_word(line.substr(1));
  for (const CommandHelp& known : commands())
    if (known.word == split.word) return Command{known.verb, split.rest};
  return std::nullopt;
}

}  // namespace basic::tui
