"""Which run it is: its night, its number, and up to which day it knows."""
import datetime
import json

from ..instants import format_instant
from .extract import LAYOUT

RUN_TIME = datetime.time(2)
KINDS = {"EXTR": "csv", "ACH": "ach", "PINS": "csv", "ACK": "csv", "MANI": "json"}


def moment_of(zone, date):
    """The first instant of the night at which the wall clock does not show less than 02:00."""
    return zone.utc(datetime.datetime.combine(date, RUN_TIME))


class NightlyRun:
    """moment: of the night; created: later for a run that is issued again."""

    def __init__(self, date, moment, number=1, created=None, reissue_of=None):
        self.date = date
        self.moment = moment
        self.number = number
        self.created_text = format_instant(created or moment)
        self.reissue_of = reissue_of
        self.id = f"{date:%Y%m%d}-{number:02d}"
        self.data_through = date - datetime.timedelta(days=1)

    def again(self, created):
        return NightlyRun(self.date, self.moment, self.number + 1, created, self.id)

    def file_name(self, kind):
        return f"GA_{kind}_{self.date:%Y%m%d}_{self.number:02d}.{KINDS[kind]}"

    def manifest(self, entries):
        """Octets of the manifest; entries: name, kind, bytes, sha256, lines of each file."""
        document = {
            "run": self.id, "state": "GA", "layout": LAYOUT, "created": self.created_text,
            "dataThrough": self.data_through.isoformat(), "reissueOf": self.reissue_of, "files": entries}
        return (json.dumps(document, indent=1) + "\n").encode("ascii")
