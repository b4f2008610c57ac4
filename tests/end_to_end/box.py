"""One sandbox for a test class: simulators, mail sink and gateway in a temporary folder of its own."""
import copy
import functools
import itertools
import json
import os
import pathlib
import re
import signal
import sys
import tempfile
import time
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "sandbox"))
import down  # noqa: E402
import layout  # noqa: E402
import processes  # noqa: E402
import sandbox  # noqa: E402
from client import Client, Parent, wait_until  # noqa: E402

PRESET = pathlib.Path(os.environ.get("CASEBRIDGE_BUILD_DIR", ROOT / "build" / "dev")).name


@functools.lru_cache(maxsize=1)
def _sample_text():
    return (ROOT / "tests" / "scenarios" / "sample.json").read_text(encoding="utf-8")


def sample():
    """A fresh copy of the sample families; nobody has a second step in Texas unless a test gives one."""
    scenario = json.loads(_sample_text())
    scenario["clock"]["mode"] = "running"
    for credential in scenario["credentials"]:
        if credential["system"] == "tx-icop" and credential["kind"] == "username_password":
            credential.update(otp=None, securityQuestion=None)
    return scenario


def credential(scenario, credential_id):
    return next(one for one in scenario["credentials"] if one["id"] == credential_id)


def case_of(scenario, case_id):
    return next(one for one in scenario["cases"] if one["id"] == case_id)


class Box:
    """A running sandbox. Every process is ended by the id it was started with."""

    def __init__(self, scenario, **options):
        self._folder = tempfile.TemporaryDirectory(prefix="casebridge-e2e-")
        self.place = layout.Layout(self._folder.name, PRESET)
        self.scenario = copy.deepcopy(scenario)
        file = self.place.run / "scenario.json"
        file.write_text(json.dumps(scenario), encoding="utf-8")
        try:
            self.record = sandbox.start(self.place, file, ports=(0, 0), **options)
        except BaseException:
            self._folder.cleanup()
            raise
        self.client = Client(self.record["plain"])
        self._addresses = itertools.count(1)

    def close(self):
        down.stop_sandbox(self.place)
        self._folder.cleanup()

    def parent(self):
        """Each parent calls from an address of their own: sign-ins of one address are counted."""
        client = Client(self.record["plain"], f"127.0.1.{next(self._addresses)}")
        return Parent(client, self.record["mail"])

    # The gateway's process.

    @property
    def gateway(self):
        return next(one for one in self.record["processes"] if one["name"] == "gateway")

    def end_gateway(self, number=signal.SIGTERM, process=None, timeout_s=20):
        """Sends the signal and waits; the exit code, or minus the number of the signal that ended it."""
        process = process or self.gateway
        os.kill(process["pid"], number)
        return self.exit_of(process, timeout_s)

    def exit_of(self, process, timeout_s=20):
        def ended():
            done, status = os.waitpid(process["pid"], os.WNOHANG)
            return (os.waitstatus_to_exitcode(status),) if done else None
        code, = wait_until(f"the end of {process['name']}", ended, timeout_s)
        self.record["processes"].remove(process)
        self.place.write_record(self.record)
        return code

    def start_gateway(self, name="gateway"):
        """Starts a gateway at the simulators' time; returns (process, ready line)."""
        process, ready = sandbox.start_gateway(self.place, self.now(), name)
        self.record["processes"].append(process)
        self.place.write_record(self.record)
        return process, ready

    def second_gateway(self):
        """Another gateway on the same database and behind the same origin; (process, its client)."""
        def settings(text):
            old = [urllib.parse.urlsplit(self.record[key]).port for key in ("secure", "plain")]
            for port in old:
                text = re.sub(rf"\bport: {port}\b", f"port: {sandbox.free_or(0)}", text)
            return text.replace("gateway.log", "second.log")
        (self.place.run / "second.yaml").write_text(settings(self.settings.read_text()), encoding="utf-8")
        process, ready = self.start_gateway("second")
        return process, Client(ready["addresses"][1])

    @property
    def settings(self):
        return self.place.run / "gateway.yaml"

    def log_lines(self):
        text = (self.place.run / "gateway.log").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    # The simulators.

    def control(self, path, body=None):
        url = f"{self.record['control']}/control/{path}"
        return sandbox.get_json(url) if body is None else sandbox.post_json(url, body)

    def now(self):
        return self.control("clock")["now"]

    def advance(self, seconds):
        self.control("clock", {"advanceSeconds": seconds})

    def calls(self, op=None, since=0, system="tx-icop"):
        asked = f"calls?system={system}&since={since}" + (f"&op={op}" if op else "")
        return self.control(asked)["calls"]

    def last_call(self, system="tx-icop"):
        return self.control(f"calls?system={system}")["next"]

    def fault(self, op, kind, **more):
        fault = {"id": f"{op}-{kind}", "system": "tx-icop", "op": op, "kind": kind, **more}
        self.control("faults", {"add": [fault]})

    def clear_faults(self):
        self.control("faults", {"clear": True})

    def state_code(self):
        """The newest code that the state sent."""
        return self.control("outbox?system=tx-icop&kind=code")["messages"][-1]["code"]


class BoxCase(unittest.TestCase):
    """A test class with one sandbox for all its tests."""

    options = {}
    maxDiff = 4000

    @classmethod
    def scenario(cls):
        return sample()

    @classmethod
    def setUpClass(cls):
        cls.box = Box(cls.scenario(), **cls.options)
        cls.addClassCleanup(cls.box.close)

    def setUp(self):
        self.box.clear_faults()

    @classmethod
    def credential(cls, credential_id):
        return credential(cls.box.scenario, credential_id)


def settle(seconds):
    """Real time for background work that must not happen."""
    time.sleep(seconds)


def is_running(process):
    return processes.is_running(process)
