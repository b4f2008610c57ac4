"""Reads a request's one transaction and finds what is wrong with it."""
import datetime

from . import amounts
from .layouts import HEADER, counters_of, expected_length, split
from .letters import ALLOWED

BODY_BYTES_MAX = 128 * 1024
GATEWAY_FIPS, OHIO_FIPS = "9900000", "3900000"
VERSION = "003"
_ABSENT_DATES = ("00000000", "00010101", "20991231")
_DIGITS = frozenset("0123456789")
_COUNTERS_END = HEADER.fields["information_count"].end


class Finding:
    """One fault of a transaction: error code, text, and the line it was found in."""

    def __init__(self, code, text, line):
        self.code = code
        self.text = text
        self._line = line

    def header_value(self, name):
        """What the refused header says there; blank where the line is too short to say it."""
        return HEADER.get(self._line, name)


class Transaction:
    def __init__(self, line):
        self.line = line
        self.parts = split(line)

    def header(self, name):
        """Without trailing blanks."""
        return HEADER.get(self.line, name).rstrip(" ")

    @property
    def kind(self):
        return self.header("function"), self.header("action"), self.header("reason")

    @property
    def case_number(self):
        return normal_case_number(self.header("other_case_id"))

    def of_block(self, block):
        return [text for name, text in self.parts if name is block]


def normal_case_number(raw):
    """Ten digits, however many leading zeros there were; other text stays as it is."""
    number = raw.strip(" ")
    if number and _DIGITS.issuperset(number):
        return number.lstrip("0").rjust(10, "0")
    return number


def _expected(line):
    counts = counters_of(line) if len(line) >= _COUNTERS_END else None
    return HEADER.length if counts is None else expected_length(counts)


def _length_finding(line, expected):
    return Finding("0001", f"LENGTH {len(line):04d} EXPECTED {expected:04d}", line)


def framing_findings(body, body_bytes, page):
    """(line or None, findings): the one line of the body without its end."""
    lines = page.decode(body[:BODY_BYTES_MAX]).split(page.line_end)
    is_ended = lines[-1] == "" and len(lines) > 1
    if is_ended:
        lines.pop()
    lines = [line.removesuffix("\r") for line in lines]
    line, *others = lines
    if body_bytes > BODY_BYTES_MAX:
        return None, [Finding("0001", f"BODY LONGER THAN {BODY_BYTES_MAX} OCTETS", line)]
    findings = []
    countable = len(line) < HEADER.length or counters_of(line) is not None
    if countable and len(line) != _expected(line):
        findings.append(_length_finding(line, _expected(line)))
    findings += [_length_finding(other, 0) for other in others]
    if not is_ended:
        findings.append(Finding("0001", "LINE END MISSING", lines[-1]))
    return line, findings


def _is_date(text):
    if text in _ABSENT_DATES:
        return True
    try:
        datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _field_fault(field, value, amount_style):
    """(code, what is wrong) or None."""
    if field.kind in ALLOWED:
        return None if ALLOWED[field.kind].issuperset(value) else ("0008", "CHARACTER NOT ALLOWED")
    if not value.strip(" "):
        return None
    if field.kind == "M":
        try:
            amounts.read(value, amount_style)
        except ValueError:
            return "0004", "NOT NUMERIC"
        return None
    if not _DIGITS.issuperset(value):
        return "0004", "NOT NUMERIC"
    if field.kind == "D" and not _is_date(value):
        return "0010", "NO SUCH DATE"
    return None


def _header_faults(line):
    if HEADER.get(line, "version") != VERSION:
        yield "0002", "VERSION NOT 003"
    if line[:7] != GATEWAY_FIPS:
        yield "0009", "LOCAL FIPS WRONG"
    if line[7:14] != OHIO_FIPS:
        yield "0009", "OTHER FIPS WRONG"
    if not HEADER.get(line, "serial").strip(" "):
        yield "0004", "NOT NUMERIC HEADER SERIAL"


def content_findings(line, amount_style, missing_blocks):
    """Findings in a line of the right length; missing_blocks(transaction) names what it lacks,
    or gives None for a transaction nobody may send."""
    faults = list(_header_faults(line))
    counts = counters_of(line)
    transaction = Transaction(line) if counts is not None else None
    if transaction is None:
        faults.append(("0003", "COUNTER NOT ALLOWED"))
    for block, text in transaction.parts if transaction else [(HEADER, line)]:
        for field in block.fields.values():
            if block is HEADER and transaction is None and field.name.endswith("_count"):
                continue  # said once already
            fault = _field_fault(field, text[field.start:field.end], amount_style)
            if fault:
                place = f"{block.name} {field.name}".upper().replace("_", "-")
                faults.append((fault[0], f"{fault[1]} {place}"))
    if transaction:
        missing = missing_blocks(transaction)
        if missing is None:
            faults.append(("0005", "FUNCTION ACTION REASON NOT VALID"))
        else:
            faults += [("0006", f"MISSING {name}") for name in missing]
    return [Finding(code, text, line) for code, text in sorted(faults, key=lambda fault: fault[0])]
