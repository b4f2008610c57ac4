"""Faults of tx-smart: what each does to an answer, and which calls it leaves alone."""
import socket
import unittest
import urllib.parse
import xml.etree.ElementTree as tree

from smart import CASE, NAMESPACE, NIL, PATH, PRIYA, SMART, SmartTest, new_id, smart_sample, view_of

YEAR = {"from": "2025-01-01", "to": "2026-12-31", "page": "1"}
WRONG = (PRIYA[0], "wrong")


class FaultTest(SmartTest):
    def setUp(self):
        super().setUp()
        self.priya = self.signed_in()

    def balance(self):
        return self.priya.of_case("GetBalance")

    def payments(self, page="1"):
        return self.priya.of_case("GetPayments", attributes=YEAR | {"page": page})

    def pay(self, amount="150.00", method="PM-1", request_id=None, **fields):
        return self.priya.write("SubmitPayment", request_id, CASE, Amount=amount, MethodId=method, **fields)

    def octets(self, kind, ask=None, op="*"):
        """Octets of the answer under the fault and of the good one; both with HTTP 200."""
        self.add_fault(op, kind)
        bad = (ask or self.balance)()
        self.clear_faults()
        good = (ask or self.balance)()
        self.assertEqual((bad.status, good.status), (200, 200), bad.octets)
        return bad.octets.decode("utf-8-sig"), good.octets.decode(), bad

    def hits(self):
        return self.look("/control/faults")["faults"][0]["hits"]


class OnAllAnswers(FaultTest):
    def test_a_fault_with_http_200(self):
        self.add_fault("*", "fault_200")
        answer = self.balance()
        self.assertEqual((answer.status, answer.code, answer.faultcode), (200, "S-500", "Server"))
        answer = self.priya.of_case("GetBalance", "0000000009")
        self.assertEqual((answer.status, answer.code), (200, "S-301"))
        self.assertEqual([c["outcome"] for c in self.calls("GetBalance")], ["fault", "not_found"])

    def test_a_write_under_such_a_fault_was_carried_out(self):
        number = new_id()
        self.add_fault("SubmitPayment", "fault_200", times=1)
        self.assertEqual(self.pay(request_id=number).code, "S-500")
        self.assertEqual(self.pay(request_id=number).value("Status"), "Scheduled")
        self.assertEqual([c["effect"] for c in self.calls("SubmitPayment")], [True, False])

    def test_fault_without_detail(self):
        self.add_fault("*", "no_detail")
        self.platform_fault(self.balance(), "Server")
        self.platform_fault(self.user().login(WRONG), "Client")
        self.assertTrue(self.calls("Login")[-1]["counted"])

    def test_other_prefix_changes_no_name(self):
        bad, good, _ = self.octets("other_prefix")
        self.assertNotIn("s:", bad.replace("xmlns:", "").replace("urn:itexas:", "").partition("Body")[2])
        tags = [[element.tag for element in tree.fromstring(text).iter()] for text in (bad, good)]
        self.assertEqual(tags[0], tags[1])
        self.add_fault("*", "other_prefix")
        self.refused(self.user().login(WRONG), "S-101", TriesLeft="3")

    def test_other_namespace(self):
        bad, good, _ = self.octets("other_namespace")
        self.assertEqual(bad, good.replace(NAMESPACE, "urn:itexas:smart:2"))

    def test_dtd_with_an_entity(self):
        bad, good, _ = self.octets("dtd", lambda: self.priya.ask("GetCases"))
        self.assertRegex(bad, r"<!DOCTYPE Envelope \[<!ENTITY ")
        self.assertIn("<s:SourceSystem>&state;CSES<", bad)
        self.assertNotIn("DOCTYPE", good)

    def test_deep_xml(self):
        bad, good, _ = self.octets("deep_xml")

        def depth(element):
            return 1 + max(map(depth, element), default=0)

        self.assertGreaterEqual(depth(tree.fromstring(bad)), 200)
        self.assertLess(depth(tree.fromstring(good)), 10)

    def test_encodings(self):
        bad, good, answer = self.octets("bom")
        self.assertEqual((bad, answer.octets[:3]), (good, b"\xef\xbb\xbf"))
        bad, good, _ = self.octets("latin1_declared")
        self.assertEqual(bad, good.replace("UTF-8", "ISO-8859-1", 1))

    def test_not_processed(self):
        self.add_fault("Login", "html_502", times=1)
        answer = self.user().login(WRONG)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (502, "text/html"))
        self.assertIn(b"<title>502 Bad Gateway</title>", answer.octets)
        self.assertEqual([c["counted"] for c in self.calls("Login")], [False, False])
        for kind, params, code, seconds in (
                ("maintenance", {}, "S-503", "1800"), ("posting_window", {"untilSeconds": 60}, "S-503", "60"),
                ("rate_limit", {}, "S-429", "20"), ("rate_limit", {"retryAfter": 7}, "S-429", "7")):
            self.clear_faults()
            self.add_fault("*", kind, params)
            self.refused(self.balance(), code, RetryAfterSeconds=seconds)
            self.assertEqual(self.calls()[-1]["outcome"], "fault")

    def test_expired_session(self):
        self.add_fault("*", "expire_session", times=1)
        self.user().login(PRIYA)
        self.refused(self.balance(), "S-201")
        self.refused(self.balance(), "S-201")
        self.assertEqual(self.hits(), 1)

    def test_pages_for_browsers_stay_as_they_are(self):
        self.add_fault("*", "fault_200")
        self.assertEqual(self.priya.wire.send("GET", "/itexas/reset/none").status, 404)
        self.assertEqual(self.hits(), 0)


class OnAmounts(FaultTest):
    def test_nil_empty_and_comma(self):
        for kind, wanted in (("nil_amounts", [(None, "true")] * 3), ("empty_amounts", [(None, None)] * 3),
                             ("comma_amounts", [("820,00", None), ("2,310.75", None), ("2,310.75", None)])):
            self.clear_faults()
            self.add_fault("*", kind)
            lines = [a for a in self.balance().all("Amount") if a.get("kind") not in ("Interest", "Fee")]
            self.assertEqual([(a.text, a.get(NIL)) for a in lines], wanted)
        self.clear_faults()
        self.add_fault("*", "empty_amounts")
        self.assertIsNone(self.pay().value("Fee"))
        self.assertIsNone(self.priya.of_case("GetPaymentPlan").value("Installment"))

    def test_wait_for_a_call_with_amounts(self):
        self.add_fault("*", "nil_amounts", times=1)
        self.priya.ask("GetCases")
        self.assertEqual(self.hits(), 0)


class OnPayments(FaultTest):
    def test_drift_renames_collected(self):
        bad, good, _ = self.octets("drift", self.payments)
        self.assertEqual(bad, good.replace("Collected>", "CollectedOn>"))

    def test_posted_twice(self):
        self.add_fault("GetPayments", "repeat_element")
        counts = [len(p.findall(f"{SMART}Posted")) for p in self.payments().all("Payment")]
        self.assertEqual(counts, [2] + [1] * 8)

    def walk(self, limit=12):
        """Ids of page after page until the page count is reached."""
        pages = []
        while len(pages) < limit:
            answer = self.payments(str(len(pages) + 1))
            self.assertEqual(answer.content.get("page"), str(len(pages) + 1))
            pages.append([payment.get("id") for payment in answer.all("Payment")])
            if int(answer.content.get("pages")) == len(pages):
                return pages
        return pages

    def test_a_page_again_under_the_next_number(self):
        document = smart_sample()
        rows = view_of(document, "payments")
        rows += [rows[0] | {"id": f"X{n}", "collectionDate": f"2025-01-{n:02d}"} for n in range(1, 13)]
        self.load(document)
        self.sign_in(self.priya)
        good = self.walk()
        self.assertEqual(len(good), 3)
        self.add_fault("GetPayments", "duplicate_page", after=1, times=1)
        self.assertEqual(self.walk(), [good[0], good[1], good[1], good[2]])
        self.assertEqual(self.walk(), good)
        self.clear_faults()
        self.add_fault("GetPayments", "duplicate_page")
        self.assertEqual(self.walk(), [page for page in good for _ in range(2)])
        self.advance(60)
        self.assertEqual(self.walk(), [page for page in good for _ in range(2)])

    def test_truncated(self):
        self.add_fault("GetPayments", "truncate_clean")
        self.assertRaises(tree.ParseError, lambda: self.payments().content)

    def test_oversize_is_still_xml(self):
        self.add_fault("GetPayments", "oversize", {"bytes": 100000})
        answer = self.payments()
        self.assertEqual((len(answer.octets), len(answer.all("Payment"))), (100000, 9))


class OnWrites(FaultTest):
    def test_lost_answer_of_a_payment(self):
        self.add_fault("SubmitPayment", "lost_answer", times=1)
        number = new_id()
        with self.assertRaises(ConnectionError):
            self.pay(request_id=number)
        self.priya.wire.close()
        self.assertEqual(self.pay(request_id=number).value("Status"), "Scheduled")
        rows = [(c["effect"], c["status"], c["outcome"]) for c in self.calls("SubmitPayment")]
        self.assertEqual(rows, [(True, 200, "ok"), (False, 200, "ok")])

    def test_declined(self):
        self.add_fault("SubmitPayment", "declined", times=2)
        self.refused(self.pay("10.00", "PM-2", AcceptFee="0.26"), "S-402")
        answer = self.pay()
        self.assertEqual(answer.value("Status"), "Scheduled")
        for days, status in ((2, "Processing"), (2, "Failed")):
            self.advance(days * 86400)
            self.sign_in(self.priya)
            told = self.priya.ask("GetPaymentStatus", PaymentId=answer.value("PaymentId"))
            self.assertEqual(told.value("Status"), status)
        self.assertNotIn(answer.value("PaymentId"), [p.get("id") for p in self.payments().all("Payment")])

    def test_declined_while_its_state_is_asked_for(self):
        number = self.pay().value("PaymentId")
        self.add_fault("*", "declined", times=1)
        for _ in range(2):
            told = self.priya.ask("GetPaymentStatus", PaymentId=number)
            self.assertEqual(told.value("Status"), "Failed")

    def test_changed_fee(self):
        self.add_fault("SubmitPayment", "fee_changed")
        self.refused(self.pay("200.00", "PM-2", AcceptFee="5.10"), "S-405", Fee="5.60")
        self.assertEqual(self.pay("200.00", "PM-2", AcceptFee="5.60").value("Fee"), "5.60")
        self.clear_faults()
        self.add_fault("SubmitPayment", "fee_changed", {"cents": 1})
        self.refused(self.pay(), "S-405", Fee="0.01")

    def test_broken_base64(self):
        def ask():
            return self.priya.of_case("GetDocument", attributes={"id": "DOC-1"})

        bad, good, _ = self.octets("base64_broken", ask)
        self.assertEqual((len(bad), bad.count("*"), good.count("*")), (len(good), 1, 0))


class OnLogins(FaultTest):
    def test_length_of_the_lock(self):
        self.add_fault("Login", "lock_seconds", {"seconds": 900}, times=1)
        answers = [self.user().login(WRONG) for _ in range(4)]
        self.assertEqual([answer.code for answer in answers], ["S-101"] * 3 + ["S-102"])
        self.assertEqual(answers[3].value("LockedUntil"), "2026-03-16T09:15:00-05:00")
        self.assertEqual([c["fault"] for c in self.calls("Login")][1:], [None] * 3 + ["lock_seconds"])

    def test_late_code(self):
        self.add_fault("*", "otp_delay")
        before = len(self.messages("code"))
        self.user().login(PRIYA)
        self.advance(59)
        self.assertEqual(len(self.messages("code")), before)
        self.advance(1)
        self.assertEqual(self.messages("code")[-1]["availableAt"], "2026-03-16T14:01:00Z")

    def test_matched_by_the_owner_of_name_and_challenge(self):
        self.add_fault("*", "html_502", match={"person": "p-priya"})
        self.assertEqual(self.user().login(WRONG).status, 502)
        self.assertEqual(self.user().login(("nobody", "x")).code, "S-101")
        self.clear_faults()
        challenge = self.user().login(PRIYA).value("ChallengeId")
        self.add_fault("VerifyCode", "html_502", match={"person": "p-priya"})
        self.assertEqual(self.user().ask("VerifyCode", ChallengeId=challenge, Code="x").status, 502)

    def test_reset_of_the_connection(self):
        self.add_fault("Login", "reset")
        parts = urllib.parse.urlsplit(self.url)
        with socket.create_connection((parts.hostname, parts.port), timeout=5) as sock:
            sock.sendall(
                f'POST {PATH} HTTP/1.1\r\nSOAPAction: "{NAMESPACE}:Login"\r\n\r\n'.encode())
            self.assertRaises(ConnectionResetError, sock.recv, 100)


class AtTheControlPort(SmartTest):
    def test_what_is_refused(self):
        for op, kind, params in (
                ("Login", "lock_seconds", {"seconds": 899}), ("Login", "markup_c", {}),
                ("login", "fault_200", {}), ("*", "otp_delay", {"seconds": -1})):
            fault = {"id": "f", "system": "tx-smart", "op": op, "kind": kind, "params": params}
            self.steer("/control/faults", {"add": [fault]}, 422)


if __name__ == "__main__":
    unittest.main()
