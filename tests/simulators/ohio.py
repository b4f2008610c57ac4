"""Talks to a simulated oh-csenet and reads fixed places of its records."""
import re

from harness import ROOT, SimulatorTest, Wire, sample

BASE = "/ohsets/v1"
DATA = ROOT / "tests/simulators/data/oh"
CASE, CLOSED, OVERPAID = "7001234567", "7005550188", "7006789012"
RAFAEL = (CASE, "4471", "83920615")
HARLAN = (CLOSED, "6618", "55120934")
SUNNIVA = (OVERPAID, "9941", "60274418")
DANA = (CASE, "2210", "13579246")


def octets(name):
    return (DATA / name).read_bytes()


def with_options(document, **options):
    document["systems"]["oh-csenet"]["options"] |= options
    return document


def with_mother(document):
    """The scenario with a PIN for the custodial party of the first case."""
    document["credentials"].append({
        "id": "k-dana", "system": "oh-csenet", "person": "p-dana", "kind": "case_ssn4_pin",
        "caseNumber": DANA[0], "ssn4": DANA[1], "pin": DANA[2], "state": "active"})
    return document


def ohio_sample(**options):
    return with_options(with_mother(sample()), **options)


LENGTHS = (("case", 351), ("ncp_id", 181), ("ncp_locate", 1421), ("participant", 341), ("order", 254),
           ("collection", 70), ("information", 416))


class Record:
    """A transaction cut by its counters; places count from 1, as in the interface document."""

    def __init__(self, line):
        self.header = line[:121]
        self.blocks = {}
        place = 121
        for counter, (name, length) in enumerate(LENGTHS, 89):
            count = int(line[counter])
            self.blocks[name] = [
                line[place + length * n:place + length * (n + 1)] for n in range(count)]
            place += length * count
        assert place == len(line), (place, len(line))

    def at(self, name, start, end, index=0):
        return self.blocks[name][index][start - 1:end]

    @property
    def serial(self):
        return int(self.header[17:29])

    @property
    def kind(self):
        return f"{self.header[34:37]} {self.header[33]} {self.header[75:80]}".rstrip()

    def text(self, number):
        start = 17 + 80 * (number - 1)
        return self.at("information", start, start + 79).rstrip()


def request_line(kind, serial, case=CASE, counts="0000000", blocks="", **header):
    """A transaction of the gateway; kind: function, action and reason in one word each."""
    function, action, reason = kind.split()
    values = {
        "local": "9900000", "other": "3900000", "version": "003", "date": "20260316", "rest": " " * 25,
    } | header
    return (
        f"{values['local']}{values['other']}{values['version']}{serial:012d}    {action}{function}"
        f"{values['date']}{'':15}{case:15}{reason:5}{'':8}N{counts}{values['rest']}{blocks}")


class Sender:
    """A gateway with at most one session."""

    def __init__(self, url, charset, timeout=5):
        self.wire = Wire(url, timeout)
        self.charset = charset
        self.token = None

    def send(self, method, path, body=None, content_type=None):
        headers = {"X-Session": self.token} if self.token else {}
        if content_type:
            headers["Content-Type"] = content_type
        return self.wire.send(method, BASE + path, body, headers)

    def command(self, line, end=b"\n"):
        reply = self.send("POST", "/auth", line.encode() + end, f"text/plain; charset={self.charset}")
        found = re.match(rb"OK ([0-9a-f]{32}) ", reply.body)
        if found:
            self.token = found.group(1).decode()
        return reply

    def sign_in(self, credentials):
        return self.command("AUTH " + " ".join(credentials))

    def post(self, body):
        if isinstance(body, str):
            body = body.encode() + b"\n"
        return self.send("POST", "/csenet", body, f"application/x-csenet; charset={self.charset}")

    def inbox(self, after=None):
        return self.send("GET", "/csenet/inbox" + ("" if after is None else f"?after={after}"))


class OhioTest(SimulatorTest):
    system_id = "oh-csenet"
    scenario = staticmethod(ohio_sample)

    def sender(self, credentials=None, charset="us-ascii"):
        sender = Sender(self.url, charset)
        self.addCleanup(sender.wire.close)
        if credentials:
            self.assertEqual(sender.sign_in(credentials).body[:3], b"OK ")
        return sender

    def load(self, document):
        """Another scenario for this test only."""
        self.addCleanup(self.steer, "/control/scenario", self.scenario())
        self.steer("/control/scenario", document)

    def lines(self, reply):
        """The transactions of an answer as text."""
        self.assertEqual((reply.status, reply.headers["Content-Type"]),
                         (200, "application/x-csenet; charset=us-ascii"), reply.body)
        text = reply.body.decode()
        self.assertEqual(text[-1:] or "\n", "\n")
        return text.split("\n")[:-1]

    def ask(self, sender, kind, serial, **more):
        """The one transaction that answers a request."""
        record, = self.records(sender.post(request_line(kind, serial, **more)))
        return record

    def records(self, reply):
        return [Record(line) for line in self.lines(reply)]

    def case_records(self, sender, serial=1, case=CASE):
        return self.records(sender.post(request_line("CSI R FRINF", serial, case)))

    def codes(self, reply):
        """Error codes of a refused transaction, each record checked for its length."""
        self.assertEqual((reply.status, reply.headers["Content-Type"]),
                         (422, "application/x-csenet-error; charset=us-ascii"), reply.body)
        records = reply.body.decode().split("\n")[:-1]
        self.assertEqual({len(record) for record in records}, {145})
        self.assertEqual([int(record[:6]) for record in records], list(range(1, len(records) + 1)))
        return [record[85:89] for record in records]
