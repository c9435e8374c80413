"""Whatever is wrong has its own kind of error and a sentence that helps, and nothing is lost."""

import json
import subprocess
import threading
import unittest

from town import BIN, DEADLINE, PASSWORD, Town, befriend


class Errors(unittest.TestCase):
    def test_each_has_its_kind(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            new = town.basic("new")
            register = lambda name, password: new.refused(
                "register", username=name, password=password)
            self.assertEqual(register("lisa", "somebody else's long password"), "NameTaken")
            self.assertEqual(register("Lisa", "somebody else's long password"), "NameTaken")
            for bad in ("", "ab", "9lives", "with space", "x" * 33, "dröhn", "a/b", "a\0b"):
                self.assertEqual(register(bad, PASSWORD), "NameInvalid", bad)
            for weak in ("", "secret", "password123", "nelson99"):
                self.assertEqual(register("nelson", weak), "WeakPassword", weak)
            sign_on = lambda name, password: new.refused(
                "signOn", username=name, password=password)
            self.assertEqual(sign_on("lisa", "not her password at all"), "WrongPassword")
            self.assertEqual(sign_on("nobody", PASSWORD), "NoSuchUser")
            self.assertEqual(sign_on("no body", PASSWORD), "NameInvalid")
            self.not_signed_on(new)
            self.assertEqual(lisa.refused("addBuddy", username="nobody"), "NoSuchUser")
            self.assertEqual(lisa.refused("addBuddy", username="?"), "NameInvalid")
            self.assertEqual(lisa.refused("sendText", to="milhouse", text="hi"), "NotABuddy")
            self.assertEqual(lisa.refused("removeBuddy", username="milhouse"), "NotABuddy")
            self.assertEqual(lisa.refused("signOn", username="lisa", password=PASSWORD), "Refused")
            befriend(lisa, milhouse)
            self.assertEqual(lisa.refused("sendText", to="milhouse", text="x" * 16385),
                             "BadRequest")
            self.assertEqual(lisa.refused("setStatus", show="sleepy"), "BadRequest")
            self.assertEqual(lisa.refused("setStatus", show="away", text="x" * 65), "BadRequest")
            milhouse.call("signOff")
            lisa.wait_for_presence("milhouse", "offline")
            self.assertEqual(lisa.refused("sendText", to="milhouse", text="hi"), "Unreachable")
            # After all this both still work.
            milhouse.call("signOn", username="milhouse", password=PASSWORD)
            lisa.wait_for_presence("milhouse", "online")
            lisa.call("sendText", to="milhouse", text="x" * 16384)

    def not_signed_on(self, basic):
        self.assertEqual(basic.refused("signOff"), "NotSignedOn")
        self.assertEqual(basic.refused("buddies"), "NotSignedOn")
        self.assertEqual(basic.refused("addBuddy", username="lisa"), "NotSignedOn")
        self.assertEqual(basic.refused("removeBuddy", username="lisa"), "NotSignedOn")
        self.assertEqual(basic.refused("sendText", to="lisa", text="hi"), "NotSignedOn")
        self.assertEqual(basic.refused("setStatus", show="away"), "NotSignedOn")
        self.assertFalse(basic.call("status")["signedOn"])

    def test_no_store_is_said_and_loses_nothing(self):
        with Town() as town:
            node = town.node("only")
            endpoint = node.endpoint
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            node.kill()
            new = town.basic("new", nodes=[endpoint])
            self.assertEqual(new.refused("signOn", username="lisa", password=PASSWORD),
                             "StoreUnavailable")
            self.assertEqual(new.refused("register", username="new", password=PASSWORD),
                             "StoreUnavailable")
            # Talking needs no store.
            lisa.call("sendText", to="milhouse", text="the store is gone")
            milhouse.wait_for("text", text="the store is gone")
            town.node("only", listen=endpoint)
            new.call("register", username="new", password=PASSWORD)
            lisa.call("addBuddy", username="new")
            self.assertEqual(len(lisa.call("buddies")), 2)


class Input(unittest.TestCase):
    """What is not a request is answered as such, and what follows it is served."""

    def test_garbage(self):
        garbage = [b"garbage", b"{", b"\xff\xfe\x00", b'"text"', b"17", b"null", b"[]", b"{}",
                   b"[" * 100000, b'{"jsonrpc":"1.0","id":null,"method":"status"}',
                   b'{"jsonrpc":"2.0","id":{},"method":"status"}',
                   b'{"jsonrpc":"2.0","id":null,"method":7}',
                   b"x" * (2 << 20), b'"\xc3\x28"', b'{"jsonrpc":"2.0","id":null,"method":"dance"}']
        with Town() as town:
            basic = town.basic("basic", nodes=["127.0.0.1:1"])
            for number, line in enumerate(garbage):
                basic.write(line + b"\n")
                answer = basic.stray(number)
                self.assertEqual(answer["error"]["data"]["kind"], "BadRequest", line[:40])
            basic.write(b"\n   \n\r\n")  # empty lines ask for nothing
            self.assertFalse(basic.call("status")["signedOn"])
            self.assertEqual(basic.end_input(), 0)

    def test_wrong_parameters(self):
        with Town() as town:
            basic = town.basic("basic", nodes=["127.0.0.1:1"])
            self.assertEqual(basic.refused("dance"), "BadRequest")
            self.assertEqual(basic.refused("signOn"), "BadRequest")
            self.assertEqual(basic.refused("signOn", username="lisa"), "BadRequest")
            self.assertEqual(basic.refused("signOn", username=1, password=[]), "BadRequest")
            self.assertEqual(basic.refused("sendText", to="a", text="b", when="now"), "BadRequest")
            self.assertEqual(basic.refused("signOff", now="yes"), "BadRequest")

    def test_a_batch_is_answered_as_one(self):
        with Town() as town:
            basic = town.basic("basic", nodes=["127.0.0.1:1"])
            basic.write(json.dumps([
                {"jsonrpc": "2.0", "id": "a", "method": "status"},
                {"jsonrpc": "2.0", "method": "status"},
                17,
                {"jsonrpc": "2.0", "id": "b", "method": "buddies"}]).encode() + b"\n")
            answers = {answer["id"]: answer for answer in basic.stray()}
            self.assertEqual(set(answers), {"a", "b", None})
            self.assertFalse(answers["a"]["result"]["signedOn"])
            self.assertEqual(answers["b"]["error"]["data"]["kind"], "NotSignedOn")

    def test_positions_do_for_names(self):
        with Town() as town:
            town.node()
            basic = town.basic("lisa")
            basic.write(b'{"jsonrpc":"2.0","id":77,"method":"register","params":["Lisa","%s"]}\n'
                        % PASSWORD.encode())
            self.assertEqual(basic.answer(77)["username"], "lisa")

    def test_a_script_may_write_all_its_lines_at_once(self):
        with Town() as town:
            node = town.node()
            lines = "".join(json.dumps(
                {"jsonrpc": "2.0", "id": number, "method": method, "params": params}) + "\n"
                for number, (method, params) in enumerate([
                    ("register", {"username": "lisa", "password": PASSWORD}),
                    ("signOn", {"username": "lisa", "password": PASSWORD}),
                    ("buddies", {}),
                    ("shutdown", {})]))
            command = [BIN / "basic", "rpc", "--node", node.endpoint, "--network",
                       str(town.network), "--profile", town.folder / "p", "--work-bits", "6",
                       "--password-cost", "8", "--settle-ms", "500"]
            done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, timeout=60)
            self.assertEqual(done.returncode, 0)
            answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
            self.assertEqual(set(answers), {0, 1, 2, 3})
            self.assertEqual(answers[2]["result"], [])

    def test_a_reader_that_goes_away_ends_it(self):
        with Town() as town:
            command = [BIN / "basic", "rpc", "--node", "127.0.0.1:1", "--profile", town.folder / "p"]
            status = b'{"jsonrpc":"2.0","id":1,"method":"status"}\n'
            basic = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            with basic:
                basic.stdin.write(status)
                basic.stdin.flush()
                self.assertIn(b"signedOn", basic.stdout.readline())
                basic.stdout.close()
                basic.stdin.write(status)
                basic.stdin.flush()
                self.assertEqual(basic.wait(DEADLINE), 0)

    def test_a_reader_that_is_slow_gets_everything(self):
        with Town() as town:
            command = [BIN / "basic", "rpc", "--node", "127.0.0.1:1", "--profile", town.folder / "p"]
            count = 20000
            lines = b"".join(b'{"jsonrpc":"2.0","id":%d,"method":"status"}\n' % number
                             for number in range(count))
            basic = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            with basic:
                # Far more than the pipes hold; nobody reads until all is written.
                writer = threading.Thread(target=lambda: (basic.stdin.write(lines),
                                                          basic.stdin.close()))
                writer.start()
                writer.join(2)
                ids = [json.loads(line)["id"] for line in basic.stdout]
                writer.join()
                self.assertEqual(ids, list(range(count)))
                self.assertEqual(basic.wait(DEADLINE), 0)

    def test_a_signal_is_a_clean_end(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            self.assertEqual(milhouse.stop(), 0)
            lisa.wait_for_presence("milhouse", "offline")


class CommandLine(unittest.TestCase):
    def basic(self, *arguments):
        return subprocess.run([BIN / "basic", *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=30)

    def test_what_is_wrong_is_told_in_a_sentence(self):
        for wrong in (["--nodes"], ["--node", "nowhere"], ["--node", "a:99999"],
                      ["--network", "many"], ["--log", "loud"], ["dance"]):
            done = self.basic(*wrong)
            self.assertEqual(done.returncode, 2, wrong)
            self.assertIn("basic --help", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_help_lists_the_contract(self):
        help_text = self.basic("rpc", "--help").stdout
        for word in ("register", "signOn", "sendText", "shutdown", "presence", "request",
                     "StoreUnavailable", "BadRequest"):
            self.assertIn(word, help_text)
        for option in ("--profile", "--node", "--network", "--log"):
            self.assertIn(option, self.basic("--help").stdout)

    def test_without_a_terminal_it_says_what_to_use(self):
        done = self.basic()
        self.assertEqual(done.returncode, 1)
        self.assertIn("basic rpc", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
