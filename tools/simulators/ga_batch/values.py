"""Amounts, flags and dates as the CSV files write them."""
import calendar
import datetime


def amount(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def flag(value):
    """Y, N, or nothing when it is not known."""
    return "" if value is None else "Y" if value else "N"


def text(value):
    return "" if value is None else value


def money(cents):
    return "" if cents is None else amount(cents)


def day(iso_text):
    return datetime.date.fromisoformat(iso_text)


def months_before(date, months):
    index = date.year * 12 + date.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(date.day, calendar.monthrange(year, month)[1]))
