"""What must not get lost outlives the nodes that hold it: all killed at once, half destroyed, and each
replaced by an empty one. The records are those of synthetic users; records.cpp writes and reads them.

    ctest --preset release -L hunt -R e2e_durable    # the long one: 16 nodes, one replaced every 30 s

OHIM_USERS: how many users' records; 1000 for the figure that is promised.
"""

import json
import os
import shutil
import subprocess
import time
import unittest
import urllib.request

from town import BIN, DEADLINE, QUICK_RULES, Town

KINDS = 3  # identity, list, vault
HOLDERS = 8  # of a record
REPLACED_EVERY = 30
PATIENCE = 600
USERS = int(os.environ.get("OHIM_USERS", "200"))


class Nodes(unittest.TestCase):
    def setUp(self):
        self.history = []  # what was held when
    def records(self, town, what, users):
        nodes = ",".join(node.endpoint for node in town.nodes if node.running())
        started = time.monotonic()
        done = subprocess.run(
            [BIN / "records", what, nodes, str(town.network), QUICK_RULES[1], "0", str(users)],
            check=True, capture_output=True, text=True, timeout=PATIENCE)
        took = time.monotonic() - started
        *missing, count = done.stdout.splitlines()
        print(f"{what}: {count} of {KINDS * users} records in {took:.1f} s")
        for line in missing:
            self.tell_missing(town, line)
        return int(count)

    def tell_missing(self, town, line):
        """Why it was not seen, and which nodes have it all the same."""
        print(line)
        for key in line.split("|")[1].split():
            for number, held in enumerate([*self.history, self.held(town)]):
                print(f"  {key} at {number} on disk of",
                      *(name for name, keys in held.items() if key in keys))

    def held(self, town):
        """The keys that each node has on disk."""
        return {node.name: {key.hex() for key, _ in town.kept(f"{node.name}.state")}
                for node in town.nodes if node.running()}

    def start(self, town, count):
        for _ in range(count):
            town.gateway()
        self.settle(town)

    def settle(self, town):
        """Until each node says that it knows as many others as hold a record."""
        running = [node for node in town.nodes if node.running()]
        wanted = min(len(running) - 1, HOLDERS)
        end = time.monotonic() + DEADLINE
        for node in running:
            while (known := self.neighbours(node)) < wanted:
                self.assertLess(time.monotonic(), end, f"{node.name} knows {known} others")
                time.sleep(0.1)

    def neighbours(self, node):
        with urllib.request.urlopen(node.gateway + "/v1/status", timeout=DEADLINE) as answer:
            return json.load(answer)["neighbours"]

    def put_all(self, town, users):
        self.assertEqual(self.records(town, "put", users), KINDS * users)

    def get_all(self, town, users):
        self.assertEqual(self.records(town, "get", users), KINDS * users)

    def destroy(self, town, node, number):
        node.kill()
        shutil.rmtree(town.folder / f"node{number}.state")


class Durable(Nodes):
    def test_eight_nodes_killed_at_once_hold_all_they_held(self):
        users = USERS
        with Town() as town:
            self.start(town, 8)
            self.put_all(town, users)
            first = list(town.nodes)
            for node in first:
                node.popen.kill()  # all of them before any is waited for
            for node in first:
                node.kill()
            started = time.monotonic()
            for number, node in enumerate(first):
                town.gateway(f"node{number}", listen=node.endpoint,
                             bootstrap=[other.endpoint for other in first if other is not node])
            self.settle(town)
            print(f"all back after {time.monotonic() - started:.1f} s")
            self.get_all(town, users)

    def test_half_of_twelve_nodes_destroyed_for_good(self):
        users = USERS
        with Town() as town:
            self.start(town, 12)
            self.put_all(town, users)
            for number in range(0, 12, 2):
                self.destroy(town, town.nodes[number], number)
            self.get_all(town, users)


@unittest.skipUnless(os.environ.get("OHIM_HUNT"), "takes nine minutes: ctest -L hunt")
class Rolling(Nodes):
    def test_sixteen_nodes_each_replaced_by_an_empty_one(self):
        users = 200
        with Town() as town:
            self.start(town, 16)
            self.put_all(town, users)
            for number in range(16):
                self.history.append(self.held(town))
                self.destroy(town, town.nodes[number], number)
                town.gateway(f"node{16 + number}")
                time.sleep(REPLACED_EVERY)  # the pace of the story, not a wait for something
            self.get_all(town, users)


if __name__ == "__main__":
    unittest.main(verbosity=2)
