"""Local time of the four zones the states use, by the United States' rule since 2007.

Own rule instead of zoneinfo: a machine without a time zone database gives the same answers."""
import datetime

_STANDARD_OFFSET_HOURS = {
    "America/New_York": -5,
    "America/Chicago": -6,
    "America/Denver": -7,
    "America/Los_Angeles": -8,
}


# How the states' pages call each of them.
LABELS = {
    "America/New_York": "ET",
    "America/Chicago": "CT",
    "America/Denver": "MT",
    "America/Los_Angeles": "PT",
}


def _sunday(year, month, nth):
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))


class Zone:
    def __init__(self, name):
        self.name = name
        self._standard = datetime.timedelta(hours=_STANDARD_OFFSET_HOURS[name])

    def _daylight_bounds(self, year):
        """Start and end of daylight time in UTC: 02:00 standard time, 02:00 daylight time."""
        two = datetime.time(2)
        start = datetime.datetime.combine(_sunday(year, 3, 2), two) - self._standard
        end = datetime.datetime.combine(_sunday(year, 11, 1), two) - self._standard
        return start, end - datetime.timedelta(hours=1)

    def local(self, moment):
        """Naive local time of an aware UTC moment."""
        utc = moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        start, end = self._daylight_bounds((utc + self._standard).year)
        offset = self._standard
        if start <= utc < end:
            offset += datetime.timedelta(hours=1)
        return utc + offset

    def utc(self, local):
        """Aware UTC moment of a naive local time; the first of the two in the doubled hour."""
        for offset in (self._standard + datetime.timedelta(hours=1), self._standard):
            moment = (local - offset).replace(tzinfo=datetime.timezone.utc)
            if self.local(moment) == local:
                return moment
        return (local - self._standard).replace(tzinfo=datetime.timezone.utc)

    def today(self, moment):
        return self.local(moment).date()
