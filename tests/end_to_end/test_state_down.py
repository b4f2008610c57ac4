"""A state that is down makes an answer partial, with its own problem, and never a list that looks empty."""
import unittest

from box import BoxCase
from client import DATASETS

SENTENCE = (r"^Texas is closed for maintenance until .+ Texas time.*; "
            r"these figures are from [A-Z][a-z]+ \d+(, \d{4})?\.$")


class StateDown(BoxCase):
    options = {"deadline_permille": 20}  # a whole reading may take 1.2 s

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent, cls.other = cls.box.parent().join(), cls.box.parent().join()
        cls.link_id = cls.parent.link_and_read(cls.credential("k1"))["link_id"]
        cls.other.link_and_read(cls.credential("k2"))
        cls.case_id = cls.parent.read("/v1/cases")["data"][0]["id"]
        cls.before = cls.parent.case_file(cls.case_id)

    def tearDown(self):
        # A fresh process knows nothing of the failures of this test; the sessions of the parents live on.
        self.box.clear_faults()
        self.box.end_gateway()
        self.box.start_gateway()
        self.assertEqual(self.refreshed()["state"], "succeeded")
        self.assertEqual(self.content(self.parent.case_file(self.case_id)), self.content(self.before))

    def refreshed(self):
        self.box.advance(61)  # the state counts requests of one session per minute
        return self.parent.finished(self.parent.sync(self.link_id)["id"])

    def status(self):
        return next(one for one in self.parent.read("/v1/status")["data"] if one["system"] == "tx-icop")

    @staticmethod
    def content(case_file):
        """What the state said, without how old it is."""
        return {name: [(one["id"], one["data"], one["missing"]) for one in section["data"]]
                for name, section in case_file["sections"].items()}

    def assert_kept(self, problem, failed):
        """What was read before is still shown; the datasets that `failed` say why they are not newer."""
        now = self.parent.case_file(self.case_id)
        self.assertEqual(self.content(now), self.content(self.before))
        outcomes = {name: (one["outcome"], one["problem"] and one["problem"]["code"])
                    for name, one in now["sections"].items()}
        self.assertEqual(outcomes, {name: ("stale", problem) if name in failed else ("ok", None)
                                    for name in DATASETS})

    def assert_partial(self, path, problem):
        answer = self.parent.read(path)
        self.assertEqual(answer["meta"]["completeness"], "partial")
        source, = answer["meta"]["sources"]
        self.assertEqual((source["system"], source["outcome"], source["problem"]["code"]),
                         ("tx-icop", "stale", problem))
        self.assertNotEqual(answer["data"], [])
        return source

    def assert_others_untouched(self, act):
        """Another parent's answers stay the same octets while `act` runs into the state's trouble."""
        paths = ("/v1/cases", "/v1/ledger", "/v1/links", "/v1/me")
        earlier = [self.other.get(path) for path in paths]
        result = act()
        for path, old in zip(paths, earlier):
            self.assertEqual(self.other.get(path).body, old.body)
        return result

    def test_silence_is_a_timeout(self):
        self.box.fault("balances", "hang")
        sync = self.assert_others_untouched(self.refreshed)
        self.assertEqual(sync["state"], "partial")
        # The time is spent, so what comes after the balances is not asked for.
        self.assert_kept("source_timeout", DATASETS[DATASETS.index("balances"):])
        self.assert_partial("/v1/ledger", "source_timeout")
        self.assertEqual(self.status()["refresh"], "delayed")

    def test_silence_of_the_whole_state_is_seen_in_its_status(self):
        self.box.fault("*", "hang")
        sync = self.assert_others_untouched(self.refreshed)
        self.assertEqual((sync["state"], sync["problem"]["code"]), ("failed", "source_timeout"))
        self.assert_partial("/v1/cases", "source_timeout")
        self.assertEqual(self.status()["refresh"], "delayed")

    def test_maintenance_says_when_it_ends(self):
        self.box.fault("*", "maintenance", params={"untilSeconds": 3600})
        sync = self.assert_others_untouched(self.refreshed)
        self.assertEqual((sync["state"], sync["problem"]["code"]), ("failed", "source_maintenance"))
        self.assert_kept("source_maintenance", ())
        for path in ("/v1/cases", "/v1/ledger"):
            source = self.assert_partial(path, "source_maintenance")
            self.assertGreater(source["problem"]["retry_at"], self.box.now())
            self.assertRegex(source["problem"]["user_message"], SENTENCE)
        status = self.status()
        self.assertEqual(status["refresh"], "stopped")
        self.assertGreater(status["maintenance_until"], self.box.now())
        self.assertRegex(status["user_message"], r"^Texas is closed for maintenance until [^;]+\.$")
        self.assertIn({"day": "sunday", "from": "02:00", "to": "06:00"}, status["maintenance"])

    def test_a_broken_connection_is_unavailability(self):
        self.box.fault("*", "reset")
        sync = self.assert_others_untouched(self.refreshed)
        self.assertEqual((sync["state"], sync["problem"]["code"]), ("failed", "source_unavailable"))
        self.assert_kept("source_unavailable", ())
        for path in ("/v1/cases", "/v1/ledger"):
            self.assert_partial(path, "source_unavailable")
        failures = {one["operation"]: one["failed_state"] for one in self.status()["operations"]}
        self.assertGreater(failures["case.list"], 0)

    def test_one_dataset_that_fails_leaves_the_others_fresh(self):
        self.box.fault("payments", "http_status", params={"status": 500})
        sync = self.refreshed()
        self.assertEqual(sync["state"], "partial")
        self.assert_kept("source_unavailable", ("payments",))
        self.assert_partial("/v1/ledger", "source_unavailable")
        ledger = self.parent.read("/v1/ledger")
        self.assertEqual(len([one for one in ledger["data"] if one["data"]["kind"] == "receipt"]), 12)

    def test_a_first_reading_that_fails_never_looks_like_a_parent_who_owes_nothing(self):
        newcomer = self.box.parent().join()
        self.box.fault("cases", "http_status", params={"status": 503})
        attempt = newcomer.link(self.credential("k4"))
        sync = newcomer.finished(attempt["sync_id"])
        self.assertEqual((sync["state"], sync["problem"]["code"]), ("failed", "source_unavailable"))
        for path in ("/v1/cases", "/v1/ledger"):
            answer = newcomer.get(path)
            self.assertEqual((answer.status, answer.code), (503, "all_sources_unavailable"))
            source, = answer.json["sources"]
            self.assertEqual(source["outcome"], "missing")
            self.assertEqual(source["problem"]["code"], "source_unavailable")

    def test_a_format_nobody_knows_delivers_nothing_of_it(self):
        self.box.fault("balances", "drift")
        self.refreshed()
        balances = self.parent.case_file(self.case_id)["sections"]["balances"]
        self.assertEqual((balances["outcome"], balances["problem"]["code"]), ("stale", "source_changed"))
        self.assertEqual(len(balances["data"]), len(self.before["sections"]["balances"]["data"]))

    def test_while_nothing_of_a_state_answers_everything_else_does(self):
        self.box.fault("*", "reset")
        self.refreshed()
        self.assertEqual(self.parent.get("/health/ready").status, 200)
        self.assertEqual(len(self.parent.read("/v1/jurisdictions?q=texas")["data"]), 1)
        self.assertEqual(self.parent.read("/v1/me")["email"], self.parent.email)
        answer = self.parent.try_answer(self.parent.start_link(), {"user_name": "a", "password": "b"})
        self.assertEqual(answer.code, "source_unavailable")
        self.assertEqual(self.status()["refresh"], "delayed")


if __name__ == "__main__":
    unittest.main()
