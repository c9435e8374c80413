"""What a window says when something is wrong, beside real processes: one calm strip with one thing to
do, whatever it is. Ends with 77 (skipped), saying why, where there is no X server or no AT-SPI.
"""

import unittest

from desktop import Desktop, PASSWORD, open_window, sign_on
from town import DEADLINE, Town, befriend, run_stories

PATIENCE = 5 * DEADLINE  # other places are looked for every minute, and who is off line, too


class Strip(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop()
        self.addCleanup(self.desktop.close)

    def test_says_what_is_wrong_and_what_can_be_done(self):
        with Town() as town:
            node = town.node()
            at_work, milhouse = town.people("lisa", "milhouse")
            befriend(at_work, milhouse)
            open_window(town, "lisa-at-home")
            lisa = self.desktop.reader()
            sign_on(lisa, "lisa")
            lisa.find("table cell", "milhouse, online")

            # Nobody can take a name while the table stands; so it is another table from now on.
            milhouse.stop()
            node.kill()
            other = town.node("other", bootstrap=[], listen=node.endpoint)
            nelson = self.register_as_milhouse(town)
            self.compare(lisa, nelson)

            lisa.find("label", "You are signed on at another place, too.", PATIENCE)
            lisa.find("push button", "Sign off here")
            self.desktop.picture("elsewhere")
            at_work.stop()

            nelson.kill()
            other.kill()
            lisa.find("label", "No node of the table answers.", PATIENCE)
            lisa.do("push button", "Show the nodes", "press")
            lisa.find("label", "Nodes of the table that answer")
            self.desktop.picture("no-node")

    def register_as_milhouse(self, town):
        nelson = town.basic("milhouse", profile="nelson")
        password = "nine other green moons " + PASSWORD
        nelson.call("register", deadline=2 * DEADLINE, username="milhouse", password=password)
        nelson.call("signOn", username="milhouse", password=password)
        return nelson

    def compare(self, lisa, nelson):
        lisa.find("label", "The key of milhouse has changed.", PATIENCE)
        self.desktop.picture("key-strip")
        lisa.do("push button", "Compare", "press")
        lisa.find("label", "The key of milhouse has changed")
        new = nelson.call("status")["fingerprint"]
        lisa.find("label", new)
        lisa.find("label", "To compare with milhouse")
        self.desktop.picture("key-page")
        lisa.do("push button", "Accept the new key", "press")
        lisa.wait_until("taken back", lambda: "key of milhouse" not in lisa.read_aloud())


if __name__ == "__main__":
    run_stories(Desktop.why_not())
