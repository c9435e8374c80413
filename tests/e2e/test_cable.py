"""Cables that are cut, pulled and plugged in again; a host that gets another address."""

import sys
import time
import unittest

from lab import Lab, LabTown
from town import PASSWORD, SLOWER, befriend, run_stories

GONE = 10 * SLOWER  # a host that vanished, for who has a link to it
CUT = 15 * SLOWER  # the own line, for oneself
AGREED = 10 * SLOWER  # after all are connected again
LEFT = 1 * SLOWER
CRASHED = 2 * SLOWER
# A listener takes ten connections a second of one address; nobody signs on as often.
PACE = 0.3
CAME = 1 * SLOWER  # after her sign-on has ended, for somebody who is on her list
# Found at a new address: noticed in 1 s, the link is dead 2.5 s later, then a dial.
MOVED = 4.5 * SLOWER


def wait_for_all(what, pairs, deadline):
    """Until each watcher shows each other one as `what`; gives the seconds it took."""
    begin = time.monotonic()
    for watcher, other in pairs:
        left = max(0.01, deadline - (time.monotonic() - begin))
        watcher.wait_for_presence(other.name, what, deadline=left)
    return time.monotonic() - begin


class Cable(unittest.TestCase):
    def setUp(self):
        self.town = LabTown()
        self.town.__enter__()
        self.addCleanup(lambda: self.town.__exit__(*sys.exc_info()))
        self.town.node()
        self.lisa, self.milhouse, self.bart = self.town.people("lisa", "milhouse", "bart")
        befriend(self.lisa, self.milhouse, self.bart)

    def test_a_line_that_loses_everything(self):
        self.milhouse_is_away(self.town.lab.cut)

    def test_a_cable_that_is_pulled(self):
        self.milhouse_is_away(self.town.lab.unplug)

    def milhouse_is_away(self, how):
        others = (self.lisa, self.bart)
        begin = time.monotonic()
        how("milhouse")
        held_back = self.lisa.send("sendText", to="milhouse", text="are you there?")
        seen = wait_for_all("offline", [(one, self.milhouse) for one in others], GONE)
        cut = wait_for_all("unknown", [(self.milhouse, one) for one in others],
                           CUT - (time.monotonic() - begin))
        self.assertEqual(self.milhouse.call("why", username="lisa")["cause"], "own-line-cut")
        self.assertIsNone(self.milhouse.call("why", username="lisa")["correctedBy"])
        self.town.lab.plug("milhouse")
        everybody = [(one, other) for one in (*others, self.milhouse)
                     for other in (*others, self.milhouse) if one is not other]
        agreed = wait_for_all("online", everybody, AGREED)
        print(f"off line for the others after {seen:.1f} s, unknown for himself {cut:.1f} s later, "
              f"all agree {agreed:.1f} s after plugging in")
        self.texts_come_once(held_back)

    def texts_come_once(self, held_back):
        """Also the one that was sent while nobody could hear it; or its sender knows that it did not."""
        self.lisa.call("sendText", to="milhouse", text="welcome back")
        self.milhouse.wait_for("text", text="welcome back")
        self.milhouse.call("sendText", to="bart", text="I am back")
        self.bart.wait_for("text", text="I am back")
        answer = self.lisa.wait_until("its fate", lambda: self.lisa.answers.get(held_back), 40)
        expected = ["welcome back"] + (["are you there?"] if "result" in answer else [])
        self.assertEqual(sorted(self.milhouse.texts("lisa")), sorted(expected))
        self.assertEqual(self.bart.texts("milhouse"), ["I am back"])

    def test_people_who_sign_off_and_clients_that_crash(self):
        seen = {"sign off": [], "crash": []}
        # The fourth crash of a link younger than 10 s is flapping, and damped.
        for how in [*["sign off"] * 20, *["crash"] * 3]:
            if how == "crash":
                self.milhouse.kill()
            else:
                self.milhouse.send("signOff")
            limit = LEFT if how == "sign off" else CRASHED
            seen[how].append(wait_for_all("offline", [(self.lisa, self.milhouse)], limit))
            if how == "crash":
                self.milhouse = self.town.basic("milhouse")
            self.milhouse.call("signOn", username="milhouse", password=PASSWORD)
            took = wait_for_all("online", [(self.lisa, self.milhouse)], CAME)
            seen.setdefault("sign on", []).append(took)
            time.sleep(PACE)
        for what, times in seen.items():
            print(f"{what}: {len(times)} times, seen within {max(times):.2f} s")

    def test_another_address(self):
        # A link is settled when it is 10 s old (docs/link.md); that Bart is gone takes about as long.
        # The next story has young ones.
        self.town.lab.cut("bart")
        wait_for_all("offline", [(self.lisa, self.bart), (self.milhouse, self.bart)], GONE)
        self.town.lab.plug("bart")
        wait_for_all("online", [(self.lisa, self.bart), (self.milhouse, self.bart)], AGREED)
        self.town.lab.renumber("milhouse")
        begin = time.monotonic()
        self.lisa.call("sendText", to="milhouse", text="where are you?")
        self.milhouse.wait_for("text", text="where are you?")
        print(f"found at the new address after {time.monotonic() - begin:.1f} s")
        self.milhouse.call("sendText", to="lisa", text="here")
        self.lisa.wait_for("text", text="here")
        others = (self.lisa, self.bart)
        wait_for_all("online", [(one, self.milhouse) for one in others]
                     + [(self.milhouse, one) for one in others], AGREED)
        self.assertEqual(self.milhouse.texts("lisa"), ["where are you?"])
        self.assertEqual(self.lisa.texts("milhouse"), ["here"])
        places = self.lisa.call("why", username="milhouse")["places"]
        self.assertEqual(len(places), 1, places)
        for one, other in ((self.lisa, self.milhouse), (self.milhouse, self.lisa)):
            self.assertNotIn("offline", one.presence_log(other.name))

    def test_addresses_that_change_at_once_after_linking(self):
        """By turns, so that either has opened the link that is dead, whoever has the smaller key."""
        took = []
        for turn in range(8):
            mover, other = (self.lisa, self.milhouse)[::(-1) ** turn]
            self.town.lab.renumber(mover.name)
            begin = time.monotonic()
            other.call("sendText", to=mover.name, text=f"turn {turn}", deadline=MOVED)
            mover.wait_for("text", text=f"turn {turn}")
            took.append(time.monotonic() - begin)
        print("found at the new address after", *(f"{seconds:.1f}" for seconds in took), "s")
        for one, other in ((self.lisa, self.milhouse), (self.milhouse, self.lisa)):
            self.assertNotIn("offline", one.presence_log(other.name))
            places = one.call("why", username=other.name)["places"]
            self.assertEqual(len(places), 1, places)
        self.assertEqual(self.lisa.texts("milhouse"), [f"turn {turn}" for turn in (0, 2, 4, 6)])
        self.assertEqual(self.milhouse.texts("lisa"), [f"turn {turn}" for turn in (1, 3, 5, 7)])


if __name__ == "__main__":
    run_stories(Lab.why_not())
