"""Somebody who hears the window and does not see it: registers, adds a buddy, talks. All of it by
AT-SPI on a real bus, as a screen reader and its user do it. Ends with 77 (skipped), saying why, where
there is no X server or no AT-SPI.
"""

import unittest

from desktop import DOWN, RETURN, Desktop, PASSWORD, open_window
from town import Town, run_stories


class ScreenReader(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop()
        self.addCleanup(self.desktop.close)

    def hear_no_nameless(self, reader):
        self.assertEqual(reader.nameless(), [], reader.read_aloud())

    def test_registers_and_talks(self):
        with Town() as town:
            town.node()
            milhouse = town.person("milhouse")
            open_window(town, "lisa")
            lisa = self.desktop.reader()
            self.hear_no_nameless(lisa)
            lisa.do("push button", "I am new here", "press")
            lisa.type("text", "Username", "lisa")
            lisa.type("password text", "Password", PASSWORD)
            lisa.type("password text", "Password again", PASSWORD)
            self.hear_no_nameless(lisa)
            lisa.do("push button", "Register", "press")
            lisa.do("push button", "Continue", "press")
            lisa.do("push button", "Add a buddy", "press")
            lisa.type("text", "User name", "milhouse")
            lisa.do("push button", "Add", "press")
            milhouse.call("addBuddy", username="lisa")
            lisa.find("table cell", "milhouse, online")
            self.hear_no_nameless(lisa)
            self.talk(lisa, milhouse)

    def talk(self, lisa, milhouse):
        milhouse.call("sendText", to="lisa", text="Where are my glasses?")
        self.open(lisa)
        lisa.find("list item", "Where are my glasses?")
        lisa.type("text", "Text to milhouse", "On your nose.")
        lisa.do("push button", "Send", "press")
        milhouse.wait_for("text", text="On your nose.")
        lisa.find("list item", "On your nose.")
        self.hear_no_nameless(lisa)

    def open(self, lisa):
        """From the search down into the list, and Enter on the row that is read out."""
        lisa.find("text", "Search buddies").get_component_iface().grab_focus()
        lisa.press(DOWN, RETURN)


if __name__ == "__main__":
    run_stories(Desktop.why_not())
