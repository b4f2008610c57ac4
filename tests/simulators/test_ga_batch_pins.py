"""The list of PINs in ga-batch: hashes, numbers, states, and new PINs."""
import base64
import hashlib
import unittest

from georgia import CASE, CORINNE, FIRST, GeorgiaTest, LEON, enrol, georgia_sample, request



def opens(pin, pin_hash):
    name, iterations, salt, digest = pin_hash.split("$")
    made = hashlib.pbkdf2_hmac("sha256", pin.encode(), base64.b64decode(salt), int(iterations))
    return name == "pbkdf2-sha256" and base64.b64encode(made).decode() == digest


def rows(run):
    return [(row["pin_id"], row["person_seq"], row["status"]) for row in run.pins()]


class States(GeorgiaTest):
    def test_of_the_scenario(self):
        for state, shown in (("active", "ACTIVE"), ("password_expired", "ACTIVE"), ("locked", "VOID"),
                             ("disabled", "REVOKED"), ("disabled_safety", "REVOKED")):
            document = georgia_sample()
            document["credentials"][-1] |= {"state": state, "expires": "2026-03-10"}
            self.load(document)
            self.assertEqual(rows(self.run_of(FIRST)), [("PIN-000771", LEON, shown)], state)

    def test_people_without_a_pin_have_no_row(self):
        for state in ("none", "no_case"):
            document = georgia_sample()
            document["credentials"].append(document["credentials"][-1] | {
                "id": "k15", "person": "p-corinne"})
            document["credentials"][-2]["state"] = state
            self.load(document)
            self.assertEqual(rows(self.run_of(FIRST)), [("PIN-000771", CORINNE, "ACTIVE")])

    def test_actions_of_the_control_port(self):
        for action, state, shown in (
                ("disable", "disabled", "REVOKED"), ("enable", "active", "ACTIVE"),
                ("lock", "active", "ACTIVE"),
                ("disable_safety", "disabled_safety", "REVOKED"), ("unlock", "disabled_safety", "REVOKED"),
                ("enable", "active", "ACTIVE"), ("expire_password", "password_expired", "ACTIVE")):
            reply = self.steer("/control/accounts", {"credential": "k14", "action": action})
            self.assertEqual((reply["state"], rows(self.next_run())[0][2]), (state, shown), action)

    def test_used_and_void(self):
        self.leave([request("PINUSED", "PIN-000771")])
        self.assertEqual(rows(self.next_run())[0][2], "USED")
        self.leave([request("PINVOID", "PIN-000771")], "GW_REQ_20260317_01.csv")
        self.assertEqual(rows(self.next_run())[0][2], "VOID")
        self.steer("/control/accounts", {"credential": "k14", "action": "unlock"})
        self.assertEqual(rows(self.next_run())[0][2], "ACTIVE")

    def test_in_a_restricted_case_only_the_protected_keep_theirs(self):
        document = georgia_sample()
        document["credentials"].append(document["credentials"][-1] | {"id": "k15", "person": "p-corinne"})
        case = next(case for case in document["cases"] if case["caseNumber"] == CASE)
        case["participants"][0]["familyViolence"] = "P"
        self.load(document)
        self.assertEqual(rows(self.run_of(FIRST)), [
            ("PIN-000771", LEON, "REVOKED"), ("PIN-000772", CORINNE, "ACTIVE")])


class New(GeorgiaTest):
    def test_a_new_pin_is_listed_from_the_run_after_the_acknowledgement(self):
        self.leave([enrol()])
        self.assertEqual(rows(self.next_run()), [("PIN-000771", LEON, "ACTIVE")])
        run = self.next_run()
        self.assertEqual(rows(run)[1], ("PIN-000772", CORINNE, "ACTIVE"))
        new = run.pins()[1]
        self.assertEqual((new["mailed"], new["expires"]), ("2026-03-17", "2026-04-16"))
        self.advance(7 * 86400)
        pin = self.messages("mail")[0]["code"]
        self.assertTrue(opens(pin, new["pin_hash"]))
        self.assertFalse(opens(f"{(int(pin) + 1) % 10**8:08d}", new["pin_hash"]))

    def test_it_takes_the_place_of_an_active_one(self):
        person = {"last": "Abernathy", "first": "Leon", "birth": "1982-03-08", "digits": "7743"}
        self.leave([enrol(**person)])
        self.next_run()
        self.assertEqual(rows(self.next_run()), [
            ("PIN-000771", LEON, "VOID"), ("PIN-000772", LEON, "ACTIVE")])
        self.leave([request("PINUSED", "PIN-000772")])
        self.assertEqual(rows(self.next_run())[1][2], "USED")

    def test_the_sample_pin_opens_its_hash(self):
        self.assertTrue(opens("48213907", self.run_of(FIRST).pins()[0]["pin_hash"]))

    def test_equal_seeds_draw_equal_pins(self):
        drawn = []
        for _ in range(2):
            self.leave([enrol()])
            self.next_run()
            self.advance(8 * 86400)
            drawn.append(self.messages("mail")[0]["code"])
            self.steer("/control/reset", {})
        self.assertEqual(drawn[0], drawn[1])


if __name__ == "__main__":
    unittest.main()
