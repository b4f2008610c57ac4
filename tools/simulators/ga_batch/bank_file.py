"""The ACH file: NACHA records of 94 octets, one addenda with a DED segment for each entry."""
import itertools

from .names import plain, short_name

RECORD_OCTETS, BLOCK_RECORDS = 94, 10
CREDIT, PRENOTE, DEBIT = "22", "23", "27"
_RECEIVING, _RECEIVING_CHECK = "99002002", "2"
_DESTINATION, _ACCOUNT, _RECEIVER = " 990020022", "GASDU0001", "GA FAMILY SUPP REG"
_DESTINATION_NAME, _ORIGIN_NAME, _FILE_TIME = "GA TEST SDU BANK", "TEST EMPLOYER BANK", "0530"
_STATE_CODE = "1300000"
_HASH_MODULUS = 10**10
UNKNOWN_EMPLOYER = ("UNKNOWN EMPLOYER", "000000000")
# An entry of a case that nobody asked about: readers must pass it over.
_DECOY_CASE, _DECOY_CENTS, _DECOY_SSN, _DECOY_NAME = "700999990", 11050, "000120345", "POE,IRA"


def check_digit(routing):
    """The ninth digit of a routing number: weights 3, 7, 1."""
    total = sum(int(digit) * weight for digit, weight in zip(routing, itertools.cycle((3, 7, 1))))
    return str(-total % 10)


def short_date(date):
    return date.strftime("%y%m%d")


class Entry:
    """segment_cents: the amount in the DED segment, when it is another one."""

    def __init__(self, trace, cents, case_number, collected, ssn, name, ends=False):
        self.code = CREDIT
        self.trace = trace
        self.cents = self.segment_cents = cents
        self.case_number = case_number
        self.collected = collected
        self.ssn = ssn
        self.name = name
        self.ends = ends
        self.terminator = "\\"
        self.has_addenda = True

    def copy(self, trace, code, cents):
        twin = Entry(trace, cents, self.case_number, self.collected, self.ssn, self.name)
        twin.code = code
        return twin

    def segment(self):
        parts = ["DED", "CS", self.case_number, self.collected, str(self.segment_cents), self.ssn, "N",
                 self.name, _STATE_CODE, *(["Y"] if self.ends else [])]
        return "*".join(parts) + self.terminator

    def records(self, employer_number):
        lines = [
            f"6{self.code}{_RECEIVING}{_RECEIVING_CHECK}{_ACCOUNT:17}{self.cents:010d}"
            f"{'E' + employer_number:15}{_RECEIVER:22}  1{self.trace}"]
        if self.has_addenda:
            lines.append(f"705{self.segment():80}0001{self.trace[-7:]}")
        return lines


class Batch:
    """Entries of one bank and one employer."""

    def __init__(self, bank, employer, entries):
        self.bank = bank
        self.company, self.employer_number = employer
        self.entries = sorted(entries, key=lambda entry: entry.trace)
        self.wrong_hash = 0

    def next_trace(self):
        return f"{int(max(entry.trace for entry in self.entries)) + 1:015d}"

    def total(self, *codes):
        return sum(entry.cents for entry in self.entries if entry.code in codes)

    @property
    def count(self):
        return sum(1 + entry.has_addenda for entry in self.entries)

    @property
    def hash(self):
        return int(_RECEIVING) * len(self.entries) + self.wrong_hash

    def records(self, number, effective):
        company_id = f"1{self.bank}0"
        ending = f"{self.bank}{number:07d}"
        yield (f"5200{plain(self.company)[:16]:16}{'':20}{company_id}CCD{'CHILDSUPP':10}"
               f"{effective}{effective}   1{ending}")
        for entry in self.entries:
            yield from entry.records(self.employer_number)
        yield (f"8200{self.count:06d}{self.hash % _HASH_MODULUS:010d}{self.total(DEBIT):012d}"
               f"{self.total(CREDIT):012d}{company_id}{'':25}{ending}")


def batches_of(payments, date):
    """payments: (case file, scenario row) that became effective on the date; ends with the decoy."""
    groups = {}
    for file, row in payments:
        payer = file.payer()
        employer = payer and payer["employer"]
        key = row["ref"][:8], (employer["name"], employer["ein"]) if employer else UNKNOWN_EMPLOYER
        groups.setdefault(key, []).append(Entry(
            row["ref"], row["amountCents"], file.number, row["collectionDate"][2:].replace("-", ""),
            payer["ssn"] if payer else "0" * 9, short_name(payer["name"]) if payer else "UNKNOWN"))
    batches = [Batch(bank, employer, entries) for (bank, employer), entries in sorted(groups.items())]
    if batches:
        last = batches[-1]
        last.entries.append(Entry(
            last.next_trace(), _DECOY_CENTS, _DECOY_CASE, last.entries[-1].collected, _DECOY_SSN, _DECOY_NAME,
            ends=True))
    return batches


def lines(batches, data_through, with_padding=True):
    """The records of the whole file."""
    origin = batches[0].bank
    effective = short_date(data_through)
    made = [
        f"101{_DESTINATION} {origin}{check_digit(origin)}{effective}{_FILE_TIME}A094101"
        f"{_DESTINATION_NAME:23}{_ORIGIN_NAME:23}{'':8}"]
    for number, batch in enumerate(batches, 1):
        made += batch.records(number, effective)
    blocks = -(-(len(made) + 1) // BLOCK_RECORDS)
    made.append(
        f"9{len(batches):06d}{blocks:06d}{sum(batch.count for batch in batches):08d}"
        f"{sum(batch.hash for batch in batches) % _HASH_MODULUS:010d}"
        f"{sum(batch.total(DEBIT) for batch in batches):012d}"
        f"{sum(batch.total(CREDIT) for batch in batches):012d}{'':39}")
    if with_padding:
        made += ["9" * RECORD_OCTETS] * (blocks * BLOCK_RECORDS - len(made))
    return made


def document(made):
    return "".join(line + "\r\n" for line in made).encode("ascii", "replace")
