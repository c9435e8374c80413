"""Two people register, see each other come on line, and talk. With everything as people have it."""

import time
import unittest

from town import DEADLINE, PASSWORD, SLOWER, Town, befriend

TEXTS = 1000


class Talk(unittest.TestCase):
    def test_from_register_to_crash(self):
        with Town(quick=False) as town:
            town.node()
            lisa, milhouse = town.people("lisa", "milhouse")
            befriend(lisa, milhouse)
            self.talk(lisa, milhouse)
            self.see_a_sign_off_within_a_second(lisa, milhouse)
            milhouse = self.sign_on_again(town, "milhouse")
            self.see_a_crash_within_two_seconds(town, lisa, milhouse)

    def sign_on_again(self, town, name):
        basic = town.basic(name)
        basic.call("signOn", username=name, password=PASSWORD)
        return basic

    def talk(self, lisa, milhouse):
        pairs = ((lisa, milhouse), (milhouse, lisa))
        begin = time.monotonic()
        requests = [(one, one.send("sendText", to=other.name, text=f"{one.name} {number}"))
                    for number in range(TEXTS) for one, other in pairs]
        for one, request in requests:
            self.assertEqual(one.answer(request, 4 * DEADLINE)["state"], "delivered")
        print(f"{2 * TEXTS} texts acknowledged in {time.monotonic() - begin:.2f} s")
        for one, other in pairs:
            sent = [f"{other.name} {number}" for number in range(TEXTS)]
            self.assertEqual(one.wait_for_texts(other.name, TEXTS), sent)

    def see_a_sign_off_within_a_second(self, lisa, milhouse):
        milhouse.send("signOff")
        lisa.wait_for_presence("milhouse", "offline", deadline=1 * SLOWER)
        milhouse.call("signOn", username="milhouse", password=PASSWORD)
        lisa.wait_for_presence("milhouse", "online")
        milhouse.popen.stdin.close()
        lisa.wait_for_presence("milhouse", "offline", deadline=1 * SLOWER)
        self.assertEqual(milhouse.exit_status(), 0)

    def see_a_crash_within_two_seconds(self, town, lisa, milhouse):
        lisa.wait_for_presence("milhouse", "online")
        milhouse.kill()
        lisa.wait_for_presence("milhouse", "offline", deadline=2 * SLOWER)
        back = self.sign_on_again(town, "milhouse")
        lisa.wait_for_presence("milhouse", "online")
        back.wait_for_presence("lisa", "online")
        back.call("sendText", to="lisa", text="I am back")
        lisa.wait_for("text", text="I am back")


if __name__ == "__main__":
    unittest.main(verbosity=2)
