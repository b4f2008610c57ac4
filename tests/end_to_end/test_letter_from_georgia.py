"""A PIN that comes by post: ordered, waited for over restarts, called to mind, typed; or not sent at all."""
import json
import unittest
import urllib.parse

import figures
from box import BoxCase, case_of, sample, sandbox
from client import wait_until
from twins import Neutral

DAY_S = 24 * 3600
GEORGIA = "ga-batch"
CASE = "700123456"  # case F4-GA
CORINNE = {"case_number": CASE, "last_name": "Delacroix-Obi", "first_name": "Corinne",
           "date_of_birth": "1984-10-21", "ssn_last4": "8854"}
LEON = {"case_number": CASE, "last_name": "Abernathy", "first_name": "Leon",
        "date_of_birth": "1982-03-08", "ssn_last4": "7743"}


def enrol(parent, fields):
    """The attempt after the state's form was filled in."""
    return parent.answer(parent.start_link(mode="enrol", system=GEORGIA), fields)


class LetterCase(BoxCase):
    def pass_days(self, days):
        """The gateway is down while time passes; the next one finds what is due."""
        self.box.end_gateway()
        self.box.advance(days * DAY_S)
        self.box.start_gateway()

    def mails(self, parent, subject):
        asked = f"{self.box.record['mail']}/messages?to={urllib.parse.quote(parent.email)}"
        return [one for one in sandbox.get_json(asked) if one["subject"] == subject]

    def soon(self, parent, attempt, what, look):
        """The attempt once `look` is true of it."""
        def found():
            now = parent.attempt(attempt)
            return now if look(now) else None
        return wait_until(what, found)

    def letter(self, person):
        asked = f"outbox?system={GEORGIA}&person={person}&kind=mail"
        return self.box.control(asked)["messages"][-1]["code"]


class LetterThatComes(LetterCase):
    @classmethod
    def scenario(cls):
        made = sample()
        next(one for one in made["credentials"] if one["id"] == "k14")["state"] = "none"
        return made

    def test_it_is_waited_for_over_weeks_and_restarts(self):
        parent, other = self.box.parent().join(), self.box.parent().join()
        first = self.ordered(parent)
        second = enrol(other, LEON)
        # Files for the state are a quarter of an hour apart, and no thread waits that long.
        self.assertEqual(second["state"], "waiting")
        self.taken_by_the_state(parent, first, other, second)
        self.called_to_mind(parent)
        self.typed(parent, first)

    def ordered(self, parent):
        attempt = enrol(parent, CORINNE)
        challenge = attempt["challenge"]
        self.assertEqual((attempt["mode"], attempt["state"]), ("enrol", "challenge"))
        self.assertEqual((challenge["kind"], challenge["channel"]), ("mailed_code", "post"))
        self.assertEqual([field["name"] for field in challenge["fields"]], ["pin"])
        self.assertEqual(challenge["expires_at"], attempt["expires_at"])
        return attempt

    def taken_by_the_state(self, parent, first, other, second):
        self.pass_days(1)
        parent.sign_in()
        other.sign_in()
        told = self.soon(parent, first, "the state's answer",
                         lambda now: now["challenge"]["prompt_key"] == "challenge.mailed_code.pin_on_its_way")
        self.assertEqual(told["challenge"]["seq"], first["challenge"]["seq"])
        self.soon(other, second, "the next file", lambda now: now["state"] == "challenge")
        self.assertEqual(self.mails(parent, "Has your letter come?"), [])

    def called_to_mind(self, parent):
        self.pass_days(7)
        mail, = wait_until("a mail about the letter", lambda: self.mails(parent, "Has your letter come?"))
        # 40 days after 16 March.
        self.assertIn("April 25, 2026", mail["text"])
        for word in ("Georgia", GEORGIA, CASE, "Delacroix", "8854", "PIN"):
            self.assertNotIn(word, mail["subject"] + mail["text"])

    def typed(self, parent, first):
        parent.sign_in()
        pin = self.letter("p-corinne")
        open_ones = parent.read("/v1/link-attempts")["data"]
        self.assertEqual([one["id"] for one in open_ones], [first["id"]])
        wrong = parent.try_answer(open_ones[0], {"pin": f"{(int(pin) + 1) % 10**8:08}"})
        self.assertEqual((wrong.status, wrong.code), (422, "challenge_wrong_answer"))
        self.assertEqual(wrong.json["attempts_left"], 4)
        linked = parent.answer(wrong.json["attempt"], {"pin": pin})
        self.assertEqual(linked["state"], "succeeded")
        self.assertEqual(parent.finished(linked["sync_id"])["state"], "succeeded")
        case, = parent.read("/v1/cases")["data"]
        self.assertEqual(figures.case_row(case)[0], CASE)

    def test_what_was_typed_is_in_no_log_and_not_in_clear_in_the_database(self):
        enrol(self.box.parent().join(), LEON)
        log = "\n".join(json.dumps(line) for line in self.box.log_lines())
        stored = (self.box.place.run / "casebridge.db").read_bytes()
        for typed in ("Abernathy", "1982-03-08", CASE):
            self.assertNotIn(typed, log)
        for typed in (b"Abernathy", b"1982-03-08"):
            self.assertNotIn(typed, stored)


class LetterThatIsNotSent(LetterCase):
    """Whom the state does not find, and whom it does not want online: nothing tells the two apart."""

    def seen_by(self, change, fields):
        scenario = sample()
        scenario["clock"]["now"] = self.box.now()
        change(scenario)
        self.box.control("scenario", scenario)
        parent = self.box.parent().join()
        parent.client.answers.clear()
        attempt = enrol(parent, fields)
        self.soon(parent, attempt, "the request", lambda now: now["state"] == "challenge")
        self.pass_days(1)
        parent.sign_in()
        self.soon(parent, attempt, "the refusal", lambda now: now["problem"])
        neutral = Neutral()
        shown = {neutral.text(one.body.decode()) for one in parent.client.answers
                 if b'"mode":"enrol"' in one.body}
        mail, = wait_until("a mail", lambda: self.mails(parent, "There is news in your Casebridge account"))
        return shown, mail["text"]

    def test_no_match_and_not_online_look_alike(self):
        def no_pin(scenario):
            next(one for one in scenario["credentials"] if one["id"] == "k14")["state"] = "none"

        def kept_back(scenario):
            next(one for one in scenario["credentials"] if one["id"] == "k14")["state"] = "disabled_safety"

        def restricted(scenario):
            no_pin(scenario)
            case_of(scenario, "F4-GA")["participants"][0]["familyViolence"] = "P"

        nobody = self.seen_by(no_pin, {**LEON, "ssn_last4": "0001"})
        self.assertEqual(self.seen_by(no_pin, {**LEON, "case_number": "799999999"}), nobody)
        self.assertEqual(self.seen_by(kept_back, LEON), nobody)
        self.assertEqual(self.seen_by(restricted, LEON), nobody)


if __name__ == "__main__":
    unittest.main()
