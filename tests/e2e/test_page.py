"""The status page of a node, in a real browser.

With OHIM_PICTURES=FOLDER it saves what it looks at there.
"""

import os
import pathlib
import shutil
import subprocess
import unittest
import urllib.request

from browser import Browser
from test_doctor import Ward
from town import BIN, QUICK_RULES, run_stories

# The contrast of each text with the ground it stands on, by WCAG 2; the worst one first.
CONTRASTS = """
(() => {
  const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = numbers(getComputedStyle(e).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.getClientRects().length) continue;
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), texts.currentNode.data]);
  }
  return found.sort((a, b) => a[0] - b[0]);
})()
"""
TILES = ("neighbours", "records", "lookUp", "clients", "traffic", "cpu")
PICTURES = os.environ.get("OHIM_PICTURES")


class StatusPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()

    def open(self, node, **options):
        self.browser.open(f"http://{node.gateway}/", **options)
        self.browser.wait_until("document.getElementById('version').textContent !== ''")

    def say(self, identifier):
        return self.browser.value(f"document.getElementById('{identifier}').innerText")

    def test_it_says_how_the_node_is(self):
        with Ward() as ward:
            node = ward.two()
            self.open(node)
            self.browser.wait_until("document.getElementById('health').className === 'well'")
            self.assertIn("1 neighbour", self.say("sentence"))
            self.assertEqual(self.browser.complaints(), [])

    def test_it_is_live(self):
        with Ward() as ward:
            node = ward.two()
            self.open(node)
            records = "document.querySelector('#records b').textContent"
            self.assertEqual(self.browser.value(records), "0")
            note = ward.folder / "note"
            note.write_text("hello")
            subprocess.run([BIN / "openhash", "--network", str(ward.network), *QUICK_RULES, "--node",
                            node.endpoint, "put", "a note", "--file", note, "--key-file",
                            ward.folder / "key"], check=True, capture_output=True)
            self.browser.wait_until(records + " === '1'")
            # Two samples, ten seconds apart, make a line.
            for tile in TILES:
                if tile != "lookUp":
                    self.browser.wait_until(f"document.querySelector('#{tile} .curve')")
            node.kill()
            self.browser.wait_until("document.getElementById('sentence').textContent"
                                    ".startsWith('It has not answered this page')")

    def test_it_fits_and_can_be_read_everywhere(self):
        with Ward() as ward:
            node = ward.two()
            for width in (320, 360, 768, 1200):
                for dark in (False, True):
                    self.open(node, width=width, dark=dark)
                    self.browser.wait_until("document.querySelector('#records .curve')")
                    with self.subTest(width=width, dark=dark):
                        self.assertLessEqual(
                            self.browser.value("document.documentElement.scrollWidth"), width)
                        worst, text = self.browser.value(CONTRASTS)[0]
                        self.assertGreaterEqual(worst, 4.5, text)
                    if PICTURES:
                        look = "dark" if dark else "light"
                        self.browser.screenshot(pathlib.Path(PICTURES) / f"{width}-{look}.png")

    def test_it_needs_nobody_else_and_lets_nobody_in(self):
        with Ward() as ward:
            node = ward.two()
            self.open(node)
            home = f"http://{node.gateway}/"
            self.assertEqual([url for url in self.browser.requests() if not url.startswith(home)],
                             [])
            with urllib.request.urlopen(home) as answer:
                policy = answer.headers["content-security-policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            # The policy holds: nothing can be put in from outside.
            self.browser.value("document.body.append(Object.assign(document.createElement('script'),"
                               "{textContent: 'window.intruder = 1'}))")
            self.assertIsNone(self.browser.value("window.intruder"))

    def test_what_comes_from_elsewhere_is_text(self):
        with Ward() as ward:
            name = "<img src=x onerror=alert(1)>&amp;\"'"
            state = ward.folder / f"{name}.state"
            state.mkdir(mode=0o700)
            (state / "journal.db").write_bytes(b"!" * 5000)
            healthy = ward.patient("healthy")
            node = ward.patient(name, bootstrap=[healthy.endpoint])
            with urllib.request.urlopen(f"http://{node.gateway}/") as answer:
                self.assertIn(b"&lt;img src=x onerror=alert(1)&gt;&amp;amp;&quot;&#39;",
                              answer.read())
            self.open(node)
            self.assertIn(name, self.say("sentence"))
            self.assertEqual(self.browser.value("document.images.length"), 0)

    def test_without_a_script_it_still_tells(self):
        with Ward() as ward:
            node = ward.two()
            self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
            self.addCleanup(self.browser.call, "Emulation.setScriptExecutionDisabled", value=False)
            self.browser.open(f"http://{node.gateway}/")
            self.assertIn("It is well", self.say("sentence"))
            self.assertIn("Without scripts", self.browser.value("document.body.innerText"))


class Metrics(unittest.TestCase):
    def test_prometheus_understands_them(self):
        with Ward() as ward:
            node = ward.two()
            with urllib.request.urlopen(f"http://{node.gateway}/v1/status") as answer:
                answer.read()
            with urllib.request.urlopen(f"http://{node.gateway}/metrics") as answer:
                self.assertTrue(answer.headers["content-type"].startswith("text/plain; version=0.0.4"))
                text = answer.read().decode()
            self.assertIn("\nopenhash_neighbours 1\n", text)
            if shutil.which("promtool"):
                done = subprocess.run(["promtool", "check", "metrics"], input=text, text=True,
                                      capture_output=True, timeout=30)
                self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))


if __name__ == "__main__":
    run_stories(Browser.why_not())
