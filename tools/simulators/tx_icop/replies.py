"""Answers of tx-icop: envelope, error codes and pages."""
import html
import json

from ..http_messages import Answer

JSON_TYPE = "application/json; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"

ERRORS = {
    "ICOP-1001": (401, "User name or password is not correct."),
    "ICOP-1003": (403, "Your account is locked. Try again in 15 minutes."),
    "ICOP-1004": (403, "Your password has expired. Change it on the state's page."),
    "ICOP-1005": (403, "This account is not available online."),
    "ICOP-1101": (401, "The code is not correct."),
    "ICOP-1102": (401, "This step has ended. Sign in again."),
    "ICOP-1103": (429, "A new code cannot be sent yet."),
    "ICOP-1201": (401, "Your session has ended. Sign in again."),
    "ICOP-1202": (401, "You have signed in somewhere else."),
    "ICOP-1301": (422, "The information does not match our records."),
    "ICOP-1302": (409, "This user name is taken."),
    "ICOP-1303": (403, "Too many tries. Try again later."),
    "ICOP-1900": (403, "This client is not accepted."),
    "ICOP-2001": (400, "A field is not correct."),
    "ICOP-2002": (400, "The page token is not valid any more."),
    "ICOP-2003": (403, "Your role does not allow this."),
    "ICOP-2004": (404, "Not found."),
    "ICOP-2005": (413, "The content is too large."),
    "ICOP-2101": (422, "The bank token is not known."),
    "ICOP-3001": (400, "The request id is missing or has a wrong form."),
    "ICOP-3002": (409, "This request id was used with different content."),
    "ICOP-3003": (409, "The first request is still running."),
    "ICOP-4290": (429, "Too many requests."),
    "ICOP-5000": (500, "Something went wrong."),
    "ICOP-5001": (200, "This information is being updated. Try later."),
}
_OUTCOMES = {
    "ICOP-1001": "wrong_credentials", "ICOP-1003": "locked", "ICOP-1101": "wrong_code",
    "ICOP-1201": "session_expired", "ICOP-1202": "session_expired", "ICOP-1303": "locked",
    "ICOP-2004": "not_found", "ICOP-5000": "error",
}


class Refusal(Exception):
    """Ends the handling of a call with this answer."""

    def __init__(self, answer):
        super().__init__(answer.status)
        self.answer = answer


def json_answer(status, document, headers=(), outcome="ok"):
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return Answer(status, body, JSON_TYPE, headers, outcome, document)


def ok(status=200, outcome="ok", **members):
    return json_answer(status, {"status": "OK", **members}, outcome=outcome)


def error(code, message=None, headers=(), outcome=None, **members):
    status, usual = ERRORS[code]
    headers = list(headers)
    if code in ("ICOP-1201", "ICOP-1202"):
        headers.append(("WWW-Authenticate", "Bearer"))
    if "retryAfterSeconds" in members:
        headers.append(("Retry-After", str(members["retryAfterSeconds"])))
    document = {"status": "ERROR", "error": {"code": code, "message": message or usual, **members}}
    return json_answer(status, document, headers, outcome or _OUTCOMES.get(code, "refused"))


def refuse(code, message=None, **members):
    return Refusal(error(code, message, **members))


def wrong_field(field, message=None):
    return refuse("ICOP-2001", message, field=field)


def not_found():
    return refuse("ICOP-2004")


def html_page(status, title, inner, outcome="ok"):
    """inner is markup; title is text."""
    name = html.escape(title)
    page = (
        f"<!DOCTYPE html><html><head><title>{name}</title></head>"
        f"<body><h1>{name}</h1>{inner}</body></html>")
    return Answer(status, page.encode("utf-8"), HTML_TYPE, outcome=outcome)


def maintenance(seconds):
    page = (
        "<!DOCTYPE html><html><head><title>System maintenance</title></head>"
        "<body><h1>We will be back soon</h1></body></html>")
    return Answer(
        503, page.encode("utf-8"), HTML_TYPE, [("Retry-After", str(seconds))], outcome="refused")
