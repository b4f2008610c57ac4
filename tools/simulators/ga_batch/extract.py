"""The EXTR file: every case of the state in records of twenty fields."""
from .case_files import ON_THE_WAY, is_electronic
from .csv_dialect import padded
from .values import amount, day, flag, money, months_before, text

COLUMNS = ["rec_type", "case_no", *(f"f{number:02d}" for number in range(3, 21))]
LAYOUT = "GA1"
PAYMENT_MONTHS = 36
HASH_MODULUS = 10**10


def _case(file):
    case = file.case
    if file.is_restricted:
        return ["CAS", file.number, "", case["status"], "", "", "", "", "", "Y"]
    return [
        "CAS", file.number, case["caseType"], case["status"], case["opened"], text(case["closed"]),
        text(case["closureReason"]), case["locator"], case["processing"], ""]


def _participants(file):
    for seq, part in file.participants():
        name = file.person(part)["name"]
        yield [
            "PAR", file.number, seq, part["role"], name["last"], name["first"], text(name["middle"]),
            text(part["relationToCp"]), text(part["paternity"]), flag(part["active"])]


def _orders(file):
    for order in file.case["orders"]:
        yield [
            "ORD", file.number, order["orderId"], order["docket"], order["issuingState"],
            order["issuingLocator"], order["tribunal"], order["type"], order["filed"], order["effective"],
            text(order["ends"]), text(order["cancelled"]), order["controlling"],
            flag(order["medicalOrdered"])]
        for row in order["obligations"]:
            yield [
                "OBL", file.number, order["orderId"], row["id"], row["debtType"], amount(row["amountCents"]),
                row["frequency"], money(row["arrearsAmountCents"]), text(row["arrearsFrequency"]),
                row["start"], text(row["end"]), row["concurrent"]]


def _balances(file):
    for row in file.rows("balances"):
        if row.get("concurrent") != "secondary":
            yield [
                "BAL", file.number, row["bucket"], amount(row["amountCents"]), row["assignee"],
                text(row["periodFrom"]), text(row["periodTo"]), row["asOf"], flag(row["aggregate"])]


def payment_record(number, payment):
    trace = payment["ref"] if is_electronic(payment) else ""
    return [
        "PAY", number, payment["id"], amount(payment["amountCents"]), payment["collectionDate"],
        text(payment["postedDate"]), payment["source"], payment["status"], trace, text(payment["adjusts"])]


def _payments(file, data_through):
    earliest = months_before(data_through, PAYMENT_MONTHS)
    for row in file.rows("payments"):
        if is_electronic(row) and row["status"] == ON_THE_WAY:
            continue
        if earliest <= day(row["postedDate"] or row["collectionDate"]) <= data_through:
            yield payment_record(file.number, row)


def _disbursements(file, data_through):
    for row in file.rows("disbursements"):
        if day(row["date"]) <= data_through:
            yield [
                "DIS", file.number, row["id"], amount(row["amountCents"]), row["date"],
                file.role_of(row["recipient"]), row["method"], text(row["instrumentLast4"]),
                "|".join(row["paymentIds"]), row["status"]]


def _enforcement(file, data_through):
    for row in file.rows("enforcement"):
        if day(row["date"]) <= data_through:
            yield ["ENF", file.number, row["id"], row["kind"], row["status"], row["date"],
                   text(row["released"]), text(row["detail"])]


def _rest(file):
    for row in file.rows("events"):
        yield ["EVT", file.number, row["id"], row["kind"], row["start"], text(row["end"]),
               text(row["place"]), row["for"], row["status"]]
    for row in file.rows("contacts"):
        yield ["CON", file.number, row["kind"], row["office"], text(row["phone"]), text(row["ext"]),
               text(row["email"]), text(row["hours"])]
    for row in file.case["intergov"]:
        yield ["IGR", file.number, row["otherState"], row["otherLocator"], row["otherCaseId"], row["role"],
               row["since"]]


def case_records(file, data_through):
    """All records of one case; of a restricted one only that it is there."""
    if file.is_restricted:
        return [_case(file)]
    return [
        _case(file), *_participants(file), *_orders(file), *_balances(file), *_payments(file, data_through),
        *_disbursements(file, data_through), *_enforcement(file, data_through), *_rest(file)]


def header_record(run):
    return ["HDR", "", run.id, run.created_text, run.data_through.isoformat(), LAYOUT, "FULL"]


def _cents(records, kind, place):
    return sum(int(fields[place].replace(".", "")) for fields in records if fields[0] == kind)


def trailer_record(run, records, filler=0):
    """records: all but the trailer; filler: further records that are not among them."""
    numbers = [fields[1] for fields in records if fields[0] == "CAS"]
    total = sum(int("".join(c for c in number if c.isdigit()) or "0") for number in numbers)
    return [
        "TRL", "", run.id, str(len(records) + filler + 1), str(len(numbers)),
        str(sum(fields[0] == "PAY" for fields in records)), amount(_cents(records, "BAL", 3)),
        amount(_cents(records, "PAY", 3)), f"{total % HASH_MODULUS:010d}"]


def with_columns(records):
    """All records of the file with the same number of fields, the column names first."""
    return [COLUMNS, *(padded(fields, len(COLUMNS)) for fields in records)]
