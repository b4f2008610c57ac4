"""Reads request files of the gateway: checksum, dialect, header, columns, trailer."""
import hashlib
import re

from .csv_dialect import WrongLayout, read

COLUMNS = [
    "req_id", "req_type", "case_no", "person_seq", "created", *(f"p{number}" for number in range(1, 8))]
_CHECKSUM = re.compile(rb"([0-9a-fA-F]{64})(?: [ *]([^\r\n]*))?\r?\n?")


class Refused(Exception):
    """The whole file is refused; the text names the cause."""


def _is_sum_right(name, octets, checksum):
    found = _CHECKSUM.fullmatch(checksum or b"")
    if not found or found.group(2) not in (None, name.encode("ascii")):
        return False
    return found.group(1).decode("ascii").lower() == hashlib.sha256(octets).hexdigest()


def rows_of(name, octets, checksum):
    """The requests of a file, without column names and trailer; raises Refused."""
    if not _is_sum_right(name, octets, checksum):
        raise Refused("checksum")
    try:
        records = read(octets, len(COLUMNS))
    except WrongLayout as error:
        raise Refused("layout") from error
    if not records or records[0] != COLUMNS:
        raise Refused("layout")
    rows, trailer = records[1:-1], records[-1]
    if len(records) < 2 or trailer[0] != "TRL" or trailer[5] != str(len(rows)):
        raise Refused("trailer")
    if any(row[0] == "TRL" for row in rows):
        raise Refused("trailer")
    return rows
