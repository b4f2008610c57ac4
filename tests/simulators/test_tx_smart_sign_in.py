"""Signing in to tx-smart: passwords, codes, locks, sessions and the forgotten credentials."""
import unittest
import urllib.parse

from harness import Wire
from smart import JONAS, PRIYA, SmartTest, smart_sample

WRONG = (PRIYA[0], "wrong")
LOCK = "2026-03-16T09:30:00-05:00"


class Login(SmartTest):
    def test_right_password_gives_a_code_step(self):
        answer = self.user().login(PRIYA)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/xml; charset=utf-8")
        self.assertRegex(answer.value("ChallengeId"), "^c-[0-9a-f]{6}$")
        shown = [answer.value(name) for name in ("Result", "SentTo", "CodeLength", "ExpiresAt", "TriesLeft")]
        self.assertEqual(shown, ["CodeSent", "***-***-0123", "6", "2026-03-16T09:10:00-05:00", "3"])
        message, = self.messages("code")
        self.assertEqual((message["channel"], message["challengeId"]), ("phone", answer.value("ChallengeId")))
        self.assertEqual(self.calls("Login")[0]["outcome"], "challenge")

    def test_user_name_and_password_are_compared_byte_for_byte(self):
        for name, password in (("Priya.halloran", PRIYA[1]), (f" {PRIYA[0]}", PRIYA[1]),
                               (PRIYA[0], PRIYA[1] + " "), (PRIYA[0], PRIYA[1].upper())):
            self.refused(self.user().login((name, password)), "S-101", TriesLeft="3")
            self.steer("/control/reset", {})

    def test_channel_of_the_credential_of_the_wish_and_the_other_one(self):
        def sent_to(who, **fields):
            return self.user().login(who, **fields).value("SentTo")

        self.assertEqual(sent_to(PRIYA, Channel="email"), "p***@example.com")
        self.assertEqual(sent_to(PRIYA, Channel=" phone "), "***-***-0123")
        self.assertEqual(sent_to(JONAS), "j***@example.org")
        document = smart_sample()
        next(p for p in document["people"] if p["id"] == "p-priya")["phone"] = None
        self.load(document)
        self.assertEqual(sent_to(PRIYA), "p***@example.com")

    def test_wrong_fields(self):
        user = self.user()
        self.refused(user.ask("Login", UserName="a"), "S-400", Field="Password")
        self.refused(user.ask("Login", UserName="x" * 65, Password="b"), "S-400", Field="UserName")
        self.refused(user.login(PRIYA, Channel="pigeon"), "S-400", Field="Channel")
        self.assertFalse(any(call["counted"] for call in self.calls()))

    def test_blocked_accounts_show_only_after_the_right_password(self):
        for state, code in (("disabled", "S-107"), ("disabled_safety", "S-107"), ("no_case", "S-107"),
                            ("password_expired", "S-106"), ("none", "S-101")):
            document = smart_sample()
            next(c for c in document["credentials"] if c["id"] == "k6")["state"] = state
            self.load(document)
            self.assertEqual(self.user().login(WRONG).code, "S-101", state)
            self.assertEqual(self.user().login(PRIYA).code, code, state)


class Locks(SmartTest):
    def fail(self, count, who=WRONG):
        user = self.user()
        return [user.login(who) for _ in range(count)]

    def test_fourth_wrong_password_locks(self):
        answers = self.fail(4)
        for answer, left in zip(answers, ("3", "2", "1"), strict=False):
            self.refused(answer, "S-101", TriesLeft=left)
        self.refused(answers[3], "S-102", LockedUntil=LOCK)
        rows = [(call["outcome"], call["counted"]) for call in self.calls()]
        self.assertEqual(rows, [("wrong_credentials", True)] * 3 + [("locked", True)])

    def test_a_lock_refuses_unchecked_and_is_not_prolonged(self):
        self.fail(4)
        self.advance(60)
        for who in (PRIYA, WRONG):
            self.refused(self.user().login(who), "S-102", LockedUntil=LOCK)
        self.assertFalse(self.calls()[-1]["counted"])
        self.advance(1739)
        self.assertEqual(self.user().login(PRIYA).code, "S-102")
        self.advance(1)
        self.refused(self.user().login(WRONG), "S-101", TriesLeft="3")

    def test_unknown_names_are_counted_alike(self):
        self.assertEqual([a.code for a in self.fail(5, ("nobody", "x"))], ["S-101"] * 3 + ["S-102"] * 2)
        self.assertEqual(self.user().login(("Nobody", "x")).code, "S-101")

    def test_a_completed_sign_in_resets_the_counter_and_the_password_alone_does_not(self):
        self.fail(2)
        user = self.user()
        user.login(PRIYA)
        self.refused(self.fail(1)[0], "S-101", TriesLeft="1")
        self.sign_in(user)
        self.refused(self.fail(1)[0], "S-101", TriesLeft="3")

    def test_lock_lasts_as_the_options_say(self):
        self.load(smart_sample(lockSeconds=900))
        self.refused(self.fail(4)[3], "S-102", LockedUntil="2026-03-16T09:15:00-05:00")

    def test_offset_in_winter(self):
        document = smart_sample()
        document["clock"]["now"] = "2026-11-01T06:45:00Z"
        self.load(document)
        self.refused(self.fail(4)[3], "S-102", LockedUntil="2026-11-01T01:15:00-06:00")

    def test_locked_credential_of_the_scenario(self):
        document = smart_sample()
        credential = next(c for c in document["credentials"] if c["id"] == "k6")
        credential |= {"state": "locked", "lockedUntil": "2026-03-16T14:05:00Z"}
        self.load(document)
        self.refused(self.user().login(PRIYA), "S-102", LockedUntil="2026-03-16T09:05:00-05:00")
        self.advance(300)
        self.assertEqual(self.user().login(PRIYA).status, 200)

    def test_a_lock_here_is_no_lock_in_the_other_texas_system(self):
        self.fail(4, ("PriyaH.icop", "x"))
        body = '{"userName": "PriyaH.icop", "password": "Sunny-Trail42"}'
        icop = self.simulator.ready_line()["systems"]["tx-icop"]
        wire = Wire(icop)
        self.addCleanup(wire.close)
        reply = wire.send("POST", "/icop/v1/auth/login", body.encode(), {"X-Icop-Client": "gw-test-1"})
        self.assertEqual(reply.status, 200)


class Codes(SmartTest):
    def setUp(self):
        super().setUp()
        self.priya = self.user()
        self.challenge = self.priya.login(PRIYA).value("ChallengeId")

    def verify(self, code, challenge=None):
        return self.priya.ask("VerifyCode", ChallengeId=challenge or self.challenge, Code=code)

    def resend(self, channel="email"):
        return self.priya.ask("ResendCode", ChallengeId=self.challenge, Channel=channel)

    def test_right_code_opens_a_session(self):
        answer = self.verify(f" {self.last_code()}\n")
        self.assertRegex(answer.value("SessionToken"), "^smt-[0-9a-f]{32}$")
        shown = [answer.value(name) for name in ("Result", "IdleSeconds", "AbsoluteEnd")]
        self.assertEqual(shown, ["Ok", "600", "2026-03-16T11:00:00-05:00"])

    def test_third_wrong_code_ends_the_step_and_counts_one_wrong_login(self):
        self.refused(self.verify("x"), "S-103", TriesLeft="2")
        self.refused(self.verify("x"), "S-103", TriesLeft="1")
        self.refused(self.verify("x"), "S-104")
        self.assertEqual([c["counted"] for c in self.calls("VerifyCode")], [False, False, True])
        self.refused(self.verify(self.last_code()), "S-104")
        self.refused(self.priya.login(WRONG), "S-101", TriesLeft="2")

    def test_a_code_works_once_and_for_600_seconds(self):
        code = self.last_code()
        self.advance(599)
        self.assertEqual(self.verify(code).status, 200)
        self.refused(self.verify(code), "S-104")
        later = self.priya.login(PRIYA).value("ChallengeId")
        self.advance(600)
        self.refused(self.verify(self.last_code(), later), "S-104")
        self.assertFalse(self.calls("VerifyCode")[-1]["counted"])

    def test_resend(self):
        first = self.last_code()
        self.refused(self.resend(), "S-105", RetryAfterSeconds="60")
        self.advance(60)
        answer = self.resend()
        self.assertEqual((answer.value("SentTo"), answer.value("ExpiresAt")),
                         ("p***@example.com", "2026-03-16T09:11:00-05:00"))
        self.assertEqual(answer.value("ChallengeId"), self.challenge)
        self.refused(self.verify(first), "S-103", TriesLeft="2")
        self.advance(60)
        self.assertEqual(self.resend("phone").value("TriesLeft"), "2")
        self.advance(100)
        self.refused(self.resend(), "S-105", RetryAfterSeconds="500")
        self.assertEqual(self.verify(self.last_code()).status, 200)

    def test_unknown_challenge(self):
        self.refused(self.verify("123456", "c-000000x"), "S-104")

    def test_a_locked_name_refuses_the_code_too(self):
        for _ in range(4):
            self.user().login(WRONG)
        self.refused(self.verify(self.last_code()), "S-102", LockedUntil=LOCK)

    def test_fixed_codes(self):
        document = smart_sample()
        document["otp"] = {"mode": "fixed", "length": 8, "value": "1234"}
        self.load(document)
        answer = self.priya.login(PRIYA)
        self.assertEqual(answer.value("CodeLength"), "4")
        self.assertEqual(self.verify("1234", answer.value("ChallengeId")).status, 200)


class Sessions(SmartTest):
    def setUp(self):
        super().setUp()
        self.priya = self.signed_in()

    def cases(self):
        return self.priya.ask("GetCases")

    def test_idle_and_absolute_end(self):
        for _ in range(12):
            self.advance(599)
            self.assertEqual(self.cases().status, 200)
        self.advance(12)
        self.refused(self.cases(), "S-201")
        self.sign_in(self.priya)
        self.advance(600)
        self.refused(self.cases(), "S-201")
        self.assertEqual(self.calls()[-1]["outcome"], "session_expired")

    def test_logout_and_a_login_elsewhere_end_it(self):
        other = self.signed_in()
        self.refused(self.cases(), "S-201")
        self.assertEqual(other.ask("Logout").value("Result"), "Ok")
        self.refused(other.ask("Logout"), "S-201")

    def test_no_or_unknown_token(self):
        for token in (None, "smt-" + "0" * 32):
            self.priya.token = token
            self.refused(self.cases(), "S-201")

    def test_thirty_calls_a_minute(self):
        self.assertEqual({self.cases().status for _ in range(30)}, {200})
        answer = self.cases()
        self.assertEqual((answer.code, answer.faultcode), ("S-429", "Server"))
        self.assertIn(int(answer.value("RetryAfterSeconds")), range(55, 61))
        self.advance(60)
        self.assertEqual(self.cases().status, 200)

    def test_accounts_of_the_control_port(self):
        def act(action):
            return self.steer("/control/accounts", {"credential": "k6", "action": action})["state"]

        self.assertEqual(act("revoke_sessions"), "active")
        self.refused(self.cases(), "S-201")
        self.assertEqual(act("disable_safety"), "disabled_safety")
        self.refused(self.priya.login(PRIYA), "S-107")
        self.assertEqual(act("enable"), "active")
        self.assertEqual(act("lock"), "active")
        self.refused(self.priya.login(PRIYA), "S-102", LockedUntil=LOCK)
        self.assertEqual(act("unlock"), "active")
        self.assertEqual(act("expire_password"), "password_expired")
        self.refused(self.priya.login(PRIYA), "S-106")


class Forgotten(SmartTest):
    def test_user_name_by_mail_and_no_oracle(self):
        user = self.user()
        for email, name in (("Priya.H@example.com", "halloran"), ("nobody@example.com", "Halloran")):
            answer = user.ask("ForgotUserName", Email=email, LastName=name)
            self.assertEqual((answer.status, answer.value("Result")), (200, "Ok"))
        message, = self.messages("username")
        self.assertEqual((message["text"], message["to"]), (PRIYA[0], "priya.h@example.com"))

    def reset_link(self, name=PRIYA[0]):
        answer = self.user().ask("ForgotPassword", UserName=name)
        self.assertEqual((answer.status, answer.value("Result")), (200, "Ok"))
        return self.messages("link")[-1]["link"] if self.messages("link") else None

    def post(self, link, password):
        body = urllib.parse.urlencode({"newPassword": password}).encode()
        return self.user().wire.send("POST", link, body)

    def test_reset_sets_the_password_lifts_the_lock_and_ends_sessions(self):
        self.assertIsNone(self.reset_link("nobody"))
        user = self.signed_in()
        for _ in range(4):
            self.user().login(WRONG)
        link = self.reset_link()
        self.assertRegex(link, "^/itexas/reset/[^/]+$")
        self.assertIn(b'name="newPassword"', self.user().wire.send("GET", link).body)
        self.assertEqual(self.post(link, "").status, 400)
        self.assertEqual(self.post(link, "x" * 129).status, 400)
        self.assertEqual(self.post(link, "New & shiny").status, 200)
        self.assertEqual(self.post(link, "again").status, 404)
        self.assertEqual(user.ask("GetCases").code, "S-201")
        self.assertEqual(self.user().login((PRIYA[0], "New & shiny")).status, 200)
        rows = {(call["path"], call["person"]) for call in self.calls("ForgotPassword")[2:]}
        self.assertEqual(rows, {("/itexas/reset/*", "p-priya")})

    def test_reset_makes_an_expired_password_usable_and_links_last_a_day(self):
        self.steer("/control/accounts", {"credential": "k6", "action": "expire_password"})
        old, link = self.reset_link(), self.reset_link()
        self.advance(24 * 3600 - 1)
        self.assertEqual(self.post(link, PRIYA[1]).status, 200)
        self.assertEqual(self.user().login(PRIYA).status, 200)
        self.advance(1)
        self.assertEqual(self.post(old, "x").status, 404)

    def test_missing_people_have_no_mail(self):
        document = smart_sample()
        next(p for p in document["people"] if p["id"] == "p-priya")["email"] = None
        self.load(document)
        self.assertIsNone(self.reset_link())


if __name__ == "__main__":
    unittest.main()
