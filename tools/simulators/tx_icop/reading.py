"""The reads of tx-icop."""
import base64

from ..http_messages import Answer
from ..instants import parse_instant
from ..pdf import make_pdf
from . import codes, fields, records
from .replies import not_found, ok

RANGE_MONTHS = 24


def is_guarded(case, viewer):
    """Whether somebody else in the case is protected, so that places must not be shown."""
    return any(p["familyViolence"] and p["person"] != viewer["person"] for p in case["participants"])


def _newest_first(rows, member):
    return sorted(rows, key=lambda row: row[member], reverse=True)


def cases(desk, call):
    return ok(cases=[records.case_line(case, viewer) for case, viewer in desk.cases_of(call.person)])


def case(desk, call):
    writer = desk.writer(call)
    return ok(case=records.case_record(writer, call.case_record, call.viewer, desk.run.scenario.people))


def orders(desk, call):
    writer = desk.writer(call)
    return ok(orders=[records.order(writer, call.case_record, row) for row in call.case_record["orders"]])


def balances(desk, call):
    writer = desk.writer(call)
    rows = enumerate(desk.rows(call, "balances"))
    return ok(balances=[
        records.balance(writer, call.case_record, index, row) for index, row in rows
        if records.balance_is_shown(row)])


def _months_back(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month, day=last)
        except ValueError:
            continue
    raise ValueError("no such month")


def _next_token(writer, token, call):
    """The end of a list shows as null or as no member at all."""
    if token is not None:
        return {"nextPageToken": token}
    return writer.pick(({"nextPageToken": None}, {}), "last page", call.op, call.case)


def payments(desk, call):
    parameters = call.request.parameters()
    today = desk.today()
    first = fields.query_date(parameters, "from", _months_back(today, RANGE_MONTHS).isoformat())
    last = fields.query_date(parameters, "to", today.isoformat())
    listed = [*desk.rows(call, "payments"), *desk.submissions.paid_rows(call.case, desk.today())]
    reversed_ids = {row["adjusts"] for row in listed if row["amountCents"] < 0 and row["adjusts"]}
    chosen = _newest_first(
        [row for row in listed if first <= row["collectionDate"] <= last], "collectionDate")
    shown, token = desk.paging.page(call, chosen, ("payments", call.case, first, last), desk.now())
    writer = desk.writer(call)
    return ok(
        totalCount=len(chosen), **_next_token(writer, token, call),
        payments=[records.payment(writer, call.case_record, row, reversed_ids) for row in shown])


def disbursements(desk, call):
    chosen = _newest_first(desk.rows(call, "disbursements"), "date")
    shown, token = desk.paging.page(call, chosen, ("disbursements", call.case), desk.now())
    writer = desk.writer(call)
    people = desk.run.scenario.people
    return ok(**_next_token(writer, token, call), disbursements=[
        records.disbursement(writer, call.case_record, row, call.viewer, people) for row in shown])


def enforcement(desk, call):
    writer = desk.writer(call)
    return ok(enforcement=[
        records.enforcement(writer, call.case_record, row, call.viewer)
        for row in desk.rows(call, "enforcement")])


def events(desk, call):
    writer = desk.writer(call)
    with_place = not is_guarded(call.case_record, call.viewer)
    return ok(events=[
        records.event(writer, desk.zone, call.case_record, row, with_place)
        for row in desk.rows(call, "events") if records.event_is_for(row, call.viewer["role"])])


def _documents(desk, call):
    return [] if is_guarded(call.case_record, call.viewer) else desk.rows(call, "documents")


def _content(desk, row):
    if "contentBase64" in row:
        return base64.b64decode(row["contentBase64"])
    return make_pdf(desk.run.scenario.seed, row["id"], row["title"])


def documents(desk, call):
    rows = _newest_first(_documents(desk, call), "date")
    return ok(documents=[records.document(row, len(_content(desk, row))) for row in rows])


def document_content(desk, call):
    for row in _documents(desk, call):
        if row["id"] == call.fields["document"]:
            name = row["id"].replace('"', "").replace("\\", "")
            disposition = f'attachment; filename="{name}.pdf"'
            return Answer(
                200, _content(desk, row), "application/pdf", [("Content-Disposition", disposition)])
    raise not_found()


def messages(desk, call):
    rows = [*desk.rows(call, "messages"), *desk.submissions.messages_of(call.person, call.case)]
    rows.sort(key=lambda row: parse_instant(row["sentAt"]), reverse=True)
    return ok(messages=[records.message(row) for row in rows])


def contacts(desk, call):
    writer = desk.writer(call)
    guarded = is_guarded(call.case_record, call.viewer)
    return ok(contacts=[
        records.contact(writer, call.case_record, row) for row in desk.rows(call, "contacts")
        if not (guarded and row["kind"] == "caseworker")])


def profile(desk, call):
    return ok(profile=desk.submissions.profile_of(desk.person(call.person)))


def recurring_list(desk, call):
    writer = desk.writer(call)
    return ok(recurring=[
        records.recurring(writer, call.case_record, row)
        for row in desk.submissions.recurring_of(call.case_record) if row["frequency"] in codes.FREQUENCIES])


def pay_status(desk, call):
    payment = desk.submissions.payment_of(call.person, call.fields["payment"])
    if payment is None:
        raise not_found()
    return ok(**payment.description(desk, desk.now()))


def request_status(desk, call):
    request = desk.submissions.request_of(call.person, call.fields["request"])
    if request is None:
        raise not_found()
    if call.fault_is("request_reject"):
        request.is_rejected = True
    return ok(**request.status_at(desk.now()))


HANDLERS = {
    "cases": cases, "case": case, "orders": orders, "balances": balances, "payments": payments,
    "disbursements": disbursements, "enforcement": enforcement, "events": events,
    "documents": documents, "document_content": document_content, "messages": messages,
    "contacts": contacts, "profile": profile, "recurring_list": recurring_list,
    "pay_status": pay_status, "request_status": request_status,
}
