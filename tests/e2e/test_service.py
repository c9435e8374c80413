"""A node as a service: configured by a file, watched by a service manager, ended by signals."""

import os
import pathlib
import re
import signal
import socket
import tempfile
import time
import unittest

from town import BIN, DEADLINE, QUICK_RULES, Node, Town


class Manager:
    """What systemd is to a service of Type=notify."""

    def __init__(self, abstract=False):
        self.folder = tempfile.TemporaryDirectory(prefix="ohim-notify-")
        name = os.path.join(self.folder.name, "socket")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + name if abstract else name)
        self.socket.settimeout(DEADLINE)
        self.environment = {"NOTIFY_SOCKET": "@" + name if abstract else name}

    def heard(self):
        return self.socket.recv(4096).decode()

    def wait_for(self, state):
        while self.heard() != state:
            pass

    def close(self):
        self.socket.close()
        self.folder.cleanup()


class ServiceTown(Town):
    """A town whose nodes read a file and have a manager."""

    def __init__(self, manager=None, **environment):
        super().__init__()
        self.manager = manager
        self.more = environment

    def environment(self, home):
        told = self.manager.environment if self.manager else {}
        return {**super().environment(home), **told, **self.more}

    def configured(self, text):
        file = self.folder / "openhashd.conf"
        file.write_text(text, encoding="utf-8")
        return self.start(Node, "service", [BIN / "openhashd", "--config", file], "service")


class Service(unittest.TestCase):
    def test_the_manager_hears_of_start_life_and_end(self):
        for abstract in (False, True):
            manager = Manager(abstract)
            with ServiceTown(manager, WATCHDOG_USEC="200000") as town:
                node = town.node()
                self.assertEqual(manager.heard(), "WATCHDOG=1")
                self.assertEqual(manager.heard(), "READY=1")
                for _ in range(3):
                    self.assertEqual(manager.heard(), "WATCHDOG=1")
                self.assertEqual(node.stop(), 0)
                manager.wait_for("STOPPING=1")
            manager.close()

    def test_a_watchdog_of_somebody_else_is_not_ours(self):
        manager = Manager()
        with ServiceTown(manager, WATCHDOG_USEC="1000", WATCHDOG_PID="1") as town:
            self.assertEqual(town.node().stop(), 0)
            self.assertEqual([manager.heard(), manager.heard()], ["READY=1", "STOPPING=1"])
        manager.close()

    def test_every_signal_that_ends_it_ends_it_cleanly_and_soon(self):
        with Town() as town:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                node = town.node("same")
                begin = time.monotonic()
                node.popen.send_signal(number)
                self.assertEqual(node.exit_status(), 0)
                self.assertLess(time.monotonic() - begin, 10)

    def test_a_file_says_it_all(self):
        with ServiceTown() as town:
            node = town.configured(f"""# a node of this test
                listen = "127.0.0.1:0"
                state = {town.folder / "its state"}
                network = {town.network}
                log = warn   # little
                work-bits = {QUICK_RULES[1]}
                """)
            self.assertRegex(node.ready(), r"^127\.0\.0\.1:")
            self.assertTrue((town.folder / "its state" / "journal.db").exists())
            lisa = town.person("lisa", nodes=[node.endpoint])
            self.assertEqual(lisa.call("status")["store"], "connected")
            self.assertEqual(node.stop(), 0)

    def test_a_wrong_file_is_named_with_its_line(self):
        with ServiceTown() as town:
            node = town.configured("listen = 127.0.0.1:0\n\nbootsrap = 192.0.2.7:6824\n")
            self.assertEqual(node.exit_status(), 2)
            self.assertIn("openhashd.conf:3: there is no option 'bootsrap'", node.words())

    def test_the_file_of_the_package_is_one(self):
        file = pathlib.Path(__file__).parents[2] / "packaging" / "openhashd.conf"
        # What is set as an example counts as well.
        every = re.sub(r"^#(?=(?!certificate|key)\S+ = )", "", file.read_text(encoding="utf-8"), flags=re.M)
        with ServiceTown() as town:
            node = town.configured(every.replace("0.0.0.0:6824", "127.0.0.1:0").replace("0.0.0.0:8080", "127.0.0.1:0")
                                   .replace("node.example.org", "127.0.0.1"))
            node.ready()
            self.assertEqual(node.stop(), 0)


if __name__ == "__main__":
    unittest.main()
