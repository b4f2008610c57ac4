"""Serial numbers of the senders: the same one with the same octets gets the same answer again."""
from ..instants import seconds_after

KEPT_SECONDS = 24 * 3600


class Work:
    """What a transaction led to: the lines of its answer, and the job they wait in, if any."""

    def __init__(self, transaction, lines, outcome):
        self.transaction = transaction
        self.lines = lines
        self.outcome = outcome
        self.job = None


class _Entry:
    def __init__(self, owner, octets, work, end):
        self.owner = owner
        self.octets = octets
        self.work = work
        self.end = end


class UsedBefore(Exception):
    """The serial number belongs to other octets, or to somebody else."""


class Serials:
    """owner: (case number, person)."""

    def __init__(self):
        self._entries = {}

    def find(self, serial, owner, octets, now):
        """The earlier work, or None for a new serial number; raises UsedBefore."""
        entry = self._entries.get(serial)
        if entry is None or now >= entry.end:
            return None
        if (entry.owner, entry.octets) != (owner, octets):
            raise UsedBefore
        return entry.work

    def keep(self, serial, owner, octets, work, now):
        self._entries[serial] = _Entry(owner, octets, work, seconds_after(now, KEPT_SECONDS))
