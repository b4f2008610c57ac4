"""Messages the states send to parents outside the interface: codes, links, names, letters."""
from .instants import format_instant


class Outbox:
    """Every method is called with the lock of the run held."""

    def __init__(self, clock):
        self._clock = clock
        self._messages = []
        self._clearings = 0

    def post(self, system, person, channel, to, kind, available_at=None, **content):
        """content: code, link, text, challenge_id. The message exists from available_at on."""
        now = self._clock.now()
        available_at = available_at or now
        message = {
            "seq": None, "system": system, "person": person, "channel": channel, "to": to, "kind": kind,
            "code": content.get("code"), "link": content.get("link"), "text": content.get("text"),
            "challengeId": content.get("challenge_id"), "at": format_instant(now),
            "availableAt": format_instant(available_at),
        }
        clearings = self._clearings
        self._clock.schedule(available_at, lambda: self._deliver(message, clearings))

    def _deliver(self, message, clearings):
        if clearings != self._clearings:
            return  # cleared while still on its way
        message["seq"] = len(self._messages) + 1
        self._messages.append(message)

    def rows(self, since, **wanted):
        return [
            dict(message) for message in self._messages
            if message["seq"] > since and all(message[k] == v for k, v in wanted.items() if v)
        ]

    def clear(self):
        self._messages = []
        self._clearings += 1
