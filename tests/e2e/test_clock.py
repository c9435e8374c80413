"""Wall clocks that are set while a client runs, and a client that sleeps for longer than its lease.

The clocks are libfaketime's: one process alone is told another time of day. What counts the seconds
in it (CLOCK_MONOTONIC) runs on, as when a clock is set. It runs on for a process that is stopped,
too, and stands still in a laptop that sleeps: that half of the story is told in the simulator.
"""

import pathlib
import signal
import sys
import time
import unittest

from town import SLOWER, Town, befriend

HOUR = 3600
MINUTE = 60
LEASE = 95  # his last location has run out
RENEWED = 45  # and stood anew
TOLD = 75 * SLOWER  # the next renewal, and up to 20 s until it is known that nobody keeps it
FOUND = 30 * SLOWER  # by who has no link, after the clock is right
AWAKE = 10 * SLOWER


def libfaketime():
    return next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


class ClockTown(Town):
    """A town in which everybody has a wall clock of her own."""

    def start(self, kind, name, command, home):
        self.set_clock(name, 0)
        command = ["env", f"LD_PRELOAD={libfaketime()}", "FAKETIME_NO_CACHE=1",
                   "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_DISABLE_SHM=1",
                   f"FAKETIME_TIMESTAMP_FILE={self.clock_of(name)}", *command]
        return super().start(kind, name, command, home)

    def clock_of(self, name):
        return self.folder / f"{name}.clock"

    def set_clock(self, name, ahead):
        """So many seconds ahead of all others from now on. At once: half a file is no time."""
        new = self.clock_of(name).with_suffix(".new")
        new.write_text(f"{ahead:+d}\n")
        new.rename(self.clock_of(name))


class Clock(unittest.TestCase):
    def setUp(self):
        self.town = ClockTown()
        self.town.__enter__()
        self.addCleanup(lambda: self.town.__exit__(*sys.exc_info()))
        self.town.node()
        self.lisa, self.milhouse, self.bart = self.town.people("lisa", "milhouse", "bart")
        befriend(self.lisa, self.milhouse)
        befriend(self.lisa, self.bart)
        self.said = []

    def talk(self, text):
        """Both ways."""
        self.said.append(text)
        for buddy in (self.milhouse, self.bart):
            self.lisa.call("sendText", to=buddy.name, text=text)
            buddy.call("sendText", to="lisa", text=text)

    def nothing_was_seen_of_it(self):
        for buddy in (self.milhouse, self.bart):
            self.assertLessEqual(set(self.lisa.presence_log(buddy.name)), {"online"})
            self.assertLessEqual(set(buddy.presence_log("lisa")), {"online"})
        self.each_text_came_once()

    def each_text_came_once(self):
        for buddy in (self.milhouse, self.bart):
            self.assertEqual(buddy.wait_for_texts("lisa", len(self.said)), self.said)
            self.assertEqual(self.lisa.wait_for_texts(buddy.name, len(self.said)), self.said)

    def stranger_finds(self, *buddies):
        """Somebody who comes only now, and whom they do not list."""
        stranger = self.town.person("nelson")
        begin = time.monotonic()
        for buddy in buddies:
            stranger.call("addBuddy", username=buddy.name)
            left = FOUND - (time.monotonic() - begin)
            stranger.wait_for_presence(buddy.name, "online", deadline=left)
        print(f"found by a stranger after {time.monotonic() - begin:.1f} s")

    def test_hours_ahead_and_behind(self):
        begin = time.monotonic()
        self.town.set_clock("milhouse", 3 * HOUR)
        self.town.set_clock("bart", -HOUR)
        self.talk("what time is it?")
        for buddy, wrong in ((self.milhouse, "about 3 h ahead"),
                             (self.bart, "at least (58|59|60) min behind")):
            told = buddy.wait_for("warning", deadline=TOLD)["message"]
            print(f"{buddy.name} told after {time.monotonic() - begin:.1f} s: {told}")
            self.assertRegex(told, wrong)
        time.sleep(max(0, LEASE - (time.monotonic() - begin)))
        self.talk("you are late")
        self.town.set_clock("milhouse", 0)
        self.town.set_clock("bart", 0)
        self.stranger_finds(self.milhouse, self.bart)
        self.talk("now it is right")
        self.nothing_was_seen_of_it()
        for buddy in (self.milhouse, self.bart):
            warnings = [n for n in buddy.notifications if n["method"] == "warning"]
            self.assertEqual(len(warnings), 1, warnings)

    def test_five_minutes_ahead_and_behind(self):
        self.town.set_clock("milhouse", 5 * MINUTE)
        self.town.set_clock("bart", -5 * MINUTE)
        self.talk("what time is it?")
        time.sleep(LEASE)
        self.talk("you are late")
        self.stranger_finds(self.milhouse)
        self.town.set_clock("milhouse", 0)
        self.town.set_clock("bart", 0)
        self.talk("now it is right")
        time.sleep(RENEWED)
        self.talk("still")
        self.nothing_was_seen_of_it()

    def test_asleep_for_longer_than_the_lease(self):
        self.talk("good night")
        self.milhouse.popen.send_signal(signal.SIGSTOP)
        try:
            late = self.lisa.send("sendText", to="milhouse", text="are you awake?")
            self.lisa.wait_for("presence", username="milhouse", presence="offline")
            time.sleep(LEASE)
        finally:
            self.milhouse.popen.send_signal(signal.SIGCONT)
        begin = time.monotonic()
        self.lisa.wait_for("presence", username="milhouse", presence="online", deadline=AWAKE)
        left = AWAKE - (time.monotonic() - begin)
        self.milhouse.wait_for_presence("lisa", "online", deadline=left)
        print(f"all are right {time.monotonic() - begin:.1f} s after waking up")
        self.stranger_finds(self.milhouse)
        self.lisa.wait_until("its fate", lambda: self.lisa.answers.get(late))
        self.talk("good morning")
        self.milhouse.wait_for_texts("lisa", 3)
        self.assertEqual(sorted(self.milhouse.texts("lisa")),
                         ["are you awake?", "good morning", "good night"])
        self.assertEqual(self.lisa.texts("milhouse"), self.said)
        self.assertEqual(self.lisa.presence_log("milhouse").count("offline"), 1)
        self.assertNotIn("offline", self.milhouse.presence_log("lisa"))


if __name__ == "__main__":
    if libfaketime() is None:
        print("skipped: libfaketime is not installed (Debian's package faketime)")
        sys.exit(77)
    unittest.main(verbosity=2)
