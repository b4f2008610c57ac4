"""The control port: watches and steers a running simulator."""
import datetime
import json

from .checks import Invalid, boolean, instant, listing, mapping, one_of, record, step, text, whole
from .clock import ClockBackwards
from .faults import check_fault
from .http_messages import Answer
from .instants import format_instant, parse_instant

ACTIONS = (
    "unlock", "lock", "disable", "disable_safety", "enable", "expire_password", "revoke_sessions",
)
CALLS_LIMIT_MAX = 1000


class Refused(Exception):
    def __init__(self, status, code, message, pointer=None):
        super().__init__(message)
        self.status = status
        self.error = {"code": code, "message": message}
        if pointer is not None:
            self.error["pointer"] = pointer


def _checked(check, body, code):
    try:
        check(body, "")
    except Invalid as error:
        raise Refused(422, code, str(error), error.pointer) from error


def _number(parameters, name, default, least, most=None):
    value = parameters.get(name) or str(default)
    if not value.isdecimal() or int(value) < least or (most is not None and int(value) > most):
        raise Refused(422, "parameter_invalid", f"{name} is out of range")
    return int(value)


class ControlPort:
    """handle() is called by the listener's threads; each request works under the lock of the run."""

    def __init__(self, world):
        self._world = world
        self._routes = {
            "/control/health": {"GET": self._health},
            "/control/calls": {"GET": self._calls},
            "/control/clock": {"GET": self._clock, "POST": self._change_clock},
            "/control/faults": {"GET": self._faults, "POST": self._change_faults},
            "/control/outbox": {"GET": self._outbox},
            "/control/scenario": {"POST": self._load_scenario},
            "/control/reset": {"POST": self._reset},
            "/control/accounts": {"POST": self._account},
        }

    def handle(self, connection, request):
        run = self._world.run
        with run.lock:
            run.clock.run_due()
            answer = self._respond(run, request)
            now = self._world.run.clock.now()
        close = not request.keeps_open()
        head = answer.head(now, [], len(answer.body), close)
        connection.send(head if request.method == "HEAD" else head + answer.body)
        if close:
            connection.close()
        return not close

    def _respond(self, run, request):
        headers = []
        try:
            methods = self._routes.get(request.path)
            if methods is None:
                raise Refused(404, "not_found", "there is no such control path")
            action = methods.get(request.method)
            if action is None:
                headers.append(("Allow", ", ".join(methods)))
                raise Refused(405, "method_not_allowed", "this path does not take this method")
            if request.method == "POST":
                status, value = 200, action(run, self._read_json(request))
            else:
                status, value = 200, action(run, request.parameters())
        except Refused as refusal:
            status, value = refusal.status, {"error": refusal.error}
        body = json.dumps(value).encode("utf-8")
        return Answer(status, body, "application/json", headers)

    @staticmethod
    def _read_json(request):
        try:
            return json.loads(request.body)
        except ValueError as error:
            raise Refused(400, "not_json", "the body is not JSON") from error

    @staticmethod
    def _health(run, _parameters):
        return {"status": "ok", "scenario": run.scenario.name, "now": format_instant(run.clock.now())}

    def _inner(self, parameters):
        """Interface id of the system asked for, or None for all."""
        return self._world.names.inner(parameters.get("system"))

    def _calls(self, run, parameters):
        since = _number(parameters, "since", 0, 0)
        limit = _number(parameters, "limit", CALLS_LIMIT_MAX, 1, CALLS_LIMIT_MAX)
        rows = run.calls.rows(since, limit, self._inner(parameters), parameters.get("op"))
        return {
            "now": format_instant(run.clock.now()), "next": rows[-1]["seq"] if rows else since,
            "calls": self._world.names.show_rows(rows),
        }

    @staticmethod
    def _clock(run, _parameters):
        return {"now": format_instant(run.clock.now()), "mode": run.clock.mode}

    def _change_clock(self, run, body):
        _checked(record({}, {
            "set": instant, "advanceSeconds": whole(), "mode": one_of("frozen", "running")}),
            body, "clock_invalid")
        if not body or ("set" in body and "advanceSeconds" in body):
            raise Refused(422, "clock_invalid", "give one of set and advanceSeconds, or mode")
        try:
            if "set" in body:
                run.clock.move_to(parse_instant(body["set"]))
            elif "advanceSeconds" in body:
                step_forward = datetime.timedelta(seconds=body["advanceSeconds"])
                run.clock.move_to(run.clock.now() + step_forward)
        except ClockBackwards as error:
            raise Refused(409, "clock_backwards", "the clock only goes forward") from error
        except OverflowError as error:
            raise Refused(422, "clock_invalid", "the step is too long") from error
        if "mode" in body:
            run.clock.change_mode(body["mode"])
        return self._clock(run, None)

    def _faults(self, run, _parameters):
        return {"faults": self._world.names.show_rows(run.faults.rows())}

    def _change_faults(self, run, body):
        _checked(record({}, {
            "clear": boolean, "remove": listing(text()), "add": listing(mapping)}), body, "faults_invalid")
        added = [self._with_inner_id(document) for document in body.get("add", [])]
        try:
            for index, document in enumerate(added):
                check_fault(document, self._world.registry, step("/add", index))
        except Invalid as error:
            raise Refused(422, "faults_invalid", str(error), error.pointer) from error
        run.faults.change(body.get("clear", False), body.get("remove", []), added)
        return self._faults(run, None)

    def _with_inner_id(self, fault):
        """An added fault names its system as it is shown."""
        shown = fault.get("system")
        return fault | {"system": self._world.names.inner(shown)} if isinstance(shown, str) else fault

    def _outbox(self, run, parameters):
        since = _number(parameters, "since", 0, 0)
        wanted = {name: parameters.get(name) for name in ("person", "kind")}
        wanted["system"] = self._inner(parameters)
        rows = run.outbox.rows(since, **wanted)
        return {"next": rows[-1]["seq"] if rows else since, "messages": self._world.names.show_rows(rows)}

    def _begin(self, scenario):
        try:
            return self._world.begin(scenario)
        except OSError as error:
            raise Refused(422, "scenario_unusable", f"a folder cannot be used: {error.strerror}") from error

    def _load_scenario(self, _run, body):
        try:
            scenario = self._world.check(body)
        except Invalid as error:
            raise Refused(422, "scenario_invalid", str(error), error.pointer) from error
        run = self._begin(scenario)
        return {
            "scenario": scenario.name, "now": format_instant(run.clock.now()),
            "people": scenario.count("people"), "cases": scenario.count("cases"),
        }

    def _reset(self, run, body):
        _checked(record({}, dict.fromkeys(("scenario", "calls", "outbox"), boolean)), body, "reset_invalid")
        if body.get("scenario") or not (body.get("calls") or body.get("outbox")):
            run = self._begin(run.scenario)
        else:
            if body.get("calls"):
                run.calls.clear()
            if body.get("outbox"):
                run.outbox.clear()
        return {"scenario": run.scenario.name, "now": format_instant(run.clock.now())}

    @staticmethod
    def _account(run, body):
        _checked(record({"credential": text(), "action": one_of(*ACTIONS)}, {
            "until": lambda value, at: value is None or instant(value, at)}), body, "account_invalid")
        until = parse_instant(body["until"]) if body.get("until") else None
        for system in run.systems.values():
            state = system.account_action(body["credential"], body["action"], until)
            if state is not None:
                return {"credential": body["credential"], "action": body["action"], "state": state}
        raise Refused(422, "account_invalid", "there is no such credential", "/credential")
