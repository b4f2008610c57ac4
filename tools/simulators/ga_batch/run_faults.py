"""Faults of a run: what each does to its files, its manifest and its acknowledgements."""
from ..checks import one_of
from ..faults import NO_PARAMETERS, WHOLE, parameters
from . import bank_file
from .csv_dialect import BOM, document, padded, record
from .extract import COLUMNS, case_records, header_record, payment_record, trailer_record, with_columns
from .landing_zone import Content
from .values import amount

HUGE_OCTETS = 200 * 1024 * 1024
SLOW_OCTETS_PER_SECOND = 1024
AGAIN_HOURS, LATE_HOURS = 1, 3
_FILE_KIND = one_of("EXTR", "ACH", "PINS", "ACK")
_BANK_KINDS = (
    "nacha_hash", "nacha_93", "nacha_missing_addenda", "nacha_ded_unterminated", "nacha_amount_differs",
    "nacha_reversal", "nacha_prenote", "nacha_no_padding")
KINDS = dict.fromkeys((
    "missing_run", "duplicate_run", "conflict_run", "bad_sha", "bad_trailer_count", "bad_trailer_sum",
    "bad_case_hash", "no_bom", "lf_only", "extra_column", "nineteen_columns", "over_quoted",
    "unknown_rec_type", "unknown_token", "latin1", *_BANK_KINDS, "tmp_left", "stray_file", "no_ack",
    "ack_reject", "sftp_refused", "sftp_host_key_changed", "old_run_after_new"), NO_PARAMETERS) | {
        "late_manifest": parameters(hours=WHOLE), "missing_file": parameters(kind=_FILE_KIND),
        "reissue": parameters(hours=WHOLE),
        "truncate": parameters(kind=_FILE_KIND, bytes=WHOLE, manifest=one_of("old", "new")),
        "ack_late": parameters(runs=WHOLE), "huge_file": parameters(bytes=WHOLE),
        "disk_slow": parameters(bytesPerSecond=WHOLE)}
_BEFORE_PAYMENTS = ("CAS", "PAR", "ORD", "OBL", "BAL", "PAY")
_REVERSED_CENTS = 1000


class NoFault:
    """Stands for the fault of an ordinary night."""

    id = kind = None
    params = {}


def hours_of(fault):
    return AGAIN_HOURS if fault.kind in ("duplicate_run", "conflict_run") else fault.params.get(
        "hours", LATE_HOURS)


def _added_payment(number, data_through):
    date = data_through.isoformat()
    return payment_record(number, {
        "id": "GA-R1", "amountCents": 1234, "collectionDate": date, "postedDate": date, "source": "direct",
        "status": "applied", "adjusts": None, "ref": None})


def _foreign_record(number):
    return ["XTR", number, "a record of a later layout"]


def _add_payment(records, number, data_through):
    if number is None:
        return
    before = [
        place for place, fields in enumerate(records)
        if fields[1] == number and fields[0] in _BEFORE_PAYMENTS]
    records.insert(before[-1] + 1, _added_payment(number, data_through))


def _change_records(kind, records, first_number):
    """Faults inside the records, in place."""
    if kind == "unknown_rec_type":
        last = max((place for place, fields in enumerate(records) if fields[1] == first_number), default=0)
        records.insert(last + 1, _foreign_record(first_number or ""))
    if kind == "unknown_token":
        payment = next((fields for fields in records if fields[0] == "PAY"), None)
        if payment:
            payment[6] = "crypto"
    if kind == "latin1":
        person = next((fields for fields in records if fields[0] == "PAR"), None)
        if person:
            person[4] = person[4][:-1] + "\u00c9"


def _change_trailer(kind, trailer):
    if kind == "bad_trailer_count":
        trailer[3] = str(int(trailer[3]) + 1)
    if kind == "bad_trailer_sum":
        trailer[6] = amount(int(trailer[6].replace(".", "")) + 1)
    if kind == "bad_case_hash":
        trailer[8] = f"{(int(trailer[8]) + 1) % 10**10:010d}"


def _shaped(kind, records):
    """The octets of the records, in the shape of the fault."""
    rows = with_columns(records)
    if kind == "extra_column":
        rows = [[*fields, "f21" if fields is rows[0] else ""] for fields in rows]
    if kind == "nineteen_columns":
        rows = [fields[:-1] for fields in rows]
    octets = document(rows, quote_all=kind == "over_quoted")
    if kind == "no_bom":
        return octets[len(BOM):]
    if kind == "lf_only":
        return octets.replace(b"\r\n", b"\n")
    if kind == "latin1":
        return BOM + octets[len(BOM):].decode("utf-8").encode("latin-1", "replace")
    return octets


def _one_record(fields):
    return record(padded(fields, len(COLUMNS))).encode("utf-8")


def extract(run, files, fault, with_added_payment=False):
    """Content of EXTR."""
    records = [header_record(run)]
    for file in files:
        records += case_records(file, run.data_through)
    first = next((file.number for file in files if not file.is_restricted), None)
    if with_added_payment:
        _add_payment(records, first, run.data_through)
    _change_records(fault.kind, records, first)
    if fault.kind == "huge_file":
        return _huge(run, records, first, fault.params.get("bytes", HUGE_OCTETS))
    trailer = trailer_record(run, records)
    _change_trailer(fault.kind, trailer)
    return Content(_shaped(fault.kind, [*records, trailer]))


def _huge(run, records, number, octets):
    head, filler = document(with_columns(records)), _one_record(_foreign_record(number or ""))
    times = max(0, -(-(octets - len(head)) // len(filler)))
    return Content(head, (filler, times), _one_record(trailer_record(run, records, times)))


def bank(run, payments, fault):
    """Content of ACH, or None on a day without an entry."""
    batches = bank_file.batches_of(payments, run.data_through)
    if not batches:
        return None
    kind, batch = fault.kind, batches[0]
    entry = batch.entries[0]
    if kind == "nacha_hash":
        batch.wrong_hash = 1
    if kind == "nacha_missing_addenda":
        entry.has_addenda = False
    if kind == "nacha_ded_unterminated":
        entry.terminator = ""
    if kind == "nacha_amount_differs":
        entry.segment_cents += 1
    if kind == "nacha_reversal":
        batch.entries.append(entry.copy(batch.next_trace(), bank_file.DEBIT, _REVERSED_CENTS))
    if kind == "nacha_prenote":
        batch.entries.append(entry.copy(batch.next_trace(), bank_file.PRENOTE, 0))
    made = bank_file.lines(batches, run.data_through, with_padding=kind != "nacha_no_padding")
    if kind == "nacha_93":
        place = next(place for place, line in enumerate(made) if line.startswith("6"))
        made[place] = made[place][:-1]
    return Content(bank_file.document(made))


def as_written(files, fault):
    """(files to be written, files the manifest tells of) of [(kind, content)]; None: not written."""
    written, told = dict(files), dict(files)
    kind = fault.params.get("kind", "ACH" if fault.kind == "missing_file" else "EXTR")
    if fault.kind == "missing_file":
        written.pop(kind, None)
    if fault.kind == "truncate" and kind in written:
        whole = written[kind]
        written[kind] = whole.first(fault.params.get("bytes", whole.half()))
        if fault.params.get("manifest", "old") == "new":
            told[kind] = written[kind]
    return written, told


def told_sum(kind, content, fault):
    """The sum in the manifest."""
    right = content.sha256()
    if fault.kind == "bad_sha" and kind == "EXTR":
        return right[1:] + ("1" if right[0] == "0" else "0")
    return right
