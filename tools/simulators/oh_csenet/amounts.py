"""Twelve places for an amount in cents, in the two ways to write the sign."""

LEADING_MINUS, OVERPUNCH = "leading_minus", "overpunch"
STYLES = (LEADING_MINUS, OVERPUNCH)
BLANK = " " * 12
_PUNCHED = "}JKLMNOPQR"
_DIGITS = frozenset("0123456789")


def write(cents, style):
    """None gives blanks: not provided, which is not zero."""
    if cents is None:
        return BLANK
    if cents >= 0:
        return f"{cents:012d}"
    if style == LEADING_MINUS:
        return f"-{-cents:011d}"
    digits = f"{-cents:012d}"
    return digits[:-1] + _PUNCHED[int(digits[-1])]


def read(text, style):
    """Cents, or None for blanks; raises ValueError for any other form."""
    if text == BLANK:
        return None
    if len(text) != 12:
        raise ValueError("an amount has twelve places")
    if _DIGITS.issuperset(text):
        return int(text)
    if style == LEADING_MINUS and text[0] == "-" and _DIGITS.issuperset(text[1:]):
        return -int(text[1:])
    if style == OVERPUNCH and text[-1] in _PUNCHED and _DIGITS.issuperset(text[:-1]):
        return -int(text[:-1] + str(_PUNCHED.index(text[-1])))
    raise ValueError("no amount of this style")


def other_style(style):
    return OVERPUNCH if style == LEADING_MINUS else LEADING_MINUS
