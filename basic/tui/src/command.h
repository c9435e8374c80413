#pragma once
// "/add milhouse": lines that are for Basic, not for a buddy.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace basic::tui {

struct Command {
  enum class Verb {
    add,
    remove,
    msg,
    status,
    why,
    tell,
    block,
    unblock,
    away_after,
    fingerprint,
    trust,
    retry,
    ignore,
    help,
    quit
  };
  Verb verb;
  std::string rest;  ///< without spaces around
};

/// What people read about one.
struct CommandHelp {
  Command::Verb verb;
  std::string_view word;
  std::string_view usage;
  std::string_view about;
};
std::span<const CommandHelp> commands();

/// Whether a line is meant as a command: "/x", but not "//x", which sends "/x".
bool is_command(std::string_view line);
/// Nothing if there is no such command.
std::optional<Command> parse_command(std::string_view line);

/// The first word, and what follows it.
struct Split {
  std::string word;
  std::string rest;
};
Split split_word(std::string_view text);

}  // namespace basic::tui
