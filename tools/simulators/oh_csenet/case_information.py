"""CSI P FSINF: everything the state tells of a case, in one line or several."""
from . import parties, receipts
from .codes import CASE_TYPES
from .layouts import CASE, INFORMATION
from .orders import orders

COLLECTIONS_IN_LINE_MAX = 9
REFERENCES_MAX = 4
KIND = ("CSI", "P", "FSINF")
# Where payments go: the state's payment unit.
_PAYMENT_UNIT = {
    "payment_line_1": "OHIO TEST PAYMENT CENTRAL", "payment_line_2": "PO BOX 000100",
    "payment_city": "COLUMBUS", "payment_state": "OH", "payment_zip": "43218",
    "payment_fips_state": "39", "payment_fips_county": "000", "payment_fips_sub": "00",
}


def _contact_values(view):
    contact = next((c for c in view.rows("contacts") if c["kind"] == "caseworker"), None)
    if contact is None or view.payments_only:
        return {}
    first, _, last = (contact["name"] or "").strip().rpartition(" ")
    return parties.address_values(contact["address"], "contact_") | {
        "contact_last": last, "contact_first": first.strip(),
        "contact_phone": parties.phone_digits(contact["phone"]), "contact_extension": contact["ext"],
        "internet_address": contact["email"],
    }


def _case(view, writer):
    first_order = next(iter(view.case["orders"]), None)
    return CASE, writer.block(
        CASE, type=CASE_TYPES[view.case["caseType"]], status=view.status,
        cej_state=first_order and first_order["issuingState"],
        nondisclosure="Y" if view.payments_only else "N", **_PAYMENT_UNIT, **_contact_values(view))


def _reference(reference):
    since = reference["since"].replace("-", "")
    role = "R" if reference["role"] == "responding" else "I"
    return f"IGREF {role} {reference['otherLocator']:7.7} {reference['otherCaseId']:15.15} {since}"


def information(view, writer, *lines, last=None):
    """An information block with up to five text lines; last: text of the fifth."""
    values = {f"line_{place}": text for place, text in enumerate(lines, 1)}
    return INFORMATION, writer.block(INFORMATION, status_change=view.status, **values, line_5=last)


def case_information(view, writer, send):
    """The lines; send(kind, blocks) makes one."""
    payments = receipts.shown(view)
    people = parties.participants(view, writer)
    pages = [
        payments[start:start + COLLECTIONS_IN_LINE_MAX]
        for start in range(0, len(payments), COLLECTIONS_IN_LINE_MAX)] or [[]]
    lines = []
    for number, page in enumerate(pages, 1):
        blocks = [_case(view, writer), *people[:1]]
        references = []
        if number == 1:
            blocks += [parties.ncp_id(view, writer), *people[1:]]
            blocks += orders(view, writer, receipts.last_payment(payments))
            if view.is_subject:
                blocks.append(parties.ncp_locate(view, writer))
            if not view.payments_only:
                references = [_reference(r) for r in view.case["intergov"][:REFERENCES_MAX]]
        blocks += [receipts.collection(payment, writer) for payment in page]
        part = f"CONT {number:02d}/{len(pages):02d} COLL {len(payments):06d}"
        blocks.append(information(view, writer, *references, last=part))
        lines.append(send(KIND, blocks))
    return lines
