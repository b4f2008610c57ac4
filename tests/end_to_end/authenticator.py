"""An authenticator app of its own making (RFC 6238), so that codes are not those of the gateway's library."""
import base64
import datetime
import hashlib
import hmac
import struct
import time

STEP_S = 30
FLOW_LIFE_S = 3600


def totp(secret, step, digits=6):
    mac = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[offset:offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def add_app(parent):
    """Adds an app to the account of somebody who is signed in; (the app, the recovery codes)."""
    flow = parent.call("POST", "/v1/flows", {"kind": "add_totp", "transport": "bearer"})
    flow = parent.client.good("flow add_totp", flow)
    shown = {one["name"]: one["value"] for one in flow["shown"]}
    app = Authenticator(shown["secret"], parent.client)
    body = {"seq": flow["seq"], "fields": {"code": app.code()}}
    done = parent.client.good("the app's code", parent.call("POST", f"/v1/flows/{flow['id']}", body))
    parent.token = done["session"]["token"]
    return app, [one["value"] for one in done["shown"]]


class Authenticator:
    """Its clock is that of the client's gateway. No code is shown twice."""

    def __init__(self, text, client):
        self.text = text
        self.secret = base64.b32decode(text)
        self._client = client
        self._last = 0

    def _present(self):
        answer = self._client.call("POST", "/v1/flows", {"kind": "sign_in", "transport": "bearer"})
        ends = self._client.good("a flow", answer)["expires_at"].replace("Z", "+00:00")
        return (int(datetime.datetime.fromisoformat(ends).timestamp()) - FLOW_LIFE_S) // STEP_S

    def code(self):
        """A code the gateway has not seen; waits only when three were shown within one step."""
        while True:
            present = self._present()
            step = max(self._last + 1, present - 1)
            if step <= present + 1:
                self._last = step
                return totp(self.secret, step)
            time.sleep(1)

    def wrong_code(self):
        present = self._present()
        near = {totp(self.secret, present + away) for away in range(-3, 4)}
        return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666",
                                      "777777") if code not in near)
