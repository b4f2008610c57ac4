"""An authenticator app of its own making (RFC 6238), so that codes are not those of the gateway's library."""
import base64
import hashlib
import hmac
import struct
import time

STEP_S = 30


def totp(secret, step, digits=6):
    mac = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[offset:offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


class Authenticator:
    """`now`: a function that tells the gateway's time in seconds. No code is shown twice."""

    def __init__(self, text, now):
        self.text = text
        self.secret = base64.b32decode(text)
        self._now = now
        self._last = 0

    def code(self):
        """A code the gateway has not seen; waits only when three were shown within one step."""
        while True:
            present = int(self._now()) // STEP_S
            step = max(self._last + 1, present - 1)
            if step <= present + 1:
                self._last = step
                return totp(self.secret, step)
            time.sleep(1)

    def wrong_code(self):
        present = int(self._now()) // STEP_S
        near = {totp(self.secret, present + away) for away in range(-3, 4)}
        return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666",
                                      "777777") if code not in near)
