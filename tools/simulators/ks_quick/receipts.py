"""Payments and disbursements of a case in a range of dates."""
import datetime

from .case_view import day
from .codes import OTHER_SOURCE, SOURCES
from .values import read_date

ROWS_MAX = 90
YEARS_MAX = 3
_UNSEEN = ("received", "pending", "held")


class WrongRange(Exception):
    """Dates that are none, are in the wrong order, or lie in the future."""


class Range:
    """First and last day, both included, at most three years."""

    def __init__(self, start_text, end_text, today):
        try:
            start, end = read_date(start_text), read_date(end_text) or today
        except ValueError as error:
            raise WrongRange from error
        if end > today or (start is not None and start > end):
            raise WrongRange
        earliest = self._years_before(end) + datetime.timedelta(days=1)
        self.start, self.end = max(start or earliest, earliest), end

    @staticmethod
    def _years_before(end):
        try:
            return end.replace(year=end.year - YEARS_MAX)
        except ValueError:  # 29 February
            return end.replace(year=end.year - YEARS_MAX, day=28)

    def holds(self, iso_text):
        return self.start <= day(iso_text) <= self.end


class Receipt:
    def __init__(self, date, cents, source):
        self.date = date
        self.cents = cents
        self.source = source


def _shown_payments(view):
    return [row for row in view.rows("payments") if row["status"] not in _UNSEEN]


def _newest(rows, member):
    return sorted(rows, key=lambda row: row[member], reverse=True)  # keeps the order of equal dates


def payments(view, dates):
    """(receipts, whether older ones were left out), newest first."""
    rows = _newest(
        [row for row in _shown_payments(view) if dates.holds(row["collectionDate"])], "collectionDate")
    receipts = [
        Receipt(day(row["collectionDate"]), row["amountCents"], SOURCES.get(row["source"], OTHER_SOURCE))
        for row in rows[:ROWS_MAX]]
    return receipts, len(rows) > ROWS_MAX


def disbursements(view, dates):
    """(scenario rows, whether older ones were left out), newest first."""
    rows = _newest([row for row in view.rows("disbursements") if dates.holds(row["date"])], "date")
    return rows[:ROWS_MAX], len(rows) > ROWS_MAX


def last_payment(view):
    """(date or None, cents) of what came in on the newest day up to today."""
    rows = [
        row for row in _shown_payments(view)
        if row["amountCents"] > 0 and day(row["collectionDate"]) <= view.today]
    newest = max((row["collectionDate"] for row in rows), default=None)
    return newest, sum(row["amountCents"] for row in rows if row["collectionDate"] == newest)
