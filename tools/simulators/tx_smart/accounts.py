"""User names, passwords and sessions of tx-smart."""
import secrets

from ..instants import parse_instant, seconds_after
from ..lock_guard import LockGuard
from ..rate_window import RateWindow

TRIES_MAX = 4
IDLE_SECONDS, ABSOLUTE_SECONDS = 600, 7200
CALLS_PER_MINUTE_MAX = 30
UNAVAILABLE_STATES = ("disabled", "disabled_safety", "no_case")


class Account:
    """One credential of the scenario; a person that is not enrolled has no user name."""

    def __init__(self, credential, person):
        self.credential_id = credential["id"]
        self.person = person["id"]
        self.last_name = person["name"]["last"]
        self.state = credential["state"]
        self.username = credential.get("username")
        self.password = credential.get("password")
        self.channel = credential.get("otp") or "email"
        self.contact = {"email": person["email"], "phone": person["phone"]}

    @property
    def enrolled(self):
        return self.username is not None and self.state != "none"

    def reachable_by(self, wish):
        """The channel for a code: the wish, or the other one when the wish is not on file, or None."""
        first = wish or self.channel
        other = "phone" if first == "email" else "email"
        return next((channel for channel in (first, other) if self.contact[channel]), None)


class Accounts:
    def __init__(self, scenario, system_id, now, lock_seconds):
        self.guard = LockGuard(TRIES_MAX, lock_seconds)
        self._accounts = {}
        for credential in scenario.credentials:
            if credential["system"] != system_id:
                continue
            account = Account(credential, scenario.people[credential["person"]])
            self._accounts[account.credential_id] = account
            if account.state == "locked" and account.username is not None:
                until = credential.get("lockedUntil")
                end = parse_instant(until) if until else seconds_after(now, lock_seconds)
                self.guard.lock(account.username, end)

    def by_id(self, credential_id):
        return self._accounts.get(credential_id)

    def by_name(self, username):
        for account in self.enrolled():
            if account.username == username:
                return account
        return None

    def enrolled(self):
        return [account for account in self._accounts.values() if account.enrolled]

    def present_state(self, account, now):
        """The credential state; a lock of the scenario ends by itself and leaves an active account."""
        if account.state == "locked" and not self.guard.locked_until(account.username, now):
            account.state = "active"
        return account.state


class Session:
    def __init__(self, account, now):
        self.token = "smt-" + secrets.token_hex(16)
        self.account = account
        self.window = RateWindow(CALLS_PER_MINUTE_MAX, 60)
        self.ended = False
        self.absolute_end = seconds_after(now, ABSOLUTE_SECONDS)
        self.touch(now)

    def touch(self, now):
        self._end = min(seconds_after(now, IDLE_SECONDS), self.absolute_end)

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
            if session.account is account:
                session.ended = True
