#!/usr/bin/python3
"""tools/bench: what becomes a figure, and which runs are refused."""
import json
import os
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))
import figures  # noqa: E402
import load  # noqa: E402


def told(**changes):
    result = {"requests": 10, "seconds": 2.0, "bytes": 20_000, "p50_ms": 1, "p99_ms": 2, "refused": 0,
              "broken": 0, **changes}
    return "Running 2s test\n" + json.dumps(result, separators=(",", ":")) + "\n"


class RefusedRuns(unittest.TestCase):
    def test_a_good_run_gives_its_rate(self):
        self.assertEqual(load.read_result("x", told(), 1_500)["per_second"], 5.0)

    def test_one_refused_answer_spoils_the_run(self):
        with self.assertRaises(load.Spoilt):
            load.read_result("x", told(refused=1), 1_500)

    def test_one_broken_connection_spoils_the_run(self):
        with self.assertRaises(load.Spoilt):
            load.read_result("x", told(broken=1), 1_500)

    def test_answers_shorter_than_the_body_spoil_the_run(self):
        with self.assertRaises(load.Spoilt):
            load.read_result("x", told(), 2_001)

    def test_a_run_without_answers_is_refused(self):
        with self.assertRaises(load.Spoilt):
            load.read_result("x", told(requests=0), 1_500)

    def test_silence_is_refused(self):
        with self.assertRaises(load.Spoilt):
            load.read_result("x", "unable to connect\n", 1_500)


class Figures(unittest.TestCase):
    def test_a_ratio_is_of_medians_and_its_noise_of_rounds(self):
        made = figures.ratio([100, 300, 200], [100, 400, 400])
        self.assertEqual(made, {"min": 0.5, "median": 0.5, "max": 1.0})

    def test_figures_stand_at_the_top_of_the_line(self):
        report = figures.Report()
        report.add("speed", figures.spread([3.0, 1.0, 2.0]))
        report.raw("made_of", figures.spread([5.0]))
        line = json.loads(report.line())
        self.assertEqual(line["speed"], 2.0)
        self.assertEqual(line["noise"]["speed"], {"min": 1.0, "median": 2.0, "max": 3.0})
        self.assertEqual(line["measured"]["made_of"]["median"], 5.0)

    def test_the_line_is_one_line(self):
        report = figures.Report()
        report.remark("first\nsecond")
        self.assertNotIn("\n", report.line())


if __name__ == "__main__":
    unittest.main()
