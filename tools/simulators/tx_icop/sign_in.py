"""Login, second step, session and the forgotten credentials of tx-icop."""
import secrets

from ..instants import format_instant, seconds_after, seconds_until
from ..seeded import draw_code
from ..tokens import equal_secrets
from . import fields
from .accounts import UNAVAILABLE_STATES
from .replies import ok, refuse

STEP_SECONDS = 600
STEP_TRIES_MAX = 3
SENDS_MAX = 3
RESEND_SECONDS = 30
LINK_SECONDS = 24 * 3600


class Challenge:
    """A second step under way: a mailed code, or the question of the account."""

    def __init__(self, account, now):
        self.id = "ch_" + secrets.token_hex(4)
        self.account = account
        self.is_code = account.email_code
        self.tries_left = STEP_TRIES_MAX
        self.sends = 0
        self.code = None
        self.end = seconds_after(now, STEP_SECONDS)
        self.resend_after = None
        self.over = False

    def send_code(self, desk):
        now = desk.now()
        self.code = draw_code(desk.run.seeded, desk.run.scenario.otp, self.code)
        self.sends += 1
        self.end = seconds_after(now, STEP_SECONDS)
        self.resend_after = seconds_after(now, RESEND_SECONDS)
        desk.run.outbox.post(
            desk.system_id, self.account.person, "email", self.account.email, "code",
            code=self.code, challenge_id=self.id)

    def accepts(self, answer):
        if self.is_code:
            return equal_secrets(answer.strip(), self.code)
        return equal_secrets(_folded(answer), _folded(self.account.question["answer"]))

    def description(self):
        members = {"result": "CHALLENGE", "challengeId": self.id}
        if self.is_code:
            members |= {"challengeType": "EMAIL_CODE", "sentTo": masked(self.account.email)}
        else:
            question = {name: self.account.question[name] for name in ("id", "text")}
            members |= {"challengeType": "SECURITY_QUESTION", "question": question}
        members |= {"expiresAt": format_instant(self.end), "attemptsLeft": self.tries_left}
        if self.is_code:
            members["resendAfter"] = format_instant(self.resend_after)
        return members


def _folded(text):
    """Trimmed, runs of blanks joined, ASCII letters in one case."""
    joined = " ".join(text.split())
    return "".join(c.lower() if c.isascii() else c for c in joined)


def masked(email):
    name, _, domain = (email or "").partition("@")
    return f"{name[:1]}***@{domain}"


def _locked(until):
    return refuse("ICOP-1003", lockedUntil=format_instant(until))


def _refuse_while_locked(desk, name):
    until = desk.accounts.guard.locked_until(name, desk.now())
    if until is not None:
        raise _locked(until)


def _failed_try(desk, call, name):
    """Counts a failure of a login and returns the refusal for it."""
    call.counted = True
    left = desk.accounts.guard.count_failure(name, desk.now())
    if left == 0:
        return _locked(desk.accounts.guard.locked_until(name, desk.now()))
    return refuse("ICOP-1001", attemptsLeft=left)


def _refuse_by_state(desk, call, account):
    """Only after the right secret: the outside must not learn of blocked accounts before."""
    state = desk.accounts.present_state(account, desk.now())
    if state in UNAVAILABLE_STATES:
        raise refuse("ICOP-1005")
    if state == "password_expired" or call.fault_is("password_expired"):
        raise refuse("ICOP-1004")


def _open_session(desk, call, account):
    desk.accounts.guard.clear(account.username)
    session = desk.sessions.open(account, desk.now())
    return ok(result="OK", sessionToken=session.token, **session.times(), user=desk.user_of(account))


def login(desk, call):
    body = fields.read_object(call.request)
    name = fields.text(body, "userName", 1, 64)
    password = fields.text(body, "password", 1, 128)
    _refuse_while_locked(desk, name)
    account = desk.accounts.by_name(name)
    if account is None or not equal_secrets(password, account.password):
        raise _failed_try(desk, call, name)
    _refuse_by_state(desk, call, account)
    if not account.email_code and account.question is None:
        return _open_session(desk, call, account)
    challenge = Challenge(account, desk.now())
    if challenge.is_code:
        challenge.send_code(desk)
    desk.challenges[challenge.id] = challenge
    return ok(outcome="challenge", **challenge.description())


def _live_challenge(desk, challenge_id):
    challenge = desk.challenges.get(challenge_id)
    if challenge is None:
        raise refuse("ICOP-1102")
    _refuse_while_locked(desk, challenge.account.username)
    if challenge.over or desk.now() >= challenge.end:
        raise refuse("ICOP-1102")
    return challenge


def challenge(desk, call):
    body = fields.read_object(call.request)
    challenge_id = fields.text(body, "challengeId", 1, 64)
    answer = fields.text(body, "answer", 1, 128)
    step = _live_challenge(desk, challenge_id)
    if not step.accepts(answer):
        step.tries_left -= 1
        if step.tries_left > 0:
            message = None if step.is_code else "The answer is not correct."
            raise refuse("ICOP-1101", message, attemptsLeft=step.tries_left)
        step.over = True
        call.counted = True
        desk.accounts.guard.count_failure(step.account.username, desk.now())
        raise refuse("ICOP-1102", outcome="wrong_code")
    step.over = True
    _refuse_by_state(desk, call, step.account)
    return _open_session(desk, call, step.account)


def resend(desk, call):
    step = _live_challenge(desk, call.fields["challenge"])
    if not step.is_code:
        raise refuse("ICOP-1102")  # a question has nothing to send
    now = desk.now()
    if step.sends >= SENDS_MAX:
        raise refuse("ICOP-1103", retryAfterSeconds=seconds_until(step.end, now))
    if now < step.resend_after:
        raise refuse("ICOP-1103", retryAfterSeconds=seconds_until(step.resend_after, now))
    step.send_code(desk)
    return ok(outcome="challenge", **step.description())


def logout(desk, call):
    call.session.ended_by = "ICOP-1201"
    return desk.no_content()


def session(desk, call):
    return ok(**call.session.times(), user=desk.user_of(call.session.account))


def _accepted():
    return ok(202, message="If the information matches an account, an e-mail has been sent.")


def forgot_username(desk, call):
    body = fields.read_object(call.request)
    email = fields.email(body)
    last_name = fields.text(body, "lastName", 1, 64)
    dob = fields.wire_date(body, "dob")
    for account in desk.accounts.enrolled():
        person = desk.person(account.person)
        matches = (
            (account.email or "").lower() == email.lower()
            and desk.letters(person["name"]["last"]) == desk.letters(last_name)
            and person["dob"] == dob.isoformat())
        if matches:
            call.person = account.person
            desk.run.outbox.post(
                desk.system_id, account.person, "email", account.email, "username", text=account.username)
    return _accepted()


def forgot_password(desk, call):
    body = fields.read_object(call.request)
    account = desk.accounts.by_name(fields.text(body, "userName", 1, 64))
    if account is not None and account.email:
        link = desk.pages.new_reset_link(account, seconds_after(desk.now(), LINK_SECONDS))
        desk.run.outbox.post(
            desk.system_id, account.person, "email", account.email, "link", link=link)
    return _accepted()


HANDLERS = {
    "login": login, "challenge": challenge, "resend": resend, "logout": logout, "session": session,
    "forgot_username": forgot_username, "forgot_password": forgot_password,
}
