#pragma once
// One of the town's people: what survives a crash, and her program while it runs.

#include <set>

#include "testing/town.h"
#include "town_ledger.h"

namespace sim {

/// Her program on her host. Ended from outside, never from inside one of its tasks.
struct Program {
  std::unique_ptr<openhash::Node> node;
  std::unique_ptr<Resident> resident;
  basic::Client* client = nullptr;  ///< within `resident`, if that is ours
  base::Clock* clock = nullptr;
  std::set<std::size_t> speaking;  ///< numbers of texts whose fate is open
  std::size_t busy = 0;            ///< tasks that have not ended
  base::Tasks tasks;
};

struct Person final : basic::ClientEvents {
  Person(std::string the_name, Ledger& the_ledger)
      : name(std::move(the_name)), ledger(the_ledger) {}

  // ClientEvents
  void presence(const basic::Buddy&) override { ++presence_changes; }
  void text(const basic::Text& text) override {
    ledger.heard(name, text.from.str(), text.text, text.id);
  }
  void request(const ohim::Name&, const std::string&) override {}
  void warning(const std::string& sentence) override { warnings.push_back(sentence); }

  std::string name;
  Ledger& ledger;
  basic::MemoryProfile profile;
  std::vector<std::string> warnings;
  std::size_t presence_changes = 0;
  MakeResident make_program;    ///< if hers is not ours
  std::set<ohim::Name> list{};  ///< whom she has put on it
  bool on = false;
  bool arriving = false;  ///< signing on
  bool leaving = false;   ///< signing off
  std::unique_ptr<Program> program;
};

}  // namespace sim
