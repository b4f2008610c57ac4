"""Parts of the framework that are easier to see alone: zones, business days, clock, HTTP."""
import datetime
import socket
import unittest
import urllib.parse

from harness import BASE, SimulatorTest

from simulators.business_days import add_business_days
from simulators.clock import ClockBackwards, VirtualClock
from simulators.instants import format_instant, parse_instant
from simulators.multipart import parse_form_data
from simulators.outbox import Outbox
from simulators.pdf import make_pdf
from simulators.rate_window import RateWindow
from simulators.zones import Zone


class Zones(unittest.TestCase):
    def test_daylight_time_begins_and_ends(self):
        chicago = Zone("America/Chicago")
        for instant, local in (
                ("2026-03-08T07:59:59Z", "2026-03-08 01:59:59"),
                ("2026-03-08T08:00:00Z", "2026-03-08 03:00:00"),
                ("2026-11-01T06:59:59Z", "2026-11-01 01:59:59"),
                ("2026-11-01T07:00:00Z", "2026-11-01 01:00:00"),
                ("2026-01-01T05:00:00Z", "2025-12-31 23:00:00")):
            self.assertEqual(str(chicago.local(parse_instant(instant))), local)

    def test_back_to_utc(self):
        zone = Zone("America/Los_Angeles")
        self.assertEqual(format_instant(zone.utc(datetime.datetime(2026, 3, 16, 7))), "2026-03-16T14:00:00Z")
        self.assertEqual(format_instant(zone.utc(datetime.datetime(2026, 1, 1))), "2026-01-01T08:00:00Z")


class BusinessDays(unittest.TestCase):
    def test_skips_weekends_and_holidays(self):
        def after(month, day, count):
            return add_business_days(datetime.date(2026, month, day), count).isoformat()

        self.assertEqual(after(3, 16, 2), "2026-03-18")
        self.assertEqual(after(3, 13, 1), "2026-03-16")
        self.assertEqual(after(7, 2, 1), "2026-07-06")
        self.assertEqual(after(12, 24, 2), "2026-12-29")


class Clocks(unittest.TestCase):
    def setUp(self):
        self.clock = VirtualClock(parse_instant("2026-03-16T14:00:00Z"), "frozen")

    def test_timers_run_in_order_at_their_time(self):
        seen = []
        for minute in (7, 3, 5):
            moment = parse_instant(f"2026-03-16T14:0{minute}:00Z")
            self.clock.schedule(moment, lambda: seen.append(format_instant(self.clock.now())[14:16]))
        self.clock.move_to(parse_instant("2026-03-16T14:05:00Z"))
        self.assertEqual(seen, ["03", "05"])
        with self.assertRaises(ClockBackwards):
            self.clock.move_to(parse_instant("2026-03-16T14:04:59Z"))

    def test_late_messages_get_their_number_when_they_exist(self):
        outbox = Outbox(self.clock)
        outbox.post("ca-connect", "p", "post", "x", "mail", parse_instant("2026-03-16T15:00:00Z"), code="1")
        outbox.post("ca-connect", "p", "email", "x", "pin", code="2")
        self.assertEqual([(m["seq"], m["code"]) for m in outbox.rows(0)], [(1, "2")])
        self.clock.move_to(parse_instant("2026-03-16T15:00:00Z"))
        self.assertEqual([(m["seq"], m["code"]) for m in outbox.rows(1)], [(2, "1")])

    def test_rate_window_slides(self):
        window = RateWindow(2, 60)
        self.assertEqual([window.admit(t) for t in (0, 10, 20, 59.5, 60, 61, 70)], [0, 0, 40, 1, 0, 9, 0])


class Pieces(unittest.TestCase):
    def test_pdf_depends_on_seed_and_id(self):
        first = make_pdf(1, "DOC-1", "A (title)")
        self.assertEqual(first, make_pdf(1, "DOC-1", "A (title)"))
        self.assertNotEqual(first, make_pdf(2, "DOC-1", "A (title)"))
        self.assertEqual(len(first), 548)
        table = int(first.split(b"startxref\n")[1].split(b"\n")[0])
        self.assertTrue(first[table:].startswith(b"xref"))

    def test_multipart_keeps_every_octet(self):
        content = b"\r\n--x\r\n\x00\xff--b7"
        body = b"--b7\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n" + content + b"\r\n--b7--\r\n"
        self.assertEqual(parse_form_data("multipart/form-data; boundary=b7", body)["f"].content, content)
        self.assertIsNone(parse_form_data("multipart/form-data; boundary=b7", body[:-8]))
        self.assertIsNone(parse_form_data("application/json", body))


class Http(SimulatorTest):
    def converse(self, octets):
        parts = urllib.parse.urlsplit(self.url)
        with socket.create_connection((parts.hostname, parts.port), timeout=5) as sock:
            sock.sendall(octets)
            received = b""
            while part := sock.recv(65536):
                received += part
        return received

    def test_chunked_bodies_and_pipelined_requests(self):
        body = b'{"userName": "DanaW86", "password": "Cedar*Stone19"}'
        head = (f"POST {BASE}/auth/login HTTP/1.1\r\nHost: x\r\nX-Icop-Client: gw-test-1\r\n"
                "Transfer-Encoding: chunked\r\n").encode()
        chunks = b"%x;a=b\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, body[:9], len(body) - 9, body[9:])
        received = self.converse(head + b"\r\n" + chunks + head + b"Connection: close\r\n\r\n" + chunks)
        self.assertEqual(received.count(b"HTTP/1.1 200 OK"), 2)

    def test_what_is_no_request_is_refused(self):
        for octets in (
                b"HELLO\r\n\r\n", b"GET / HTTP/2\r\n\r\n",
                b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: x\r\n name\r\n\r\n"):
            self.assertTrue(self.converse(octets).startswith(b"HTTP/1.1 400 "), octets)
        self.assertEqual(self.calls(), [])


if __name__ == "__main__":
    unittest.main()
