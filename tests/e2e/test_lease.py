"""A watcher without a link: what she knows of Lisa stands in the store alone, and runs out with her lease.

Lisa's host answers nobody who dials it, so that no link ever comes up.
"""

import datetime
import sys
import time
import unittest

from lab import Lab, LabTown
from town import SLOWER, run_stories

LEASE = 90 + 5 * SLOWER  # a host that vanished, for who has no link to it
FOUND = 25 * SLOWER  # announced anew, pushed (9 s), and dialled in vain (5 s)


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Lease(unittest.TestCase):
    def setUp(self):
        self.town = LabTown()
        self.town.__enter__()
        self.addCleanup(lambda: self.town.__exit__(*sys.exc_info()))
        self.town.node()
        self.lisa, self.milhouse = self.town.people("lisa", "milhouse")
        self.town.lab.answer_nobody("lisa", "milhouse")

    def test_a_host_that_vanishes_is_shown_no_longer_than_its_lease(self):
        self.milhouse.call("addBuddy", username="lisa")
        self.known_by_lease_within(FOUND, "at first")

        self.town.lab.cut("lisa")
        begin = time.monotonic()
        promised = moment(self.why()["correctedBy"])
        self.milhouse.wait_for_presence("lisa", "offline", deadline=LEASE)
        self.assertLess(time.time(), promised + 1)  # told to the second
        self.assertIn(self.why()["cause"], ("lease-over", "absent"))  # whichever is noticed first
        print(f"off line for who has no link after {time.monotonic() - begin:.1f} s")
        self.assertEqual(self.milhouse.presence_log("lisa").count("offline"), 1)

        self.town.lab.plug("lisa")
        self.known_by_lease_within(FOUND, "after plugging in")

    def known_by_lease_within(self, bound, when):
        begin = time.monotonic()
        self.milhouse.wait_for_presence("lisa", "online", deadline=bound)
        print(f"on line {when} after {time.monotonic() - begin:.1f} s")
        why = self.why()
        self.assertEqual((why["knownBy"], why["cause"]), ("lease", "lease"))
        self.assertLessEqual(moment(why["correctedBy"]), time.time() + LEASE)

    def why(self):
        return self.milhouse.call("why", username="lisa")


if __name__ == "__main__":
    run_stories(Lab.why_not())
