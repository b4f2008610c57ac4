"""Credentials of which each makes a simulated state behave in one way: made into parts of a scenario file."""
import base64
import hashlib
import json
import pathlib

FILE = pathlib.Path(__file__).resolve().parents[2] / "config" / "sandbox" / "directives.json"
BORN = "1989-04-04"
PASSWORD, PIN_OF_SIX, PIN_OF_EIGHT = "Sandbox-Pass-1", "246802", "24680135"
STATE_OF = {"tx-icop": ("TX", "4820100"), "tx-smart": ("TX", "4820100"), "ca-connect": ("CA", "0606700"),
            "oh-csenet": ("OH", "3904900"), "ks-quick": ("KS", "2017700"), "ga-batch": ("GA", "1312100")}
# Where the numbers of the directives begin; the sample families have none above these.
FIRST_NUMBER = {"tx-icop": 90_000_001, "tx-smart": 91_000_001, "ca-connect": 2_900_000_000_001,
                "oh-csenet": 7_900_000_001, "ks-quick": 900_000_001, "ga-batch": 790_000_001}
FIRST_PARTICIPANT = 900_000_000_001
FIRST_PERSON = 9_000_001
PIN_SALT = b"sandbox-salt-001"
OTHER_PARENT, CHILD = "d-other-parent", "d-child"


def rows(file=FILE):
    """The table: what is typed where, what the state does then, and what the gateway makes of it."""
    return json.loads(file.read_text(encoding="utf-8"))


def numbered(table):
    """(number within its system from 0 on, row); a new row goes behind the others of its system."""
    seen = {}
    for row in table:
        number = seen.get(row["system"], 0)
        seen[row["system"]] = number + 1
        yield number, row


def name_of(row):
    return f"d-{row['system']}-{row['name']}"


def person(person_id, first, ssn, born):
    return {"id": person_id, "name": {"first": first, "middle": None, "last": "Sandbox", "suffix": None},
            "dob": born, "ssn": ssn, "gender": "X", "language": "en",
            "email": f"{person_id}@example.com", "phone": "+15125550199", "address": None, "employer": None}


def case_number(system, number):
    digits = {"ca-connect": 13, "ga-batch": 9}.get(system, 10)
    return f"{FIRST_NUMBER[system] + number:0{digits}}"


def ssn_of(number, row):
    """Never issued; the last four digits say which row of the system it is."""
    return f"9009{list(STATE_OF).index(row['system'])}{number + 1:04}"


def hash_of(pin):
    """As Georgia's list of PINs writes it; few rounds, because nothing real is behind it."""
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode("ascii"), PIN_SALT, 1000)
    salt, told = (base64.b64encode(one).decode() for one in (PIN_SALT, digest))
    return f"pbkdf2-sha256$1000${salt}${told}"


def credential(number, row):
    """With the members that the kind of the system needs; the row may change any of them."""
    made = {"id": name_of(row), "system": row["system"], "person": name_of(row), "state": "active"}
    if row.get("credential", {}).get("kind") == "not_enrolled":
        pass
    elif row["system"] in ("tx-icop", "tx-smart"):
        made |= {"kind": "username_password", "username": f"sandbox.{row['name']}", "password": PASSWORD,
                 "otp": "phone" if row["system"] == "tx-smart" else None, "securityQuestion": None}
    elif row["system"] == "ca-connect":
        made |= {"kind": "participant_pin", "participantId": f"{FIRST_PARTICIPANT + number:013}",
                 "pin": PIN_OF_SIX, "pinTemporary": False}
    elif row["system"] == "ks-quick":
        made |= {"kind": "assertion", "subject": f"gw-sub-sandbox-{number:04}",
                 "personNumber": f"{FIRST_PERSON + number:010}"}
    elif row["system"] == "ga-batch":
        made |= {"kind": "mailed_pin", "caseNumber": case_number(row["system"], number), "pin": PIN_OF_EIGHT,
                 "pinHash": hash_of(PIN_OF_EIGHT), "mailed": "2026-03-06", "expires": "2026-04-05"}
    else:
        made |= {"kind": "case_ssn4_pin", "caseNumber": case_number(row["system"], number),
                 "ssn4": ssn_of(number, row)[-4:], "pin": PIN_OF_EIGHT}
    return made | row.get("credential", {})


def participant(person_id, role, violence=None):
    child = role == "child"
    return {"person": person_id, "role": role, "relationToCp": "natural" if child else None,
            "paternity": "acknowledged" if child else None, "active": True, "memberId": None,
            "familyViolence": violence}


def balance(bucket, cents, aggregate=False):
    return {"bucket": bucket, "debtType": "child_support", "amountCents": cents, "assignee": "family",
            "periodFrom": None, "periodTo": None, "asOf": "2026-03-13", "aggregate": aggregate}


def order(number, row):
    state, locator = STATE_OF[row["system"]]
    docket = f"SBX-{row['system'][:2].upper()}-{number:04}"
    return {"orderId": docket, "docket": docket, "issuingState": state, "issuingLocator": locator,
            "tribunal": "SANDBOX TEST COURT", "type": "judicial", "filed": "2020-02-03",
            "effective": "2020-03-01", "ends": "2036-06-30", "cancelled": None, "controlling": "determined",
            "medicalOrdered": False, "obligations": [{
                "id": "O1", "debtType": "child_support", "amountCents": 40000, "frequency": "monthly",
                "arrearsAmountCents": 5000, "arrearsFrequency": "monthly", "start": "2020-03-01",
                "end": "2036-06-30", "concurrent": "none", "obligor": name_of(row)}]}


def payment(number, row):
    return {"id": f"SBX-{row['system']}-{number:04}", "amountCents": 45000, "collectionDate": "2026-03-02",
            "postedDate": "2026-03-04", "source": "income_withholding", "status": "applied",
            "allocations": [], "adjusts": None, "ref": None}


def case(number, row):
    """One open case, small and alike for all, which the row may change."""
    empty = ("disbursements", "enforcement", "events", "documents", "messages", "intergov", "recurring")
    made = {"id": name_of(row), "family": "sandbox", "systems": [row["system"]],
            "caseNumber": case_number(row["system"], number), "caseType": "never_assistance",
            "status": "open", "opened": "2020-01-15", "closed": None, "closureReason": None,
            "locator": STATE_OF[row["system"]][1], "processing": "collection",
            "participants": [participant(OTHER_PARENT, "custodial_party", row.get("at_risk")),
                             participant(name_of(row), "noncustodial_parent"), participant(CHILD, "child")],
            "orders": [order(number, row)],
            "balances": [balance("current_due", 40000), balance("arrears_family", 120000),
                         balance("total_arrears", 120000, True)],
            "payments": [payment(number, row)], "contacts": [], "paymentPlan": None, "views": {},
            **{name: [] for name in empty}}
    return made | row.get("case", {})


def reference(table, row):
    """What a case says of its other half: which system and directive, and the own part in it."""
    system, name, role = row["refers_to"]
    other = next(number for number, one in numbered(table)
                 if (one["system"], one["name"]) == (system, name))
    state, locator = STATE_OF[system]
    return {"otherState": state, "otherLocator": locator, "otherCaseId": case_number(system, other),
            "role": role, "since": "2021-06-01"}


def cases(table, number, row):
    first = case(number, row)
    if "refers_to" in row:
        first["intergov"] = [reference(table, row)]
    if not row.get("second_case"):
        return [first]
    second = case_number(row["system"], number + 500)
    return [first, {**first, "id": f"{first['id']}-2", "caseNumber": second}]


def faults(row, own):
    """Each hits this person alone; one of the second case hits that case alone."""
    for at, one in enumerate(row.get("faults", [])):
        match = {"person": name_of(row)}
        if one.get("of") == "second case":
            match["case"] = own[1]["caseNumber"]
        yield {"id": f"{name_of(row)}-{at}", "system": row["system"], "match": match,
               **{member: value for member, value in one.items() if member != "of"}}


def enrolment_fields(number, row):
    """What somebody without an account types into the system's form for it, in its order."""
    one = person(name_of(row), row["name"].title(), ssn_of(number, row), BORN)
    first, last, born = one["name"]["first"], one["name"]["last"], one["dob"]
    number = case_number(row["system"], number)
    if row["system"] == "tx-icop":
        return {"first_name": first, "last_name": last, "date_of_birth": born,
                "cin": row["credential"]["cin"], "case_number": number}
    return {"case_number": number, "last_name": last, "first_name": first, "date_of_birth": born,
            "ssn_last4": one["ssn"][-4:]}


def typed(number, row):
    """What a parent types into the form of the system, in its order."""
    if row.get("enrol"):
        return "for access: " + " / ".join(f"`{one}`" for one in enrolment_fields(number, row).values())
    made = credential(number, row)
    names = {"username_password": ("username", "password"), "participant_pin": ("participantId", "pin"),
             "case_ssn4_pin": ("caseNumber", "ssn4", "pin"), "assertion": ("personNumber",),
             "mailed_pin": ("caseNumber", "pin")}[made["kind"]]
    return " / ".join(f"`{made[name]}`" for name in names)


def as_table(table):
    """The table of README.md."""
    lines = ["| System, row | What is typed | What the state does | The sign-in | The reading |",
             "|---|---|---|---|---|"]
    for number, row in numbered(table):
        ends = f"{row['sign_in']} | {row.get('reading', '')}".rstrip()
        lines.append(f"| {row['system']} {row['name']} | {typed(number, row)} | {row['does']} |"
                     f" {ends} |")
    return "\n".join(lines) + "\n"


def added_to(scenario, table=None):
    """The scenario with the people, credentials, cases and faults of the table behind its own."""
    table = rows() if table is None else table
    made = {"people": [person(OTHER_PARENT, "Robin", "900999998", "1990-05-05"),
                       person(CHILD, "Kim", "900999999", "2018-08-08")],
            "credentials": [], "cases": [], "faults": []}
    for number, row in numbered(table):
        made["people"].append(person(name_of(row), row["name"].title(), ssn_of(number, row), BORN))
        made["credentials"].append(credential(number, row))
        own = cases(table, number, row)
        made["cases"] += own
        made["faults"] += faults(row, own)
    return scenario | {member: scenario[member] + added for member, added in made.items()}


if __name__ == "__main__":
    print(as_table(rows()), end="")
