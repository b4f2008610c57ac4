"""Group `fuzz`: the adapters' readers under libFuzzer and both sanitizers; runs go on from the last one."""
import hashlib
import json
import os
import re
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from figures import spread
from load import Spoilt
from rooms import ROOT, build, layout

TARGETS = []                 # nothing of the release build
READERS = ("icop", "smart", "quick", "connect", "csenet", "georgia")
SAMPLES = ROOT / "tests" / "formats" / "samples"
KEPT = layout.ROOT / "build" / "fuzz-runs"
INPUT_BYTES_MAX = 6 * 1024   # the largest sample has five and a half
SLICE_SECONDS = 300          # then it is the turn of the reader that has the least
INPUT_SECONDS = 10           # one that takes longer hangs
INPUTS_MIN = 10_000          # of one run
AT_ONCE_MAX = 2
LOADED = re.compile(r"^#(\d+)\s+INITED", re.M)
EXECUTED = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.M)
# Readers allocate much: short stacks and a small quarantine are what makes that fast; every check stays.
SANITIZERS = {"ASAN_OPTIONS": "malloc_context_size=2:quarantine_size_mb=8",
              "UBSAN_OPTIONS": "print_stacktrace=1"}


class Reader:
    """One target, its corpus, and how many inputs this very program has taken without a finding."""

    def __init__(self, name):
        self.name = name
        self.folder = KEPT / name
        self._program = ROOT / "build" / "fuzz" / "bin" / f"fuzz_{name}"
        self._digest = hashlib.sha256(self._program.read_bytes()).hexdigest()
        self._count_file = self.folder / "inputs.json"
        self.inputs = self._counted()
        self.busy = False

    def _counted(self):
        if not self._count_file.exists():
            return 0
        kept = json.loads(self._count_file.read_text("utf-8"))
        return kept["inputs"] if kept["program"] == self._digest else 0

    def _seed(self):
        corpus = self.folder / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        for file in SAMPLES.glob(f"{self.name}_*"):
            (corpus / file.name).write_bytes(file.read_bytes())
        return corpus

    def _was_starved(self):
        """Whether all that was found is an input that took long, and takes no time when it is read again."""
        found = [file for file in self.folder.iterdir() if file.is_file() and "-" in file.name]
        for file in found:
            again = [str(self._program), str(file), f"-timeout={INPUT_SECONDS}"]
            if not file.name.startswith("timeout-") or subprocess.run(
                    again, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                    env=os.environ | SANITIZERS).returncode != 0:
                return False
            file.unlink()
        return bool(found)

    def take(self, inputs, seconds):
        """Runs that many new inputs, or what the time allows; raises Spoilt with the place of a finding."""
        corpus = self._seed()
        known = sum(1 for _ in corpus.iterdir())
        # A file more or less may be loaded, and that must not be all that is run.
        runs = known + max(inputs, INPUTS_MIN)
        command = ["nice", "-n", "19", str(self._program), str(corpus), f"-runs={runs}",
                   f"-seed={self.inputs + 1}", f"-max_len={INPUT_BYTES_MAX}", "-entropic=0",
                   f"-timeout={INPUT_SECONDS}", f"-max_total_time={max(1, int(seconds))}",
                   "-print_final_stats=1", "-report_slow_units=3600", f"-artifact_prefix={self.folder}/"]
        with open(self.folder / "fuzz.log", "w+", encoding="utf-8", errors="replace") as log:
            done = subprocess.run(command, stdout=log, stderr=log, check=False, env=os.environ | SANITIZERS)
            log.seek(0)
            told = log.read()
        executed, loaded = EXECUTED.findall(told), LOADED.findall(told)
        failed = done.returncode != 0 and not self._was_starved()
        if failed or not executed or not loaded:
            raise Spoilt(f"fuzzing {self.name} found something: {self.folder}/fuzz.log")
        # What is kept from earlier runs was counted when it was new.
        self.inputs += max(0, int(executed[-1]) - int(loaded[-1]))
        self._count_file.write_text(json.dumps({"program": self._digest, "inputs": self.inputs}), "utf-8")


class Turns:
    """Gives the next slice to the reader that has the least, until all have enough or the time is over."""

    def __init__(self, readers, wanted, seconds, say):
        self._readers, self._wanted, self._say = readers, wanted, say
        self._end = time.monotonic() + seconds if seconds else None
        self._lock = threading.Lock()
        self._is_spoilt = False

    def _left(self):
        return SLICE_SECONDS if self._end is None else min(SLICE_SECONDS, self._end - time.monotonic())

    def _next(self):
        with self._lock:
            waiting = [one for one in self._readers if not one.busy and one.inputs < self._wanted]
            if self._is_spoilt or not waiting or self._left() < 1:
                return None
            chosen = min(waiting, key=lambda one: one.inputs)
            chosen.busy = True
            return chosen

    def _work(self):
        while (reader := self._next()) is not None:
            try:
                reader.take(self._wanted - reader.inputs, self._left())
            except BaseException:
                self._is_spoilt = True
                raise
            self._say(f"{reader.name}: {reader.inputs:,} inputs without a finding")
            reader.busy = False

    def run(self):
        at_once = min(AT_ONCE_MAX, os.cpu_count() or 1)
        with ThreadPoolExecutor(at_once) as pool:
            for worker in [pool.submit(self._work) for _ in range(at_once)]:
                worker.result()


def run(report, chosen, say):
    build.run_quietly("Configuring", ["cmake", "--preset", "fuzz"])
    build.run_quietly("Building", ["cmake", "--build", "--preset", "fuzz", "--target",
                                   *(f"fuzz_{name}" for name in READERS)])
    readers = [Reader(name) for name in READERS]
    Turns(readers, chosen.fuzz_inputs, chosen.fuzz_minutes * 60, say).run()
    for reader in readers:
        report.raw(f"{reader.name}_fuzz_inputs", spread([reader.inputs]))
    report.add("fuzz_inputs", spread([min(reader.inputs for reader in readers)]))
    report.remark("fuzz_inputs is the least of all readers, of all runs with the programs as they are now")
