"""Faults of ca-connect: which calls each can change, and what it does to a finished page."""
import re

from ..checks import one_of
from ..faults import NO_PARAMETERS, WHOLE, parameters
from . import case_pages
from .routes import OPERATIONS
from .sessions import FORM

HUGE_BYTES = 2 * 1024 * 1024
_LISTS = ("home", "summary", "payments", "documents", "appointments", "contacts")
_POSTS = ("login", "pin_change", "pin_request", "contact_update", "message_send")
_PAGES = tuple(op for op in OPERATIONS if op not in ("document_content", "lang", "logout"))
_OPS = {
    "markup_c": ("summary",), "comment_dup": ("summary",), "dup_label": ("summary",),
    "script_inject": ("summary",), "truncated_html": ("summary",), "entity_amount": ("summary", "payments"),
    "next_loop": ("payments",), "duplicate_page": ("payments",), "pdf_is_html": ("document_content",),
    "drift": _LISTS, "unclosed": _LISTS, "csrf_lost": _POSTS,
} | dict.fromkeys(("lang_flip", "nbsp_all", "latin1", "huge_page"), _PAGES)
KINDS = dict.fromkeys((
    "markup_c", "expired_page", "login_page_instead", "csrf_lost", "lang_flip", "nbsp_all", "comment_dup",
    "dup_label", "entity_amount", "script_inject", "next_loop", "redirect_loop", "redirect_offsite",
    "pdf_is_html", "truncated_html", "latin1", "unclosed"), NO_PARAMETERS) | {
        "maint_page": parameters(untilSeconds=WHOLE), "huge_page": parameters(bytes=WHOLE),
        "drift": parameters(variant=one_of("A", "B", "C"))}
_END_TAGS = re.compile("</(td|th|tr|li)>")


def can_act(desk, fault, call):
    signed_in = call.route is not None and _has_session(desk, call)
    if fault.kind == "expire_session":
        return signed_in and call.op != "logout"
    if fault.kind in _OPS:
        if call.op not in _OPS[fault.kind] or not (call.route.is_open or signed_in):
            return False
    if fault.kind == "duplicate_page":
        number = case_pages.page_wish(call)
        return number is not None and desk.paging.can_repeat(case_pages.page_key(call), number)
    return True


def _has_session(desk, call):
    return call.session is not None and call.session.is_live(desk.now()) and call.session.state != FORM


def _changed(kind, text):
    if kind == "script_inject":
        return text.replace("</body>", "<script>document.title = 1</script></body>")
    if kind == "unclosed":
        return _END_TAGS.sub("", text)
    if kind == "truncated_html":
        return text[:(text.rfind("<table") + text.rfind("</table>")) // 2]
    return text


def apply(call, answer):
    """The answer as the fault of the call wants it."""
    if call.fault is None:
        return answer
    kind = call.fault.kind
    if kind == "pdf_is_html" and answer.content_type == "application/pdf":
        answer.body = b"<!DOCTYPE html><html><body><p>Please try again later.</p></body></html>"
    if answer.document is None:
        return answer
    text = _changed(kind, answer.document)
    if kind == "latin1":
        answer.body = text.replace("&nbsp;", "\xa0").encode("latin-1", "replace")
        return answer
    answer.body = text.encode("utf-8", "replace")
    if kind == "huge_page":
        comment = b"<!--" + b"x" * max(0, call.fault_param("bytes", HUGE_BYTES) - 7) + b"-->"
        answer.body = answer.body.replace(b"</body>", comment + b"</body>")
    return answer
