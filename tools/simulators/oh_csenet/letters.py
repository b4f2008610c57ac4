"""Which characters the records may carry, and how other text is written with them."""
import unicodedata

LETTERS_AND_DIGITS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
PLAIN = LETTERS_AND_DIGITS | frozenset(".,-'&/#@:()")
# Tokens such as THREE_YEAR stand in text lines, so these carry the low line too.
TEXT_LINE = PLAIN | {"_"}
INTERNET_ADDRESS = TEXT_LINE | frozenset("+abcdefghijklmnopqrstuvwxyz")
ALLOWED = {"A": PLAIN, "T": TEXT_LINE, "I": INTERNET_ADDRESS}

# Letters that do not fall apart into a plain letter and an accent.
_NEAREST = {
    "Ø": "O", "Æ": "AE", "Œ": "OE", "Đ": "D", "Ð": "D", "Ł": "L", "Þ": "TH", "Ħ": "H", "Ŋ": "N", "Ŧ": "T",
    "ẞ": "SS", "Ə": "E",
}


def _without_accents(text):
    parts = unicodedata.normalize("NFD", text)
    return "".join(_NEAREST.get(c, c) for c in parts if not unicodedata.combining(c))


def written(text, kind):
    """The text as a field of the kind carries it, not yet cut."""
    plain = _without_accents(text if kind == "I" else text.upper())
    return "".join(c if c in ALLOWED[kind] else " " for c in plain)
