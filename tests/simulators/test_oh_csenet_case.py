"""What CSI P FSINF of oh-csenet tells of a case, and to whom."""
import unittest

from ohio import CASE, DANA, RAFAEL, OhioTest, Record, ohio_sample, request_line, with_options

from harness import case_of

BIRTH_OF_MILO = "20130522"


def payment(number, cents=1000, day="2026-01-05", source="direct", status="applied", **more):
    return {
        "id": f"P{number}", "amountCents": cents, "collectionDate": day, "postedDate": None, "source": source,
        "status": status, "allocations": [], "adjusts": None, "ref": None} | more


def obligation(number, **more):
    return {
        "id": number, "debtType": "child_support", "amountCents": 10000, "frequency": "monthly",
        "arrearsAmountCents": None, "arrearsFrequency": None, "start": "2020-01-01", "end": None,
        "concurrent": "none", "obligor": "p-rafael"} | more


def balance(bucket, cents, **more):
    return {
        "bucket": bucket, "debtType": "child_support", "amountCents": cents, "assignee": "unknown",
        "periodFrom": None, "periodTo": None, "asOf": "2026-03-06", "aggregate": False} | more


class CaseTest(OhioTest):
    def shown(self, change=None, credentials=RAFAEL, **options):
        """Records of the first case after change(case) was applied to the scenario."""
        document = with_options(ohio_sample(), **options)
        if change:
            change(case_of(document, CASE))
        self.load(document)
        return self.case_records(self.sender(credentials))


class Parties(CaseTest):
    def test_father_sees_himself_and_no_birth_date_of_the_child(self):
        first, _ = self.shown()
        self.assertEqual(first.at("ncp_id", 57, 75), "90011447119840719 M")
        self.assertEqual([b[75] for b in first.blocks["participant"]], ["C", "D"])
        for index in (0, 1):
            self.assertEqual(first.at("participant", 57, 73, index).strip(), "")

    def test_mother_sees_herself_and_the_child(self):
        first, second = self.shown(credentials=DANA)
        self.assertEqual(first.at("ncp_id", 1, 21).rstrip(), "QUINTERO-LUND")
        self.assertEqual(first.at("ncp_id", 57, 75).strip(), "")
        self.assertEqual(first.blocks["ncp_locate"], [])
        self.assertEqual(first.at("participant", 57, 74), "19860203900112210F")
        self.assertEqual(first.at("participant", 57, 74, 1), BIRTH_OF_MILO + " " * 9 + "M")
        self.assertEqual(first.at("participant", 79, 157).strip(), "")
        self.assertEqual(second.at("participant", 76, 76), "C")

    def test_order_of_participants_and_the_putative_father(self):
        def change(case):
            mother, father, child = case["participants"]
            father["role"] = "putative_father"
            other = mother | {"person": "p-odette", "role": "caretaker_other", "active": False}
            second = father | {"person": "p-harlan"}
            child |= {"paternity": None, "relationToCp": None}
            case["participants"] = [other, child, father, second, mother]

        first, _ = self.shown(change)
        self.assertEqual(first.at("ncp_id", 1, 21).rstrip(), "QUINTERO-LUND")
        self.assertEqual(first.at("ncp_id", 57, 65), "900114471")
        shown = [(b[75], b[76], b[:21].rstrip()) for b in first.blocks["participant"]]
        self.assertEqual(shown, [
            ("C", "O", "WHITFIELD"), ("D", "O", "QUINTERO-WHITFIELD"), ("S", "C", "MARCHETTI"),
            ("P", "O", "OYELARAN")])
        self.assertEqual(first.at("participant", 78, 78, 1) + first.at("participant", 341, 341, 1), "  ")

    def test_without_a_father_the_ncp_block_is_blank(self):
        def change(case):
            case["participants"] = [p for p in case["participants"] if p["person"] != "p-rafael"]

        first, second = self.shown(change, DANA)
        self.assertEqual(first.blocks["ncp_id"], [" " * 181])
        self.assertEqual(len(second.blocks["participant"]), 1)

    def test_a_child_leads_the_next_line_when_there_is_no_custodial_party(self):
        def change(case):
            case["participants"] = [p for p in case["participants"] if p["person"] != "p-dana"]

        _, second = self.shown(change)
        self.assertEqual([b[75] for b in second.blocks["participant"]], ["D"])


class Contact(CaseTest):
    def test_names_and_letters(self):
        def change(case):
            case["contacts"][0] |= {
                "name": "Mary Ann S\u00f8rli", "email": "Case_W+1@example.org", "ext": None}

        first, _ = self.shown(change)
        self.assertEqual(first.at("case", 82, 134).split(), ["SORLI", "MARY", "ANN"])
        self.assertEqual(first.at("case", 103, 118).rstrip(), "MARY ANN")
        self.assertEqual(first.at("case", 260, 294).rstrip(), "Case_W+1@example.org")
        self.assertEqual(first.at("case", 217, 232), "6145550101      ")

    def test_references_to_other_states(self):
        def change(case):
            other = {"otherState": "KS", "otherLocator": "2000000", "otherCaseId": "12", "role": "initiating",
                     "since": "2026-01-02"}
            case["intergov"] = [other] * 6

        first, second = self.shown(change)
        self.assertEqual([first.text(n) for n in (1, 2, 3, 4)],
                         ["IGREF I 2000000 12" + " " * 14 + "20260102"] * 4)
        self.assertEqual([second.text(n) for n in (1, 2, 3, 4)], [""] * 4)
        self.assertEqual(second.text(5), "CONT 02/02 COLL 000013")


class Orders(CaseTest):
    def test_obligations_without_a_code_and_secondary_ones_are_left_out(self):
        def change(case):
            first = case["orders"][0]
            first["obligations"] = [
                obligation("A", debtType="annual_fee"), obligation("B", frequency="once"),
                obligation("C", concurrent="secondary"), obligation("D", frequency="weekly"),
                obligation("E", debtType="spousal_support", frequency="semiannual", arrearsAmountCents=500,
                           arrearsFrequency="biweekly")]
            case["orders"].append(first | {
                "controlling": "unknown", "medicalOrdered": None, "type": "paternity",
                "obligations": [obligation("F", debtType="medical_support_cash", frequency="quarterly")]})

        first, _ = self.shown(change)
        shown = [(b[32:36], b[36:48], b[72:85].strip(), b[85:97].strip()) for b in first.blocks["order"]]
        self.assertEqual(shown, [
            ("JCSW", "000000010000", "", "000000480000"), ("JSSE", "000000010000", "B000000000500", ""),
            ("PMSQ", "000000010000", "", "")])
        self.assertEqual([b[209] + b[235] for b in first.blocks["order"]], ["YD", "YD", "  "])
        self.assertEqual({b[227:235] for b in first.blocks["order"]}, {"20260305"})

    def test_at_most_nine(self):
        first, _ = self.shown(lambda case: case["orders"][0].update(
            obligations=[obligation(f"O{n}") for n in range(12)]))
        self.assertEqual(len(first.blocks["order"]), 9)

    def test_arrears_without_an_obligation_still_have_a_block(self):
        once = obligation("A", frequency="once", arrearsAmountCents=700, arrearsFrequency="weekly")
        first, _ = self.shown(lambda case: case["orders"][0].update(obligations=[once]))
        self.assertEqual(first.at("order", 8, 24), "D-1-FM-14-001234 ")
        self.assertEqual(first.at("order", 34, 48).strip(), "")
        self.assertEqual(first.at("order", 73, 97), "W000000000700000000480000")
        first, _ = self.shown(lambda case: case.update(orders=[]))
        self.assertEqual(first.at("order", 1, 85).strip(), "")
        self.assertEqual(first.at("order", 86, 97), "000000480000")
        self.assertEqual(first.at("case", 342, 343), "  ")
        first, _ = self.shown(lambda case: case.update(orders=[], balances=[]))
        self.assertEqual(first.blocks["order"], [])

    def test_missing_balances_are_blank_and_sums_have_no_period(self):
        def change(case):
            period = {"periodFrom": "2014-10-01", "periodTo": "2015-05-31"}
            case["balances"] = [
                balance("arrears_assigned", 100, **period), balance("arrears_assigned", 20, **period),
                balance("arrears_assigned", 9999, concurrent="secondary"),
                balance("arrears_family", -55, **period), balance("medical_arrears", 0)]

        first, _ = self.shown(change)
        self.assertEqual(first.at("order", 86, 97), " " * 12)
        self.assertEqual(first.at("order", 98, 125), " " * 16 + "000000000120")
        self.assertEqual(first.at("order", 126, 153), "2014100120150531-00000000055")
        self.assertEqual(first.at("order", 154, 181), " " * 28)
        self.assertEqual(first.at("order", 182, 209), " " * 16 + "000000000000")

    def test_overpunched_amounts(self):
        first, _ = self.shown(lambda case: case.update(balances=[balance("total_arrears", -1234)]),
                              amountSign="overpunch")
        self.assertEqual(first.at("order", 86, 97), "00000000123M")


class Collections(CaseTest):
    def listed(self, payments, **more):
        records = self.shown(lambda case: case.update(payments=payments, **more))
        return records, [b for record in records for b in record.blocks["collection"]]

    def test_sources_methods_and_what_is_left_out(self):
        sources = (
            "income_withholding", "garnishment", "federal_tax_offset", "state_tax_offset", "unemployment",
            "workers_comp", "direct", "other_state", "lottery", "federal_admin_offset", "adjustment", "other")
        payments = [
            payment(n, source=source, day=f"2026-01-{30 - n:02d}") for n, source in enumerate(sources)]
        payments += [payment(s, status=s) for s in ("received", "pending", "held")]
        records, collections = self.listed(payments, intergov=[])
        self.assertEqual("".join(b[28] for b in collections), "AGISUWNOOOOO")
        self.assertEqual({b[29] for b in collections}, {"E"})
        self.assertEqual([r.text(5) for r in records], ["CONT 01/02 COLL 000012", "CONT 02/02 COLL 000012"])

    def test_offsets_are_told_by_citax_alone_where_ohio_responds(self):
        offset = payment(1, 41200, "2026-03-10", "federal_tax_offset", postedDate="2026-03-12")
        record, = self.listed([offset, payment(2)])[0]
        self.assertEqual([b[28] for b in record.blocks["collection"]], ["N"])
        record, = self.listed([offset, payment(2)], intergov=[])[0]
        self.assertEqual([b[28:30] for b in record.blocks["collection"]], ["IE", "NE"])
        self.assertEqual(record.at("order", 228, 235), "20260105")

    def test_reversals_and_their_adjustments_are_both_shown(self):
        _, collections = self.listed([
            payment(1, 5000, "2026-01-05", status="reversed"),
            payment(2, -5000, "2026-01-09", "adjustment", adjusts="P1")])
        self.assertEqual([b[:8] + b[16:29] for b in collections],
                         ["20260109-00000005000O", "20260105000000005000N"])

    def test_newest_108_in_twelve_lines(self):
        payments = [payment(n, day=f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}") for n in range(120)]
        records, collections = self.listed(payments)
        self.assertEqual((len(records), len(collections)), (12, 108))
        self.assertEqual(collections[0][:8], "20250508")
        self.assertEqual(collections[-1][:8], "20250113")
        self.assertEqual(records[-1].text(5), "CONT 12/12 COLL 000108")
        self.assertEqual([r.serial for r in records], list(range(900000000001, 900000000013)))

    def test_none(self):
        records, collections = self.listed([])
        self.assertEqual(([r.text(5) for r in records], collections), (["CONT 01/01 COLL 000000"], []))
        self.assertEqual(records[0].at("order", 228, 235).strip(), "")


class Views(CaseTest):
    def test_lists_of_this_system_replace_those_of_the_case(self):
        record, = self.shown(lambda case: case.update(views={"oh-csenet": {
            "payments": [payment(1)], "balances": [balance("total_arrears", 77)], "contacts": []}}))
        self.assertEqual(len(record.blocks["collection"]), 1)
        self.assertEqual(record.at("order", 86, 97), "000000000077")
        self.assertEqual(record.at("case", 82, 294).strip(), "")

    def test_kinds_of_cases(self):
        first, _ = self.shown(lambda case: case.update(caseType="non_iv_d"))
        self.assertEqual((first.kind, first.at("case", 1, 2)), ("CSI P FSINF", "VO"))
        father = self.sender(RAFAEL)
        self.assertEqual(self.records(father.post(request_line("CSI R FRNNF", 9)))[0].kind, "CSI P FSINF")
        nothing, = self.shown(lambda case: case.update(caseType="locate_only"))
        self.assertEqual((nothing.kind, nothing.at("information", 1, 1)), ("CSI P FUINF", "O"))


class Safety(CaseTest):
    def protecting(self, person, credentials):
        def change(case):
            for participant in case["participants"]:
                if participant["person"] == person:
                    participant["familyViolence"] = "D"

        return self.shown(change, credentials)

    def test_the_other_party_gets_payments_only(self):
        first, second = self.protecting("p-dana", RAFAEL)
        for record in (first, second):
            self.assertEqual(record.at("case", 351, 351), "Y")
            self.assertEqual(record.at("case", 82, 294).strip(), "")
            self.assertEqual(record.blocks["participant"][0].strip(), "CO")
            self.assertEqual(record.text(1), "")
        self.assertEqual(first.at("participant", 1, 21, 1).rstrip(), "QUINTERO-WHITFIELD")
        self.assertEqual(first.at("ncp_id", 57, 65), "900114471")
        self.assertEqual((first.at("order", 86, 97), len(first.blocks["collection"])), ("000000480000", 9))
        self.assertEqual(first.at("case", 3, 27), "OHIO TEST PAYMENT CENTRAL")

    def test_the_protected_participant_sees_the_case_as_usual(self):
        first, _ = self.protecting("p-dana", DANA)
        self.assertEqual(first.at("case", 351, 351), "N")
        self.assertEqual(first.at("case", 82, 102).rstrip(), "SAMPLE")
        self.assertEqual(first.text(1)[:5], "IGREF")

    def test_a_protected_father_is_blank_for_the_mother(self):
        first, _ = self.protecting("p-rafael", DANA)
        self.assertEqual(first.blocks["ncp_id"], [" " * 181])
        self.assertEqual(first.at("case", 351, 351), "Y")

    def test_a_protected_child_is_not_named(self):
        first, _ = self.protecting("c-milo", RAFAEL)
        self.assertEqual(first.at("participant", 1, 341, 1).strip(), "DO")
        self.assertEqual(first.at("participant", 1, 21).rstrip(), "WHITFIELD")


class CodePageAndMode(CaseTest):
    def test_ebcdic_and_jobs_give_equal_records(self):
        plain = [r.header[:17] + r.header[29:] + str(r.blocks) for r in self.shown()]
        self.load(ohio_sample(codePage="cp037", mode="async", asyncDelaySeconds=0))
        father = self.sender(charset="cp037")
        text = "AUTH " + " ".join(RAFAEL) + "\x85"
        reply = father.send("POST", "/auth", text.encode("cp037"), "text/plain; charset=cp037")
        father.token = reply.body.decode("cp037")[3:35]
        body = (request_line("CSI R FRINF", 5) + "\x85").encode("cp037")
        reply = father.send("POST", "/csenet", body, "application/x-csenet; charset=cp037")
        self.assertEqual((reply.status, reply.body), (202, b""))
        reply = father.send("GET", reply.headers["Location"].removeprefix("/ohsets/v1"))
        lines = reply.body.decode("cp037").split("\x85")
        self.assertEqual(lines.pop(), "")
        records = [Record(line) for line in lines]
        self.assertEqual([r.header[:17] + r.header[29:] + str(r.blocks) for r in records], plain)


if __name__ == "__main__":
    unittest.main()
