"""Loads a scenario and checks what its shape alone cannot say: references and unique names."""
import json

from .checks import Invalid, step
from .scenario_shapes import SCENARIO

ADULT_ROLES = ("custodial_party", "noncustodial_parent", "putative_father", "caretaker_other")


class Scenario:
    """Read-only view of a checked scenario file."""

    def __init__(self, document):
        self.document = document
        self.name = document["name"]
        self.seed = document["seed"]
        self.clock = document["clock"]
        self.otp = document["otp"]
        self.credentials = document["credentials"]
        self.people = {person["id"]: person for person in document["people"]}
        self.faults = document["faults"]

    def enabled(self, system_id):
        return self.document["systems"].get(system_id, {}).get("enabled", False)

    def settings(self, system_id, fixed_options):
        settings = self.document["systems"][system_id]
        return settings | {"options": settings["options"] | fixed_options}

    def cases(self, system_id):
        return [case for case in self.document["cases"] if system_id in case["systems"]]

    def count(self, member):
        return len(self.document[member])


def case_list(case, system_id, name):
    """A list of the case as one system shows it: a view replaces the whole list."""
    return case["views"].get(system_id, {}).get(name, case[name])


def adult_participant(case, person_id):
    """The part in which a person may look at the case, or None."""
    for participant in case["participants"]:
        if participant["person"] == person_id and participant["role"] in ADULT_ROLES:
            return participant
    return None


def _refuse_repeats(document, member):
    seen = set()
    for index, entry in enumerate(document[member]):
        if entry["id"] in seen:
            raise Invalid(step(step(step("", member), index), "id"), "is used twice")
        seen.add(entry["id"])
    return seen


def _check_references(document):
    people = _refuse_repeats(document, "people")
    _refuse_repeats(document, "cases")
    _refuse_repeats(document, "credentials")
    _refuse_repeats(document, "faults")
    for index, credential in enumerate(document["credentials"]):
        if credential["person"] not in people:
            raise Invalid(f"/credentials/{index}/person", "names no person of the scenario")
    numbers = set()
    for index, case in enumerate(document["cases"]):
        for place, participant in enumerate(case["participants"]):
            if participant["person"] not in people:
                raise Invalid(
                    f"/cases/{index}/participants/{place}/person", "names no person of the scenario")
        for system_id in case["systems"]:
            if (system_id, case["caseNumber"]) in numbers:
                raise Invalid(f"/cases/{index}/caseNumber", f"is used twice in {system_id}")
            numbers.add((system_id, case["caseNumber"]))


def check_scenario(document, registry):
    """Returns a Scenario; raises Invalid. registry: system id -> class with check_options and faults."""
    SCENARIO(document, "")
    _check_references(document)
    if document["otp"]["mode"] == "fixed" and "value" not in document["otp"]:
        raise Invalid("/otp/value", "is missing for fixed codes")
    for system_id, settings in document["systems"].items():
        if system_id in registry:
            registry[system_id].check_options(settings["options"], f"/systems/{system_id}/options")
    scenario = Scenario(document)
    for system_id, system_class in registry.items():
        system_class.check_credentials(scenario)
    return scenario


def read_scenario(path):
    """The document in a file; raises OSError or ValueError."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)
