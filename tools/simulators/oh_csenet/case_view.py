"""A case as one person of it may see it."""
from ..scenario import case_list
from .codes import CASE_STATUSES

# Whose data the NCP blocks carry: the first role that is in the case.
_SUBJECT_ROLES = ("noncustodial_parent", "putative_father")
_OWN_EVENTS = {
    "noncustodial_parent": "noncustodial_parent", "putative_father": "noncustodial_parent",
    "custodial_party": "custodial_party", "caretaker_other": "custodial_party",
}


class CaseView:
    """participant: the part of the person whose session it is."""

    def __init__(self, scenario, system_id, case, participant):
        self.case = case
        self.number = case["caseNumber"]
        self.participant = participant
        self.role = participant["role"]
        self.person = participant["person"]
        self._people = scenario.people
        self._system_id = system_id

    def rows(self, name):
        """A list of the case as this system shows it."""
        return case_list(self.case, self._system_id, name)

    def person_of(self, participant):
        return self._people[participant["person"]]

    def is_viewer(self, participant):
        return participant is not None and participant["person"] == self.person

    @property
    def status(self):
        return CASE_STATUSES[self.case["status"]]

    @property
    def county(self):
        return self.case["locator"][2:5]

    @property
    def subject(self):
        """The participant of the NCP blocks, or None."""
        if self.role == "noncustodial_parent":
            return self.participant
        for role in _SUBJECT_ROLES:
            for participant in self.case["participants"]:
                if participant["role"] == role:
                    return participant
        return None

    @property
    def is_subject(self):
        return self.is_viewer(self.subject)

    def of_role(self, *roles):
        return [p for p in self.case["participants"] if p["role"] in roles]

    def hides(self, participant):
        """Whether this participant is protected from the viewer.

        A protected adult sees the children that are protected with him or her."""
        if not participant["familyViolence"] or self.is_viewer(participant):
            return False
        return not (self.participant["familyViolence"] and participant["role"] == "child")

    @property
    def payments_only(self):
        return any(self.hides(participant) for participant in self.case["participants"])

    @property
    def ohio_responds(self):
        return any(reference["role"] == "responding" for reference in self.case["intergov"])

    def concerns_viewer(self, event):
        return event["for"] in ("both", _OWN_EVENTS[self.role])

    def counted(self, bucket):
        """Balances of a bucket without those that another balance already holds."""
        return [
            row for row in self.rows("balances")
            if row["bucket"] == bucket and row.get("concurrent") != "secondary"
        ]

    def sum_of(self, bucket):
        """Cents, or None when the case has no such balance."""
        rows = self.counted(bucket)
        return sum(row["amountCents"] for row in rows) if rows else None
