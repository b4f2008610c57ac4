"""Faults of ks-quick: which operations each can change, and what it does to an answer."""
import datetime
import itertools

from ..faults import NO_PARAMETERS, WHOLE, parameters
from . import codes, markup
from .receipts import Receipt
from .values import NEVER, OPEN_END, amount

DEEP_LEVELS = 200
SKEW_SECONDS = 120
UNKNOWN_SOURCE = "X" * 3
_OTHER_PREFIXES = {"soap": "env", "q": "ns1", "nc": "ns2", "hs": "ns3"}
_WRONG_NAMESPACES = markup.NAMESPACES | {"hs": markup.HUMAN_SERVICES.replace("/6.0/", "/5.0/")}
_DOCTYPE = '<!DOCTYPE soap:Envelope [<!ENTITY agency "Kansas">]>\n'
_FIGURES = frozenset((
    "q:MonthlySupportAmount", "hs:ChildSupportArrearsPaymentAmount", "q:OtherMonthlyAmount",
    "q:TotalMonthlyAmount", "q:LastPaymentAmount", "hs:ChildSupportTotalArrearsAmount", "q:TotalInterestOwed",
    "hs:ChildSupportFeesAmount", "q:TotalJudgmentAmount", "hs:ChildSupportAssignedArrearsAmount",
    "q:TotalOwedAmount",
))


def _named(root, name):
    return [part for part in root.walk() if part.name == name]


def _has_data(root):
    return any(part.children == ["000"] for part in _named(root, "q:DataResponseCode"))


def _partial(code):
    def change(root):
        if _has_data(root):
            for part in _named(root, "q:SystemResponseCode"):
                part.children = [code]
    return change


def _mix_sentinels(root):
    by_turns = itertools.cycle(("00000000", ""))
    for part in root.walk():
        if part.attributes.get("date") in (NEVER, OPEN_END):
            part.attributes["date"] = next(by_turns)
        if part.children in ([NEVER], [OPEN_END]):
            part.children = [next(by_turns)]


def _empty_amounts(root):
    obligations = [part for row in _named(root, "q:Obligation") for part in row.walk()]
    for part in root.walk():
        if part.name in _FIGURES:
            part.children = None
    for part in obligations:
        if part.name in ("q:Amount", "q:ArrearsAmount"):
            part.children = None


def _wrong_sum(root):
    for part in _named(root, "q:TotalMonthlyAmount"):
        cents = int(part.children[0].replace(".", ""))
        part.children = [amount(cents + 100)]


def _spelling(root):
    for part in _named(root, "hs:ChildSupportAssistanceStatusIndicatorCode"):
        if part.children == [codes.ASSISTANCE["former_assistance"]]:
            part.children = [codes.ASSISTANCE_SPELT_RIGHT]


def _deeper(root):
    body = _named(root, "soap:Body")[0]
    inner = markup.empty("q:Level")
    for _ in range(DEEP_LEVELS - 1):
        inner = markup.element("q:Level", inner)
    content = next(child for child in body.children if isinstance(child, markup.Element))
    content.children.append(inner)


def _renamed_status(root):
    for part in _named(root, "q:ResponseStatus"):
        part.name = "q:Status"


_CHANGES = {
    "status_901": _partial("901"), "status_902": _partial("902"), "sentinel_mix": _mix_sentinels,
    "empty_amounts": _empty_amounts, "sum_mismatch": _wrong_sum, "correct_spelling": _spelling,
    "deep_xml": _deeper, "drift": _renamed_status,
}
_WRITINGS = {
    "niem5": {"namespaces": _WRONG_NAMESPACES}, "dtd": {"prologue": _DOCTYPE},
    "other_prefix": {"prefixes": _OTHER_PREFIXES},
}
_IN_FINANCIAL = (
    "empty_amounts", "sum_mismatch", "ninety", "ninety_one", "old_payments", "correct_spelling",
    "unknown_source")
_OPERATIONS_CHANGED = dict.fromkeys(_IN_FINANCIAL, ("GetFinancial",)) | {
    "sentinel_mix": ("GetFinancial", "GetCaseActivities", "GetCaseParticipants"),
    "fvi_late": ("GetFinancial", "GetCaseActivities", "GetCaseParticipants", "GetContactInformation"),
}
CONNECTION_KINDS = ("tls_no_client_cert", "tls_wrong_ca")
KINDS = dict.fromkeys((
    "status_901", "status_902", "fvi_late", "sentinel_mix", *_IN_FINANCIAL, *_WRITINGS, "deep_xml",
    "jwks_rotated", "provider_down", *CONNECTION_KINDS), NO_PARAMETERS) | {
        "clock_skew": parameters(seconds=WHOLE)}


def can_act(fault, op):
    if fault.kind in _OPERATIONS_CHANGED:
        return op in _OPERATIONS_CHANGED[fault.kind]
    return fault.kind not in KINDS or op != "unknown"


def receipts_changer(kind):
    """What a fault makes of (receipts, more, range) of GetFinancial."""
    def unchanged(rows, more, _dates):
        return rows, more

    def fill(total, always_more):
        def change(rows, more, dates):
            day, filled = (rows[-1].date if rows else dates.end), list(rows)
            while len(filled) < total:
                day -= datetime.timedelta(days=1)
                filled.append(Receipt(day, 100, "NIW"))
            return filled, always_more or more
        return change

    def old(rows, more, dates):
        return [*rows, Receipt(dates.start - datetime.timedelta(days=1), 100, "NIW")], more

    def unknown(rows, more, _dates):
        first = [Receipt(row.date, row.cents, UNKNOWN_SOURCE) for row in rows[:1]]
        return [*first, *rows[1:]], more

    changers = {
        "ninety": fill(90, True), "ninety_one": fill(91, False), "old_payments": old,
        "unknown_source": unknown}
    return changers.get(kind, unchanged)


def apply(call, answer):
    """The answer as the fault of the call wants it; what is no envelope stays as it is."""
    root = getattr(answer, "root", None)
    if call.fault is None or root is None:
        return answer
    if call.fault.kind in _CHANGES:
        _CHANGES[call.fault.kind](root)
        answer.body = markup.write(root)
    elif call.fault.kind in _WRITINGS:
        answer.body = markup.write(root, **_WRITINGS[call.fault.kind])
    return answer
