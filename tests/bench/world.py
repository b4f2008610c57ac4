"""A sandbox for measuring: a release gateway, simulators, a parent with one Texas and two Ohio cases."""
import json
import shutil

from rooms import (ROOT, Client, Parent, down, layout, processes, sandbox, sign_in_fields, wait_until)

PARENT = "p-rafael"
TEXAS, OHIO, OTHER_OHIO = "k1", "k9", "k11"  # credentials of the sample's families
READS_PER_SECOND_MAX = 10_000_000            # one address makes all the load; its reads are still counted


def family():
    """The sample, in which the parent of the two-state family has a second case in Ohio."""
    scenario = json.loads((ROOT / "tests" / "scenarios" / "sample.json").read_text(encoding="utf-8"))
    scenario["clock"]["mode"] = "running"
    by_id = {one["id"]: one for one in scenario["credentials"]}
    by_id[OTHER_OHIO].update(person=PARENT, ssn4=by_id[OHIO]["ssn4"])
    other = next(one for one in scenario["cases"] if one["caseNumber"] == by_id[OTHER_OHIO]["caseNumber"])
    for participant in other["participants"]:
        if participant["role"] == "noncustodial_parent":
            participant["person"] = PARENT
    return scenario


def retuned(settings):
    """Settings of a sandbox's gateway for load from one address."""
    return settings.replace("http:\n", f"http:\n  reads_per_second_max: {READS_PER_SECOND_MAX}\n", 1)


class World:
    """Simulators, mail sink and a gateway of the release build in `folder`; ended by id."""

    def __init__(self, folder, scenario, **options):
        shutil.rmtree(folder, ignore_errors=True)
        self.place = layout.Layout(folder, "release")
        self.place.run.mkdir(parents=True)
        self.scenario = scenario
        file = self.place.run / "scenario.json"
        file.write_text(json.dumps(scenario), encoding="utf-8")
        self.record = sandbox.start(self.place, file, ports=(0, 0), **options)

    def close(self):
        down.stop_sandbox(self.place)

    def restart_gateway(self, change=retuned):
        """Once more, with changed settings; answers the address without TLS."""
        self.stop_gateway()
        file = self.place.run / "gateway.yaml"
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        self.start_gateway()
        return self.record["plain"]

    def stop_gateway(self):
        gateway = next(one for one in self.record["processes"] if one["name"] == "gateway")
        processes.stop([gateway])
        self.record["processes"].remove(gateway)
        self.place.write_record(self.record)

    def start_gateway(self):
        now = sandbox.get_json(self.record["control"] + "/control/clock")["now"]
        process, ready = sandbox.start_gateway(self.place, now)
        self.record["processes"].append(process)
        self.place.write_record(self.record)
        secure, self.record["plain"] = ready["addresses"]
        self.record["secure"] = secure.replace("127.0.0.1", "localhost")

    def credential(self, credential_id):
        return next(one for one in self.scenario["credentials"] if one["id"] == credential_id)

    def parent(self):
        return Parent(Client(self.record["plain"]), self.record["mail"]).join()


def link(parent, system, fields):
    """Links one account at a state and waits for its first reading; answers the link's id."""
    body = {"mode": "create", "system_id": system, "custody": "session_only"}
    attempt = parent.client.good("link attempt", parent.call("POST", "/v1/link-attempts", body))
    attempt = parent.answer(attempt, fields)
    ended = parent.finished(attempt["sync_id"], 120)
    if ended["state"] != "succeeded":
        raise SystemExit(f"the first reading of {system} {ended['state']}")
    return attempt["link_id"]


def ohio_fields(credential):
    return {"case_number": credential["caseNumber"], "ssn_last4": credential["ssn4"],
            "pin": credential["pin"]}


def family_parent(world):
    """A parent with three cases in two states, linked and read through the public API."""
    parent = world.parent()
    link(parent, "tx-icop", sign_in_fields(world.credential(TEXAS)))
    for one in (OHIO, OTHER_OHIO):
        link(parent, "oh-csenet", ohio_fields(world.credential(one)))
    wait_until("three cases", lambda: len(parent.read("/v1/cases")["data"]) == 3)
    return parent
