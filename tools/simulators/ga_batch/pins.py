"""PINs sent by post: who has one, its hash, and what has become of it."""
import base64
import datetime
import hashlib

VALID_DAYS = 30
FIRST_NUMBER = 771
COLUMNS = ["rec_type", "case_no", "pin_id", "person_seq", "pin_hash", "mailed", "expires", "status"]
ITERATIONS = 1000
ACTIVE, USED, VOID, REVOKED = "ACTIVE", "USED", "VOID", "REVOKED"
_STATUS_OF_STATE = {
    "active": ACTIVE, "password_expired": ACTIVE, "locked": VOID, "disabled": REVOKED,
    "disabled_safety": REVOKED,
}
_CHANGES = {
    "disable": "disabled", "disable_safety": "disabled_safety", "enable": "active",
    "expire_password": "password_expired",
}


def draw_pin(stream):
    return f"{stream.randrange(10**8):08d}"


def hash_pin(pin, stream):
    salt = stream.randbytes(16)
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode("ascii"), salt, ITERATIONS)
    shown = [base64.b64encode(part).decode("ascii") for part in (salt, digest)]
    return f"pbkdf2-sha256${ITERATIONS}${shown[0]}${shown[1]}"


class Pin:
    """state: of the credential; outcome: USED or VOID by a request, which only a revocation outdoes."""

    def __init__(self, credential_id, case_number, person, pin_hash, mailed, expires, state="active"):
        self.credential_id = credential_id
        self.case_number = case_number
        self.person = person
        self.pin_hash = pin_hash
        self.mailed = mailed
        self.expires = expires
        self.state = state
        self.outcome = None
        self.id = None
        self.listed_after = None  # the run that made it; listed from the next one on

    @property
    def status(self):
        """None for a person without a PIN."""
        status = _STATUS_OF_STATE.get(self.state)
        return self.outcome if self.outcome and status in (ACTIVE, VOID) else status


class Pins:
    def __init__(self, credentials):
        self._pins = [
            Pin(c["id"], c["caseNumber"], c["person"], c["pinHash"], c["mailed"], c["expires"], c["state"])
            for c in credentials]
        self._next_number = FIRST_NUMBER

    def add(self, case_number, person, pin_hash, run):
        expires = run.date + datetime.timedelta(days=VALID_DAYS)
        pin = Pin(None, case_number, person, pin_hash, run.date.isoformat(), expires.isoformat())
        pin.listed_after = run.moment
        self._pins.append(pin)

    def _listed(self, moment):
        """The PINs that have a row in a run of this moment; numbers are given when a row begins."""
        listed = [
            pin for pin in self._pins
            if pin.status is not None and (pin.listed_after is None or pin.listed_after < moment)]
        for pin in listed:
            if pin.id is None:
                pin.id = f"PIN-{self._next_number:06d}"
                self._next_number += 1
                if pin.listed_after is not None:
                    self._replace_earlier(pin)
        return listed

    def _replace_earlier(self, new):
        for pin in self._pins:
            if pin is new:
                return
            if (pin.case_number, pin.person) == (new.case_number, new.person) and pin.status == ACTIVE:
                pin.outcome = VOID

    def find(self, pin_id, case_number, person):
        wanted = pin_id, case_number, person
        return next((pin for pin in self._pins if (pin.id, pin.case_number, pin.person) == wanted), None)

    def is_withdrawn(self, case_number, person):
        """Whether a credential of the person in the case is disabled."""
        return any(
            pin.state in ("disabled", "disabled_safety") for pin in self._pins
            if (pin.case_number, pin.person) == (case_number, person))

    def records(self, moment, files):
        """Rows of the full list; files: case number -> case file."""
        shown = []
        for pin in self._listed(moment):
            file = files.get(pin.case_number)
            seq = file and file.seq_of(pin.person)
            if not seq:
                continue
            is_protected = any(
                part["familyViolence"] for _, part in file.parents() if part["person"] == pin.person)
            status = REVOKED if file.is_restricted and not is_protected else pin.status
            shown.append([
                "PIN", pin.case_number, pin.id, seq, pin.pin_hash, pin.mailed, pin.expires, status])
        return shown

    def change(self, credential_id, action):
        """The credential's state after an action of the control port, or None."""
        pin = next((p for p in self._pins if p.credential_id == credential_id), None)
        if pin is None or credential_id is None:
            return None
        if action in ("unlock", "enable") and pin.outcome == VOID:
            pin.outcome = None
        if action == "unlock" and pin.state == "locked":
            pin.state = "active"
        pin.state = _CHANGES.get(action, pin.state)
        return pin.state
