"""Both parents of case F3-CA at California's portal: every figure against the scenario, written by hand."""
import unittest

import figures
from box import BoxCase
from figures import Reading, rows

IMANI, TOBIAS = "k7", "k8"
CASE = "2000012345678"  # case F3-CA, in which she is at risk
NEW_PIN = "604913"


class MotherOfCalifornia(BoxCase):
    """Imani, to whom the support is owed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parent = cls.box.parent().join()
        parent.link_and_read(cls.credential(IMANI))
        cls.seen = Reading(parent)

    def section(self, name):
        return self.seen.section(CASE, name)

    def test_the_case_and_its_people(self):
        case, = self.seen.cases["data"]
        self.assertEqual(figures.case_row(case), (CASE, "open", "tanf_current", "unknown", "custodial_party"))
        self.assertEqual(figures.people(case), [("noncustodial_parent", "Tobias", "Renner", True, False),
                                                ("child", "June", "Renner", True, False)])
        self.assertEqual(self.seen.cases["meta"]["completeness"], "complete")

    def test_what_is_owed_and_to_whom(self):
        self.assertEqual(sorted(rows(figures.balance_row, self.section("balances"))), [
            ("arrears_assigned", "4123.40", "2026-03-14", False),
            ("arrears_family", "1234.56", "2026-03-14", False),
            ("current_due", "540.00", "2026-03-14", False),
            ("total_arrears", "5357.96", "2026-03-14", True)])
        # Obligation O1: amountCents 54000, arrearsAmountCents 6000.
        self.assertEqual([figures.obligation_row(one)[1:] for one in self.section("obligations")],
                         [("540.00", "monthly", "60.00", "monthly")])
        self.assertEqual([figures.order_row(one)[0] for one in self.section("orders")], ["FL-556677"])
        said = self.seen.summary["arrears"]
        self.assertEqual(rows(figures.figure_row, said["official"]), [("us-ca", "5357.96", "2026-03-14")])
        self.assertEqual(figures.usd(said["combined"]), "5357.96")
        self.assertFalse(self.seen.says("10715.92"))  # the arrears and their sum

    def test_four_payments_came_from_another_state(self):
        expected = [("2026-02-13", "2026-02-18"), ("2026-01-15", "2026-01-20"), ("2025-12-15", "2025-12-18"),
                    ("2025-11-14", "2025-11-18")]  # CA-004 to CA-001
        for receipts in (self.section("payments"), figures.kinds(self.seen.ledger["data"], "receipt")):
            self.assertEqual(rows(figures.receipt_row, receipts),
                             [(*days, "540.00", "other_state", "applied") for days in expected])

    def test_what_is_planned_and_whom_to_ask(self):
        self.assertEqual([one["data"]["kind"] for one in self.section("events")], ["appointment"])
        self.assertEqual([figures.contact_row(one)[3] for one in self.section("contacts")], ["+18665550100"])


class FatherOfCalifornia(BoxCase):
    """Tobias, whose PIN came from the state, and who is not to learn where she is."""

    def test_a_first_pin_is_changed_and_nothing_of_her_is_shown(self):
        parent = self.box.parent().join()
        attempt = parent.link(self.credential(TOBIAS))
        fields = {field["name"]: NEW_PIN for field in attempt["challenge"]["fields"]}
        attempt = parent.answer(attempt, fields)
        self.assertEqual(parent.finished(attempt["sync_id"])["state"], "succeeded")
        seen = Reading(parent)
        case, = seen.cases["data"]
        self.assertEqual(figures.case_row(case)[:2] + figures.case_row(case)[4:],
                         (CASE, "open", "noncustodial_parent"))
        self.assertEqual(figures.people(case), [])
        self.assertEqual(sorted(rows(figures.balance_row, seen.section(CASE, "balances")))[-1],
                         ("total_arrears", "5357.96", "2026-03-14", True))
        for answer in parent.client.answers:
            for hers in (b"Imani", b"Brightwater", b"DELTA SAMPLE", b"SACRAMENTO", b"5550131", b"FL-556677"):
                self.assertNotIn(hers, answer.body)


if __name__ == "__main__":
    unittest.main()
