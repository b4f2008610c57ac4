"""Idempotency store of tx-icop writes: key -> content hash and answer, kept for 24 hours."""
import copy

from ..instants import seconds_after
from .replies import error, refuse

KEPT_SECONDS = 24 * 3600


class _Stored:
    def __init__(self, body_hash):
        self.body_hash = body_hash
        self.answer = None
        self.end = None


class Replays:
    def __init__(self):
        self._stored = {}

    def reserve(self, key, body_hash, now):
        """None for a first request (which is now running), or the answer to repeat.

        Raises Refusal when the id was used with other content or the first still runs."""
        found = self._stored.get(key)
        if found is not None and found.end is not None and now >= found.end:
            found = None
        if found is None:
            self._stored[key] = _Stored(body_hash)
            return None
        if found.body_hash != body_hash:
            raise refuse("ICOP-3002")
        if found.answer is None:
            refusal = refuse("ICOP-3003")
            refusal.answer.headers.append(("Retry-After", "2"))
            raise refusal
        answer = copy.deepcopy(found.answer)
        answer.headers.append(("X-Icop-Replayed", "true"))
        return answer

    def settle(self, key, answer, now):
        """Ends the running request; answers that may be different next time are not kept."""
        if answer is None or answer.status >= 500 or answer.status == 429:
            self._stored.pop(key, None)
            return
        stored = self._stored.get(key)
        if stored is not None:
            stored.answer = copy.deepcopy(answer)
            stored.end = seconds_after(now, KEPT_SECONDS)


def not_carried_out():
    """The answer to a write under the fault that reports an error with HTTP 200."""
    return error("ICOP-5001", outcome="fault")
