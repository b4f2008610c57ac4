"""Login, PINs, language and logout of ca-connect."""
import re

from ..form_fields import read_form
from ..instants import seconds_after
from . import pages
from .accounts import UNAVAILABLE_STATES
from .pages import Refusal
from .routes import BASE
from .sessions import FORM, IN, MUST_CHANGE, PAGE_VERSION
from .texts import LANGUAGES

MAIL_SECONDS = {"email": 20 * 60, "mail": 7 * 24 * 3600}
_TOO_EASY = ("123456", "654321")
_BACK = re.compile(r"(/[A-Za-z0-9][A-Za-z0-9_.-]*)+(\?[A-Za-z0-9=&_-]*)?")


def take_form(desk, call, form):
    """The fields of a post whose token is good; the token is used up. Raises Refusal."""
    posted = read_form(call.request) if _is_form(call.request) else {}
    token = call.session and call.session.find_token(posted.get("__cct", ""), form)
    if not token or posted.get("__v") != PAGE_VERSION:
        raise Refusal(pages.bad_token(desk.look(call)))
    if token.used:
        raise Refusal(token.repeat(call) if token.repeat else pages.bad_token(desk.look(call)))
    token.used = True
    call.form_token = token
    return posted


def _is_form(request):
    media_type = (request.header("content-type") or "").partition(";")[0].strip().lower()
    return media_type == "application/x-www-form-urlencoded"


def _login_form(desk, call, error=""):
    return pages.login(desk.look(call), call.session.new_token, error)


def login_page(desk, call):
    wanted = call.request.parameters().get("lang")
    if wanted in LANGUAGES:
        desk.set_language(call, wanted)
    if call.session is None or call.session.state != FORM:
        desk.start_session(call, FORM, None)
    return _login_form(desk, call)


def login(desk, call):
    posted = take_form(desk, call, "login")
    wanted = posted.get("lang")
    if wanted in LANGUAGES and wanted != call.language:
        desk.set_language(call, wanted)
    name, pin = posted.get("pid", ""), posted.get("pin", "")
    if not name or not pin:
        answer = _login_form(desk, call, desk.look(call).error("E-LOGIN", "wrong_login"))
        answer.outcome = "refused"
        return answer
    call.session.typed = name
    guard, now = desk.accounts.guard, desk.now()
    if guard.locked_until(name, now) is not None:
        return pages.redirect("/locked", "locked")
    account = desk.accounts.by_participant(name)
    if account is None or not account.accepts(pin, now):
        call.counted = True
        if guard.count_failure(name, now) == 0:
            return pages.redirect("/locked", "locked")
        return _login_form(desk, call, desk.look(call).error("E-LOGIN", "wrong_login"))
    if desk.accounts.present_state(account, now) in UNAVAILABLE_STATES:
        return pages.redirect("/noacc", "refused")
    guard.clear(name)
    desk.sessions.forget(call.session)
    is_temporary = account.temporary_since is not None
    desk.start_session(call, MUST_CHANGE if is_temporary else IN, account)
    return pages.redirect("/pin/change" if is_temporary else "/home")


def locked(desk, call):
    typed = call.session.typed if call.session is not None else None
    end = desk.accounts.guard.locked_until(typed, desk.now()) if typed is not None else None
    if end is None:
        return pages.redirect("/login")
    return pages.locked(desk.look(call), end)


def noacc(desk, call):
    return pages.no_access(desk.look(call))


def pin_page(desk, call):
    return pages.pin(desk.look(call), call.session.new_token("pin_change"))


def _is_good_pin(pin, again, old):
    return (pin == again and re.fullmatch("[0-9]{6}", pin) is not None and pin != old
            and len(set(pin)) > 1 and pin not in _TOO_EASY)


def pin_change(desk, call):
    posted = take_form(desk, call, "pin_change")
    account, pin = call.session.account, posted.get("newPin", "")
    if not _is_good_pin(pin, posted.get("newPin2", ""), account.pin):
        look = desk.look(call)
        return pages.pin(look, call.session.new_token("pin_change"), look.error("E-PIN", "other_pin"))
    account.set_pin(pin)
    call.session.state = IN
    call.effect = True
    call.form_token.repeat = lambda _again: pages.redirect("/home")
    return pages.redirect("/home")


def _address_line(contact):
    return ", ".join(contact[name] for name in ("addr1", "addr2", "city", "state", "zip") if contact[name])


def pin_request(desk, call):
    posted = take_form(desk, call, "pin_request")
    call.form_token.repeat = lambda _again: pages.redirect("/pin/requested")
    account, via = desk.accounts.by_participant(posted.get("pid", "")), posted.get("via")
    matches = (
        account is not None and via in MAIL_SECONDS and posted.get("dob") == account.birth_date
        and desk.accounts.present_state(account, desk.now()) not in UNAVAILABLE_STATES
        and (via != "email" or account.contact["email"]))
    if matches:
        _send_pin(desk, account, via)
        call.effect = True
    return pages.redirect("/pin/requested")


def _send_pin(desk, account, via):
    available = seconds_after(desk.now(), MAIL_SECONDS[via])
    pin = _new_pin(desk, account.pin)
    desk.run.clock.schedule(available, lambda: account.set_pin(pin, available))
    channel, kind = ("email", "pin") if via == "email" else ("post", "mail")
    to = account.contact["email"] if via == "email" else _address_line(account.contact)
    desk.run.outbox.post(desk.system_id, account.person, channel, to, kind, available, code=pin)


def _new_pin(desk, old):
    """A PIN by the rules for new ones; the fixed code of the scenario where that is a PIN."""
    otp = desk.run.scenario.otp
    if otp["mode"] == "fixed" and len(otp["value"]) == 6:
        return otp["value"]
    stream = desk.run.seeded.stream("pin")
    while True:
        pin = f"{stream.randrange(1_000_000):06d}"
        if _is_good_pin(pin, pin, old):
            return pin


def pin_requested(desk, call):
    return pages.pin_requested(desk.look(call))


def lang(desk, call):
    parameters = call.request.parameters()
    if parameters.get("to") in LANGUAGES:
        desk.set_language(call, parameters["to"])
    back = parameters.get("back", "").removeprefix(BASE)
    return pages.redirect(back if _BACK.fullmatch(back) else "/home")


def logout(desk, call):
    if call.session is not None:
        desk.sessions.forget(call.session)
    answer = pages.redirect("/login?out=1")
    desk.remove_cookie(call)
    return answer


HANDLERS = {
    "login_page": login_page, "login": login, "locked": locked, "noacc": noacc, "pin_page": pin_page,
    "pin_change": pin_change, "pin_request": pin_request, "pin_requested": pin_requested, "lang": lang,
    "logout": logout,
}
