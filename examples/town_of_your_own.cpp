// Your client in a simulated town: the class of presence_only_person.h, as it is. Storage nodes on
// the real engine, a network that loses packets, people who leave and whose programs crash. Lisa
// and Bart have your client. Milhouse has the ready-made one, on the same network and nobody's
// list.

#include "presence_only_person.h"
#include "testing/town.h"

using basic::Presence;

bool expect(bool is_so, const char* what) {
  std::printf("%s %s\n", is_so ? "yes:" : "NO: ", what);
  return is_so;
}

int main() {
  sim::Town town({.seed = 3, .nodes = 3, .faults = {.loss = 0.02, .delay = 40ms}});

  // What the town has to be told: how the program is made, and how a name gets on its list.
  const auto put_on_list = [](Person& person, const ohim::Name& buddy) {
    person.friends.names.insert(buddy);
  };
  const sim::MakeResident yours = sim::resident<Person>(sim::quick_client().presence, put_on_list);
  town.move_in("lisa", yours);
  town.move_in("bart", yours);
  town.move_in("milhouse");

  town.register_all();
  bool all = expect(town.rest(2min), "everybody is registered");
  for (const std::string& who : town.people()) town.sign_on(who);
  all &= expect(town.rest(1min), "and signs on");
  town.befriend("lisa", "bart");
  all &= expect(town.rest(1min) && town.settle(10s), "Lisa and Bart see each other");

  town.sign_off("bart");
  all &= expect(town.settle(5s) && town.shown("lisa", "bart") == Presence::offline,
                "Bart signs off, and Lisa sees it");
  town.sign_on("bart");
  all &= expect(town.rest(1min) && town.settle(10s), "he comes back");

  town.crash("bart");
  all &= expect(town.settle(2s), "his program crashes: his machine closes the link, Lisa sees it");

  for (const std::string& sentence : town.check()) all &= expect(false, sentence.c_str());
  return all ? 0 : 1;
}
