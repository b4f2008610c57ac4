"""Group `fanout`: one parent linked to ten systems; how long all take against the slowest alone."""
import re
import shutil
import threading
import time
from contextlib import ExitStack

from figures import rounded, spread
from load import Spoilt
from rooms import ROOT, Client, layout, processes, sandbox, sign_in_fields, wait_until
from world import TEXAS, World, family, link, retuned

SYSTEMS = [f"tx-icop-{number:02}" for number in range(1, 11)]
LATENCY_MS = 200             # of every call at every system
DEADLINE_PERMILLE = 200      # a system that hangs is given up after a fifth of the usual time
RATE_WINDOW_S = 61           # the modelled state counts the requests of one session for a minute
LOOK_EVERY_S = 0.01


class Systems:
    """Ten simulators of one kind, each a process of its own with its own control port."""

    def __init__(self, folder, scenario, stack):
        folder.mkdir()
        self.ready = {}
        # Every system of the scenario gets a port of its own, or ten processes want the same one.
        listens = [word for system in sandbox.WIRE_SYSTEMS
                   for word in ("--listen", f"{system}=127.0.0.1:0")]
        for name in SYSTEMS:
            record, ready = processes.start(
                name, [str(ROOT / "tools" / "simulate"), "--scenario", str(scenario),
                       "--control", "127.0.0.1:0", *listens, "--tls-dir", str(folder / "tls"),
                       "--ga-drop", str(folder / "ga-drop")],
                folder / f"{name}.log")
            stack.callback(processes.stop, [record])
            self.ready[name] = ready

    def faults(self, name, *faults):
        added = [{"id": kind, "system": "tx-icop", "op": "*", "kind": kind, "params": params}
                 for kind, params in faults]
        sandbox.post_json(self.ready[name]["control"] + "/control/faults", {"clear": True, "add": added})

    def slow(self):
        for name in SYSTEMS:
            self.faults(name, ("latency", {"ms": LATENCY_MS}))

    def next_minute(self):
        for name in SYSTEMS:
            clock = self.ready[name]["control"] + "/control/clock"
            sandbox.post_json(clock, {"advanceSeconds": RATE_WINDOW_S})

    def write_states(self, states):
        """Ten systems that differ from the shipped one in their id alone: configuration, no code."""
        shutil.copytree(ROOT / "states", states)
        file = states / "tx" / "systems.yaml"
        text = file.read_text(encoding="utf-8")
        head, systems = text.split("systems:\n", 1)
        one = next(entry for entry in re.split(r"(?m)^  - id: ", systems) if entry.startswith("tx-icop\n"))
        entries = [f"  - id: {name}" + one.removeprefix("tx-icop") for name in SYSTEMS]
        file.write_text(head + "systems:\n" + "".join(entries), encoding="utf-8")

    def write_overrides(self, file):
        lines = ["systems:"]
        for name, ready in self.ready.items():
            origin = ready["systems"]["tx-icop"]
            lines += [f"  {name}:", f"    origins: [\"{origin}\"]", f"    ca: {ready['ca']}"]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Household:
    """The parent, the ten links, and the stop watch."""

    def __init__(self, folder, stack):
        self.world = World(folder, family(), deadline_permille=DEADLINE_PERMILLE)
        stack.callback(self.world.close)
        run = self.world.place.run
        self.systems = Systems(run / "ten", run / "scenario.json", stack)
        self.systems.write_states(run / "states")
        self.systems.write_overrides(run / "systems.yaml")
        self.world.restart_gateway(lambda text: retuned(text).replace(f"{ROOT}/states", f"{run}/states"))
        self.parent = self.world.parent()
        credential = self.world.credential(TEXAS)
        self.links = {name: link(self.parent, name, sign_in_fields(credential)) for name in SYSTEMS}

    def begin(self, names):
        """Asks for all refreshes at once; link name → sync id."""
        made = {}

        def ask(name):
            made[name] = self.parent.sync(self.links[name])["id"]
        threads = [threading.Thread(target=ask, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if len(made) != len(names):
            raise Spoilt("a refresh was not accepted")
        return made

    def end(self, sync):
        def look():
            told = self.parent.read(f"/v1/syncs/{sync}")
            return told if told["finished_at"] else None
        return wait_until("the end of a refresh", look, 120, LOOK_EVERY_S)

    def refresh(self, names, awaited=None):
        """Seconds until the awaited ones are done; the syncs of the others are answered as well."""
        self.systems.next_minute()
        began = time.monotonic()
        syncs = self.begin(names)
        for name in awaited or names:
            told = self.end(syncs[name])
            if told["state"] != "succeeded":
                raise Spoilt(f"the refresh of {name} {told['state']}")
        return time.monotonic() - began, syncs

    def hang(self, names):
        """As a refresh of all, while these systems answer nothing; afterwards everything is as before."""
        for name in names:
            self.systems.faults(name, ("hang", {}))
        took, syncs = self.refresh(SYSTEMS, [name for name in SYSTEMS if name not in names])
        if any(self.parent.read(f"/v1/syncs/{syncs[name]}")["finished_at"] for name in names):
            raise Spoilt("what had to hang has ended")
        for name in names:
            self.end(syncs[name])
        self.systems.slow()
        self.world.stop_gateway()  # a fresh one knows nothing of the failures of these two
        self.world.start_gateway()
        self.parent = self.parent.at(Client(self.world.record["plain"]))
        self.refresh(SYSTEMS)
        return took


def run(report, chosen, say):
    with ExitStack() as stack:
        household = Household(layout.ROOT / "build" / "bench" / "fanout", stack)
        household.systems.slow()
        alone, together, hanging = [], [], []
        for number in range(chosen.rounds):
            alone.append(max(household.refresh([name])[0] for name in SYSTEMS))
            together.append(household.refresh(SYSTEMS)[0])
            hanging.append(household.hang(SYSTEMS[2 * number:2 * number + 2]))
            say(f"round {number + 1}: slowest alone {alone[-1]:.2f} s, ten {together[-1]:.2f} s, "
                f"eight beside two that hang {hanging[-1]:.2f} s")
        for name, seconds in (("fanout10_vs_slowest", together),
                              ("fanout10_two_hanging_vs_slowest", hanging)):
            ratios = [rounded(one / slowest) for one, slowest in zip(seconds, alone)]
            report.add(name, spread(ratios))
        report.raw("fanout_slowest_alone_s", spread(alone))
        report.raw("fanout_ten_s", spread(together))
        report.raw("fanout_eight_beside_two_hanging_s", spread(hanging))
        report.remark(f"fan-out: {len(SYSTEMS)} systems on one adapter, {LATENCY_MS} ms for each call")
