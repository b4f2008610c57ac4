"""Answers that are not ready at once: asked for until they are, then read for a while."""
from ..instants import seconds_after, seconds_until

READABLE_SECONDS = 3600


class Job:
    def __init__(self, job_id, owner, work, ready):
        self.id = job_id
        self.work = work
        self._owner = owner
        self._ready = ready
        self._first_read = None

    def is_readable_by(self, owner, now):
        if owner != self._owner:
            return False
        return self._first_read is None or now < seconds_after(self._first_read, READABLE_SECONDS)

    def is_ready(self, now):
        return now >= self._ready

    def seconds_left(self, now):
        """At least 1, so that nobody asks in a tight loop."""
        return max(1, seconds_until(self._ready, now))

    def read(self, now):
        self._first_read = self._first_read or now
        return self.work


class Jobs:
    """owner: (case number, person)."""

    def __init__(self, delay_seconds):
        self.delay_seconds = delay_seconds
        self._jobs = {}

    def open(self, owner, work, now):
        job_id = f"J{len(self._jobs) + 1:07d}"
        job = Job(job_id, owner, work, seconds_after(now, self.delay_seconds))
        self._jobs[job_id] = job
        return job

    def find(self, job_id, owner, now):
        job = self._jobs.get(job_id)
        return job if job and job.is_readable_by(owner, now) else None
