"""What is switched off, and what is wrong, with real processes."""

import unittest

from town import PASSWORD, Town, befriend


def kinds(params):
    return [condition["kind"] for condition in params["conditions"]]


class Switches(unittest.TestCase):
    def test_texts_are_switched_off_and_on_again(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            milhouse.call("switchModule", name="text", on=False)
            self.assertEqual(lisa.refused("sendText", to="milhouse", text="psst"), "Refused")
            self.assertEqual(milhouse.refused("sendText", to="lisa", text="psst"), "Refused")
            self.assertEqual(lisa.refused("switchModule", name="link", on=False), "Refused")
            self.assertEqual(lisa.refused("switchModule", name="games", on=True), "BadRequest")
            milhouse.kill()

            milhouse = town.basic("milhouse")
            milhouse.call("signOn", username="milhouse", password=PASSWORD)
            lisa.wait_for_presence("milhouse", "online")
            self.assertFalse(self.is_on(milhouse, "text"), "kept across runs")
            milhouse.call("switchModule", name="text", on=True)
            self.assertEqual(lisa.call("sendText", to="milhouse", text="psst")["state"], "delivered")
            self.assertEqual(milhouse.wait_for_texts("lisa", 1), ["psst"])

    def is_on(self, basic, name):
        return {module["name"]: module["on"] for module in basic.call("modules")}[name]

    def test_a_setting_is_told_at_once(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            milhouse.call("setStatus", show="busy", text="grading")
            lisa.wait_for("presence", username="milhouse", text="grading")
            milhouse.call("setModuleSetting", name="status", key="words", value="off")
            lisa.wait_for("presence", username="milhouse", text="", presence="busy")


class Wrong(unittest.TestCase):
    def test_the_store_goes_and_comes_back(self):
        with Town() as town:
            node = town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            self.assertEqual(lisa.call("conditions"), [])
            node.stop()
            self.assertEqual(kinds(lisa.wait_for("conditions")), ["no-store"])
            self.assertEqual(lisa.call("sendText", to="milhouse", text="still?")["state"], "delivered")
            town.node(name=node.name, listen=node.endpoint)
            self.assertEqual(kinds(lisa.wait_for("conditions")), [])

    def test_both_ends_compare_the_same_number(self):
        with Town() as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            number = lisa.call("safetyNumber", username="milhouse")
            self.assertEqual(number, milhouse.call("safetyNumber", username="lisa"))
            self.assertIsNone(number["change"])
            self.assertEqual(
                lisa.refused("acceptKey", username="milhouse", fingerprint=number["safetyNumber"]),
                "Refused")


if __name__ == "__main__":
    unittest.main()
