"""What every simulated system offers to the framework; each system is one subclass."""
import json

from .faults import COMMON_KINDS
from .http_messages import Answer


class Call:
    """One request on its way through a system, with what becomes known about it."""

    def __init__(self, system_id, request):
        self.system_id = system_id
        self.request = request
        self.op = "unknown"
        self.person = None
        self.case = None
        self.auth = None
        self.request_id = None
        self.fault = None
        self.fault_hit = 0  # which of the calls that the fault hits this one is
        self.counted = False
        self.effect = False

    def fault_is(self, *kinds):
        return self.fault is not None and self.fault.kind in kinds

    def fault_param(self, name, default):
        return self.fault.params.get(name, default)


class System:
    """Every method is called with the lock of the run held, and must not wait."""

    system_id = ""
    default_port = 0
    operations = ()
    common_fault_kinds = COMMON_KINDS
    fault_kinds = {}
    connection_fault_kinds = ()  # kinds that hit connections before there is a call
    wants_client_certificate = False
    has_listener = True
    place = None  # where a system without a listener is found

    def __init__(self, run, settings):
        self.run = run
        self.latency = settings["latency"]
        self.options = settings["options"]

    @classmethod
    def check_options(cls, options, at):
        """Raises checks.Invalid for an option this system cannot use."""

    @classmethod
    def check_credentials(cls, scenario):
        """Raises checks.Invalid for credentials of this system that contradict each other."""

    @classmethod
    def check_fault(cls, document, at):
        """Raises checks.Invalid for what is wrong with a fault beyond kind, op and parameters."""

    def begin(self):
        """Runs once, when everything of the run is there."""

    def tick(self):
        """Runs several times a second while the program waits."""

    def identify(self, call):
        """Fills op, person, case, auth and request_id as far as the request tells."""
        raise NotImplementedError

    def logged_path(self, call):
        """The path for the call log, without tokens."""
        raise NotImplementedError

    def fault_concerns(self, fault, call):
        return fault.kind not in self.connection_fault_kinds and fault.concerns(call)

    def fault_concerns_connection(self, fault):
        """A connection has neither person nor case yet, so a fault that names one is not about it."""
        is_unbound = all(value is None for value in fault.match.values())
        return fault.system == self.system_id and fault.kind in self.connection_fault_kinds and is_unbound

    def fault_can_act(self, fault, call):
        """Whether a fault of this kind can change this call at all."""
        return True

    def stand_in(self, call):
        """The answer a fault puts in the place of processing, or None."""
        if call.fault_is("http_status"):
            body = call.fault_param("body", "")
            octets = (body if isinstance(body, str) else json.dumps(body)).encode("utf-8")
            if call.fault.params["status"] in (204, 304):
                octets = b""  # these never have a body
            retry = call.fault_param("retryAfter", None)
            headers = [("Retry-After", str(retry))] if retry is not None else []
            content_type = call.fault_param("contentType", "text/plain")
            return Answer(call.fault.params["status"], octets, content_type, headers)
        if call.fault_is("maintenance"):
            return self.maintenance_answer(call.fault.params.get("untilSeconds"))
        if call.fault_is("rate_limit"):
            return self.rate_limit_answer(call.fault.params.get("retryAfter"))
        return None

    def maintenance_answer(self, seconds):
        raise NotImplementedError

    def rate_limit_answer(self, seconds):
        raise NotImplementedError

    def admit(self, call):
        """Everything before the case is looked up; an answer here ends the call."""
        raise NotImplementedError

    def perform(self, call):
        """Carries an admitted call out and answers it."""
        raise NotImplementedError

    def finish(self, call, answer):
        """Runs after admit and perform, whichever answered; may change the answer for a fault."""
        return answer

    def abandon(self, call):
        """Runs instead of finish when the call failed inside; releases what the call holds."""

    def internal_error(self):
        return Answer(500, b"", "text/plain", outcome="error")

    def extra_headers(self):
        return []

    def latency_seconds(self, call):
        """Drawn from the typical range when the scenario asks for it."""
        return 0.0

    def account_action(self, credential_id, action, until):
        """The credential's state after the action, or None when it is not of this system."""
        return None
