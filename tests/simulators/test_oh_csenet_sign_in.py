"""AUTH and QUIT of oh-csenet: tries, locks, sessions and the nightly batch."""
import unittest

from ohio import CASE, DANA, RAFAEL, SUNNIVA, OhioTest, ohio_sample, request_line

WRONG = (CASE, "4471", "00000000")
LOCKED = b"LOCKED CALL 18005550139\n"
NO_ACCESS = b"NOACCESS CALL 18005550139\n"
SYNTAX = b"ERR 400 SYNTAX\n"


class SignInTest(OhioTest):
    def setUp(self):
        super().setUp()
        self.phone = self.sender()

    def auth(self, credentials):
        reply = self.phone.sign_in(credentials)
        self.assertEqual((reply.status, reply.headers["Content-Type"]), (200, "text/plain; charset=us-ascii"))
        return reply.body

    def act(self, credential, action, **more):
        return self.steer("/control/accounts", {"credential": credential, "action": action, **more})["state"]

    def is_open(self, sender):
        return sender.inbox().status == 200


class Tries(SignInTest):
    def test_right(self):
        self.assertRegex(self.auth(RAFAEL), rb"^OK [0-9a-f]{32} IDLE=1200 ABS=7200\n$")
        row, = self.calls("auth")
        self.assertEqual((row["person"], row["case"], row["outcome"], row["counted"], row["path"]),
                         ("p-rafael", CASE, "ok", False, "/ohsets/v1/auth"))

    def test_third_wrong_try_locks_until_the_parent_calls(self):
        replies = [self.auth(WRONG) for _ in range(4)]
        self.assertEqual(replies, [b"NO 2\n", b"NO 1\n", LOCKED, LOCKED])
        self.assertEqual([c["counted"] for c in self.calls("auth")], [True, True, True, False])
        outcomes = [c["outcome"] for c in self.calls("auth")]
        self.assertEqual(outcomes, ["wrong_credentials", "wrong_credentials", "locked", "locked"])
        self.advance(40 * 86400)
        self.assertEqual(self.auth(RAFAEL), LOCKED)
        self.assertEqual(self.auth(DANA), LOCKED)
        self.assertEqual(self.act("k9", "unlock"), "active")
        self.assertEqual(self.auth(WRONG), b"NO 2\n")
        self.assertEqual(self.auth(RAFAEL)[:3], b"OK ")

    def test_one_counter_for_a_number_whoever_tries(self):
        self.assertEqual(self.auth((CASE, "9999", RAFAEL[2])), b"NO 2\n")
        self.assertEqual(self.auth((CASE, DANA[1], RAFAEL[2])), b"NO 1\n")
        self.assertEqual(self.auth(DANA)[:3], b"OK ")
        self.assertEqual(self.auth(WRONG), b"NO 2\n")

    def test_unknown_numbers_look_the_same(self):
        unknown = ("7009999999", "1234", "12345678")
        self.assertEqual([self.auth(unknown) for _ in range(3)], [b"NO 2\n", b"NO 1\n", LOCKED])
        self.assertEqual(self.auth(RAFAEL)[:3], b"OK ")

    def test_wrong_pin_is_still_the_person_of_the_digits(self):
        self.auth(WRONG)
        self.assertEqual(self.calls("auth")[-1]["person"], "p-rafael")

    def test_other_lines_are_no_try(self):
        for line in ("auth 7001234567", "AUTH 7001234567 4471 8392061", "AUTH  7001234567 4471 83920615",
                     "AUTH 8001234567 4471 83920615", "AUTH 7001234567 4471 83920615 ", "QUIT", "",
                     "AUTH 7001234567 4471 83920615\nQUIT x", "HELLO"):
            self.assertEqual(self.phone.command(line).body, SYNTAX, line)
        self.assertEqual(self.phone.command("AUTH " + " ".join(RAFAEL), end=b"").body, SYNTAX)
        self.assertEqual(self.auth(WRONG), b"NO 2\n")

    def test_wrong_content_type_is_refused_without_a_body(self):
        line = ("AUTH " + " ".join(WRONG)).encode() + b"\n"
        for content_type in (
                "text/plain", "text/plain; charset=cp037", "application/json; charset=us-ascii", None):
            reply = self.phone.send("POST", "/auth", line, content_type)
            self.assertEqual((reply.status, reply.body), (415, b""))
        self.assertEqual(self.auth(WRONG), b"NO 2\n")
        reply = self.phone.send("POST", "/auth", line, 'Text/Plain;Charset="US-ASCII"')
        self.assertEqual(reply.body, b"NO 1\n")

    def test_paths_and_methods(self):
        self.assertEqual(self.phone.send("GET", "/auth").headers["Allow"], "POST")
        self.assertEqual(self.phone.send("GET", "/nowhere").status, 404)
        self.assertEqual(self.calls()[-1]["op"], "unknown")


class States(SignInTest):
    @staticmethod
    def scenario():
        document = ohio_sample()
        states = {"k9": "none", "k10": "disabled", "k11": "disabled_safety", "k-dana": "locked"}
        for credential in document["credentials"]:
            credential["state"] = states.get(credential["id"], credential["state"])
            if credential["id"] == "k-dana":
                credential["caseNumber"] = "7000000001"  # a case of its own, which the scenario does not have
                credential["lockedUntil"] = "2026-03-16T15:00:00Z"
        return document

    def test_blocked_is_only_told_after_the_right_secret(self):
        wrong = (SUNNIVA[0], SUNNIVA[1], "00000000")
        self.assertEqual([self.auth(wrong), self.auth(SUNNIVA)], [b"NO 2\n", NO_ACCESS])
        self.assertEqual(self.auth(("7005550188", "6618", "55120934")), NO_ACCESS)
        self.assertEqual(self.calls("auth")[-1]["outcome"], "refused")
        self.assertEqual(self.act("k11", "enable"), "active")
        self.assertEqual(self.auth(SUNNIVA)[:3], b"OK ")
        self.assertEqual(self.act("k11", "expire_password"), "password_expired")
        self.assertEqual(self.auth(SUNNIVA), NO_ACCESS)

    def test_without_a_pin_only_no_and_locked(self):
        self.assertEqual([self.auth(RAFAEL) for _ in range(3)], [b"NO 2\n", b"NO 1\n", LOCKED])

    def test_a_lock_with_an_end_is_over_at_that_time(self):
        mother = ("7000000001", DANA[1], DANA[2])
        self.advance(3599)
        self.assertEqual(self.auth(mother), LOCKED)
        self.advance(1)
        self.assertEqual(self.auth(mother), NO_ACCESS)
        self.assertEqual(self.act("k-dana", "lock", until="2026-03-16T16:00:00Z"), "active")
        self.assertEqual(self.auth(mother), LOCKED)
        self.assertEqual(self.act("k-dana", "lock"), "active")
        self.advance(86400 * 9)
        self.assertEqual(self.auth(mother), LOCKED)

    def test_same_digits_are_told_apart_by_the_pin(self):
        document = ohio_sample()
        document["credentials"][-1]["ssn4"] = RAFAEL[1]
        self.load(document)
        for pin, person in ((RAFAEL[2], "p-rafael"), (DANA[2], "p-dana")):
            self.assertEqual(self.auth((CASE, RAFAEL[1], pin))[:3], b"OK ")
            self.assertEqual(self.calls("auth")[-1]["person"], person)
        document["credentials"][-1]["pin"] = RAFAEL[2]
        refused = self.steer("/control/scenario", document, 422)
        self.assertEqual(refused["error"]["pointer"], "/credentials/14/pin")


class SessionLife(SignInTest):
    def setUp(self):
        super().setUp()
        self.auth(RAFAEL)

    def test_idle_end(self):
        self.advance(1199)
        self.assertTrue(self.is_open(self.phone))
        self.advance(1199)
        self.assertEqual(self.phone.post(request_line("MSC R GRUPD", 1)).status, 200)
        self.advance(1200)
        reply = self.phone.inbox()
        self.assertEqual((reply.status, reply.body), (401, b"ERR 401 SESSION\n"))
        self.assertEqual(self.calls("inbox")[-1]["outcome"], "session_expired")

    def test_absolute_end(self):
        for _ in range(7):
            self.advance(1000)
            self.assertTrue(self.is_open(self.phone))
        self.advance(200)
        self.assertFalse(self.is_open(self.phone))

    def test_quit(self):
        self.assertEqual(self.phone.command("QUIT " + self.phone.token).body, b"BYE\n")
        self.assertFalse(self.is_open(self.phone))
        self.assertEqual(self.phone.command("QUIT " + "0" * 32).body, b"BYE\n")

    def test_another_session_of_the_same_person_ends_the_first(self):
        other, mother = self.sender(RAFAEL), self.sender(DANA)
        self.assertFalse(self.is_open(self.phone))
        self.assertTrue(self.is_open(other) and self.is_open(mother))

    def test_actions_that_end_sessions(self):
        for action, state in (
                ("revoke_sessions", "active"), ("disable", "disabled"),
                ("disable_safety", "disabled_safety")):
            self.act("k9", "enable")
            self.auth(RAFAEL)
            self.assertTrue(self.is_open(self.phone))
            self.assertEqual(self.act("k9", action), state)
            self.assertFalse(self.is_open(self.phone))

    def test_the_log_has_no_token(self):
        self.phone.inbox()
        row = self.calls("inbox")[-1]
        self.assertRegex(row["auth"], r"^s:[0-9a-f]{8}$")
        self.assertNotIn(row["auth"][2:], self.phone.token)
        self.assertEqual((row["person"], row["case"]), ("p-rafael", CASE))


class TypicalLatency(SignInTest):
    @staticmethod
    def scenario():
        document = ohio_sample(mode="async")
        document["systems"]["oh-csenet"]["latency"] = "typical"
        return document

    def test_a_mainframe_takes_its_time(self):
        self.auth(RAFAEL)
        self.assertEqual(self.phone.post(request_line("MSC R GRUPD", 1)).status, 202)
        durations = [row["durationMs"] for row in self.calls()]
        self.assertGreaterEqual(durations[0], 400)
        self.assertGreaterEqual(durations[1], 500)


class Batch(SignInTest):
    def test_bounds(self):
        for instant, is_batch in (
                ("2026-03-17T03:29:59Z", False), ("2026-03-17T03:30:00Z", True),
                ("2026-03-17T04:29:59Z", True), ("2026-03-17T04:30:00Z", False),
                ("2026-12-01T04:29:59Z", False), ("2026-12-01T04:30:00Z", True)):
            self.steer("/control/clock", {"set": instant})
            self.assertEqual(self.auth(WRONG) == b"ERR 503 BATCH UNTIL 0030\n", is_batch, instant)
            self.act("k9", "unlock")
        self.assertEqual(self.phone.command("QUIT x").body, b"ERR 503 BATCH UNTIL 0030\n")
        self.assertEqual(self.phone.command("nonsense").body, b"ERR 503 BATCH UNTIL 0030\n")

    def test_it_comes_before_the_session_and_is_no_try(self):
        self.steer("/control/clock", {"set": "2026-03-17T04:00:00Z"})
        self.assertEqual(self.auth(WRONG), b"ERR 503 BATCH UNTIL 0030\n")
        self.assertFalse(self.calls("auth")[-1]["counted"])
        reply = self.phone.inbox()
        self.assertEqual((reply.status, reply.headers["Retry-After"]), (503, "1800"))

    def test_as_a_fault_it_tells_its_own_end(self):
        self.add_fault("*", "batch_window", {"untilSeconds": 900})
        self.assertEqual(self.auth(WRONG), b"ERR 503 BATCH UNTIL 1015\n")
        self.assertEqual(self.phone.inbox().headers["Retry-After"], "900")
        self.steer("/control/faults", {"clear": True})
        self.add_fault("auth", "maintenance")
        self.assertEqual(self.auth(WRONG), b"ERR 503 BATCH UNTIL 1100\n")
        self.assertEqual(self.calls("auth")[-1]["outcome"], "fault")


if __name__ == "__main__":
    unittest.main()
