"""The one CSV dialect of this interface (RFC 4180, narrowed): writing, and reading without mercy."""

BOM = b"\xef\xbb\xbf"
LINE_END = "\r\n"
_SPECIAL = ',"\r\n'


class WrongLayout(Exception):
    """Octets that break the dialect."""


def _needs_quotes(field):
    return any(mark in field for mark in _SPECIAL)


def _quoted(field):
    return '"' + field.replace('"', '""') + '"'


def record(fields, quote_all=False):
    """One record with its line end."""
    shown = (_quoted(field) if quote_all or _needs_quotes(field) else field for field in fields)
    return ",".join(shown) + LINE_END


def document(records, quote_all=False):
    """The octets of a file."""
    return BOM + "".join(record(fields, quote_all) for fields in records).encode("utf-8")


def padded(fields, columns):
    return [*fields, *[""] * (columns - len(fields))]


def _quoted_field(text, place):
    """(field, place after it) of a field whose first quote is at the place."""
    parts = []
    place += 1
    while True:
        end = text.find('"', place)
        if end < 0:
            raise WrongLayout
        parts.append(text[place:end])
        if text[end + 1:end + 2] != '"':
            break
        parts.append('"')
        place = end + 2
    field = "".join(parts)
    if not _needs_quotes(field):
        raise WrongLayout
    return field, end + 1


def _plain_field(text, place):
    end = place
    while end < len(text) and text[end] not in _SPECIAL:
        end += 1
    return text[place:end], end


def read(octets, columns):
    """The records of a file; every one must have so many fields. Raises WrongLayout."""
    if not octets.startswith(BOM):
        raise WrongLayout
    try:
        text = octets[len(BOM):].decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongLayout from error
    records, fields, place = [], [], 0
    while place < len(text):
        reader = _quoted_field if text[place] == '"' else _plain_field
        field, place = reader(text, place)
        fields.append(field)
        if text.startswith(",", place):
            place += 1
            if place == len(text):
                raise WrongLayout
        elif text.startswith(LINE_END, place):
            place += len(LINE_END)
            if len(fields) != columns:
                raise WrongLayout
            records.append(fields)
            fields = []
        else:
            raise WrongLayout
    return records
