"""Faults of tx-smart that change a finished answer, and which call each fault can change."""
import copy
import datetime

from ..faults import NO_PARAMETERS, WHOLE, parameters
from . import sign_in
from .operations import OPERATIONS
from .reading import page_key, page_wish
from .refusals import Refusal, fault, platform_fault
from .soap_writer import Element, Fault, Style, write

DEEP_LEVELS = 200
_DOCTYPE = ('<!DOCTYPE Envelope [<!ENTITY state "TX"><!ENTITY states "&state;&state;&state;">'
            '<!ENTITY far SYSTEM "file:///etc/hostname">]>\n')
_WITH_AMOUNTS = ("GetBalance", "GetPayments", "SubmitPayment", "GetRecurring", "GetPaymentPlan")
_OPS = {
    "nil_amounts": _WITH_AMOUNTS, "empty_amounts": _WITH_AMOUNTS, "comma_amounts": _WITH_AMOUNTS,
    "repeat_element": ("GetPayments",), "duplicate_page": ("GetPayments",), "drift": ("GetPayments",),
    "lock_seconds": ("Login",), "otp_delay": ("Login", "ResendCode"),
    "declined": ("SubmitPayment", "GetPaymentStatus"), "fee_changed": ("SubmitPayment",),
    "base64_broken": ("GetDocument",),
}
KINDS = dict.fromkeys((
    "fault_200", "no_detail", "other_prefix", "other_namespace", "dtd", "deep_xml", "bom",
    "latin1_declared", "nil_amounts", "empty_amounts", "comma_amounts", "repeat_element", "declined",
    "html_502", "base64_broken"), NO_PARAMETERS) | {
        "otp_delay": parameters(seconds=WHOLE), "fee_changed": parameters(cents=WHOLE),
        "posting_window": parameters(untilSeconds=WHOLE)}
_OF_SOAP_ONLY = {*KINDS, *_OPS, "lock_seconds", "expire_session", "maintenance", "rate_limit"}


def can_act(desk, fault, call):
    if fault.kind in _OF_SOAP_ONLY and (call.is_page or not call.is_post):
        return False
    if fault.kind in _OPS and call.op not in _OPS[fault.kind]:
        return False
    if fault.kind == "expire_session":
        needs = call.op in OPERATIONS and OPERATIONS[call.op].needs_session
        return needs and call.session is not None and call.session.is_live(desk.now())
    if fault.kind == "lock_seconds":
        return call.message is not None and sign_in.would_lock(desk, call.message.body)
    if fault.kind == "duplicate_page":
        return _can_repeat_page(desk, call)
    return True


def _can_repeat_page(desk, call):
    if call.message is None or call.session is None:
        return False
    try:
        first, last, number = page_wish(call.message.body)
    except Refusal:
        return False
    return desk.paging.can_repeat(page_key(call, first, last), number)


def _with_comma(text):
    digits, _, decimals = text.partition(".")
    with_groups = f"{int(digits):,}.{decimals}"
    return with_groups if "," in with_groups else text.replace(".", ",")


def _change_amounts(content, kind):
    for element in content.each():
        if element.amount is None:
            continue
        if kind == "comma_amounts":
            element.content = _with_comma(element.content)
        else:
            element.content, element.nil = None, kind == "nil_amounts"


def _repeat_posted(content):
    for element in content.each():
        if element.name == "Payment":
            for place, part in enumerate(element.content):
                if part.name == "Posted":
                    next_day = datetime.date.fromisoformat(part.content) + datetime.timedelta(days=1)
                    element.content.insert(place + 1, Element("Posted", next_day.isoformat()))
                    return


def _rename_collected(content):
    for element in content.each():
        if element.name == "Collected":
            element.name = "CollectedOn"


def _break_base64(content):
    for element in content.each():
        if element.name == "Content" and element.content:
            middle = len(element.content) // 2
            element.content = element.content[:middle] + "*" + element.content[middle + 1:]


def _deepen(content):
    inner = Element("Level")
    for _ in range(DEEP_LEVELS - 1):
        inner = Element("Level", [inner])
    _append(content, inner)


def _append(content, element):
    if isinstance(content.content, list):
        content.content.append(element)
    else:
        content.content = [element]


def _change_content(kind, content):
    if kind in ("nil_amounts", "empty_amounts", "comma_amounts"):
        _change_amounts(content, kind)
    elif kind == "repeat_element":
        _repeat_posted(content)
    elif kind == "drift":
        _rename_collected(content)
    elif kind == "base64_broken":
        _break_base64(content)
    elif kind == "deep_xml":
        _deepen(content)


def _style_of(kind):
    style = Style()
    if kind == "other_prefix":
        style.soap_prefix, style.prefix = "E", ""
    elif kind == "other_namespace":
        style.namespace = "urn:itexas:smart:2"
    elif kind == "dtd":
        style.doctype = _DOCTYPE
    elif kind == "bom":
        style.byte_order_mark = True
    elif kind == "latin1_declared":
        style.encoding = "ISO-8859-1"
    return style


def _as_fault(kind, answer):
    """The fault this answer is, or becomes, without its detail or with HTTP 200."""
    is_fault = isinstance(answer.document, Fault)
    if kind == "fault_200":
        changed = answer if is_fault else fault("S-500", outcome="fault")
        changed.status = 200
        return changed
    changed = platform_fault("Server", "fault")
    if is_fault:
        changed.document = Fault(answer.document.faultcode, answer.document.message)
        changed.body = write(changed.document, Style())
        changed.outcome = answer.outcome
    return changed


def apply(call, answer):
    """The answer as the fault of the call wants it."""
    if call.fault is None or answer.document is None:
        return answer
    kind = call.fault.kind
    if kind in ("fault_200", "no_detail"):
        return _as_fault(kind, answer)
    document, style = answer.document, _style_of(kind)
    if isinstance(document, Fault):
        document = document.element(style)
    document = copy.deepcopy(document)
    _change_content(kind, document)
    answer.body = write(document, style)
    if kind == "dtd":
        answer.body = answer.body.replace(b">TXCSES<", b">&state;CSES<")
    return answer
