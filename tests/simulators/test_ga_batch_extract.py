"""Records of the extract: order, values, sums, and what family violence leaves of a case."""
import unittest

from georgia import CASE, FIRST, GeorgiaTest, georgia_sample


OTHER = "700000042"


def payment(name, posted, **changed):
    return {"id": name, "amountCents": 100, "collectionDate": posted or "2026-03-01", "postedDate": posted,
            "source": "direct", "status": "applied", "allocations": [], "adjusts": None,
            "ref": None} | changed


class ExtractTest(GeorgiaTest):
    def records(self, *kinds):
        return [row for row in self.run_of(FIRST).records() if row[0] in kinds]

    def rows(self, kind, count):
        return [row[2:2 + count] for row in self.records(kind)]


class Records(ExtractTest):
    def test_every_record_has_twenty_fields(self):
        self.assertEqual({len(row) for row in self.run_of(FIRST).records()}, {20})

    def test_fields_that_the_sample_leaves_empty(self):
        def edit(case, _):
            case |= {"closed": "2026-02-01", "closureReason": "GA7", "status": "closed"}
            order = case["orders"][0] | {"cancelled": "2026-01-02", "ends": None, "medicalOrdered": None}
            plain = order["obligations"][0] | {
                "arrearsAmountCents": None, "arrearsFrequency": None, "end": None, "concurrent": "secondary"}
            case["orders"] = [order | {"obligations": [plain]}]
            case["balances"][0] |= {"periodFrom": "2026-01-01", "periodTo": "2026-01-31", "amountCents": -5}
            case["enforcement"][0] |= {"released": "2026-03-01", "status": "released"}
            case["contacts"][0] |= {"ext": "12", "email": "ga@example.org", "hours": None}
            case["intergov"] = [{"otherState": "TX", "otherLocator": "4800000", "otherCaseId": "T1",
                                 "role": "initiating", "since": "2020-02-02"}]

        self.load_case(edit)
        self.assertEqual(self.rows("CAS", 8), [[
            "never_assistance", "closed", "2015-06-01", "2026-02-01", "GA7", "1312100", "collection", ""]])
        self.assertEqual(self.rows("ORD", 12)[0][8:], ["", "2026-01-02", "determined", ""])
        self.assertEqual(self.rows("OBL", 10)[0][5:], ["", "", "2012-12-01", "", "secondary"])
        self.assertEqual(self.rows("BAL", 5)[0], [
            "current_due", "-0.05", "family", "2026-01-01", "2026-01-31"])
        self.assertEqual(self.rows("ENF", 6)[0][2:5], ["released", "2013-01-10", "2026-03-01"])
        self.assertEqual(self.rows("CON", 6)[0][3:], ["12", "ga@example.org", ""])
        self.assertEqual(self.rows("IGR", 5), [["TX", "4800000", "T1", "initiating", "2020-02-02"]])

    def test_secondary_balances_are_left_out(self):
        self.load_case(lambda case, _: case["balances"][0].update(concurrent="secondary"))
        self.assertEqual([row[0] for row in self.rows("BAL", 1)], ["arrears_family", "total_arrears"])

    def test_a_view_of_this_system_replaces_the_list(self):
        self.load_case(lambda case, _: case["views"].update({"ga-batch": {"balances": [], "contacts": []}}))
        self.assertEqual((self.records("BAL", "CON"), self.run_of(FIRST).trailer()[6]), ([], "0.00"))

    def test_fields_are_quoted_only_where_needed(self):
        def edit(case, document):
            people = {person["id"]: person for person in document["people"]}
            people["p-leon"]["name"] |= {"last": 'O"Dell, Jr.', "middle": "Núñez"}

        self.load_case(edit)
        content = self.run_of(FIRST).octets("EXTR").decode("utf-8-sig")
        self.assertIn(',noncustodial_parent,"O""Dell, Jr.",Leon,Núñez,,,Y,', content)
        self.assertEqual(content.count('"'), 4)


class Dates(ExtractTest):
    def names(self, *payments, kind="PAY"):
        self.load_case(lambda case, _: case.update(payments=list(payments)))
        return [row[0] for row in self.rows(kind, 1)]

    def test_payments_by_posted_date(self):
        self.assertEqual(self.names(
            payment("old", "2023-03-14"), payment("first", "2023-03-15"), payment("last", "2026-03-15"),
            payment("today", "2026-03-16"), payment("null", None),
            payment("null-today", None, collectionDate="2026-03-16")), ["first", "last", "null"])

    def test_electronic_ones_on_the_way_have_no_record_yet(self):
        trace = {"source": "income_withholding", "ref": "990010010000007"}
        self.assertEqual(self.names(
            payment("eft", "2026-03-02", **trace, status="received"), payment("done", "2026-03-02", **trace),
            payment("plain", "2026-03-02", status="received"),
            payment("held", "2026-03-02", **trace, status="held")), ["done", "plain", "held"])
        self.assertEqual([row[6] for row in self.rows("PAY", 7)], ["990010010000007", "", "990010010000007"])

    def test_disbursements_and_enforcement_not_after_the_day(self):
        def edit(case, _):
            case["disbursements"] = [case["disbursements"][0] | {"id": day, "date": day, "recipient": to} for
                                     day, to in (("2026-03-15", "state:GA"), ("2026-03-16", "p-corinne"),
                                                 ("2026-03-14", "COUNTY CLERK"))]
            case["disbursements"][0] |= {"paymentIds": ["A", "B"], "instrumentLast4": None}
            case["enforcement"][0]["date"] = "2026-03-16"

        self.load_case(edit)
        self.assertEqual(self.rows("DIS", 8), [
            ["2026-03-15", "250.00", "2026-03-15", "state:GA", "prepaid_card", "", "A|B", "issued"],
            ["2026-03-14", "250.00", "2026-03-14", "COUNTY CLERK", "prepaid_card", "0042", "GA-1001",
             "issued"]])
        self.assertEqual(self.records("ENF"), [])
        self.assertEqual(len(self.next_run().records("ENF")), 1)


class SeveralCases(ExtractTest):
    def two(self, **changed):
        document = georgia_sample()
        case = next(case for case in document["cases"] if case["caseNumber"] == CASE)
        document["cases"].append(case | {"id": "X", "caseNumber": OTHER} | changed)
        self.load(document)

    def test_order_and_sums(self):
        self.two()
        run = self.run_of(FIRST)
        records = run.records()
        self.assertEqual([row[1] for row in records if row[0] == "CAS"], [OTHER, CASE])
        self.assertEqual(run.trailer()[2:9], [
            "20260316-01", str(len(records)), "2", "4", "3750.00", "550.00", "1400123498"])

    def test_a_restricted_case_is_one_record(self):
        participants = [{"person": person, "role": role, "relationToCp": None, "paternity": None,
                         "active": False,
                         "memberId": None, "familyViolence": mark} for person, role, mark in (
                             ("p-corinne", "custodial_party", None), ("c-theo", "child", "C"))]
        self.two(participants=participants)
        run = self.run_of(FIRST)
        self.assertEqual([row for row in run.records() if row[1] == OTHER], [
            ["CAS", OTHER, "", "open", "", "", "", "", "", "Y", *[""] * 10]])
        self.assertEqual((run.trailer()[4:6], run.trailer()[8]), (["2", "2"], "1400123498"))


if __name__ == "__main__":
    unittest.main()
