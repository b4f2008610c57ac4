"""Names as letters only, without case and accents."""
import unicodedata

# Letters that do not fall apart into a plain letter and an accent.
_NEAREST = {"Ø": "O", "Æ": "AE", "Œ": "OE", "Đ": "D", "Ð": "D", "Ł": "L", "Þ": "TH", "ẞ": "SS"}
SURNAME_LETTERS, FIRST_LETTERS = 7, 3


def plain(text):
    """Upper case without accents."""
    parts = unicodedata.normalize("NFD", text.upper())
    return "".join(_NEAREST.get(c, c) for c in parts if not unicodedata.combining(c))


def letters(text):
    return "".join(c for c in plain(text) if "A" <= c <= "Z")


def short_name(person_name):
    """Seven letters of the last name, or all of them and a comma; then three of the first name."""
    last, first = letters(person_name["last"]), letters(person_name["first"])
    surname = last[:SURNAME_LETTERS] if len(last) >= SURNAME_LETTERS else f"{last},"
    return surname + first[:FIRST_LETTERS]
