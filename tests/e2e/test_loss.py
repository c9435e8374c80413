"""An hour in which every host loses a tenth of what it gets: nobody is shown off line who is there.

OHIM_HOURS says how long, 1 if it is not set. Takes root, network namespaces and nftables.
"""

import os
import shutil
import time
import unittest

from lab import Lab, LabTown
from town import SLOWER, befriend, run_stories

HOURS = float(os.environ.get("OHIM_HOURS", "1"))
LOSS = 10  # percent
GONE = 10 * SLOWER


class Loss(unittest.TestCase):
    def test_nobody_is_shown_off_line_who_is_there(self):
        with LabTown() as town:
            town.node()
            people = town.people("lisa", "milhouse", "bart", "maggie", "nelson")
            befriend(*people)
            for host in ("node", *(one.name for one in people)):
                town.lab.lose(host, LOSS)
            pairs = [(one, other) for one in people for other in people if one is not other]
            shown = {pair: len(pair[0].presence_log(pair[1].name)) for pair in pairs}
            self.live(town, people)
            wrong = [(one.name, other.name, news) for one, other in pairs
                     for news in one.presence_log(other.name)[shown[one, other]:]
                     if news != "online"]
            print(f"{len(pairs)} watches for {HOURS} h at {LOSS} % loss: {len(wrong)} wrong states")
            self.assertEqual(wrong, [])
            people[-1].kill()
            town.lab.cut(people[-1].name)
            for one in people[:-1]:
                one.wait_for_presence(people[-1].name, "offline", deadline=GONE)

    def live(self, town, people):
        """A text a minute from each to the next; they are delivered, whatever is lost."""
        end = time.monotonic() + HOURS * 3600
        turn = 0
        while time.monotonic() < end:
            turn += 1
            for one, other in zip(people, (*people[1:], people[0])):
                one.call("sendText", to=other.name, text=f"{turn}")
            time.sleep(min(60, max(0, end - time.monotonic())))


if __name__ == "__main__":
    run_stories(Lab.why_not() or (None if shutil.which("nft") else "nftables is not installed"))
