"""Name and password are all that a person needs on a blank machine."""

import unittest

from town import PASSWORD, Town, befriend


class BlankProfile(unittest.TestCase):
    def test_name_and_password_bring_everything_back(self):
        with Town() as town:
            town.node()
            lisa, milhouse, bart = town.people("lisa", "milhouse", "bart")
            befriend(lisa, milhouse)
            lisa.call("addBuddy", username="bart")
            fingerprint = lisa.call("status")["fingerprint"]
            self.assertEqual(lisa.end_input(), 0)

            again = town.basic("lisa", profile="blank", home="another-machine")
            back = again.call("signOn", username="Lisa", password=PASSWORD)
            self.assertEqual(back["fingerprint"], fingerprint)
            self.assertEqual(sorted(b["username"] for b in back["buddies"]), ["bart", "milhouse"])
            again.wait_for_presence("milhouse", "online")
            milhouse.wait_for_presence("lisa", "online")
            again.call("sendText", to="milhouse", text="from another machine")
            milhouse.wait_for("text", text="from another machine")

    def test_a_removed_buddy_stays_removed(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            lisa.call("addBuddy", username="milhouse")
            lisa.call("removeBuddy", username="milhouse")
            self.assertEqual(lisa.call("buddies"), [])
            self.assertEqual(lisa.end_input(), 0)
            again = town.basic("lisa", profile="blank")
            back = again.call("signOn", username="lisa", password=PASSWORD)
            self.assertEqual(back["buddies"], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
