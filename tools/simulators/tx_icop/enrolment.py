"""Enrolment in tx-icop: identity, login choice, e-mail check."""
import re
import secrets

from ..instants import format_instant, seconds_after
from ..seeded import draw_code
from ..tokens import equal_secrets
from . import fields
from .accounts import Account
from .replies import not_found, ok, refuse, wrong_field
from .sign_in import masked

ENROLMENT_SECONDS = 1800
CODE_SECONDS = 600
CODE_TRIES_MAX = 3
FAILURES_MAX = 5
FAILURE_SECONDS = 24 * 3600
QUESTIONS = {
    "Q1": "What was your first pet called?",
    "Q3": "What was the name of your first school?",
}
_IDENTIFIERS = {"SSN": r"\d{1,15}", "CIN": r"C\d{9}", "CASE": r"\d{1,15}"}
_PASSWORD = re.compile(r"(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[^A-Za-z0-9])[!-~ ]{10,64}")


def password_is_good(password):
    return _PASSWORD.fullmatch(password) is not None


class Enrolment:
    def __init__(self, person, account, now):
        self.id = "en_" + secrets.token_hex(4)
        self.person = person
        self.account = account  # of the person so far, None when the scenario has no credential
        self.end = seconds_after(now, ENROLMENT_SECONDS)
        self.choice = None
        self.code = None
        self.code_end = None
        self.tries_left = CODE_TRIES_MAX
        self.over = False


class Enrolments:
    def __init__(self):
        self._enrolments = {}
        self._failures = {}

    def owner(self, enrolment_id):
        enrolment = self._enrolments.get(enrolment_id)
        return enrolment.person if enrolment else None

    def live(self, enrolment_id, now):
        enrolment = self._enrolments.get(enrolment_id)
        if enrolment is None or enrolment.over or now >= enrolment.end:
            raise not_found()
        return enrolment

    def add(self, enrolment):
        self._enrolments[enrolment.id] = enrolment

    def end_all(self, person_id):
        """A person enrols once: other enrolments under way end with the one that succeeded."""
        for enrolment in self._enrolments.values():
            enrolment.over = enrolment.over or enrolment.person == person_id

    def _recent_failures(self, identity, now):
        times = self._failures.get(identity, [])
        self._failures[identity] = [t for t in times if now < seconds_after(t, FAILURE_SECONDS)]
        return self._failures[identity]

    def refuse_when_locked(self, identity, now):
        times = self._recent_failures(identity, now)
        if len(times) >= FAILURES_MAX:
            raise refuse("ICOP-1303", lockedUntil=format_instant(seconds_after(times[0], FAILURE_SECONDS)))

    def count_failure(self, identity, now):
        self._recent_failures(identity, now).append(now)
        self.refuse_when_locked(identity, now)


def _read_identifiers(body):
    entries = body.get("identifiers")
    if not isinstance(entries, list) or len(entries) != 2:
        raise wrong_field("identifiers")
    found = {}
    for entry in entries:
        if not isinstance(entry, dict):
            raise wrong_field("identifiers")
        kind = entry.get("type")
        if not isinstance(kind, str) or kind not in _IDENTIFIERS or kind in found:
            raise wrong_field("identifiers")
        found[kind] = fields.matching(entry, "value", _IDENTIFIERS[kind], "identifiers")
    return found


def _identifiers_fit(desk, person, wanted):
    held = {
        "SSN": [person["ssn"]],
        "CIN": [account.cin for account in desk.accounts.of_person(person["id"])],
        "CASE": [case["caseNumber"] for case, _ in desk.cases_of(person["id"])],
    }
    return all(value in held[kind] for kind, value in wanted.items())


def _find_person(desk, first, last, dob, wanted):
    for person in desk.run.scenario.people.values():
        name = person["name"]
        same = (
            desk.letters(name["first"]) == first and desk.letters(name["last"]) == last
            and person["dob"] == dob)
        if same and desk.cases_of(person["id"]) and _identifiers_fit(desk, person, wanted):
            return person
    return None


def enrol_start(desk, call):
    body = fields.read_object(call.request)
    first = desk.letters(fields.text(body, "firstName", 1, 64))
    last = desk.letters(fields.text(body, "lastName", 1, 64))
    dob = fields.wire_date(body, "dob").isoformat()
    wanted = _read_identifiers(body)
    identity, now = (dob, last), desk.now()
    desk.enrolments.refuse_when_locked(identity, now)
    person = _find_person(desk, first, last, dob, wanted)
    accounts = desk.accounts.of_person(person["id"]) if person else []
    if person is None or any(account.state != "none" for account in accounts):
        call.counted = True
        desk.enrolments.count_failure(identity, now)
        raise refuse("ICOP-1301")
    call.person = person["id"]
    enrolment = Enrolment(person["id"], accounts[0] if accounts else None, now)
    desk.enrolments.add(enrolment)
    questions = [{"id": key, "text": text} for key, text in QUESTIONS.items()]
    return ok(enrolmentId=enrolment.id, expiresAt=format_instant(enrolment.end), questions=questions)


def _read_choice(body):
    choice = {
        "username": fields.matching(body, "userName", r"[A-Za-z0-9._@-]{6,32}"),
        "password": fields.text(body, "password", 10, 64),
        "email": fields.email(body), "question": None,
    }
    if not password_is_good(choice["password"]):
        raise wrong_field("password")
    choice["step"] = fields.choice(body, "secondStep", ("NONE", "EMAIL_CODE", "SECURITY_QUESTION"))
    if choice["step"] == "SECURITY_QUESTION":
        key = fields.choice(body, "questionId", QUESTIONS)
        answer = fields.text(body, "answer", 1, 128)
        choice["question"] = {"id": key, "text": QUESTIONS[key], "answer": answer}
    return choice


def enrol_login(desk, call):
    now = desk.now()
    enrolment = desk.enrolments.live(call.fields["enrolment"], now)
    choice = _read_choice(fields.read_object(call.request))
    if desk.accounts.name_is_taken(choice["username"]):
        raise refuse("ICOP-1302")
    enrolment.choice = choice
    enrolment.code = draw_code(desk.run.seeded, desk.run.scenario.otp, enrolment.code)
    enrolment.code_end = seconds_after(now, CODE_SECONDS)
    desk.run.outbox.post(
        desk.system_id, enrolment.person, "email", choice["email"], "code", code=enrolment.code)
    return ok(
        201, result="VERIFY_EMAIL", sentTo=masked(choice["email"]),
        expiresAt=format_instant(enrolment.code_end))


def enrol_verify(desk, call):
    now = desk.now()
    enrolment = desk.enrolments.live(call.fields["enrolment"], now)
    code = fields.text(fields.read_object(call.request), "code", 1, 128)
    if enrolment.code is None or now >= enrolment.code_end:
        raise refuse("ICOP-1102")
    if not equal_secrets(code.strip(), enrolment.code):
        enrolment.tries_left -= 1
        if enrolment.tries_left > 0:
            raise refuse("ICOP-1101", attemptsLeft=enrolment.tries_left)
        enrolment.over = True
        raise refuse("ICOP-1102", outcome="wrong_code")
    if desk.accounts.name_is_taken(enrolment.choice["username"]):
        raise refuse("ICOP-1302")
    desk.enrolments.end_all(enrolment.person)
    account = _enrolled_account(desk, enrolment)
    call.effect = True
    return ok(201, result="ENROLLED", memberId=desk.user_of(account)["memberId"])


def _enrolled_account(desk, enrolment):
    account = enrolment.account
    if account is None:
        account = Account("enrolled-" + enrolment.id, enrolment.person, None)
        desk.accounts.add(account)
    choice = enrolment.choice
    account.state = "active"
    account.username = choice["username"]
    account.password = choice["password"]
    account.email = choice["email"]
    account.email_code = choice["step"] == "EMAIL_CODE"
    account.question = choice["question"]
    return account


HANDLERS = {"enrol_start": enrol_start, "enrol_login": enrol_login, "enrol_verify": enrol_verify}
