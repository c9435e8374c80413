"""A headless Chromium, spoken to over a pair of pipes (the DevTools protocol)."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time

from town import DEADLINE, SLOWER

STARTS = 60 * SLOWER


class Browser:
    """One tab of a browser with a profile of its own."""

    @staticmethod
    def why_not():
        """Why there is none here, or None."""
        return None if shutil.which("chromium") else "chromium is not installed"

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="ohim-browser-",
                                                  ignore_cleanup_errors=True)
        commands, self.write_end = os.pipe()
        self.read_end, answers = os.pipe()
        # Chromium reads from descriptor 3 and writes to 4; first out of the way of those numbers.
        theirs = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (commands, answers)]
        command = ["bash", "-c", f'exec 3<&{theirs[0]} 4>&{theirs[1]}; exec "$0" "$@"',
                   "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                   "--disable-dev-shm-usage", "--disable-background-networking",
                   "--disable-component-update", "--hide-scrollbars", "--remote-debugging-pipe",
                   f"--user-data-dir={self.folder.name}", "about:blank"]
        self.popen = subprocess.Popen(command, pass_fds=theirs, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                      env={**os.environ, "HOME": self.folder.name})
        for end in (commands, answers, *theirs):
            os.close(end)
        self.changed = threading.Condition()
        self.answers, self.events, self.last, self.session = {}, [], 0, None
        threading.Thread(target=self._read, daemon=True).start()
        targets = self.call("Target.getTargets", STARTS)["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"],
                                 flatten=True)["sessionId"]
        for part in ("Page", "Network", "Runtime", "Log"):
            self.call(part + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.popen.kill()
        self.popen.wait()
        os.close(self.write_end)
        self.folder.cleanup()

    def _read(self):
        rest = b""
        with os.fdopen(self.read_end, "rb", buffering=0) as pipe:
            while piece := pipe.read(1 << 16):
                *messages, rest = (rest + piece).split(b"\0")
                with self.changed:
                    for message in map(json.loads, messages):
                        if "id" in message:
                            self.answers[message["id"]] = message
                        else:
                            self.events.append(message)
                    self.changed.notify_all()

    def call(self, method, deadline=DEADLINE, /, **params):
        self.last += 1
        request = {"id": self.last, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.write_end, json.dumps(request).encode() + b"\0")
        end = time.monotonic() + deadline
        with self.changed:
            while request["id"] not in self.answers:
                if not self.changed.wait(end - time.monotonic()):
                    raise AssertionError(f"no answer to {method} within {deadline} s")
            answer = self.answers.pop(request["id"])
        assert "error" not in answer, (method, answer)
        return answer["result"]

    def open(self, address, width=1200, height=900, dark=False):
        self.events.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Page.navigate", url=address)
        self.wait_until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def value(self, script):
        """What the JavaScript expression gives."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, (script, result)
        return result["result"].get("value")

    def wait_until(self, condition, deadline=DEADLINE):
        """Until the JavaScript expression is true."""
        end = time.monotonic() + deadline
        while not self.value(f"Boolean({condition})"):
            assert time.monotonic() < end, f"not within {deadline} s: {condition}"
            time.sleep(0.05)

    def requests(self):
        return [event["params"]["request"]["url"] for event in list(self.events)
                if event["method"] == "Network.requestWillBeSent"]

    def complaints(self):
        """What a developer would see in red: errors, and what the security policy kept out."""
        said = []
        for event in list(self.events):
            if event["method"] == "Runtime.exceptionThrown":
                said.append(event["params"]["exceptionDetails"])
            if event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] == "error":
                said.append(event["params"]["entry"]["text"])
        return said

    def screenshot(self, file):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        picture = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1})
        with open(file, "wb") as out:
            out.write(base64.b64decode(picture["data"]))
