"""Answers of oh-csenet: command lines, transactions and server error records."""
from ..http_messages import Answer

TEXT = "text/plain"
TRANSACTIONS = "application/x-csenet"
ERRORS = "application/x-csenet-error"
ERROR_RECORD_CHARACTERS = 145
ERROR_RECORDS_MAX = 9
BLANK_RECORD_CHARACTERS = 121
LOCKED = "LOCKED CALL 18005550139"
NO_ACCESS = "NOACCESS CALL 18005550139"


class LineAnswer(Answer):
    """An answer made of lines in a code page; keeps them for the faults that change lines."""

    def __init__(self, page, status, lines, media_type, headers=(), outcome="ok"):
        content_type = f"{media_type}; charset={page.charset}"
        super().__init__(status, page.encode(lines), content_type, headers, outcome)
        self.page = page
        self.lines = lines
        self.padding = page.encode([" " * BLANK_RECORD_CHARACTERS])
        self.has_transactions = media_type == TRANSACTIONS


def nothing(status, outcome="refused"):
    return Answer(status, outcome=outcome)


def command(page, line, outcome="ok"):
    """The reply to a command; its HTTP status is always 200."""
    return LineAnswer(page, 200, [line], TEXT, outcome=outcome)


def problem(page, status, text, outcome="refused", retry_after=None):
    headers = [] if retry_after is None else [("Retry-After", str(retry_after))]
    return LineAnswer(page, status, [f"ERR {status} {text}"], TEXT, headers, outcome)


def transactions(page, lines, outcome="ok"):
    return LineAnswer(page, 200, lines, TRANSACTIONS, outcome=outcome)


def wait_for(location, seconds):
    return Answer(202, headers=[("Location", location), ("Retry-After", str(seconds))])


# Where a value of the refused header stands in the error record, counted from 1.
_REPEATED = (
    (8, "local_state"), (10, "local_county"), (13, "local_sub"), (16, "other_state"), (18, "other_county"),
    (21, "other_sub"), (24, "case_id"), (40, "other_case_id"), (56, "action"), (58, "function"),
    (62, "reason"), (68, "resolution_date"), (77, "transaction_date"), (91, "serial"),
)
_CODE_AT, _TEXT_AT = 86, 104


def error_record(number, finding):
    record = [" "] * ERROR_RECORD_CHARACTERS
    values = [(1, f"{number:06d}"), (_CODE_AT, finding.code), (_TEXT_AT, finding.text)]
    values += [(place, finding.header_value(name)) for place, name in _REPEATED]
    for place, value in values:
        shown = [c if " " <= c <= "~" else " " for c in value]
        record[place - 1:place - 1 + len(shown)] = shown
    return "".join(record[:ERROR_RECORD_CHARACTERS])


def refused(page, findings):
    records = [error_record(n, finding) for n, finding in enumerate(findings[:ERROR_RECORDS_MAX], 1)]
    return LineAnswer(page, 422, records, ERRORS, outcome="refused")
