"""Which Kansas person a subject of the gateway is bound to."""

_BINDING_STATES = ("active", "password_expired", "locked")
_CHANGES = {
    "disable": "disabled", "disable_safety": "disabled_safety", "enable": "active",
    "expire_password": "password_expired",
}


class Subjects:
    def __init__(self, credentials):
        self._credentials = credentials
        self._states = {credential["id"]: credential["state"] for credential in credentials}

    def owner(self, subject):
        """The credential of a subject, whether it is withdrawn or not."""
        return next((c for c in self._credentials if c.get("subject") == subject), None)

    def bound(self, subject):
        credential = self.owner(subject) if isinstance(subject, str) else None
        if credential is None or self._states[credential["id"]] not in _BINDING_STATES:
            return None
        return credential

    def change(self, credential_id, action):
        """The state after an action of the control port; None for a credential that is not here."""
        state = self._states.get(credential_id)
        if state is None:
            return None
        if action == "unlock" and state == "locked":
            state = "active"
        self._states[credential_id] = _CHANGES.get(action, state)
        return self._states[credential_id]
