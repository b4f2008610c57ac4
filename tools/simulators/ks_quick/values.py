"""Amounts, dates and texts as this interface writes them."""
import datetime
import re

NEVER, OPEN_END = "00010101", "20991231"
_NO_DATE = ("", NEVER, OPEN_END, "00000000")


def amount(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def date(iso_text, missing):
    """CCYYMMDD of a scenario date; missing: the sentinel for none."""
    return iso_text.replace("-", "") if iso_text else missing


def plain_date(day):
    return day.strftime("%Y%m%d")


def read_date(text):
    """A date, or None for nothing and the sentinels; raises ValueError."""
    if text is None or text in _NO_DATE:
        return None
    if not re.fullmatch("[0-9]{8}", text):
        raise ValueError("not a date")
    return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))


def words(text, longest=None):
    return text.upper()[:longest]
