"""The reads of tx-smart."""
import base64
import re

from ..pdf import make_pdf
from . import codes, fields
from .refusals import refuse, result, wrong_field
from .soap_writer import Element, amount, nothing

PAGE_SIZE = 10
_BLANK_KINDS = ("Interest", "Fee")
_ARREARS = ("arrears_family", "arrears_assigned")


def _text_elements(*pairs):
    """An element for each value that is there."""
    return [Element(name, value) for name, value in pairs if value is not None]


def get_cases(desk, call):
    return result("GetCases", [_case(desk, *pair) for pair in desk.cases_of(call.person)])


def _case(desk, case, viewer):
    orders = [order for order in case["orders"] if order["cancelled"] is None] or case["orders"]
    county = "" if desk.is_guarded(case, viewer["person"]) else case["locator"][:5]
    return Element("Case", [
        *_text_elements(("CauseNumber", orders[0]["docket"] if orders else None)),
        Element("County", county), Element("SourceSystem", desk.source_system),
    ], number=case["caseNumber"], status=codes.CASE_STATUSES[case["status"]],
        role=codes.ROLES[viewer["role"]])


def _shown_balances(desk, call):
    return [row for row in desk.rows(call, "balances")
            if row.get("concurrent") != "secondary" and row["bucket"] in codes.AMOUNT_KINDS]


def get_balance(desk, call):
    rows = _shown_balances(desk, call)
    amounts = []
    for bucket, kind in codes.AMOUNT_KINDS.items():
        lines = [row for row in rows if row["bucket"] == bucket]
        if lines:
            total = {"total": "true"} if any(row["aggregate"] for row in lines) else {}
            amounts.append(amount("Amount", sum(row["amountCents"] for row in lines), kind=kind, **total))
        elif kind in _BLANK_KINDS:
            form = desk.pick(("missing", "empty", "nil"), "blank", call.case, kind)
            if form != "missing":
                amounts.append(nothing("Amount", form == "nil", kind=kind))
    newest = max((row["asOf"] for row in rows), default=fields.NO_DATES[0])
    return result("GetBalance", amounts, case=call.case, asOf=newest)


def page_wish(body):
    """(first day, last day, page) of a GetPayments request."""
    first = fields.as_date(fields.attribute(body, "from"), "from")
    last = fields.as_date(fields.attribute(body, "to"), "to")
    number = fields.attribute(body, "page")
    if not re.fullmatch(r"[0-9]{1,6}", number) or int(number) == 0:
        raise wrong_field("page")
    return first.isoformat(), last.isoformat(), int(number)


def page_key(call, first, last):
    return call.session.token, call.case, first, last


def get_payments(desk, call):
    first, last, number = page_wish(call.message.body)
    rows = [*desk.rows(call, "payments"), *desk.wallet.posted_rows(call.case, desk.today())]
    rows = [row for row in rows if first <= row["collectionDate"] <= last]
    # one without a posted date is still on its way: newer than those of the same day that arrived
    rows.sort(key=lambda row: (row["collectionDate"], row["postedDate"] or "9999-12-31"), reverse=True)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    place, shown_pages = desk.paging.turn(
        page_key(call, first, last), number, pages, call.fault_is("duplicate_page"))
    shown = rows[(place - 1) * PAGE_SIZE:place * PAGE_SIZE] if place else []
    return result(
        "GetPayments", [_payment(desk, call, row) for row in shown], case=call.case, page=str(number),
        pages=str(shown_pages))


def _payment(desk, call, row):
    posted = row["postedDate"] or desk.pick((None, fields.NO_DATES[0]), "posted", call.case, row["id"])
    return Element("Payment", [
        *_text_elements(("Collected", row["collectionDate"]), ("Posted", posted)),
        amount("Amount", row["amountCents"]),
        *_text_elements(
            ("Type", codes.PAYMENT_TYPES[row["source"]]), ("Status", codes.PAYMENT_STATUSES[row["status"]]),
            ("Reference", row["ref"]), ("Adjusts", row["adjusts"])),
    ], id=row["id"])


def get_payment_methods(desk, call):
    today = desk.today()
    return result("GetPaymentMethods", [
        Element("Method", _text_elements(
            ("Label", method.label), ("Last4", method.last4), ("Expires", method.expires)),
            id=method.id, kind="Card" if method.is_card else "Bank", status=method.status(today))
        for method in desk.wallet.methods(call.user) if not method.removed])


def get_payment_status(desk, call):
    payment = desk.wallet.payment_of(call.user, fields.text(call.message.body, "PaymentId", 64))
    if payment is None:
        raise refuse("S-301")
    if call.fault_is("declined"):
        payment.decline(desk.today())
    return result("GetPaymentStatus", [Element("Status", payment.status(desk.today()))])


def get_recurring(desk, call):
    return result("GetRecurring", [
        Element("Recurring", [
            amount("Amount", row["amountCents"]), Element("MethodId", row["methodId"]),
            Element("Frequency", codes.FREQUENCIES[row["frequency"]]), Element("NextDate", row["nextDate"]),
        ], id=row["id"], case=case["caseNumber"], status=row["status"].capitalize())
        for case, _ in desk.cases_of(call.person) for row in desk.wallet.recurring_of(case["caseNumber"])
        if row["frequency"] in codes.FREQUENCIES])


def arrears_cents(desk, call):
    """The total the system shows, or else the sum of what it shows of arrears."""
    rows = _shown_balances(desk, call)
    totals = [row for row in rows if row["bucket"] == "total_arrears"]
    return sum(row["amountCents"] for row in totals or rows
               if totals or row["bucket"] in _ARREARS)


def get_payment_plan(desk, call):
    plan = call.case_record["paymentPlan"]
    if plan is None or plan["frequency"] not in codes.FREQUENCIES:
        plan = desk.wallet.requested_plan(call.case)
    if plan is None:
        return result("GetPaymentPlan")
    return result("GetPaymentPlan", [Element("Plan", [
        amount("ArrearsAtStart", plan["arrearsStartCents"]), amount("Installment", plan["installmentCents"]),
        Element("Frequency", codes.FREQUENCIES[plan["frequency"]]), Element("FirstDue", plan["firstDue"]),
        Element("LastDue", plan["lastDue"]), amount("Paid", plan["paidCents"]),
    ], id=plan["id"], status=plan["status"].capitalize())])


def get_enforcement(desk, call):
    is_payor = call.viewer["role"] == "noncustodial_parent"
    tells = is_payor and not desk.is_guarded(call.case_record, call.person)
    actions = []
    for row in desk.rows(call, "enforcement"):
        attributes = {
            "id": row["id"], "kind": codes.ACTION_KINDS.get(row["kind"], "Other"),
            "status": codes.ACTION_STATUSES[row["status"]], "date": row["date"],
        }
        if row["released"] is not None:
            attributes["released"] = row["released"]
        actions.append(Element(
            "Action", _text_elements(("Detail", row["detail"] if tells else None)), **attributes))
    return result("GetEnforcement", actions)


def _documents(desk, call):
    return [] if desk.is_guarded(call.case_record, call.person) else desk.rows(call, "documents")


def get_documents(desk, call):
    return result("GetDocuments", [
        Element("Document", **{name: row[name] for name in ("id", "title", "kind", "date", "mediaType")})
        for row in _documents(desk, call)])


def get_document(desk, call):
    wanted = fields.attribute(call.message.body, "id")
    for row in _documents(desk, call):
        if row["id"] == wanted:
            octets = (base64.b64decode(row["contentBase64"]) if "contentBase64" in row
                      else make_pdf(desk.run.scenario.seed, row["id"], row["title"]))
            content = Element("Content", base64.b64encode(octets).decode("ascii"))
            return result(
                "GetDocument", [content], id=row["id"], mediaType=row["mediaType"], length=str(len(octets)))
    raise refuse("S-301")


HANDLERS = {
    "GetCases": get_cases, "GetBalance": get_balance, "GetPayments": get_payments,
    "GetPaymentMethods": get_payment_methods, "GetPaymentStatus": get_payment_status,
    "GetRecurring": get_recurring, "GetPaymentPlan": get_payment_plan, "GetEnforcement": get_enforcement,
    "GetDocuments": get_documents, "GetDocument": get_document,
}
