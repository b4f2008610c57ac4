"""Simulated oh-csenet: what a call passes before and after its operation."""
import re

from ..checks import Invalid, one_of, whole
from ..faults import NO_PARAMETERS, WHOLE, parameters
from ..http_messages import Answer
from ..scenario import adult_participant
from ..system import System
from ..tokens import token_digest
from ..zones import Zone
from . import amounts, answer_faults, batch_window, code_page, incoming, replies, requests
from .accounts import Accounts, Sessions
from .case_view import CaseView
from .inbox import Inbox
from .jobs import Jobs
from .layouts import INFORMATION
from .serials import Serials, UsedBefore, Work
from .writer import Writer

BASE = "/ohsets/v1"
RATE_LIMIT_SECONDS = 20
BATCH_SECONDS = 3600
_JOB_PATH = re.compile(re.escape(BASE) + r"/csenet/jobs/([^/]+)")
_PATHS = {f"{BASE}/auth": ("auth", "POST"), f"{BASE}/csenet": ("csenet", "POST"),
          f"{BASE}/csenet/inbox": ("inbox", "GET")}
_MEDIA_TYPES = {"auth": replies.TEXT, "csenet": replies.TRANSACTIONS}
_AUTH = re.compile(r"AUTH (7[0-9]{9}) ([0-9]{4}) ([0-9]{8})")
_QUIT = re.compile(r"QUIT ([^ ]+)")
_LATENCY_MS = {"auth": (400, 1500), "csenet": (1000, 6000), "job": (500, 2000), "inbox": (500, 2000)}
_OPTIONS = {
    "codePage": one_of(*code_page.NAMES), "amountSign": one_of(*amounts.STYLES),
    "mode": one_of("sync", "async"), "asyncDelaySeconds": whole(0),
}


class OhCsenet(System):
    system_id = "oh-csenet"
    default_port = 18104
    operations = ("auth", "csenet", "job", "inbox")
    fault_kinds = dict.fromkeys(answer_faults.KINDS, NO_PARAMETERS) | {
        "batch_window": parameters(untilSeconds=WHOLE)}

    def __init__(self, run, settings):
        super().__init__(run, settings)
        self.zone = Zone(batch_window.TIME_ZONE)
        self.page = code_page.CodePage(self.options.get("codePage", "ascii"))
        self.amount_style = self.options.get("amountSign", amounts.LEADING_MINUS)
        self.writer = Writer(self.amount_style)
        self._asynchronous = self.options.get("mode", "sync") == "async"
        self._accounts = Accounts(run.scenario, self.system_id)
        self._sessions = Sessions()
        self._serials = Serials()
        self._jobs = Jobs(self.options.get("asyncDelaySeconds", 30))
        self._inboxes = {}
        self._confirmations = 0
        self._born = self.today()
        self._cases = {case["caseNumber"]: case for case in run.scenario.cases(self.system_id)}

    @classmethod
    def check_options(cls, options, at):
        for name, check in _OPTIONS.items():
            if name in options:
                check(options[name], f"{at}/{name}")

    @classmethod
    def check_credentials(cls, scenario):
        seen = set()
        for index, credential in enumerate(scenario.credentials):
            if credential["system"] != cls.system_id:
                continue
            if credential["kind"] != "case_ssn4_pin":
                raise Invalid(f"/credentials/{index}/kind", "must be case_ssn4_pin in oh-csenet")
            key = tuple(credential[name] for name in ("caseNumber", "ssn4", "pin"))
            if key in seen:
                raise Invalid(f"/credentials/{index}/pin", "is used twice for these last four digits")
            seen.add(key)

    # What the operations ask for

    def now(self):
        return self.run.clock.now()

    def today(self):
        """Ohio's date."""
        return self.zone.today(self.now())

    def confirmation(self, prefix):
        """The next confirmation number; one counter for all kinds."""
        self._confirmations += 1
        return f"{prefix}-{self.today():%Y%m%d}-{self._confirmations:06d}"

    def send(self, view, kind, blocks, date=None, resolution=None):
        return self.writer.transaction(
            kind, date or self.today(), view.county, view.number, blocks, resolution)

    def reject(self, transaction):
        """MSC P REJCT: the case number is not the session's."""
        told = ("serial", "action", "function", "transaction_date", "reason")
        widths = (12, 1, 3, 8, 5)
        text = "".join(
            transaction.header(name).ljust(width) for name, width in zip(told, widths, strict=True))
        block = INFORMATION, self.writer.block(INFORMATION, line_1=text)
        number = transaction.header("other_case_id").strip(" ")
        return self.writer.transaction(("MSC", "P", "REJCT"), self.today(), "000", number, [block])

    def inbox(self, view):
        key = (view.number, view.person)
        if key not in self._inboxes:
            self._inboxes[key] = Inbox(view, self.writer, self.zone, self._born)
        return self._inboxes[key]

    def _view(self, account):
        """The account's case as its person may see it, or None when the person is not in it."""
        case = self._cases.get(account.case)
        participant = case and adult_participant(case, account.person)
        return CaseView(self.run.scenario, self.system_id, case, participant) if participant else None

    # What the framework asks for

    def identify(self, call):
        job_path = _JOB_PATH.fullmatch(call.request.path)
        call.job_id = job_path and job_path.group(1)
        found = ("job", "GET") if job_path else _PATHS.get(call.request.path)
        call.op, call.method_needed = found or ("unknown", None)
        call.session = call.command = None
        call.reason, call.has_lines = None, False
        if call.op == "auth":
            self._identify_command(call)
        elif found:
            self._identify_transaction(call)

    def _identify_command(self, call):
        text = self.page.decode(call.request.body)
        call.command = text.removesuffix(self.page.line_end) if text.endswith(self.page.line_end) else ""
        command = _AUTH.fullmatch(call.command)
        if command:
            call.case = command.group(1)
            account, _ = self._accounts.named(*command.groups())
            call.person = account.person if account else None
        quitting = _QUIT.fullmatch(call.command)
        if quitting:
            call.session = self._sessions.find(quitting.group(1))
            call.auth = "s:" + token_digest(quitting.group(1))
            call.person = call.session.account.person if call.session else None

    def _identify_transaction(self, call):
        token = call.request.header("x-session")
        if token:
            call.auth = "s:" + token_digest(token)
            call.session = self._sessions.find(token)
        if call.session:
            call.person = call.session.account.person
            call.case = call.session.account.case
        if call.op == "csenet":
            line, findings = incoming.framing_findings(
                call.request.body, call.request.body_bytes, self.page)
            if not findings and incoming.counters_of(line) is not None:
                transaction = incoming.Transaction(line)
                call.reason, call.has_lines = transaction.kind[2], not self._asynchronous
                call.request_id = transaction.header("serial") or None
                call.case = transaction.case_number or call.case
        elif call.op == "job" and call.session:
            job = self._find_job(call)
            if job:
                call.reason, call.has_lines = job.work.transaction.kind[2], job.is_ready(self.now())

    def _find_job(self, call):
        account = call.session.account
        return self._jobs.find(call.job_id, (account.case, account.person), self.now())

    def logged_path(self, call):
        return call.request.target

    def fault_can_act(self, fault, call):
        if fault.kind == "expire_session":
            return call.op in ("csenet", "job", "inbox") and self._is_live(call)
        return answer_faults.can_act(fault, call.op, call.reason, call.has_lines, self.page)

    def _is_live(self, call):
        return call.session is not None and call.session.is_live(self.now())

    def stand_in(self, call):
        if call.fault_is("maintenance", "batch_window"):
            return self._batch_answer(call, call.fault_param("untilSeconds", BATCH_SECONDS))
        if call.fault_is("abend"):
            time = self.now().strftime("%H:%M:%S")
            text = f"DFHAC2206 {time} CICSTEST TRANSACTION OHCS FAILED WITH ABEND ASRA. UPDATES BACKED OUT."
            return replies.command(self.page, text)
        if call.fault_is("job_lost"):
            return replies.nothing(404)
        if call.fault_is("job_never"):
            return replies.wait_for(f"{BASE}/csenet/jobs/{call.job_id}", self._seconds_of_job(call))
        return super().stand_in(call)

    def _seconds_of_job(self, call):
        job = self._find_job(call) if call.session else None
        waiting = job is not None and not job.is_ready(self.now())
        return job.seconds_left(self.now()) if waiting else max(1, self._jobs.delay_seconds)

    def _batch_answer(self, call, seconds):
        end = batch_window.end_text(self.zone, self.now(), seconds)
        if call.op == "auth":
            return replies.command(self.page, f"ERR 503 BATCH UNTIL {end}", "refused")
        return replies.problem(self.page, 503, f"BATCH UNTIL {end}", retry_after=seconds)

    def rate_limit_answer(self, seconds):
        seconds = RATE_LIMIT_SECONDS if seconds is None else seconds
        return replies.problem(self.page, 429, "LIMIT", retry_after=seconds)

    def admit(self, call):
        if call.method_needed is None:
            return replies.nothing(404, "not_found")
        if call.request.method != call.method_needed:
            return Answer(405, headers=[("Allow", call.method_needed)], outcome="refused")
        batch_seconds = batch_window.seconds_left(self.zone, self.now())
        if batch_seconds:
            return self._batch_answer(call, batch_seconds)
        if call.op != "auth":
            if call.fault_is("expire_session"):
                call.session.ended = True
            if not self._is_live(call):
                return replies.problem(self.page, 401, "SESSION", "session_expired")
            call.session.touch(self.now())
        if call.op in _MEDIA_TYPES and not self._is_readable(call.request, _MEDIA_TYPES[call.op]):
            return replies.nothing(415)
        return None

    def _is_readable(self, request, media_type):
        kind, *more = [part.strip().lower() for part in (request.header("content-type") or "").split(";")]
        charsets = [part[8:].strip('"') for part in more if part.startswith("charset=")]
        return kind == media_type and charsets == [self.page.charset]

    def perform(self, call):
        return getattr(self, f"_{call.op}")(call)

    def finish(self, call, answer):
        return answer_faults.apply(call, answer, self.amount_style)

    def latency_seconds(self, call):
        if self.latency != "typical" or call.op not in _LATENCY_MS:
            return 0.0
        quick = call.op == "csenet" and self._asynchronous
        least, most = _LATENCY_MS["job" if quick else call.op]
        return self.run.seeded.stream("latency").uniform(least, most) / 1000

    # The operations

    def _auth(self, call):
        command = _AUTH.fullmatch(call.command)
        if command:
            return self._sign_in(call, *command.groups())
        if not _QUIT.fullmatch(call.command):
            return replies.command(self.page, "ERR 400 SYNTAX", "refused")
        if call.session:
            call.session.ended = True
        return replies.command(self.page, "BYE")

    def _sign_in(self, call, case, ssn4, pin):
        guard = self._accounts.guard
        if guard.is_locked(case, self.now()):
            return replies.command(self.page, replies.LOCKED, "locked")
        account, is_right = self._accounts.named(case, ssn4, pin)
        if not is_right:
            call.counted = True
            left = guard.count_failure(case)
            if left == 0:
                return replies.command(self.page, replies.LOCKED, "locked")
            return replies.command(self.page, f"NO {left}", "wrong_credentials")
        guard.clear(case)
        is_active = self._accounts.present_state(account, self.now()) == "active"
        if not is_active or self._view(account) is None:
            return replies.command(self.page, replies.NO_ACCESS, "refused")
        session = self._sessions.open(account, self.now())
        call.session = session
        return replies.command(self.page, f"OK {session.token} IDLE=1200 ABS=7200")

    def _csenet(self, call):
        body, account = call.request.body, call.session.account
        view = self._view(account)
        line, findings = incoming.framing_findings(body, call.request.body_bytes, self.page)
        if not findings:
            findings = incoming.content_findings(
                line, self.amount_style, lambda t: requests.missing_blocks(t, view.role))
        if findings:
            return replies.refused(self.page, findings)
        transaction = incoming.Transaction(line)
        owner, serial = (account.case, account.person), transaction.header("serial")
        try:
            work = self._serials.find(serial, owner, body, self.now())
        except UsedBefore:
            used = incoming.Finding("0007", "SERIAL USED WITH OTHER CONTENT", line)
            return replies.refused(self.page, [used])
        if work is None:
            work = Work(transaction, *requests.answer(self, call, view, transaction))
            work.job = self._jobs.open(owner, work, self.now()) if self._asynchronous else None
            self._serials.keep(serial, owner, body, work, self.now())
        return self._wait(work.job) if work.job else self._deliver(work)

    def _deliver(self, work):
        return replies.transactions(self.page, work.lines, work.outcome)

    def _wait(self, job):
        return replies.wait_for(f"{BASE}/csenet/jobs/{job.id}", job.seconds_left(self.now()))

    def _job(self, call):
        job = self._find_job(call)
        if job is None:
            return replies.nothing(404, "not_found")
        return self._deliver(job.read(self.now())) if job.is_ready(self.now()) else self._wait(job)

    def _inbox(self, call):
        after = call.request.parameters().get("after", "0")
        if not re.fullmatch("[0-9]{1,12}", after):
            return replies.problem(self.page, 400, "SYNTAX")
        view = self._view(call.session.account)

        def send(notice):
            line = self.send(view, notice.kind, notice.blocks, notice.born, notice.resolution)
            return self.writer.last_serial, line

        return replies.transactions(self.page, self.inbox(view).after(int(after), send))

    def account_action(self, credential_id, action, until):
        account = self._accounts.by_id(credential_id)
        if account is None:
            return None
        state = self._accounts.present_state(account, self.now())
        if action == "unlock" or (action == "enable" and state == "locked"):
            self._accounts.guard.clear(account.case)
        if action == "lock":
            self._accounts.guard.lock(account.case, until)
        if action in ("disable", "disable_safety", "revoke_sessions"):
            self._sessions.end_all(account)
        changed = {"disable": "disabled", "disable_safety": "disabled_safety", "enable": "active",
                   "expire_password": "password_expired"}
        account.state = changed.get(action, account.state)
        return self._accounts.present_state(account, self.now())
