"""Fault injection: what may be asked for, and which fault a call gets."""
from .checks import Invalid, mapping, number, one_of, step, text, whole
from .scenario_shapes import FAULT

WHOLE = whole(0)


def _anything(_value, _at):
    pass


def parameters(**checks):
    """Known parameters are checked; a name ending in _required must be there; others are ignored."""
    needed = {name[:-9]: check for name, check in checks.items() if name.endswith("_required")}
    known = {name: check for name, check in checks.items() if not name.endswith("_required")} | needed

    def check(value, at):
        mapping(value, at)
        for name in needed:
            if name not in value:
                raise Invalid(step(at, name), "is missing")
        for name, inner in known.items():
            if name in value:
                inner(value[name], step(at, name))
    return check


NO_PARAMETERS = parameters()
COMMON_KINDS = {
    "latency": parameters(ms_required=WHOLE),
    "http_status": parameters(
        status_required=whole(200, 599), body=_anything, contentType=text(shortest=1), retryAfter=WHOLE),
    "hang": NO_PARAMETERS,
    "reset": NO_PARAMETERS,
    "lost_answer": NO_PARAMETERS,
    "truncate": parameters(bytes=WHOLE, fraction=number(0, 1)),
    "truncate_clean": parameters(fraction=number(0, 1)),
    "malformed": NO_PARAMETERS,
    "wrong_content_type": parameters(contentType=text(shortest=1)),
    "oversize": parameters(bytes=WHOLE),
    "slow_drip": parameters(bytesPerSecond=number(0.01, 1e9)),
    "empty_body": NO_PARAMETERS,
    "expire_session": NO_PARAMETERS,
    "duplicate_page": NO_PARAMETERS,
    "drift": parameters(variant=_anything, op=text()),
    "maintenance": parameters(untilSeconds=WHOLE),
    "rate_limit": parameters(retryAfter=WHOLE),
}


class Fault:
    """One entry of the fault list with its counters."""

    def __init__(self, document):
        self.id = document["id"]
        self.system = document["system"]
        self.op = document["op"]
        self.kind = document["kind"]
        self.params = document.get("params", {})
        self.match = document.get("match", {})
        self.after = document.get("after", 0)
        self.times = document.get("times")
        self.probability = document.get("probability", 1.0)
        self.seen = 0
        self.hits = 0

    def concerns(self, call):
        return (
            self.system == call.system_id
            and self.op in ("*", call.op)
            and self.params.get("op", call.op) in ("*", call.op)
            and self.match.get("person", call.person) == call.person
            and self.match.get("case", call.case) == call.case
        )

    def row(self):
        return {
            "id": self.id, "system": self.system, "op": self.op, "kind": self.kind, "params": self.params,
            "match": self.match, "after": self.after, "times": self.times,
            "probability": self.probability, "hits": self.hits,
        }


def check_fault(document, registry, at):
    """Raises Invalid for a wrong shape and for a kind or op the system does not have."""
    FAULT(document, at)
    system_class = registry.get(document["system"])
    if system_class is None:
        return  # a system this program does not have: nothing is ever hit
    kinds = system_class.common_fault_kinds | system_class.fault_kinds
    one_of(*kinds)(document["kind"], step(at, "kind"))
    one_of("*", *system_class.operations)(document["op"], step(at, "op"))
    kinds[document["kind"]](document.get("params", {}), step(at, "params"))
    system_class.check_fault(document, at)


class FaultList:
    """Every method is called with the lock of the run held."""

    def __init__(self, documents, random_stream):
        self._faults = [Fault(document) for document in documents]
        self._random = random_stream

    def pick(self, concerns, can_act=lambda fault: True):
        """The first fault that fits and still has calls to hit; counts those it looked at.

        concerns(fault): whether it is about this call. can_act(fault): whether the kind can change
        it at all; one that cannot is counted as let through, but not as hit."""
        for fault in self._faults:
            if not concerns(fault):
                continue
            fault.seen += 1
            spent = fault.times is not None and fault.hits >= fault.times
            if fault.seen <= fault.after or spent or not can_act(fault):
                continue
            if fault.probability < 1 and self._random.random() >= fault.probability:
                continue
            fault.hits += 1
            return fault
        return None

    def change(self, clear, removed, added):
        faults = [] if clear else [fault for fault in self._faults if fault.id not in removed]
        for document in added:
            places = [place for place, fault in enumerate(faults) if fault.id == document["id"]]
            if places:
                faults[places[0]] = Fault(document)
            else:
                faults.append(Fault(document))
        self._faults = faults

    def rows(self):
        return [fault.row() for fault in self._faults]
