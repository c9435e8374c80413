"""Two people at the terminal client, in a terminal of tmux: register, add, talk, leave."""

import shlex
import subprocess
import time
import unittest

from town import BIN, DEADLINE, PASSWORD, QUICK, Town

class Screen:
    """A terminal client in a window of tmux."""

    def __init__(self, town, name, width=80, height=24):
        # One of its own each time: a server that was told to end takes its socket with it, later.
        self.socket = town.folder / f"tmux-{name}-{len(town.processes)}"
        self.name = name
        command = [BIN / "basic", "--terminal", "--network", town.network, "--profile",
                   town.folder / f"{name}.profile", *QUICK]
        for node in town.nodes:
            command += ["--node", node.endpoint]
        words = " ".join(shlex.quote(str(word)) for word in command)
        self.environment = {**town.environment("home"), "TERM": "xterm-256color"}
        self.tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", width, "-y", height,
                  f"{words}; echo ended with $?; cat")

    def tmux(self, *arguments):
        done = subprocess.run(["tmux", "-S", self.socket, *map(str, arguments)], text=True,
                              env=self.environment, capture_output=True, timeout=DEADLINE)
        if done.returncode:
            raise AssertionError(f"tmux {arguments}: {done.stderr}")
        return done.stdout

    def type(self, text):
        self.tmux("send-keys", "-t", "t", "-l", text)

    def press(self, *keys):
        self.tmux("send-keys", "-t", "t", *keys)

    def enter(self, text):
        self.type(text)
        self.press("Enter")

    def look(self):
        return self.tmux("capture-pane", "-p", "-t", "t")

    def wait_for(self, *words, deadline=DEADLINE):
        """Until all these words are on the screen. tmux tells nobody what changes, so this looks."""
        end = time.monotonic() + deadline
        while True:
            seen = self.look()
            if all(word in seen for word in words):
                return seen
            if time.monotonic() > end:
                raise AssertionError(f"{self.name}: no {words} on the screen:\n{seen}")
            time.sleep(0.02)

    def register(self):
        self.wait_for("Sign on")
        self.press("F2")
        self.wait_for("Register a new name")
        self.enter(self.name)
        self.enter(PASSWORD)
        self.enter(PASSWORD)
        self.wait_for(f"{self.name} ● online", "›")

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], env=self.environment,
                       capture_output=True, timeout=DEADLINE)

class Terminal(unittest.TestCase):
    def screen(self, town, name, *size):
        screen = Screen(town, name, *size)
        town.processes.append(screen)  # closed before its socket goes with the town
        return screen

    def test_register_add_and_talk(self):
        with Town() as town:
            town.node()
            lisa = self.screen(town, "lisa")
            milhouse = self.screen(town, "milhouse", 40, 12)
            lisa.register()
            milhouse.register()
            lisa.enter("/add milhouse")
            lisa.wait_for("● milhouse", "milhouse ● online")
            milhouse.wait_for("✚ lisa", "/add lisa")
            milhouse.enter("/add lisa")
            milhouse.wait_for("● lisa")
            lisa.enter("Hello, Milhouse! 漢字 ✨")
            lisa.wait_for("Hello, Milhouse! 漢字 ✨ ✓")
            milhouse.wait_for("漢字 ✨")
            milhouse.enter("/status away at the lake")
            lisa.wait_for("◐ milhouse", "at the lake")
            milhouse.enter("/dance")
            milhouse.wait_for("There is no command /dance", "› /dance")
            milhouse.press("C-u")
            self.resize(lisa)
            milhouse.enter("/quit")
            milhouse.wait_for("ended with 0")
            lisa.wait_for("○ milhouse")
            lisa.enter("are you there?")
            lisa.wait_for("are you there? ✗", "/retry")
            lisa.press("C-c")
            lisa.wait_for("ended with 0")

    def test_what_was_on_the_screen_is_read_and_nothing_else(self):
        with Town() as town:
            town.node()
            lisa = self.screen(town, "lisa")
            lisa.register()
            senders = town.people("bart", "milhouse")
            for one in senders:
                one.call("addBuddy", username="lisa")
                lisa.wait_for(f"✚ {one.name}")
                lisa.enter(f"/add {one.name}")
                lisa.wait_for(f"● {one.name}")
                one.wait_for_presence("lisa", "online")
            for one in senders:  # Lisa has added Milhouse last, so she looks at him
                one.call("sendText", to="lisa", text=f"{one.name} was here")
            lisa.wait_for("milhouse was here")
            lisa.enter("/quit")
            lisa.wait_for("ended with 0")
            self.assertEqual(self.unread(town), {"bart": 1, "milhouse": 0})
            lisa.close()
            lisa = self.screen(town, "lisa")
            lisa.wait_for("Sign on")
            lisa.enter("lisa")
            lisa.enter(PASSWORD)
            lisa.wait_for("● bart", "● milhouse")
            while "bart was here" not in lisa.look():
                lisa.press("Tab")
                time.sleep(0.1)
            lisa.enter("/quit")
            lisa.wait_for("ended with 0")
            self.assertEqual(self.unread(town), {"bart": 0, "milhouse": 0})

    def unread(self, town):
        """As another face of Lisa's profile sees it."""
        face = town.basic("lisa")
        face.call("signOn", username="lisa", password=PASSWORD)
        for name in ("bart", "milhouse"):
            face.call("history", username=name)  # by then they are counted, too
        unread = {buddy["username"]: buddy["unread"] for buddy in face.call("buddies")}
        self.assertEqual(face.end_input(), 0)
        return unread

    def resize(self, screen):
        for width, height in ((40, 12), (120, 40), (80, 24)):
            screen.tmux("resize-window", "-t", "t", "-x", width, "-y", height)
            screen.wait_for("Basic  lisa", "─" * (width // 2), "F1 help")

    def test_a_text_with_escapes_cannot_draw(self):
        with Town() as town:
            town.node()
            lisa = self.screen(town, "lisa")
            lisa.register()
            bart = town.person("bart")
            bart.call("addBuddy", username="lisa")
            lisa.wait_for("✚ bart")
            lisa.enter("/add bart")
            lisa.wait_for("● bart")
            bart.wait_for_presence("lisa", "online")
            bart.call("sendText", to="lisa", text="\x1b[2J\x1b[1;1Howned \u202egnp.exe\x07 the end")
            seen = lisa.wait_for("the end")
            self.assertIn("Basic  lisa", seen)
            self.assertNotIn("\u202e", seen)

    def test_a_changed_key_is_compared_and_trusted(self):
        with Town() as town:
            node = town.node()
            milhouse = town.person("milhouse")
            lisa = self.screen(town, "lisa", 100, 24)
            lisa.register()
            milhouse.call("addBuddy", username="lisa")
            lisa.enter("/add milhouse")
            lisa.wait_for("● milhouse")

            # Nobody can take a name while somebody has it; so the table forgets him.
            milhouse.stop()
            node.stop()
            town.forget("node0.state", "milhouse")
            town.node("node0", bootstrap=[], listen=node.endpoint)
            nelson = town.basic("milhouse", profile="nelson")
            password = "nine other green moons " + PASSWORD
            nelson.call("register", deadline=2 * DEADLINE, username="milhouse", password=password)
            nelson.call("signOn", username="milhouse", password=password)
            nelson.call("addBuddy", username="lisa")
            lisa.wait_for("/trust milhouse", deadline=5 * DEADLINE)
            lisa.enter("/trust milhouse")
            seen = lisa.wait_for("Call her, and compare")
            number = nelson.call("safetyNumber", username="lisa")["safetyNumber"]
            for group in number.split():
                self.assertIn(group, seen)
            wrong = "11111" if number[-5:] != "11111" else "22222"
            lisa.enter(f"/trust milhouse {wrong}")
            lisa.wait_for("not the last five digits")
            lisa.enter(f"/trust milhouse {number[-5:]}")
            lisa.wait_for("You trust the new key of milhouse.", "● milhouse")
            lisa.enter("/trust milhouse")
            lisa.wait_for("is the one that you know")

    def test_a_megabyte_typed_at_once_is_refused_and_nothing_stands_still(self):
        with Town() as town:
            town.node()
            lisa = self.screen(town, "lisa")
            lisa.register()
            book = town.folder / "book"
            book.write_text("x" * (1 << 20))
            lisa.tmux("load-buffer", book)
            lisa.tmux("paste-buffer", "-t", "t")  # without the brackets that mark a paste
            lisa.wait_for("A text has at most 16 KiB.", "xxxxx")
            lisa.press("C-u")
            lisa.enter("/quit")
            lisa.wait_for("ended with 0")

    def test_a_wrong_password_keeps_what_was_typed(self):
        with Town() as town:
            town.node()
            person = town.person("lisa")
            person.end_input()
            lisa = self.screen(town, "lisa")
            lisa.wait_for("Sign on")
            lisa.enter("lisa")
            lisa.enter("not her password")
            lisa.wait_for("Sign on", "lisa___", "•••", "password")

if __name__ == "__main__":
    unittest.main(verbosity=2)
