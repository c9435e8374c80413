"""What the terminal client says of presence: /why, /tell, /block, last seen, in a terminal of tmux."""

import unittest

from test_terminal import Screen
from town import PASSWORD, Town


class TerminalPresence(unittest.TestCase):
    def test_why_tell_and_block(self):
        with Town() as town:
            town.node()
            milhouse = town.person("milhouse")
            lisa = Screen(town, "lisa")
            town.processes.append(lisa)
            lisa.register()
            lisa.enter("/add milhouse")
            lisa.wait_for("milhouse ● online", "milhouse has not added you yet")
            milhouse.call("addBuddy", username="lisa")
            lisa.wait_for("Nothing said yet")
            lisa.enter("/why")
            lisa.wait_for("milhouse is shown online: a link to her")
            milhouse.call("signOff")
            lisa.wait_for("○ milhouse", "last seen ")
            lisa.enter("/tell Milhouse")
            lisa.wait_for("♪", "You are told when milhouse comes on line.")
            milhouse.call("signOn", username="milhouse", password=PASSWORD)
            lisa.wait_for("Milhouse is on line.", "milhouse has come on line.")
            lisa.enter("/block milhouse")
            lisa.wait_for("no buddies yet", "Milhouse is blocked")
            milhouse.wait_for_presence("lisa", "offline")
            lisa.enter("/block")
            lisa.wait_for("Blocked: milhouse.")
            lisa.enter("/unblock milhouse")
            lisa.wait_for("● milhouse")
            lisa.enter("/away-after 0")
            lisa.wait_for("not shown away")
            lisa.enter("/help")
            lisa.wait_for("/why [NAME]", "/away-after MINUTES", "Any key goes back.")
            lisa.press("Escape")
            lisa.press("C-c")
            lisa.wait_for("ended with 0")


if __name__ == "__main__":
    unittest.main(verbosity=2)
