"""What was said is there again after a restart, and what a crash cut off says so."""

import signal
import unittest

from town import PASSWORD, Town, befriend


def said(texts):
    return [(text["text"], text["outgoing"], text["state"]) for text in texts]


class History(unittest.TestCase):
    def test_a_restart_shows_earlier_texts(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            lisa.call("sendText", to="milhouse", text="Are you coming to the recital?")
            milhouse.call("sendText", to="lisa", text="What will you PLAY?")
            lisa.wait_for("text", text="What will you PLAY?")
            lisa.call("sendText", to="milhouse", text="The saxophone, of course")
            lisa.call("setAlias", username="milhouse", alias="Thrillho")
            lisa.call("setGroups", username="milhouse", groups=["school", "friends"])
            self.assertEqual(lisa.end_input(), 0)

            again = town.basic("lisa")
            self.assertEqual(again.refused("history", username="milhouse"), "NotSignedOn")
            back = again.call("signOn", username="lisa", password=PASSWORD)["buddies"][0]
            self.assertEqual((back["alias"], back["groups"]), ("Thrillho", ["school", "friends"]))
            everything = again.call("history", username="milhouse")
            self.assertEqual(said(everything), [
                ("Are you coming to the recital?", True, "delivered"),
                ("What will you PLAY?", False, "delivered"),
                ("The saxophone, of course", True, "delivered")])
            page = again.call("history", username="milhouse", before=everything[2]["number"], count=1)
            self.assertEqual(page, everything[1:2])
            for wrong in ({"count": "two"}, {"before": -1}, {"count": 1.5}):
                self.assertEqual(again.refused("history", username="milhouse", **wrong), "BadRequest")
            for wrong in ("school", ["a", 2], ["five", "of", "them", "are", "more"]):
                self.assertEqual(again.refused("setGroups", username="milhouse", groups=wrong),
                                 "BadRequest")
            self.assertEqual(again.call("search", words="play will"), everything[1:2])
            self.assertEqual(again.call("search", words="play", username="bart"), [])

    def test_a_crash_leaves_no_text_waiting_for_ever(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            lisa.call("sendText", to="milhouse", text="one")
            milhouse.popen.send_signal(signal.SIGSTOP)
            try:
                lisa.send("sendText", to="milhouse", text="two")
                while len(lisa.call("history", username="milhouse")) < 2:
                    pass
                self.assertEqual(said(lisa.call("history", username="milhouse", count=1)),
                                 [("two", True, "pending")])
                lisa.kill()
            finally:
                milhouse.popen.send_signal(signal.SIGCONT)
            again = town.basic("lisa")
            again.call("signOn", username="lisa", password=PASSWORD)
            self.assertEqual(said(again.call("history", username="milhouse")),
                             [("one", True, "delivered"), ("two", True, "failed")])


if __name__ == "__main__":
    unittest.main(verbosity=2)
