"""A parent of Kansas, for whom the gateway vouches: every figure against the scenario, written by hand."""
import unittest

import figures
from box import BoxCase
from figures import Reading, rows

ELIAS, TOBIAS = "k12", "k13"
CASE = "0078901234"       # case F7-KS
KEPT_BACK = "0034567890"  # case F3-KS, in which somebody is at risk


class FamilyOfKansas(BoxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = cls.box.parent().join()
        cls.attempt = cls.parent.start_link(system="ks-quick")
        cls.parent.link_and_read(cls.credential(ELIAS))
        cls.seen = Reading(cls.parent)

    def section(self, name):
        return self.seen.section(CASE, name)

    def test_the_form_asks_for_a_number_and_for_no_secret(self):
        field, = self.attempt["challenge"]["fields"]
        self.assertEqual((field["name"], field["type"], field["secret"]), ("person_number", "digits", False))

    def test_the_case_and_its_people(self):
        case, = self.seen.cases["data"]
        self.assertEqual(figures.case_row(case), (CASE, "open", "never_assistance", "unknown",
                                                  "noncustodial_parent"))
        self.assertEqual(case["data"]["opened_on"], "2019-04-01")
        self.assertIsNone(case["data"]["closed_on"])
        self.assertEqual(figures.people(case), [
            ("custodial_party", "ROSA", "THORNQUIST", True, False),
            ("noncustodial_parent", "ELIAS", "THORNQUIST", True, True),
            ("noncustodial_parent", "NADIA", "KESSLER", True, False),
            ("child", "FINN", "THORNQUIST", True, False)])
        self.assertEqual(self.seen.cases["meta"]["completeness"], "complete")

    def test_the_debt_of_two_is_owed_once(self):
        # Obligations O1 and O2 are one debt: 400.00 a month, 50.00 towards arrears of 800.00.
        self.assertEqual(sorted(rows(figures.balance_row, self.section("balances"))), [
            ("arrears_assigned", "0.00", "2026-03-01", False), ("fee", "0.00", "2026-03-01", False),
            ("interest", "0.00", "2026-03-01", False), ("judgment", "0.00", "2026-03-01", False),
            ("last_payment", "400.00", "2026-03-01", True), ("monthly_due", "450.00", "2026-03-01", True),
            ("total_arrears", "800.00", "2026-03-01", True), ("total_owed", "800.00", "2026-03-01", True)])
        self.assertEqual(rows(figures.order_row, self.section("orders")),
                         [("2019DM000812", "KS", "unknown", None, None, None)])
        owed = {one["data"]["concurrent"]: figures.obligation_row(one) for one in self.section("obligations")}
        self.assertEqual(owed, {"primary": ("child_support", "400.00", "monthly", "50.00", "monthly"),
                                "secondary": ("child_support", "400.00", "monthly", None, None)})
        said = self.seen.summary["arrears"]
        self.assertEqual(rows(figures.figure_row, said["official"]), [("us-ks", "800.00", "2026-03-01")])
        self.assertEqual(figures.usd(said["combined"]), "800.00")
        self.assertEqual(figures.due_row(self.seen.summary["next_due"]), ("450.00", "2026-04-01", "monthly"))
        self.assertFalse(self.seen.says("1600.00"))

    def test_four_payments_came_in_and_one_went_out(self):
        expected = sorted([("2026-02-06", "125.00", "involuntary_other"), ("2026-02-06", "275.00", "direct"),
                           ("2026-01-09", "400.00", "withholding"), ("2025-12-05", "400.00", "withholding")])
        for receipts in (self.section("payments"), figures.kinds(self.seen.ledger["data"], "receipt")):
            said = sorted((day, amount, source) for day, _, amount, source, _ in
                          rows(figures.receipt_row, receipts))
            self.assertEqual(said, expected)
        self.assertEqual(rows(figures.disbursement_row, self.section("disbursements")),
                         [("2026-01-12", "400.00", "other_party", "unknown")])

    def test_what_was_done_and_whom_to_ask(self):
        self.assertEqual(sorted((one["data"]["kind"], one["data"]["date"], one["data"]["detail"])
                                for one in self.section("enforcement")),
                         [("income_withholding", "2019-07-01", "SUNFLOWER SAMPLE MILLS"),
                          ("state_tax_offset", "2024-02-01", None)])
        self.assertEqual([figures.contact_row(one)[:4] for one in self.section("contacts")],
                         [("call_centre", None, "KANSAS TEST CHILD SUPPORT CALL CENTRE", "+18885550100")])


class KeptFromKansas(BoxCase):
    def read_again(self, parent, link_id):
        ended = parent.finished(parent.sync(link_id)["id"])
        return ended["state"], Reading(parent)

    def test_nobody_learns_of_a_case_in_which_somebody_is_at_risk(self):
        parent = self.box.parent().join()
        parent.link_and_read(self.credential(TOBIAS))
        seen = Reading(parent)
        self.assertEqual(seen.cases["data"], [])
        self.assertEqual(seen.cases["meta"]["completeness"], "complete")
        for answer in parent.client.answers:
            self.assertNotIn(KEPT_BACK.encode(), answer.body)

    def test_a_case_that_is_kept_back_later_is_gone_with_all_that_was_told(self):
        parent = self.box.parent().join()
        link = parent.link_and_read(self.credential(ELIAS))["link_id"]
        record = Reading(parent).case(CASE)
        self.box.fault("*", "fvi_late", system="ks-quick", after=1)  # the list is still answered
        state, seen = self.read_again(parent, link)
        self.assertEqual((state, seen.cases["data"], seen.ledger["data"]), ("succeeded", [], []))
        self.assertEqual(parent.get(f"/v1/cases/{record['id']}").status, 404)
        self.box.clear_faults()
        _, seen = self.read_again(parent, link)
        self.assertEqual(figures.usd(seen.summary["arrears"]["combined"]), "800.00")

    def test_a_parent_whom_the_state_has_not_bound_must_enrol_there_first(self):
        self.box.control("accounts", {"credential": TOBIAS, "action": "disable"})
        self.addCleanup(self.box.control, "accounts", {"credential": TOBIAS, "action": "enable"})
        parent = self.box.parent().join()
        number = {"person_number": self.credential(TOBIAS)["personNumber"]}
        self.assertEqual(parent.try_answer(parent.start_link(system="ks-quick"), number).code,
                         "needs_enrolment")

    def test_a_parent_whom_the_state_unbinds_sees_nothing_of_the_state_any_more(self):
        parent = self.box.parent().join()
        link = parent.link_and_read(self.credential(ELIAS))["link_id"]
        record = Reading(parent).case(CASE)
        self.box.control("accounts", {"credential": ELIAS, "action": "disable"})
        self.addCleanup(self.box.control, "accounts", {"credential": ELIAS, "action": "enable"})
        state, seen = self.read_again(parent, link)
        self.assertEqual((state, seen.cases["data"], seen.ledger["data"]), ("needs_user", [], []))
        self.assertEqual(parent.get(f"/v1/cases/{record['id']}").status, 404)

    def test_a_parent_whose_sign_in_proves_too_little_is_asked_for_more(self):
        parent = self.box.parent().join()
        before = self.box.last_call("ks-quick")
        # Nobody of the scenario has this number, so that the account's own, weaker proof counts.
        refused = parent.try_answer(parent.start_link(system="ks-quick"), {"person_number": "0000799999"})
        self.assertEqual(refused.code, "step_up_required")
        self.assertEqual(self.box.last_call("ks-quick"), before)  # the state was not even asked


if __name__ == "__main__":
    unittest.main()
