"""A desktop of one's own: an X server without a screen, a session bus, and on it what screen readers
stand on. Desktop.why_not() says what is missing on this machine.
"""

import os
import pathlib
import select
import shutil
import subprocess
import tempfile

from town import BIN, DEADLINE, PASSWORD, QUICK, Process

SCREEN = "1280x900x24"
LAUNCHER = pathlib.Path("/usr/libexec/at-spi-bus-launcher")
PYTHON = "/usr/bin/python3"  # Debian's: another one may lack gi


def first_line(pipe):
    ready, _, _ = select.select([pipe], [], [], DEADLINE)
    return pipe.readline().strip() if ready else ""


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


__all__ = ["Desktop", "WindowProcess", "open_window", "PASSWORD"]
