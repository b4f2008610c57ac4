"""Simulated tx-smart: what a call passes before and after its operation."""
import re

from ..checks import Invalid, one_of, text, whole
from ..faults import parameters
from ..http_messages import Answer
from ..instants import seconds_after
from ..numbered_pages import NumberedPages
from ..scenario import case_list
from ..system import System
from ..tokens import token_digest
from ..zones import LABELS, Zone
from . import (
    answer_faults, codes, fields, password_reset, posting_window, reading, refusals, sign_in, writing,
)
from .accounts import Accounts, Sessions
from .operations import OPERATIONS, PATH, RESET_PATH
from .replays import Replays, content_of
from .soap_reader import Unreadable, read_message
from .soap_writer import NAMESPACE
from .wallet import Wallet

HANDLERS = sign_in.HANDLERS | reading.HANDLERS | writing.HANDLERS
LOCK_SECONDS = 1800
SOURCE_SYSTEM = "TXCSES"
POSTING_SECONDS = 1800
RATE_LIMIT_SECONDS = 20
_NAMES_IN_THE_WINDOW = ("Login", "VerifyCode")
_ACTION = re.compile(rf'"{re.escape(NAMESPACE)}:(\w+)"')
_MEDIA_TYPE = re.compile(r'text/xml(\s*;\s*charset="?utf-8"?)?', re.IGNORECASE)
_REQUEST_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_OPTIONS = {"lockSeconds": whole(1), "timeZone": one_of(*LABELS), "sourceSystem": text(shortest=1)}


class TxSmart(System):
    system_id = "tx-smart"
    default_port = 18102
    operations = tuple(OPERATIONS)
    fault_kinds = answer_faults.KINDS | {"lock_seconds": parameters(seconds=whole(900, 1800))}

    def __init__(self, run, settings):
        super().__init__(run, settings)
        self.zone = Zone(self.options.get("timeZone", posting_window.TIME_ZONE))
        self.source_system = self.options.get("sourceSystem", SOURCE_SYSTEM)
        lock_seconds = self.options.get("lockSeconds", LOCK_SECONDS)
        self.accounts = Accounts(run.scenario, self.system_id, self.now(), lock_seconds)
        self.sessions = Sessions()
        self.challenges = {}
        self.resets = password_reset.Resets()
        self.paging = NumberedPages()
        self._replays = Replays()
        cases = run.scenario.cases(self.system_id)
        self.wallet = Wallet(cases, lambda case, name: case_list(case, self.system_id, name))
        self._cases = {case["caseNumber"]: case for case in cases}

    @classmethod
    def check_options(cls, options, at):
        for name, check in _OPTIONS.items():
            if name in options:
                check(options[name], f"{at}/{name}")

    @classmethod
    def check_credentials(cls, scenario):
        names = set()
        for index, credential in enumerate(scenario.credentials):
            name = credential.get("username")
            if credential["system"] == cls.system_id and name is not None:
                if name in names:
                    raise Invalid(f"/credentials/{index}/username", f"is used twice in {cls.system_id}")
                names.add(name)

    # What the operations ask for

    def now(self):
        return self.run.clock.now()

    def today(self):
        return self.zone.today(self.now())

    def time(self, moment):
        return posting_window.with_offset(self.zone, moment)

    def pick(self, options, *place):
        return self.run.seeded.pick(options, self.system_id, *place)

    def rows(self, call, name):
        return case_list(call.case_record, self.system_id, name)

    @staticmethod
    def _viewer(case, person):
        """The part in which a person sees the case: as payor or payee, nothing else."""
        for participant in case["participants"]:
            if participant["person"] == person and participant["role"] in codes.ROLES:
                return participant
        return None

    def cases_of(self, person):
        """(case, own part) of each case the person sees, in scenario order."""
        pairs = ((case, self._viewer(case, person)) for case in self._cases.values())
        return [(case, viewer) for case, viewer in pairs if viewer]

    @staticmethod
    def is_guarded(case, person):
        """Whether somebody else in the case is protected from violence."""
        return any(p["familyViolence"] and p["person"] != person for p in case["participants"])

    def recurring_named(self, person, recurring_id):
        """(own part, row) of a recurring payment in the person's cases, or None."""
        for case, viewer in self.cases_of(person):
            for row in self.wallet.recurring_of(case["caseNumber"]):
                if row["id"] == recurring_id:
                    return viewer, row
        return None

    # What the framework asks for

    def identify(self, call):
        call.message = call.session = call.case_record = call.viewer = call.user = None
        call.is_page = call.request.path.startswith(RESET_PATH)
        call.is_post = call.request.method == "POST"
        call.faultcode = "Client"
        if call.is_page:
            call.op, call.person = "ForgotPassword", self.resets.owner(call.request.path)
            return
        if call.request.path != PATH:
            return
        try:
            call.message = read_message(call.request)
        except Unreadable as error:
            call.faultcode = error.faultcode
        action = _ACTION.fullmatch(call.request.header("soapaction") or "")
        call.action = action and action.group(1)
        wishes = (call.action, call.message and call.message.operation)
        call.op = next((name for name in wishes if name in OPERATIONS), "unknown")
        if call.message is not None:
            self._identify_message(call)

    def _identify_message(self, call):
        body = call.message.body
        call.request_id = body.attributes.get("requestId", "").strip() or None
        call.case = body.attributes.get("case", "").strip() or None
        if call.message.session:
            call.auth = "s:" + token_digest(call.message.session)
            call.session = self.sessions.find(call.message.session)
        if call.op not in OPERATIONS or OPERATIONS[call.op].needs_session:
            if call.session is not None:
                call.person, call.user = call.session.account.person, call.session.account.credential_id
                call.case = call.case or self._case_of_thing(call, body)
            return
        account = self._named_account(body)
        call.person = account.person if account else None

    def _case_of_thing(self, call, body):
        """Case number behind a payment id."""
        payment = self.wallet.payment_of(call.user, self._field(body, "PaymentId"))
        return payment.case_number if payment else None

    def _named_account(self, body):
        challenge = self.challenges.get(self._field(body, "ChallengeId"))
        if challenge is not None:
            return challenge.account
        names = body.named(NAMESPACE, "UserName")
        return self.accounts.by_name(names[0].text) if names else None

    @staticmethod
    def _field(body, name):
        found = body.named(NAMESPACE, name)
        return found[0].text.strip() if found else None

    def logged_path(self, call):
        if call.is_page:
            return RESET_PATH + "*"
        return call.request.target

    def fault_can_act(self, fault, call):
        return answer_faults.can_act(self, fault, call)

    def stand_in(self, call):
        if call.fault_is("html_502"):
            page = b"<html><head><title>502 Bad Gateway</title></head><body>502</body></html>"
            return Answer(502, page, "text/html")
        if call.fault_is("posting_window"):
            return self.maintenance_answer(call.fault_param("untilSeconds", None))
        return super().stand_in(call)

    def maintenance_answer(self, seconds):
        return refusals.retry_after("S-503", POSTING_SECONDS if seconds is None else seconds)

    def rate_limit_answer(self, seconds):
        return refusals.retry_after("S-429", RATE_LIMIT_SECONDS if seconds is None else seconds)

    def admit(self, call):
        if call.is_page:
            return None
        if call.request.path != PATH:
            return Answer(404, outcome="not_found")
        if not call.is_post:
            return Answer(405, headers=[("Allow", "POST")], outcome="refused")
        left = posting_window.seconds_left(self.zone, self.now())
        if left and call.op in OPERATIONS and call.op not in _NAMES_IN_THE_WINDOW:
            return refusals.retry_after("S-503", left)
        if not self._is_good_request(call):
            return refusals.platform_fault(call.faultcode)
        return self._admit_session(call) if OPERATIONS[call.op].needs_session else None

    @staticmethod
    def _is_good_request(call):
        media_type = (call.request.header("content-type") or "").strip()
        return (call.message is not None and call.message.operation == call.action
                and call.action in OPERATIONS and _MEDIA_TYPE.fullmatch(media_type) is not None)

    def _admit_session(self, call):
        session, now = call.session, self.now()
        if session is not None and call.fault_is("expire_session"):
            session.ended = True
        if session is None or not session.is_live(now):
            return refusals.fault("S-201")
        wait = session.window.admit(self.run.clock.rate_seconds())
        if wait:
            return refusals.retry_after("S-429", wait)
        session.touch(now)
        return None

    def perform(self, call):
        if call.is_page:
            return password_reset.serve(self, call)
        try:
            return self._write(call) if OPERATIONS[call.op].is_write else self._carry_out(call)
        except refusals.Refusal as refusal:
            return refusal.answer

    def _write(self, call):
        if not _REQUEST_ID.fullmatch(call.request_id or ""):
            raise refusals.wrong_field("requestId")
        key, content = (call.user, call.request_id.lower()), content_of(call.message)
        answer = self._replays.find(key, content, self.now())
        if answer is None:
            try:
                answer = self._carry_out(call)
            except refusals.Refusal as refusal:
                answer = refusal.answer
            self._replays.keep(key, content, answer, self.now())
        return answer

    def _carry_out(self, call):
        if OPERATIONS[call.op].of_case:
            number = fields.attribute(call.message.body, "case")
            call.case_record = self._cases.get(number)
            call.viewer = call.case_record and self._viewer(call.case_record, call.person)
            if not call.viewer:
                raise refusals.refuse("S-301")
        return HANDLERS[call.op](self, call)

    def finish(self, call, answer):
        return answer_faults.apply(call, answer)

    def internal_error(self):
        return refusals.fault("S-500")

    def latency_seconds(self, call):
        if self.latency != "typical" or call.op not in OPERATIONS:
            return 0.0
        least, most = OPERATIONS[call.op].latency_ms
        return self.run.seeded.stream("latency").uniform(least, most) / 1000

    def account_action(self, credential_id, action, until):
        account = self.accounts.by_id(credential_id)
        if account is None:
            return None
        guard, now = self.accounts.guard, self.now()
        state = self.accounts.present_state(account, now)
        if account.username is not None:
            if action == "unlock" or (action == "enable" and state == "locked"):
                guard.clear(account.username)
            if action == "lock":
                guard.lock(account.username, until or seconds_after(now, guard.lock_seconds))
        if action in ("disable", "disable_safety", "revoke_sessions"):
            self.sessions.end_all(account)
        enabled = "active" if account.username is not None else "none"
        changed = {
            "disable": "disabled", "disable_safety": "disabled_safety", "enable": enabled,
            "expire_password": "password_expired",
        }
        account.state = changed.get(action, account.state)
        return self.accounts.present_state(account, now)
