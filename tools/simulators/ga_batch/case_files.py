"""The cases of the state as its batch programs read them."""
from ..scenario import ADULT_ROLES, case_list

EFT_SOURCE = "income_withholding"
EFT_TRACE_DIGITS = 15
ON_THE_WAY = "received"  # an electronic payment of this status has no record of its own yet


class CaseFile:
    """person_seq is the place in the scenario, so it stays for all runs."""

    def __init__(self, case, system_id, people):
        self.case = case
        self.number = case["caseNumber"]
        self._system_id = system_id
        self._people = people

    def rows(self, name):
        """A list of the case as this system shows it."""
        return case_list(self.case, self._system_id, name)

    @property
    def is_restricted(self):
        return any(participant["familyViolence"] for participant in self.case["participants"])

    def participants(self):
        """(person_seq, participant)"""
        return [(f"{place:02d}", part) for place, part in enumerate(self.case["participants"], 1)]

    def parents(self):
        return [(seq, part) for seq, part in self.participants() if part["role"] in ADULT_ROLES]

    def parent_at(self, person_seq):
        return next((part for seq, part in self.parents() if seq == person_seq), None)

    def seq_of(self, person_id):
        return next((seq for seq, part in self.parents() if part["person"] == person_id), None)

    def person(self, participant):
        return self._people[participant["person"]]

    def role_of(self, person_id):
        """The role of a person in the case; a text that names nobody stays as it is."""
        found = (part["role"] for part in self.case["participants"] if part["person"] == person_id)
        return next(found, person_id)

    def payer(self):
        """The person who pays: the first active noncustodial parent, or None."""
        for participant in self.case["participants"]:
            if participant["role"] == "noncustodial_parent" and participant["active"]:
                return self.person(participant)
        return None


def is_electronic(payment):
    """Whether a payment came through the bank with an employer's entry."""
    trace = payment["ref"] or ""
    return (payment["source"] == EFT_SOURCE and payment["amountCents"] > 0
            and len(trace) == EFT_TRACE_DIGITS and trace.isascii() and trace.isdigit())


def case_files(scenario, system_id):
    """In ascending order of the case number."""
    found = [CaseFile(case, system_id, scenario.people) for case in scenario.cases(system_id)]
    return sorted(found, key=lambda file: file.number)
