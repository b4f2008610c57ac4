"""How one answer of ca-connect looks: language, markup variant, and the forms of its values."""
import html

from . import texts

BLANK_FORMS = ("$ ", "$&nbsp;", "$")
NO_VALUE = "--"
_WITHOUT_BLANKS = ("nbsp_all", "latin1")
_OLD = ("$ 9,999.99", "01/01/2020")
# Variant B: the place in variant A from which each column is taken.
_COLUMNS_B = {"balances": (2, 0, 1), "payments": (3, 0, 2, 1)}
_TABLE_IDS = {"balances": "bal", "payments": "pay"}


class Look:
    """desk: the system. fault: what the call's fault wants changed in the markup, or None."""

    def __init__(self, desk, place, language, variant, fault=None):
        self.language = language
        self.variant = variant
        self.fault = fault
        self._desk = desk
        self._place = place

    # Values

    def text(self, value):
        """Text as markup. A missing or empty one shows as not provided: an empty cell says nothing."""
        escaped = html.escape(value or NO_VALUE, quote=True)
        return escaped.replace(" ", "&nbsp;") if self.fault in _WITHOUT_BLANKS else escaped

    def word(self, pair):
        return self.text(texts.in_language(pair, self.language))

    def loose_word(self, pair, *place):
        """A word whose first blank may be one that does not break."""
        word = self.word(pair)
        return self._desk.pick((word, word.replace(" ", "&nbsp;", 1)), *self._place, *place)

    def label(self, key):
        return self.word(texts.LABELS[key])

    def message(self, key):
        return self.word(texts.MESSAGES[key])

    def code(self, table, token):
        """The text of a code; not provided when the table has none."""
        return self.word(table[token]) if token in table else NO_VALUE

    def amount(self, cents, *place):
        whole, rest = divmod(abs(cents), 100)
        sign = self._desk.pick(BLANK_FORMS, *self._place, *place)
        if self.fault == "entity_amount":
            sign = "&#36; "
        elif self.fault in _WITHOUT_BLANKS:
            sign = "$&nbsp;"
        text = f"{sign}{whole:,}.{rest:02d}"
        return f"({text})" if cents < 0 else text

    def date(self, iso):
        if iso is None:
            return NO_VALUE
        year, month, day = iso.split("-")
        return f"{month}/{day}/{year}" if self.language == "en" else f"{day}/{month}/{year}"

    def time(self, moment):
        local = self._desk.zone.local(moment)
        form = "%m/%d/%Y %I:%M %p" if self.language == "en" else "%d/%m/%Y %H:%M"
        return self.text(f"{local.strftime(form)} {self._desk.zone_label}")

    # Markup

    @property
    def is_b(self):
        return self.variant == "B"

    def facts(self, pairs):
        """Labels with their values, both markup."""
        if self.is_b:
            return '<dl class="facts">\n' + "\n".join(
                f"<dt>{label}</dt><dd>{value}</dd>" for label, value in pairs) + "</dl>"
        return '<table class="kv">\n' + "\n".join(
            f"<tr><th>{label}:</th><td>{value}</td></tr>" for label, value in pairs) + "</table>"

    def money_table(self, name, keys, rows):
        """The balances or payments; rows of markup in the order of the keys."""
        header = [self.label(key) for key in keys]
        if self.is_b:
            order = _COLUMNS_B[name]
            header = [header[place] for place in order]
            rows = [[f'<span class="v">{row[place]}</span>' for place in order] for row in rows]
            return self._table(f'class="grid" data-name="{name}"', header, rows)
        if self.variant == "C" and name == "balances":
            header, rows = None, [[row[1], row[0], *row[2:]] for row in rows]
        return self._table(f'id="{_TABLE_IDS[name]}"', header, rows)

    @staticmethod
    def _table(attributes, header, rows):
        lines = []
        if header is not None:
            lines.append("<tr>" + "".join(f"<th>{cell}</th>" for cell in header) + "</tr>")
        lines += ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
        return f"<table {attributes}>" + "\n".join(lines) + "</table>"

    def old_balances(self, keys):
        """A comment with a table of wrong values that is no content."""
        row = [self.word(texts.BALANCES["total_arrears"]), *_OLD]
        old = Look(self._desk, self._place, self.language, "B" if self.is_b else "A")
        return f"<!-- {old.money_table('balances', keys, [row])} -->"

    def listing(self, name, keys, rows, items, separator=" | "):
        """A table in variant A, a list in B; items: markup of the whole entries in B, or None."""
        if self.is_b:
            lines = items if items is not None else [f"<li>{separator.join(row)}</li>" for row in rows]
            body = f'<ul class="{name}">' + "\n".join(lines) + "</ul>"
        else:
            body = self._table(f'id="{name}"', [self.label(key) for key in keys], rows)
        return body + self.empty_mark(rows)

    @staticmethod
    def empty_mark(rows):
        return "" if rows else '<p data-empty="1"></p>'

    def error(self, code, message_key, field=None):
        where = f' data-field="{field}"' if field else ""
        text = self.message(message_key)
        if self.is_b:
            return f'<div role="alert" data-code="{code}"{where}>{text}</div>'
        return f'<p class="err" data-code="{code}"{where}>{text}</p>'

    def form(self, action, token, version, fields):
        """fields: markup."""
        return (
            f'<form method="post" action="{html.escape(action)}">\n'
            f'<input type="hidden" name="__cct" value="{token}">'
            f'<input type="hidden" name="__v" value="{version}">{fields}'
            f"<button>{self.message('send')}</button></form>")

    def page(self, body_id, content):
        title = self.word(texts.TITLES[body_id])
        return (f'<!DOCTYPE html><html lang="{self.language}"><head><title>{title}</title></head>'
                f'<body id="{body_id}">{content}</body></html>')
