"""All processes killed again and again while buddy lists change: what was acknowledged is there."""

import random
import time
import unittest

from town import PASSWORD, SLOWER, RpcError, Town

ROUNDS = 50
OTHERS = ["bart", "maggie", "milhouse", "nelson", "ralph"]


class Owner:
    """Somebody who changes a buddy list, and remembers what was acknowledged."""

    def __init__(self, name, dice):
        self.name = name
        self.dice = dice
        self.acknowledged = set()
        self.asked = None  # the list if the change under way is done
        self.changes = 0

    def sign_on(self, basic):
        self.basic = basic
        self.request = basic.send("signOn", username=self.name, password=PASSWORD)

    def check(self):
        """The list is one of the two that it can be: never half of one."""
        shown = {buddy["username"] for buddy in self.basic.answer(self.request)["buddies"]}
        possible = [self.acknowledged] + ([self.asked] if self.asked is not None else [])
        if shown not in possible:
            raise AssertionError(f"{self.name} has {sorted(shown)}, possible was {possible}")
        self.acknowledged = shown
        self.asked = None

    def ask(self):
        other = self.dice.choice(OTHERS)
        method = "removeBuddy" if other in self.acknowledged else "addBuddy"
        self.asked = self.acknowledged ^ {other}
        self.request = self.basic.send(method, username=other)

    def look(self):
        """Whether the change has been acknowledged."""
        if self.request not in self.basic.answers:
            return False
        self.basic.answer(self.request)
        self.acknowledged, self.asked = self.asked, None
        self.changes += 1
        return True


class Crash(unittest.TestCase):
    def test_no_acknowledged_change_is_lost(self):
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        dice = random.Random(seed)
        with Town() as town:
            node = town.node("node")
            endpoint = node.endpoint
            for person in town.people(*OTHERS):
                person.end_input()
            owners = [Owner(name, dice) for name in ("lisa", "homer")]
            for person in town.people(*(owner.name for owner in owners)):
                person.end_input()
            for number in range(ROUNDS):
                if number:
                    node = town.node("node", listen=endpoint)
                self.change_and_die(town, node, owners, dice)
            node = town.node("node", listen=endpoint)
            self.sign_on(town, owners)
            changes = sum(owner.changes for owner in owners)
            print(f"{changes} changes acknowledged, {ROUNDS} crashes")
            self.assertGreater(changes, ROUNDS)

    def sign_on(self, town, owners):
        for owner in owners:
            owner.sign_on(town.basic(owner.name))
        for owner in owners:
            owner.check()

    def change_and_die(self, town, node, owners, dice):
        self.sign_on(town, owners)
        end = time.monotonic() + dice.uniform(0.02, 0.6) * SLOWER
        for owner in owners:
            owner.ask()
        while time.monotonic() < end:
            for owner in owners:
                if owner.look():
                    owner.ask()
            with owners[0].basic.changed:
                owners[0].basic.changed.wait(0.002)
        victims = [node] + [owner.basic for owner in owners]
        dice.shuffle(victims)
        for victim in victims:
            victim.popen.kill()
        for victim in victims:
            victim.kill()
        for owner in owners:  # an answer that came out before the end counts
            if owner.asked is not None:
                owner.look()


if __name__ == "__main__":
    unittest.main(verbosity=2)
