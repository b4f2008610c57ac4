"""Group `front`: what many idle, slow, too many and senseless requests cost a gateway."""
import json
import os
import resource
import selectors
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse
from contextlib import ExitStack, contextmanager

import load
from figures import ratio, spread
from rooms import ROOT, layout
from world import World, family, family_parent, retuned

TARGETS = ["all", "bench_open_load"]
PATH = "/v1/cases"
DEARER_PATH = "/v1/ledger"  # made anew for each answer
IDLE, SLOW, IDLE_TLS = 10_000, 1_000, 2_000
SOURCES = 50
STEPS = 6  # of a slow client's request, a second each
ASKED = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HALF = b"GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
LIMITS = """\
  connections_max: 16384
  connections_per_address_max: 0
  half_read_max: 4096
  half_read_per_address_max: 0
"""
OPEN_CONNECTIONS = 512
QUIET_SHARE = 0.25  # of what it can answer
# The first tenth of a second of too much is a burst, and let in; it shall be less than one in a hundred.
FULL_TIMES_SECONDS = 3
FUZZ_PIECES = 4


def retuned_front(settings):
    wider = retuned(settings).replace("  connections_max: 256\n", "", 1)
    return wider.replace("http:\n", "http:\n" + LIMITS, 1)


def raise_descriptor_limit():
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


class Front:
    """A gateway with one signed-in parent; started anew where memory is measured."""

    def __init__(self, folder, stack):
        self.world = World(folder, family())
        stack.callback(self.world.close)
        self.restart()
        self.token = family_parent(self.world).token
        self.headers = {"Authorization": f"Bearer {self.token}"}
        self.body = load.fetch(self.url(PATH), self.headers)[2]

    def restart(self):
        self.world.restart_gateway(lambda text: text if LIMITS in text else retuned_front(text))

    def url(self, path):
        return self.world.record["plain"] + path

    def port(self):
        return urllib.parse.urlsplit(self.world.record["plain"]).port

    def secure_port(self):
        return urllib.parse.urlsplit(self.world.record["secure"]).port

    def kib(self):
        """Resident memory of the gateway."""
        gateway = next(one for one in self.world.record["processes"] if one["name"] == "gateway")
        with open(f"/proc/{gateway['pid']}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))

    def read_rate(self, name, seconds):
        """Warm reads a second."""
        load.check(name, self.url(PATH), self.headers, self.body)
        result = load.run(name, self.url(PATH), self.headers, 64, seconds, len(self.body))
        load.check(name, self.url(PATH), self.headers, self.body)
        return result["per_second"]


def connect(port, number, context=None):
    opened = socket.create_connection(("127.0.0.1", port), 30, (f"127.0.11.{number % SOURCES + 1}", 0))
    return context.wrap_socket(opened, server_hostname="localhost") if context else opened


@contextmanager
def idle(port, many, context=None):
    """So many connections that have had one answer and ask for nothing more."""
    with ExitStack() as stack:
        opened = []
        for number in range(many):
            one = stack.enter_context(connect(port, number, context))
            one.sendall(ASKED)
            opened.append(one)
            if not one.recv(65536).startswith(b"HTTP/1.1 200 "):
                raise load.Spoilt("an idle connection got no answer")
        yield opened


def all_open(opened):
    """Nobody has closed any of them."""
    with selectors.DefaultSelector() as selector:
        for one in opened:
            selector.register(one, selectors.EVENT_READ)
        if selector.select(0):
            raise load.Spoilt("the gateway closed connections that were idle")


class Slow:
    """Clients that send an octet of their head each second, and begin anew before their time is over."""

    def __init__(self, port):
        self._sockets = [connect(port, number) for number in range(SLOW)]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._drip)
        self.failed = None

    def __enter__(self):
        self._thread.start()
        time.sleep(2)
        return self

    def _drip(self):
        try:
            for turn in range(10_000):
                for number, one in enumerate(self._sockets):
                    if number % 50 == 0 and self._stop.wait(0.05):
                        return
                    begun = turn - number % STEPS  # not all of them in step
                    if begun > 0 and begun % STEPS == 0:
                        self._read_answer(one)
                    if begun >= 0:
                        self._send(one, begun % STEPS)
        except OSError as error:
            self.failed = error

    @staticmethod
    def _send(one, step):
        if step == 0:
            one.sendall(HALF)
        else:
            one.sendall(b"a" if step < STEPS - 1 else b"\r\n\r\n")

    # A second after it was asked, so that nobody's turn waits for it.
    @staticmethod
    def _read_answer(one):
        answer = one.recv(65536)
        if not answer.startswith(b"HTTP/1.1 200 "):
            raise OSError(f"a slow client was answered {answer[:80]}")

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        for one in self._sockets:
            one.close()
        if self.failed:
            raise load.Spoilt(f"a slow client: {self.failed}")


def crowds(front, chosen, report, say):
    """Warm reads with nobody else there, with many who are idle, and with many who are slow, in turn."""
    rates = {"none": [], "idle": [], "slow": []}
    for number in range(chosen.rounds):
        rates["none"].append(front.read_rate("none", chosen.seconds))
        with idle(front.port(), IDLE) as opened:
            rates["idle"].append(front.read_rate("idle", chosen.seconds))
            all_open(opened)
        with Slow(front.port()):
            rates["slow"].append(front.read_rate("slow", chosen.seconds))
        say(f"round {number + 1}: " + ", ".join(f"{name} {list_[-1]:.0f}/s" for name, list_ in rates.items()))
    report.add("throughput_with_10k_idle_vs_none", ratio(rates["idle"], rates["none"]))
    report.add("throughput_with_1k_slow_vs_none", ratio(rates["slow"], rates["none"]))
    for name, list_ in rates.items():
        report.raw(f"front_reads_per_s_{name}", spread(list_))


def memory(front, chosen, report, say):
    """Resident memory for each connection that is idle, of a gateway that has just started."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the memory of the other side counts
    found = {"idle_connection_kib": [], "idle_tls_connection_kib": []}
    kinds = (("idle_connection_kib", IDLE, None), ("idle_tls_connection_kib", IDLE_TLS, context))
    for _ in range(chosen.rounds):
        for name, many, tls in kinds:
            front.restart()
            port = front.secure_port() if tls else front.port()
            with idle(port, 50, tls):
                pass  # what every gateway has once it has served somebody
            before = front.kib()
            with idle(port, many, tls) as opened:
                found[name].append((front.kib() - before) / many)
                all_open(opened)
            say(f"{name}: {found[name][-1]:.2f}")
    for name, values in found.items():
        report.add(name, spread(values))


def open_load(front, path, connections, per_second, seconds):
    program = layout.ROOT / "build" / "release" / "bin" / "bench_open_load"
    done = subprocess.run([str(program), str(front.port()), path, front.token, str(connections),
                           f"{per_second:.0f}", str(seconds)], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise load.Spoilt(f"the open load ended with {done.returncode}")
    result = json.loads(done.stdout)
    statuses = set(result["by_status"])
    if result["broken"] or result["unanswered"] or not {"200"} <= statuses <= {"200", "503"}:
        raise load.Spoilt(f"the open load: {result}")
    return result


def overload(front, chosen, report, say):
    """Answers that are made anew: at a quarter of what can be answered, and at twice as much."""
    ratios, quiet_ms, full_ms, capacities, accepted, refused_ms = [], [], [], [], [], []
    for number in range(chosen.rounds):
        best = open_load(front, DEARER_PATH, 8, 0, chosen.seconds)
        capacity = best["by_status"]["200"]["count"] / best["seconds"]
        quiet = open_load(front, DEARER_PATH, OPEN_CONNECTIONS, capacity * QUIET_SHARE, chosen.seconds)
        full = open_load(front, DEARER_PATH, OPEN_CONNECTIONS, capacity * 2,
                         chosen.seconds * FULL_TIMES_SECONDS)
        if quiet["not_sent"] or "503" in quiet["by_status"] or "503" not in full["by_status"]:
            raise load.Spoilt(f"neither quiet nor too much: {quiet} {full}")
        capacities.append(capacity)
        quiet_ms.append(quiet["by_status"]["200"]["p99_ms"])
        full_ms.append(full["by_status"]["200"]["p99_ms"])
        refused_ms.append(full["by_status"]["503"]["p99_ms"])
        accepted.append(full["by_status"]["200"]["count"] / full["seconds"])
        offered = sum(one["count"] for one in full["by_status"].values()) / full["seconds"]
        ratios.append(full_ms[-1] / quiet_ms[-1])
        say(f"round {number + 1}: {capacity:.0f}/s at most; {offered:.0f}/s offered, {accepted[-1]:.0f}/s "
            f"answered; p99 {quiet_ms[-1]:.2f} ms quiet, {full_ms[-1]:.2f} ms, "
            f"{refused_ms[-1]:.2f} ms refused")
    report.add("overload_p99_vs_quiet", spread(ratios))
    for name, values in (("overload_capacity_per_s", capacities), ("overload_answered_per_s", accepted),
                         ("overload_quiet_p99_ms", quiet_ms), ("overload_p99_ms", full_ms),
                         ("overload_refused_p99_ms", refused_ms)):
        report.raw(name, spread(values))


def fuzz(chosen, report, say):
    """The grammar of tests/http against a gateway of its own; each piece in a process of its own."""
    os.environ["CASEBRIDGE_BUILD_DIR"] = str(layout.ROOT / "build" / "release")
    sys.path.append(str(ROOT / "tests" / "http"))
    import gateway  # pylint: disable=import-outside-toplevel
    here = gateway.Gateway(http="reads_per_second_max: 1000000")
    try:
        each = chosen.fuzz_requests // FUZZ_PIECES
        script = str(ROOT / "tests" / "http" / "fuzz.py")
        pieces = [subprocess.Popen(["/usr/bin/python3", script, str(here.port()), "--requests", str(each),
                                    "--seed", f"bench-{number}"], stdout=subprocess.PIPE, text=True)
                  for number in range(FUZZ_PIECES)]
        wrong = []
        for piece in pieces:
            _, *found = piece.communicate()[0].splitlines()
            wrong += [line for line in found if line]
        status = load.fetch(f"http://127.0.0.1:{here.port()}/health/live", {})[0]
        if status != 200:
            raise load.Spoilt("the gateway does not live after the fuzzing")
    finally:
        here.close()
    for line in wrong[:20]:
        say(f"fuzz: {line}")
    hung = sum("was not ended" in line for line in wrong)
    for name, value in (("fuzz_requests", each * FUZZ_PIECES), ("fuzz_5xx", len(wrong) - hung),
                        ("fuzz_hung", hung)):
        report.add(name, spread([value]))


def run(report, chosen, say):
    most = raise_descriptor_limit()
    report.remark(f"{most} open files are allowed; {IDLE} idle connections were held.")
    with ExitStack() as stack:
        front = Front(layout.ROOT / "build" / "bench" / "front", stack)
        crowds(front, chosen, report, say)
        overload(front, chosen, report, say)
        memory(front, chosen, report, say)
    fuzz(chosen, report, say)
    report.remark("Idle connections have had one answer. Memory is the gateway's own, without the machine's "
                  f"sockets. Overload: GET {DEARER_PATH}, {OPEN_CONNECTIONS} connections, p99 of what was "
                  "answered by 200.")
