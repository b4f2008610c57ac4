"""Simulated tx-icop: what a call passes before and after its operation."""
import re
import secrets

from ..checks import Invalid, boolean, listing, one_of, text, whole
from ..faults import NO_PARAMETERS, parameters
from ..http_messages import Answer
from ..instants import seconds_after
from ..rate_window import RateWindow
from ..scenario import adult_participant, case_list
from ..system import System
from ..tokens import token_digest
from ..zones import Zone
from . import answer_faults, browser_pages, enrolment, fields, maintenance, reading, replies, sign_in, writing
from .accounts import LOCK_SECONDS, Accounts, Sessions
from .paging import Paging
from .records import TIME_ZONE
from .render import AMOUNT_STYLES, Writer, amount_text
from .replays import Replays, not_carried_out
from .routes import BASE, BROWSER, LATENCY_MS, OPERATIONS, WRITE, find_route
from .submissions import Submissions

HANDLERS = (
    sign_in.HANDLERS | enrolment.HANDLERS | reading.HANDLERS | writing.HANDLERS | browser_pages.HANDLERS)
RATE_LIMIT_SECONDS = 20
MAINTENANCE_SECONDS = 7200
LOGINS_PER_MINUTE_MAX = 10
_REQUEST_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_OPTIONS = {
    "pageSize": whole(1), "idleSeconds": whole(1), "absoluteSeconds": whole(1),
    "amountStyle": one_of(*AMOUNT_STYLES), "clientIds": listing(text()), "payments": boolean,
}


class TxIcop(System):
    system_id = "tx-icop"
    default_port = 18101
    operations = OPERATIONS
    fault_kinds = dict.fromkeys((
        "ok_with_error", "null_fields", "drop_fields", "page_loop", "empty_page_with_token",
        "page_token_expired", "replace_session", "unknown_code", "pdf_truncated", "pdf_is_html",
        "request_reject", "password_expired"), NO_PARAMETERS) | {
            "amount_style": parameters(style=one_of(*AMOUNT_STYLES))}

    def __init__(self, run, settings):
        super().__init__(run, settings)
        options = self.options
        self.zone = Zone(TIME_ZONE)
        self.accounts = Accounts(run.scenario, self.system_id, self.now())
        self.sessions = Sessions(options.get("idleSeconds", 900), options.get("absoluteSeconds", 14400))
        self.challenges = {}
        self.enrolments = enrolment.Enrolments()
        self.pages = browser_pages.Pages()
        self.paging = Paging(options.get("pageSize", 10))
        self.submissions = Submissions(self.system_id)
        self._replays = Replays()
        self._logins = {}
        self._cases = {case["caseNumber"]: case for case in run.scenario.cases(self.system_id)}

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
                if name.lower() in names:
                    raise Invalid(f"/credentials/{index}/username", "is used twice in tx-icop")
                names.add(name.lower())

    # What the operations ask for

    def now(self):
        return self.run.clock.now()

    def today(self):
        return self.zone.today(self.now())

    def person(self, person_id):
        return self.run.scenario.people[person_id]

    @staticmethod
    def letters(name):
        return "".join(c for c in name.upper() if c.isalpha())

    def cases_of(self, person_id):
        """(case, own part) of each case the person may see, in scenario order."""
        pairs = ((case, adult_participant(case, person_id)) for case in self._cases.values())
        return [(case, participant) for case, participant in pairs if participant]

    def user_of(self, account):
        name = self.person(account.person)["name"]
        cases = self.cases_of(account.person)
        return {
            "memberId": cases[0][1]["memberId"] if cases else None,
            "displayName": f"{name['first']} {name['last'][:1]}.",
        }

    def rows(self, call, name):
        return case_list(call.case_record, self.system_id, name)

    def writer(self, call):
        style = self.options.get("amountStyle", "mixed")
        if call.fault_is("amount_style"):
            style = call.fault_param("style", "mixed")
        blanks = "mixed"
        if call.fault_is("null_fields", "drop_fields"):
            blanks = call.fault.kind.partition("_")[0]
        return Writer(self.run.seeded, style, blanks)

    def echo_amount(self, cents):
        """The amount of an answer to a write: text with two decimals unless numbers are asked for."""
        if self.options.get("amountStyle") == "number":
            return cents / 100
        return amount_text(cents)

    def base_url(self, request):
        """Address under which the asking side reached this system."""
        link = self.run.links.get(self.system_id, "http://127.0.0.1")
        host = request.header("host")
        return (f"{link.partition('://')[0]}://{host}" if host else link) + BASE

    @staticmethod
    def no_content():
        return Answer(204)

    # What the framework asks for

    def identify(self, call):
        call.session = call.replay_key = call.case_record = call.viewer = None
        found = find_route(call.request.method, call.request.path)
        call.found = found
        call.route = found.route if found else None
        call.fields = found.fields if found else {}
        call.op = found.op if found else "unknown"
        call.case = call.fields.get("case")
        call.request_id = call.request.header("x-client-request-id")
        scheme, _, token = (call.request.header("authorization") or "").partition(" ")
        if scheme.lower() == "bearer" and token.strip():
            call.auth = "s:" + token_digest(token.strip())
            call.session = self.sessions.find(token.strip())
        if call.route is None or call.route.needs_session:
            call.person = call.session.account.person if call.session else None
        else:
            call.person = self._owner(call)
        thing = self.submissions.payment_of(call.person, call.fields.get("payment"))
        thing = thing or self.submissions.request_of(call.person, call.fields.get("request"))
        if thing is not None:
            call.case = thing.case_number

    def _owner(self, call):
        """Whose user name, challenge, enrolment or page a call without a session names."""
        if call.op.startswith("enrol_"):
            return self.enrolments.owner(call.fields.get("enrolment"))
        if call.op == "hosted_page":
            return self.pages.owner(self, call.fields)
        body = fields.parse_object(call.request.body) or {}
        account = None
        if call.op in ("challenge", "resend"):
            key = call.fields.get("challenge", body.get("challengeId"))
            challenge = self.challenges.get(key) if isinstance(key, str) else None
            account = challenge.account if challenge else None
        elif isinstance(body.get("userName"), str):
            account = self.accounts.by_name(body["userName"])
        return account.person if account else None

    def logged_path(self, call):
        path, mark, query = call.request.target.partition("?")
        path = re.sub(r"/(hosted|reset)/.+", r"/\1/*", path)
        query = re.sub(r"(^|&)(pageToken=)[^&]*", r"\1\2*", query)
        return path + mark + query

    def fault_can_act(self, fault, call):
        return answer_faults.can_act(self, fault, call)

    def maintenance_answer(self, seconds):
        return replies.maintenance(MAINTENANCE_SECONDS if seconds is None else seconds)

    def rate_limit_answer(self, seconds):
        seconds = RATE_LIMIT_SECONDS if seconds is None else seconds
        return replies.error("ICOP-4290", retryAfterSeconds=seconds)

    def admit(self, call):
        closed_seconds = maintenance.seconds_left(self.zone, self.now())
        if closed_seconds:
            return replies.maintenance(closed_seconds)
        browser = call.found is not None and call.op == "hosted_page"
        clients = self.options.get("clientIds", ["gw-test-1"])
        if not browser and call.request.header("x-icop-client") not in clients:
            return replies.error("ICOP-1900")
        if call.found is None:
            return replies.error("ICOP-2004")
        if call.route is None:
            return Answer(405, headers=[("Allow", ", ".join(call.found.methods))], outcome="refused")
        try:
            self._admit_rate_and_session(call)
            return self._admit_write(call) if call.route.access == WRITE else None
        except replies.Refusal as refusal:
            return refusal.answer

    def _admit_rate_and_session(self, call):
        now_seconds = self.run.clock.rate_seconds()
        wait = 0
        if call.op == "login":
            window = self._logins.setdefault(call.request.peer, RateWindow(LOGINS_PER_MINUTE_MAX, 60))
            wait = window.admit(now_seconds)
        if call.route.needs_session and call.session is not None:
            if call.fault_is("expire_session", "replace_session"):
                call.session.ended_by = "ICOP-1201" if call.fault_is("expire_session") else "ICOP-1202"
            if call.session.problem(self.now()) is None:
                wait = call.session.window.admit(now_seconds)
        if wait:
            raise replies.Refusal(self.rate_limit_answer(wait))
        if call.route.needs_session:
            if call.session is None or call.session.problem(self.now()):
                raise replies.refuse(call.session.ended_by if call.session else "ICOP-1201")
            if call.op != "session":
                call.session.touch(self.now())

    def _admit_write(self, call):
        if call.request_id is None or not _REQUEST_ID.fullmatch(call.request_id):
            raise replies.refuse("ICOP-3001")
        key = (call.session.account.credential_id, call.request.method, call.request.path, call.request_id)
        earlier = self._replays.reserve(key, call.request.body_sha256, self.now())
        if earlier is None:
            call.replay_key = key
        return earlier

    def perform(self, call):
        try:
            if "case" in call.fields:
                self._find_case(call)
            if call.route.access == WRITE and call.fault_is("ok_with_error"):
                return not_carried_out()
            return HANDLERS[call.op](self, call)
        except replies.Refusal as refusal:
            return refusal.answer

    def _find_case(self, call):
        call.case_record = self._cases.get(call.fields["case"])
        call.viewer = call.case_record and adult_participant(call.case_record, call.person)
        if not call.viewer:
            raise replies.not_found()

    def finish(self, call, answer):
        if call.replay_key:
            self._replays.settle(call.replay_key, answer, self.now())
        return answer_faults.apply(call, answer)

    def abandon(self, call):
        if call.replay_key:
            self._replays.settle(call.replay_key, None, self.now())

    def internal_error(self):
        return replies.error("ICOP-5000")

    def extra_headers(self):
        return [("X-Icop-Trace", secrets.token_hex(8))]

    def latency_seconds(self, call):
        if self.latency != "typical" or call.route is None:
            return 0.0
        least, most = LATENCY_MS[call.route.latency_class]
        return self.run.seeded.stream("latency").uniform(least, most) / 1000

    def account_action(self, credential_id, action, until):
        account = self.accounts.by_id(credential_id)
        if account is None:
            return None
        state = self.accounts.present_state(account, self.now())
        if action in ("unlock", "enable") and account.username:
            if action == "unlock" or state == "locked":
                self.accounts.guard.clear(account.username)
        if action == "lock" and account.username:
            self.accounts.guard.lock(account.username, until or seconds_after(self.now(), LOCK_SECONDS))
        if action in ("disable", "disable_safety", "revoke_sessions"):
            self.sessions.end_all(account)
        enabled = "active" if account.username else "none"
        changed = {
            "disable": "disabled", "disable_safety": "disabled_safety", "enable": enabled,
            "expire_password": "password_expired",
        }
        account.state = changed.get(action, account.state)
        return self.accounts.present_state(account, self.now())
