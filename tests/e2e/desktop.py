"""A desktop of one's own: an X server without a screen, a session bus, and on it what screen readers
stand on. Desktop.why_not() says what is missing on this machine. There can be one in a process.
"""

import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time
import warnings

from town import BIN, DEADLINE, PASSWORD, QUICK, Process

SCREEN = "1280x900x24"
LAUNCHER = pathlib.Path("/usr/libexec/at-spi-bus-launcher")
PYTHON = "/usr/bin/python3"  # Debian's: another one may lack gi


def first_line(pipe):
    ready, _, _ = select.select([pipe], [], [], DEADLINE)
    return pipe.readline().strip() if ready else ""


# What a person acts on, or reads; each needs a name.
NEED_A_NAME = {"push button", "check box", "text", "password text", "entry", "list", "list item",
               "tree", "tree item", "table cell", "combo box", "spin button", "menu item",
               "page tab", "progress bar"}

DOWN, RETURN, DELETE = 0xff54, 0xff0d, 0xffff  # as X names keys


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

    def find(self, role, name, deadline=DEADLINE):
        """Once it is there: the one of that role with this very name, else the first with these words."""
        end = time.monotonic() + deadline
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

    def press(self, *keys):
        for key in keys:
            self.atspi.generate_keyboard_event(key, None, self.atspi.KeySynthType.SYM)
            time.sleep(0.2)  # as hands do

    def click(self, item):
        self.mouse(*self.middle(item), "b1c")

    def drag(self, item, onto):
        """With the mouse, from the middle of one to the middle of the other."""
        (x, y), (to_x, to_y) = self.middle(item), self.middle(onto)
        self.mouse(x, y, "abs")
        self.mouse(x, y, "b1p")
        steps = 8
        for step in range(1, steps + 1):
            self.mouse(x + (to_x - x) * step // steps, y + (to_y - y) * step // steps, "abs")
        time.sleep(0.5)  # both sides of a drag talk with each other first
        self.mouse(to_x, to_y, "b1r")

    def middle(self, item):
        box = item.get_component_iface().get_extents(self.atspi.CoordType.SCREEN)
        return box.x + box.width // 2, box.y + box.height // 2

    def mouse(self, x, y, what):
        self.atspi.generate_mouse_event(x, y, what)
        time.sleep(0.05)

    def rows(self):
        return [item.get_name() for item in self.walk() if item.get_role_name() == "table cell"]

    def wait_until(self, what, holds):
        end = time.monotonic() + DEADLINE
        while not holds():
            assert time.monotonic() < end, f"never {what}; there are:\n{self.read_aloud()}"
            time.sleep(0.1)

    def nameless(self):
        return [f"{item.get_role_name()} in {(item.get_parent().get_name() or '?')}"
                for item in self.walk()
                if item.get_role_name() in NEED_A_NAME and not item.get_name()]


class Desktop:
    def __init__(self):
        self.children = []
        self.folder = tempfile.TemporaryDirectory(prefix="ohim-desktop-")
        read, write = os.pipe()
        self.begin(["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"],
                   pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as display:
            os.environ["DISPLAY"] = ":" + first_line(display)
        bus = self.begin(["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                         stdout=subprocess.PIPE, text=True)
        os.environ.update({
            "DBUS_SESSION_BUS_ADDRESS": first_line(bus.stdout), "QT_QPA_PLATFORM": "xcb",
            "XDG_RUNTIME_DIR": self.folder.name, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"})
        os.environ.pop("WAYLAND_DISPLAY", None)
        self.begin([LAUNCHER, "--launch-immediately"])
        import gi  # only now: it looks for its bus when it is loaded
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        self.atspi = Atspi
        Atspi.init()
        warnings.simplefilter("ignore")  # its older names are those that every version has

    def reader(self):
        """Of the one window that is there."""
        desktop = self.atspi.get_desktop(0)
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            for index in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(index)
                if child and child.get_name() in ("basic", "Basic") and child.get_child_count():
                    return Reader(self.atspi, child)
            time.sleep(0.1)
        raise AssertionError("the window is not on the bus")

    def picture(self, name):
        """For whoever wants to see it: OHIM_PICTURES names a folder, and needs ImageMagick."""
        if folder := os.environ.get("OHIM_PICTURES"):
            self.begin(["import", "-window", "root", f"{folder}/{name}.png"]).wait(DEADLINE)

    @staticmethod
    def why_not():
        """Why there can be no such desktop here, or None."""
        if not (BIN / "basic-window").exists():
            return "built without the window"
        for program in ("Xvfb", "dbus-daemon", LAUNCHER):
            if not shutil.which(program):
                return f"{program} is not installed (xvfb, dbus-daemon, at-spi2-core)"
        asked = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
        if subprocess.run([PYTHON, "-c", asked], capture_output=True, timeout=60).returncode:
            return "Python knows no Atspi (python3-gi, gir1.2-atspi-2.0)"
        return None

    def begin(self, command, **options):
        child = subprocess.Popen([str(word) for word in command], stderr=subprocess.DEVNULL,
                                 **options)
        self.children.append(child)
        return child

    def close(self):
        for child in reversed(self.children):
            child.terminate()
            child.wait(DEADLINE)
        self.folder.cleanup()


class WindowProcess(Process):
    """A `basic-window`. It says nothing; what it shows is asked of the desktop."""

    def take(self, line):
        pass


def open_window(town, name):
    command = [BIN / "basic-window", "--network", town.network, "--profile",
               town.folder / f"{name}.profile", *QUICK]
    for node in town.nodes:
        command += ["--node", node.endpoint]
    return town.start(WindowProcess, name, command, name)


def sign_on(reader, name, password=PASSWORD):
    reader.type("text", "Username", name)
    reader.type("password text", "Password", password)
    reader.do("push button", "Sign on", "press")


__all__ = ["DELETE", "DOWN", "RETURN", "Desktop", "Reader", "WindowProcess", "open_window",
           "sign_on", "PASSWORD"]
