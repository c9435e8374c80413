"""Two people whose networks let no datagram out: everything goes through gateways."""

import os
import unittest

from town import PASSWORD, Town, befriend


class OnlyThroughGateways(unittest.TestCase):
    def test_two_people_talk_with_no_udp_at_all(self):
        with Town() as town:
            gateways = [town.gateway(f"gateway{number}") for number in range(2)]
            urls = [node.gateway for node in gateways]
            lisa, milhouse = town.people("lisa", "milhouse", nodes=urls)
            befriend(lisa, milhouse)
            lisa.call("sendText", to="milhouse", text="over the web")
            milhouse.wait_for("text", text="over the web")
            for person in (lisa, milhouse):
                self.assertEqual(udp_sockets(person.popen.pid), 0)
            nodes = lisa.call("status")["nodes"]
            self.assertEqual({node["node"] for node in nodes}, set(urls))
            self.assertTrue(all(node["answering"] for node in nodes), nodes)
            gateways[urls.index(nodes[0]["node"])].kill()
            milhouse.call("signOff")
            lisa.wait_for_presence("milhouse", "offline")
            milhouse.call("signOn", username="milhouse", password=PASSWORD)
            lisa.wait_for_presence("milhouse", "online")
            self.assertEqual(lisa.call("status")["store"], "connected")


def udp_sockets(pid):
    """How many the process has open."""
    sockets = set()
    for descriptor in os.listdir(f"/proc/{pid}/fd"):
        try:
            sockets.add(os.readlink(f"/proc/{pid}/fd/{descriptor}"))
        except OSError:
            continue
    inodes = set()
    for table in ("udp", "udp6"):
        with open(f"/proc/{pid}/net/{table}") as rows:
            inodes |= {f"socket:[{row.split()[9]}]" for row in list(rows)[1:]}
    return len(sockets & inodes)


if __name__ == "__main__":
    unittest.main(verbosity=2)
