"""Writes of tx-icop: effects, field rules, roles, idempotency and hosted pages."""
import datetime
import hashlib
import threading
import unittest
import urllib.parse

from harness import BASE, DANA, F1, F2, PRIYA, RAFAEL, SimulatorTest, Wire, new_id, sample

ADDRESS = {
    "line1": "900 OLENTANGY TEST RD", "line2": "UNIT 4", "city": "COLUMBUS", "state": "OH", "zip": "43202"}
TOKEN = "btk_A1b2C3d4E5f6G7h8"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def multipart(meta, file, file_type="application/pdf"):
    return (
        b"--gwb7\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n"
        + meta + b"\r\n--gwb7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"stub.pdf\"\r\n"
        b"Content-Type: " + file_type.encode() + b"\r\n\r\n" + file + b"\r\n--gwb7--\r\n")


class WritingTest(SimulatorTest):
    def setUp(self):
        super().setUp()
        self.father = self.parent(RAFAEL)

    def refused(self, reply, status, code, field=None):
        self.assertEqual((reply.status, reply.code, reply.json["error"].get("field")), (status, code, field))

    def pay(self, request_id=None, **changes):
        body = {"amount": "125.00", "method": "BANK_TOKEN", "bankToken": TOKEN} | changes
        return self.father.write("POST", f"/cases/{F1}/payment-requests", body, request_id)


class ContactUpdate(WritingTest):
    def update(self, body, request_id=None):
        return self.father.write("PUT", "/profile/contact", body, request_id)

    def test_changes_only_what_is_given_and_echoes_nothing(self):
        reply = self.update({"mailingAddress": ADDRESS, "phone": "6145550143"})
        self.assertEqual(reply.json, {
            "status": "OK", "confirmationNumber": "TXU-20260316-000001", "effective": "03/16/2026",
            "pendingReview": True})
        self.assertEqual(self.father.get("/profile").json["profile"], {
            "mailingAddress": ADDRESS, "phone": "6145550143", "email": "rafael.ql@example.com"})
        self.assertTrue(self.calls("update_contact")[0]["effect"])

    def test_field_rules(self):
        zip_reply = self.update({"mailingAddress": ADDRESS | {"zip": "432"}})
        self.refused(zip_reply, 400, "ICOP-2001", "mailingAddress.zip")
        self.assertEqual(zip_reply.json["error"]["message"], "ZIP must have 5 or 9 digits.")
        for body, field in (
                ({}, "body"), ({"phone": None}, "phone"), ({"mailingAddress": None}, "mailingAddress"),
                ({"phone": "614-555-0143"}, "phone"), ({"email": "nobody"}, "email"),
                ({"mailingAddress": ADDRESS | {"line1": "x" * 36}}, "mailingAddress.line1")):
            self.refused(self.update(body), 400, "ICOP-2001", field)

    def test_too_large(self):
        self.refused(self.update(b" " * (1024 * 1024 + 1)), 413, "ICOP-2005")


class Idempotency(WritingTest):
    def test_same_id_same_body_is_replayed_without_a_second_effect(self):
        same = new_id()
        first, second = self.pay(same), self.pay(same)
        self.assertEqual((second.status, second.body), (first.status, first.body))
        self.assertIsNone(first.headers["X-Icop-Replayed"])
        self.assertEqual(second.headers["X-Icop-Replayed"], "true")
        self.assertEqual([c["effect"] for c in self.calls("pay")], [True, False])
        self.assertEqual([c["requestId"] for c in self.calls("pay")], [same, same])

    def test_same_id_other_body_is_refused(self):
        same = new_id()
        self.pay(same)
        reply = self.pay(same, amount="126.00")
        self.refused(reply, 409, "ICOP-3002")
        self.assertEqual(reply.json["error"]["message"], "This request id was used with different content.")

    def test_missing_or_badly_formed_id(self):
        body = {"phone": "6145550143"}
        self.refused(self.father.send("PUT", "/profile/contact", body), 400, "ICOP-3001")
        for wrong in ("abc", new_id().upper(), "x" * 36):
            self.refused(self.father.write("PUT", "/profile/contact", body, wrong), 400, "ICOP-3001")

    def test_errors_are_stored_too_until_24_hours(self):
        same = new_id()
        self.assertEqual(self.pay(same, amount="0.50").code, "ICOP-2001")
        self.assertEqual(self.pay(same, amount="0.50").headers["X-Icop-Replayed"], "true")
        self.advance(24 * 3600 - 1)
        self.father.login(RAFAEL)
        self.assertEqual(self.pay(same, amount="0.50").headers["X-Icop-Replayed"], "true")
        self.advance(1)
        self.assertIsNone(self.pay(same, amount="0.50").headers["X-Icop-Replayed"])

    def test_first_still_running(self):
        self.add_fault("pay", "latency", {"ms": 400}, times=1)
        same, replies = new_id(), []
        slow = self.parent()
        slow.token = self.father.token
        body = {"amount": "125.00", "method": "BANK_TOKEN", "bankToken": TOKEN}
        path = f"/cases/{F1}/payment-requests"
        thread = threading.Thread(target=lambda: replies.append(slow.write("POST", path, body, same)))
        thread.start()
        while not self.calls("pay"):
            pass
        running = self.pay(same)
        self.refused(running, 409, "ICOP-3003")
        self.assertEqual(running.headers["Retry-After"], "2")
        thread.join()
        self.assertEqual(replies[0].status, 201)
        self.assertEqual(self.pay(same).headers["X-Icop-Replayed"], "true")

    def test_lost_answer_has_its_effect_once(self):
        self.add_fault("pay", "lost_answer", times=1)
        same = new_id()
        with self.assertRaises(OSError):
            self.pay(same)
        self.father.wire.close()
        self.assertEqual(self.pay(same).headers["X-Icop-Replayed"], "true")
        self.assertEqual([(c["status"], c["effect"], c["outcome"]) for c in self.calls("pay")],
                         [(201, True, "ok"), (201, False, "ok")])


class Paying(WritingTest):
    def hosted(self):
        return self.pay(method="HOSTED", returnUrl="https://gateway.example/v1/return/abc123").json

    def browse(self, url, method="GET", body=None):
        parts = urllib.parse.urlsplit(url)
        wire = Wire(f"http://{parts.netloc}")
        self.addCleanup(wire.close)
        return wire.send(method, parts.path, body, FORM)

    def test_hosted_page_decides_and_is_used_once(self):
        made = self.hosted()
        self.assertEqual((made["state"], made["amount"], made["expiresAt"]),
                         ("CREATED", "125.00", "2026-03-16T14:30:00Z"))
        url, number = made["hostedUrl"], made["paymentRequestId"]
        self.assertIn(b"<form", self.browse(url).body)
        self.assertEqual(self.browse(url, "POST", b"action=steal").status, 400)
        done = self.browse(url, "POST", b"action=pay")
        self.assertEqual((done.status, done.headers["Location"]), (
            302, f"https://gateway.example/v1/return/abc123?paymentRequestId={number}&outcome=PAID"))
        self.assertEqual(self.browse(url).status, 404)
        self.assertEqual(self.browse(url, "POST", b"action=pay").status, 404)
        self.assertEqual(self.father.get(f"/payment-requests/{number}").json, {
            "status": "OK", "paymentRequestId": number, "state": "PAID", "amount": "125.00",
            "confirmationNumber": "TXP-20260316-000001", "expectedPostDate": "03/18/2026"})
        self.assertTrue(all(c["path"] == f"{BASE}/hosted/*" for c in self.calls("hosted_page")))

    def test_cancel_fail_and_time(self):
        for action, state in (("cancel", "CANCELLED"), ("fail", "FAILED")):
            made = self.hosted()
            self.browse(made["hostedUrl"], "POST", f"action={action}".encode())
            shown = self.father.get(f"/payment-requests/{made['paymentRequestId']}").json
            self.assertEqual(shown["state"], state)
        made = self.hosted()
        self.advance(1800)
        self.father.login(RAFAEL)
        self.assertEqual(self.browse(made["hostedUrl"]).status, 404)
        shown = self.father.get(f"/payment-requests/{made['paymentRequestId']}").json
        self.assertEqual(shown["state"], "EXPIRED")

    def test_paid_shows_as_a_payment_and_is_applied_two_business_days_later(self):
        number = self.pay().json["paymentRequestId"]

        def newest():
            self.father.login(RAFAEL)
            return self.father.get(f"/cases/{F1}/payments").json["payments"][0]

        first = newest()
        self.assertEqual((first["type"], first["status"], first["reference"], first["collectionDate"]),
                         ("ONLINE", "PENDING", number, "03/16/2026"))
        self.advance(86400)
        self.assertEqual(newest()["status"], "PENDING")
        self.advance(86400)
        self.assertEqual((newest()["status"], newest()["postedDate"]), ("APPLIED", "03/18/2026"))

    def test_rules_of_fields_and_roles(self):
        for changes, field in (
                ({"amount": "0.99"}, "amount"), ({"amount": "25000.01"}, "amount"),
                ({"amount": 125}, "amount"), ({"amount": "125"}, "amount"), ({"method": "CASH"}, "method"),
                ({"bankToken": "x"}, "bankToken"),
                ({"method": "HOSTED"}, "returnUrl"),
                ({"method": "HOSTED", "returnUrl": "http://gateway.example/"}, "returnUrl")):
            self.refused(self.pay(**changes), 400, "ICOP-2001", field)
        self.refused(self.pay(bankToken="btk_A1b2C3d4E5f6G7h0"), 422, "ICOP-2101", "bankToken")
        mother = self.parent(DANA)
        path = f"/cases/{F1}/payment-requests"
        self.refused(mother.write("POST", path, {"amount": "x"}), 403, "ICOP-2003")
        number = self.pay().json["paymentRequestId"]
        self.refused(mother.get(f"/payment-requests/{number}"), 404, "ICOP-2004")


class WithoutPayments(SimulatorTest):
    @staticmethod
    def scenario():
        document = sample()
        document["systems"]["tx-icop"]["options"]["payments"] = False
        return document

    def test_paying_and_recurring_are_refused(self):
        parent = self.parent(RAFAEL)
        writes = (("POST", "payment-requests"), ("POST", "recurring"), ("DELETE", "recurring/RP-1"))
        for method, path in writes:
            self.assertEqual(parent.write(method, f"/cases/{F1}/{path}", {}).code, "ICOP-2003")


class Recurring(WritingTest):
    def create(self, **changes):
        body = {"amount": "100.00", "bankToken": TOKEN, "frequency": "MO", "firstDate": "04/01/2026"}
        body |= changes
        return self.father.write("POST", f"/cases/{F1}/recurring", body)

    def test_create_list_cancel(self):
        made = self.create()
        self.assertEqual((made.status, made.json), (201, {
            "status": "OK", "recurringId": "RP-1", "state": "ACTIVE", "nextDate": "04/01/2026"}))
        path = f"/cases/{F1}/recurring/RP-1"
        for expected in (True, False):
            done = self.father.write("DELETE", path)
            self.assertEqual(done.json, {"status": "OK", "recurringId": "RP-1", "state": "CANCELLED"})
            self.assertEqual(self.calls("recurring_cancel")[-1]["effect"], expected)
        listed, = self.father.get(f"/cases/{F1}/recurring").json["recurring"]
        self.assertEqual((listed["frequency"], listed["state"]), ("MO", "CANCELLED"))
        self.refused(self.father.write("DELETE", f"/cases/{F1}/recurring/RP-9"), 404, "ICOP-2004")

    def test_first_date_is_two_business_days_ahead(self):
        self.refused(self.create(firstDate="03/17/2026"), 400, "ICOP-2001", "firstDate")
        self.assertEqual(self.create(firstDate="03/18/2026").status, 201)
        self.refused(self.create(frequency="QT"), 400, "ICOP-2001", "frequency")
        self.refused(self.create(endDate="03/01/2026"), 400, "ICOP-2001", "endDate")

    def test_scenario_rows_are_listed_and_not_changed_for_the_next_run(self):
        def read():
            parent = self.parent()
            parent.answer(parent.login(PRIYA).json["challengeId"], self.last_code())
            return parent, parent.get(f"/cases/{F2}/recurring").json["recurring"][0]

        parent, row = read()
        self.assertEqual(
            (row["recurringId"], row["nextDate"], row["state"]), ("RP-1", "04/12/2026", "ACTIVE"))
        parent.write("DELETE", f"/cases/{F2}/recurring/RP-1")
        self.steer("/control/reset", {})
        self.assertEqual(read()[1]["state"], "ACTIVE")


class MessagesUploadsRequests(WritingTest):
    def test_message_shows_as_sent(self):
        body = {"subject": "New employer", "body": "I changed jobs on March 1.", "threadId": "T1"}
        reply = self.father.write("POST", f"/cases/{F1}/messages", body)
        self.assertEqual((reply.status, reply.json), (201, {
            "status": "OK", "messageId": "MSG-2", "threadId": "T1", "expectedReplyBusinessDays": 3}))
        newest = self.father.get(f"/cases/{F1}/messages").json["messages"][0]
        self.assertEqual((newest["messageId"], newest["direction"], newest["sentAt"]),
                         ("MSG-2", "OUT", "2026-03-16T14:00:00Z"))
        fresh = self.father.write("POST", f"/cases/{F1}/messages", {"subject": "a", "body": "b"}).json
        self.assertEqual(fresh["threadId"], "T2")
        self.refused(self.father.write("POST", f"/cases/{F1}/messages", {"subject": "", "body": "b"}),
                     400, "ICOP-2001", "subject")

    def upload(self, meta=b'{"kind": "INCOME", "title": "Pay stub"}', file=b"%PDF-\r\n\x00--x", **more):
        return self.father.send(
            "POST", f"/cases/{F1}/documents", multipart(meta, file, **more), X_Client_Request_Id=new_id(),
            Content_Type="multipart/form-data; boundary=gwb7")

    def test_upload_and_request(self):
        content = b"%PDF-\r\n\x00\xff\r--x"
        made = self.upload(file=content)
        self.assertEqual((made.status, made.json), (201, {
            "status": "OK", "docId": "UP-0001", "sha256": hashlib.sha256(content).hexdigest()}))
        body = {"kind": "REVIEW", "reasonCode": "INCOME", "text": "", "documentIds": ["UP-0001"]}
        asked = self.father.write("POST", f"/cases/{F1}/requests", body).json
        number = asked["requestId"]
        self.assertEqual(
            (asked["state"], asked["confirmationNumber"]), ("ACKNOWLEDGED", "TXR-20260316-000001"))
        self.assertEqual(self.father.get(f"/requests/{number}").json["state"], "ACKNOWLEDGED")
        self.advance(86400)
        self.father.login(RAFAEL)
        self.assertEqual(self.father.get(f"/requests/{number}").json, {
            "status": "OK", "requestId": number, "kind": "REVIEW", "state": "IN_REVIEW",
            "updatedAt": "2026-03-17T14:00:00Z", "note": None})
        self.advance(29 * 86400)
        self.father.login(RAFAEL)
        self.assertEqual(self.father.get(f"/requests/{number}").json["state"], "ACCEPTED")
        self.refused(self.father.write("POST", f"/cases/{F1}/requests", body | {"documentIds": ["UP-9"]}),
                     400, "ICOP-2001", "documentIds")
        self.assertEqual(len(self.father.get(f"/cases/{F1}/documents").json["documents"]), 2)

    def test_upload_rules(self):
        self.refused(self.upload(file=b""), 400, "ICOP-2001", "file")
        self.refused(self.upload(file_type="text/html"), 400, "ICOP-2001", "file")
        self.refused(self.upload(meta=b'{"kind": "OTHER"}'), 400, "ICOP-2001", "title")
        self.refused(self.upload(meta=b"no"), 400, "ICOP-2001", "meta")
        self.refused(self.upload(file=b"x" * (10 * 1024 * 1024 + 1)), 413, "ICOP-2005")
        self.refused(self.father.write("POST", f"/cases/{F1}/documents", {}), 400, "ICOP-2001", "body")

    def test_dates_are_of_texas(self):
        self.steer("/control/clock", {"set": "2026-03-17T04:30:00Z"})
        self.father.login(RAFAEL)
        reply = self.father.write("PUT", "/profile/contact", {"phone": "6145550143"}).json
        self.assertEqual(reply["effective"], datetime.date(2026, 3, 16).strftime("%m/%d/%Y"))


if __name__ == "__main__":
    unittest.main()
