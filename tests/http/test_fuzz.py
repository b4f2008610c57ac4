"""A short run of the grammar fuzzer against a gateway; the long one with tools/test --long."""
import os
import ssl
import unittest

from fuzz import fuzz, statuses_of
from gateway import PLAIN, SECURE, Gateway
from grammar import Grammar

REQUESTS = 100_000 if os.environ.get("CASEBRIDGE_LONG") == "1" else 2_000
REQUESTS_OVER_TLS = REQUESTS // 10
PROBE = b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


class Fuzz(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway([PLAIN, SECURE])
        cls.addClassCleanup(cls.gateway.close)

    def found_nothing(self, seen, wrong):
        self.assertEqual(wrong, [])
        # It must get further than the border, or it shows nothing.
        for status in (200, 400, 401, 404, 405):
            self.assertGreater(seen.get(status, 0), 10, f"{status} of {seen}")
        self.assertEqual(statuses_of(PROBE, self.gateway.port(), "127.0.0.1"), [200])

    def test_nothing_breaks_it_over_tcp(self):
        self.found_nothing(*fuzz(self.gateway.port(0), REQUESTS, "tcp"))

    def test_nothing_breaks_it_over_tls(self):
        context = ssl.create_default_context(cafile=str(self.gateway.folder / "tls" / "ca.pem"))
        context.options |= ssl.OP_IGNORE_UNEXPECTED_EOF
        _, wrong = fuzz(self.gateway.port(1), REQUESTS_OVER_TLS, "tls", context)
        self.assertEqual(wrong, [])

    def test_a_number_always_means_the_same_octets(self):
        one, other = Grammar(["/v1/cases"], "a"), Grammar(["/v1/cases"], "a")
        self.assertEqual(one.octets(0), other.octets(0))
        self.assertEqual([one.octets(n) for n in (5, 6)], [other.octets(n) for n in (5, 6)])


if __name__ == "__main__":
    unittest.main()
