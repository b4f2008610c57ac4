"""A debt that stands in Texas and in Ohio is one debt: every figure against the scenario, written by hand."""
import unittest

import figures
from box import BoxCase
from figures import Reading, rows

TEXAS, OHIO = "0012345678", "7001234567"  # cases F1-TX and F1-OH, caseNumber

# The twelve payments TX-P0001 to TX-P0012 of F1-TX, which are OH-R0001 to OH-R0012 of F1-OH, newest first:
# collectionDate (the same in both), postedDate in Ohio, postedDate in Texas, date of TX-D0001 to TX-D0012.
RELAYED = [("2026-02-03", "2026-02-05", "2026-02-09", "2026-02-11"),
           ("2026-01-03", "2026-01-05", "2026-01-09", "2026-01-11"),
           ("2025-12-03", "2025-12-05", "2025-12-09", "2025-12-11"),
           ("2025-11-03", "2025-11-05", "2025-11-09", "2025-11-11"),
           ("2025-10-03", "2025-10-05", "2025-10-09", "2025-10-11"),
           ("2025-09-03", "2025-09-05", "2025-09-09", "2025-09-11"),
           ("2025-08-03", "2025-08-05", "2025-08-09", "2025-08-11"),
           ("2025-07-03", "2025-07-05", "2025-07-09", "2025-07-11"),
           ("2025-06-03", "2025-06-05", "2025-06-09", "2025-06-11"),
           ("2025-05-03", "2025-05-05", "2025-05-09", "2025-05-11"),
           ("2025-04-03", "2025-04-05", "2025-04-09", "2025-04-11"),
           ("2025-03-03", "2025-03-05", "2025-03-09", "2025-03-11")]
# OH-R0013 of F1-OH: collectionDate, postedDate, amountCents 20000, source.
ONLY_IN_OHIO = ("2026-03-05", "2026-03-06", "200.00", "direct", "applied")


class FamilyInTwoStates(BoxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parent = cls.box.parent().join()
        parent.link_and_read(cls.credential("k1"))
        parent.link_and_read(cls.credential("k9"))
        cls.seen = Reading(parent)
        cls.ids = {number: cls.seen.case(number)["id"] for number in (TEXAS, OHIO)}

    def test_both_states_tell_of_the_same_case(self):
        said = ("open", "former_assistance", "collection", "noncustodial_parent")
        self.assertEqual(sorted(rows(figures.case_row, self.seen.cases["data"])),
                         [(TEXAS, *said), (OHIO, *said)])
        order = ("D-1-FM-14-001234", "TX", "judicial", "2014-10-01", "2031-05-31", None)
        # Obligation O1: amountCents 65000, arrearsAmountCents 10000.
        monthly = ("child_support", "650.00", "monthly", "100.00", "monthly")
        for number in (TEXAS, OHIO):
            self.assertEqual(rows(figures.order_row, self.seen.section(number, "orders")), [order])
            obligations = self.seen.section(number, "obligations")
            self.assertEqual(rows(figures.obligation_row, obligations), [monthly])

    def test_texas_figures_are_those_of_its_ledger(self):
        # F1-TX balances, all of asOf 2026-03-01.
        self.assertEqual(sorted(rows(figures.balance_row, self.seen.section(TEXAS, "balances"))),
                         [("arrears_assigned", "1200.00", "2026-03-01", False),
                          ("arrears_family", "3800.00", "2026-03-01", False),
                          ("current_due", "650.00", "2026-03-01", False),
                          ("interest", "320.00", "2026-03-01", False),
                          ("total_arrears", "5000.00", "2026-03-01", True),
                          ("total_owed", "5320.00", "2026-03-01", True)])

    def test_ohio_figures_are_those_of_its_ledger_and_hold_no_interest(self):
        # F1-OH balances of asOf 2026-03-06; its records have no place for what is due now.
        self.assertEqual(sorted(rows(figures.balance_row, self.seen.section(OHIO, "balances"))),
                         [("arrears_assigned", "1200.00", "2026-03-06", False),
                          ("arrears_family", "3600.00", "2026-03-06", False),
                          ("total_arrears", "4800.00", "2026-03-06", True)])

    def test_the_caseworkers_of_both_states_are_told(self):
        # F1-TX and F1-OH contacts; Ohio's record has no place for the office of its worker.
        texas = [one for one in rows(figures.contact_row, self.seen.section(TEXAS, "contacts"))
                 if one[0] == "caseworker"]
        self.assertEqual(texas, [("caseworker", "A. SAMPLE", "AUSTIN TEST OFFICE", "512-555-0101", None)])
        ohio = [one for one in rows(figures.contact_row, self.seen.section(OHIO, "contacts"))
                if one[0] == "caseworker"]
        self.assertEqual(ohio, [("caseworker", "B. SAMPLE", None, "+16145550101", "not_available")])

    def test_texas_figure_is_official_and_what_is_on_its_way_explains_the_other(self):
        cluster, = self.seen.cases["clusters"]
        self.assertEqual(cluster["state"], "confirmed")
        members = {one["case_id"]: (one["jurisdiction"], one["role"]) for one in cluster["members"]}
        self.assertEqual(members, {self.ids[TEXAS]: ("us-tx", "initiating"),
                                   self.ids[OHIO]: ("us-oh", "responding")})
        said = cluster["reconciliation"]
        self.assertEqual(figures.figure_row(said["official"]), ("us-tx", "5000.00", "2026-03-01"))
        other, = said["others"]
        self.assertEqual(figures.figure_row(other), ("us-oh", "4800.00", "2026-03-06"))
        self.assertEqual((figures.usd(other["difference"]), other["explained"]), ("200.00", True))
        self.assertEqual(figures.usd(said["in_transit"]), "200.00")
        self.assertEqual(rows(figures.figure_row, said["interest"]), [("us-tx", "320.00", "2026-03-01")])
        self.assertEqual(figures.usd(said["combined_arrears"]), "5000.00")
        self.assertEqual((said["fees"], said["warnings"]), ([], []))

    def test_the_summary_counts_the_debt_once(self):
        said = self.seen.summary
        self.assertEqual(rows(figures.figure_row, said["arrears"]["official"]),
                         [("us-tx", "5000.00", "2026-03-01")])
        self.assertEqual((said["arrears"]["agreement"], figures.usd(said["arrears"]["combined"]),
                          said["arrears"]["note_key"]), ("agree", "5000.00", None))
        self.assertEqual(figures.usd(said["in_transit"]), "200.00")
        self.assertEqual(rows(figures.figure_row, said["interest"]), [("us-tx", "320.00", "2026-03-01")])
        # 650.00 and 100.00 toward arrears, on the first of the month after 2026-03-16.
        self.assertEqual(figures.due_row(said["next_due"]), ("750.00", "2026-04-01", "monthly"))
        self.assertEqual(said["next_due"]["jurisdiction"], "us-tx")
        self.assertEqual(figures.paid_row(said["last_payment"]), ("200.00", "2026-03-05"))
        covered = said["coverage"]
        self.assertEqual((sorted(covered["sources_included"]), covered["sources_missing"],
                          covered["oldest_as_of"]), (["us-oh", "us-tx"], [], "2026-03-01"))

    def test_every_relayed_payment_is_listed_once_with_its_legs(self):
        receipts = figures.kinds(self.seen.ledger["data"], "receipt")
        relayed = [(day, texas, "750.00", "other_state", "applied") for day, _, texas, _ in RELAYED]
        self.assertEqual(rows(figures.receipt_row, receipts), [ONLY_IN_OHIO, *relayed])
        legs = [[("us-oh", "collected", "750.00", collected),
                 ("us-tx", "received_from_state", "750.00", texas),
                 ("us-tx", "disbursed", "750.00", paid)] for collected, _, texas, paid in RELAYED]
        self.assertEqual(rows(figures.legs_row, receipts[1:]), legs)
        self.assertEqual([one.get("in_transit", False) for one in receipts], [True] + 12 * [False])
        paid_out = figures.kinds(self.seen.ledger["data"], "disbursement")
        self.assertEqual(rows(figures.disbursement_row, paid_out),
                         [(paid, "750.00", "other_party", "issued") for _, _, _, paid in RELAYED])
        self.assertEqual(len(self.seen.ledger["data"]), 25)

    def test_a_payment_of_the_list_names_the_other_states_record_of_it(self):
        of_ohio = {one["id"]: one["data"]["collected_on"] for one in self.seen.section(OHIO, "payments")}
        for receipt in figures.kinds(self.seen.ledger["data"], "receipt")[1:]:
            other, = receipt["same_as"]
            self.assertEqual(of_ohio[other], receipt["data"]["collected_on"])

    def test_each_case_keeps_its_own_states_view(self):
        relayed = [(day, texas, "750.00", "other_state", "applied") for day, _, texas, _ in RELAYED]
        collected = [(day, ohio, "750.00", "withholding", "applied") for day, ohio, _, _ in RELAYED]
        for number, expected in ((TEXAS, relayed), (OHIO, [ONLY_IN_OHIO, *collected])):
            self.assertEqual(rows(figures.receipt_row, self.seen.section(number, "payments")), expected)
            own = figures.kinds(self.seen.ledgers[number], "receipt")
            self.assertEqual(rows(figures.receipt_row, own), expected)

    def test_nothing_that_was_answered_adds_the_two_ledgers_up(self):
        self.assertTrue(self.seen.says("5000.00") and self.seen.says("4800.00"))
        # 5,000.00 and 4,800.00; 5,320.00 and 4,800.00; the thirteen collections and the twelve receipts.
        for sum_of_both in ("9800.00", "10120.00", "18200.00"):
            self.assertFalse(self.seen.says(sum_of_both), sum_of_both)


if __name__ == "__main__":
    unittest.main()
