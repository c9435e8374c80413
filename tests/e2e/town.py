"""A town of real processes on loopback, as a small language for stories.

    with Town() as town:
        town.node()
        lisa = town.person("lisa")
        lisa.call("addBuddy", username="milhouse")
        lisa.wait_for("presence", username="milhouse", presence="online")

Every wait is a wait for an event, with a deadline. Processes are ended by their own pid. Each has a
home of its own below a folder that goes with the town.
"""

import contextlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

BIN = pathlib.Path(os.environ["OHIM_BIN"])
# Sanitizers make everything slower, the bounds of the issue included.
SLOWER = float(os.environ.get("OHIM_SLOWER", "1"))
DEADLINE = 30 * SLOWER
DAY = 24 * 3600

PASSWORD = "seven purple saxophones on the roof"
# What keeps squatters and guessers away takes seconds; most stories are not about that.
QUICK_RULES = ["--work-bits", "6"]
QUICK = QUICK_RULES + ["--password-cost", "8", "--settle-ms", "500"]


class RpcError(Exception):
    """An answer that is an error."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.kind = error["data"]["kind"]
        self.message = error["message"]


class Process:
    """A process whose output is read line by line, by a thread of its own."""

    def __init__(self, name, command, environment, log):
        self.name = name
        self.log = log
        self.changed = threading.Condition()
        self.ended = False
        with log.open("ab") as errors:
            self.popen = subprocess.Popen(
                [str(part) for part in command], env=environment, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=errors)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.popen.stdout:
            with self.changed:
                self.take(line.decode("utf-8"))
                self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def take(self, line):
        raise NotImplementedError

    def wait_until(self, what, found, deadline=DEADLINE):
        """What `found()` gives, as soon as it is not None."""
        end = time.monotonic() + deadline
        with self.changed:
            while True:
                result = found()
                if result is not None:
                    return result
                if self.ended:
                    raise AssertionError(f"{self.name} ended while waiting for {what}\n{self.words()}")
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(
                        f"{self.name}: no {what} within {deadline} s\n{self.words()}")
                self.changed.wait(left)

    def words(self):
        return self.log.read_text(errors="replace")[-3000:]

    def kill(self):
        """As a crash: nothing of it gets the chance to say goodbye."""
        self.popen.kill()
        self.popen.wait()
        self.reader.join(DEADLINE)

    def stop(self):
        """Politely; gives the exit status."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        return self.exit_status()

    def exit_status(self, deadline=DEADLINE):
        try:
            return self.popen.wait(deadline)
        finally:
            if self.popen.poll() is None:
                self.kill()

    def running(self):
        return self.popen.poll() is None

    def close(self):
        if self.running():
            self.kill()
        for pipe in (self.popen.stdin, self.popen.stdout):
            try:
                pipe.close()
            except OSError:
                pass


class Node(Process):
    """An openhashd. It tells its port in its first line, and its gateway's in the second."""

    def __init__(self, *args):
        self.endpoint = None
        self.gateway = None
        super().__init__(*args)

    def take(self, line):
        told = re.search(r"\b\d+\.\d+\.\d+\.\d+:\d+\b", line)
        if told and not self.endpoint:
            self.endpoint = told.group()
        url = re.search(r"https?://\S+:\d+", line)
        if url:
            self.gateway = url.group()

    def ready(self):
        return self.wait_until("endpoint", lambda: self.endpoint)


class Basic(Process):
    """A `basic rpc`, and the script that speaks with it."""

    def __init__(self, *args):
        self.answers = {}
        self.notifications = []
        self.strays = []  # answers to what had no id
        self.seen = 0  # notifications before this one were waited for
        self.last_id = 0
        super().__init__(*args)

    def take(self, line):
        message = json.loads(line)
        if isinstance(message, list):
            self.strays.append(message)
        elif "method" in message:
            self.notifications.append(message)
        elif message["id"] is None:
            self.strays.append(message)
        else:
            assert message["id"] not in self.answers, f"two answers to {message['id']}"
            self.answers[message["id"]] = message

    def write(self, data):
        self.popen.stdin.write(data)
        self.popen.stdin.flush()

    def send(self, method, **params):
        """Without waiting; gives the id to ask answer() with."""
        self.last_id += 1
        request = {"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params}
        self.write(json.dumps(request).encode() + b"\n")
        return self.last_id

    def answer(self, request, deadline=DEADLINE):
        message = self.wait_until(f"answer {request}", lambda: self.answers.get(request), deadline)
        if "error" in message:
            raise RpcError(message["error"])
        return message["result"]

    def call(self, method, deadline=DEADLINE, **params):
        return self.answer(self.send(method, **params), deadline)

    def stray(self, number=0):
        return self.wait_until(
            "stray answer", lambda: self.strays[number] if len(self.strays) > number else None)

    def refused(self, method, **params):
        """The kind of the error that this call must give."""
        try:
            result = self.call(method, **params)
        except RpcError as error:
            assert len(error.message) > 10 and " " in error.message, error.message
            return error.kind
        raise AssertionError(f"{method} was not refused: {result}")

    def wait_for(self, method, deadline=DEADLINE, **match):
        """The first notification like this that has not been waited for. Forgets those before."""

        def found():
            for number in range(self.seen, len(self.notifications)):
                message = self.notifications[number]
                params = message["params"]
                if message["method"] == method and all(params.get(k) == v for k, v in match.items()):
                    self.seen = number + 1
                    return params
            return None

        return self.wait_until(f"{method} {match}", found, deadline)

    def wait_for_presence(self, username, *presences, deadline=DEADLINE):
        """Until the buddy is shown as one of these: now, or by a notification."""

        def found():
            for message in reversed(self.notifications):
                if message["method"] == "presence" and message["params"]["username"] == username:
                    shown = message["params"]
                    return shown if shown["presence"] in presences else None
            return None

        buddies = {buddy["username"]: buddy for buddy in self.call("buddies")}
        if username in buddies and buddies[username]["presence"] in presences:
            return buddies[username]
        return self.wait_until(f"{username} {presences}", found, deadline)

    def texts(self, sender):
        return [message["params"]["text"] for message in list(self.notifications)
                if message["method"] == "text" and message["params"]["from"] == sender]

    def wait_for_texts(self, sender, count, deadline=DEADLINE):
        def found():
            texts = self.texts(sender)
            return texts if len(texts) >= count else None

        return self.wait_until(f"{count} texts of {sender}", found, deadline)

    def presence_log(self, username):
        return [message["params"]["presence"] for message in list(self.notifications)
                if message["method"] == "presence" and message["params"]["username"] == username]

    def end_input(self):
        """Gives the exit status."""
        self.popen.stdin.close()
        return self.exit_status()


class Town:
    def __init__(self, quick=True):
        self.quick = quick
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ohim-town-"))
        self.network = free_network()
        self.nodes = []
        self.processes = []
        self.starts = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        for process in self.processes:
            process.close()
        if kind is None:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            self.tell()

    def tell(self):
        """What the processes said, for whoever looks for the reason of a failure."""
        for log in sorted(self.folder.glob("*.log")):
            words = log.read_text(errors="replace")[-2000:]
            if words:
                print(f"--- {log.name}\n{words}")
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, home):
        folder = self.folder / home
        folder.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith("XDG_") and name != "HOME"}
        return {**kept, "HOME": str(folder), "LC_ALL": "C.UTF-8"}

    def start(self, kind, name, command, home):
        self.starts += 1
        log = self.folder / f"{self.starts:03}-{name}.log"
        log.touch()
        process = kind(name, command, self.environment(home), log)
        self.processes.append(process)
        return process

    def node(self, name=None, bootstrap=None, listen="127.0.0.1:0", extra=()):
        """A storage node with its own state; a second start with the same name finds it again."""
        name = name or f"node{len(self.nodes)}"
        command = [BIN / "openhashd", "--listen", listen, "--state", self.folder / f"{name}.state",
                   "--network", self.network]
        if bootstrap is None:
            bootstrap = [node.endpoint for node in self.nodes if node.running()]
        for endpoint in bootstrap:
            command += ["--bootstrap", endpoint]
        command += (QUICK_RULES if self.quick else []) + list(extra)
        node = self.start(Node, name, command, "nodes")
        node.ready()
        self.nodes.append(node)
        return node

    def gateway(self, name=None, port=0, extra=(), **options):
        """A storage node that is also a gateway; its `gateway` is the URL."""
        host = options.get("listen", "127.0.0.1:0").rpartition(":")[0]
        node = self.node(name, extra=["--gateway", f"{host}:{port}", *extra], **options)
        node.wait_until("gateway", lambda: node.gateway)
        return node

    def kept(self, home):
        """Which records the node of that home has on disk, of those that are to last for days."""
        journal = next((self.folder / home).rglob("journal.db"))
        # A copy, as a crash would leave it: the node lets nobody else in.
        with tempfile.TemporaryDirectory() as folder:
            for part in ("-wal", ""):  # the log first: what moves on in between is in both
                if (source := journal.with_name(journal.name + part)).exists():
                    shutil.copy(source, folder)
            copy = pathlib.Path(folder) / journal.name
            with contextlib.closing(sqlite3.connect(copy)) as rows:
                return set(rows.execute(
                    "SELECT key, id FROM records WHERE until > ?", [time.time() + DAY]))

    def forget(self, home, name):
        """Takes every record that bears this name from the disk of a node that has ended."""
        journal = next((self.folder / home).rglob("journal.db"))
        with contextlib.closing(sqlite3.connect(journal)) as rows, rows:
            rows.create_function("bears", 1, lambda record: name.encode() in record)
            rows.execute("DELETE FROM records WHERE bears(record)")

    def basic(self, name, nodes=None, profile=None, home="home", extra=()):
        """A `basic rpc`. Uses the town's nodes; nodes=[] leaves it to find or bring one."""
        if nodes is None:
            nodes = [node.endpoint for node in self.nodes if node.running()]
        command = [BIN / "basic", "rpc", "--network", self.network, "--log", "info", "--profile",
                   self.folder / f"{profile or name}.profile"]
        for endpoint in nodes:
            command += ["--node", endpoint]
        command += (QUICK if self.quick else []) + list(extra)
        return self.start(Basic, name, command, home)

    def person(self, name, **options):
        """A `basic rpc` whose user is registered and signed on."""
        basic = self.basic(name, **options)
        basic.call("register", deadline=2 * DEADLINE, username=name, password=PASSWORD)
        basic.call("signOn", username=name, password=PASSWORD)
        return basic

    def people(self, *names, **options):
        """Several of them, registered side by side."""
        basics = [self.basic(name, **options) for name in names]
        for method in ("register", "signOn"):
            requests = [basic.send(method, username=basic.name, password=PASSWORD)
                        for basic in basics]
            for basic, request in zip(basics, requests):
                basic.answer(request, deadline=2 * DEADLINE)
        return basics


def befriend(*people):
    """Everybody has everybody on the list, and sees them on line."""
    for one in people:
        for other in people:
            if one is not other:
                one.call("addBuddy", username=other.name)
    for one in people:
        for other in people:
            if one is not other:
                one.wait_for_presence(other.name, "online")


def free_network():
    """A network number whose local ports (embedded_node.h) nobody uses at the moment."""
    for _ in range(200):
        network = random.randrange(1, 1 << 31)
        first = 6824 + 16 * (network % 64)
        if all(is_free(first + offset) for offset in range(16)):
            return network
    raise AssertionError("no free range of ports")


def is_free(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def run_stories(missing=None):
    """Those of the file that was started. Ends with 77, saying why, where something is `missing`."""
    if missing:
        print(f"skipped: {missing}")
        sys.exit(77)
    unittest.main(module="__main__", verbosity=2)
