"""Sessions of ca-connect, before and after the login, and the tokens of their forms."""
import secrets
import string

from ..instants import seconds_after

FORM_SECONDS, ABSOLUTE_SECONDS = 600, 3600
PAGE_VERSION = "7.2"
FORM, MUST_CHANGE, IN = "form", "must_change", "in"
_LETTERS = string.ascii_letters + string.digits


class FormToken:
    """form: name of the form it belongs to. repeat(call): answer to the same post once more, or None."""

    def __init__(self, form):
        self.form = form
        self.used = False
        self.repeat = None


class Session:
    def __init__(self, state, account, now, idle_seconds):
        self.id = secrets.token_hex(16)
        self.state = state
        self.account = account
        self.typed = None  # the participant ID of the last login form
        self.ended = False
        self._tokens = {}
        self._idle_seconds = idle_seconds
        life = FORM_SECONDS if state == FORM else ABSOLUTE_SECONDS
        self._absolute_end = seconds_after(now, life)
        self.touch(now)

    def touch(self, now):
        self._end = self._absolute_end
        if self.state != FORM:
            self._end = min(seconds_after(now, self._idle_seconds), self._end)

    def is_live(self, now):
        if now >= self._end:
            self.ended = True
        return not self.ended

    def new_token(self, form):
        token = "".join(secrets.choice(_LETTERS) for _ in range(24))
        self._tokens[token] = FormToken(form)
        return token

    def find_token(self, token, form):
        found = self._tokens.get(token)
        return found if found is not None and found.form == form else None


def unknown_token():
    """Looks like one, but no session knows it."""
    return "".join(secrets.choice(_LETTERS) for _ in range(24))


class Sessions:
    def __init__(self, idle_seconds):
        self._idle_seconds = idle_seconds
        self._sessions = {}
        self._forgotten = {}

    def open(self, state, account, now):
        session = Session(state, account, now, self._idle_seconds)
        self._sessions[session.id] = session
        return session

    def find(self, session_id):
        return self._sessions.get(session_id)

    def owner(self, session_id):
        """The person behind a cookie, also of a session that is over."""
        session = self._sessions.get(session_id)
        if session is not None and session.account is not None:
            return session.account.person
        return self._forgotten.get(session_id)

    def forget(self, session):
        """From now on its cookie is an unknown one."""
        self._sessions.pop(session.id, None)
        if session.account is not None:
            self._forgotten[session.id] = session.account.person

    def end_all(self, account):
        for session in self._sessions.values():
            if session.account is account:
                session.ended = True
