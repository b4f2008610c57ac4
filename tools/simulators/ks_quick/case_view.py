"""A case as the asserted person may see it."""
import datetime

from ..scenario import case_list
from .codes import PARENT_ROLES


def key_of(number):
    """Case numbers are equal with and without leading zeros."""
    return number.strip(" ").lstrip("0")


def parent_in(case, person_id):
    """The part in which the interface knows a person in a case, or None."""
    for participant in case["participants"]:
        if participant["person"] == person_id and participant["role"] in PARENT_ROLES:
            return participant
    return None


def is_protected(case):
    return any(participant["familyViolence"] for participant in case["participants"])


class CaseView:
    """credential: the binding of the asking person; today: at the agency."""

    def __init__(self, system, case, credential, now):
        self.case = case
        self.number = case["caseNumber"].zfill(10)
        self.asker = credential["person"]
        self.person_number = credential["personNumber"]
        self.role = PARENT_ROLES[parent_in(case, self.asker)["role"]]
        self.state = system.state
        self.people = system.run.scenario.people
        self.now = now
        self.today = system.zone.today(now)
        self._zone = system.zone
        self._system_id = system.system_id

    def rows(self, name):
        """A list of the case as this system shows it."""
        return case_list(self.case, self._system_id, name)

    def day_of(self, moment):
        return self._zone.today(moment)

    def obligations(self):
        """(order, obligation), in scenario order."""
        return [(order, row) for order in self.case["orders"] for row in order["obligations"]]


def day(iso_text):
    return datetime.date.fromisoformat(iso_text)
