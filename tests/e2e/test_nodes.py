"""A client of named nodes: it uses the best, and the next when that one fails."""

import socket
import unittest

from town import DEADLINE, PASSWORD, Town, befriend


def localhost_is_known():
    try:
        return bool(socket.getaddrinfo("localhost", None, socket.AF_INET))
    except OSError:
        return False


class NamedNodes(unittest.TestCase):
    def test_the_loss_of_a_node_is_not_noticed(self):
        with Town() as town:
            for _ in range(3):
                town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            nodes = lisa.call("status")["nodes"]
            self.assertEqual(sorted(node["node"] for node in nodes),
                             sorted(node.endpoint for node in town.nodes))
            self.assertTrue(all(node["answering"] for node in nodes), nodes)
            for victim in town.nodes[:2]:
                victim.kill()
                lisa.call("sendText", to="milhouse", text="one less")
                milhouse.wait_for("text", text="one less")
                milhouse.call("signOff")
                lisa.wait_for_presence("milhouse", "offline")
                milhouse.call("signOn", username="milhouse", password=PASSWORD)
                lisa.wait_for_presence("milhouse", "online")

    def test_a_dead_node_in_the_list_does_not_matter(self):
        with Town() as town:
            node = town.node()
            lisa = town.person("lisa", nodes=["127.0.0.1:1", node.endpoint])
            answering = {n["node"]: n["answering"] for n in lisa.call("status")["nodes"]}
            self.assertEqual(answering, {"127.0.0.1:1": False, node.endpoint: True})

    @unittest.skipUnless(localhost_is_known(), "this machine does not know localhost")
    def test_a_node_may_be_named_by_name(self):
        with Town() as town:
            node = town.node()
            port = node.endpoint.rpartition(":")[2]
            lisa = town.person("lisa", nodes=[f"localhost:{port}"])
            self.assertEqual(lisa.call("status")["store"], "connected")

    def test_an_unknown_name_is_told(self):
        with Town() as town:
            basic = town.basic("basic", nodes=["no-such-host.invalid:6824"])
            self.assertIn("no-such-host.invalid", basic.wait_for("warning")["message"])


class NameRace(unittest.TestCase):
    def test_one_of_two_who_claim_a_name_at_once_gets_it(self):
        with Town() as town:
            first = town.node()
            second = town.node()
            for name in ("speedy", "gonzales", "coyote"):
                self.race(town, name, first, second)

    def race(self, town, name, *nodes):
        # With the time that rivals have in earnest (security.md 5).
        racers = [town.basic(f"{name}-{i}", nodes=[node.endpoint], extra=["--settle-ms", "5000"])
                  for i, node in enumerate(nodes)]
        passwords = [f"{PASSWORD} of racer {i}" for i in range(2)]
        for basic in racers:
            basic.call("status")
        requests = [basic.send("register", username=name, password=password)
                    for basic, password in zip(racers, passwords)]
        answers = [basic.wait_until("answer", lambda b=basic, r=request: b.answers.get(r),
                                    2 * DEADLINE)
                   for basic, request in zip(racers, requests)]
        won = [number for number, answer in enumerate(answers) if "result" in answer]
        self.assertEqual(len(won), 1, answers)
        loser = 1 - won[0]
        self.assertEqual(answers[loser]["error"]["data"]["kind"], "NameTaken")
        back = racers[loser].call("signOn", username=name, password=passwords[won[0]])
        self.assertEqual(back["fingerprint"], answers[won[0]]["result"]["fingerprint"])
        self.assertEqual(
            racers[won[0]].refused("signOn", username=name, password=passwords[loser]),
            "WrongPassword")


if __name__ == "__main__":
    unittest.main(verbosity=2)
