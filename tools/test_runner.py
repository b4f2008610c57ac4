#!/usr/bin/python3
"""Builds the presets, runs every suite and adds up single test cases; started by tools/test."""
import argparse
import ctypes
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
STEP = re.compile(r"^\[(\d+)/(\d+)\] ")
PROGRESS_SECONDS = 5
SUITE_SECONDS_MAX = 900
UNLIMITED_BYTES = "100000000"
PR_SET_CHILD_SUBREAPER = 36


class Tally:
    """What has been counted so far, and what went wrong, for the end of the report."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.notes = []

    def add(self, passed, failed, skipped, where):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        if failed:
            self.notes.append(f"{where}: {failed} failed")

    def fail(self, where, why):
        self.failed += 1
        self.notes.append(f"{where}: {why}")


def say(text):
    print(text, flush=True)


def children():
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


def stop_children():
    """Orphans of a step become ours (subreaper), so nothing can outlive it."""
    for _ in range(20):
        left = children()
        if not left:
            return
        for process in left:
            try:
                with open(f"/proc/{process}/comm", encoding="utf-8") as file:
                    say(f"stopping a process left behind: {file.read().strip()} ({process})")
                os.kill(process, signal.SIGKILL)
            except OSError:
                pass
            try:
                os.waitpid(process, 0)
            except ChildProcessError:
                pass


def run(command, **environment):
    """Runs a step and shows its output, build steps only now and then. True when it went well."""
    say("$ " + " ".join(command))
    started = shown = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as process:
        for line in process.stdout:
            step = STEP.match(line)
            if step and step.group(1) != step.group(2):
                if time.monotonic() - shown < PROGRESS_SECONDS:
                    continue
                shown = time.monotonic()
            say(line.rstrip("\n"))
    stop_children()
    say(f"  {'done' if process.returncode == 0 else 'FAILED'} in {time.monotonic() - started:.1f} s")
    return process.returncode == 0


def number(pattern, text):
    found = re.findall(pattern, text, re.M)
    return int(found[-1]) if found else 0


def count_cases(output, went_well):
    """(passed, failed, skipped) of one test program, from what GoogleTest, unittest or node printed."""
    if "[==========] Running" in output:
        # Counted line by line, so that a crash keeps what was finished before it.
        passed = len(re.findall(r"^\[       OK \] ", output, re.M))
        skipped = number(r"^\[  SKIPPED \] (\d+) tests?, listed", output)
        failed = number(r"^\[  FAILED  \] (\d+) tests?, listed", output)
    elif output.startswith("TAP version") or "\nTAP version" in output:
        # Node's test runner; its numbers come at the end, so a run that broke off has none.
        passed, skipped = number(r"^# pass (\d+)$", output), number(r"^# skipped (\d+)$", output)
        failed = number(r"^# fail (\d+)$", output) + number(r"^# cancelled (\d+)$", output)
        went_well = went_well and passed + failed + skipped > 0
    else:
        ran = number(r"^Ran (\d+) tests? in", output)
        if not ran:
            return (1, 0, 0) if went_well else (0, 1, 0)
        ending = output[output.rindex("Ran "):]
        skipped = number(r"skipped=(\d+)", ending)
        failed = number(r"failures=(\d+)", ending) + number(r"errors=(\d+)", ending)
        passed = max(0, ran - failed - skipped)
    return passed, failed if went_well or failed else 1, skipped


def read_junit(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    # Output of tests may hold characters that XML does not allow.
    return xml.fromstring(re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text))


def run_ctest(tally, preset, name, *selection):
    build = os.path.join(ROOT, "build", preset)
    report = os.path.join(build, f"{name}.junit.xml")
    if os.path.exists(report):
        os.remove(report)
    went_well = run(["ctest", "--test-dir", build, "-j", "2", "--output-on-failure", "--no-tests=error",
                     "--test-output-size-passed", UNLIMITED_BYTES,
                     "--test-output-size-failed", UNLIMITED_BYTES, "--output-junit", report, *selection])
    if not os.path.exists(report):
        tally.fail(name, "ctest gave no report")
        return
    failed_before = tally.failed
    for case in read_junit(report).iter("testcase"):
        outcome = case.get("status")
        if outcome in ("disabled", "notrun"):
            tally.skipped += 1
            continue
        output = case.findtext("system-out") or ""
        tally.add(*count_cases(output, outcome == "run"), f"{name}: {case.get('name')}")
    if not went_well and tally.failed == failed_before:
        tally.fail(name, "ctest failed")


def python_suites():
    found = set()
    for folder, _, files in os.walk(os.path.join(ROOT, "tests")):
        if any(re.fullmatch(r"test_\w+\.py", file) for file in files):
            found.add(folder)
    return sorted(found)


def run_python(tally, preset, long):
    build_folder = os.path.join(ROOT, "build", preset)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CASEBRIDGE_BUILD_DIR": build_folder,
                   "CASEBRIDGE_LONG": "1" if long else "0"}
    for folder in python_suites():
        name = os.path.relpath(folder, ROOT)
        command = ["/usr/bin/python3", "-u", "-m", "unittest", "discover", "-s", folder, "-t", folder]
        run_suite(tally, name, command, environment)


def run_suite(tally, name, command, environment):
    """Runs one suite into a log beside the build, and shows it only when something failed."""
    say("$ " + " ".join(command))
    place = os.path.join(environment["CASEBRIDGE_BUILD_DIR"], name.replace("/", "-") + ".log")
    with open(place, "w+", encoding="utf-8") as log:
        try:
            code = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                                  stdout=log, stderr=log, timeout=SUITE_SECONDS_MAX,
                                  check=False).returncode
        except subprocess.TimeoutExpired:
            code = 1
        log.seek(0)
        output = log.read()
    stop_children()
    if code:
        say(output)
    passed, failed, skipped = count_cases(output, code == 0)
    say(f"  {passed} passed, {failed} failed")
    tally.add(passed, failed, skipped, name)


def run_browser(tally, preset):
    """The page in a browser, with the gateway, its adapters and the simulated states behind it."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1",
                   "CASEBRIDGE_BUILD_DIR": os.path.join(ROOT, "build", preset)}
    command = ["/usr/bin/python3", "-u", os.path.join(ROOT, "tests", "browser", "run.py")]
    run_suite(tally, "tests/browser", command, environment)


def run_front_fuzz(tally, preset):
    """The grammar of tests/http, 100,000 requests, against a gateway that notices its own wrong octets."""
    folder = os.path.join(ROOT, "tests", "http")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CASEBRIDGE_LONG": "1",
                   "CASEBRIDGE_BUILD_DIR": os.path.join(ROOT, "build", preset)}
    command = ["/usr/bin/python3", "-u", "-m", "unittest", "discover", "-s", folder, "-t", folder,
               "-p", "test_fuzz.py"]
    run_suite(tally, "tests/http-fuzz", command, environment)


def build(tally, preset):
    say(f"== {preset}: build")
    if run(["cmake", "--preset", preset]) and run(
            ["cmake", "--build", "--preset", preset, "-j", str(os.cpu_count() or 2)]):
        return True
    tally.fail(preset, "does not build")
    return False


def run_all(tally, options):
    if build(tally, "dev"):
        say("== dev: tests")
        left_out = "python" if options.long else "python|soak"
        run_ctest(tally, "dev", "dev", "-LE", left_out)
        say("== python tests")
        run_python(tally, "dev", options.long)
        say("== the page in a browser")
        run_browser(tally, "dev")
    if options.quick:
        return
    for preset in ["asan", "tsan"] if options.long else ["asan"]:
        if build(tally, preset):
            say(f"== {preset}: tests")
            run_ctest(tally, preset, preset, "-L", "unit|http|conformance", "-LE", "python|soak")
        if preset == "asan" and options.long:
            run_front_fuzz(tally, preset)


def interrupted(_signal, _frame):
    stop_children()
    say("interrupted")
    sys.exit(130)


def main():
    parser = argparse.ArgumentParser(prog="tools/test", description="Builds and tests everything.")
    parser.add_argument("--quick", action="store_true", help="only the plain build and its tests")
    parser.add_argument("--long", action="store_true", help="also the thread sanitizer and the soaks")
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, interrupted)
    signal.signal(signal.SIGINT, interrupted)
    started = time.monotonic()
    tally = Tally()
    try:
        run_all(tally, options)
    except (OSError, subprocess.SubprocessError, xml.ParseError) as error:
        tally.fail("tools/test", f"a step broke: {type(error).__name__}")
    for note in tally.notes:
        say(note)
    if tally.skipped:
        say(f"{tally.skipped} skipped")
    if tally.passed + tally.failed == 0:
        tally.fail("tools/test", "nothing ran")
    say(f"== all steps in {time.monotonic() - started:.0f} s")
    say(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
