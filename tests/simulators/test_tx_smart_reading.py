"""The reads of tx-smart, the posting window, and requests that are no requests."""
import base64
import unittest

from harness import case_of
from smart import (
    CASE, ELSEWHERE, JONAS, NAMESPACE, NIL, PATH, PRIYA, SOAP, SmartTest, envelope, request_xml,
    smart_sample, view_of,
)


def texts(element):
    return [(part.tag.partition("}")[2], part.text) for part in element]


class ReadingTest(SmartTest):
    def setUp(self):
        super().setUp()
        self.priya = self.signed_in()

    def changed(self, change, who=PRIYA):
        """A user signed in to a scenario that change(document, case) has changed."""
        document = smart_sample()
        change(document, case_of(document, CASE))
        self.load(document)
        return self.signed_in(who)

    def payments(self, user=None, first="2025-01-01", last="2026-12-31", page="1"):
        return (user or self.priya).of_case(
            "GetPayments", attributes={"from": first, "to": last, "page": page})

    def ids(self, answer):
        return [payment.get("id") for payment in answer.all("Payment")]


class Cases(ReadingTest):
    def test_case_of_the_payor(self):
        answer = self.priya.ask("GetCases")
        case, = answer.all("Case")
        self.assertEqual(case.attrib, {"number": CASE, "status": "Open", "role": "Payor"})
        self.assertEqual(texts(case), [
            ("CauseNumber", "2018-55123-F"), ("County", "48201"), ("SourceSystem", "TXCSES")])

    def test_only_payors_and_payees_see_a_case(self):
        def as_putative_father(_document, case):
            case["participants"][1]["role"] = "putative_father"

        user = self.changed(as_putative_father)
        self.assertEqual(user.ask("GetCases").all("Case"), [])
        self.refused(user.of_case("GetBalance"), "S-301")

    def test_inactive_payee_of_a_closed_case(self):
        def change(_document, case):
            case["status"] = "closed"
            case["participants"][0]["active"] = False
            case["orders"][0]["cancelled"] = "2020-01-01"
            case["orders"].append(case["orders"][0] | {"docket": "B-2", "cancelled": None})

        case, = self.changed(change, JONAS).ask("GetCases").all("Case")
        self.assertEqual((case.get("status"), case.get("role")), ("Closed", "Payee"))
        self.assertEqual(case[0].text, "B-2")

    def test_case_of_somebody_else_and_no_case(self):
        for op in ("GetBalance", "GetPaymentPlan", "GetEnforcement", "GetDocuments"):
            self.refused(self.priya.of_case(op, ELSEWHERE), "S-301")
            self.refused(self.priya.ask(op), "S-400", Field="case")
        self.assertEqual(self.calls("GetBalance")[0]["outcome"], "not_found")
        self.assertEqual(self.calls("GetBalance")[0]["case"], ELSEWHERE)


class Balance(ReadingTest):
    def amounts(self, user=None):
        return {line.get("kind"): line for line in (user or self.priya).of_case("GetBalance").all("Amount")}

    def test_lines_of_the_view_of_this_system(self):
        answer = self.priya.of_case("GetBalance")
        self.assertEqual(answer.content.attrib, {"case": CASE, "asOf": "2026-03-13"})
        told = [(a.get("kind"), a.get("total"), a.text) for a in answer.all("Amount") if a.text]
        self.assertEqual(told, [("Current", None, "820.00"), ("ArrearsFamily", None, "2310.75"),
                                ("ArrearsTotal", "true", "2310.75")])

    def test_several_lines_of_a_kind_are_added_and_others_left_out(self):
        def change(document, _case):
            lines = view_of(document, "balances")
            lines[1] = lines[1] | {"amountCents": -50}
            lines += [lines[1] | {"amountCents": -1000, "asOf": "2026-03-14"},
                      lines[1] | {"concurrent": "secondary", "asOf": "2026-03-15"},
                      lines[1] | {"bucket": "medical_arrears", "asOf": "2026-03-15"},
                      lines[1] | {"bucket": "arrears_assigned", "assignee": "state:TX", "amountCents": 5}]

        user = self.changed(change)
        amounts = self.amounts(user)
        self.assertEqual((amounts["ArrearsFamily"].text, amounts["ArrearsState"].text), ("-10.50", "0.05"))
        self.assertEqual(user.of_case("GetBalance").content.get("asOf"), "2026-03-14")

    def test_interest_and_fee_without_a_value_are_missing_empty_or_nil(self):
        forms = set()
        for seed in range(12):
            def change(document, _case, seed=seed):
                document["seed"] = seed

            line = self.amounts(self.changed(change)).get("Fee")
            forms.add("missing" if line is None else "nil" if line.get(NIL) == "true" else "empty")
            self.assertTrue(line is None or line.text is None)
        self.assertEqual(forms, {"missing", "empty", "nil"})

    def test_own_lists_without_a_view(self):
        amounts = self.amounts(self.changed(lambda _document, case: case["views"].clear()))
        self.assertEqual(amounts["Interest"].text, "118.20")
        self.assertEqual(amounts["OwedTotal"].get("total"), "true")


class Payments(ReadingTest):
    def test_newest_first_within_the_days_asked_for(self):
        answer = self.payments(first="2026-02-01", last="2026-03-12")
        self.assertEqual(answer.content.attrib, {"case": CASE, "page": "1", "pages": "1"})
        self.assertEqual(self.ids(answer), ["TX-Q0009", "TX-Q0008", "TX-Q0007", "TX-Q0006"])
        self.assertEqual(texts(answer.all("Payment")[1]), [
            ("Collected", "2026-02-20"), ("Posted", "2026-02-26"), ("Amount", "-150.00"), ("Type", "ADJ"),
            ("Status", "Applied"), ("Reference", "NSF00007R"), ("Adjusts", "TX-Q0007")])

    def test_pages_of_ten_an_empty_list_and_a_page_beyond_the_end(self):
        def change(document, _case):
            rows = view_of(document, "payments")
            rows += [rows[0] | {"id": f"X{n}", "collectionDate": f"2024-01-{n:02d}"} for n in range(1, 13)]

        user = self.changed(change)
        pages = [self.payments(user, "2024-01-01", page=str(n)) for n in (1, 2, 3, 4)]
        self.assertEqual([len(self.ids(page)) for page in pages], [10, 10, 1, 0])
        self.assertEqual({page.content.get("pages") for page in pages}, {"3"})
        self.assertEqual(pages[3].content.get("page"), "4")
        empty = self.payments(user, "2023-01-01", "2023-02-01")
        self.assertEqual((self.ids(empty), empty.content.get("pages")), ([], "1"))

    def test_attributes_are_needed_and_checked(self):
        good = {"from": "2026-01-01", "to": "2026-02-01", "page": "1"}
        for name in good:
            rest = {key: value for key, value in good.items() if key != name}
            self.refused(self.priya.of_case("GetPayments", attributes=rest), "S-400", Field=name)
        for name, value in (("from", "2026-02-30"), ("to", "02/01/2026"), ("page", "0"), ("page", "x")):
            answer = self.priya.of_case("GetPayments", attributes=good | {name: value})
            self.refused(answer, "S-400", Field=name)

    def test_codes_and_a_payment_not_posted_yet(self):
        sources = ("income_withholding", "direct", "other_state", "federal_tax_offset", "state_tax_offset",
                   "federal_admin_offset", "unemployment", "workers_comp", "lottery", "garnishment", "other")
        statuses = ("received", "pending", "held", "applied", "partially_applied", "reversed")

        def change(document, _case):
            rows = view_of(document, "payments")
            rows[:] = [rows[0] | {
                "id": f"P{n:02d}", "collectionDate": f"2026-01-{28 - n:02d}", "postedDate": None,
                "source": source, "status": statuses[n % 6], "ref": None}
                for n, source in enumerate(sources)]

        user = self.changed(change)
        found = self.payments(user).all("Payment") + self.payments(user, page="2").all("Payment")
        rows = [dict(texts(payment)) for payment in found]
        self.assertEqual([row["Type"] for row in rows], ["WAGE", "EPAY", "OST"] + ["INT"] * 7 + ["OTH"])
        self.assertEqual([row["Status"] for row in rows[:6]],
                         ["Received", "Pending", "Held", "Applied", "Partial", "Reversed"])
        self.assertEqual({row.get("Posted") for row in rows}, {None, "0001-01-01"})
        self.assertNotIn("Reference", rows[0])


class Details(ReadingTest):
    def test_methods_everybody_begins_with(self):
        methods = self.priya.ask("GetPaymentMethods").all("Method")
        self.assertEqual([method.attrib for method in methods], [
            {"id": "PM-1", "kind": "Bank", "status": "Verified"},
            {"id": "PM-2", "kind": "Card", "status": "Verified"}])
        self.assertEqual(texts(methods[1]), [("Label", "VISA"), ("Last4", "4242"), ("Expires", "2027-09")])

    def test_recurring_without_a_code_for_its_frequency_is_left_out(self):
        def change(_document, case):
            case["recurring"].append(case["recurring"][0] | {"id": "RP-9", "frequency": "quarterly"})

        row, = self.changed(change).ask("GetRecurring").all("Recurring")
        self.assertEqual(row.attrib, {"id": "RP-1", "case": CASE, "status": "Active"})
        self.assertEqual(texts(row), [("Amount", "150.00"), ("MethodId", "PM-1"), ("Frequency", "Monthly"),
                                      ("NextDate", "2026-04-12")])

    def test_plan(self):
        plan, = self.priya.of_case("GetPaymentPlan").all("Plan")
        self.assertEqual(plan.attrib, {"id": "PLAN-77", "status": "Active"})
        self.assertEqual([text for _, text in texts(plan)], [
            "2610.75", "150.00", "Monthly", "2026-03-12", "2027-08-12", "150.00"])
        user = self.changed(lambda _document, case: case.update(paymentPlan=None))
        answer = user.of_case("GetPaymentPlan")
        self.assertEqual((answer.status, answer.all("Plan")), (200, []))

    def test_enforcement_tells_details_to_the_payor_only(self):
        actions = self.priya.of_case("GetEnforcement").all("Action")
        self.assertEqual(actions[0].attrib, {
            "id": "E1", "kind": "WageWithholding", "status": "Active", "date": "2018-05-15"})
        self.assertEqual(texts(actions[0]), [("Detail", "GULF SAMPLE CLINIC")])
        self.assertEqual((actions[1].get("released"), texts(actions[1])), ("2023-10-15", []))
        self.assertEqual(self.signed_in(JONAS).of_case("GetEnforcement").all("Detail"), [])

    def test_kinds_of_actions_without_a_code_are_other(self):
        def change(_document, case):
            case["enforcement"][0] |= {"kind": "lottery_intercept", "status": "initiated"}
            case["enforcement"][1] |= {"kind": "fidm_levy", "status": "contested"}

        actions = self.changed(change).of_case("GetEnforcement").all("Action")
        self.assertEqual([(a.get("kind"), a.get("status")) for a in actions],
                         [("Other", "Started"), ("BankLevy", "Contested")])

    def test_documents(self):
        row, = self.priya.of_case("GetDocuments").all("Document")
        self.assertEqual(row.attrib, {
            "id": "DOC-1", "title": "Notice of Application for License Suspension", "kind": "notice",
            "date": "2023-07-20", "mediaType": "application/pdf"})
        answer = self.priya.of_case("GetDocument", attributes={"id": "DOC-1"})
        octets = base64.b64decode(answer.value("Content"), validate=True)
        self.assertEqual((octets[:5], octets[-5:]), (b"%PDF-", b"%%EOF"))
        self.assertEqual(answer.content.attrib, {
            "id": "DOC-1", "mediaType": "application/pdf", "length": str(len(octets))})
        self.refused(self.priya.of_case("GetDocument", attributes={"id": "DOC-2"}), "S-301")
        self.refused(self.priya.of_case("GetDocument"), "S-400", Field="id")

    def test_document_with_content_of_the_scenario(self):
        content = base64.b64encode(b"%PDF-x %%EOF").decode()
        user = self.changed(lambda _d, case: case["documents"][0].update(contentBase64=content))
        answer = user.of_case("GetDocument", attributes={"id": "DOC-1"})
        self.assertEqual((answer.value("Content"), answer.content.get("length")), (content, "12"))

    def test_violence_named_by_somebody_else_hides_place_papers_and_details(self):
        def change(_document, case):
            case["participants"][2]["familyViolence"] = "C"

        user = self.changed(change)
        self.assertIsNone(user.ask("GetCases").value("County"))
        self.assertEqual(user.of_case("GetDocuments").all("Document"), [])
        self.refused(user.of_case("GetDocument", attributes={"id": "DOC-1"}), "S-301")
        self.assertEqual(user.of_case("GetEnforcement").all("Detail"), [])
        self.assertEqual(len(self.payments(user).all("Payment")), 9)
        own = self.changed(lambda _d, case: case["participants"][1].update(familyViolence="P"))
        self.assertEqual(own.ask("GetCases").value("County"), "48201")

    def test_text_is_escaped(self):
        title = 'A <b> & "c" ]]>'
        user = self.changed(lambda _d, case: case["documents"][0].update(title=title))
        self.assertEqual(user.of_case("GetDocuments").all("Document")[0].get("title"), title)


class PostingWindow(SmartTest):
    def test_an_hour_each_night_only_the_sign_in_is_open(self):
        for instant, seconds in (("2026-03-17T04:59:59Z", None), ("2026-03-17T05:00:00Z", "3600"),
                                 ("2026-03-17T05:59:59Z", "1"), ("2026-03-17T06:00:00Z", None)):
            self.steer("/control/clock", {"set": instant})
            user = self.signed_in()
            for op in ("GetCases", "Logout"):
                answer = user.ask(op)
                if seconds is None:
                    self.assertEqual(answer.status, 200)
                else:
                    self.refused(answer, "S-503", RetryAfterSeconds=seconds)
                    self.assertEqual(answer.faultcode, "Server")
        self.steer("/control/clock", {"set": "2026-03-18T05:00:00Z"})
        answer = self.user().ask("ForgotPassword", UserName=PRIYA[0])
        self.refused(answer, "S-503", RetryAfterSeconds="3600")


class Requests(ReadingTest):
    ACTION = f'"{NAMESPACE}:GetCases"'
    BODY = request_xml("GetCases", {}, {})

    def header(self):
        return f'<Session xmlns="{NAMESPACE}">{self.priya.token}</Session>'

    def test_what_is_not_readable(self):
        good = envelope(self.BODY, self.header())
        self.assertEqual(self.priya.post(good, self.ACTION).status, 200)
        for octets in (
                b"", b"<a/>", good[:-3], good.replace(b"utf-8", b"iso-8859-1"),
                good.decode().encode("utf-16"), good.replace(b"?>", b"?><?x?>", 1),
                good.replace(b"?>", b"?><!DOCTYPE a [<!ENTITY b 'c'>]>", 1),
                envelope(self.BODY * 2), envelope(""), envelope("<GetCasesRequest/>"),
                envelope("<a>" * 33 + "</a>" * 33), envelope(self.BODY, "&far;"),
                good + b" " * (4 * 1024 * 1024)):
            self.platform_fault(self.priya.post(octets, self.ACTION))
        soap12 = good.replace(SOAP[1:-1].encode(), b"http://www.w3.org/2003/05/soap-envelope")
        self.platform_fault(self.priya.post(soap12, self.ACTION), "VersionMismatch")

    def test_action_and_body_must_agree(self):
        good = envelope(self.BODY, self.header())
        for action in (None, self.ACTION[1:-1], f'"{NAMESPACE}:GetBalance"', f'"{NAMESPACE}:Nothing"'):
            self.platform_fault(self.priya.post(good, action))
        unknown = envelope(request_xml("Nothing", {}, {}), self.header())
        self.platform_fault(self.priya.post(unknown, f'"{NAMESPACE}:Nothing"'))
        self.platform_fault(self.priya.post(good, self.ACTION, Content_Type="application/soap+xml"))

    def test_elements_are_found_by_namespace_and_local_name(self):
        body = (f'<z:LoginRequest xmlns:z="{NAMESPACE}"><y:UserName xmlns:y="urn:other">no</y:UserName>'
                f'<z:Password>{PRIYA[1]}</z:Password><z:More/><z:UserName>{PRIYA[0]}</z:UserName>'
                "</z:LoginRequest>")
        answer = self.priya.post(envelope(body), f'"{NAMESPACE}:Login"')
        self.assertEqual(answer.value("Result"), "CodeSent")
        twice = body.replace("<z:More/>", "<z:UserName>a</z:UserName>")
        self.refused(self.priya.post(envelope(twice), f'"{NAMESPACE}:Login"'), "S-400", Field="UserName")

    def test_header_elements_to_be_understood_are_ignored(self):
        extra = f'<x:A xmlns:x="urn:x" xmlns:e="{SOAP[1:-1]}" e:mustUnderstand="1"/>'
        answer = self.priya.post(envelope(self.BODY, extra + self.header()), self.ACTION)
        self.assertEqual(answer.status, 200)

    def test_other_methods_and_paths(self):
        reply = self.priya.wire.send("GET", PATH)
        self.assertEqual((reply.status, reply.headers["Allow"]), (405, "POST"))
        self.assertEqual(self.priya.wire.send("GET", PATH + "?wsdl").status, 405)
        self.assertEqual(self.priya.wire.send("POST", "/itexas/Other", b"x").status, 404)
        self.assertEqual(self.calls()[-1]["op"], "unknown")
        self.assertEqual(self.priya.wire.send("GET", "/itexas/reset/none").status, 404)


if __name__ == "__main__":
    unittest.main()
