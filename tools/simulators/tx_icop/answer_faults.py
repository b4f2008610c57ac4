"""Faults of tx-icop that change a finished answer, and which call each fault can change."""
import copy

from . import replies
from .paging import PAGED

_OPS = {
    "unknown_code": ("payments",),
    "pdf_truncated": ("document_content",),
    "pdf_is_html": ("document_content",),
    "request_reject": ("request", "request_status"),
    "password_expired": ("login",),
    "page_loop": PAGED,
    "duplicate_page": PAGED,
    "empty_page_with_token": PAGED,
    "page_token_expired": PAGED,
}


def can_act(desk, fault, call):
    if fault.kind in ("expire_session", "replace_session"):
        live = call.session is not None and call.session.problem(desk.now()) is None
        return live and call.route is not None and call.route.needs_session
    if fault.kind in _OPS and call.op not in _OPS[fault.kind]:
        return False
    if _OPS.get(fault.kind) is PAGED:
        return desk.paging.can_act(fault.kind, call.request.parameters().get("pageToken"))
    return True


def _renamed(value):
    """The value with every member amount called amt."""
    if isinstance(value, dict):
        return {("amt" if name == "amount" else name): _renamed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner) for inner in value]
    return value


def _with_error(answer, op):
    message = "Balance information is being updated. Try later." if op == "balances" else None
    problem = replies.error("ICOP-5001", message, outcome="fault")
    if answer.document is None or answer.document.get("status") != "OK":
        return problem if answer.status == 200 else answer
    document = answer.document | {"status": "ERROR", "error": problem.document["error"]}
    return replies.json_answer(200, document, answer.headers, "fault")


def _json_changed(answer, change):
    if answer.document is None:
        return answer
    document = change(copy.deepcopy(answer.document))
    return replies.json_answer(answer.status, document, answer.headers, answer.outcome)


def _unknown_type(document):
    if document.get("payments"):
        document["payments"][0]["type"] = "ZZZ"
    return document


def apply(call, answer):
    """The answer as the fault of the call wants it."""
    if call.fault is None:
        return answer
    kind = call.fault.kind
    if kind == "ok_with_error":
        return _with_error(answer, call.op)
    if kind == "drift":
        return _json_changed(answer, _renamed)
    if kind == "unknown_code":
        return _json_changed(answer, _unknown_type)
    if answer.content_type == "application/pdf" and kind == "pdf_truncated":
        answer.body = answer.body[:len(answer.body) // 2]
    if answer.content_type == "application/pdf" and kind == "pdf_is_html":
        answer.body = replies.html_page(200, "Document", "<p>Please try again later.</p>").body
    return answer
