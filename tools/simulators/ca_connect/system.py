"""Simulated ca-connect: what a call passes before and after its operation."""
from ..checks import Invalid, one_of, whole
from ..faults import COMMON_KINDS
from ..form_fields import read_form
from ..http_messages import Answer
from ..instants import seconds_after
from ..numbered_pages import NumberedPages
from ..system import System
from ..tokens import token_digest
from ..zones import LABELS, Zone
from . import case_pages, forms, maintenance, page_faults, pages, sign_in
from .accounts import LOCK_SECONDS, Accounts
from .case_values import CaseValues, viewer_part
from .look import Look
from .routes import BASE, OPERATIONS, find_route
from .sessions import FORM, MUST_CHANGE, Sessions, unknown_token
from .texts import LANGUAGES

HANDLERS = sign_in.HANDLERS | case_pages.HANDLERS | forms.HANDLERS
MAINTENANCE_SECONDS = 3600
IDLE_SECONDS = 600
OFFSITE = "https://offsite.example.org/cconnect/home"
_OF_PIN_CHANGE = ("pin_page", "pin_change", "logout")
_OPTIONS = {"markup": one_of("A", "B", "C"), "idleSeconds": whole(1), "timeZone": one_of(*LABELS)}


class CaConnect(System):
    system_id = "ca-connect"
    default_port = 18103
    operations = OPERATIONS
    fault_kinds = page_faults.KINDS
    common_fault_kinds = {kind: check for kind, check in COMMON_KINDS.items() if kind != "rate_limit"}

    def __init__(self, run, settings):
        super().__init__(run, settings)
        self.zone = Zone(self.options.get("timeZone", maintenance.TIME_ZONE))
        self.zone_label = LABELS[self.zone.name]
        self.accounts = Accounts(run.scenario, self.system_id, self.now())
        self.sessions = Sessions(self.options.get("idleSeconds", IDLE_SECONDS))
        self.paging = NumberedPages()
        self._confirmations = []
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
            number = credential.get("participantId")
            if credential["system"] == cls.system_id and number is not None:
                if number in seen:
                    raise Invalid(f"/credentials/{index}/participantId", f"is used twice in {cls.system_id}")
                seen.add(number)

    # What the operations ask for

    def now(self):
        return self.run.clock.now()

    def pick(self, options, *place):
        return self.run.seeded.pick(options, self.system_id, *place)

    def look(self, call):
        language, variant = call.language, self.options.get("markup", "A")
        if call.fault_is("lang_flip"):
            language = LANGUAGES[1 - LANGUAGES.index(language)]
        if call.fault_is("markup_c"):
            variant = "C"
        if call.fault_is("drift"):
            variant = call.fault_param("variant", "B")
        return Look(self, (call.op, call.case), language, variant, call.fault.kind if call.fault else None)

    def cases_of(self, person):
        """(case, own part) of each case the person sees, in scenario order."""
        pairs = ((case, viewer_part(case, person)) for case in self._cases.values())
        return [(case, viewer) for case, viewer in pairs if viewer]

    def confirm(self, call):
        """The next confirmation number; one counter for all users."""
        number = f"CC-{self.zone.today(self.now()):%Y%m%d}-{len(self._confirmations) + 1:06d}"
        self._confirmations.append((number, call.session.account.credential_id))
        return number

    def confirmed_by(self, number):
        return dict(self._confirmations).get(number)

    def start_session(self, call, state, account):
        call.session = self.sessions.open(state, account, self.now())
        self._set_cookie(call, f"CCSESSION={call.session.id}", "HttpOnly; ")

    def set_language(self, call, language):
        call.language = language
        self._set_cookie(call, f"cc_lang={language}")

    def remove_cookie(self, call):
        self._set_cookie(call, "CCSESSION=; Max-Age=0", "HttpOnly; ")

    def _set_cookie(self, call, value, flags=""):
        secure = "Secure; " if self.run.links.get(self.system_id, "").startswith("https:") else ""
        call.cookies.append(("Set-Cookie", f"{value}; Path={BASE}; {secure}{flags}SameSite=Lax"))

    # What the framework asks for

    def identify(self, call):
        call.route, call.fields, call.methods = find_route(call.request.method, call.request.path)
        call.op = call.route.op if call.route else "unknown"
        call.case = call.fields.get("case")
        call.cookies, call.values, call.form_token = [], None, None
        sent = _sent_cookies(call.request)
        language, session_id = sent.get("cc_lang"), sent.get("CCSESSION")
        call.language = language if language in LANGUAGES else LANGUAGES[0]
        call.session = self.sessions.find(session_id) if session_id else None
        if session_id:
            call.auth = "s:" + token_digest(session_id)
            call.person = self.sessions.owner(session_id)
        if call.op in ("login", "pin_request"):
            account = self.accounts.by_participant(read_form(call.request).get("pid"))
            call.person = account.person if account else None

    def logged_path(self, call):
        return call.request.target

    def fault_can_act(self, fault, call):
        return page_faults.can_act(self, fault, call)

    def stand_in(self, call):
        if call.fault_is("maint_page", "maintenance"):
            seconds = call.fault_param("untilSeconds", MAINTENANCE_SECONDS)
            return pages.maintenance(self.look(call), seconds_after(self.now(), seconds))
        if call.fault_is("expired_page"):
            return pages.expired(self.look(call))
        if call.fault_is("login_page_instead"):
            return pages.login(self.look(call), lambda _form: unknown_token())
        if call.fault_is("csrf_lost"):
            return pages.bad_token(self.look(call))
        if call.fault_is("redirect_offsite"):
            return pages.redirect(OFFSITE)
        if call.fault_is("redirect_loop"):
            return Answer(302, headers=[("Location", call.request.target)])
        return super().stand_in(call)

    def admit(self, call):
        end = maintenance.end_of_window(self.zone, self.now())
        if end is not None:
            return pages.maintenance(self.look(call), end)
        if call.route is None:
            if not call.methods:
                return pages.nothing(self.look(call), 404)
            return Answer(405, headers=[("Allow", ", ".join(call.methods))], outcome="refused")
        return self._admit_session(call)

    def _admit_session(self, call):
        session = call.session
        if session is not None and call.fault_is("expire_session"):
            session.ended = True
        if session is not None and not session.is_live(self.now()):
            self.sessions.forget(session)
            call.session = None
            if session.state != FORM and call.op != "logout":
                return pages.expired(self.look(call))
        state = call.session.state if call.session is not None else None
        if state is not None:
            call.session.touch(self.now())
        if state == MUST_CHANGE and call.op not in _OF_PIN_CHANGE:
            return pages.redirect("/pin/change", "refused")
        if state in (None, FORM) and not call.route.is_open:
            return pages.redirect("/login", "session_expired")
        return None

    def perform(self, call):
        try:
            if "case" in call.fields:
                case = self._cases.get(call.case)
                viewer = case and viewer_part(case, call.session.account.person)
                if not viewer:
                    return pages.nothing(self.look(call))
                call.values = CaseValues(
                    self.system_id, self.run.scenario.people, case, viewer, self.zone.today(self.now()))
            return HANDLERS[call.op](self, call)
        except pages.Refusal as refusal:
            return refusal.answer

    def finish(self, call, answer):
        answer.headers += call.cookies
        return page_faults.apply(call, answer)

    def internal_error(self):
        return pages.failed(Look(self, (), LANGUAGES[0], "A"))

    def extra_headers(self):
        return [("Cache-Control", "no-store")]

    def latency_seconds(self, call):
        if self.latency != "typical" or call.route is None:
            return 0.0
        least, most = call.route.latency_ms
        return self.run.seeded.stream("latency").uniform(least, most) / 1000

    def account_action(self, credential_id, action, until):
        account = self.accounts.by_id(credential_id)
        if account is None:
            return None
        guard, now = self.accounts.guard, self.now()
        state = self.accounts.present_state(account, now)
        known = account.participant_id is not None
        if known and (action == "unlock" or (action == "enable" and state == "locked")):
            guard.clear(account.participant_id)
        if known and action == "lock":
            guard.lock(account.participant_id, until or seconds_after(now, LOCK_SECONDS))
        if action in ("disable", "disable_safety", "revoke_sessions"):
            self.sessions.end_all(account)
        if action in ("disable", "disable_safety"):
            account.state = {"disable": "disabled", "disable_safety": "disabled_safety"}[action]
        elif action == "enable" and known:
            account.enable()
        elif action == "expire_password" and known:
            account.expire_pin(now)
        return self.accounts.present_state(account, now)


def _sent_cookies(request):
    """First value of each cookie."""
    found = {}
    for name, value in request.headers:
        if name == "cookie":
            for part in value.split(";"):
                key, equals, text = part.strip().partition("=")
                if equals:
                    found.setdefault(key, text)
    return found
