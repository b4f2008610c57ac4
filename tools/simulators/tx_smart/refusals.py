"""Answers of tx-smart: results, faults with a code, platform faults and pages for browsers."""
import html

from ..http_messages import Answer
from .soap_writer import Element, Fault, Style, write

XML_TYPE = "text/xml; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"

FAULTS = {
    "S-101": ("Client", "Sign-in failed."),
    "S-102": ("Client", "The account is locked."),
    "S-103": ("Client", "The code is not correct."),
    "S-104": ("Client", "This step has ended. Sign in again."),
    "S-105": ("Client", "A new code cannot be sent yet."),
    "S-106": ("Client", "The password must be changed at the site."),
    "S-107": ("Client", "This account is not available online."),
    "S-201": ("Client", "The session has ended."),
    "S-301": ("Client", "Not found."),
    "S-400": ("Client", "A field is not correct."),
    "S-401": ("Client", "This payment method cannot be used."),
    "S-402": ("Client", "The card was declined."),
    "S-403": ("Client", "Your role may not do this."),
    "S-404": ("Client", "The installment is below the smallest allowed."),
    "S-405": ("Client", "The fee was not accepted."),
    "S-409": ("Client", "This request id was used with other content."),
    "S-429": ("Server", "Too many calls."),
    "S-500": ("Server", "Internal error."),
    "S-503": ("Server", "The payment system is closed for posting."),
}
_OUTCOMES = {
    "S-101": "wrong_credentials", "S-102": "locked", "S-103": "wrong_code", "S-201": "session_expired",
    "S-301": "not_found", "S-500": "error",
}


class Refusal(Exception):
    """Ends the handling of a call with this answer."""

    def __init__(self, answer):
        super().__init__(answer.status)
        self.answer = answer


def soap_answer(document, outcome="ok", status=None):
    """A fault has HTTP 500 and a result 200, unless a status is given."""
    status = status or (500 if isinstance(document, Fault) else 200)
    return Answer(status, write(document, Style()), XML_TYPE, outcome=outcome, document=document)


def result(op, content=None, outcome="ok", **attributes):
    return soap_answer(Element(f"{op}Response", content, **attributes), outcome)


def fault(code, *details, outcome=None):
    faultcode, message = FAULTS[code]
    return soap_answer(Fault(faultcode, message, code, details), outcome or _OUTCOMES.get(code, "refused"))


def refuse(code, *details, outcome=None):
    return Refusal(fault(code, *details, outcome=outcome))


def wrong_field(name):
    return refuse("S-400", Element("Field", name))


def retry_after(code, seconds):
    return fault(code, Element("RetryAfterSeconds", str(seconds)))


def platform_fault(faultcode="Client", outcome="refused"):
    return soap_answer(Fault(faultcode, "The request could not be handled."), outcome)


def page(status, title, inner, outcome="ok"):
    """inner is markup; title is text."""
    name = html.escape(title)
    text = (f"<!DOCTYPE html><html><head><title>{name}</title></head>"
            f"<body><h1>{name}</h1>{inner}</body></html>")
    return Answer(status, text.encode("utf-8"), HTML_TYPE, outcome=outcome)
