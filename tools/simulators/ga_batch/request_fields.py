"""What the fields of each request may hold; names the first column that is wrong."""
import datetime
import re

from ..instants import parse_instant

REASONS = ("INCOME", "CUSTODY", "MEDICAL", "INCARCERATION", "THREE_YEAR", "OTHER")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _date(text):
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def is_instant(text):
    try:
        return bool(parse_instant(text))
    except ValueError:
        return False


def _empty_or(pattern):
    return lambda text: not text or re.fullmatch(pattern, text, re.DOTALL) is not None


def _matches(pattern):
    return lambda text: re.fullmatch(pattern, text, re.DOTALL) is not None


def _of_length(least, most):
    return lambda text: least <= len(text) <= most


_PIN_ID = {"p1": _matches(r"PIN-\d{6}")}
_CHANGE = {"p1": lambda text: text in REASONS, "p2": _of_length(0, 500)}
_RULES = {
    "ENROL": {
        "person_seq": _of_length(0, 0), "p1": _of_length(1, 100), "p2": _of_length(1, 100),
        "p3": lambda text: _date(text) is not None, "p4": _matches("[0-9]{4}")},
    "PINUSED": _PIN_ID,
    "PINVOID": _PIN_ID,
    "ADDR": {
        "p1": _of_length(0, 35), "p2": _of_length(0, 35), "p3": _of_length(0, 25),
        "p4": _empty_or("[A-Z]{2}"), "p5": _empty_or(r"[0-9]{5}(-?[0-9]{4})?"),
        "p6": _empty_or(r"(\+1)?[0-9]{10}"), "p7": _empty_or("[^@ ]+@[^@ ]+")},
    "REVIEW": _CHANGE,
    "MODIFY": _CHANGE,
    "MSG": {"p1": _of_length(1, 80), "p2": _of_length(1, 1000)},
    "PAYREC": {"p1": lambda text: _date(text) is not None, "p2": lambda text: _date(text) is not None},
}
TYPES = tuple(_RULES)


def wrong_column(fields):
    """The first column of a request of a known type that breaks its rule, or None."""
    for column, rule in _RULES[fields["req_type"]].items():
        if not rule(fields[column]):
            return column
    if fields["req_type"] == "PAYREC" and fields["p1"] > fields["p2"]:
        return "p2"
    return None
