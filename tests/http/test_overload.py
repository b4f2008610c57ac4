"""More requests at once than a gateway can answer in time: refused at once, counted, and soon over."""
import re
import selectors
import socket
import time
import unittest
import urllib.request

from fuzz import statuses_of
from gateway import Gateway

CONNECTIONS, SOURCES, REQUESTS_EACH = 400, 20, 8
ASKED = b"GET /v1/problems HTTP/1.1\r\nHost: corpus.example\r\n\r\n"
HEAD = re.compile(rb"HTTP/1\.1 (\d{3}) [A-Z].*?\r\n\r\n", re.S)
LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n")
PATIENCE_S = 60


class Asker:
    """One connection that sends many requests at once and reads every answer."""

    def __init__(self, port, number):
        source = (f"127.0.9.{number % SOURCES + 1}", 0)
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_S, source)
        self.socket.setblocking(False)
        self.buffer, self.statuses, self.refusals = b"", [], []

    def read(self):
        """Takes in what has come. False when there is nothing more to wait for."""
        octets = self.socket.recv(1 << 20)
        self.buffer += octets
        while head := HEAD.match(self.buffer):
            size = head.end() + int(LENGTH.search(head[0])[1])
            if len(self.buffer) < size:
                break
            self.statuses.append(int(head[1]))
            if head[1] == b"503":
                self.refusals.append(head[0])
            self.buffer = self.buffer[size:]
        return bool(octets) and len(self.statuses) < REQUESTS_EACH


def crowd(port):
    """All of them at once; those that ask, each with its answers."""
    askers = [Asker(port, number) for number in range(CONNECTIONS)]
    with selectors.DefaultSelector() as selector:
        for asker in askers:
            selector.register(asker.socket, selectors.EVENT_READ, asker)
            asker.socket.send(ASKED * REQUESTS_EACH)
        end = time.monotonic() + PATIENCE_S
        while selector.get_map() and time.monotonic() < end:
            for key, _ in selector.select(1):
                if not key.data.read():
                    selector.unregister(key.fileobj)
    for asker in askers:
        asker.socket.close()
    return askers


class Overload(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway(http="connections_max: 1000\n  reads_per_second_max: 1000000")
        cls.addClassCleanup(cls.gateway.close)

    def metric(self, name):
        url = f"http://127.0.0.1:{self.gateway.port()}/metrics"
        with urllib.request.urlopen(url, timeout=10) as answer:
            found = re.search(rf"^{re.escape(name)} (\d+)$", answer.read().decode(), re.M)
        return int(found[1]) if found else 0

    def test_some_are_refused_at_once_and_nobody_waits_in_vain(self):
        askers = crowd(self.gateway.port())
        for asker in askers:
            self.assertEqual(len(asker.statuses), REQUESTS_EACH)
            self.assertEqual(set(asker.statuses) - {200, 503}, set())
        refusals = [head for asker in askers for head in asker.refusals]
        answered = sum(asker.statuses.count(200) for asker in askers)
        self.assertGreater(answered, 100)
        self.assertGreater(len(refusals), 0, "the machine was fast enough for all of them")
        for head in refusals:
            self.assertIn(b"\r\nRetry-After: 1\r\n", head)
            self.assertIn(b"\r\nConnection: keep-alive\r\n", head)
        self.assertEqual(self.metric('casebridge_http_refused_total{reason="overload_read"}'), len(refusals))
        self.assertEqual(self.metric(
            'casebridge_http_requests_total{method="GET",route="/v1/problems",status="200"}'), answered)
        # And then it is as if nothing had been.
        self.assertEqual(self.metric("casebridge_requests_in_line"), 0)
        for _ in range(20):
            self.assertEqual(statuses_of(ASKED, self.gateway.port(), "127.0.8.1"), [200])
        self.assertGreaterEqual(self.metric("casebridge_connections_working"), 1)

    def test_what_only_waits_is_counted_as_parked(self):
        with socket.create_connection(("127.0.0.1", self.gateway.port())) as idle:
            idle.sendall(ASKED[:10])
            time.sleep(0.2)
            self.assertGreaterEqual(self.metric("casebridge_connections_parked"), 1)
            self.assertEqual(self.metric("casebridge_requests_half_read"), 1)


if __name__ == "__main__":
    unittest.main()
