"""One run of a scenario and the world that replaces it on reset."""
import threading

from .call_log import CallLog
from .clock import VirtualClock
from .faults import FaultList, check_fault
from .instants import parse_instant
from .names import Names
from .outbox import Outbox
from .scenario import check_scenario
from .seeded import Seeded


class Run:
    """Everything that a start creates. A call keeps to the run it began in, even after a reset."""

    def __init__(self, scenario, registry, links, fixed_options):
        self.lock = threading.RLock()
        self.scenario = scenario
        self.links = links
        self.seeded = Seeded(scenario.seed)
        self.clock = VirtualClock(parse_instant(scenario.clock["now"]), scenario.clock["mode"])
        self.calls = CallLog()
        self.outbox = Outbox(self.clock)
        self.faults = FaultList(scenario.faults, self.seeded.stream("faults"))
        self.systems = {
            system_id: system_class(self, scenario.settings(system_id, fixed_options.get(system_id, {})))
            for system_id, system_class in registry.items() if scenario.enabled(system_id)
        }


class World:
    """Holds the present run; links: system id -> base URL, filled when the listeners are open.

    fixed_options: system id -> options of the command line, which win over those of any scenario."""

    def __init__(self, registry, fixed_options=None, names=None):
        self.registry = registry
        self.names = names or Names()
        self._fixed_options = fixed_options or {}
        self.links = {}
        self.run = None

    def check(self, document):
        """A Scenario of the document; raises checks.Invalid."""
        scenario = check_scenario(document, self.registry)
        for index, fault in enumerate(scenario.faults):
            check_fault(fault, self.registry, f"/faults/{index}")
        return scenario

    def begin(self, scenario):
        """Raises OSError when a system cannot use its files; the run before then stays."""
        run = Run(scenario, self.registry, self.links, self._fixed_options)
        with run.lock:
            for system in run.systems.values():
                system.begin()
        self.run = run
        return run
