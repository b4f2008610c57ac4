"""Answers of ca-connect: pages by their body id, and redirects."""
from ..http_messages import Answer
from ..instants import format_instant
from .routes import BASE
from .sessions import PAGE_VERSION

HTML_TYPE = "text/html; charset=utf-8"
_OUTCOMES = {
    "cc-expired": "session_expired", "cc-maint": "refused", "cc-locked": "locked", "cc-noacc": "refused",
    "cc-none": "not_found", "cc-csrf": "refused", "cc-err": "error",
}
_STATUSES = {"cc-csrf": 403, "cc-err": 500}


class Refusal(Exception):
    """Ends the handling of a call with this answer."""

    def __init__(self, answer):
        super().__init__(answer.status)
        self.answer = answer


def page(look, body_id, content, status=None, outcome=None):
    text = look.page(body_id, content)
    return Answer(
        status or _STATUSES.get(body_id, 200), text.encode("utf-8", "replace"), HTML_TYPE,
        outcome=outcome or _OUTCOMES.get(body_id, "ok"), document=text)


def redirect(path, outcome="ok"):
    """path: below the base, or a whole address."""
    location = path if "://" in path else BASE + path
    return Answer(302, headers=[("Location", location)], outcome=outcome)


def _said(look, body_id, key, status=None):
    return page(look, body_id, f"<p>{look.message(key)}</p>", status)


def _until(look, body_id, key, moment):
    time = f'<time datetime="{format_instant(moment)}">{look.time(moment)}</time>'
    return page(look, body_id, f"<p>{look.message(key)} {time}.</p>")


def expired(look):
    again = f'<a href="{BASE}/login">{look.message("sign_in_again")}</a>'
    return page(look, "cc-expired", f"<p>{look.message('ended')} {again}</p>")


def maintenance(look, end):
    return _until(look, "cc-maint", "closed_until", end)


def locked(look, end):
    return _until(look, "cc-locked", "locked_until", end)


def no_access(look):
    return _said(look, "cc-noacc", "no_access")


def pin_requested(look):
    return _said(look, "cc-preq", "pin_requested")


def nothing(look, status=None):
    return _said(look, "cc-none", "not_found", status)


def bad_token(look):
    return _said(look, "cc-csrf", "not_accepted")


def failed(look):
    return _said(look, "cc-err", "failed")


def _number(look, number):
    return f'{look.message("confirmation")}: <b data-confirm="{number}">{number}</b>'


def confirmed(look, number):
    return page(look, "cc-conf", f"<p>{_number(look, number)}</p>")


def sent_before(look, number):
    return page(look, "cc-dup", f"<p>{look.message('already_sent')} {_number(look, number)}</p>")


def login(look, token_of, error=""):
    """token_of(form): the token for a form of this page."""
    fields = (
        f'\n<label>{look.message("participant_id")} <input name="pid"></label>'
        f'<label>{look.message("pin")} <input name="pin" type="password"></label>'
        f'<input type="hidden" name="lang" value="{look.language}">')
    request = (
        f'\n<label>{look.message("participant_id")} <input name="pid"></label>'
        f'<label>{look.message("birth_date")} <input name="dob"></label>'
        '<select name="via"><option value="email">email</option><option value="mail">mail</option></select>')
    return page(look, "cc-login", error + "\n".join((
        "", look.form(f"{BASE}/login", token_of("login"), PAGE_VERSION, fields),
        look.form(f"{BASE}/pin/request", token_of("pin_request"), PAGE_VERSION, request))),
        outcome="wrong_credentials" if error else None)


def pin(look, token, error=""):
    fields = '\n<input name="newPin" type="password"><input name="newPin2" type="password">'
    form = look.form(f"{BASE}/pin/change", token, PAGE_VERSION, fields)
    return page(look, "cc-pin", f"{error}\n{form}", outcome="refused" if error else None)
