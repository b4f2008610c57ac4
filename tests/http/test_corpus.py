"""Every raw request of the corpus against a gateway, plain and over TLS: its answers, and how it goes on."""
import ssl
import unittest

import corpus
from gateway import PLAIN, SECURE, Gateway
from wire import Ended, Wire

CASES_MIN = 300
# Sent behind every case whose sender goes on. Where nothing behind may be believed, nobody must answer it.
PROBE = b"GET /health/live HTTP/1.1\r\nHost: corpus.example\r\nConnection: close\r\n\r\n"


def outcome(port, context, source, case):
    """The statuses that were answered, and what is wrong with how the connection went on, if anything."""
    pieces = case.pieces if case.ending == "cut" else (*case.pieces[:-1], case.pieces[-1] + PROBE)
    expected = case.statuses + (((200, True),) if case.ending == "open" else ())
    statuses = []
    with Wire(port, context, source) as wire:
        wire.send(pieces)
        if case.ending == "cut":
            wire.end_sending()
        try:
            for _, with_body in expected:
                statuses.append(wire.answer(with_body)[0])
        except Ended as ended:
            return statuses, str(ended)
        rest = wire.rest()
    return statuses, f"{rest[:80]!r} came as well" if rest else ""


class Corpus(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway([PLAIN, SECURE])
        cls.addClassCleanup(cls.gateway.close)
        cls.groups = corpus.groups()
        cls.context = ssl.create_default_context(cafile=str(cls.gateway.folder / "tls" / "ca.pem"))
        cls.context.options |= ssl.OP_IGNORE_UNEXPECTED_EOF

    def differences(self, port, context=None):
        """A line for each case that went another way than the corpus says."""
        found = []
        for number, (_, cases) in enumerate(sorted(self.groups.items()), 2):
            for case in cases:
                statuses, wrong = outcome(port, context, f"127.0.{number}.1", case)
                expected = [status for status, _ in case.statuses] + [200] * (case.ending == "open")
                if statuses != expected or wrong:
                    found.append(f"{case}: {statuses} for {expected} {case.ending}; {wrong}")
        return found

    def test_it_is_large_and_names_its_reasons(self):
        cases = [case for group in self.groups.values() for case in group]
        self.assertGreaterEqual(len(cases), CASES_MIN)
        self.assertEqual(len({str(case) for case in cases}), len(cases), "two cases have one name")
        for case in cases:
            self.assertRegex(case.section, r"^\d{4} §\d+(\.\d+)*( strict)?$", case)

    def test_it_is_answered_as_it_says_over_tcp(self):
        self.assertEqual(self.differences(self.gateway.port(0)), [])

    def test_it_is_answered_as_it_says_over_tls(self):
        self.assertEqual(self.differences(self.gateway.port(1), self.context), [])


if __name__ == "__main__":
    unittest.main()
