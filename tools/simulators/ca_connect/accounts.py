"""Participant IDs, PINs and contact data of ca-connect."""
from ..instants import parse_instant, seconds_after
from ..lock_guard import LockGuard
from ..tokens import equal_secrets

TRIES_MAX = 4
LOCK_SECONDS = 3600
TEMPORARY_SECONDS = 30 * 24 * 3600
UNAVAILABLE_STATES = ("disabled", "disabled_safety", "no_case")


class Account:
    """One credential of the scenario; a person that is not enrolled has no participant ID."""

    def __init__(self, credential, person, now):
        self.credential_id = credential["id"]
        self.person = person["id"]
        self.birth_date = person["dob"]
        self.participant_id = credential.get("participantId")
        self.pin = credential.get("pin")
        self.state = credential["state"]
        temporary = credential.get("pinTemporary") or self.state == "password_expired"
        self.temporary_since = now if temporary else None
        address = person["address"] or {}
        self.contact = {
            "addr1": address.get("line1") or "", "addr2": address.get("line2") or "",
            "city": address.get("city") or "", "state": address.get("state") or "",
            "zip": address.get("zip") or "", "phone": (person["phone"] or "")[2:],
            "email": person["email"] or "",
        }

    def accepts(self, pin, now):
        """A temporary PIN that is too old is a wrong one."""
        if self.state == "none" or not equal_secrets(pin, self.pin):
            return False
        since = self.temporary_since
        return since is None or now < seconds_after(since, TEMPORARY_SECONDS)

    def set_pin(self, pin, temporary_since=None):
        self.pin = pin
        self.temporary_since = temporary_since
        if self.state in ("none", "password_expired"):
            self.state = "active"

    def enable(self):
        if self.state == "password_expired":
            self.temporary_since = None
        self.state = "active"

    def expire_pin(self, now):
        self.temporary_since = now
        self.state = "password_expired"


class Accounts:
    def __init__(self, scenario, system_id, now):
        self.guard = LockGuard(TRIES_MAX, LOCK_SECONDS)
        self._accounts = {}
        for credential in scenario.credentials:
            if credential["system"] != system_id:
                continue
            account = Account(credential, scenario.people[credential["person"]], now)
            self._accounts[account.credential_id] = account
            if account.state == "locked" and account.participant_id is not None:
                until = credential.get("lockedUntil")
                end = parse_instant(until) if until else seconds_after(now, LOCK_SECONDS)
                self.guard.lock(account.participant_id, end)

    def by_id(self, credential_id):
        return self._accounts.get(credential_id)

    def by_participant(self, participant_id):
        for account in self._accounts.values():
            if account.participant_id is not None and account.participant_id == participant_id:
                return account
        return None

    def present_state(self, account, now):
        """The credential state; a lock of the scenario ends by itself and leaves an active account."""
        if account.state == "locked" and not self.guard.locked_until(account.participant_id, now):
            account.state = "active"
        return account.state
