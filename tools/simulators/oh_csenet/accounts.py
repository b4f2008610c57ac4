"""PINs, the lock of each case number, and sessions of oh-csenet."""
import hmac
import secrets

from ..instants import parse_instant, seconds_after

TRIES_MAX = 3
IDLE_SECONDS, ABSOLUTE_SECONDS = 1200, 7200


class CaseGuard:
    """Failed tries and locks per case number, whether the case exists or not."""

    def __init__(self):
        self._tries = {}
        self._locks = {}

    def is_locked(self, number, now):
        """A lock with an end takes the tries with it when it is over."""
        if number not in self._locks:
            return False
        end = self._locks[number]
        if end is not None and now >= end:
            self.clear(number)
            return False
        return True

    def count_failure(self, number):
        """Returns the tries left; 0 means that the number is locked from now on."""
        self._tries[number] = self._tries.get(number, 0) + 1
        left = TRIES_MAX - self._tries[number]
        if left <= 0:
            self.lock(number, None)
        return left

    def lock(self, number, until):
        """until: instant, or None for a lock that only the agency lifts."""
        self._locks[number] = until

    def clear(self, number):
        self._tries.pop(number, None)
        self._locks.pop(number, None)


class Account:
    """The access of one person to one case."""

    def __init__(self, credential):
        self.credential_id = credential["id"]
        self.person = credential["person"]
        self.case = credential["caseNumber"]
        self.ssn4 = credential["ssn4"]
        self.pin = credential["pin"]
        self.state = credential["state"]

    def accepts(self, pin):
        return self.state != "none" and hmac.compare_digest(self.pin, pin)


class Accounts:
    def __init__(self, scenario, system_id):
        self.guard = CaseGuard()
        self._accounts = {}
        for credential in scenario.credentials:
            if credential["system"] != system_id:
                continue
            account = Account(credential)
            self._accounts[account.credential_id] = account
            if account.state == "locked":
                until = credential.get("lockedUntil")
                self.guard.lock(account.case, parse_instant(until) if until else None)

    def by_id(self, credential_id):
        return self._accounts.get(credential_id)

    def named(self, case, ssn4, pin):
        """(account, whether the PIN is right); of two people with these digits the PIN decides."""
        found = [a for a in self._accounts.values() if (a.case, a.ssn4) == (case, ssn4)]
        for account in found:
            if account.accepts(pin):
                return account, True
        return (found[0] if found else None), False

    def present_state(self, account, now):
        """The credential state; a lock of the scenario that has ended leaves an active account."""
        if account.state == "locked" and not self.guard.is_locked(account.case, now):
            account.state = "active"
        return account.state


class Session:
    def __init__(self, account, now):
        self.token = secrets.token_hex(16)
        self.account = account
        self.ended = False
        self._absolute_end = seconds_after(now, ABSOLUTE_SECONDS)
        self.touch(now)

    def touch(self, now):
        self._end = min(seconds_after(now, IDLE_SECONDS), self._absolute_end)

    def is_live(self, now):
        if now >= self._end:
            self.ended = True
        return not self.ended


class Sessions:
    """Ended sessions stay known: their owner is still shown in the call log."""

    def __init__(self):
        self._sessions = {}

    def open(self, account, now):
        self.end_all(account)
        session = Session(account, now)
        self._sessions[session.token] = session
        return session

    def find(self, token):
        return self._sessions.get(token)

    def end_all(self, account):
        for session in self._sessions.values():
            if (session.account.case, session.account.person) == (account.case, account.person):
                session.ended = True
