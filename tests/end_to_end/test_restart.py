"""The gateway is ended at random moments of a visit: what it acknowledged stays true, and nothing is half."""
import os
import signal
import threading
import time
import unittest

from box import Box, BoxCase, credential, sample
from driver import Visit, moments
from postgres import PostgresServer, programs

LONG = os.environ.get("CASEBRIDGE_LONG") == "1"
LEASE_S = 310  # longer than a job or a mail is kept for a gateway that has died
VISIT_S = 1.0  # less than a visit takes
SEED = 20260316


def scenario():
    made = sample()
    made["systems"]["tx-icop"]["options"].update(idleSeconds=7200)
    credential(made, "k3")["otp"] = "email"
    return made


class Restarts:
    """The test itself; the classes below say on which database."""

    times = 6

    def strike(self, visit, after_s, number):
        """Ends the gateway while the visit goes on, and starts it again."""
        over = []
        runner = threading.Thread(target=lambda: over.append(self.guarded(visit)))
        runner.start()
        time.sleep(after_s)
        code = self.box.end_gateway(number)
        runner.join(40)
        self.box.advance(LEASE_S)
        self.box.start_gateway()
        self.assertFalse(runner.is_alive())
        self.assertEqual(self.failures_of_visits, [])
        self.assertEqual(code, 0 if number == signal.SIGTERM else -signal.SIGKILL)

    def guarded(self, visit):
        try:
            return visit.run()
        except AssertionError as error:
            self.failures_of_visits.append(str(error))
            return True

    def test_a_visit_survives_every_end_of_the_gateway(self):
        self.failures_of_visits = []
        interrupted = 0
        expected = {}
        for turn, after_s in enumerate(moments(SEED, self.times, VISIT_S)):
            number = signal.SIGKILL if turn % 2 else signal.SIGTERM
            one = "k3" if turn % 3 == 0 else "k1"
            with self.subTest(turn=turn, signal=number, after_s=round(after_s, 2)):
                visit = Visit(self.box, self.box.parent(), self.credential(one))
                self.strike(visit, after_s, number)
                visit.check(self)
                self.assertTrue(visit.run(), "the gateway went away by itself")
                visit.check(self)
                case, = visit.parent.read("/v1/cases")["data"]
                data = [record["data"] for section in visit.parent.case_file(case["id"])["sections"].values()
                        for record in section["data"]]
                # Whatever was cut off, the case ends up as everybody else's who came before.
                self.assertEqual(len(data), expected.setdefault(one, len(data)))
                interrupted += visit.interrupted
        self.assertGreater(interrupted, self.times // 4, "too few strikes hit a visit")


class OnSqlite(Restarts, BoxCase):
    times = 20 if LONG else 6

    @classmethod
    def scenario(cls):
        return scenario()


@unittest.skipUnless(programs(), "PostgreSQL is not installed")
class OnPostgres(Restarts, BoxCase):
    times = 20 if LONG else 6

    @classmethod
    def setUpClass(cls):
        server = PostgresServer()
        cls.addClassCleanup(server.close)
        cls.box = Box(scenario(), database=server.new_database())
        cls.addClassCleanup(cls.box.close)


if __name__ == "__main__":
    unittest.main()
