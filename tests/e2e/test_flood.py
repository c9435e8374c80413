"""A node under garbage datagrams serves honest users on. A million of them: ctest -L hunt."""

import os
import subprocess
import unittest

from town import BIN, Town

PER_SECOND = 50_000  # while the flood lasts: a million takes 20 s


class Flood(unittest.TestCase):
    def flood(self, count, allowed, *options):
        """`allowed`: how much longer a read may take than in peace; 0: as long as it likes."""
        with Town() as town:
            node = town.node(extra=options)
            done = subprocess.run(
                [BIN / "flood", node.endpoint, str(town.network), "6", str(count), str(PER_SECOND),
                 str(allowed)], stdout=subprocess.PIPE, text=True, timeout=600)
            print(*options, done.stdout, sep="\n")
            self.assertEqual(done.returncode, 0)
            self.assertTrue(node.running())
            self.assertEqual(node.stop(), 0)


class Some(Flood):
    def test_from_the_local_network(self):
        self.flood(50_000, 0)

    def test_from_strangers(self):
        self.flood(50_000, 0, "--strict")


@unittest.skipUnless(os.environ.get("OHIM_HUNT"), "measures time: ctest -L hunt")
class Million(Flood):
    def test_from_the_local_network(self):
        self.flood(1_000_000, 3)

    def test_from_strangers(self):
        self.flood(1_000_000, 3, "--strict")


if __name__ == "__main__":
    unittest.main(verbosity=2)
