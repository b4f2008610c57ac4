"""Failed tries and locks per name as typed, whether the name is known or not."""
from .instants import seconds_after


class LockGuard:
    """Every method is called with the lock of the run held."""

    def __init__(self, tries_max, lock_seconds):
        self.lock_seconds = lock_seconds
        self._tries_max = tries_max
        self._tries = {}
        self._locks = {}

    def locked_until(self, name, now):
        """End of the lock, or None; a lock that has ended takes the tries with it."""
        end = self._locks.get(name)
        if end is not None and now >= end:
            self.clear(name)
            return None
        return end

    def next_failure_locks(self, name):
        return self._tries.get(name, 0) + 1 >= self._tries_max

    def count_failure(self, name, now, lock_seconds=None):
        """Returns the tries left; 0 means that the name is locked from now on."""
        self._tries[name] = self._tries.get(name, 0) + 1
        left = self._tries_max - self._tries[name]
        if left <= 0:
            seconds = self.lock_seconds if lock_seconds is None else lock_seconds
            self.lock(name, seconds_after(now, seconds))
        return max(0, left)

    def lock(self, name, until):
        self._locks[name] = until

    def clear(self, name):
        self._tries.pop(name, None)
        self._locks.pop(name, None)
