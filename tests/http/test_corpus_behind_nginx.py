"""The corpus through nginx: both read the same number of requests out of the same octets."""
import re
import time
import unittest
import urllib.request

import corpus
import nginx
from gateway import Gateway
from wire import Wire

# One connection to the gateway, kept open: what one of the two left over, the other would take for a request.
# Bodies are passed on as they come, chunked ones in chunks, or gathered first.
CONFIGURATION = """
    log_format forwarded '$upstream_status';
    upstream gateway {{ server 127.0.0.1:{gateway}; keepalive 1; }}
    server {{
        listen 127.0.0.1:{port};
        access_log FOLDER/forwarded.log forwarded;
        client_max_body_size 1m;
        large_client_header_buffers 4 48k;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_request_buffering {gathered};
        proxy_ignore_client_abort on;
        proxy_next_upstream off;
        lingering_timeout 1s;
        location / {{ proxy_pass http://gateway; }}
    }}
"""
PATIENCE_S = 2
PROBE = b"GET /health/live HTTP/1.1\r\nHost: corpus.example\r\nConnection: close\r\n\r\n"


@unittest.skipUnless(nginx.is_installed(), "nginx is not installed")
class BehindNginx(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        cls.addClassCleanup(cls.gateway.close)

    def asked(self):
        """How many requests the gateway has read, and how many it refused; those for this figure apart."""
        url = f"http://127.0.0.1:{self.gateway.port()}/metrics"
        with urllib.request.urlopen(url, timeout=10) as answer:
            text = answer.read().decode()
        found = re.findall(r'^casebridge_http_(requests|refused)_total\{(.*)\} (\d+)$', text, re.M)
        return tuple(sum(int(count) for kind, labels, count in found
                         if kind == wanted and 'route="/metrics"' not in labels)
                     for wanted in ("requests", "refused"))

    def forwarded(self, front):
        """How many requests nginx has passed on and got an answer to."""
        return len(re.findall(r"^\d+$", front.text("forwarded.log"), re.M))

    def counts_since(self, before, front):
        """What one case added; nginx writes its line after it has answered."""
        end = time.monotonic() + PATIENCE_S
        while True:
            read, refused, forwarded = (after - earlier for after, earlier in
                                        zip((*self.asked(), self.forwarded(front)), before))
            if forwarded >= read + refused or time.monotonic() > end:
                return read, refused, forwarded
            time.sleep(0.01)

    @staticmethod
    def send(port, case):
        pieces = case.pieces if case.ending == "cut" else (*case.pieces[:-1], case.pieces[-1] + PROBE)
        with Wire(port) as wire:
            wire.send(pieces)
            wire.end_sending()
            wire.rest()

    def disagreements(self, gathered):
        port = nginx.free_port()
        front = nginx.Nginx(port, CONFIGURATION.format(gateway=self.gateway.port(), port=port,
                                                       gathered=gathered))
        self.addCleanup(front.close)
        found, passed_on = [], 0
        for cases in corpus.groups().values():
            for case in cases:
                before = (*self.asked(), self.forwarded(front))
                with self.subTest(case=str(case)):
                    self.send(port, case)
                read, refused, forwarded = self.counts_since(before, front)
                passed_on += forwarded
                # What the gateway refuses by its head, nginx may have given up as well.
                if not read <= forwarded <= read + refused:
                    found.append(f"{case}: {forwarded} passed on, {read} read")
        self.assertGreater(passed_on, 100)  # so that there was something to count
        return found

    def test_they_agree_where_requests_end_when_bodies_are_passed_on_as_they_come(self):
        self.assertEqual(self.disagreements("off"), [])

    def test_they_agree_where_requests_end_when_bodies_are_gathered_first(self):
        self.assertEqual(self.disagreements("on"), [])


if __name__ == "__main__":
    unittest.main()
