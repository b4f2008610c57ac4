"""Writes the scenario's records as objects of tx-icop."""
from ..instants import parse_instant
from . import codes
from .render import dashed_phone, dashed_zip, local_time, wire_date

TIME_ZONE = "America/Chicago"


def _date(iso):
    return None if iso is None else wire_date(iso)


def case_line(case, participant):
    return {
        "caseNumber": case["caseNumber"], "status": case["status"].upper(),
        "yourRole": codes.ROLES[participant["role"]], "caseType": codes.CASE_TYPES[case["caseType"]],
    }


def party(writer, case, participant, person, viewer, dob):
    place = (case["caseNumber"], "party", participant["person"])
    name = person["name"]
    record = {
        "memberId": participant["memberId"], "role": codes.ROLES[participant["role"]],
        "self": participant["person"] == viewer["person"], "firstName": name["first"],
    }
    writer.optional(record, "middleName", name["middle"], *place)
    record["lastName"] = name["last"]
    writer.optional(record, "suffix", name["suffix"], *place)
    writer.optional(record, "dob", dob, *place)
    record["active"] = participant["active"]
    return record


def _shown_dob(participant, person, viewer):
    """A birth date is shown of oneself, and of the children to the custodial party."""
    own = participant["person"] == viewer["person"]
    child_of_cp = viewer["role"] == "custodial_party" and participant["role"] == "child"
    return wire_date(person["dob"]) if own or child_of_cp else None


def case_record(writer, case, viewer, people):
    number = case["caseNumber"]
    record = {
        "caseNumber": number, "caseType": codes.CASE_TYPES[case["caseType"]],
        "status": case["status"].upper(), "openedDate": wire_date(case["opened"]),
    }
    writer.optional(record, "closedDate", _date(case["closed"]), number)
    writer.optional(record, "closureReason", case["closureReason"], number)
    record |= {
        "yourRole": codes.ROLES[viewer["role"]], "countyFips": case["locator"][:5],
        "processing": codes.PROCESSING[case["processing"]],
        "parties": [
            party(writer, case, p, people[p["person"]], viewer, _shown_dob(p, people[p["person"]], viewer))
            for p in case["participants"]
        ],
    }
    others = [
        {"state": row["otherState"], "caseNumber": row["otherCaseId"], "role": row["role"].upper(),
         "since": wire_date(row["since"])}
        for row in case["intergov"]
    ]
    return writer.optional(record, "otherState", others or None, number)


def obligation(writer, row, *place):
    record = {
        "debtType": codes.DEBT_TYPES[row["debtType"]],
        "amount": writer.amount(row["amountCents"], "amount", *place),
        "frequency": codes.FREQUENCIES[row["frequency"]],
    }
    cents = row["arrearsAmountCents"]
    arrears = None if cents is None else writer.amount(cents, "arrears", *place)
    writer.optional(record, "arrearsPayment", arrears, *place)
    writer.optional(record, "arrearsFrequency", codes.FREQUENCIES.get(row["arrearsFrequency"]), *place)
    record["startDate"] = wire_date(row["start"])
    return writer.optional(record, "endDate", _date(row["end"]), *place)


def order(writer, case, row):
    place = (case["caseNumber"], "order", row["orderId"])
    record = {
        "causeNumber": row["docket"], "orderId": row["orderId"], "issuingState": row["issuingState"],
        "issuingFips": row["issuingLocator"], "courtName": row["tribunal"],
        "orderType": codes.ORDER_TYPES[row["type"]], "filedDate": wire_date(row["filed"]),
        "effectiveDate": wire_date(row["effective"]),
    }
    writer.optional(record, "endDate", _date(row["ends"]), *place)
    writer.optional(record, "cancelledDate", _date(row["cancelled"]), *place)
    record |= {
        "controlling": row["controlling"].upper(),
        "medicalOrdered": writer.yes_or_no(row["medicalOrdered"], *place),
        "obligations": [
            obligation(writer, entry, *place, entry["id"]) for entry in row["obligations"]
            if entry["concurrent"] != "secondary" and entry["debtType"] in codes.DEBT_TYPES
            and entry["frequency"] in codes.FREQUENCIES
        ],
    }
    return record


def balance_is_shown(row):
    return row.get("concurrent") != "secondary" and row["bucket"] in codes.BUCKETS


def balance(writer, case, index, row):
    place = (case["caseNumber"], "balance", index)
    record = {
        "bucket": codes.BUCKETS[row["bucket"]], "amount": writer.amount(row["amountCents"], *place),
        "assignedTo": codes.assigned_to(row["assignee"]),
    }
    writer.optional(record, "fromDate", _date(row["periodFrom"]), *place)
    writer.optional(record, "toDate", _date(row["periodTo"]), *place)
    return record | {"asOf": wire_date(row["asOf"]), "isTotal": row["aggregate"]}


def payment(writer, case, row, reversed_ids):
    place = (case["caseNumber"], "payment", row["id"])
    record = {
        "paymentId": row["id"], "amount": writer.amount(row["amountCents"], *place),
        "collectionDate": wire_date(row["collectionDate"]),
    }
    writer.optional(record, "postedDate", _date(row["postedDate"]), *place)
    record["type"] = codes.PAYMENT_TYPES[row["source"]]
    status = "reversed" if row["id"] in reversed_ids else row["status"]
    record["status"] = codes.PAYMENT_STATUSES[status]
    writer.optional(record, "reference", row["ref"], *place)
    writer.optional(record, "adjusts", row["adjusts"], *place)
    applied = [
        {"bucket": codes.APPLIED_BUCKETS[entry["bucket"]],
         "amount": writer.amount(entry["cents"], "applied", index, *place)}
        for index, entry in enumerate(row["allocations"]) if entry["bucket"] in codes.APPLIED_BUCKETS
    ]
    return writer.optional(record, "applied", applied or None, *place)


def _paid_to(recipient, viewer, people):
    if recipient == viewer["person"]:
        return "YOU"
    if recipient in people:
        return "OTHER"
    return "STATE" if recipient.startswith("state:") else "AGENCY"


def disbursement(writer, case, row, viewer, people):
    place = (case["caseNumber"], "disbursement", row["id"])
    paid_to = _paid_to(row["recipient"], viewer, people)
    record = {
        "disbursementId": row["id"], "amount": writer.amount(row["amountCents"], *place),
        "date": wire_date(row["date"]), "paidTo": paid_to,
        "method": codes.DISBURSEMENT_METHODS[row["method"]],
    }
    writer.optional(record, "last4", row["instrumentLast4"] if paid_to == "YOU" else None, *place)
    return record | {"paymentIds": row["paymentIds"], "status": row["status"].upper()}


def enforcement(writer, case, row, viewer):
    place = (case["caseNumber"], "enforcement", row["id"])
    record = {
        "actionId": row["id"], "kind": codes.ENFORCEMENT_KINDS.get(row["kind"], "OTH"),
        "status": codes.ENFORCEMENT_STATUSES[row["status"]], "date": wire_date(row["date"]),
    }
    writer.optional(record, "releasedDate", _date(row["released"]), *place)
    detail = row["detail"] if viewer["role"] == "noncustodial_parent" else None
    return writer.optional(record, "detail", detail, *place)


def event_is_for(row, role):
    if row["kind"] not in codes.EVENT_KINDS:
        return False
    side = {"putative_father": "noncustodial_parent", "caretaker_other": "custodial_party"}.get(role, role)
    return row["for"] in ("both", side)


def event(writer, zone, case, row, with_place):
    place = (case["caseNumber"], "event", row["id"])
    record = {
        "eventId": row["id"], "kind": codes.EVENT_KINDS[row["kind"]],
        "startLocal": local_time(zone, parse_instant(row["start"])),
    }
    end = None if row["end"] is None else local_time(zone, parse_instant(row["end"]))
    writer.optional(record, "endLocal", end, *place)
    record["timeZone"] = TIME_ZONE
    writer.optional(record, "place", row["place"] if with_place else None, *place)
    return record | {"status": row["status"].upper()}


def document(row, size):
    return {
        "docId": row["id"], "title": row["title"], "kind": row["kind"].upper(),
        "date": wire_date(row["date"]), "mediaType": row["mediaType"], "size": size,
    }


def message(row):
    return {
        "messageId": row["id"], "threadId": row["thread"],
        "direction": "IN" if row["direction"] == "from_state" else "OUT", "sentAt": row["sentAt"],
        "subject": row["subject"], "body": row["body"], "read": row["status"] != "unread",
    }


def contact(writer, case, row):
    # by what the row says, not by its index: leaving a row out must not change the others
    place = (case["caseNumber"], "contact", row["kind"], row["office"])
    record = {"kind": row["kind"].upper()}
    writer.optional(record, "name", row["name"], *place)
    record |= {"office": row["office"], "phone": dashed_phone(row["phone"])}
    for name in ("ext", "email", "hours"):
        writer.optional(record, name, row[name], *place)
    lines = None
    if row["address"] is not None:
        address = row["address"]
        town = f"{address['city']} {address['state']} {dashed_zip(address['zip'])}"
        lines = [line for line in (address["line1"], address["line2"], town) if line]
    return writer.optional(record, "address", lines, *place)


def recurring(writer, case, row):
    return {
        "recurringId": row["id"],
        "amount": writer.amount(row["amountCents"], case["caseNumber"], "recurring", row["id"]),
        "frequency": codes.FREQUENCIES[row["frequency"]], "nextDate": wire_date(row["nextDate"]),
        "state": row["status"].upper(),
    }
