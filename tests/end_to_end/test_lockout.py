"""No parent is locked out at a state by the gateway: proved at the call log of the simulated state."""
import threading
import unittest

from box import BoxCase, credential, sample, settle
from client import sign_in_fields, wait_until

LOGIN_OPS = ("login", "challenge", "resend")


class Lockout(BoxCase):
    @classmethod
    def scenario(cls):
        scenario = sample()
        credential(scenario, "k3")["otp"] = "email"
        return scenario

    def setUp(self):
        super().setUp()
        self.box.control("reset", {})
        self.box.advance(61)  # the state counts sign-ins of one address per minute

    def refuse_times(self, parent, name, times):
        """Wrong passwords, each another one; returns the attempt and the last problem."""
        attempt, problem = parent.start_link(), None
        for number in range(times):
            answer = parent.try_answer(attempt, {"user_name": name, "password": f"Wrong-{name}-{number}"})
            self.assertEqual(answer.code, "credential_refused")
            problem = answer.json
            attempt = problem["attempt"]
        return attempt, problem

    def test_a_refused_credential_is_never_sent_again(self):
        parent, other = self.box.parent().join(), self.box.parent().join()
        wrong = {"user_name": "TwiceRefused", "password": "Not-The-Password1"}
        first = parent.try_answer(parent.start_link(), wrong)
        self.assertEqual(first.code, "credential_refused")
        self.assertEqual(first.json["attempts_left"], 4)
        again = parent.try_answer(first.json["attempt"], wrong)
        self.assertEqual((again.status, again.code), (409, "credential_already_refused"))
        fresh = parent.try_answer(parent.start_link(), wrong)
        self.assertEqual(fresh.code, "credential_already_refused")
        stranger = other.try_answer(other.start_link(), wrong)
        self.assertEqual(stranger.code, "credential_already_refused")
        self.assertEqual(len(self.box.calls("login")), 1)

    def test_the_last_try_needs_a_word_of_the_parent(self):
        parent = self.box.parent().join()
        attempt, problem = self.refuse_times(parent, "FourTimes", 4)
        self.assertEqual(problem["attempts_left"], 1)
        fields = {"user_name": "FourTimes", "password": "Wrong-Again-5"}
        for _ in range(2):
            warned = parent.try_answer(attempt, fields)
            self.assertEqual((warned.status, warned.code), (409, "challenge_lockout_risk"))
            self.assertEqual(warned.json["attempts_left"], 1)
        self.assertEqual(len(self.box.calls("login")), 4)
        locked = parent.try_answer(attempt, fields, confirm=True)
        self.assertEqual(locked.code, "account_locked")
        self.assertEqual(len(self.box.calls("login")), 5)

    def test_a_locked_account_says_until_when_and_is_left_alone(self):
        parent = self.box.parent().join()
        mine = self.credential("k1")
        self.box.control("accounts", {"credential": "k1", "action": "lock"})
        first = parent.try_answer(parent.start_link(), sign_in_fields(mine))
        self.assertEqual(first.code, "account_locked")
        self.assertGreater(first.json["retry_at"], self.box.now())
        again = parent.try_answer(parent.start_link(), sign_in_fields(mine, password="Another-Try-77"))
        self.assertEqual(again.code, "account_locked")
        self.assertEqual(again.json["retry_at"], first.json["retry_at"])
        self.assertEqual(len(self.box.calls("login")), 1)

    def test_two_answers_at_once_make_one_call(self):
        parent = self.box.parent().join()
        attempt = parent.answer(parent.start_link(), sign_in_fields(self.credential("k3")))
        self.assertEqual(attempt["challenge"]["kind"], "otp")
        code = self.box.state_code()
        self.box.fault("challenge", "latency", params={"ms": 300}, times=1)
        answers = []
        at_once = threading.Barrier(2)

        def answer():
            at_once.wait()
            answers.append(parent.try_answer(attempt, {"code": code}))

        threads = [threading.Thread(target=answer) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(one.status for one in answers), [200, 409])
        self.assertEqual({one.code for one in answers}, {None, "challenge_out_of_order"})
        self.assertEqual(len(self.box.calls("challenge")), 1)

    def test_the_same_request_sent_twice_makes_one_call(self):
        parent = self.box.parent().join()
        attempt = parent.start_link()
        key = {"Idempotency-Key": "once-and-not-again"}
        fields = {"user_name": "SentTwice", "password": "Wrong-Sent-Twice1"}
        first = parent.try_answer(attempt, fields, headers=key)
        second = parent.try_answer(attempt, fields, headers=key)
        self.assertEqual((first.status, first.body), (second.status, second.body))
        self.assertEqual(second.header("Idempotency-Replayed"), "true")
        self.assertEqual(len(self.box.calls("login")), 1)

    def test_the_last_answer_to_a_code_needs_a_word_too(self):
        parent = self.box.parent().join()
        attempt = parent.answer(parent.start_link(), sign_in_fields(self.credential("k3")))
        code = self.box.state_code()
        wrong = [format((int(code) + 1 + n) % 10**6, "06") for n in range(3)]
        for number in range(2):
            refused = parent.try_answer(attempt, {"code": wrong[number]})
            self.assertEqual(refused.code, "challenge_wrong_answer")
            attempt = refused.json["attempt"]
        self.assertEqual(refused.json["attempts_left"], 1)
        warned = parent.try_answer(attempt, {"code": wrong[2]})
        self.assertEqual((warned.status, warned.code), (409, "challenge_lockout_risk"))
        self.assertEqual(len(self.box.calls("challenge")), 2)
        self.assertEqual(parent.answer(attempt, {"code": code}, confirm=True)["state"], "succeeded")


class NoSignInBehindTheParentsBack(BoxCase):
    """What runs without the parent never calls the state's sign-in, however stale the data."""

    @classmethod
    def scenario(cls):
        scenario = sample()
        scenario["systems"]["tx-icop"]["options"].update(idleSeconds=7200, absoluteSeconds=14400)
        return scenario

    def turn_time(self, seconds):
        """The gateway takes its clock from the simulators at its start."""
        self.box.end_gateway()
        self.box.advance(seconds)
        self.box.start_gateway()

    def sign_in_calls(self, since=0):
        return [one["op"] for one in self.box.calls(since=since) if one["op"] in LOGIN_OPS]

    def stale_read(self, parent):
        """Looks at data that are too old, which starts a reading; returns what became of the link."""
        case_id = parent.read("/v1/cases")["data"][0]["id"]
        section = parent.read(f"/v1/cases/{case_id}?include=messages")["sections"]["messages"]
        self.assertEqual(section["outcome"], "stale")
        self.assertNotEqual(section["data"], [])

        def settled():
            link = parent.read("/v1/links")["data"][0]
            return link if not link["open_sync"] else None
        return wait_until("the end of the background reading", settled)

    def test_neither_a_stale_reading_nor_a_session_that_ended_leads_to_a_sign_in(self):
        kept, unkept = self.box.parent().join(), self.box.parent().join()
        kept.link_and_read(self.credential("k1"), "vaulted")
        unkept.link_and_read(self.credential("k2"))
        before = self.box.last_call()
        # The state ends one session early, so the background reading runs into it.
        self.box.control("accounts", {"credential": "k1", "action": "revoke_sessions"})
        self.turn_time(1000)
        kept.sign_in(), unkept.sign_in()
        ended, refreshed = self.stale_read(kept), self.stale_read(unkept)
        self.assertFalse(ended["session_live"])
        self.assertIn("needs_user", [one["sync"] for one in ended["datasets"]])
        self.assertTrue(refreshed["session_live"])
        self.assertEqual({one["sync"] for one in refreshed["datasets"]}, {"ok"})
        outcomes = [one["outcome"] for one in self.box.calls("cases", before)]
        self.assertEqual(outcomes, ["session_expired", "ok"])
        self.assertEqual(self.sign_in_calls(before), [])
        # A day later both sessions are long over; looking at stale data still asks nobody.
        before = self.box.last_call()
        self.turn_time(26 * 3600)
        unkept.sign_in()
        cases = unkept.read("/v1/cases")
        self.assertEqual(cases["meta"]["completeness"], "partial")
        self.assertEqual(cases["meta"]["sources"][0]["problem"]["code"], "needs_user")
        self.assertEqual(len(cases["data"]), 1)
        settle(1.5)
        self.assertEqual(self.box.calls(since=before), [])


if __name__ == "__main__":
    unittest.main()
