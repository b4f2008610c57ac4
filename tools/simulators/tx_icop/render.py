"""How tx-icop writes values: amounts in changing forms, dates, and fields without a value."""

AMOUNT_STYLES = ("mixed", "string", "number")


def wire_date(iso):
    """MM/DD/YYYY of YYYY-MM-DD. By text, so that a scenario may hold a date that does not exist."""
    return f"{iso[5:7]}/{iso[8:10]}/{iso[0:4]}"


def date_of(day):
    return wire_date(day.isoformat())


def local_time(zone, moment):
    return zone.local(moment).strftime("%m/%d/%Y %I:%M %p")


def amount_text(cents):
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def dashed_phone(phone):
    """512-555-0101 of +15125550101."""
    return f"{phone[2:5]}-{phone[5:8]}-{phone[8:12]}"


def dashed_zip(code):
    return f"{code[:5]}-{code[5:]}" if len(code) == 9 else code


class Writer:
    """Makes the members of answers; equal places get equal forms for equal seeds."""

    def __init__(self, seeded, amount_style, blank_style="mixed"):
        self._seeded = seeded
        self._amount_style = amount_style
        self._blank_style = blank_style  # mixed, null (all optional null) or drop (all missing)

    def pick(self, options, *place):
        return self._seeded.pick(options, "tx-icop", *place)

    def amount(self, cents, *place):
        style = self._amount_style
        if style == "mixed":
            style = self.pick(("string", "number"), "amount", *place)
        if style == "string" or abs(cents) >= 10**13:  # beyond that a JSON number may lose cents
            return amount_text(cents)
        if cents % 100:
            return cents / 100
        return self.pick((cents // 100, cents / 100), "digits", *place)

    def yes_or_no(self, value, *place):
        if value is None:
            return None
        return self.pick((value, "Y" if value else "N"), "boolean", *place)

    def optional(self, record, name, value, *place):
        """Sets an optional member; without a value it is null or missing."""
        style = self._blank_style
        if style == "mixed" and value is None:
            style = self.pick(("null", "drop"), "blank", name, *place)
            if style == "null":
                record[name] = None
        elif style == "mixed":
            record[name] = value
        elif style == "null":
            record[name] = None
        return record
