"""A client that is stopped and goes on, as a laptop that sleeps: SIGSTOP and SIGCONT."""

import signal
import time
import unittest

from town import SLOWER, Town, befriend

BOUND = 10 * SLOWER


class Freeze(unittest.TestCase):
    def test_who_is_stopped_is_off_line_and_comes_back(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            lisa.call("sendText", to="milhouse", text="one")
            milhouse.wait_for("text", text="one")
            milhouse.popen.send_signal(signal.SIGSTOP)
            try:
                two = lisa.send("sendText", to="milhouse", text="two")
                self.seen(lisa, "offline")
            finally:
                milhouse.popen.send_signal(signal.SIGCONT)
            self.seen(lisa, "online")
            lisa.call("sendText", to="milhouse", text="three")
            milhouse.wait_for("text", text="three")
            lisa.answer(two)
            self.assertEqual(sorted(milhouse.texts("lisa")), ["one", "three", "two"])
            milhouse.wait_for_presence("lisa", "online", deadline=BOUND)
            milhouse.call("sendText", to="lisa", text="I slept")
            lisa.wait_for("text", text="I slept")
            self.assertEqual(lisa.presence_log("milhouse").count("offline"), 1)

    def seen(self, lisa, presence):
        begin = time.monotonic()
        lisa.wait_for("presence", username="milhouse", presence=presence, deadline=BOUND)
        print(f"seen {presence} after {time.monotonic() - begin:.2f} s")


if __name__ == "__main__":
    unittest.main(verbosity=2)
