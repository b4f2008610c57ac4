"""What a parent assertion must claim, in the order the checks are made, and how bad ones are held off."""
import hashlib
import re

from ..rate_window import RateWindow
from . import signed_token
from .replies import Refusal

TYPE = "gw-parent+jwt"
AUDIENCE = "urn:ks-quick:1"
PURPOSE = "parent_view"
LIFE_SECONDS_MAX = 300
SKEW_SECONDS = 30
SIGN_IN_SECONDS_MAX = 3600
BAD_MAX, BAD_SPAN_SECONDS, HOLD_SECONDS = 20, 60, 300
COUNTED = ("A01", "A02", "A03", "A05", "A06")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _seconds(value):
    return isinstance(value, int) and not isinstance(value, bool)


class UsedIds:
    """Each jti counts once, until the assertion that carried it is surely too old."""

    def __init__(self):
        self._ends = {}

    def use(self, jti, end, now):
        """False when it was used before."""
        self._ends = {known: until for known, until in self._ends.items() if until > now}
        if jti in self._ends:
            return False
        self._ends[jti] = end
        return True


class Assertions:
    """Checks assertions against one issuer list, one key set and the people bound to subjects."""

    def __init__(self, issuers, key_set, subjects):
        self._issuers = issuers
        self._key_set = key_set
        self._subjects = subjects
        self._used = UsedIds()

    def check(self, token, now, client_certificate, keys_are_lost=False):
        """The bound credential; raises Refusal with the first fault. token: None when unreadable."""
        if token is None or not self._is_trusted(token, {} if keys_are_lost else self._key_set):
            raise Refusal("A01")
        claims = token.claims
        if not self._is_in_time(claims, now):
            raise Refusal("A02")
        jti = claims.get("jti")
        if not isinstance(jti, str) or not UUID.fullmatch(jti):
            raise Refusal("A03")
        if not self._used.use(jti.lower(), claims["exp"] + SKEW_SECONDS, now):
            raise Refusal("A03")
        bound = self._subjects.bound(claims.get("sub"))
        if bound is None or claims.get("ks_person") != bound["personNumber"]:
            raise Refusal("A04")
        if not self._is_assured(claims, now):
            raise Refusal("A05")
        if client_certificate is not None and not self._names_certificate(claims, client_certificate):
            raise Refusal("A06")
        return bound

    def _is_trusted(self, token, key_set):
        header, claims = token.header, token.claims
        if header.get("typ") != TYPE or "crit" in header or not signed_token.is_signed(token, key_set):
            return False
        return (claims.get("iss") in self._issuers and claims.get("aud") == AUDIENCE
                and claims.get("purpose") == PURPOSE)

    @staticmethod
    def _is_in_time(claims, now):
        issued, start, end = (claims.get(name) for name in ("iat", "nbf", "exp"))
        if not all(map(_seconds, (issued, start, end))) or end - issued > LIFE_SECONDS_MAX:
            return False
        return now < end + SKEW_SECONDS and max(issued, start) <= now + SKEW_SECONDS

    @staticmethod
    def _is_assured(claims, now):
        proofing, signed_in = claims.get("ial"), claims.get("auth_time")
        if not _seconds(proofing) or proofing < 2 or claims.get("acr") not in ("aal2", "aal3"):
            return False
        return _seconds(signed_in) and now - SIGN_IN_SECONDS_MAX < signed_in <= now + SKEW_SECONDS

    @staticmethod
    def _names_certificate(claims, client_certificate):
        binding = claims.get("cnf")
        thumbprint = signed_token.encode(hashlib.sha256(client_certificate).digest())
        return isinstance(binding, dict) and binding.get("x5t#S256") == thumbprint


class IssuerGuard:
    """Holds off a whole issuer after too many bad assertions in its name."""

    def __init__(self, issuers):
        self._issuers = issuers
        self._windows = {}
        self._held = {}

    def hold_seconds(self, issuer, now_seconds):
        """Whole seconds that calls in this issuer's name are still refused; 0 when they are not."""
        if not self._is_known(issuer) or issuer not in self._held:
            return 0
        left = self._held[issuer] - now_seconds
        if left <= 0:
            del self._held[issuer]
            return 0
        return int(-(-left // 1))

    def count(self, issuer, now_seconds):
        """Notes a bad assertion; returns whether it counted."""
        if not self._is_known(issuer):
            return False
        window = self._windows.setdefault(issuer, RateWindow(BAD_MAX, BAD_SPAN_SECONDS))
        window.admit(now_seconds)
        if window.is_full():
            self._held[issuer] = now_seconds + HOLD_SECONDS
            del self._windows[issuer]
        return True

    def _is_known(self, issuer):
        return isinstance(issuer, str) and issuer in self._issuers
