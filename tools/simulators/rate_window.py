"""Sliding window limit: at most so many calls in any span of seconds."""
import collections


class RateWindow:
    def __init__(self, limit, span_seconds):
        self._limit = limit
        self._span_seconds = span_seconds
        self._times = collections.deque()

    def is_full(self):
        """Whether the last call let in was the last of the limit."""
        return len(self._times) >= self._limit

    def admit(self, now_seconds):
        """0 when the call is let in (and counted), otherwise the whole seconds to wait."""
        while self._times and self._times[0] + self._span_seconds <= now_seconds:
            self._times.popleft()
        if len(self._times) < self._limit:
            self._times.append(now_seconds)
            return 0
        left = self._times[0] + self._span_seconds - now_seconds
        return max(1, int(-(-left // 1)))
