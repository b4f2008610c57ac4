"""Monthly figures, balances and arrears of a case, as Kansas adds them up."""
from .case_view import day
from .codes import ACCRUING, DEBT_TYPES, MONTHLY_FACTORS

_ARREARS = (
    "arrears_family", "arrears_assigned", "arrears_unspecified", "medical_arrears", "spousal_arrears",
    "foster_care_arrears",
)


def per_month(cents, frequency):
    """Cents in a month, half a cent rounded up; 0 for what does not recur."""
    if cents is None or frequency not in MONTHLY_FACTORS:
        return 0
    numerator, denominator = MONTHLY_FACTORS[frequency]
    return (2 * cents * numerator + denominator) // (2 * denominator)


class Monthly:
    def __init__(self, view):
        self.support = self.other = self.arrears = 0
        for order, row in view.obligations():
            code = DEBT_TYPES.get(row["debtType"])
            if code is None or order["cancelled"] or not self._counts(row, view.today):
                continue
            due = per_month(row["amountCents"], row["frequency"])
            self.arrears += per_month(row["arrearsAmountCents"], row["arrearsFrequency"])
            if code == "CS":
                self.support += due
            elif code in ACCRUING:
                self.other += due

    @staticmethod
    def _counts(row, today):
        holds = day(row["start"]) <= today and (row["end"] is None or today <= day(row["end"]))
        return holds and row["concurrent"] != "secondary"

    @property
    def total(self):
        return self.support + self.other + self.arrears


class Balances:
    def __init__(self, view):
        self._rows = [row for row in view.rows("balances") if row.get("concurrent") != "secondary"]
        self.total_arrears, self.interest = self._sum("total_arrears"), self._sum("interest")
        self.fees, self.judgment = self._sum("fee"), self._sum("judgment")
        self.assigned = self._sum("arrears_assigned", f"state:{view.state}")
        self.total = self.total_arrears + self.interest + self.fees + self.judgment
        first_of_month = view.today.replace(day=1)
        self.as_of = max((day(row["asOf"]) for row in self._rows), default=first_of_month)

    def _sum(self, bucket, assignee=None):
        return sum(
            row["amountCents"] for row in self._rows
            if row["bucket"] == bucket and assignee in (None, row["assignee"]))


def arrears_of(view, obligation):
    """Cents of the arrears balances that belong to one obligation."""
    rivals = [row for _, row in view.obligations() if row["debtType"] == obligation["debtType"]]
    first = next((row for row in rivals if row["concurrent"] != "secondary"), None)

    def belongs(balance):
        if balance.get("obligor") is None:
            return obligation is first and balance.get("concurrent") != "secondary"
        return (balance["obligor"], balance.get("concurrent", "none")) == (
            obligation["obligor"], obligation["concurrent"])

    return sum(
        row["amountCents"] for row in view.rows("balances")
        if row["bucket"] in _ARREARS and not row["aggregate"]
        and row["debtType"] == obligation["debtType"] and belongs(row))
