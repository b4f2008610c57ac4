"""What ca-connect shows of a case to one of its parents: rules of the single fields."""
from ..instants import parse_instant
from ..scenario import case_list
from . import texts

_SHOWN_PAYMENTS = ("applied", "partially_applied", "reversed")
_OTHER_ROLE = {
    "custodial_party": "noncustodial_parent", "noncustodial_parent": "custodial_party",
}


def viewer_part(case, person):
    """The part in which a person sees the case: as CP or NCP, nothing else."""
    for participant in case["participants"]:
        if participant["person"] == person and participant["role"] in texts.ROLES:
            return participant
    return None


class CaseValues:
    def __init__(self, system_id, people, case, viewer, today):
        self.case = case
        self.viewer = viewer
        self._system_id = system_id
        self._people = people
        self._today = today.isoformat()
        # the other party of somebody who must be protected sees payments only
        self.restricted = any(
            p["familyViolence"] and p["person"] != viewer["person"] for p in case["participants"])

    def _rows(self, name):
        return case_list(self.case, self._system_id, name)

    def _names(self, role):
        if self.restricted:
            return []
        names = [self._people[p["person"]]["name"] for p in self.case["participants"]
                 if p["role"] == role and p["active"]]
        return [(name["first"], name["last"]) for name in names]

    def other_parents(self):
        """(first, last) of each active participant of the other role."""
        return self._names(_OTHER_ROLE[self.viewer["role"]])

    def children(self):
        return self._names("child")

    @property
    def _orders(self):
        return [order for order in self.case["orders"] if order["cancelled"] is None]

    def court_case(self):
        return None if self.restricted or not self._orders else self._orders[0]["docket"]

    def other_state(self):
        if self.restricted or not self.case["intergov"]:
            return None
        first = self.case["intergov"][0]
        return f"{first['otherState']} {first['otherCaseId']}"

    def _sum(self, amount, frequency):
        """(cents, frequency) of today's obligations; the first gives the frequency."""
        found = [
            row for order in self._orders for row in order["obligations"]
            if row["concurrent"] != "secondary" and row[frequency] in texts.FREQUENCIES
            and (row[amount] or 0) > 0 and row["start"] <= self._today
            and (row["end"] is None or self._today <= row["end"])]
        if not found:
            return None
        chosen = found[0][frequency]
        return sum(row[amount] for row in found if row[frequency] == chosen), chosen

    def current_support(self):
        return self._sum("amountCents", "frequency")

    def arrears_payment(self):
        return self._sum("arrearsAmountCents", "arrearsFrequency")

    def balances(self):
        return [row for row in self._rows("balances")
                if row["bucket"] in texts.BALANCES and row.get("concurrent") != "secondary"]

    def payments(self):
        rows = [row for row in self._rows("payments") if row["status"] in _SHOWN_PAYMENTS]
        return sorted(
            rows, key=lambda row: (row["collectionDate"], row["postedDate"] or "9999-12-31"), reverse=True)

    def documents(self):
        rows = [] if self.restricted else self._rows("documents")
        return sorted(rows, key=lambda row: row["date"], reverse=True)

    def appointments(self):
        if self.restricted:
            return []
        rows = [row for row in self._rows("events")
                if row["kind"] in texts.APPOINTMENTS and row["for"] in ("both", self.viewer["role"])
                and row["status"] != "cancelled"]
        return sorted(rows, key=lambda row: parse_instant(row["start"]))

    def contacts(self):
        return [] if self.restricted else self._rows("contacts")
