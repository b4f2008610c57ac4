"""Business days of the test calendar: Monday to Friday without the federal holidays of 2026."""
import datetime

_HOLIDAYS = frozenset(
    datetime.date(2026, month, day)
    for month, day in (
        (1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (7, 3), (9, 7), (10, 12), (11, 11), (11, 26), (12, 25),
    )
)


def is_business_day(day):
    return day.weekday() < 5 and day not in _HOLIDAYS


def add_business_days(day, count):
    """The count-th business day after the given day (which need not be one itself)."""
    while count > 0:
        day += datetime.timedelta(days=1)
        if is_business_day(day):
            count -= 1
    return day
