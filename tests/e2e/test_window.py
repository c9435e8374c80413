"""What people do with a mouse, and what others do to them, at a real window on an X server, beside
real processes. Ends with 77 (skipped), saying why, where there is no X server or no AT-SPI.
"""

import unittest

from desktop import DELETE, DOWN, Desktop, open_window, sign_on
from town import Town, befriend, run_stories

HOSTILE = {
    "\u202etxt.exe\u202c evil": "txt.exe evil",
    "zero\u200b\u2060 width\ufeff": "zero width",
    "<b>bold</b> <img src=x> &amp;": "<b>bold</b> <img src=x> &amp;",
    "\x1b[31mred\x1b[0m \x07bell": "[31mred[0m bell",
}
LONGEST = 16_384


class Window(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop()
        cls.addClassCleanup(cls.desktop.close)

    def at_home(self, town, **groups):
        """Lisa's window, signed on. Whom she lists was there before."""
        lisa, *others = town.people("lisa", *groups)
        befriend(lisa, *others)
        for name, group in groups.items():
            lisa.call("setGroups", username=name, groups=[group] if group else [])
        lisa.stop()
        self.window = open_window(town, "lisa")
        reader = self.desktop.reader()
        sign_on(reader, "lisa")
        for name in groups:
            reader.find("table cell", f"{name}, online")
        return reader, others

    def test_drags_a_buddy_to_another_group(self):
        with Town() as town:
            town.node()
            lisa, _ = self.at_home(town, bart="Family", milhouse="School")
            lisa.drag(lisa.find("table cell", "milhouse, online"),
                      onto=lisa.find("table cell", "bart, online"))
            lisa.find("table cell", "Family, 2 of 2 on line")
            self.assertNotIn("School", "".join(lisa.rows()))
            lisa.drag(lisa.find("table cell", "bart, online"),
                      onto=lisa.find("table cell", "Family, 2 of 2 on line"))
            self.assertIn("Family, 2 of 2 on line", lisa.rows(), "where he was already")
            self.desktop.picture("dragged")

    def test_takes_a_removal_back(self):
        with Town() as town:
            town.node()
            lisa, _ = self.at_home(town, milhouse=None)
            lisa.find("text", "Search buddies").get_component_iface().grab_focus()
            lisa.press(DOWN, DELETE)
            lisa.find("label", "milhouse was removed.")
            self.assertNotIn("milhouse", "".join(lisa.rows()))
            lisa.do("push button", "Undo", "press")
            lisa.find("table cell", "milhouse, online")

    def test_blocks_a_stranger_who_asks(self):
        with Town() as town:
            town.node()
            nelson = town.person("nelson")
            lisa, _ = self.at_home(town, milhouse=None)
            nelson.call("addBuddy", username="lisa")
            nelson.wait_for_presence("lisa", "online")
            lisa.do("push button", "Block nelson", "press")
            lisa.find("label", "nelson is blocked and sees you off line.")
            lisa.find("table cell", "Blocked, one person")
            nelson.wait_for_presence("lisa", "offline")
            self.assertNotIn("nelson wants", lisa.read_aloud())
            self.desktop.picture("blocked")

    def test_shows_hostile_text_harmless(self):
        with Town() as town:
            town.node()
            lisa, (milhouse,) = self.at_home(town, milhouse=None)
            milhouse.call("sendText", to="lisa", text="W" * LONGEST)
            for text in HOSTILE:
                milhouse.call("sendText", to="lisa", text=text)
            milhouse.call("setStatus", show="busy", text="\u202e<u>evil</u>")
            lisa.find("table cell", "milhouse, busy, <u>evil</u>")
            lisa.click(lisa.find("table cell", "milhouse"))
            for shown in HOSTILE.values():
                item = lisa.find("list item", shown)
                self.assertTrue(item.get_name().endswith(": " + shown), repr(item.get_name()))
            self.desktop.picture("hostile")

    def test_stays_in_the_tray(self):
        from tray import Panel
        panel = Panel()
        self.addCleanup(panel.close)
        with Town() as town:
            town.node()
            lisa, (milhouse,) = self.at_home(town, milhouse=None)
            panel.wait_for_icon()
            panel.wait_for_tip("Basic · lisa · online")
            panel.click()
            lisa.wait_until("hidden", lambda: not lisa.rows())
            milhouse.call("sendText", to="lisa", text="Are you there?")
            panel.wait_for_tip("1 unread")
            panel.click()
            lisa.find("table cell", "milhouse, online, 1 unread")


if __name__ == "__main__":
    run_stories(Desktop.why_not())
