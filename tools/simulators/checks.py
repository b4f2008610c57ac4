"""Small building blocks for checking JSON values; every failure names the place by a JSON pointer."""
import base64
import re

from .instants import parse_instant


class Invalid(Exception):
    """A value that breaks a rule; pointer is its place in the checked document."""

    def __init__(self, pointer, rule):
        self.pointer = pointer or "/"
        name = pointer.rsplit("/", 1)[-1] if pointer else "document"
        super().__init__(f"{name} {rule}")


def step(pointer, name):
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"


def text(pattern=None, shortest=0, longest=None):
    compiled = re.compile(pattern) if pattern else None

    def check(value, at):
        if not isinstance(value, str):
            raise Invalid(at, "must be text")
        if len(value) < shortest or (longest is not None and len(value) > longest):
            raise Invalid(at, "has a wrong length")
        if compiled and not compiled.fullmatch(value):
            raise Invalid(at, "has a wrong form")
    return check


def whole(least=None, most=None):
    def check(value, at):
        if isinstance(value, bool) or not isinstance(value, int):
            raise Invalid(at, "must be a whole number")
        if (least is not None and value < least) or (most is not None and value > most):
            raise Invalid(at, "is out of range")
    return check


def number(least, most):
    def check(value, at):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Invalid(at, "must be a number")
        if not least <= value <= most:
            raise Invalid(at, "is out of range")
    return check


def boolean(value, at):
    if not isinstance(value, bool):
        raise Invalid(at, "must be true or false")


def mapping(value, at):
    if not isinstance(value, dict):
        raise Invalid(at, "must be an object")


def instant(value, at):
    try:
        parse_instant(value)
    except ValueError as error:
        raise Invalid(at, "must be an instant of the form YYYY-MM-DDThh:mm:ssZ") from error


def base64_text(value, at):
    try:
        base64.b64decode(value, validate=True)
    except (TypeError, ValueError) as error:
        raise Invalid(at, "must be base64 text") from error


def exactly(constant):
    def check(value, at):
        if isinstance(value, bool) or value != constant:
            raise Invalid(at, f"must be {constant}")
    return check


def one_of(*allowed):
    def check(value, at):
        if not any(value is option or (isinstance(value, str) and value == option) for option in allowed):
            names = ", ".join("null" if option is None else option for option in allowed)
            raise Invalid(at, f"must be one of {names}")
    return check


def nullable(inner):
    def check(value, at):
        if value is not None:
            inner(value, at)
    return check


def listing(inner, least=0, distinct=False):
    def check(value, at):
        if not isinstance(value, list):
            raise Invalid(at, "must be a list")
        if len(value) < least:
            raise Invalid(at, f"must have at least {least} entries")
        for index, entry in enumerate(value):
            inner(entry, step(at, index))
        if distinct and len(set(value)) != len(value):
            raise Invalid(at, "must not repeat an entry")
    return check


def record(required, optional=None):
    """Members in the order given are checked first to last; others are refused."""
    optional = optional or {}

    def check(value, at):
        mapping(value, at)
        for name, inner in required.items():
            if name not in value:
                raise Invalid(step(at, name), "is missing")
            inner(value[name], step(at, name))
        for name, inner in optional.items():
            if name in value:
                inner(value[name], step(at, name))
        for name in value:
            if name not in required and name not in optional:
                raise Invalid(step(at, name), "is not known here")
    return check


def keyed(names, inner, least=0):
    """An object whose member names come from a list and whose values share one rule."""
    def check(value, at):
        mapping(value, at)
        if len(value) < least:
            raise Invalid(at, f"must have at least {least} members")
        for name, entry in value.items():
            if name not in names:
                raise Invalid(step(at, name), "is not known here")
            inner(entry, step(at, name))
    return check


def by_kind(member, kinds):
    """One of several records, told apart by the value of one member."""
    def check(value, at):
        mapping(value, at)
        if member not in value:
            raise Invalid(step(at, member), "is missing")
        one_of(*kinds)(value[member], step(at, member))
        kinds[value[member]](value, at)
    return check
