"""Figures, obligations, payments and disbursements of GetFinancial."""
import unittest

from kansas import ELIAS, F7, NADIA, ROSA, KansasTest, kansas_sample

from harness import case_of

AMOUNTS = {
    "support": "q:MonthlySupportAmount", "arrears": "hs:ChildSupportArrearsPaymentAmount",
    "other": "q:OtherMonthlyAmount", "total": "q:TotalMonthlyAmount",
}


def obligation(debt="child_support", cents=10000, frequency="monthly", **changed):
    return {
        "id": "O9", "debtType": debt, "amountCents": cents, "frequency": frequency,
        "arrearsAmountCents": None, "arrearsFrequency": None, "start": "2019-06-01", "end": None,
        "concurrent": "none", "obligor": "p-elias"} | changed


def balance(bucket, cents, **changed):
    return {
        "bucket": bucket, "debtType": "child_support", "amountCents": cents, "assignee": "family",
        "periodFrom": None, "periodTo": None, "asOf": "2026-03-01", "aggregate": False} | changed


def payment(date, cents=100, **changed):
    return {
        "id": f"P-{date}-{cents}", "amountCents": cents, "collectionDate": date, "postedDate": None,
        "source": "direct", "status": "applied", "allocations": [], "adjusts": None, "ref": None} | changed


def disbursement(date, recipient, last4=None, cents=100):
    return {"id": f"D-{date}-{recipient}", "amountCents": cents, "date": date, "recipient": recipient,
            "method": "check", "instrumentLast4": last4, "paymentIds": [], "status": "issued"}


class FinancialTest(KansasTest):
    def with_case(self, obligations=None, **lists):
        document = kansas_sample()
        case = case_of(document, F7)
        if obligations is not None:
            case["orders"][0]["obligations"] = obligations
        case |= lists
        self.load(document)

    def figures(self):
        reply = self.ask("GetFinancial")
        return {short: reply.text(name) for short, name in AMOUNTS.items()}


class Monthly(FinancialTest):
    def test_every_frequency(self):
        for frequency, shown in (
                ("weekly", "433.33"), ("biweekly", "216.67"), ("semimonthly", "200.00"),
                ("monthly", "100.00"),
                ("bimonthly", "50.00"), ("quarterly", "33.33"), ("semiannual", "16.67"), ("annual", "8.33"),
                ("once", "0.00"), ("none", "0.00")):
            self.with_case([obligation(frequency=frequency)])
            self.assertEqual(self.figures()["support"], shown, frequency)

    def test_half_a_cent_is_rounded_up_for_each_obligation(self):
        self.with_case([obligation(cents=1, frequency="bimonthly"),
                        obligation(cents=1, frequency="bimonthly")])
        self.assertEqual(self.figures()["support"], "0.02")

    def test_debt_types_go_to_their_sums(self):
        debts = ("child_support", "spousal_support", "medical_support_cash", "medical_costs",
                 "arrears_judgment", "interest", "genetic_test_fee", "annual_fee")
        self.with_case([
            obligation(debt, arrearsAmountCents=1000, arrearsFrequency="biweekly") for debt in debts])
        self.assertEqual(self.figures(), {
            "support": "100.00", "other": "200.00", "arrears": "151.69", "total": "451.69"})

    def test_only_what_holds_today_counts(self):
        self.with_case([
            obligation(cents=1, start="2026-03-16", end="2026-03-16"),
            obligation(cents=20, start="2026-03-17"),
            obligation(cents=300, end="2026-03-15"), obligation(cents=4000, concurrent="secondary")])
        self.assertEqual(self.figures()["support"], "0.01")
        self.steer("/control/clock", {"set": "2026-03-17T04:59:59Z"})  # still the 16th in Kansas
        self.now += 53999
        self.assertEqual(self.figures()["support"], "0.01")
        self.pass_time(1)
        self.assertEqual(self.figures()["support"], "0.20")

    def test_a_cancelled_order_does_not_count(self):
        document = kansas_sample()
        case_of(document, F7)["orders"][0]["cancelled"] = "2026-01-01"
        self.load(document)
        self.assertEqual(self.figures()["total"], "0.00")


class Balances(FinancialTest):
    NAMES = ("hs:ChildSupportTotalArrearsAmount", "q:TotalInterestOwed", "hs:ChildSupportFeesAmount",
             "q:TotalJudgmentAmount", "hs:ChildSupportAssignedArrearsAmount", "q:TotalOwedAmount",
             "q:AsOfDate")

    def shown(self, *balances):
        self.with_case(balances=list(balances))
        reply = self.ask("GetFinancial")
        return [reply.text(name) for name in self.NAMES]

    def test_buckets_and_total(self):
        self.assertEqual(self.shown(
            balance("total_arrears", -5000, aggregate=True), balance("interest", 101, asOf="2026-03-05"),
            balance("fee", 2000), balance("judgment", 30),
            balance("arrears_assigned", 700, assignee="state:KS"),
            balance("arrears_assigned", 900, assignee="state:MO"), balance("current_due", 40000),
            balance("total_owed", 1), balance("monthly_due", 1)),
            ["-50.00", "1.01", "20.00", "0.30", "7.00", "-28.69", "20260305"])

    def test_none_and_secondary(self):
        self.assertEqual(self.shown(), [*["0.00"] * 6, "20260301"])
        self.assertEqual(self.shown(balance("interest", 5, concurrent="secondary"))[1], "0.00")

    def test_a_view_of_this_system_replaces_the_list(self):
        document = kansas_sample()
        case_of(document, F7)["views"]["ks-quick"] = {"balances": [balance("fee", 1234)], "payments": []}
        self.load(document)
        reply = self.ask("GetFinancial")
        self.assertEqual((reply.text("hs:ChildSupportFeesAmount"), reply.all("q:Payment")), ("12.34", []))


class Obligations(FinancialTest):
    def rows(self):
        reply = self.ask("GetFinancial")
        names = ("DebtType", "Frequency", "PrimarySecondaryCode", "ArrearsAmount", "EndDate")
        return list(zip(*(reply.texts(f"q:Obligation/q:{name}") for name in names), strict=True))

    def test_codes(self):
        self.with_case([
            obligation("spousal_support", frequency="semiannual"),
            obligation("genetic_test_fee", frequency="annual", concurrent="primary", end="2030-01-31"),
            obligation("annual_fee"), obligation(frequency="bimonthly"), obligation(frequency="once")],
            balances=[])
        self.assertEqual(self.rows(), [
            ("SP", "E", "", "0.00", "20991231"), ("FEE", "A", "P", "0.00", "20300131")])

    def test_arrears_belong_to_obligor_and_side(self):
        sides = [obligation(concurrent="secondary", obligor="p-nadia"), obligation(concurrent="primary"),
                 obligation("medical_support_cash")]
        self.with_case(sides, balances=[
            balance("arrears_family", 100, obligor="p-elias", concurrent="primary"),
            balance("arrears_assigned", 20, obligor="p-elias", concurrent="primary", assignee="state:KS"),
            balance("arrears_family", 3, obligor="p-nadia", concurrent="secondary"),
            balance("arrears_family", 4000),
            balance("medical_arrears", 50000, debtType="medical_support_cash"), balance("interest", 600000),
            balance("total_arrears", 7000000, aggregate=True)])
        self.assertEqual([row[3] for row in self.rows()], ["0.03", "41.20", "500.00"])

    def test_the_secondary_obligor_sees_the_same_totals(self):
        his, hers = (self.ask("GetFinancial", parent) for parent in (ELIAS, NADIA))
        self.assertEqual(his.body, hers.body)


class Payments(FinancialTest):
    def shown(self, **dates):
        reply = self.ask("GetFinancial", **dates)
        listed = reply.all("q:Payments")
        names = ("Date", "Amount", "SourceCode")
        rows = list(zip(*(reply.texts(f"q:Payment/q:{name}") for name in names), strict=True))
        return rows, listed[0].get("more") if listed else reply.code

    def dates(self, **dates):
        return [row[0] for row in self.shown(**dates)[0]]

    def test_sources_and_statuses(self):
        sources = ("income_withholding", "direct", "federal_tax_offset", "state_tax_offset", "unemployment",
                   "federal_admin_offset", "workers_comp", "lottery", "garnishment", "other_state", "other",
                   "adjustment")
        unseen = [payment("2026-03-01", status=status) for status in ("received", "pending", "held")]
        self.with_case(payments=unseen + [
            payment("2026-02-01", source=source, status=("applied", "partially_applied", "reversed")[n % 3])
            for n, source in enumerate(sources)])
        self.assertEqual([row[2] for row in self.shown()[0]],
                         ["NIW", "NDP", "FTO", "STO", "UBI", "FAO", *["OTH"] * 6])

    def test_newest_first_and_equal_dates_in_order(self):
        self.with_case(payments=[payment("2026-01-05", 1), payment("2026-02-05", 2),
                                 payment("2026-01-05", -3)])
        self.assertEqual(self.shown(), (
            [("20260205", "0.02", "NDP"), ("20260105", "0.01", "NDP"), ("20260105", "-0.03", "NDP")],
            "false"))

    def test_range(self):
        self.with_case(payments=[payment(date) for date in (
            "2023-03-16", "2023-03-17", "2026-01-01", "2026-03-16", "2026-03-17")])
        self.assertEqual(self.dates(), ["20260316", "20260101", "20230317"])
        self.assertEqual(self.dates(StDate="19990101"), ["20260316", "20260101", "20230317"])
        self.assertEqual(self.dates(StDate="", EndDate="20991231"), ["20260316", "20260101", "20230317"])
        self.assertEqual(self.dates(EndDate="20260315"), ["20260101", "20230317", "20230316"])
        self.assertEqual(self.dates(StDate="20260101", EndDate="20260101"), ["20260101"])
        self.assertEqual(self.dates(StDate="00010101", EndDate="00000000"),
                         ["20260316", "20260101", "20230317"])

    def test_ranges_that_are_none(self):
        for dates in ({"StDate": "2026-01-01"}, {"EndDate": "20260231"}, {"EndDate": "20260317"},
                      {"StDate": "20260317"}, {"StDate": "20260102", "EndDate": "20260101"},
                      {"StDate": "x", "EndDate": "20260101"}):
            self.assertEqual(self.ask("GetFinancial", **dates).code, "410", dates)
        self.assertEqual(self.ask("GetCaseActivities", StDate="x").code, "000")

    def test_ninety_rows_at_most(self):
        days = [f"2025-{month:02d}-{day:02d}" for month in range(1, 8) for day in range(1, 14)]
        self.with_case(payments=[payment(day) for day in days[:90]], disbursements=[
            disbursement(day, "p-rosa") for day in days])
        reply = self.ask("GetFinancial")
        self.assertEqual((len(reply.all("q:Payment")), reply.all("q:Payments")[0].get("more")), (90, "false"))
        self.assertEqual(reply.all("q:Disbursements")[0].get("more"), "true")
        self.assertEqual(reply.texts("q:Disbursement/q:Date")[::89], ["20250713", "20250102"])

    @staticmethod
    def last(reply):
        return reply.text("q:LastPaymentAmount"), reply.text("q:LastPaymentDate")

    def test_last_payment_is_over_all_time(self):
        self.with_case(payments=[
            payment("2020-05-05", 700), payment("2020-05-05", 55, status="reversed"),
            payment("2020-05-06", -55),
            payment("2026-03-17", 1), payment("2026-03-16", 1, status="pending")])
        reply = self.ask("GetFinancial")
        self.assertEqual(self.last(reply), ("7.55", "20200505"))
        self.assertEqual(reply.all("q:Payment"), [])
        self.with_case(payments=[])
        self.assertEqual(self.last(self.ask("GetFinancial")), ("0.00", "00010101"))


class Disbursements(FinancialTest):
    def test_recipients_as_the_asker_sees_them(self):
        self.with_case(disbursements=[
            disbursement("2026-01-05", "p-rosa", "4411"), disbursement("2026-01-04", "p-elias"),
            disbursement("2026-01-03", "state:ks"), disbursement("2026-01-02", "state:CA"),
            disbursement("2026-01-01", "COUNTY TEST CLERK")])
        self.assertEqual(self.ask("GetFinancial", ROSA).texts("q:RecipientClass"),
                         ["SELF", "PARTY", "STATE", "OTHERSTATE", "STATE"])
        reply = self.ask("GetFinancial", ELIAS)
        self.assertEqual(reply.texts("q:RecipientClass")[:2], ["PARTY", "SELF"])
        self.assertEqual(reply.texts("q:InstrumentLast4"), ["4411"])


if __name__ == "__main__":
    unittest.main()
