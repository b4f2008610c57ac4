"""Who guesses names learns nothing: unknown, known and locked accounts answer alike, and as slowly."""
import itertools
import os
import re
import statistics
import time
import unittest

from box import BoxCase
from client import wait_until

LONG = os.environ.get("CASEBRIDGE_LONG") == "1"
SAMPLES = 400 if LONG else 40
# How often one of the first class may be slower than one of the second: a half, give or take four and a half
# standard deviations of the Mann-Whitney statistic for so many samples.
MARGIN = 4.5 * ((2 * SAMPLES + 1) / (12 * SAMPLES * SAMPLES)) ** 0.5
MEDIAN_MARGIN, MEDIAN_MARGIN_S = 0.05, 0.005
TRIES_BEFORE_A_LOCK = 4
CALLERS = 21
_names = itertools.count(1)
WIDE = "{tries_max: 1000000, window_s: 3600}"
SETTINGS = f"throttle: {{address: {WIDE}, account_and_address: {WIDE}, starts: {WIDE}, code_sends: {WIDE}, " \
           f"code_sends_in_all: {WIDE}}}\n"


def share_of_slower(first, second):
    """How many pairs have the first one slower; equal ones count half."""
    pairs = [(a > b) + (a == b) / 2 for a in first for b in second]
    return sum(pairs) / len(pairs)


def differing(seconds):
    """The pairs of classes that take different times, the slower one first, and how that is known."""
    found = {}
    for first, second in itertools.combinations(seconds, 2):
        share = share_of_slower(seconds[first], seconds[second])
        medians = [statistics.median(seconds[name]) for name in (first, second)]
        told = f"{first} and {second}: {SAMPLES} each, medians {medians[0] * 1e3:.2f} and " \
               f"{medians[1] * 1e3:.2f} ms, slower in {share:.3f} of all pairs"
        print(told)
        near = abs(medians[0] - medians[1]) <= max(MEDIAN_MARGIN_S, MEDIAN_MARGIN * max(medians))
        if not near or abs(share - 0.5) > MARGIN:
            slower_first = (first, second) if medians[0] > medians[1] else (second, first)
            found[slower_first] = told
    return found


def without_ids(answer):
    """What is left when identifiers and times are blotted out."""
    text = re.sub(rb"flw_[0-9A-Z]{26}", b"FLOW", answer.body)
    text = re.sub(rb"\d{4}-\d\d-\d\dT[0-9:.]+Z", b"TIME", text)
    text = re.sub(rb'"(trace_id|challenge)":"[^"]*"', b"CHANCE", text)
    return answer.status, text


class Indistinguishable(BoxCase):
    options = {"more": SETTINGS}

    def timed(self, kind, fields):
        """(seconds of the step that tests the name, what it answers)."""
        parent = next(self.callers)
        flow = parent.begin_flow(kind)
        began = time.perf_counter()
        answer = parent.client.call("POST", f"/v1/flows/{flow['id']}", {"seq": flow["seq"], "fields": fields})
        return time.perf_counter() - began, without_ids(answer)

    def setUp(self):
        super().setUp()
        # More of them than one: a quick machine asks more of each than the front allows an address.
        self.callers = itertools.cycle([self.box.parent() for _ in range(CALLERS)])

    def sampled(self, classes):
        """Seconds of each class, which take turns. All answer the same octets."""
        seconds, answers = {name: [] for name in classes}, set()
        for _ in range(SAMPLES):
            for name, sample in classes.items():
                took, answer = sample()
                seconds[name].append(took)
                answers.add(answer)
        self.assertEqual(len(answers), 1, answers)
        return seconds

    def compare(self, classes):
        """Each class: a function that makes one sample. What differs by chance is not slower twice."""
        once = differing(self.sampled(classes))
        twice = differing(self.sampled(classes)) if once else {}
        self.assertEqual([told for pair, told in twice.items() if pair in once], [])

    def test_wrong_unknown_and_locked_at_sign_in(self):
        known, locked = self.box.parent(), self.box.parent()
        known.register()
        locked.register()
        for _ in range(5):
            self.timed("sign_in", {"email": locked.email, "password": "not-the-password-1"})
        tries = itertools.count(1)

        def wrong():
            if next(tries) % TRIES_BEFORE_A_LOCK == 0:
                known.sign_in()
            return self.timed("sign_in", {"email": known.email, "password": "not-the-password-1"})

        self.compare({
            "wrong": wrong,
            "unknown": lambda: self.timed("sign_in", {"email": f"nobody{next(_names)}@example.com",
                                                      "password": "not-the-password-1"}),
            "locked": lambda: self.timed("sign_in", {"email": locked.email,
                                                     "password": "not-the-password-1"})})

    def test_known_and_unknown_at_what_helps(self):
        known = self.box.parent()
        known.register()
        for kind in ("reset_password", "unlock"):
            with self.subTest(kind=kind):
                self.compare({
                    "known": lambda kind=kind: self.timed(kind, {"email": known.email}),
                    "unknown": lambda kind=kind: self.timed(
                        kind, {"email": f"nobody{next(_names)}@example.com"})})
        wait_until("the mails", lambda: len(known.mails()) > 1)


if __name__ == "__main__":
    unittest.main()
