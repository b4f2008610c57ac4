"""Carries out requests of parents, each once, and says what became of them."""
import datetime

from ..instants import seconds_after
from .names import letters
from .pins import USED, VOID, draw_pin, hash_pin
from .request_fields import TYPES, UUID, is_instant, wrong_column
from .request_files import COLUMNS

REVIEW_DAYS = 30
POST_SECONDS = 7 * 86400
ACK_COLUMNS = ["rec_type", "req_id", "result", "code", "confirmation", "text", "processed"]
_ADDRESS_FIELDS = {"line1": "p1", "line2": "p2", "city": "p3", "state": "p4", "zip": "p5"}


class Refusal(Exception):
    def __init__(self, code, text=""):
        super().__init__(code)
        self.code = code
        self.text = text


class _Memory:
    """What is kept of a request: its first confirmation and its latest code."""

    def __init__(self, confirmation, code):
        self.confirmation = confirmation
        self.code = code


class RequestDesk:
    """files: case number -> case file; post(person, to, code, when): sends a letter."""

    def __init__(self, files, pins, stream, post):
        self._files = files
        self._pins = pins
        self._stream = stream
        self._post = post
        self._known = {}
        self._confirmations = 0
        self._reviews = []
        self._addresses = {}

    def completions(self, run):
        """Acknowledgements of what was begun long enough ago."""
        due = [review for review in self._reviews if review[0] <= run.date]
        self._reviews = [review for review in self._reviews if review[0] > run.date]
        rows = []
        for _, req_id in due:
            known = self._known[req_id]
            known.code = "000"
            rows.append(["ACK", req_id, "ACCEPTED", "000", known.confirmation, "", run.created_text])
        return rows

    def handle(self, row, run, reject):
        """The acknowledgement of one request; reject: the state takes nothing tonight."""
        fields = dict(zip(COLUMNS, row, strict=True))
        req_id = fields["req_id"]
        known = self._known.get(req_id)
        if known is not None:
            return ["ACK", req_id, "DUPLICATE", known.code, known.confirmation, "", run.created_text]
        try:
            if reject:
                raise Refusal("100")
            result, code, text = self._carry_out(fields, run)
        except Refusal as refusal:
            result, code, text = "REJECTED", refusal.code, refusal.text
        self._confirmations += 1
        confirmation = f"GAC-{run.date:%Y%m%d}-{self._confirmations:06d}"
        if UUID.fullmatch(req_id):
            self._known[req_id] = _Memory(confirmation, code)
        if code == "001":
            self._reviews.append((run.date + datetime.timedelta(days=REVIEW_DAYS), req_id))
        return ["ACK", req_id, result, code, confirmation, text, run.created_text]

    def _carry_out(self, fields, run):
        """(result, code, text)"""
        if not UUID.fullmatch(fields["req_id"]):
            raise Refusal("100", "req_id")
        if fields["req_type"] not in TYPES:
            raise Refusal("100", "req_type")
        if not is_instant(fields["created"]):
            raise Refusal("100", "created")
        if fields["req_type"] == "ENROL":
            return self._enrol(fields, run)
        file = self._files.get(fields["case_no"])
        parent = file and file.parent_at(fields["person_seq"])
        if not parent:
            raise Refusal("101")
        if file.is_restricted:
            raise Refusal("111")
        self._check_fields(fields)
        if fields["req_type"] in ("REVIEW", "MODIFY"):
            return "RECEIVED", "001", ""
        if fields["req_type"] in ("PINUSED", "PINVOID"):
            self._settle_pin(fields, parent["person"])
        elif fields["req_type"] == "ADDR":
            self._move(fields, file.person(parent))
        return "ACCEPTED", "000", ""

    @staticmethod
    def _check_fields(fields):
        column = wrong_column(fields)
        if column:
            raise Refusal("100", column)

    def _enrol(self, fields, run):
        self._check_fields(fields)
        file = self._files.get(fields["case_no"])
        person = file and self._match(file, fields)
        if not person:
            raise Refusal("110")
        if file.is_restricted or self._pins.is_withdrawn(file.number, person["id"]):
            raise Refusal("111")
        pin = draw_pin(self._stream)
        self._pins.add(file.number, person["id"], hash_pin(pin, self._stream), run)
        self._post(person["id"], self._postal_address(person), pin, seconds_after(run.moment, POST_SECONDS))
        return "ACCEPTED", "010", "PIN will be mailed"

    @staticmethod
    def _match(file, fields):
        told = letters(fields["p1"]), letters(fields["p2"]), fields["p3"], fields["p4"]
        for _, part in file.parents():
            person = file.person(part)
            name = person["name"]
            known = letters(name["last"]), letters(name["first"]), person["dob"], person["ssn"][-4:]
            if told == known:
                return person
        return None

    def _settle_pin(self, fields, person_id):
        pin = self._pins.find(fields["p1"], fields["case_no"], person_id)
        if pin is None:
            raise Refusal("100", "p1")
        pin.outcome = USED if fields["req_type"] == "PINUSED" else VOID

    def _move(self, fields, person):
        address = dict(self._addresses.get(person["id"]) or person["address"] or {})
        address |= {name: fields[column] for name, column in _ADDRESS_FIELDS.items() if fields[column]}
        self._addresses[person["id"]] = address

    def _postal_address(self, person):
        address = self._addresses.get(person["id"]) or person["address"] or {}
        parts = [address.get(name) for name in ("line1", "line2", "city")]
        parts.append(" ".join(filter(None, (address.get("state"), address.get("zip")))))
        return ", ".join(filter(None, parts))
