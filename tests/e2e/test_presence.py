"""Presence as people know it: why, tell me when, last seen, block, PIDF."""

import datetime
import unittest
import xml.etree.ElementTree as xml

from town import DEADLINE, PASSWORD, SLOWER, Town, befriend

PIDF = "{urn:ietf:params:xml:ns:pidf}"
RPID = "{urn:ietf:params:xml:ns:pidf:rpid}"


def when(iso):
    return datetime.datetime.strptime(iso, "%Y-%m-%dT%H:%M:%SZ")


class Presence(unittest.TestCase):
    def test_why_says_how_it_is_known_and_until_when(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            linked = lisa.call("why", username="Milhouse")
            self.assertEqual(
                {key: linked[key] for key in ("username", "presence", "knownBy", "cause")},
                {"username": "milhouse", "presence": "online", "knownBy": "link", "cause": "link"})
            promise = when(linked["correctedBy"]) - datetime.datetime.utcnow()
            self.assertLess(promise.total_seconds(), 12)
            self.assertEqual([place["knownBy"] for place in linked["places"]], ["link"])
            milhouse.call("signOff")
            lisa.wait_for_presence("milhouse", "offline")
            gone = lisa.call("why", username="milhouse")
            self.assertEqual((gone["cause"], gone["places"]), ("goodbye", []))
            self.assertIn("goodbye", gone["words"])
            self.assertEqual(lisa.refused("why", username="nelson"), "NotABuddy")
            self.assertEqual(lisa.refused("why", username="N!"), "NameInvalid")
            self.assertEqual(milhouse.refused("why", username="lisa"), "NotSignedOn")

    def test_who_asked_is_told_once_also_after_a_new_start(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            milhouse.call("signOff")
            seen = lisa.wait_for_presence("milhouse", "offline")["lastSeen"]
            age = datetime.datetime.utcnow() - when(seen)
            self.assertLess(abs(age.total_seconds()), 5 * SLOWER)
            lisa.call("notifyWhenOnline", username="milhouse", on=True)
            self.assertEqual(lisa.end_input(), 0)

            lisa = town.basic("lisa")
            back = lisa.call("signOn", username="lisa", password=PASSWORD)["buddies"][0]
            self.assertTrue(back["notifyWhenOnline"])
            self.assertEqual(back["lastSeen"], seen)
            for _ in range(2):
                milhouse.call("signOn", username="milhouse", password=PASSWORD)
                lisa.wait_for_presence("milhouse", "online")
                milhouse.call("signOff")
                lisa.wait_for_presence("milhouse", "offline")
            told = [message["params"] for message in list(lisa.notifications)
                    if message["method"] == "cameOnline"]
            self.assertEqual(told, [{"username": "milhouse"}])
            self.assertFalse(lisa.call("buddies")[0]["notifyWhenOnline"])
            self.assertEqual(lisa.refused("notifyWhenOnline", username="milhouse", on="yes"),
                             "BadRequest")

    def test_the_blocked_see_nothing_and_say_nothing(self):
        with Town() as town:
            town.node()
            lisa, nelson = town.people("lisa", "nelson")
            befriend(lisa, nelson)
            lisa.call("block", username="nelson")
            nelson.wait_for("presence", username="lisa", presence="offline", deadline=10 * SLOWER)
            self.assertEqual(lisa.call("buddies"), [])
            self.assertEqual(lisa.call("blocked"), ["nelson"])
            self.assertEqual(lisa.refused("addBuddy", username="nelson"), "Refused")
            self.assertEqual(nelson.refused("sendText", to="lisa", text="Haw haw!"), "Unreachable")
            # A new start of his, a new machine of hers: it holds.
            nelson.call("signOff")
            self.assertEqual(lisa.end_input(), 0)
            lisa = town.basic("lisa", profile="blank")
            lisa.call("signOn", username="lisa", password=PASSWORD)
            nelson.call("signOn", username="nelson", password=PASSWORD)
            nelson.wait_for("presence", username="lisa", presence="offline")
            self.assertEqual(lisa.call("blocked"), ["nelson"])
            self.assertEqual(nelson.call("why", username="lisa")["cause"], "refused")
            lisa.call("unblock", username="nelson")
            nelson.wait_for_presence("lisa", "online", deadline=3 * DEADLINE)
            nelson.call("sendText", to="lisa", text="sorry")
            lisa.wait_for("text", text="sorry")
            heard = [message["method"] for message in list(lisa.notifications)]
            self.assertNotIn("request", heard)

    def test_a_state_reads_as_pidf(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            words = 'at <the> "lake" & \'home\''
            milhouse.call("setStatus", show="away", text=words)
            lisa.wait_for("presence", username="milhouse", presence="away")
            document = self.pidf(lisa)
            self.assertEqual(document.get("entity"), "pres:milhouse@ohim")
            tuples = document.findall(PIDF + "tuple")
            self.assertEqual(len(tuples), 1)
            self.assertEqual(tuples[0].findtext(f"{PIDF}status/{PIDF}basic"), "open")
            self.assertEqual(tuples[0].findtext(PIDF + "note"), words)
            when(tuples[0].findtext(PIDF + "timestamp"))
            self.assertEqual(len(list(document.iter(RPID + "away"))), 1)
            milhouse.call("signOff")
            lisa.wait_for_presence("milhouse", "offline")
            basics = [basic.text for basic in self.pidf(lisa).iter(PIDF + "basic")]
            self.assertEqual(basics, ["closed"])
            self.assertEqual(lisa.refused("pidf", username="nelson"), "NotABuddy")

    def pidf(self, person):
        text = person.call("pidf", username="milhouse")["document"]
        document = xml.fromstring(text.encode())
        self.assertEqual(document.tag, PIDF + "presence")
        return document

    def test_two_places_are_shown_and_texts_come_once(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            laptop = town.basic("milhouse", profile="laptop")
            laptop.call("signOn", username="milhouse", password=PASSWORD)
            laptop.wait_for_presence("lisa", "online")
            places = lisa.wait_until("two places", lambda: self.places(lisa, 2))
            self.assertEqual(len({place["device"] for place in places}), 2)
            for number in range(20):
                lisa.call("sendText", to="milhouse", text=f"text {number}")
            for place in (milhouse, laptop):
                place.call("buddies")  # what it has told before is here now
            heard = milhouse.texts("lisa") + laptop.texts("lisa")
            self.assertEqual(sorted(heard), sorted(f"text {number}" for number in range(20)))
            milhouse.kill()
            lisa.wait_until("one place", lambda: self.places(lisa, 1))
            self.assertEqual(lisa.call("why", username="milhouse")["presence"], "online")
            lisa.call("sendText", to="milhouse", text="still there?")
            laptop.wait_for("text", text="still there?")
            self.assertNotIn("offline", lisa.presence_log("milhouse"))

    def test_what_is_added_at_two_places_stays(self):
        with Town() as town:
            town.node()
            milhouse, *_ = town.people("milhouse", "lisa", "bart")
            laptop = town.basic("milhouse", profile="laptop")
            laptop.call("signOn", username="milhouse", password=PASSWORD)
            laptop.call("addBuddy", username="bart")
            milhouse.call("addBuddy", username="lisa")
            self.assertEqual(self.names(milhouse.call("buddies")), ["bart", "lisa"])
            # Who came second knows of the first when that renews its location.
            changed = laptop.wait_for("buddies", deadline=90 * SLOWER)
            self.assertEqual(self.names(changed["buddies"]), ["bart", "lisa"])
            laptop.call("removeBuddy", username="bart")
            milhouse.wait_until("the shorter list",
                                lambda: self.last_list(milhouse) == ["lisa"] or None)

    def names(self, buddies):
        return [buddy["username"] for buddy in buddies]

    def last_list(self, person):
        for message in reversed(person.notifications):
            if message["method"] == "buddies":
                return self.names(message["params"]["buddies"])
        return None

    def places(self, person, count):
        """Those of the last notification, if there are so many."""
        for message in reversed(person.notifications):
            if message["method"] == "presence":
                places = message["params"]["places"]
                return places if len(places) == count else None
        return None


if __name__ == "__main__":
    unittest.main(verbosity=2)
