"""Accounts, lock counters and sessions of tx-icop."""
import secrets

from ..instants import format_instant, parse_instant, seconds_after
from ..lock_guard import LockGuard
from ..rate_window import RateWindow

TRIES_MAX = 5
LOCK_SECONDS = 900
UNAVAILABLE_STATES = ("disabled", "disabled_safety", "no_case")


class Account:
    def __init__(self, credential_id, person, email):
        self.credential_id = credential_id
        self.person = person
        self.email = email
        self.state = "none"
        self.cin = None
        self.username = None
        self.password = None
        self.email_code = False
        self.question = None

    @property
    def enrolled(self):
        return self.username is not None and self.state != "none"


def account_of(credential, person):
    account = Account(credential["id"], person["id"], person["email"])
    account.state = credential["state"]
    account.cin = credential.get("cin")
    if credential["kind"] == "username_password":
        account.username = credential["username"]
        account.password = credential["password"]
        account.email_code = credential.get("otp") is not None
        account.question = credential.get("securityQuestion")
    return account


class Accounts:
    """All accounts of the run, by credential id and by user name."""

    def __init__(self, scenario, system_id, now):
        self.guard = LockGuard(TRIES_MAX, LOCK_SECONDS)
        self._accounts = {}
        for credential in scenario.credentials:
            if credential["system"] != system_id:
                continue
            account = account_of(credential, scenario.people[credential["person"]])
            self._accounts[account.credential_id] = account
            if account.state == "locked" and account.username:
                until = credential.get("lockedUntil")
                end = parse_instant(until) if until else seconds_after(now, LOCK_SECONDS)
                self.guard.lock(account.username, end)

    def by_id(self, credential_id):
        return self._accounts.get(credential_id)

    def by_name(self, username):
        for account in self._accounts.values():
            if account.enrolled and account.username == username:
                return account
        return None

    def name_is_taken(self, username):
        wanted = username.lower()
        return any(a.username is not None and a.username.lower() == wanted for a in self._accounts.values())

    def of_person(self, person_id):
        return [account for account in self._accounts.values() if account.person == person_id]

    def enrolled(self):
        return [account for account in self._accounts.values() if account.enrolled]

    def add(self, account):
        self._accounts[account.credential_id] = account

    def present_state(self, account, now):
        """The credential state; a lock of the scenario ends by itself and leaves an active account."""
        if account.state == "locked" and not self.guard.locked_until(account.username, now):
            account.state = "active"
        return account.state


class Session:
    def __init__(self, account, now, idle_seconds, absolute_seconds):
        self.token = secrets.token_urlsafe(32)
        self.account = account
        self.ended_by = None  # None while live, else the error code of later calls
        self.window = RateWindow(60, 60)
        self._idle_seconds = idle_seconds
        self.absolute_end = seconds_after(now, absolute_seconds)
        self.touch(now)

    def touch(self, now):
        self.idle_end = min(seconds_after(now, self._idle_seconds), self.absolute_end)

    def problem(self, now):
        """The error code this session earns at this time, or None."""
        if self.ended_by is None and now >= self.idle_end:
            self.ended_by = "ICOP-1201"
        return self.ended_by

    def times(self):
        return {
            "idleExpiresAt": format_instant(self.idle_end),
            "absoluteExpiresAt": format_instant(self.absolute_end),
        }


class Sessions:
    """Ended sessions stay known: their owner is still shown in the call log."""

    def __init__(self, idle_seconds, absolute_seconds):
        self._idle_seconds = idle_seconds
        self._absolute_seconds = absolute_seconds
        self._sessions = {}

    def open(self, account, now):
        for session in self._sessions.values():
            session.problem(now)  # one that has run out says so, not that it was replaced
        self.end_all(account, "ICOP-1202")
        session = Session(account, now, self._idle_seconds, self._absolute_seconds)
        self._sessions[session.token] = session
        return session

    def find(self, token):
        return self._sessions.get(token)

    def end_all(self, account, code="ICOP-1201"):
        for session in self._sessions.values():
            if session.account is account and session.ended_by is None:
                session.ended_by = code
