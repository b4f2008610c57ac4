"""Enrolment and forgotten credentials of tx-icop."""
import unittest
import urllib.parse

from harness import BASE, DANA, F4, RAFAEL, SimulatorTest, Wire

MARISOL = {
    "firstName": "Marisol", "lastName": "Vega-Thorne", "dob": "05/16/1989",
    "identifiers": [{"type": "SSN", "value": "900440176"}, {"type": "CASE", "value": F4}],
}
CHOICE = {
    "userName": "MarisolVT", "password": "Orange-Door88", "email": "marisol.vt@example.net",
    "secondStep": "EMAIL_CODE",
}


class Enrolment(SimulatorTest):
    def setUp(self):
        super().setUp()
        self.client = self.parent()

    def start(self, **changes):
        return self.client.send("POST", "/enrol/start", MARISOL | changes)

    def choose(self, enrolment_id, **changes):
        return self.client.send("POST", f"/enrol/{enrolment_id}/login", CHOICE | changes)

    def verify(self, enrolment_id, code):
        return self.client.send("POST", f"/enrol/{enrolment_id}/verify", {"code": code})

    def test_whole_way(self):
        started = self.start().json
        self.assertRegex(started["enrolmentId"], r"^en_[0-9a-f]{8}$")
        self.assertEqual((started["expiresAt"], [q["id"] for q in started["questions"]]),
                         ("2026-03-16T14:30:00Z", ["Q1", "Q3"]))
        chosen = self.choose(started["enrolmentId"])
        self.assertEqual((chosen.status, chosen.json), (201, {
            "status": "OK", "result": "VERIFY_EMAIL", "sentTo": "m***@example.net",
            "expiresAt": "2026-03-16T14:10:00Z"}))
        done = self.verify(started["enrolmentId"], self.last_code())
        self.assertEqual((done.status, done.json), (
            201, {"status": "OK", "result": "ENROLLED", "memberId": "M400000001"}))
        login = self.client.login(("MarisolVT", "Orange-Door88")).json
        self.assertEqual(login["challengeType"], "EMAIL_CODE")
        self.assertEqual(self.client.answer(login["challengeId"], self.last_code()).status, 200)
        self.assertEqual(self.start().code, "ICOP-1301")
        self.assertEqual({c["person"] for c in self.calls()} - {None}, {"p-marisol"})

    def test_question_as_second_step(self):
        enrolment_id = self.start().json["enrolmentId"]
        self.choose(enrolment_id, secondStep="SECURITY_QUESTION", questionId="Q1", answer="Rex  the cat")
        self.verify(enrolment_id, f" {self.last_code()} ")
        login = self.client.login(("MarisolVT", "Orange-Door88")).json
        self.assertEqual(self.client.answer(login["challengeId"], "rex the CAT").status, 200)

    def test_no_match_no_case_and_enrolled_look_the_same(self):
        wrong = self.start(dob="05/17/1989")
        enrolled = self.start(
            firstName="Rafael", lastName="Quintero-Lund", dob="07/19/1984",
            identifiers=[{"type": "SSN", "value": "900114471"}, {"type": "CIN", "value": "C100000002"}])
        child = self.start(
            firstName="Luz", lastName="Abernathy-Vega", dob="02/11/2018",
            identifiers=[{"type": "SSN", "value": "900440287"}, {"type": "CASE", "value": F4}])
        for reply in (wrong, enrolled, child):
            self.assertEqual((reply.status, reply.json["error"]), (422, {
                "code": "ICOP-1301", "message": "The information does not match our records."}))

    def test_names_are_compared_by_their_letters(self):
        self.assertEqual(self.start(firstName=" marisol", lastName="VEGATHORNE").status, 200)
        cin = [{"type": "CIN", "value": "C400000001"}, {"type": "CASE", "value": F4}]
        self.assertEqual(self.start(identifiers=cin).status, 200)

    def test_identifiers_are_two_of_different_type(self):
        ssn = MARISOL["identifiers"][0]
        for identifiers in ([ssn], [ssn, ssn], [ssn, {"type": "DL", "value": "1"}], "x",
                            [ssn, {"type": "CIN", "value": "400000001"}]):
            reply = self.start(identifiers=identifiers)
            self.assertEqual((reply.code, reply.json["error"]["field"]), ("ICOP-2001", "identifiers"))

    def test_fifth_failure_blocks_for_a_day_from_the_first(self):
        for _ in range(4):
            self.assertEqual(self.start(identifiers=[
                {"type": "SSN", "value": "900440000"}, {"type": "CASE", "value": F4}]).code, "ICOP-1301")
            self.advance(60)
        fifth = self.start(firstName="Other")
        self.assertEqual((fifth.status, fifth.code, fifth.json["error"]["lockedUntil"]),
                         (403, "ICOP-1303", "2026-03-17T14:00:00Z"))
        self.assertEqual(self.start().code, "ICOP-1303")
        self.steer("/control/clock", {"set": "2026-03-17T14:00:00Z"})
        self.assertEqual(self.start().status, 200)

    def test_login_rules(self):
        enrolment_id = self.start().json["enrolmentId"]
        for changes, field in (
                ({"userName": "short"}, "userName"), ({"userName": "with blank"}, "userName"),
                ({"password": "alllower-88"}, "password"), ({"password": "NoOther1234"}, "password"),
                ({"password": "Sh0rt-Pw"}, "password"), ({"email": "x"}, "email"),
                ({"secondStep": "SMS"}, "secondStep"),
                ({"secondStep": "SECURITY_QUESTION", "questionId": "Q9", "answer": "a"}, "questionId")):
            reply = self.choose(enrolment_id, **changes)
            self.assertEqual((reply.code, reply.json["error"]["field"]), ("ICOP-2001", field))
        taken = self.choose(enrolment_id, userName="rafaelql84")
        self.assertEqual((taken.status, taken.code), (409, "ICOP-1302"))

    def test_third_wrong_code_ends_the_enrolment(self):
        enrolment_id = self.start().json["enrolmentId"]
        self.choose(enrolment_id)
        codes = [self.verify(enrolment_id, "000000").code for _ in range(4)]
        self.assertEqual(codes, ["ICOP-1101", "ICOP-1101", "ICOP-1102", "ICOP-2004"])

    def test_times(self):
        enrolment_id = self.start().json["enrolmentId"]
        self.choose(enrolment_id)
        self.advance(600)
        self.assertEqual(self.verify(enrolment_id, self.last_code()).code, "ICOP-1102")
        self.advance(1200)
        self.assertEqual(self.choose(enrolment_id).code, "ICOP-2004")


class Forgotten(SimulatorTest):
    def page(self, link, body=None):
        wire = Wire(self.url)
        self.addCleanup(wire.close)
        encoded = urllib.parse.urlencode(body).encode() if body else None
        return wire.send("POST" if body else "GET", link, encoded)

    def ask_for_link(self, name=RAFAEL[0]):
        return self.parent().send("POST", "/auth/forgot-password", {"userName": name})

    def test_same_answer_whether_known_or_not(self):
        known, unknown = self.ask_for_link(), self.ask_for_link("Nobody.Here")
        self.assertEqual((known.status, known.body), (202, unknown.body))
        self.assertEqual(
            known.json["message"], "If the information matches an account, an e-mail has been sent.")
        self.assertEqual(len(self.messages("link")), 1)

    def test_user_name_is_mailed_when_all_fits(self):
        data = {"email": "rafael.ql@example.com", "lastName": "Quintero-Lund", "dob": "07/19/1984"}
        replies = [self.parent().send("POST", "/auth/forgot-username", data | change)
                   for change in ({}, {"dob": "07/20/1984"})]
        self.assertEqual([r.status for r in replies], [202, 202])
        self.assertEqual(replies[0].body, replies[1].body)
        message, = self.messages("username")
        self.assertEqual((message["text"], message["to"]), (RAFAEL[0], "rafael.ql@example.com"))

    def test_link_sets_the_password_once(self):
        parent = self.parent(RAFAEL)
        for _ in range(5):
            self.parent().login((RAFAEL[0], "wrong"))
        self.ask_for_link()
        link = self.messages("link")[0]["link"]
        self.assertTrue(link.startswith(f"{BASE}/reset/"))
        self.assertIn(b"newPassword", self.page(link).body)
        self.assertEqual(self.page(link, {"newPassword": "weak"}).status, 400)
        self.assertEqual(self.page(link, {"newPassword": "Green-Harbor8!"}).status, 200)
        self.assertEqual([self.page(link).status, self.page(link, {"newPassword": "x"}).status], [404, 404])
        self.assertEqual(parent.get("/cases").code, "ICOP-1201")
        self.assertEqual(self.parent().login((RAFAEL[0], "Green-Harbor8!")).status, 200)
        self.assertEqual(self.calls("hosted_page")[0]["path"], f"{BASE}/reset/*")

    def test_link_is_good_for_24_hours(self):
        self.ask_for_link()
        self.advance(24 * 3600)
        self.assertEqual(self.page(self.messages("link")[0]["link"]).status, 404)

    def test_link_makes_an_expired_password_usable(self):
        self.steer("/control/accounts", {"credential": "k2", "action": "expire_password"})
        self.assertEqual(self.parent().login(DANA).code, "ICOP-1004")
        self.ask_for_link(DANA[0])
        self.page(self.messages("link")[0]["link"], {"newPassword": "Green-Harbor8!"})
        self.assertEqual(self.parent().login((DANA[0], "Green-Harbor8!")).status, 200)


if __name__ == "__main__":
    unittest.main()
