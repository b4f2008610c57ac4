"""Runs a simulator inside the test process and talks to it over its sockets."""
import copy
import http.client
import json
import pathlib
import sys
import tempfile
import unittest
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from simulators.command_line import Simulator  # noqa: E402
from simulators.registry import SYSTEM_CLASSES  # noqa: E402

SAMPLE = json.loads((ROOT / "tests/scenarios/sample.json").read_text(encoding="utf-8"))
BASE = "/icop/v1"
LOOPBACK = ("127.0.0.1", 0)
F1, F2, F4 = "0012345678", "0023456789", "0045678901"
RAFAEL = ("RafaelQL84", "Blue-Harbor7!")
DANA = ("DanaW86", "Cedar*Stone19")
PRIYA = ("PriyaH.icop", "Sunny-Trail42")
LEON = ("LeonAb_TX", "Iron#Gate305")


def sample():
    """A copy of the sandbox scenario that a test may change; without the runs of ga-batch."""
    document = copy.deepcopy(SAMPLE)
    document["systems"]["ga-batch"]["enabled"] = False
    return document


def case_of(document, number):
    return next(case for case in document["cases"] if case["caseNumber"] == number)


def new_id():
    return str(uuid.uuid4())


class Reply:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json["error"]["code"]


class Wire:
    """One keep-alive connection."""

    def __init__(self, url, timeout=5):
        parts = urllib.parse.urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)

    def send(self, method, path, body=None, headers=()):
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode("utf-8")
        self._connection.request(method, path, body=body, headers=dict(headers))
        answer = self._connection.getresponse()
        return Reply(answer.status, answer.headers, answer.read())

    def close(self):
        self._connection.close()


class Parent:
    """A client of tx-icop, with a session after login."""

    def __init__(self, url, timeout=5):
        self.wire = Wire(url, timeout)
        self.token = None

    def send(self, method, path, body=None, **headers):
        sent = {"X-Icop-Client": "gw-test-1", "Accept": "application/json"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.wire.send(method, BASE + path, body, sent)

    def get(self, path, **headers):
        return self.send("GET", path, **headers)

    def write(self, method, path, body=None, request_id=None):
        return self.send(method, path, body, X_Client_Request_Id=request_id or new_id())

    def login(self, credentials):
        reply = self.send("POST", "/auth/login", {"userName": credentials[0], "password": credentials[1]})
        self.token = reply.json.get("sessionToken", self.token)
        return reply

    def answer(self, challenge_id, answer):
        reply = self.send("POST", "/auth/challenge", {"challengeId": challenge_id, "answer": answer})
        self.token = reply.json.get("sessionToken", self.token)
        return reply


class SimulatorTest(unittest.TestCase):
    """One simulator for the class, reset for each test."""

    scenario = staticmethod(sample)
    system_id = "tx-icop"

    tls_directory = None

    @classmethod
    def new_folder(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        return folder.name

    @classmethod
    def setUpClass(cls):
        listen = dict.fromkeys(SYSTEM_CLASSES, LOOPBACK)
        cls.simulator = Simulator(
            cls.scenario(), LOOPBACK, listen, cls.tls_directory, fixed_options={
                "ga-batch": {"dropDir": cls.new_folder()}})
        ready = cls.simulator.ready_line()
        cls.url, cls.control_url = ready["systems"][cls.system_id], ready["control"]

    @classmethod
    def tearDownClass(cls):
        cls.simulator.stop()

    def setUp(self):
        self.control = Wire(self.control_url)
        self.addCleanup(self.control.close)
        self.steer("/control/reset", {})

    def parent(self, credentials=None, timeout=5):
        parent = Parent(self.url, timeout)
        self.addCleanup(parent.wire.close)
        if credentials:
            self.assertEqual(parent.login(credentials).status, 200)
        return parent

    def steer(self, path, body, status=200):
        reply = self.control.send("POST", path, body, {"Content-Type": "application/json"})
        self.assertEqual(reply.status, status, reply.body)
        return reply.json

    def look(self, path):
        reply = self.control.send("GET", path)
        self.assertEqual(reply.status, 200, reply.body)
        return reply.json

    def advance(self, seconds):
        return self.steer("/control/clock", {"advanceSeconds": seconds})

    def add_fault(self, op, kind, params=None, **more):
        fault = {"id": kind, "system": self.system_id, "op": op, "kind": kind, "params": params or {}, **more}
        return self.steer("/control/faults", {"add": [fault]})

    def calls(self, op=None):
        return self.look("/control/calls" + (f"?op={op}" if op else ""))["calls"]

    def messages(self, kind):
        return self.look(f"/control/outbox?kind={kind}")["messages"]

    def last_code(self):
        return self.messages("code")[-1]["code"]
