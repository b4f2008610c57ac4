"""Reads and checks the fields of tx-smart requests; a wrong one ends the call with S-400."""
import datetime
import re

from .refusals import wrong_field
from .soap_writer import NAMESPACE

NO_DATES = ("0001-01-01", "9999-12-31")
YEAR_MAX = 9000  # beyond it the calendar has no room for what follows a payment
_AMOUNT = re.compile(r"[0-9]{1,9}\.[0-9]{2}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def nodes(node, name):
    """The field as a list of one or none. A repeated one is wrong."""
    found = node.named(NAMESPACE, name)
    if len(found) > 1:
        raise wrong_field(name)
    return found


def raw(node, name):
    """The text of a field with its white space; None when it is missing."""
    found = nodes(node, name)
    return found[0].text if found else None


def optional(node, name):
    """Trimmed; None when missing or empty."""
    value = raw(node, name)
    return (value or "").strip() or None


def text(node, name, longest):
    value = optional(node, name)
    if value is None or len(value) > longest:
        raise wrong_field(name)
    return value


def secret(node, name, longest):
    """Not trimmed: white space belongs to it."""
    value = raw(node, name) or ""
    if not 1 <= len(value) <= longest:
        raise wrong_field(name)
    return value


def choice(node, name, options):
    value = optional(node, name)
    if value is None or value not in options:
        raise wrong_field(name)
    return value


def optional_choice(node, name, options):
    return choice(node, name, options) if optional(node, name) is not None else None


def matching(node, name, pattern):
    value = optional(node, name)
    if value is None or not re.fullmatch(pattern, value, re.ASCII):
        raise wrong_field(name)
    return value


def cents(node, name):
    """An amount with two decimals, as cents."""
    value = optional(node, name)
    if value is None or not _AMOUNT.fullmatch(value):
        raise wrong_field(name)
    return int(value.replace(".", ""))


def positive_cents(node, name):
    value = cents(node, name)
    if value == 0:
        raise wrong_field(name)
    return value


def as_date(value, name):
    if value is None or not _DATE.fullmatch(value):
        raise wrong_field(name)
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise wrong_field(name) from error


def optional_date(node, name):
    """None also for the two dates that say that there is none; a day too far off is wrong."""
    value = optional(node, name)
    if value is None or value in NO_DATES:
        return None
    day = as_date(value, name)
    if day.year > YEAR_MAX:
        raise wrong_field(name)
    return day


def date(node, name):
    day = optional_date(node, name)
    if day is None:
        raise wrong_field(name)
    return day


def attribute(node, name):
    value = node.attributes.get(name, "").strip()
    if not value:
        raise wrong_field(name)
    return value
