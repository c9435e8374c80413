"""Strangers who put what they like where they like, and packets that kill a stock engine."""

import subprocess
import unittest

from town import BIN, DEADLINE, PASSWORD, Town, befriend


class Hostile(unittest.TestCase):
    def attack(self, town, what, name="milhouse"):
        done = subprocess.run(
            [BIN / "hostile", what, town.nodes[0].endpoint, str(town.network), "6", name],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, timeout=6 * DEADLINE)
        print(what, done.stdout.strip())
        self.assertEqual(done.returncode, 0)
        return done.stdout

    def unchanged(self, town, lisa, milhouse):
        """All that Lisa sees of Milhouse, and all that Milhouse finds on a blank machine."""
        self.assertNotIn("unknown", lisa.presence_log("milhouse")[1:])
        lisa.call("sendText", to="milhouse", text="still you?")
        milhouse.wait_for("text", text="still you?")
        watcher = town.basic("lisa", profile="blank-lisa")
        milhouse.call("signOff")
        lisa.wait_for_presence("milhouse", "offline")
        lisa.call("signOff")
        back = watcher.call("signOn", username="lisa", password=PASSWORD)
        self.assertEqual(back["buddies"][0]["username"], "milhouse")
        again = town.basic("milhouse", profile="blank-milhouse")
        found = again.call("signOn", username="milhouse", password=PASSWORD)
        self.assertEqual([buddy["username"] for buddy in found["buddies"]], ["lisa"])
        watcher.wait_for_presence("milhouse", "online")
        again.wait_for_presence("lisa", "online")
        fingerprints = {buddy["fingerprint"] for buddy in watcher.call("buddies")}
        self.assertEqual(fingerprints, {found["fingerprint"]})

    def test_foreign_records_change_nothing(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            fingerprint = lisa.call("buddies")[0]["fingerprint"]
            self.attack(town, "foreign")
            self.assertEqual(lisa.call("buddies")[0]["fingerprint"], fingerprint)
            self.unchanged(town, lisa, milhouse)

    def test_values_of_a_stock_node_change_nothing(self):
        with Town() as town:
            node = town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            self.attack(town, "engine")
            self.assertTrue(node.running())
            self.unchanged(town, lisa, milhouse)

    def test_old_records_do_not_come_back(self):
        with Town() as town:
            town.node()
            lisa, milhouse, bart = town.people("lisa", "milhouse", "bart")
            befriend(lisa, milhouse)
            thief = subprocess.Popen(
                [BIN / "hostile", "replay", town.nodes[0].endpoint, str(town.network), "6",
                 "milhouse"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            with thief:
                self.assertRegex(thief.stdout.readline(), "seen [1-9]")
                milhouse.call("addBuddy", username="bart")
                milhouse.call("signOff")
                lisa.wait_for_presence("milhouse", "offline")
                thief.stdin.write("go\n")
                thief.stdin.flush()
                self.assertEqual(thief.stdout.readline().strip(), "replayed")
                self.assertEqual(thief.wait(DEADLINE), 0)
            watcher = town.basic("bart", profile="blank-bart")
            bart.call("signOff")
            watcher.call("signOn", username="bart", password=PASSWORD)
            watcher.call("addBuddy", username="milhouse")
            watcher.wait_for_presence("milhouse", "offline")
            self.assertEqual(lisa.call("buddies")[0]["presence"], "offline")
            again = town.basic("milhouse", profile="blank")
            found = again.call("signOn", username="milhouse", password=PASSWORD)
            self.assertEqual(sorted(buddy["username"] for buddy in found["buddies"]),
                             ["bart", "lisa"])


class Killers(unittest.TestCase):
    def test_a_node_serves_on(self):
        with Town() as town:
            node = town.node()
            lisa = town.person("lisa")
            done = subprocess.run([BIN / "killers", node.endpoint], stdout=subprocess.PIPE,
                                  text=True, timeout=DEADLINE)
            print(done.stdout.strip())
            self.assertEqual(done.returncode, 0)
            milhouse = town.person("milhouse")
            befriend(lisa, milhouse)
            self.assertTrue(node.running())
            self.assertEqual(node.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
