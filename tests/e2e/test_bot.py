"""The bot of docs/rpc.md does what the page says."""

import pathlib
import subprocess
import sys
import time
import unittest

from town import BIN, DEADLINE, PASSWORD, QUICK, RpcError, Town

BOT = pathlib.Path(__file__).resolve().parents[2] / "examples" / "echo_bot.py"


class EchoBot(unittest.TestCase):
    def test_it_says_everything_back(self):
        with Town() as town:
            node = town.node()
            lisa, echo = town.people("lisa", "echo")
            self.assertEqual(echo.end_input(), 0)
            password = town.folder / "password"
            password.write_text(PASSWORD)
            bot = subprocess.Popen(
                [sys.executable, BOT, password, BIN / "basic", "--profile",
                 town.folder / "bot.profile", "--network", str(town.network), "--node",
                 node.endpoint, *QUICK])
            try:
                lisa.call("addBuddy", username="echo")
                lisa.wait_for_presence("echo", "online")
                self.send(lisa, "hello")
                lisa.wait_for("text", **{"from": "echo"}, text="You said: hello")
            finally:
                bot.terminate()
                bot.wait(DEADLINE)
            lisa.wait_for_presence("echo", "offline")

    def send(self, lisa, text):
        """Until the bot has put Lisa on its list it may refuse her texts, and nothing tells when."""
        end = time.monotonic() + DEADLINE
        while True:
            try:
                return lisa.call("sendText", to="echo", text=text)
            except RpcError as error:
                if error.kind != "Refused" or time.monotonic() > end:
                    raise
            time.sleep(0.05)


if __name__ == "__main__":
    unittest.main(verbosity=2)
