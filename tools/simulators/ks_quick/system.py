"""Simulated ks-quick: what a call passes before and after its operation."""
import datetime

from ..checks import Invalid, listing, mapping, one_of, text
from ..faults import COMMON_KINDS
from ..system import System
from ..tokens import token_digest
from ..zones import LABELS, Zone
from . import answer_faults, incoming, records, replies, signed_token
from .assertion import COUNTED, Assertions, IssuerGuard
from .case_view import CaseView, is_protected, key_of, parent_in
from .financial import financial
from .receipts import WrongRange
from .subjects import Subjects

PATH = "/quick/v1/QuickService"
MAINTENANCE_SECONDS = 3600
RATE_LIMIT_SECONDS = 300
LATENCY_SECONDS = (3, 11)
_CONTENT = {
    "GetFinancial": None, "GetCaseActivities": records.activities,
    "GetCaseParticipants": records.participants, "GetContactInformation": records.contacts,
}


def _key_set(value, at):
    mapping(value, at)
    listing(mapping)(value.get("keys"), f"{at}/keys")


STATE, TIME_ZONE = "KS", "America/Chicago"
_OPTIONS = {
    "trustedAssertionIssuers": listing(text()), "jwks": _key_set, "state": text("[A-Z]{2}"),
    "timeZone": one_of(*LABELS),
}


class KsQuick(System):
    system_id = "ks-quick"
    default_port = 18105
    operations = ("FindCases", *_CONTENT)
    common_fault_kinds = {
        kind: check for kind, check in COMMON_KINDS.items()
        if kind not in ("duplicate_page", "expire_session")}
    fault_kinds = answer_faults.KINDS
    connection_fault_kinds = answer_faults.CONNECTION_KINDS
    wants_client_certificate = True

    def __init__(self, run, settings):
        super().__init__(run, settings)
        self.state = self.options.get("state", STATE)
        self.zone = Zone(self.options.get("timeZone", TIME_ZONE))
        issuers = self.options.get("trustedAssertionIssuers", [])
        self._subjects = Subjects([
            credential for credential in run.scenario.credentials
            if credential["system"] == self.system_id and credential["kind"] == "assertion"])
        self._assertions = Assertions(issuers, self.options.get("jwks", {}), self._subjects)
        self._guard = IssuerGuard(issuers)
        self._cases = {key_of(case["caseNumber"]): case for case in run.scenario.cases(self.system_id)}

    @classmethod
    def check_options(cls, options, at):
        for name, check in _OPTIONS.items():
            if name in options:
                check(options[name], f"{at}/{name}")

    @classmethod
    def check_credentials(cls, scenario):
        subjects = set()
        for index, credential in enumerate(scenario.credentials):
            if credential["system"] != cls.system_id or credential["kind"] == "not_enrolled":
                continue
            if credential["kind"] != "assertion":
                raise Invalid(f"/credentials/{index}/kind", f"must be assertion in {cls.system_id}")
            if credential["subject"] in subjects:
                raise Invalid(f"/credentials/{index}/subject", f"is used twice in {cls.system_id}")
            subjects.add(credential["subject"])

    @classmethod
    def check_fault(cls, document, at):
        if document["kind"] in cls.connection_fault_kinds:
            one_of("*")(document["op"], f"{at}/op")

    # What the framework asks for

    def identify(self, call):
        call.message = call.token = None
        call.issuer = None
        if call.request.path != PATH:
            return
        action = incoming.action_of(call.request.header("soapaction"))
        try:
            call.message = incoming.Message(call.request)
        except incoming.Unreadable:
            action_only = action if action in self.operations else "unknown"
            call.op = action_only
            return
        call.op = call.message.op if call.message.op in self.operations else "unknown"
        if action != call.message.op or call.op == "unknown":
            call.message = None
            return
        call.request_id = call.message.id
        if call.message.case:
            case = self._cases.get(key_of(call.message.case))
            call.case = case["caseNumber"] if case else call.message.case.zfill(10)
        self._identify_person(call)

    def _identify_person(self, call):
        """Unproven yet: whose name the assertion bears, and which issuer is claimed."""
        try:
            call.token = signed_token.Token(call.message.assertion or "")
        except signed_token.Unreadable:
            return
        call.issuer, subject = call.token.claims.get("iss"), call.token.claims.get("sub")
        if isinstance(subject, str):
            call.auth = "s:" + token_digest(subject)
            owner = self._subjects.owner(subject)
            call.person = owner["person"] if owner else None

    def logged_path(self, call):
        return call.request.target

    def fault_can_act(self, fault, call):
        return answer_faults.can_act(fault, call.op)

    def stand_in(self, call):
        if call.fault_is("provider_down"):
            return replies.fault("S90")
        return super().stand_in(call)

    def maintenance_answer(self, seconds):
        return replies.fault("S91", MAINTENANCE_SECONDS if seconds is None else seconds)

    def rate_limit_answer(self, seconds):
        return replies.fault("A09", RATE_LIMIT_SECONDS if seconds is None else seconds)

    def admit(self, call):
        request = call.request
        if request.path != PATH:
            return replies.nothing(404, "not_found")
        if request.method != "POST":
            return replies.nothing(405, headers=[("Allow", "POST")])
        if not self._is_xml(request.header("content-type")):
            return replies.nothing(415)
        return None

    @staticmethod
    def _is_xml(header):
        kind, *more = [part.strip().lower() for part in (header or "").split(";")]
        charsets = [part[8:].strip('"') for part in more if part.startswith("charset=")]
        return kind == "text/xml" and charsets in ([], ["utf-8"])

    def perform(self, call):
        if call.message is None:
            return replies.unreadable()
        try:
            return self._answer(call)
        except replies.Refusal as refusal:
            if refusal.code in COUNTED:
                call.counted = self._guard.count(call.issuer, self.run.clock.rate_seconds())
            return replies.fault(refusal.code, refusal.retry_after)

    def _answer(self, call):
        message = call.message
        if not message.is_complete(needs_case=call.op in _CONTENT):
            raise replies.Refusal("R01")
        held = self._guard.hold_seconds(call.issuer, self.run.clock.rate_seconds())
        if held:
            raise replies.Refusal("A09", held)
        ahead = call.fault_param("seconds", answer_faults.SKEW_SECONDS) if call.fault_is("clock_skew") else 0
        now = self.run.clock.now() + datetime.timedelta(seconds=ahead)
        bound = self._assertions.check(
            call.token, now.timestamp(), call.request.client_certificate, call.fault_is("jwks_rotated"))
        if call.op == "FindCases":
            return replies.answer(call.op, "000", self._listed(bound, now))
        return self._about_case(call, bound, now)

    def _listed(self, bound, now):
        views = [
            CaseView(self, case, bound, now) for case in self._cases.values()
            if parent_in(case, bound["person"]) and not is_protected(case)]
        return [records.listed(view) for view in views]

    def _about_case(self, call, bound, now):
        case = self._cases.get(key_of(call.message.case))
        if case is None or not parent_in(case, bound["person"]):
            return replies.answer(call.op, "406")
        if is_protected(case) or (call.fault_is("fvi_late") and call.fault_hit > 1):
            return replies.answer(call.op, "407")
        view = CaseView(self, case, bound, now)
        try:
            if call.op == "GetFinancial":
                kind = call.fault.kind if call.fault else None
                content = financial(view, call.message, answer_faults.receipts_changer(kind))
            else:
                content = _CONTENT[call.op](view, call.message)
        except WrongRange:
            return replies.answer(call.op, "410")
        return replies.answer(call.op, "000", [records.identification(view.number), *content])

    def finish(self, call, answer):
        return answer_faults.apply(call, answer)

    def internal_error(self):
        reply = replies.fault("S90")
        reply.outcome = "error"
        return reply

    def latency_seconds(self, call):
        if self.latency != "typical" or call.op == "unknown":
            return 0.0
        return self.run.seeded.stream("latency").uniform(*LATENCY_SECONDS)

    def account_action(self, credential_id, action, until):
        return self._subjects.change(credential_id, action)
