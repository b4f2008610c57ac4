"""Simulated ga-batch: runs every night, and requests that wait in the landing directory."""
import datetime
import hashlib
import time

from ..checks import Invalid, one_of, text
from ..system import System
from ..zones import Zone
from . import run_faults
from .case_files import case_files, is_electronic
from .csv_dialect import document, padded
from .landing_zone import Content, LandingZone
from .nightly_run import NightlyRun, moment_of
from .pins import COLUMNS as PIN_COLUMNS
from .pins import Pins
from .request_desk import ACK_COLUMNS, RequestDesk
from .request_files import Refused, rows_of

TIME_ZONE = "America/New_York"
DEFAULT_FOLDER = "ga-drop"
UNSIGNED_WAIT = datetime.timedelta(minutes=60)
LOOK_SECONDS = 5
HISTORY_RUNS = 3
_DAY = datetime.timedelta(days=1)
_OPTIONS = {"dropDir": text(shortest=1), "mode": one_of("dir")}


class GaBatch(System):
    system_id = "ga-batch"
    operations = ("file_in", "file_out")
    common_fault_kinds = {}
    fault_kinds = run_faults.KINDS
    has_listener = False

    def __init__(self, run, settings):
        super().__init__(run, settings)
        self.place = self.options.get("dropDir", DEFAULT_FOLDER)
        self._zone = Zone(TIME_ZONE)
        self._landing = LandingZone(self.place)
        self._files = case_files(run.scenario, self.system_id)
        by_number = {file.number: file for file in self._files}
        self._pins = Pins([
            credential for credential in run.scenario.credentials
            if credential["system"] == self.system_id and credential["kind"] == "mailed_pin"])
        self._desk = RequestDesk(by_number, self._pins, run.seeded.stream("pins"), self._post)
        self._by_number = by_number
        self._first_seen = {}
        self._held_acks = []
        self._history = {}
        self._looked = time.monotonic()

    @classmethod
    def check_options(cls, options, at):
        for name, check in _OPTIONS.items():
            if name in options:
                check(options[name], f"{at}/{name}")

    @classmethod
    def check_credentials(cls, scenario):
        for index, credential in enumerate(scenario.credentials):
            if credential["system"] == cls.system_id and credential["kind"] not in (
                    "mailed_pin", "not_enrolled"):
                raise Invalid(f"/credentials/{index}/kind", "must be mailed_pin in ga-batch")

    def account_action(self, credential_id, action, until):
        return self._pins.change(credential_id, action)

    # Time

    def begin(self):
        """Starts with the run of the latest 02:00 and nothing else."""
        self._landing.empty()
        clock = self.run.clock
        clock.before_change(self._look)
        date = self._zone.today(clock.now())
        if moment_of(self._zone, date) > clock.now():
            date -= _DAY
        self._night(date)

    def tick(self):
        if self.run.clock.mode == "running" and time.monotonic() - self._looked >= LOOK_SECONDS:
            self._look()

    def _look(self):
        """Remembers since when each request file lies there."""
        self._looked = time.monotonic()
        now = self.run.clock.now()
        self._first_seen = {
            name: self._first_seen.get(name, now) for name in self._landing.request_names()}

    def _night(self, date):
        moment = moment_of(self._zone, date)
        self._look()
        fault = self.run.faults.pick(lambda fault: fault.system == self.system_id) or run_faults.NoFault()
        if fault.kind != "missing_run":
            self._perform(NightlyRun(date, moment), fault)
        self._landing.remove_old(self.run.clock.now())
        following = date + _DAY
        self.run.clock.schedule(moment_of(self._zone, following), lambda: self._night(following))

    # One run

    def _perform(self, nightly, fault):
        acks = self._acknowledgements(nightly, fault)
        files = self._build(nightly, fault, acks)
        self._issue(nightly, files, fault)
        later = nightly.moment + datetime.timedelta(hours=run_faults.hours_of(fault))
        plain = run_faults.NoFault()
        if fault.kind == "duplicate_run":
            self.run.clock.schedule(later, lambda: self._issue(nightly, files, plain, fault.id))
        elif fault.kind == "conflict_run":
            changed = self._build(nightly, plain, acks, with_added_payment=True)
            self.run.clock.schedule(later, lambda: self._issue(nightly, changed, plain, fault.id))
        elif fault.kind == "reissue":
            second = nightly.again(later)
            changed = self._build(second, plain, acks, with_added_payment=True)
            self.run.clock.schedule(later, lambda: self._issue(second, changed, plain, fault.id))
        elif fault.kind == "old_run_after_new":
            self._issue_old(nightly, fault)
        self._leave_behind(nightly, files, fault)

    def _build(self, nightly, fault, acks, with_added_payment=False):
        """[(kind, content)] of a run; what would be empty is left out."""
        files = [("EXTR", run_faults.extract(nightly, self._files, fault, with_added_payment))]
        posted = nightly.data_through.isoformat()
        payments = [
            (file, row) for file in self._files if not file.is_restricted for row in file.rows("payments")
            if is_electronic(row) and row["postedDate"] == posted]
        bank = run_faults.bank(nightly, payments, fault)
        if bank is not None:
            files.append(("ACH", bank))
        pins = self._pins.records(nightly.moment, self._by_number)
        if pins:
            trailer = ["TRL", "", nightly.id, str(len(pins))]
            files.append(("PINS", self._table(PIN_COLUMNS, pins, trailer)))
        if acks:
            trailer = ["TRL", "", "", "", "", str(len(acks))]
            files.append(("ACK", self._table(ACK_COLUMNS, acks, trailer)))
        return files

    @staticmethod
    def _table(columns, rows, trailer):
        return Content(document([columns, *rows, padded(trailer, len(columns))]))

    def _issue(self, nightly, files, fault, fault_id=None):
        """Writes the files, the manifest last."""
        fault_id = fault_id or fault.id
        pace = None
        if fault.kind == "disk_slow":
            pace = max(1, fault.params.get("bytesPerSecond", run_faults.SLOW_OCTETS_PER_SECOND))
        written, told = run_faults.as_written(files, fault)
        for kind, content in written.items():
            self._write(nightly.file_name(kind), content, fault_id, pace)
        manifest = Content(nightly.manifest([
            {"name": nightly.file_name(kind), "kind": kind, "bytes": content.octets,
             "sha256": run_faults.told_sum(kind, content, fault), "lines": content.lines}
            for kind, content in told.items()]))
        self._history[nightly.id] = files
        while len(self._history) > HISTORY_RUNS:
            del self._history[min(self._history)]

        def finish():
            self._write(nightly.file_name("MANI"), manifest, fault_id, pace)

        if fault.kind == "late_manifest":
            hours = datetime.timedelta(hours=run_faults.hours_of(fault))
            self.run.clock.schedule(nightly.moment + hours, finish)
        else:
            finish()

    def _issue_old(self, nightly, fault):
        date = nightly.date - 2 * _DAY
        old, plain = NightlyRun(date, moment_of(self._zone, date)), run_faults.NoFault()
        files = self._history.get(old.id) or self._build(old, plain, [])
        self._issue(old, files, plain, fault.id)

    def _leave_behind(self, nightly, files, fault):
        stem = f"GA_EXTR_{nightly.date:%Y%m%d}"
        extract = dict(files)["EXTR"]
        if fault.kind == "tmp_left":
            self._write(f"{stem}_02.csv.tmp", extract.first(extract.half()), fault.id)
        if fault.kind == "stray_file":
            self._write(f"{stem}_01.csv.bak", extract, fault.id)
            self._write("notes.txt", Content(b"tape 4 was changed by hand\n"), fault.id)

    def _write(self, name, content, fault_id, pace=None):
        self._landing.write(name, content, self.run.clock.now(), pace)
        self._log("file_out", name, "ok", fault_id)

    def _log(self, op, name, outcome, fault_id, effect=False, sha256=None):
        entry = self.run.calls.open(
            self.run.clock.now(), system=self.system_id, op=op, path=name, fault=fault_id, outcome=outcome,
            bodySha256=sha256)
        entry["effect"] = effect
        self.run.calls.close(entry)

    # Requests

    def _acknowledgements(self, nightly, fault):
        rows = [*self._desk.completions(nightly), *self._take_requests(nightly, fault)]
        due, self._held_acks = [], [[left - 1, held] for left, held in self._held_acks]
        while self._held_acks and self._held_acks[0][0] <= 0:
            due += self._held_acks.pop(0)[1]
        if fault.kind == "no_ack":
            rows = []
        runs_late = fault.params.get("runs", 1) if fault.kind == "ack_late" else 0
        if runs_late:
            self._held_acks.append([runs_late, rows])
            self._held_acks.sort(key=lambda held: held[0])
            rows = []
        return due + rows

    def _take_requests(self, nightly, fault):
        now, rows = self.run.clock.now(), []
        for name in self._landing.request_names():
            waited = now - self._first_seen.get(name, now)
            if not self._landing.has_checksum(name) and waited < UNSIGNED_WAIT:
                continue
            try:
                octets, checksum = self._landing.take(name)
            except FileNotFoundError:
                continue  # taken back in this very moment
            try:
                requests, outcome = rows_of(name, octets, checksum), "ok"
                rows += [self._desk.handle(row, nightly, fault.kind == "ack_reject") for row in requests]
            except Refused as refusal:
                outcome = "refused"
                rows.append([
                    "ACK", "*", "REJECTED", "120", "", f"{name} {refusal}", nightly.created_text])
            sha256 = hashlib.sha256(octets).hexdigest() if octets else None
            self._log("file_in", name, outcome, fault.id, outcome == "ok", sha256)
        return rows

    def _post(self, person, to, code, when):
        self.run.outbox.post(self.system_id, person, "post", to, "mail", when, code=code)
