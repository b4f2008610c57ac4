"""Writes blocks and whole transactions from plain values."""
from . import amounts
from .layouts import AFTER_HEADER, COUNTERS, HEADER
from .letters import written

SERIAL_BEFORE_FIRST = 900_000_000_000
GATEWAY = {"other_state": "99", "other_county": "000", "other_sub": "00"}
STATE_FIPS = "39"


def _digits(value, width):
    return str(value).rjust(width, "0")


class Writer:
    """Makes the state's transactions; each takes the next serial number of the run."""

    def __init__(self, amount_style):
        self._style = amount_style
        self.last_serial = SERIAL_BEFORE_FIRST

    def money(self, cents):
        return amounts.write(cents, self._style)

    def block(self, block, **values):
        """The text of one block. None and missing names give blanks; dates are YYYY-MM-DD."""
        text = " " * block.length
        for name, value in values.items():
            if value is not None:
                text = block.put(text, name, self._field(block.fields[name], value))
        return text

    def _field(self, field, value):
        if field.kind == "M":
            return self.money(value)
        if field.kind == "D":
            return str(value).replace("-", "")
        if field.kind == "N":
            return _digits(value, field.width)
        return written(value, field.kind)[:field.width].ljust(field.width)

    def transaction(self, kind, date, county, case_id, blocks, resolution=None):
        """kind: (function, action, reason); blocks: [(Block, its text)] in the order of the layout."""
        self.last_serial += 1
        function, action, reason = kind
        counts = dict.fromkeys(COUNTERS, 0)
        for block, _ in blocks:
            counts[f"{block.name}_count"] += 1
        header = self.block(
            HEADER, local_state=STATE_FIPS, local_county=county, local_sub="00", **GATEWAY, version="003",
            serial=self.last_serial, action=action, function=function, transaction_date=date, case_id=case_id,
            reason=reason, resolution_date=resolution, attachments="N", **counts)
        order = [block for block, _ in AFTER_HEADER]
        in_order = sorted(blocks, key=lambda part: order.index(part[0]))
        return header + "".join(text for _, text in in_order)
