"""Log of the calls the simulated systems received; no secret and no body is kept."""
import time

from .instants import format_instant

_SHOWN = (
    "seq", "system", "op", "at", "method", "path", "person", "case", "status", "outcome", "counted",
    "effect", "requestId", "bodySha256", "auth", "fault", "durationMs",
)


class CallLog:
    """Every method is called with the lock of the run held."""

    def __init__(self):
        self._entries = []
        self._last = 0

    def open(self, now, **known):
        """Adds an entry at the start of a call; the caller fills in and closes it."""
        self._last += 1
        entry = dict.fromkeys(_SHOWN)
        entry.update(seq=self._last, at=format_instant(now), counted=False, effect=False, **known)
        entry["started"] = time.monotonic()
        self._entries.append(entry)
        return entry

    @staticmethod
    def close(entry, status=None):
        """status: of the answer, also of one that was not sent; None when there was none."""
        if entry["durationMs"] is None:
            entry["status"] = status
            entry["durationMs"] = int((time.monotonic() - entry["started"]) * 1000)

    def rows(self, since, limit, system=None, op=None):
        found = []
        for entry in self._entries:
            if entry["seq"] <= since or (system and entry["system"] != system) or (op and entry["op"] != op):
                continue
            found.append({name: entry[name] for name in _SHOWN})
            if len(found) == limit:
                break
        return found

    def clear(self):
        self._entries = []
        self._last = 0
