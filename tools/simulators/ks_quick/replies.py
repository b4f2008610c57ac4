"""Answers of ks-quick: SOAP envelopes with data, with a response code alone, or with a fault."""
from ..http_messages import Answer
from .codes import RESPONSES
from .markup import element, envelope, write

CONTENT_TYPE = "text/xml; charset=utf-8"
_FAULTS = {
    "A01": "Assertion not trusted",
    "A02": "Assertion expired",
    "A03": "Assertion used before",
    "A04": "Subject not bound",
    "A05": "Assurance too low or too old",
    "A06": "Certificate binding wrong",
    "A09": "Too many bad assertions",
    "R01": "Request context missing or wrong",
    "S90": "Provider system not available",
    "S91": "Maintenance",
}
_OUTCOMES = {"000": "ok", "406": "not_found", "407": "refused", "410": "refused"}


class Refusal(Exception):
    """Ends a call with a fault of the table above."""

    def __init__(self, code, retry_after=None):
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class Envelope(Answer):
    """An answer that still knows the elements its body was made from."""

    def __init__(self, status, content, outcome):
        self.root = envelope(content)
        super().__init__(status, write(self.root), CONTENT_TYPE, outcome=outcome)


def _soap_fault(side, text, details):
    content = element(
        "soap:Fault", element("faultcode", f"soap:{side}"), element("faultstring", text), *details)
    return Envelope(500, content, "refused")


def unreadable():
    return _soap_fault("Client", "Request cannot be read", [])


def fault(code, retry_after=None):
    facts = [element("q:Code", code)]
    if retry_after is not None:
        facts.append(element("q:RetryAfterSeconds", str(retry_after)))
    side = "Server" if code.startswith("S") else "Client"
    return _soap_fault(side, _FAULTS[code], [element("detail", element("q:QuickFault", *facts))])


def answer(op, code, content=()):
    status = element(
        "q:ResponseStatus", element("q:SystemResponseCode", "000"), element("q:DataResponseCode", code),
        element("q:Message", RESPONSES[code]))
    return Envelope(200, element(f"q:{op}Response", status, *content), _OUTCOMES[code])


def nothing(status, outcome="refused", headers=()):
    return Answer(status, headers=headers, outcome=outcome)
