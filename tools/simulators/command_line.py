"""Command line of the simulator: starts the listeners, says that it is ready, ends on a signal."""
import argparse
import json
import re
import signal
import sys
import threading

from . import tls
from .checks import Invalid
from .control_port import ControlPort
from .exchange import Exchange
from .handshake import Handshake
from .listener import Listener, split_address
from .names import Names
from .registry import SYSTEM_CLASSES
from .run import World
from .scenario import read_scenario
from .scenario_shapes import SYSTEMS

TICK_SECONDS = 0.2
_NAME = re.compile(r"[a-z]{2}-[a-z0-9][a-z0-9-]{0,29}")


class StartFailed(Exception):
    """The simulator cannot start; the text says why."""


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="simulate", description="Simulated state systems.")
    parser.add_argument("--scenario", required=True, metavar="FILE")
    parser.add_argument("--control", default="127.0.0.1:18100", metavar="HOST:PORT")
    parser.add_argument("--as", action="append", default=[], metavar="SYSTEM=NAME", dest="aliases",
                        help="show a system under another name: another state on the same platform")
    parser.add_argument("--listen", action="append", default=[], metavar="SYSTEM=HOST:PORT")
    carrier = parser.add_mutually_exclusive_group()
    carrier.add_argument("--tls-dir", metavar="DIR")
    carrier.add_argument("--no-tls", action="store_true")
    parser.add_argument("--ga-drop", metavar="DIR", help="drop directory of ga-batch")
    parser.add_argument("--ks-jwks", metavar="FILE", help="keys trusted by ks-quick")
    return parser.parse_args(arguments)


def _names(wishes):
    """The names of --as; raises StartFailed for one that is taken or of a system that nobody knows."""
    aliases = {}
    for wish in wishes:
        system_id, _, name = wish.partition("=")
        if system_id not in SYSTEMS or system_id in aliases:
            raise StartFailed(f"--as {wish}: unknown or repeated system")
        if not _NAME.fullmatch(name) or name in SYSTEMS or name in aliases.values():
            raise StartFailed(f"--as {wish}: not a free name like nv-connect")
        aliases[system_id] = name
    return Names(aliases)


def _listen_addresses(wishes, names):
    """System id -> address; an id that no interface document has is an error."""
    addresses = {}
    for wish in wishes:
        shown, equals, address = wish.partition("=")
        system_id = names.inner(shown)
        if not equals or system_id not in SYSTEMS:
            raise StartFailed(f"--listen {wish}: unknown system")
        addresses[system_id] = _address(address)
    return addresses


def _address(text):
    try:
        return split_address(text)
    except ValueError as error:
        raise StartFailed(str(error)) from error


class Simulator:
    """All parts of one simulator process; tests run it inside their own process."""

    def __init__(self, scenario_document, control, listen, tls_directory=None, fixed_options=None,
                 names=None):
        self.stopping = threading.Event()
        self.world = World(SYSTEM_CLASSES, fixed_options, names)
        certificates = tls.Certificates(tls_directory) if tls_directory else None
        self.ca = certificates.ca if certificates else None
        scenario = self.world.check(scenario_document)
        self.world.begin(scenario)
        self._control = self._open(control, None, ControlPort(self.world).handle)
        self._listeners = {}
        for system_id, system_class in SYSTEM_CLASSES.items():
            if not system_class.has_listener or not (scenario.enabled(system_id) or system_id in listen):
                continue
            address = listen.get(system_id, ("127.0.0.1", system_class.default_port))
            handshake = Handshake(self.world, system_id, certificates) if certificates else None
            self._listeners[system_id] = self._open(address, handshake, Exchange(self.world, system_id))
            self.world.links[system_id] = self._listeners[system_id].url
        for listener in [self._control, *self._listeners.values()]:
            listener.start()

    def _open(self, address, handshake, handle):
        return Listener(address, handshake, handle, self.stopping, lambda: self.world.run.clock.now())

    def ready_line(self):
        systems = {
            self.world.names.shown(system_id): listener.url for system_id, listener in self._listeners.items()
            if self.world.run.scenario.enabled(system_id)
        }
        systems |= {
            self.world.names.shown(system_id): system.place
            for system_id, system in self.world.run.systems.items()
            if not system.has_listener}
        line = {"ready": True, "control": self._control.url, "systems": systems}
        if self.ca:
            line["ca"] = self.ca
        return line

    def wait(self):
        """Runs the timers of a running clock until stop() is called."""
        while not self.stopping.wait(TICK_SECONDS):
            run = self.world.run
            with run.lock:
                run.clock.run_due()
                for system in run.systems.values():
                    system.tick()

    def stop(self):
        self.stopping.set()
        for listener in [self._control, *self._listeners.values()]:
            listener.stop()


def _fixed_options(options):
    """Options of systems that the command line gives."""
    fixed = {"ga-batch": {"dropDir": options.ga_drop}} if options.ga_drop else {}
    if options.ks_jwks is not None:
        try:
            fixed["ks-quick"] = {"jwks": read_scenario(options.ks_jwks)}
            SYSTEM_CLASSES["ks-quick"].check_options(fixed["ks-quick"], "")
        except (OSError, ValueError, Invalid) as error:
            raise StartFailed(f"{options.ks_jwks}: {error}") from error
    return fixed


def _start(options):
    names = _names(options.aliases)
    addresses = _listen_addresses(options.listen, names)
    for system_id in addresses:
        if system_id not in SYSTEM_CLASSES:
            print(f"simulate: {system_id} is not simulated; its --listen is ignored", file=sys.stderr)
    try:
        document = read_scenario(options.scenario)
    except (OSError, ValueError) as error:
        raise StartFailed(f"{options.scenario}: {error}") from error
    try:
        return Simulator(
            document, _address(options.control), addresses, options.tls_dir, _fixed_options(options), names)
    except Invalid as error:
        raise StartFailed(f"{options.scenario}: {error.pointer}: {error}") from error
    except (OSError, tls.TlsFailed) as error:
        raise StartFailed(str(error)) from error


def main(arguments):
    """Returns the exit code: 0 after a signal, 2 when the simulator could not start."""
    options = _parse(arguments)
    try:
        simulator = _start(options)
    except StartFailed as error:
        print(f"simulate: {error}", file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: simulator.stopping.set())
    print(json.dumps(simulator.ready_line()), flush=True)
    simulator.wait()
    simulator.stop()
    return 0
