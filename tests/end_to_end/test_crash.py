"""The gateway is killed at random points of linking and reading: nothing acknowledged is lost or half."""
import json
import os
import random
import signal
import sys
import threading
import time
import unittest

from box import Box, BoxCase, credential, sample
from driver import Visit
from postgres import PostgresServer, programs

LONG = os.environ.get("CASEBRIDGE_LONG") == "1"
POINTS = 150 if LONG else 50
SEED = int(os.environ.get("CASEBRIDGE_SEED", "20260316"))
LEASE_S = 190  # longer than a job is kept for a gateway that has died
TURNS_OF_A_SIGN_IN = 5  # linking wants a sign-in that is not long ago
CREDENTIALS = ("k1", "k3", "k11")  # Texas, Texas with a second step, Ohio


def scenario():
    made = sample()
    made["systems"]["tx-icop"]["options"].update(idleSeconds=7200)
    credential(made, "k3")["otp"] = "email"
    return made


class Linking(Visit):
    """From the account that is there to the second reading; nobody has to register or sign in again."""

    def __init__(self, box, parent, credential):
        super().__init__(box, parent, credential)
        self.registered = True

    def content(self):
        """What the state said, without ids and times."""
        case, = self.parent.read("/v1/cases")["data"]
        sections = self.parent.case_file(case["id"])["sections"]
        return {name: sorted(json.dumps([one["data"], one["missing"]], sort_keys=True)
                             for one in section["data"]) for name, section in sections.items()}

    def undo(self):
        answer = self.parent.call("DELETE", f"/v1/links/{self.attempt['link_id']}")
        self.parent.client.good("unlink", answer)


class Crashes:
    """The test itself; the classes below say on which database."""

    def linking(self, credential_id):
        return Linking(self.box, self.parent, self.credential(credential_id))

    def undisturbed(self, credential_id):
        """(how long linking takes, what is there afterwards) when nothing happens."""
        visit = self.linking(credential_id)
        begun = time.monotonic()
        self.assertTrue(visit.run())
        took = time.monotonic() - begun
        content = visit.content()
        visit.undo()
        return took, content

    def kill_during(self, visit, after_s):
        """Kills the gateway while the visit goes on, and starts another."""
        failures = []

        def run():
            try:
                visit.run()
            except Exception as error:  # told by the thread that waits for it
                failures.append(repr(error))
        runner = threading.Thread(target=run)
        runner.start()
        time.sleep(after_s)
        code = self.box.end_gateway(signal.SIGKILL)
        runner.join(60)
        self.box.advance(LEASE_S)
        self.box.start_gateway()
        self.assertEqual((runner.is_alive(), failures, code), (False, [], -signal.SIGKILL))

    def test_linking_and_reading_survive_a_kill_at_any_point(self):
        self.parent = self.box.parent().join()
        usual = {one: self.undisturbed(one) for one in CREDENTIALS}
        chance, hit, begun = random.Random(SEED), 0, time.monotonic()
        for turn in range(POINTS):
            one = CREDENTIALS[turn % len(CREDENTIALS)]
            if turn % TURNS_OF_A_SIGN_IN == 0:
                self.parent.sign_in()
            took, content = usual[one]
            after_s = chance.uniform(0, took)
            with self.subTest(seed=SEED, turn=turn, credential=one, after_s=round(after_s, 3)):
                visit = self.linking(one)
                self.kill_during(visit, after_s)
                visit.check(self)
                self.assertTrue(visit.run(), "the gateway went away by itself")
                visit.check(self)
                self.assertEqual(visit.content(), content)
                visit.undo()
                self.assertEqual(self.parent.read("/v1/cases")["data"], [])
                hit += visit.interrupted
        print(f"{type(self).__name__}: seed {SEED}, {POINTS} kills, {hit} of them within a visit, "
              f"{time.monotonic() - begun:.1f} s", file=sys.stderr)
        self.assertGreater(hit, POINTS // 2, "too few kills hit a visit")


class CrashesOnSqlite(Crashes, BoxCase):
    @classmethod
    def scenario(cls):
        return scenario()


@unittest.skipUnless(programs(), "PostgreSQL is not installed")
class CrashesOnPostgres(Crashes, BoxCase):
    @classmethod
    def setUpClass(cls):
        server = PostgresServer()
        cls.addClassCleanup(server.close)
        cls.box = Box(scenario(), database=server.new_database())
        cls.addClassCleanup(cls.box.close)


if __name__ == "__main__":
    unittest.main()
