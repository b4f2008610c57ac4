"""Virtual clock of a run: frozen or running, forward only, with timers in order."""
import datetime
import heapq
import itertools
import time


class ClockBackwards(Exception):
    """The asked time lies before the present virtual time."""


class VirtualClock:
    """Every method is called with the lock of the run held."""

    def __init__(self, now, mode):
        self.mode = mode
        self._virtual = now
        self._real = time.monotonic()
        self._stepped_seconds = 0.0
        self._timers = []
        self._watchers = []
        self._order = itertools.count()

    def now(self):
        if self.mode == "frozen":
            return self._virtual
        return self._virtual + datetime.timedelta(seconds=time.monotonic() - self._real)

    def rate_seconds(self):
        """Clock of the rate windows: real time while frozen, and each step counts as time passed."""
        return time.monotonic() + self._stepped_seconds

    def schedule(self, moment, action):
        """Runs action() when the clock reaches the moment; at once when it is not in the future."""
        if moment <= self.now():
            action()
            return
        heapq.heappush(self._timers, (moment, next(self._order), action))

    def before_change(self, action):
        """Runs action() whenever somebody is about to step the clock or to change its mode."""
        self._watchers.append(action)

    def _warn(self):
        for action in self._watchers:
            action()

    def move_to(self, target):
        """Steps forward and does what falls due on the way, in order of time."""
        present = self.now()
        if target < present:
            raise ClockBackwards
        self._warn()
        while self._timers and self._timers[0][0] <= target:
            moment, _, action = heapq.heappop(self._timers)
            self._rebase(max(moment, self.now()))
            action()
        self._rebase(max(target, self.now()))
        self._stepped_seconds += (target - present).total_seconds()

    def run_due(self):
        """Does what has fallen due by itself while the clock is running."""
        while self._timers and self._timers[0][0] <= self.now():
            _, _, action = heapq.heappop(self._timers)
            action()

    def change_mode(self, mode):
        self._warn()
        self._rebase(self.now())
        self.mode = mode

    def _rebase(self, virtual):
        self._virtual = virtual
        self._real = time.monotonic()
