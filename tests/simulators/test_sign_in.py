"""Login, second step, lock and sessions of tx-icop."""
import unittest

from harness import DANA, F1, LEON, PRIYA, RAFAEL, SimulatorTest, sample


class LoginWithoutSecondStep(SimulatorTest):
    def test_opens_a_session(self):
        body = self.parent().login(RAFAEL).json
        self.assertRegex(body.pop("sessionToken"), r"^[A-Za-z0-9_-]{43}$")
        self.assertEqual(body, {
            "status": "OK", "result": "OK", "idleExpiresAt": "2026-03-16T14:15:00Z",
            "absoluteExpiresAt": "2026-03-16T18:00:00Z",
            "user": {"memberId": "M100000002", "displayName": "Rafael Q."}})

    def test_answers_carry_virtual_date_and_trace(self):
        reply = self.parent().login(RAFAEL)
        self.assertEqual(reply.headers["Date"], "Mon, 16 Mar 2026 14:00:00 GMT")
        self.assertRegex(reply.headers["X-Icop-Trace"], r"^[0-9a-f]{16}$")
        self.assertEqual(reply.headers["Content-Type"], "application/json; charset=utf-8")

    def test_names_and_passwords_are_compared_byte_for_byte(self):
        for name, password in (("rafaelql84", RAFAEL[1]), (RAFAEL[0], "blue-harbor7!"), (RAFAEL[0], " x")):
            reply = self.parent().login((name, password))
            self.assertEqual((reply.status, reply.code), (401, "ICOP-1001"))

    def test_unknown_and_wrong_look_alike(self):
        wrong = self.parent().login((RAFAEL[0], "nope")).json
        unknown = self.parent().login(("Nobody.Here", "nope")).json
        self.assertEqual(wrong, unknown)
        self.assertEqual(wrong["error"]["attemptsLeft"], 4)

    def test_fields_are_checked(self):
        parent = self.parent()
        for body, field in (
                ({"userName": "", "password": "x"}, "userName"),
                ({"userName": "a" * 65, "password": "x"}, "userName"),
                ({"userName": "a", "password": 5}, "password"), (b"[]", "body"), (b"\xef\xbb\xbf{}", "body"),
                (b"{", "body")):
            reply = parent.send("POST", "/auth/login", body)
            self.assertEqual((reply.status, reply.code), (400, "ICOP-2001"))
            self.assertEqual(reply.json["error"]["field"], field)

    def test_client_id_is_needed_even_on_unknown_paths(self):
        for path in ("/cases", "/nowhere"):
            reply = self.parent().get(path, X_Icop_Client="other")
            self.assertEqual((reply.status, reply.code), (403, "ICOP-1900"))

    def test_unknown_path_and_wrong_method(self):
        parent = self.parent(RAFAEL)
        self.assertEqual(parent.get("/nowhere").code, "ICOP-2004")
        reply = parent.send("DELETE", "/cases")
        self.assertEqual((reply.status, reply.body), (405, b""))
        self.assertEqual(self.calls()[-2]["op"], "unknown")


class Locks(SimulatorTest):
    def fail(self, name, times):
        for _ in range(times):
            reply = self.parent().login((name, "wrong"))
        return reply

    def test_fifth_wrong_try_locks_and_the_right_password_is_not_checked(self):
        self.assertEqual(self.fail(RAFAEL[0], 4).json["error"]["attemptsLeft"], 1)
        locked = self.fail(RAFAEL[0], 1)
        self.assertEqual((locked.status, locked.code), (403, "ICOP-1003"))
        self.assertEqual(locked.json["error"]["lockedUntil"], "2026-03-16T14:15:00Z")
        self.advance(600)
        again = self.parent().login(RAFAEL)
        self.assertEqual(again.json["error"]["lockedUntil"], "2026-03-16T14:15:00Z")
        self.assertEqual([c["counted"] for c in self.calls("login")], [True] * 5 + [False])
        self.assertEqual(self.calls("login")[-1]["outcome"], "locked")

    def test_lock_ends_exactly_at_its_time_with_the_counter_at_zero(self):
        self.fail(RAFAEL[0], 5)
        self.advance(899)
        self.assertEqual(self.parent().login(RAFAEL).code, "ICOP-1003")
        self.advance(1)
        self.assertEqual(self.fail(RAFAEL[0], 1).json["error"]["attemptsLeft"], 4)
        self.assertEqual(self.parent().login(RAFAEL).status, 200)

    def test_names_that_do_not_exist_lock_too(self):
        self.assertEqual(self.fail("Nobody.Here", 5).code, "ICOP-1003")

    def test_completed_login_clears_the_counter(self):
        self.fail(RAFAEL[0], 3)
        self.parent(RAFAEL)
        self.assertEqual(self.fail(RAFAEL[0], 1).json["error"]["attemptsLeft"], 4)

    def test_ten_logins_a_minute_from_one_address(self):
        self.fail("A.name", 5)
        self.fail("B.name", 5)
        reply = self.parent().login(RAFAEL)
        self.assertEqual((reply.status, reply.code), (429, "ICOP-4290"))
        self.assertEqual(int(reply.headers["Retry-After"]), reply.json["error"]["retryAfterSeconds"])
        self.assertFalse(self.calls("login")[-1]["counted"])
        self.advance(60)
        self.assertEqual(self.parent().login(RAFAEL).status, 200)


class EmailCode(SimulatorTest):
    def begin(self):
        parent = self.parent()
        return parent, parent.login(PRIYA).json

    def test_challenge_wrong_code_right_code(self):
        parent, body = self.begin()
        self.assertRegex(body["challengeId"], r"^ch_[0-9a-f]{8}$")
        self.assertEqual({k: v for k, v in body.items() if k != "challengeId"}, {
            "status": "OK", "result": "CHALLENGE", "challengeType": "EMAIL_CODE",
            "sentTo": "p***@example.com",
            "expiresAt": "2026-03-16T14:10:00Z", "attemptsLeft": 3, "resendAfter": "2026-03-16T14:00:30Z"})
        wrong = parent.answer(body["challengeId"], "000000")
        self.assertEqual((wrong.status, wrong.json["error"]), (401, {
            "code": "ICOP-1101", "message": "The code is not correct.", "attemptsLeft": 2}))
        right = parent.answer(body["challengeId"], f" {self.last_code()} ")
        self.assertEqual(right.json["user"], {"memberId": "M200000002", "displayName": "Priya H."})
        self.assertEqual([c["outcome"] for c in self.calls()], ["challenge", "wrong_code", "ok"])
        self.assertEqual({c["person"] for c in self.calls()}, {"p-priya"})

    def test_outbox_shows_the_message(self):
        _, body = self.begin()
        message, = self.messages("code")
        self.assertRegex(message.pop("code"), r"^\d{6}$")
        self.assertEqual(message, {
            "seq": 1, "system": "tx-icop", "person": "p-priya", "channel": "email",
            "to": "priya.h@example.com",
            "kind": "code", "link": None, "text": None, "challengeId": body["challengeId"],
            "at": "2026-03-16T14:00:00Z", "availableAt": "2026-03-16T14:00:00Z"})

    def test_third_wrong_code_ends_the_step_and_counts_one_try(self):
        parent, body = self.begin()
        codes = [parent.answer(body["challengeId"], "000000").code for _ in range(3)]
        self.assertEqual(codes, ["ICOP-1101", "ICOP-1101", "ICOP-1102"])
        self.assertEqual([c["counted"] for c in self.calls("challenge")], [False, False, True])
        self.assertEqual(parent.answer(body["challengeId"], self.last_code()).code, "ICOP-1102")
        self.assertEqual(parent.login((PRIYA[0], "wrong")).json["error"]["attemptsLeft"], 3)

    def test_third_wrong_code_as_fifth_try_locks(self):
        parent, body = self.begin()
        for _ in range(4):
            self.parent().login((PRIYA[0], "wrong"))
        codes = [parent.answer(body["challengeId"], "000000").code for _ in range(4)]
        self.assertEqual(codes, ["ICOP-1101", "ICOP-1101", "ICOP-1102", "ICOP-1003"])
        self.assertEqual(parent.login(PRIYA).code, "ICOP-1003")

    def test_old_code_ends_without_a_counted_try(self):
        parent, body = self.begin()
        self.advance(600)
        self.assertEqual(parent.answer(body["challengeId"], self.last_code()).code, "ICOP-1102")
        self.assertFalse(self.calls("challenge")[-1]["counted"])
        self.assertEqual(parent.login((PRIYA[0], "wrong")).json["error"]["attemptsLeft"], 4)

    def test_resend_gives_a_new_code_after_30_seconds_and_three_sends_at_most(self):
        parent, body = self.begin()
        path = f"/auth/challenge/{body['challengeId']}/resend"
        early = parent.send("POST", path)
        self.assertEqual((early.status, early.code, early.headers["Retry-After"]), (429, "ICOP-1103", "30"))
        self.assertEqual(early.json["error"]["retryAfterSeconds"], 30)
        first = self.last_code()
        self.assertEqual(parent.answer(body["challengeId"], "000000").code, "ICOP-1101")
        self.advance(30)
        again = parent.send("POST", path).json
        self.assertEqual((again["expiresAt"], again["attemptsLeft"]), ("2026-03-16T14:10:30Z", 2))
        self.assertEqual(parent.answer(body["challengeId"], first).code, "ICOP-1101")
        self.advance(30)
        self.assertEqual(parent.send("POST", path).status, 200)
        self.advance(60)
        spent = parent.send("POST", path)
        self.assertEqual((spent.code, spent.headers["Retry-After"]), ("ICOP-1103", "540"))
        self.assertEqual(parent.answer(body["challengeId"], self.last_code()).status, 200)

    def test_several_steps_may_be_open(self):
        parent, first = self.begin()
        first_code = self.last_code()
        parent.login(PRIYA)
        self.assertEqual(parent.answer(first["challengeId"], first_code).status, 200)


class FixedCodes(SimulatorTest):
    @staticmethod
    def scenario():
        document = sample()
        document["otp"] = {"mode": "fixed", "length": 6, "value": "135790"}
        return document

    def test_every_code_is_the_value(self):
        parent = self.parent()
        challenge = parent.login(PRIYA).json["challengeId"]
        self.assertEqual(parent.answer(challenge, "135790").status, 200)


class SecurityQuestion(SimulatorTest):
    def test_question_and_folded_answer(self):
        parent = self.parent()
        body = parent.login(LEON).json
        self.assertEqual({k: v for k, v in body.items() if k != "challengeId"}, {
            "status": "OK", "result": "CHALLENGE", "challengeType": "SECURITY_QUESTION",
            "question": {"id": "Q3", "text": "What was the name of your first school?"},
            "expiresAt": "2026-03-16T14:10:00Z", "attemptsLeft": 3})
        self.assertEqual(parent.answer(body["challengeId"], "Maple").code, "ICOP-1101")
        self.assertEqual(parent.answer(body["challengeId"], "  maple   TEST elementary ").status, 200)


class Sessions(SimulatorTest):
    def test_idle_time_moves_with_calls_but_not_with_session(self):
        parent = self.parent(RAFAEL)
        self.advance(600)
        self.assertEqual(parent.get("/auth/session").json["idleExpiresAt"], "2026-03-16T14:15:00Z")
        parent.get("/cases")
        self.assertEqual(parent.get("/auth/session").json["idleExpiresAt"], "2026-03-16T14:25:00Z")
        self.advance(900)
        reply = parent.get("/cases")
        self.assertEqual((reply.status, reply.code), (401, "ICOP-1201"))
        self.assertEqual(reply.headers["WWW-Authenticate"], "Bearer")
        self.assertEqual(self.calls()[-1]["outcome"], "session_expired")

    def test_absolute_end_never_moves(self):
        parent = self.parent(RAFAEL)
        for _ in range(17):
            self.advance(840)
            parent.get("/cases")
        self.assertEqual(parent.get("/auth/session").json["idleExpiresAt"], "2026-03-16T18:00:00Z")
        self.advance(120)
        self.assertEqual(parent.get("/cases").code, "ICOP-1201")

    def test_second_login_replaces_the_first_session(self):
        first, second = self.parent(RAFAEL), self.parent(RAFAEL)
        self.assertEqual(first.get("/cases").code, "ICOP-1202")
        self.assertEqual(second.get("/cases").status, 200)

    def test_logout_ends_the_session(self):
        parent = self.parent(RAFAEL)
        reply = parent.send("POST", "/auth/logout")
        self.assertEqual((reply.status, reply.body), (204, b""))
        self.assertEqual(parent.get("/cases").code, "ICOP-1201")

    def test_sixty_calls_a_minute(self):
        parent = self.parent(RAFAEL)
        statuses = [parent.get("/cases").status for _ in range(61)]
        self.assertEqual(statuses, [200] * 60 + [429])
        self.assertEqual(self.parent(DANA).get("/cases").status, 200)
        self.advance(60)
        self.assertEqual(parent.get("/cases").status, 200)

    def test_no_token_is_no_session(self):
        self.assertEqual(self.parent().get(f"/cases/{F1}").code, "ICOP-1201")


if __name__ == "__main__":
    unittest.main()
