"""Login, code step, logout and the forgotten credentials of tx-smart."""
import secrets

from ..instants import seconds_after, seconds_until
from ..seeded import draw_code
from ..tokens import equal_secrets
from . import fields
from .accounts import IDLE_SECONDS, UNAVAILABLE_STATES
from .refusals import Refusal, refuse, result, retry_after
from .soap_writer import Element

CODE_SECONDS = 600
CODE_TRIES_MAX = 3
SENDS_MAX = 3
RESEND_SECONDS = 60
LINK_SECONDS = 24 * 3600
_CHANNELS = ("phone", "email")


class Challenge:
    """A code step under way."""

    def __init__(self, challenge_id, account):
        self.id = challenge_id
        self.account = account
        self.tries_left = CODE_TRIES_MAX
        self.sends = 0
        self.code = None
        self.over = False

    def send(self, desk, wish, delay_seconds):
        now = desk.now()
        self.code = draw_code(desk.run.seeded, desk.run.scenario.otp, self.code)
        self.sends += 1
        self.end = seconds_after(now, CODE_SECONDS)
        self.resend_after = seconds_after(now, RESEND_SECONDS)
        channel = self.account.reachable_by(wish)
        self.sent_to = ""
        if channel is not None:
            address = self.account.contact[channel]
            self.sent_to = _masked(channel, address)
            desk.run.outbox.post(
                desk.system_id, self.account.person, channel, address, "code",
                seconds_after(now, delay_seconds), code=self.code, challenge_id=self.id)

    def answer(self, desk, op):
        return result(op, [
            Element("Result", "CodeSent"), Element("ChallengeId", self.id), Element("SentTo", self.sent_to),
            Element("CodeLength", str(len(self.code))), Element("ExpiresAt", desk.time(self.end)),
            Element("TriesLeft", str(self.tries_left))], outcome="challenge")


def _masked(channel, address):
    if channel == "phone":
        return f"***-***-{address[-4:]}"
    name, _, domain = address.partition("@")
    return f"{name[:1]}***@{domain}"


def _locked(desk, until):
    return refuse("S-102", Element("LockedUntil", desk.time(until)))


def _refuse_while_locked(desk, name):
    until = desk.accounts.guard.locked_until(name, desk.now())
    if until is not None:
        raise _locked(desk, until)


def _tries_left(count):
    return Element("TriesLeft", str(count))


def _is_right(account, password):
    return account is not None and equal_secrets(password, account.password)


def would_lock(desk, body):
    """Whether this Login is the wrong one that brings the lock."""
    try:
        name, password = fields.secret(body, "UserName", 64), fields.secret(body, "Password", 128)
    except Refusal:
        return False
    guard = desk.accounts.guard
    free = guard.locked_until(name, desk.now()) is None
    return free and guard.next_failure_locks(name) and not _is_right(desk.accounts.by_name(name), password)


def _failed_login(desk, call, name):
    """Counts the failure and returns the refusal for it."""
    call.counted = True
    guard = desk.accounts.guard
    seconds = call.fault_param("seconds", None) if call.fault_is("lock_seconds") else None
    left = guard.count_failure(name, desk.now(), seconds)
    if left == 0:
        return _locked(desk, guard.locked_until(name, desk.now()))
    return refuse("S-101", _tries_left(left))


def _refuse_by_state(desk, account):
    """Only after the right secret: the outside must not learn of blocked accounts before."""
    state = desk.accounts.present_state(account, desk.now())
    if state in UNAVAILABLE_STATES:
        raise refuse("S-107")
    if state == "password_expired":
        raise refuse("S-106")


def _send(desk, call, step, wish):
    delay = call.fault_param("seconds", 60) if call.fault_is("otp_delay") else 0
    step.send(desk, wish, delay)
    return step.answer(desk, call.op)


def login(desk, call):
    body = call.message.body
    name, password = fields.secret(body, "UserName", 64), fields.secret(body, "Password", 128)
    wish = fields.optional_choice(body, "Channel", _CHANNELS)
    _refuse_while_locked(desk, name)
    account = desk.accounts.by_name(name)
    if not _is_right(account, password):
        raise _failed_login(desk, call, name)
    _refuse_by_state(desk, account)
    challenge_id = "c-" + secrets.token_hex(3)
    while challenge_id in desk.challenges:
        challenge_id = "c-" + secrets.token_hex(3)
    desk.challenges[challenge_id] = Challenge(challenge_id, account)
    return _send(desk, call, desk.challenges[challenge_id], wish)


def _live_challenge(desk, body):
    step = desk.challenges.get(fields.text(body, "ChallengeId", 64))
    if step is None:
        raise refuse("S-104")
    _refuse_while_locked(desk, step.account.username)
    if step.over or desk.now() >= step.end:
        raise refuse("S-104")
    return step


def verify_code(desk, call):
    body = call.message.body
    code = fields.text(body, "Code", 64)
    step = _live_challenge(desk, body)
    account = step.account
    if not equal_secrets(code, step.code):
        step.tries_left -= 1
        if step.tries_left > 0:
            raise refuse("S-103", _tries_left(step.tries_left))
        step.over = True
        call.counted = True
        desk.accounts.guard.count_failure(account.username, desk.now())
        raise refuse("S-104", outcome="wrong_code")
    step.over = True
    _refuse_by_state(desk, account)
    desk.accounts.guard.clear(account.username)
    session = desk.sessions.open(account, desk.now())
    return result("VerifyCode", [
        Element("Result", "Ok"), Element("SessionToken", session.token),
        Element("IdleSeconds", str(IDLE_SECONDS)), Element("AbsoluteEnd", desk.time(session.absolute_end))])


def resend_code(desk, call):
    body = call.message.body
    wish = fields.choice(body, "Channel", _CHANNELS)
    step = _live_challenge(desk, body)
    now = desk.now()
    if step.sends >= SENDS_MAX:
        raise Refusal(retry_after("S-105", seconds_until(step.end, now)))
    if now < step.resend_after:
        raise Refusal(retry_after("S-105", seconds_until(step.resend_after, now)))
    return _send(desk, call, step, wish)


def _ok(op):
    return result(op, [Element("Result", "Ok")])


def logout(_desk, call):
    call.session.ended = True
    return _ok("Logout")


def _letters(name):
    return "".join(c for c in name.casefold() if c.isalpha())


def forgot_user_name(desk, call):
    body = call.message.body
    email, last_name = fields.text(body, "Email", 254), fields.text(body, "LastName", 64)
    for account in desk.accounts.enrolled():
        on_file = account.contact["email"]
        is_mail = on_file is not None and on_file.lower() == email.lower()
        if is_mail and _letters(account.last_name) == _letters(last_name):
            call.person = account.person
            desk.run.outbox.post(
                desk.system_id, account.person, "email", on_file, "username", text=account.username)
    return _ok("ForgotUserName")


def forgot_password(desk, call):
    account = desk.accounts.by_name(fields.secret(call.message.body, "UserName", 64))
    if account is not None and account.contact["email"]:
        link = desk.resets.new_link(account, seconds_after(desk.now(), LINK_SECONDS))
        desk.run.outbox.post(
            desk.system_id, account.person, "email", account.contact["email"], "link", link=link)
    return _ok("ForgotPassword")


HANDLERS = {
    "Login": login, "VerifyCode": verify_code, "ResendCode": resend_code, "Logout": logout,
    "ForgotUserName": forgot_user_name, "ForgotPassword": forgot_password,
}
