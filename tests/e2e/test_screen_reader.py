"""Somebody who hears the window and does not see it: registers, adds a buddy, talks. All of it by
AT-SPI on a real bus, as a screen reader and its user do it. Ends with 77 (skipped), saying why, where
there is no X server or no AT-SPI.
"""

import sys
import time
import unittest
import warnings

from desktop import Desktop, PASSWORD, open_window
from town import DEADLINE, Town

# What a person acts on, or reads; each needs a name.
NEED_A_NAME = {"push button", "check box", "text", "password text", "entry", "list", "list item",
               "tree", "tree item", "table cell", "combo box", "spin button", "menu item",
               "page tab", "progress bar"}

DOWN, RETURN = 0xff54, 0xff0d  # as X names keys


class Reader:
    """What a screen reader knows of one application."""

    def __init__(self, atspi, application):
        self.atspi = atspi
        self.application = application

    def walk(self, item=None):
        """All that is shown, from the outside in."""
        item = item or self.application
        yield item
        for index in range(item.get_child_count()):
            child = item.get_child_at_index(index)
            if child and (item is self.application or self.shows(child)):
                yield from self.walk(child)

    def shows(self, item):
        return item.get_state_set().contains(self.atspi.StateType.SHOWING)

    def find(self, role, name):
        """Once it is there: the one of that role with this very name, else the first with these words."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            alike = [item for item in self.walk()
                     if item.get_role_name() == role and name in (item.get_name() or "")]
            for item in alike:
                if item.get_name() == name:
                    return item
            if alike:
                return alike[0]
            time.sleep(0.1)  # what is not there yet tells nobody when it comes
        raise AssertionError(f"no {role} named {name}; there are:\n{self.read_aloud()}")

    def read_aloud(self):
        return "\n".join(f"  {item.get_role_name()}: {item.get_name()}" for item in self.walk())

    def type(self, role, name, words):
        field = self.find(role, name)
        assert field.get_editable_text_iface(), f"{name} cannot be written into"
        field.get_editable_text_iface().set_text_contents(words)

    def do(self, role, name, wanted):
        """What the control offers to do: press it, toggle it, ..."""
        item = self.find(role, name)
        actions = item.get_action_iface()
        names = [actions.get_action_name(number).lower()
                 for number in range(actions.get_n_actions())]
        assert wanted in names, f"{name} offers {names}"
        actions.do_action(names.index(wanted))

    def nameless(self):
        return [f"{item.get_role_name()} in {(item.get_parent().get_name() or '?')}"
                for item in self.walk()
                if item.get_role_name() in NEED_A_NAME and not item.get_name()]


class ScreenReader(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop()
        self.addCleanup(self.desktop.close)
        import gi  # only now: it looks for its bus when it is loaded
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        self.atspi = Atspi
        Atspi.init()
        warnings.simplefilter("ignore")  # its older names are those that every version has

    def reader(self):
        desktop = self.atspi.get_desktop(0)
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            for index in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(index)
                if child and child.get_name() in ("basic", "Basic") and child.get_child_count():
                    return Reader(self.atspi, child)
            time.sleep(0.1)
        raise AssertionError("the window is not on the bus")

    def hear_no_nameless(self, reader):
        self.assertEqual(reader.nameless(), [], reader.read_aloud())

    def test_registers_and_talks(self):
        with Town() as town:
            town.node()
            milhouse = town.person("milhouse")
            open_window(town, "lisa")
            lisa = self.reader()
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
        for key in (DOWN, RETURN):
            self.atspi.generate_keyboard_event(key, None, self.atspi.KeySynthType.SYM)
            time.sleep(0.2)  # as hands do


if __name__ == "__main__":
    missing = Desktop.why_not()
    if missing:
        print("skipped:", missing)
        sys.exit(77)
    unittest.main(verbosity=2)
