"""No service anywhere: the first Basic of a machine brings a node, and the others take over."""

import time
import unittest

from town import DEADLINE, PASSWORD, SLOWER, Town, befriend


class Embedded(unittest.TestCase):
    def test_the_first_brings_a_node_and_the_next_finds_it(self):
        with Town() as town:
            lisa = town.person("lisa")
            self.assertIsNotNone(lisa.call("status")["ownNode"])
            milhouse = town.person("milhouse")
            self.assertIsNone(milhouse.call("status")["ownNode"])
            befriend(lisa, milhouse)
            lisa.call("sendText", to="milhouse", text="hello")
            milhouse.wait_for("text", text="hello")

    def test_when_the_first_leaves_the_others_go_on(self):
        self.go_on(lambda lisa: self.assertEqual(lisa.end_input(), 0))

    def test_when_the_first_crashes_the_others_go_on(self):
        self.go_on(lambda lisa: lisa.kill())

    def test_so_they_do_when_each_has_a_home_of_her_own(self):
        self.go_on(lambda lisa: lisa.kill(), homes=True)

    def go_on(self, leave, homes=False):
        home = (lambda name: {"home": f"home-of-{name}"}) if homes else (lambda name: {})
        with Town() as town:
            lisa = town.person("lisa", **home("lisa"))
            milhouse = town.person("milhouse", **home("milhouse"))
            bart = town.person("bart", **home("bart"))
            befriend(milhouse, bart)
            if homes:
                # Nodes of several homes hand on what they hold to a newcomer they know well.
                end = time.monotonic() + DEADLINE
                while not town.kept("home-of-lisa") <= town.kept("home-of-milhouse"):
                    self.assertLess(time.monotonic(), end, "lisa's node did not hand on its records")
                    milhouse.call("status")  # nobody tells of it, so each answer leads to the next look
            leave(lisa)
            nelson = town.basic("nelson", **home("nelson"))
            nelson.call("register", deadline=10 * SLOWER, username="nelson", password=PASSWORD)
            nelson.call("signOn", deadline=10 * SLOWER, username="nelson", password=PASSWORD)
            befriend(nelson, milhouse)
            milhouse.call("sendText", to="bart", text="still here")
            bart.wait_for("text", text="still here")
            # Lisa's records outlived the process that kept them.
            bart.call("addBuddy", username="lisa")
            lisa = town.basic("lisa", home="home-of-another-machine" if homes else "home")
            lisa.call("signOn", deadline=10 * SLOWER, username="lisa", password=PASSWORD)
            bart.wait_for_presence("lisa", "online")

    def test_when_all_are_gone_and_one_comes_back_every_record_is_there(self):
        with Town() as town:
            people = town.people("lisa", "milhouse", "bart")
            befriend(*people)
            for person in people:
                person.kill()
            for name in ("bart", "lisa", "milhouse"):
                back = town.basic(name, profile=f"blank-{name}")
                signed_on = back.call("signOn", username=name, password=PASSWORD)
                self.assertEqual(len(signed_on["buddies"]), 2)
                back.kill()

    def test_two_that_start_at_once_share_one_node(self):
        with Town() as town:
            people = town.people("lisa", "milhouse")
            hosts = [person.call("status")["ownNode"] for person in people]
            self.assertEqual(sum(host is not None for host in hosts), 1, hosts)
            befriend(*people)

    def test_users_of_one_machine_with_homes_of_their_own_meet(self):
        with Town() as town:
            lisa = town.person("lisa", home="lisas-home")
            milhouse = town.person("milhouse", home="milhouses-home")
            befriend(lisa, milhouse)

    def test_a_state_folder_that_cannot_be_used_is_told_and_survived(self):
        with Town() as town:
            blocked = town.folder / "home" / ".local"
            blocked.parent.mkdir()
            blocked.write_text("a file where a folder should be")
            lisa = town.person("lisa")
            self.assertIn("memory", lisa.wait_for("warning")["message"])
            self.assertIsNotNone(lisa.call("status")["ownNode"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
