#!/usr/bin/python3
"""tools/test counts single cases, and never takes a program that died for one that passed."""
import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..")


def load():
    path = os.path.join(ROOT, "tools", "test_runner.py")
    spec = importlib.util.spec_from_file_location("test_runner", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RUNNER = load()
GOOGLE = """[==========] Running 3 tests from 1 test suite.
[ RUN      ] A.One
[       OK ] A.One (0 ms)
[ RUN      ] A.Two
{two}
[ RUN      ] A.Three
[       OK ] A.Three (0 ms)
{end}
"""


class CountingTest(unittest.TestCase):
    def test_googletest_all_good(self):
        output = GOOGLE.format(two="[       OK ] A.Two (0 ms)", end="[  PASSED  ] 3 tests.")
        self.assertEqual(RUNNER.count_cases(output, True), (3, 0, 0))

    def test_googletest_one_failed(self):
        output = GOOGLE.format(two="[  FAILED  ] A.Two (0 ms)",
                               end="[  PASSED  ] 2 tests.\n[  FAILED  ] 1 test, listed below:\n"
                                   "[  FAILED  ] A.Two\n\n 1 FAILED TEST")
        self.assertEqual(RUNNER.count_cases(output, False), (2, 1, 0))

    def test_googletest_one_skipped(self):
        output = GOOGLE.format(two="[  SKIPPED ] A.Two (0 ms)",
                               end="[  PASSED  ] 2 tests.\n[  SKIPPED ] 1 test, listed below:")
        self.assertEqual(RUNNER.count_cases(output, True), (2, 0, 1))

    def test_googletest_that_dies_in_the_middle_keeps_what_was_done(self):
        output = ("[==========] Running 3 tests from 1 test suite.\n"
                  "[       OK ] A.One (0 ms)\n[ RUN      ] A.Two\n")
        self.assertEqual(RUNNER.count_cases(output, False), (1, 1, 0))

    def test_googletest_that_dies_after_its_tests_failed(self):
        output = GOOGLE.format(two="[       OK ] A.Two (0 ms)", end="[  PASSED  ] 3 tests.\nleak found")
        self.assertEqual(RUNNER.count_cases(output, False), (3, 1, 0))

    def test_node(self):
        output = "TAP version 13\nok 1 - a\n1..5\n# tests 5\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n"
        self.assertEqual(RUNNER.count_cases(output, False), (2, 2, 1))

    def test_node_that_dies_or_runs_nothing_has_failed(self):
        self.assertEqual(RUNNER.count_cases("TAP version 13\nok 1 - a\n", False), (0, 1, 0))
        self.assertEqual(RUNNER.count_cases("TAP version 13\n1..0\n# pass 0\n# fail 0\n", True), (0, 1, 0))

    def test_unittest(self):
        self.assertEqual(RUNNER.count_cases("....\nRan 4 tests in 0.1s\n\nOK\n", True), (4, 0, 0))
        self.assertEqual(RUNNER.count_cases("Ran 1 test in 0.1s\n\nOK (skipped=1)\n", True), (0, 0, 1))
        output = "Ran 9 tests in 0.1s\n\nFAILED (failures=2, errors=1, skipped=1)\n"
        self.assertEqual(RUNNER.count_cases(output, False), (5, 3, 1))

    def test_a_program_that_counts_nothing_is_one_case(self):
        self.assertEqual(RUNNER.count_cases("all good\n", True), (1, 0, 0))
        self.assertEqual(RUNNER.count_cases("", False), (0, 1, 0))

    def test_a_suite_without_tests_that_failed_to_load_is_one_failure(self):
        self.assertEqual(RUNNER.count_cases("Ran 0 tests in 0.000s\n\nOK\n", False), (0, 1, 0))


class ReportTest(unittest.TestCase):
    def test_characters_xml_forbids_do_not_hide_the_report(self):
        with tempfile.NamedTemporaryFile("wb", suffix=".xml") as file:
            file.write(b'<testsuite><testcase name="a" status="run"><system-out>x\x01\xff\x1b[0m</system-out>'
                       b"</testcase></testsuite>")
            file.flush()
            case = next(RUNNER.read_junit(file.name).iter("testcase"))
            self.assertTrue(case.findtext("system-out").startswith("x?"))

    def test_help_names_the_choices(self):
        ended = subprocess.run([sys.executable, os.path.join(ROOT, "tools", "test_runner.py"), "--help"],
                               capture_output=True, text=True, check=True)
        self.assertIn("--quick", ended.stdout)
        self.assertIn("--long", ended.stdout)


if __name__ == "__main__":
    unittest.main()
