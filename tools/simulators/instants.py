"""Instants of the interfaces: UTC, whole seconds on the wire, exact inside."""
import datetime
import re

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def parse_instant(text):
    """Returns an aware datetime; raises ValueError for any other form or an impossible date."""
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        raise ValueError("not an instant of the form YYYY-MM-DDThh:mm:ssZ")
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc)


def format_instant(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_after(moment, seconds):
    return moment + datetime.timedelta(seconds=seconds)


def seconds_until(moment, now):
    """Whole seconds, rounded up, never negative."""
    left = (moment - now).total_seconds()
    return max(0, int(-(-left // 1)))
