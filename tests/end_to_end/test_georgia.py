"""A parent of Georgia with a PIN from a letter: figures of nightly files, by hand from the scenario."""
import unittest

import figures
from box import BoxCase
from client import Refused
from figures import Reading, rows

CASE = "700123456"  # case F4-GA
DAY_S = 24 * 3600


class ParentOfGeorgia(BoxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = cls.box.parent().join()
        cls.attempt = cls.parent.link_and_read(cls.credential("k14"))
        cls.seen = Reading(cls.parent)

    def test_the_case_and_its_people(self):
        record, = self.seen.cases["data"]
        self.assertEqual(figures.case_row(record),
                         (CASE, "open", "never_assistance", "collection", "noncustodial_parent"))
        self.assertEqual(figures.people(record),
                         [("custodial_party", "Corinne", "Delacroix-Obi", True, False),
                          ("noncustodial_parent", "Leon", "Abernathy", True, True),
                          ("child", "Theo", "Abernathy", True, False)])

    def test_orders_and_what_is_owed(self):
        self.assertEqual(rows(figures.order_row, self.seen.section(CASE, "orders")),
                         [("2012CV204455", "GA", "judicial", "2012-12-01", "2030-06-30", None)])
        # Obligation O1: amountCents 47500, arrearsAmountCents 2500.
        self.assertEqual(rows(figures.obligation_row, self.seen.section(CASE, "obligations")),
                         [("child_support", "475.00", "monthly", "25.00", "monthly")])
        self.assertEqual(sorted(rows(figures.balance_row, self.seen.section(CASE, "balances"))),
                         [("arrears_family", "700.00", "2026-03-15", False),
                          ("current_due", "475.00", "2026-03-15", False),
                          ("total_arrears", "700.00", "2026-03-15", True)])

    def test_payments_up_to_the_day_that_the_run_knows(self):
        # GA-1003 and GA-1001; GA-1002 is posted on the day of the run, which knows the day before.
        self.assertEqual(rows(figures.receipt_row, self.seen.section(CASE, "payments")),
                         [("2026-03-09", "2026-03-10", "25.00", "direct", "applied"),
                          ("2026-02-27", "2026-03-02", "250.00", "withholding", "applied")])
        self.assertEqual(rows(figures.disbursement_row, self.seen.section(CASE, "disbursements")),
                         [("2026-03-04", "250.00", "other_party", "issued")])

    def test_a_pin_links_once_and_the_link_outlives_the_gateway(self):
        with self.assertRaises(Refused):
            self.box.parent().join().link_and_read(self.credential("k14"))
        self.box.end_gateway()
        self.box.advance(DAY_S)
        self.box.start_gateway()
        self.parent.sign_in()
        ended = self.parent.finished(self.parent.sync(self.attempt["link_id"])["id"])
        self.assertEqual(ended["state"], "succeeded")
        # The run of the night brings GA-1002, from the bank's file and from the extract, once.
        after = Reading(self.parent)
        self.assertEqual(rows(figures.receipt_row, after.section(CASE, "payments")),
                         [("2026-03-13", "2026-03-16", "250.00", "withholding", "applied"),
                          ("2026-03-09", "2026-03-10", "25.00", "direct", "applied"),
                          ("2026-02-27", "2026-03-02", "250.00", "withholding", "applied")])
        self.assertEqual(figures.usd(after.summary["arrears"]["combined"]), "700.00")


if __name__ == "__main__":
    unittest.main()
