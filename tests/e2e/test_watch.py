"""The asymmetric case of the paper: Lisa lists Milhouse, Milhouse does not list Lisa."""

import unittest

from town import PASSWORD, Town, befriend


class Watch(unittest.TestCase):
    def test_lisa_sees_milhouse_come_and_go_though_he_does_not_list_her(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            lisa.call("addBuddy", username="milhouse")
            lisa.wait_for_presence("milhouse", "online")
            self.assertEqual(milhouse.call("buddies"), [])
            milhouse.call("signOff")
            lisa.wait_for_presence("milhouse", "offline")
            milhouse.call("signOn", username="milhouse", password=PASSWORD)
            lisa.wait_for_presence("milhouse", "online", deadline=90)

    def test_milhouse_hears_that_lisa_asks_and_answers(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            lisa.call("addBuddy", username="milhouse")
            request = milhouse.wait_for("request", username="lisa")
            own = lisa.call("status")["fingerprint"]
            self.assertEqual(request["fingerprint"], own)
            lisa.wait_for_presence("milhouse", "online")
            self.assertEqual(lisa.refused("sendText", to="milhouse", text="hello?"), "Refused")
            self.assertEqual(milhouse.call("addBuddy", username="lisa")["fingerprint"], own)
            milhouse.wait_for_presence("lisa", "online")
            sent = lisa.call("sendText", to="milhouse", text="hello!")
            heard = milhouse.wait_for("text", **{"from": "lisa"})
            self.assertEqual((heard["text"], heard["id"]), ("hello!", sent["id"]))

    def test_a_status_travels(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            milhouse.call("setStatus", show="away", text="at the lake")
            lisa.wait_for("presence", username="milhouse", presence="away", text="at the lake")
            milhouse.call("setStatus", show="invisible")
            lisa.wait_for("presence", username="milhouse", presence="offline")
            milhouse.call("setStatus", show="busy", text="")
            lisa.wait_for("presence", username="milhouse", presence="busy")


if __name__ == "__main__":
    unittest.main(verbosity=2)
