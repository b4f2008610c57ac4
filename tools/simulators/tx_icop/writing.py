"""The writes of tx-icop."""
import hashlib

from ..business_days import add_business_days
from ..instants import format_instant
from ..multipart import parse_form_data
from . import fields
from .render import date_of
from .replies import not_found, ok, refuse, wrong_field
from .submissions import free_id

FILE_BYTES_MAX = 10 * 1024 * 1024
FILE_TYPES = ("application/pdf", "image/jpeg", "image/png")
FIRST_PAYMENT_BUSINESS_DAYS = 2
_RECURRING_FREQUENCIES = {"MO": "monthly", "BW": "biweekly", "WK": "weekly"}
_BANK_TOKEN = r"btk_[A-Za-z0-9]{16}"


def _mailing_address(body):
    value = body["mailingAddress"]
    if not isinstance(value, dict):
        raise wrong_field("mailingAddress")
    path = "mailingAddress."
    return {
        "line1": fields.text(value, "line1", 1, 35, path + "line1"),
        "line2": fields.optional_text(value, "line2", 0, 35, path + "line2"),
        "city": fields.text(value, "city", 1, 25, path + "city"),
        "state": fields.matching(value, "state", r"[A-Z]{2}", path + "state"),
        "zip": fields.matching(
            value, "zip", r"\d{5}(\d{4})?", path + "zip", "ZIP must have 5 or 9 digits."),
    }


def update_contact(desk, call):
    body = fields.read_object(call.request)
    changes = {}
    if "mailingAddress" in body:
        changes["mailingAddress"] = _mailing_address(body)
    if "phone" in body:
        changes["phone"] = fields.matching(body, "phone", r"\d{10}")
    if "email" in body:
        changes["email"] = fields.email(body)
    if not changes:
        raise wrong_field("body", "Nothing to change was given.")
    desk.submissions.change_contact(call.person, changes)
    call.effect = True
    number, today = desk.submissions.next_number("contact"), desk.today()
    return ok(
        confirmationNumber=f"TXU-{today:%Y%m%d}-{number:06d}", effective=date_of(today),
        pendingReview=True)


def _require_payer(desk, call):
    if not desk.options.get("payments", True) or call.viewer["role"] != "noncustodial_parent":
        raise refuse("ICOP-2003")


def _known_bank_token(token):
    if token.endswith("0"):
        raise refuse("ICOP-2101", field="bankToken")


def pay(desk, call):
    body = fields.read_object(call.request)
    _require_payer(desk, call)
    cents = fields.payment_amount(body)
    hosted = fields.choice(body, "method", ("HOSTED", "BANK_TOKEN")) == "HOSTED"
    if hosted:
        return_url = fields.text(body, "returnUrl", 9, 512)
        fields.matching(body, "returnUrl", r"https://[!-~]+")
    else:
        _known_bank_token(fields.matching(body, "bankToken", _BANK_TOKEN))
    payment = desk.submissions.add_payment(call.person, call.case, cents)
    if hosted:
        payment.host(desk.base_url(call.request), return_url, desk.now())
    else:
        payment.pay(desk.today())
    call.effect = True
    return ok(201, **payment.description(desk, desk.now()))


def recurring_create(desk, call):
    body = fields.read_object(call.request)
    _require_payer(desk, call)
    cents = fields.payment_amount(body)
    token = fields.matching(body, "bankToken", _BANK_TOKEN)
    frequency = fields.choice(body, "frequency", _RECURRING_FREQUENCIES)
    first = fields.wire_date(body, "firstDate")
    if first < add_business_days(desk.today(), FIRST_PAYMENT_BUSINESS_DAYS):
        raise wrong_field("firstDate")
    if body.get("endDate") is not None and fields.wire_date(body, "endDate") < first:
        raise wrong_field("endDate")
    _known_bank_token(token)
    rows = desk.submissions.recurring_of(call.case_record)
    row = {
        "id": free_id("RP-", {entry["id"] for entry in rows}), "amountCents": cents,
        "frequency": _RECURRING_FREQUENCIES[frequency], "nextDate": first.isoformat(), "status": "active",
    }
    rows.append(row)
    call.effect = True
    return ok(201, recurringId=row["id"], state="ACTIVE", nextDate=date_of(first))


def recurring_cancel(desk, call):
    _require_payer(desk, call)
    for row in desk.submissions.recurring_of(call.case_record):
        if row["id"] == call.fields["recurring"]:
            call.effect = row["status"] == "active"
            row["status"] = "cancelled"
            return ok(recurringId=row["id"], state="CANCELLED")
    raise not_found()


def message_send(desk, call):
    body = fields.read_object(call.request)
    subject = fields.text(body, "subject", 1, 80)
    content = fields.text(body, "body", 1, 2000)
    thread = fields.optional_text(body, "threadId", 1, 64)
    known = [*desk.rows(call, "messages"), *desk.submissions.all_messages(call.case)]
    thread = thread or free_id("T", {row["thread"] for row in known})
    message_id = free_id("MSG-", {row["id"] for row in known})
    desk.submissions.add_message(call.person, call.case, {
        "id": message_id, "thread": thread, "direction": "to_state", "sentAt": format_instant(desk.now()),
        "subject": subject, "body": content, "status": "read"})
    call.effect = True
    return ok(201, messageId=message_id, threadId=thread, expectedReplyBusinessDays=3)


def upload(desk, call):
    parts = parse_form_data(call.request.header("content-type"), call.request.body)
    if call.request.body_bytes > FILE_BYTES_MAX + fields.BODY_BYTES_MAX:
        raise refuse("ICOP-2005")
    if parts is None:
        raise wrong_field("body", "The body is not a multipart form.")
    meta = fields.parse_object(parts["meta"].content) if "meta" in parts else None
    if meta is None:
        raise wrong_field("meta")
    fields.choice(meta, "kind", ("INCOME", "ID", "COURT", "OTHER"))
    fields.text(meta, "title", 1, 80)
    file = parts.get("file")
    if file is not None and len(file.content) > FILE_BYTES_MAX:
        raise refuse("ICOP-2005")
    kind = file.content_type.partition(";")[0].strip().lower() if file else None
    if kind not in FILE_TYPES or not file.content:
        raise wrong_field("file")
    call.effect = True
    return ok(
        201, docId=desk.submissions.add_upload(call.person, call.case),
        sha256=hashlib.sha256(file.content).hexdigest())


def request(desk, call):
    body = fields.read_object(call.request)
    kind = fields.choice(body, "kind", ("REVIEW", "MODIFICATION"))
    fields.choice(
        body, "reasonCode", ("INCOME", "CUSTODY", "MEDICAL", "INCARCERATION", "THREE_YEAR", "OTHER"))
    fields.text(body, "text", 0, 1000)
    documents = body.get("documentIds")
    known = isinstance(documents, list) and all(
        isinstance(d, str) and desk.submissions.has_upload(call.person, call.case, d) for d in documents)
    if not known:
        raise wrong_field("documentIds")
    made = desk.submissions.add_request(call.person, call.case, kind, desk.now())
    made.is_rejected = call.fault_is("request_reject")
    call.effect = True
    return ok(
        201, requestId=made.id, state="ACKNOWLEDGED",
        confirmationNumber=f"TXR-{desk.today():%Y%m%d}-{made.number:06d}")


HANDLERS = {
    "update_contact": update_contact, "pay": pay, "recurring_create": recurring_create,
    "recurring_cancel": recurring_cancel, "message_send": message_send, "upload": upload,
    "request": request,
}
