"""Ohio locks a case number at the third wrong try: the gateway never uses that try by itself."""
import unittest

from box import BoxCase, sample, settle
from client import sign_in_fields, wait_until

OHIO = "oh-csenet"


class OhioCase(BoxCase):
    def setUp(self):
        super().setUp()
        self.box.control("reset", {})

    def sign_ins(self, since=0):
        return self.box.calls("auth", since, OHIO)

    def try_once(self, parent, fields, confirm=False):
        return parent.try_answer(parent.start_link(system=OHIO), fields, confirm)


class OhioLockout(OhioCase):
    """Every test has a case number of its own: what was refused stays known."""

    @staticmethod
    def typed(number, pin, ssn4="4471"):
        return {"case_number": number, "ssn_last4": ssn4, "pin": pin}

    def refuse(self, parent, number, pins):
        for pin in pins:
            answer = self.try_once(parent, self.typed(number, pin))
            self.assertEqual(answer.code, "credential_refused")
        return answer

    def test_a_refused_pin_is_never_sent_again(self):
        parent, other = self.box.parent().join(), self.box.parent().join()
        refused = self.refuse(parent, "7001000001", ["11112222"])
        self.assertEqual(refused.json["attempts_left"], 2)
        wrong = self.typed("7001000001", "11112222")
        for one in (parent, other):
            again = self.try_once(one, wrong)
            self.assertEqual((again.status, again.code), (409, "credential_already_refused"))
        confirmed = self.try_once(parent, wrong, confirm=True)
        self.assertEqual(confirmed.code, "credential_already_refused")
        self.box.end_gateway()
        self.box.start_gateway()
        self.assertEqual(self.try_once(parent, wrong).code, "credential_already_refused")
        self.assertEqual(len(self.sign_ins()), 1)

    def test_the_last_try_needs_a_word_of_the_parent(self):
        parent = self.box.parent().join()
        refused = self.refuse(parent, "7001000002", ["11112222", "33334444"])
        self.assertEqual(refused.json["attempts_left"], 1)
        third = self.typed("7001000002", "55556666")
        for _ in range(2):
            warned = self.try_once(parent, third)
            self.assertEqual((warned.status, warned.code), (409, "challenge_lockout_risk"))
            self.assertEqual(warned.json["attempts_left"], 1)
        self.assertEqual(len(self.sign_ins()), 2)
        locked = self.try_once(parent, third, confirm=True)
        self.assertEqual(locked.code, "account_locked")
        self.assertIsNone(locked.json["retry_at"])  # no time ends the lock
        self.assertEqual([one["outcome"] for one in self.sign_ins()],
                         ["wrong_credentials", "wrong_credentials", "locked"])

    def test_another_way_to_write_the_number_is_no_way_around_the_warning(self):
        parent = self.box.parent().join()
        self.refuse(parent, "7001000003", ["11112222"])
        self.refuse(parent, "0007001000003", ["33334444"])
        for number in ("7001000003", "07001000003", " 7001000003 "):
            warned = self.try_once(parent, self.typed(number, "55556666"))
            self.assertEqual(warned.code, "challenge_lockout_risk")
            known = self.try_once(parent, self.typed(number, "11112222"))
            self.assertEqual(known.code, "credential_already_refused")
        self.assertEqual(len(self.sign_ins()), 2)

    def test_other_last_digits_of_the_person_count_at_the_same_number(self):
        parent = self.box.parent().join()
        self.refuse(parent, "7001000004", ["11112222"])
        second = self.try_once(parent, self.typed("7001000004", "11112222", ssn4="4472"))
        self.assertEqual((second.code, second.json["attempts_left"]), ("credential_refused", 1))
        third = self.try_once(parent, self.typed("7001000004", "11112222", ssn4="4473"))
        self.assertEqual(third.code, "challenge_lockout_risk")
        self.assertEqual(len(self.sign_ins()), 2)

    def test_a_locked_number_is_asked_again_only_on_the_parents_word(self):
        parent = self.box.parent().join()
        right = sign_in_fields(self.credential("k11"))
        self.box.control("accounts", {"credential": "k11", "action": "lock"})
        self.assertEqual(self.try_once(parent, right).code, "account_locked")
        self.assertEqual(self.try_once(parent, right).code, "challenge_lockout_risk")
        self.assertEqual(len(self.sign_ins()), 1)
        self.box.control("accounts", {"credential": "k11", "action": "unlock"})  # the parent has called
        answer = self.try_once(parent, right, confirm=True)
        self.assertEqual((answer.status, answer.json["state"]), (200, "succeeded"))
        self.assertEqual(len(self.sign_ins()), 2)

    def test_what_the_form_refuses_costs_no_try(self):
        parent = self.box.parent().join()
        for fields in (self.typed("7001000005", "123"), self.typed("7001000005", "1234567x"),
                       self.typed("7001000005", "11112222", ssn4="44710")):
            self.assertGreaterEqual(self.try_once(parent, fields).status, 400)
        self.assertEqual(self.sign_ins(), [])


class NoOhioSignInBehindTheParentsBack(OhioCase):
    """What runs without the parent never signs in at Ohio, however stale the data, whatever was kept."""

    def turn_time(self, seconds):
        """The gateway takes its clock from the simulators at its start."""
        self.box.end_gateway()
        self.box.advance(seconds)
        self.box.start_gateway()

    def stale_read(self, parent):
        """Looks at data that are too old; returns the link once no reading is under way."""
        case_id = parent.read("/v1/cases")["data"][0]["id"]
        parent.read(f"/v1/cases/{case_id}?include=payments,balances")
        parent.read("/v1/ledger")

        def settled():
            link = parent.read("/v1/links")["data"][0]
            return link if not link["open_sync"] else None
        return wait_until("the end of the background reading", settled)

    def test_neither_a_stale_reading_nor_a_session_that_ended_leads_to_a_sign_in(self):
        for custody, credential_id in (("vaulted", "k9"), ("session_only", "k11")):
            with self.subTest(custody=custody):
                parent = self.box.parent().join()
                parent.link_and_read(self.credential(credential_id), custody)
                before = self.box.last_call(OHIO)
                self.box.control("accounts", {"credential": credential_id, "action": "revoke_sessions"})
                self.turn_time(26 * 3600)  # a day later the session is over and the figures are stale
                parent.sign_in()
                link = self.stale_read(parent)
                self.assertFalse(link["session_live"])
                settle(1.5)
                self.assertEqual(self.sign_ins(before), [])
                self.assertEqual(len(parent.read("/v1/cases")["data"]), 1)

    def test_a_reading_in_the_background_stops_where_the_session_has_ended(self):
        parent = self.box.parent().join()
        parent.link_and_read(self.credential("k9"), "vaulted")
        before = self.box.last_call(OHIO)
        self.box.control("accounts", {"credential": "k9", "action": "revoke_sessions"})
        self.turn_time(1000)  # Ohio's session would last 1200
        parent.sign_in()
        parent.sync(parent.read("/v1/links")["data"][0]["id"])
        link = self.stale_read(parent)
        self.assertEqual([one["outcome"] for one in self.box.calls("csenet", before, OHIO)],
                         ["session_expired"])
        self.assertEqual(self.sign_ins(before), [])
        self.assertIn("needs_user", [one["sync"] for one in link["datasets"]])


del OhioCase  # what they share is no test of its own

if __name__ == "__main__":
    unittest.main()
