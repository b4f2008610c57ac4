"""Faults: which call is hit, and what the client then sees."""
import http.client
import json
import socket
import threading
import time
import unittest
import urllib.parse

from harness import BASE, DANA, F1, RAFAEL, SimulatorTest, case_of, sample

BALANCES = f"/cases/{F1}/balances"
PAYMENTS = f"/cases/{F1}/payments?from=2025-03-01&to=2026-03-16"


class FaultTest(SimulatorTest):
    def setUp(self):
        super().setUp()
        self.father = self.parent(RAFAEL)

    def raw(self, path):
        """All octets of the answer to one request, and the error that ended it, if any."""
        parts = urllib.parse.urlsplit(self.url)
        with socket.create_connection((parts.hostname, parts.port), timeout=5) as sock:
            sock.sendall((
                f"GET {BASE}{path} HTTP/1.1\r\nHost: icop.test\r\nX-Icop-Client: gw-test-1\r\n"
                f"Authorization: Bearer {self.father.token}\r\nConnection: close\r\n\r\n").encode())
            received = b""
            try:
                while part := sock.recv(65536):
                    received += part
            except ConnectionResetError as error:
                return received, error
        return received, None

    def split(self, octets):
        head, _, body = octets.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length"))
        return head, body, length


class Choosing(FaultTest):
    def statuses(self, count, path=BALANCES, parent=None):
        return [(parent or self.father).get(path).status for _ in range(count)]

    def test_after_and_times(self):
        self.add_fault("balances", "http_status", {"status": 502}, after=1, times=2)
        self.assertEqual(self.statuses(5), [200, 502, 502, 200, 200])
        self.assertEqual(self.look("/control/faults")["faults"][0]["hits"], 2)
        hit = self.calls("balances")[1]
        self.assertEqual((hit["fault"], hit["outcome"], hit["status"]), ("http_status", "fault", 502))

    def test_only_the_named_operation_person_and_case(self):
        self.add_fault("balances", "http_status", {"status": 500}, match={"person": "p-dana", "case": F1})
        mother = self.parent(DANA)
        self.assertEqual(self.statuses(1), [200])
        self.assertEqual(self.statuses(1, parent=mother), [500])
        self.assertEqual(self.statuses(1, "/cases", mother), [200])

    def test_login_is_matched_by_the_user_name_even_with_a_wrong_secret(self):
        self.add_fault("login", "http_status", {"status": 503, "retryAfter": 9}, match={"person": "p-dana"})
        reply = self.parent().send("POST", "/auth/login", {"userName": DANA[0], "password": "wrong"})
        self.assertEqual((reply.status, reply.headers["Retry-After"]), (503, "9"))
        self.assertFalse(self.calls("login")[-1]["counted"])
        self.assertEqual(self.parent().login(RAFAEL).status, 200)

    def test_first_in_the_list_wins_and_counts_alone(self):
        self.add_fault("*", "http_status", {"status": 500}, id="one", times=1)
        self.add_fault("balances", "http_status", {"status": 502}, id="two", after=1)
        self.assertEqual(self.statuses(3), [500, 200, 502])

    def test_probability_repeats_with_the_seed(self):
        def draw():
            self.steer("/control/reset", {})
            self.father.login(RAFAEL)
            self.add_fault("balances", "http_status", {"status": 500}, probability=0.5)
            return self.statuses(20)

        first = draw()
        self.assertEqual(set(first), {200, 500})
        self.assertEqual(draw(), first)

    def test_faults_of_the_scenario_are_back_after_a_reset(self):
        document = sample()
        document["faults"] = [{"id": "f", "system": "tx-icop", "op": "cases", "kind": "empty_body"}]
        self.steer("/control/scenario", document)
        self.steer("/control/faults", {"clear": True})
        self.steer("/control/reset", {})
        rows = self.look("/control/faults")["faults"]
        shown = [(r["id"], r["after"], r["times"], r["probability"]) for r in rows]
        self.assertEqual(shown, [("f", 0, None, 1.0)])
        self.steer("/control/scenario", sample())


class OnTheWire(FaultTest):
    def test_truncate_announces_the_full_length(self):
        self.add_fault("balances", "truncate", {"fraction": 0.25})
        _, body, length = self.split(self.raw(BALANCES)[0])
        self.assertEqual(len(body), length // 4)
        self.add_fault("balances", "truncate", {"bytes": 7})
        self.assertEqual(len(self.split(self.raw(BALANCES)[0])[1]), 7)

    def test_truncate_clean_agrees_with_itself(self):
        self.add_fault("balances", "truncate_clean", {"fraction": 0.5})
        reply = self.father.get(BALANCES)
        self.assertEqual(reply.status, 200)
        self.assertRaises(ValueError, lambda: reply.json)

    def test_malformed_has_a_zero_octet_in_the_middle(self):
        self.add_fault("balances", "malformed")
        body = self.father.get(BALANCES).body
        self.assertEqual((body[len(body) // 2], body.count(0)), (0, 1))

    def test_wrong_content_type_and_empty_body(self):
        self.add_fault("balances", "wrong_content_type")
        reply = self.father.get(BALANCES)
        self.assertEqual((reply.headers["Content-Type"], reply.json["status"]), ("text/plain", "OK"))
        self.add_fault("cases", "empty_body")
        reply = self.father.get("/cases")
        self.assertEqual((reply.status, reply.body), (200, b""))

    def test_oversize_is_still_json(self):
        self.add_fault("balances", "oversize", {"bytes": 300000})
        reply = self.father.get(BALANCES)
        self.assertEqual((len(reply.body), reply.json["status"]), (300000, "OK"))

    def test_slow_drip_takes_its_time(self):
        self.add_fault("profile", "slow_drip", {"bytesPerSecond": 1000})
        started = time.monotonic()
        reply = self.father.get("/profile")
        self.assertGreater(time.monotonic() - started, len(reply.body) / 1000 * 0.9)

    def test_latency_delays_and_still_processes(self):
        self.add_fault("balances", "latency", {"ms": 150})
        started = time.monotonic()
        self.assertEqual(self.father.get(BALANCES).status, 200)
        self.assertGreater(time.monotonic() - started, 0.14)
        self.assertGreaterEqual(self.calls("balances")[-1]["durationMs"], 140)

    def test_reset_and_lost_answer(self):
        self.add_fault("balances", "reset")
        received, error = self.raw(BALANCES)
        self.assertEqual((received, type(error)), (b"", ConnectionResetError))
        self.add_fault("cases", "lost_answer")
        self.assertEqual(self.raw("/cases"), (b"", None))
        rows = [(c["op"], c["status"], c["outcome"]) for c in self.calls()[-2:]]
        self.assertEqual(rows, [("balances", None, "fault"), ("cases", 200, "ok")])

    def test_a_hanging_call_blocks_nobody_and_is_listed(self):
        self.add_fault("balances", "hang", times=1)
        slow = self.parent(timeout=0.3)
        slow.token = self.father.token
        thread = threading.Thread(target=lambda: self.assertRaises(TimeoutError, slow.get, BALANCES))
        thread.start()
        while not self.calls("balances"):
            pass
        self.assertEqual(self.father.get("/cases").status, 200)
        row = self.calls("balances")[0]
        self.assertEqual((row["status"], row["outcome"], row["fault"]), (None, "fault", "hang"))
        thread.join()

    def test_an_answer_without_a_body_stays_as_it_is(self):
        self.add_fault("logout", "empty_body")
        self.assertEqual(self.father.send("POST", "/auth/logout").status, 204)

    def test_maintenance_and_rate_limit_answers(self):
        self.add_fault("cases", "maintenance")
        reply = self.father.get("/cases")
        self.assertEqual((reply.status, reply.headers["Retry-After"], reply.headers["Content-Type"]),
                         (503, "7200", "text/html; charset=utf-8"))
        self.assertIn(b"<title>System maintenance</title>", reply.body)
        self.add_fault("profile", "rate_limit", {"retryAfter": 33})
        reply = self.father.get("/profile")
        self.assertEqual((reply.status, reply.json["error"]), (429, {
            "code": "ICOP-4290", "message": "Too many requests.", "retryAfterSeconds": 33}))


class OfThisSystem(FaultTest):
    def test_ok_with_error_keeps_the_data_beside(self):
        self.add_fault("balances", "ok_with_error")
        reply = self.father.get(BALANCES)
        self.assertEqual((reply.status, reply.json["status"], reply.code), (200, "ERROR", "ICOP-5001"))
        self.assertEqual(len(reply.json["balances"]), 6)
        self.assertEqual(self.calls("balances")[0]["outcome"], "fault")

    def test_ok_with_error_does_not_carry_a_write_out(self):
        self.add_fault("message_send", "ok_with_error")
        body = {"subject": "a", "body": "b"}
        reply = self.father.write("POST", f"/cases/{F1}/messages", body)
        self.assertEqual((reply.status, reply.code), (200, "ICOP-5001"))
        self.assertFalse(self.calls("message_send")[0]["effect"])
        self.assertEqual(len(self.father.get(f"/cases/{F1}/messages").json["messages"]), 1)

    def test_null_and_drop_fields(self):
        self.add_fault("*", "null_fields", id="x")
        payment = self.father.get(PAYMENTS).json["payments"][0]
        self.assertEqual([payment[n] for n in ("postedDate", "reference", "adjusts", "applied")], [None] * 4)
        self.add_fault("*", "drop_fields", id="x")
        payment = self.father.get(PAYMENTS).json["payments"][0]
        self.assertEqual(set(payment), {"paymentId", "amount", "collectionDate", "type", "status"})

    def test_amount_style(self):
        for style, kinds in (("string", {str}), ("number", {int, float}), ("number", {int, float})):
            self.add_fault("balances", "amount_style", {"style": style})
            rows = self.father.get(BALANCES).json["balances"]
            self.assertLessEqual({type(r["amount"]) for r in rows}, kinds)

    def test_drift_renames_amounts(self):
        self.add_fault("*", "drift", {"op": "balances"})
        rows = self.father.get(BALANCES).json["balances"]
        self.assertEqual({("amount" in r, "amt" in r) for r in rows}, {(False, True)})
        self.assertIn("amount", self.father.get(PAYMENTS).json["payments"][0])

    def test_unknown_code(self):
        self.add_fault("payments", "unknown_code")
        rows = self.father.get(PAYMENTS).json["payments"]
        self.assertEqual([p["type"] for p in rows], ["ZZZ"] + ["OSTATE"] * 4)

    def test_documents(self):
        self.add_fault("document_content", "pdf_truncated", times=1)
        self.add_fault("document_content", "pdf_is_html")
        cut = self.father.get(f"/cases/{F1}/documents/DOC-1/content")
        self.assertEqual((cut.status, cut.body[:5], cut.body.endswith(b"%%EOF")), (200, b"%PDF-", False))
        page = self.father.get(f"/cases/{F1}/documents/DOC-1/content")
        self.assertTrue(page.body.startswith(b"<!DOCTYPE html>"))

    def test_sessions_end(self):
        for kind, code in (("expire_session", "ICOP-1201"), ("replace_session", "ICOP-1202")):
            self.steer("/control/faults", {"clear": True})
            self.father.login(RAFAEL)
            self.add_fault("*", kind, after=1, times=1)
            first, second, third = (self.father.get("/cases") for _ in range(3))
            self.assertEqual((first.status, second.code, third.code), (200, code, code))

    def test_password_expired_only_after_the_right_password(self):
        self.add_fault("login", "password_expired")
        self.assertEqual(self.parent().login((RAFAEL[0], "wrong")).code, "ICOP-1001")
        self.assertEqual(self.parent().login(RAFAEL).code, "ICOP-1004")

    def test_request_reject(self):
        self.add_fault("request", "request_reject")
        body = {"kind": "REVIEW", "reasonCode": "OTHER", "text": "x", "documentIds": []}
        number = self.father.write("POST", f"/cases/{F1}/requests", body).json["requestId"]
        self.advance(30 * 86400)
        self.father.login(RAFAEL)
        self.assertEqual(self.father.get(f"/requests/{number}").json["state"], "REJECTED")


class Pages(FaultTest):
    def walk(self, limit=20):
        """Ids of the pages that come, until the list ends or the limit is reached."""
        pages, token = [], None
        while len(pages) < limit:
            reply = self.father.get(PAYMENTS + (f"&pageToken={token}" if token else "")).json
            pages.append([p["paymentId"] for p in reply.get("payments", [])])
            token = reply.get("nextPageToken")
            if token is None:
                return pages
        return pages

    def test_duplicate_page_loses_nothing_and_ends(self):
        good = self.walk()
        self.add_fault("payments", "duplicate_page", times=1)
        self.assertEqual(self.walk(), [good[0], good[0], good[1], good[2]])
        self.add_fault("payments", "duplicate_page")
        self.assertEqual(self.walk(), [page for page in good for _ in range(2)])

    def test_empty_page_with_token(self):
        good = self.walk()
        self.add_fault("payments", "empty_page_with_token", after=1, times=1)
        self.assertEqual(self.walk(), [good[0], [], good[1], good[2]])

    def test_page_loop_repeats_the_token(self):
        self.add_fault("payments", "page_loop")
        pages = self.walk(limit=5)
        self.assertEqual(pages[1:], [pages[1]] * 4)

    def test_page_token_expired_once(self):
        self.add_fault("payments", "page_token_expired", times=1)
        token = self.father.get(PAYMENTS).json["nextPageToken"]
        codes = [self.father.get(f"{PAYMENTS}&pageToken={token}") for _ in range(2)]
        self.assertEqual([c.status for c in codes], [400, 200])
        self.assertEqual(codes[0].code, "ICOP-2002")


class MaintenanceWindow(SimulatorTest):
    def test_sunday_morning_in_texas(self):
        parent = self.parent()
        for instant, status, wait in (
                ("2026-03-22T06:59:59Z", 200, None), ("2026-03-22T07:00:00Z", 503, "14400"),
                ("2026-03-22T10:59:59Z", 503, "1"), ("2026-03-22T11:00:00Z", 200, None),
                ("2026-11-01T08:30:00Z", 503, "12600"), ("2026-11-01T12:00:00Z", 200, None)):
            self.steer("/control/clock", {"set": instant})
            body = json.dumps({"userName": RAFAEL[0], "password": RAFAEL[1]})
            reply = parent.send("POST", "/auth/login", body.encode())
            self.assertEqual((reply.status, reply.headers["Retry-After"]), (status, wait), instant)

    def test_pages_for_browsers_close_too(self):
        self.steer("/control/clock", {"set": "2026-03-22T08:00:00Z"})
        connection = http.client.HTTPConnection(*urllib.parse.urlsplit(self.url).netloc.split(":"))
        connection.request("GET", f"{BASE}/hosted/h_0123456789")
        self.assertEqual(connection.getresponse().status, 503)
        connection.close()


class TypicalLatency(SimulatorTest):
    @staticmethod
    def scenario():
        document = sample()
        document["systems"]["tx-icop"]["latency"] = "typical"
        case_of(document, F1)["documents"] = []
        return document

    def test_login_takes_at_least_300_ms(self):
        started = time.monotonic()
        self.parent(RAFAEL)
        self.assertGreater(time.monotonic() - started, 0.29)


if __name__ == "__main__":
    unittest.main()
