"""A case that Texas shows in its case account and in its payment account is one: figures written by hand."""
import unittest

import figures
from box import BoxCase
from client import sign_in_fields
from figures import Reading, rows

CASE = "0023456789"  # case F2-TX, caseNumber, in both systems

# Newest first: views.tx-smart.payments of F2-TX; all but TX-Q0009 stand in the case account too.
RECEIPTS = [("2026-03-12", "2026-03-13", "150.00", "direct", "applied"),       # TX-Q0009
            ("2026-02-20", "2026-02-26", "-150.00", "adjustment", "applied"),  # TX-Q0008 adjusts TX-Q0007
            ("2026-02-20", "2026-02-23", "150.00", "direct", "reversed"),      # TX-Q0007
            *((day, posted, "820.00", "withholding", "applied") for day, posted in (
                ("2026-02-04", "2026-02-06"), ("2026-01-04", "2026-01-06"), ("2025-12-04", "2025-12-06"),
                ("2025-11-04", "2025-11-06"), ("2025-10-04", "2025-10-06"), ("2025-09-04", "2025-09-06")))]


class OneCaseInTwoAccounts(BoxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parent = cls.box.parent().join()
        parent.link_and_read(cls.credential("k3"))
        cls.link_payment_account(parent, cls.credential("k6"))
        cls.seen = Reading(parent)

    @classmethod
    def link_payment_account(cls, parent, credential):
        attempt = parent.start_link(system="tx-smart")
        attempt = parent.answer(attempt, sign_in_fields(credential))
        code = cls.box.control("outbox?system=tx-smart&kind=code")["messages"][-1]["code"]
        attempt = parent.answer(attempt, {"code": code})
        if parent.finished(attempt["sync_id"])["state"] != "succeeded":
            raise AssertionError("the payment account was not read")

    def test_a_parent_may_choose_the_way_of_the_next_code(self):
        parent = self.box.parent().join()
        attempt = parent.answer(parent.start_link(system="tx-smart"), sign_in_fields(self.credential("k6")))
        asked = attempt["challenge"]
        self.assertEqual(asked["resend"]["channels"], ["email", "phone"])
        # By each of them at once is too much for the state: it wants a minute between two codes.
        path = f"/v1/link-attempts/{attempt['id']}/challenges/{asked['id']}/resend"
        early = parent.call("POST", path, {"seq": asked["seq"], "channel": "phone"})
        self.assertEqual((early.status, early.code), (429, "resend_too_early"))
        refused = parent.call("POST", path, {"seq": asked["seq"], "channel": "pigeon"})
        self.assertEqual((refused.status, refused.code), (422, "invalid_field"))

    def test_the_newer_figure_is_official_and_a_payment_explains_the_older_one(self):
        cluster, = self.seen.cases["clusters"]
        self.assertEqual((cluster["kind"], cluster["state"]), ("same_case", "confirmed"))
        self.assertEqual(len(cluster["members"]), 2)
        said = cluster["reconciliation"]
        self.assertEqual(figures.figure_row(said["official"]), ("us-tx", "2310.75", "2026-03-13"))
        other, = said["others"]
        self.assertEqual(figures.figure_row(other), ("us-tx", "2460.75", "2026-03-01"))
        self.assertEqual((figures.usd(other["difference"]), other["explained"]), ("-150.00", True))
        self.assertEqual(figures.usd(said["combined_arrears"]), "2310.75")
        self.assertEqual(rows(figures.figure_row, said["interest"]), [("us-tx", "118.20", "2026-03-01")])

    def test_the_debt_is_counted_once(self):
        said = self.seen.summary["arrears"]
        self.assertEqual(rows(figures.figure_row, said["official"]), [("us-tx", "2310.75", "2026-03-13")])
        self.assertEqual(figures.usd(said["combined"]), "2310.75")
        self.assertFalse(self.seen.says("4771.50"))

    def test_each_payment_is_listed_once(self):
        receipts = figures.kinds(self.seen.ledger["data"], "receipt")
        self.assertEqual(rows(figures.receipt_row, receipts), RECEIPTS)

    def test_each_case_is_listed_with_the_account_that_tells_of_it(self):
        self.assertEqual([one["data"]["number"] for one in self.seen.cases["data"]], [CASE, CASE])
        self.assertEqual(self.seen.cases["meta"]["completeness"], "complete")
        self.assertEqual(self.seen.summary["cases_open"], 1)


if __name__ == "__main__":
    unittest.main()
