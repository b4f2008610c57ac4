"""A gateway at the landing directory of a simulated ga-batch: reads runs, leaves request files."""
import csv
import hashlib
import io
import json
import pathlib

from harness import ROOT, SimulatorTest, case_of, new_id, sample

DATA = ROOT / "tests/simulators/data/ga"
CASE = "700123456"
CORINNE, LEON = "01", "02"
FIRST, NEXT = "20260316", "20260317"
COLUMNS = ("req_id", "req_type", "case_no", "person_seq", "created", "p1", "p2", "p3", "p4", "p5", "p6", "p7")
PLACES = {  # of a NACHA entry record, from 0
    "code": slice(1, 3), "routing": slice(3, 12), "cents": slice(29, 39), "employer": slice(39, 54),
    "trace": slice(79, 94)}


def octets(name):
    return (DATA / name).read_bytes()


def table(content):
    """Records of a CSV file of the state as dictionaries."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def georgia_sample():
    document = sample()
    document["systems"]["ga-batch"]["enabled"] = True
    return document


def request(kind, *fields, case=CASE, seq=LEON, req_id=None, created="2026-03-16T14:05:00Z"):
    row = [req_id or new_id(), kind, case, seq, created, *fields]
    return [*row, *[""] * (len(COLUMNS) - len(row))]


def enrol(last="Delacroix-Obi", first="Corinne", birth="1984-10-21", digits="8854", **more):
    return request("ENROL", last, first, birth, digits, **{"seq": ""} | more)


def request_file(rows, count=None):
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    trailer = ["TRL", "", "", "", "", str(len(rows) if count is None else count), *[""] * 6]
    writer.writerows([COLUMNS, *rows, trailer])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


class Run:
    """The files of one run."""

    def __init__(self, folder, run_id):
        self._folder = folder
        self.id = run_id
        self._stem = run_id.replace("-", "_")

    def path(self, kind):
        ending = {"ACH": "ach", "MANI": "json"}.get(kind, "csv")
        return self._folder / f"GA_{kind}_{self._stem}.{ending}"

    def has(self, kind):
        return self.path(kind).exists()

    def octets(self, kind):
        return self.path(kind).read_bytes()

    @property
    def manifest(self):
        return json.loads(self.octets("MANI"))

    def told(self, kind):
        """The manifest's entry about a file."""
        return next((entry for entry in self.manifest["files"] if entry["kind"] == kind), None)

    def agrees(self, kind):
        """Whether a file is what the manifest tells."""
        content, told = self.octets(kind), self.told(kind)
        return (told["bytes"], told["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())

    def records(self, rec_type=None):
        """Records of EXTR: lists of 20 fields, without the column names."""
        rows = list(csv.reader(io.StringIO(self.octets("EXTR").decode("utf-8-sig"), newline="")))[1:]
        return [row for row in rows if rec_type in (None, row[0])]

    def trailer(self):
        row, = self.records("TRL")
        return row

    def acks(self):
        """(req_id, result, code, confirmation, text)"""
        if not self.has("ACK"):
            return []
        names = ("req_id", "result", "code", "confirmation", "text")
        return [tuple(row[n] for n in names) for row in table(self.octets("ACK")) if row["rec_type"] == "ACK"]

    def pins(self):
        return [row for row in table(self.octets("PINS")) if row["rec_type"] == "PIN"]

    def bank_lines(self, kind=None):
        lines = self.octets("ACH").decode("ascii").split("\r\n")[:-1]
        return [line for line in lines if kind is None or line[0] == kind]

    def entries(self, field):
        return [line[PLACES[field]].strip() for line in self.bank_lines("6")]


class GeorgiaTest(SimulatorTest):
    system_id = "ga-batch"
    scenario = staticmethod(georgia_sample)

    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.url)
        self.outgoing, self.incoming = self.folder / "outgoing", self.folder / "incoming"

    def run_of(self, date, number=1):
        return Run(self.outgoing, f"{date}-{number:02d}")

    def next_run(self, nights=1):
        """Steps to the next 02:00 in New York, so many times; the run written last."""
        now = self.look("/control/clock")["now"]
        due = f"{now[:10]}T06:00:00Z"
        self.steer("/control/clock", {"set": due} if due > now else {"advanceSeconds": self.until(now)})
        if nights > 1:
            self.advance(86400 * (nights - 1))
        date = self.look("/control/clock")["now"][:10].replace("-", "")
        return self.run_of(date)

    @staticmethod
    def until(now):
        hours, minutes, seconds = (int(part) for part in now[11:19].split(":"))
        return (30 - hours) * 3600 - minutes * 60 - seconds

    def leave(self, rows, name="GW_REQ_20260316_01.csv", content=None, checksum=True):
        content = request_file(rows) if content is None else content
        (self.incoming / name).write_bytes(content)
        if checksum:
            line = f"{hashlib.sha256(content).hexdigest()}  {name}\n"
            (self.incoming / f"{name}.sha256").write_text(line, encoding="ascii")

    def answers(self, *rows):
        """Codes and texts by which the next run acknowledges requests."""
        self.leave(rows)
        return [(code, text) for _, _, code, _, text in self.next_run().acks()]

    def load(self, document):
        self.addCleanup(self.steer, "/control/scenario", self.scenario())
        self.steer("/control/scenario", document)

    def load_case(self, edit):
        """The sample with its Georgia case changed by edit(case, document)."""
        document = georgia_sample()
        edit(case_of(document, CASE), document)
        self.load(document)

    def names(self):
        return sorted(path.name for path in self.outgoing.iterdir())
