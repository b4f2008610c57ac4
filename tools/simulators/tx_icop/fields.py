"""Reads and checks the fields of tx-icop requests; a wrong one ends the call with ICOP-2001."""
import datetime
import json
import re

from .replies import refuse, wrong_field

BODY_BYTES_MAX = 1024 * 1024
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+")
_AMOUNT = re.compile(r"\d{1,5}\.\d{2}")


def parse_object(octets):
    """The JSON object in a body, or None when it is none."""
    try:
        value = json.loads(octets.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def read_object(request):
    if request.body_bytes > BODY_BYTES_MAX:
        raise refuse("ICOP-2005")
    value = parse_object(request.body)
    if value is None:
        raise wrong_field("body", "The body is not a JSON object.")
    return value


def text(body, name, shortest, longest, path=None):
    value = body.get(name)
    if not isinstance(value, str) or not shortest <= len(value) <= longest:
        raise wrong_field(path or name)
    return value


def optional_text(body, name, shortest, longest, path=None):
    """None when the member is missing or null."""
    return None if body.get(name) is None else text(body, name, shortest, longest, path)


def choice(body, name, options):
    value = body.get(name)
    if not isinstance(value, str) or value not in options:
        raise wrong_field(name)
    return value


def matching(body, name, pattern, path=None, message=None):
    value = body.get(name)
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        raise wrong_field(path or name, message)
    return value


def email(body, name="email"):
    value = text(body, name, 3, 254)
    if not _EMAIL.fullmatch(value):
        raise wrong_field(name)
    return value


def wire_date(body, name):
    """A real date written MM/DD/YYYY."""
    value = matching(body, name, r"\d{2}/\d{2}/\d{4}")
    try:
        return datetime.datetime.strptime(value, "%m/%d/%Y").date()
    except ValueError as error:
        raise wrong_field(name) from error


def query_date(parameters, name, default):
    """A real date written YYYY-MM-DD, as text."""
    value = parameters.get(name)
    if value is None:
        return default
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").date().isoformat()
    except ValueError as error:
        raise wrong_field(name) from error


def payment_amount(body):
    """Cents of an amount from 1.00 to 25,000.00 written with two decimals."""
    value = body.get("amount")
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value) or not value.isascii():
        raise wrong_field("amount")
    cents = int(value.replace(".", ""))
    if not 100 <= cents <= 2_500_000:
        raise wrong_field("amount")
    return cents
