"""A bounced payment, a closed case, an overpaid one: every figure against the scenario, written by hand."""
import unittest

import figures
from box import BoxCase
from figures import Reading, rows


class FamilyOfOneState(BoxCase):
    credential_id = number = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parent = cls.box.parent().join()
        parent.link_and_read(cls.credential(cls.credential_id))
        cls.seen = Reading(parent)

    @classmethod
    def section(cls, name):
        return cls.seen.section(cls.number, name)

    def assert_case(self, *said):
        case, = self.seen.cases["data"]
        self.assertEqual(figures.case_row(case), (self.number, *said))
        self.assertEqual(self.seen.cases["clusters"], [])
        self.assertEqual(self.seen.cases["meta"]["completeness"], "complete")

    def assert_receipts(self, expected):
        """The case's own list and the ledger of all cases are the same when there is one case."""
        for receipts in (self.section("payments"), figures.kinds(self.seen.ledger["data"], "receipt"),
                         figures.kinds(self.seen.ledgers[self.number], "receipt")):
            self.assertEqual(rows(figures.receipt_row, receipts), expected)
        for receipt in self.seen.ledger["data"]:
            self.assertEqual([name for name in ("legs", "same_as", "in_transit") if name in receipt], [])

    def assert_arrears(self, jurisdiction, amount, as_of):
        said = self.seen.summary["arrears"]
        self.assertEqual(rows(figures.figure_row, said["official"]), [(jurisdiction, amount, as_of)])
        self.assertEqual((said["agreement"], figures.usd(said["combined"]), said["note_key"]),
                         ("single_source", amount, None))
        self.assertIsNone(self.seen.summary["in_transit"])


class BouncedPayment(FamilyOfOneState):
    """Case F2-TX, as tx-icop shows it to p-priya."""

    credential_id, number = "k3", "0023456789"

    def test_the_case_is_open(self):
        self.assert_case("open", "never_assistance", "collection", "noncustodial_parent")
        self.assertEqual(rows(figures.order_row, self.section("orders")),
                         [("2018-55123-F", "TX", "judicial", "2018-05-01", "2034-01-31", None)])
        # Obligation O1: amountCents 82000, arrearsAmountCents 15000.
        self.assertEqual(rows(figures.obligation_row, self.section("obligations")),
                         [("child_support", "820.00", "monthly", "150.00", "monthly")])

    def test_balances_are_those_of_the_account(self):
        # Balances of asOf 2026-03-01; those of 2026-03-13 are the other Texas system's view.
        self.assertEqual(sorted(rows(figures.balance_row, self.section("balances"))),
                         [("arrears_family", "2460.75", "2026-03-01", False),
                          ("current_due", "820.00", "2026-03-01", False),
                          ("interest", "118.20", "2026-03-01", False),
                          ("total_arrears", "2460.75", "2026-03-01", True),
                          ("total_owed", "2578.95", "2026-03-01", True)])

    def test_the_bounced_payment_and_its_correction_are_both_listed(self):
        withheld = [("2026-02-04", "2026-02-06"), ("2026-01-04", "2026-01-06"), ("2025-12-04", "2025-12-06"),
                    ("2025-11-04", "2025-11-06"), ("2025-10-04", "2025-10-06"), ("2025-09-04", "2025-09-06")]
        self.assert_receipts([
            ("2026-02-20", "2026-02-26", "-150.00", "adjustment", "applied"),  # TX-Q0008 adjusts TX-Q0007
            ("2026-02-20", "2026-02-23", "150.00", "direct", "reversed"),      # TX-Q0007
            *((collected, posted, "820.00", "withholding", "applied") for collected, posted in withheld)])
        corrections = [one["data"]["is_correction"] for one in self.section("payments")]
        self.assertEqual((corrections[0], corrections.count(True)), (True, 1))

    def test_what_bounced_is_not_the_last_payment(self):
        for said in (self.seen.case(self.number), self.seen.summary):
            self.assertEqual(figures.paid_row(said["last_payment"]), ("820.00", "2026-02-04"))  # TX-Q0006
            self.assertEqual(figures.due_row(said["next_due"]), ("970.00", "2026-04-01", "monthly"))

    def test_the_summary_adds_no_aggregate_to_its_parts(self):
        self.assert_arrears("us-tx", "2460.75", "2026-03-01")
        self.assertEqual(rows(figures.figure_row, self.seen.summary["interest"]),
                         [("us-tx", "118.20", "2026-03-01")])
        self.assertEqual(self.seen.summary["cases_open"], 1)
        for wrong in ("4921.50", "5039.70"):  # the arrears twice; the arrears and the total owed
            self.assertFalse(self.seen.says(wrong), wrong)


class ClosedCase(FamilyOfOneState):
    """Case F5-OH, as p-harlan sees it."""

    credential_id, number = "k10", "7005550188"

    def test_the_case_is_closed_and_says_why(self):
        self.assert_case("closed", "never_assistance", "closing", "noncustodial_parent")
        self.assertEqual(self.seen.case(self.number)["data"]["closure_reason"], "GSC08")
        self.assertEqual(rows(figures.order_row, self.section("orders")),
                         [("DR-06-311790", "OH", "judicial", "2006-12-01", "2024-05-31", "2024-06-30")])
        # Obligation O1: amountCents 31000, nothing toward arrears.
        self.assertEqual(rows(figures.obligation_row, self.section("obligations")),
                         [("child_support", "310.00", "monthly", "0.00", "monthly")])

    def test_nothing_is_owed_and_that_is_said_as_a_figure(self):
        self.assertEqual(rows(figures.balance_row, self.section("balances")),
                         [("total_arrears", "0.00", "2024-06-30", True)])
        self.assert_arrears("us-oh", "0.00", "2024-06-30")

    def test_its_payments_stay_to_be_seen(self):
        self.assert_receipts([("2024-05-03", "2024-05-06", "310.00", "withholding", "applied")])  # OH-H0001
        self.assertEqual(figures.paid_row(self.seen.summary["last_payment"]), ("310.00", "2024-05-03"))

    def test_nothing_is_due_on_it(self):
        self.assertEqual((self.seen.summary["cases_open"], self.seen.summary["interest"]), (0, []))
        self.assertIsNone(self.seen.case(self.number)["next_due"])
        self.assertIsNone(self.seen.summary["next_due"])


class OverpaidCase(FamilyOfOneState):
    """Case F6-OH, as p-sunniva sees it."""

    credential_id, number = "k11", "7006789012"

    def test_the_case_is_open(self):
        self.assert_case("open", "never_assistance", "collection", "noncustodial_parent")
        self.assertEqual(rows(figures.order_row, self.section("orders")),
                         [("P21-0098Z", "OH", "administrative", "2021-03-01", "2037-11-30", None)])
        # Obligation O1: amountCents 30000, nothing toward arrears.
        self.assertEqual(rows(figures.obligation_row, self.section("obligations")),
                         [("child_support", "300.00", "monthly", "0.00", "monthly")])

    def test_what_was_paid_too_much_stays_below_zero(self):
        self.assertEqual(sorted(rows(figures.balance_row, self.section("balances"))),
                         [("arrears_family", "-50.00", "2026-03-14", False),
                          ("total_arrears", "-50.00", "2026-03-14", True)])
        self.assert_arrears("us-oh", "-50.00", "2026-03-14")
        self.assertEqual(self.seen.summary["interest"], [])

    def test_the_payments_are_what_came_in(self):
        self.assert_receipts([("2026-03-02", "2026-03-04", "350.00", "withholding", "applied"),   # OH-S0002
                              ("2026-02-02", "2026-02-04", "300.00", "withholding", "applied")])  # OH-S0001
        self.assertEqual(figures.paid_row(self.seen.summary["last_payment"]), ("350.00", "2026-03-02"))

    def test_what_was_paid_too_much_is_not_taken_off_what_is_ordered(self):
        # The record has no day of the month for the order, so none is said.
        self.assertEqual(figures.due_row(self.seen.summary["next_due"]), ("300.00", None, "monthly"))
        self.assertEqual(self.seen.summary["cases_open"], 1)


del FamilyOfOneState  # what they share is no test of its own

if __name__ == "__main__":
    unittest.main()
