"""Reads of tx-icop: the sample families as the document shows them, roles, paging."""
import re
import unittest
from decimal import Decimal

from harness import DANA, F1, F2, F4, LEON, RAFAEL, SimulatorTest, case_of, sample

AMOUNT = re.compile(r"-?\d{1,3}(,\d{3})*\.\d{2}")


def cents(value):
    """Cents of a wire amount in either form."""
    if isinstance(value, str):
        assert AMOUNT.fullmatch(value), value
        value = value.replace(",", "")
    return int(Decimal(str(value)) * 100)


def bare(record):
    """A record without its empty members, amounts in cents."""
    if isinstance(record, list):
        return [bare(entry) for entry in record]
    if not isinstance(record, dict):
        return record
    return {
        name: cents(value) if name in ("amount", "arrearsPayment") else bare(value)
        for name, value in record.items() if value is not None}


class FamilyOneAsTheFather(SimulatorTest):
    def setUp(self):
        super().setUp()
        self.parent_ = self.parent(RAFAEL)

    def read(self, name):
        reply = self.parent_.get(f"/cases/{F1}/{name}")
        self.assertEqual(reply.status, 200)
        return bare(reply.json[name])

    def test_case_list(self):
        self.assertEqual(self.parent_.get("/cases").json, {"status": "OK", "cases": [
            {"caseNumber": F1, "status": "OPEN", "yourRole": "NCP", "caseType": "FORMER"}]})

    def test_case(self):
        self.assertEqual(bare(self.parent_.get(f"/cases/{F1}").json["case"]), {
            "caseNumber": F1, "caseType": "FORMER", "status": "OPEN", "openedDate": "06/01/2015",
            "yourRole": "NCP", "countyFips": "48453", "processing": "COLLECT",
            "parties": [
                {"memberId": "M100000001", "role": "CP", "self": False, "firstName": "Dana",
                 "lastName": "Whitfield", "active": True},
                {"memberId": "M100000002", "role": "NCP", "self": True, "firstName": "Rafael",
                 "lastName": "Quintero-Lund", "dob": "07/19/1984", "active": True},
                {"memberId": "M100000003", "role": "CHILD", "self": False, "firstName": "Milo",
                 "lastName": "Quintero-Whitfield", "active": True}],
            "otherState": [{
                "state": "OH", "caseNumber": "7001234567", "role": "INITIATING", "since": "02/10/2025"}]})

    def test_orders(self):
        order, = self.read("orders")
        self.assertIn(order.pop("medicalOrdered"), ("Y", True))
        self.assertEqual(order, {
            "causeNumber": "D-1-FM-14-001234", "orderId": "D-1-FM-14-001234", "issuingState": "TX",
            "issuingFips": "4845300", "courtName": "TRAVIS TEST DISTRICT COURT", "orderType": "JUDICIAL",
            "filedDate": "09/02/2014", "effectiveDate": "10/01/2014", "endDate": "05/31/2031",
            "controlling": "DETERMINED",
            "obligations": [{
                "debtType": "CS", "amount": 65000, "frequency": "MO", "arrearsPayment": 10000,
                "arrearsFrequency": "MO", "startDate": "10/01/2014", "endDate": "05/31/2031"}]})

    def test_balances(self):
        rows = [(r["bucket"], r["amount"], r["assignedTo"], r["isTotal"]) for r in self.read("balances")]
        self.assertEqual(rows, [
            ("CURRENT", 65000, "FAMILY", False), ("ARR_FAM", 380000, "FAMILY", False),
            ("ARR_STATE", 120000, "STATE-TX", False), ("INTEREST", 32000, "FAMILY", False),
            ("TOT_ARR", 500000, "UNKNOWN", True), ("TOT_OWED", 532000, "UNKNOWN", True)])
        state = self.read("balances")[2]
        self.assertEqual((state["fromDate"], state["toDate"], state["asOf"]),
                         ("10/01/2014", "05/31/2015", "03/01/2026"))

    def test_enforcement_with_detail(self):
        self.assertEqual(self.read("enforcement"), [
            {"actionId": "E1", "kind": "DIWO", "status": "ACTIVE", "date": "02/10/2025",
             "detail": "BUCKEYE TEST FREIGHT LLC"},
            {"actionId": "E2", "kind": "PPD", "status": "ACTIVE", "date": "06/01/2024"}])

    def test_events_in_local_time(self):
        self.assertEqual(self.read("events"), [
            {"eventId": "V1", "kind": "REVIEW", "startLocal": "04/07/2026 09:30 AM",
             "timeZone": "America/Chicago", "place": "BY TELEPHONE", "status": "SCHEDULED"},
            {"eventId": "V2", "kind": "HEARING", "startLocal": "05/12/2026 10:00 AM",
             "timeZone": "America/Chicago", "place": "TRAVIS TEST DISTRICT COURT RM 2",
             "status": "SCHEDULED"}])

    def test_documents_and_their_content(self):
        rows = self.read("documents")
        self.assertEqual([(r["docId"], r["kind"], r["date"], r["size"]) for r in rows], [
            ("DOC-2", "PAY_RECORD", "01/31/2026", 548), ("DOC-1", "ORDER", "09/02/2014", 548)])
        reply = self.parent_.get(f"/cases/{F1}/documents/DOC-1/content")
        self.assertEqual(reply.headers["Content-Type"], "application/pdf")
        self.assertEqual(reply.headers["Content-Disposition"], 'attachment; filename="DOC-1.pdf"')
        self.assertTrue(reply.body.startswith(b"%PDF-") and reply.body.endswith(b"%%EOF"))
        self.assertEqual(len(reply.body), 548)
        self.assertEqual(reply.body, self.parent_.get(f"/cases/{F1}/documents/DOC-1/content").body)
        self.assertEqual(self.parent_.get(f"/cases/{F1}/documents/DOC-9/content").code, "ICOP-2004")

    def test_messages_and_contacts(self):
        message, = self.read("messages")
        self.assertEqual((message["direction"], message["sentAt"], message["read"]),
                         ("IN", "2026-03-10T16:20:00Z", False))
        self.assertEqual(self.read("contacts"), [
            {"kind": "CALL_CENTRE", "office": "TEXAS TEST CHILD SUPPORT CENTRE", "phone": "800-555-0100",
             "hours": "Mon-Fri 08:00-17:00 CT"},
            {"kind": "CASEWORKER", "name": "A. SAMPLE", "office": "AUSTIN TEST OFFICE",
             "phone": "512-555-0101", "ext": "204", "email": "worker204@example.org",
             "address": ["1 COURT SAMPLE PLZ", "AUSTIN TX 78701"]}])

    def test_profile(self):
        self.assertEqual(self.parent_.get("/profile").json["profile"], {
            "mailingAddress": {"line1": "412 LARKMOOR ST", "line2": "APT 3", "city": "COLUMBUS",
                               "state": "OH", "zip": "43215"},
            "phone": "6145550142", "email": "rafael.ql@example.com"})

    def test_no_social_security_number_anywhere(self):
        paths = ["/profile", f"/cases/{F1}"] + [
            f"/cases/{F1}/{name}" for name in ("orders", "balances", "payments", "contacts", "messages")]
        for path in paths:
            body = self.parent_.get(path).body
            for person in sample()["people"]:
                self.assertNotIn(person["ssn"].encode(), body)

    def test_case_of_another_person_looks_like_none(self):
        other, none, short = (self.parent_.get(f"/cases/{n}") for n in (F4, "0099999999", "12345678"))
        self.assertEqual((other.status, other.json), (404, none.json))
        self.assertEqual(short.json, none.json)


class OtherViewers(SimulatorTest):
    def test_the_mother_sees_the_birth_date_of_the_child_and_no_detail(self):
        dana = self.parent(DANA)
        parties = bare(dana.get(f"/cases/{F1}").json["case"]["parties"])
        self.assertEqual([p.get("dob") for p in parties], ["02/03/1986", None, "05/22/2013"])
        actions = bare(dana.get(f"/cases/{F1}/enforcement").json["enforcement"])
        self.assertEqual([a.get("detail") for a in actions], [None, None])

    def test_disbursements_by_viewer(self):
        shown = bare(self.parent(DANA).get(f"/cases/{F1}/disbursements").json["disbursements"][0])
        self.assertEqual(shown, {
            "disbursementId": "TX-D0012", "amount": 75000, "date": "02/11/2026", "paidTo": "YOU",
            "method": "DD", "last4": "7730", "paymentIds": ["TX-P0012"], "status": "ISSUED"})
        other = bare(self.parent(RAFAEL).get(f"/cases/{F1}/disbursements").json["disbursements"][0])
        self.assertEqual((other["paidTo"], "last4" in other), ("OTHER", False))


class Payments(SimulatorTest):
    def pages(self, parent, path):
        found, token, replies = [], None, []
        while True:
            reply = parent.get(path + (f"&pageToken={token}" if token else ""))
            self.assertEqual(reply.status, 200)
            replies.append(reply.json)
            found += [row["paymentId"] for row in reply.json["payments"]]
            token = reply.json.get("nextPageToken")
            if token is None:
                return found, replies

    def test_newest_first_in_pages(self):
        path = f"/cases/{F1}/payments?from=2025-03-01&to=2026-03-16"
        found, replies = self.pages(self.parent(RAFAEL), path)
        self.assertEqual(found, [f"TX-P{n:04d}" for n in range(12, 0, -1)])
        sizes = [(r["totalCount"], len(r["payments"])) for r in replies]
        self.assertEqual(sizes, [(12, 5), (12, 5), (12, 2)])
        self.assertEqual(bare(replies[0]["payments"][0]), {
            "paymentId": "TX-P0012", "amount": 75000, "collectionDate": "02/03/2026",
            "postedDate": "02/09/2026", "type": "OSTATE", "status": "APPLIED", "reference": "39000000012",
            "applied": [{"bucket": "CURRENT", "amount": 65000}, {"bucket": "ARR_FAM", "amount": 10000}]})

    def test_both_forms_of_amounts_occur(self):
        _, replies = self.pages(self.parent(RAFAEL), f"/cases/{F1}/payments?")
        kinds = {type(p["amount"]).__name__ == "str" for r in replies for p in r["payments"]}
        self.assertEqual(kinds, {True, False})

    def test_range_is_inclusive_and_may_be_empty(self):
        parent = self.parent(RAFAEL)
        reply = parent.get(f"/cases/{F1}/payments?from=2025-04-03&to=2025-05-03").json
        self.assertEqual([p["paymentId"] for p in reply["payments"]], ["TX-P0003", "TX-P0002"])
        empty = parent.get(f"/cases/{F1}/payments?from=2026-02-01&to=2025-02-01").json
        self.assertEqual(empty["payments"], [])
        wrong = parent.get(f"/cases/{F1}/payments?from=2025-02-30")
        self.assertEqual((wrong.code, wrong.json["error"]["field"]), ("ICOP-2001", "from"))

    def test_token_is_bound_to_session_case_and_range_and_to_ten_minutes(self):
        parent, path = self.parent(RAFAEL), f"/cases/{F1}/payments?from=2025-03-01&to=2026-03-16"
        token = parent.get(path).json["nextPageToken"]
        good = [parent.get(f"{path}&pageToken={token}").status for _ in range(2)]
        self.assertEqual(good, [200, 200])
        other_range = parent.get(f"/cases/{F1}/payments?from=2025-04-01&pageToken={token}")
        self.assertEqual(other_range.code, "ICOP-2002")
        self.assertEqual(self.parent(DANA).get(f"{path}&pageToken={token}").code, "ICOP-2002")
        self.advance(600)
        old = parent.get(f"{path}&pageToken={token}")
        self.assertEqual((old.status, old.code, old.json["error"]["field"]), (400, "ICOP-2002", "pageToken"))
        self.assertTrue(self.calls()[-1]["path"].endswith("&pageToken=*"))

    def test_reversal_keeps_scenario_order_on_one_day(self):
        parent = self.parent()
        challenge = parent.login(("PriyaH.icop", "Sunny-Trail42")).json["challengeId"]
        parent.answer(challenge, self.last_code())
        rows = bare(parent.get(f"/cases/{F2}/payments").json["payments"])
        self.assertEqual(
            [(r["paymentId"], r["amount"], r["type"], r["status"], r.get("adjusts")) for r in rows[:2]],
            [("TX-Q0007", 15000, "ONLINE", "REVERSED", None),
             ("TX-Q0008", -15000, "ADJ", "APPLIED", "TX-Q0007")])


class CodesAndOmissions(SimulatorTest):
    @staticmethod
    def scenario():
        document = sample()
        case = case_of(document, F1)
        case["balances"][3]["bucket"] = "judgment"
        case["balances"][2]["concurrent"] = "secondary"
        spare = dict(case["orders"][0]["obligations"][0], id="O2")
        case["orders"][0]["obligations"] += [
            dict(spare, debtType="agency_recovery"), dict(spare, frequency="none"),
            dict(spare, concurrent="secondary"), dict(spare, debtType="annual_fee")]
        case["enforcement"][1]["kind"] = "work_program"
        case["events"][0]["kind"] = "milestone"
        case["events"][1]["for"] = "custodial_party"
        case["views"] = {"tx-icop": {"contacts": []}}
        case["participants"][1]["active"] = False
        case["payments"][11]["allocations"] = [{"bucket": "judgment", "cents": 1}]
        case["payments"][10]["collectionDate"] = "2026-02-30"
        document["systems"]["tx-icop"]["options"] = {"amountStyle": "number"}
        return document

    def test_what_has_no_code_is_left_out(self):
        parent = self.parent(RAFAEL)
        buckets = [b["bucket"] for b in parent.get(f"/cases/{F1}/balances").json["balances"]]
        self.assertEqual(buckets, ["CURRENT", "ARR_FAM", "TOT_ARR", "TOT_OWED"])
        obligations = parent.get(f"/cases/{F1}/orders").json["orders"][0]["obligations"]
        self.assertEqual([o["debtType"] for o in obligations], ["CS", "FE"])
        self.assertEqual(parent.get(f"/cases/{F1}/enforcement").json["enforcement"][1]["kind"], "OTH")
        self.assertEqual(parent.get(f"/cases/{F1}/contacts").json["contacts"], [])
        self.assertEqual(parent.get(f"/cases/{F1}/events").json["events"], [])
        mother = self.parent(DANA)
        self.assertEqual([e["kind"] for e in mother.get(f"/cases/{F1}/events").json["events"]], ["HEARING"])

    def test_dates_go_out_as_they_are_and_default_page_is_ten(self):
        rows = self.parent(RAFAEL).get(f"/cases/{F1}/payments").json
        self.assertEqual(len(rows["payments"]), 10)
        self.assertEqual(rows["payments"][0]["collectionDate"], "02/30/2026")
        self.assertIsNone(rows["payments"][1].get("applied"))
        self.assertEqual({type(p["amount"]) for p in rows["payments"]} - {int, float}, set())


class SafetyTwin(SimulatorTest):
    """A protected case and its twin that never had what is withheld must look the same."""

    def document(self, protected):
        document = sample()
        case = case_of(document, F4)
        case["events"] = case_of(document, F1)["events"]
        case["documents"] = case_of(document, F1)["documents"]
        if protected:
            case["participants"][0]["familyViolence"] = "P"
        else:
            case["events"] = [dict(event, place=None) for event in case["events"]]
            case["documents"] = []
            case["contacts"] = [c for c in case["contacts"] if c["kind"] != "caseworker"]
        return document

    def view(self, document):
        self.steer("/control/scenario", document)
        parent = self.parent()
        parent.answer(parent.login(LEON).json["challengeId"], "maple test elementary")
        names = (
            "orders", "balances", "payments", "enforcement", "events", "documents", "messages", "contacts")
        pages = [parent.get("/cases"), parent.get(f"/cases/{F4}")]
        pages += [parent.get(f"/cases/{F4}/{name}") for name in names]
        pages.append(parent.get(f"/cases/{F4}/documents/DOC-1/content"))
        return [(p.status, p.body, sorted(p.headers.keys())) for p in pages]

    def test_withheld_looks_like_not_there(self):
        self.assertEqual(self.view(self.document(True)), self.view(self.document(False)))

    def test_the_protected_person_sees_everything(self):
        document = self.document(True)
        document["credentials"][4] |= {"kind": "username_password", "username": "MarisolVT",
                                       "password": "Orange-Door88", "state": "active"}
        self.steer("/control/scenario", document)
        parent = self.parent(("MarisolVT", "Orange-Door88"))
        self.assertEqual(len(parent.get(f"/cases/{F4}/documents").json["documents"]), 2)
        self.assertEqual(len(parent.get(f"/cases/{F4}/contacts").json["contacts"]), 2)


if __name__ == "__main__":
    unittest.main()
