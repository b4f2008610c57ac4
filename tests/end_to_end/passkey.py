"""A passkey of its own making: the openssl program makes keys and signatures, all else is written here."""
import base64
import hashlib
import json
import os
import struct
import subprocess
import tempfile

PRESENT_AND_VERIFIED = 0x05
HAS_CREDENTIAL = 0x40


def openssl(*arguments, octets=b""):
    return subprocess.run(["openssl", *arguments], input=octets, check=True, capture_output=True).stdout


def to_text(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def to_octets(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cbor(value):
    """RFC 8949, as far as an authenticator needs it."""
    def head(major, number):
        if number < 24:
            return bytes([major << 5 | number])
        if number < 256:
            return bytes([major << 5 | 24, number])
        return struct.pack(">BH", major << 5 | 25, number)
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    return head(5, len(value)) + b"".join(cbor(key) + cbor(one) for key, one in value.items())


def options_in(flow):
    """What a browser would be asked for."""
    return next(node["public_key"] for node in flow["nodes"] if "public_key" in node)


class Passkey:
    """For one origin; `key`: that of another passkey is used again, which saves the time of making one."""

    def __init__(self, origin, domain="localhost", key=None):
        self.origin, self.domain, self.handle = origin.rstrip("/"), domain, b""
        self.key = key or openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
        self.id = os.urandom(32)

    def _client_data(self, kind, options):
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, flags):
        return hashlib.sha256(self.domain.encode()).digest() + bytes([flags]) + bytes(4)

    def _answer(self, response):
        name = to_text(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})

    def create(self, flow):
        """The field's text for a form that asks for a new passkey."""
        options = options_in(flow)
        self.handle = to_octets(options["user"]["id"])
        point = openssl("pkey", "-pubout", "-outform", "DER", octets=self.key)[-64:]
        cose = cbor({1: 2, 3: -7, -1: 1, -2: point[:32], -3: point[32:]})
        credential = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cose
        data = self._data(PRESENT_AND_VERIFIED | HAS_CREDENTIAL) + credential
        made = cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": to_text(self._client_data("webauthn.create", options)),
                             "attestationObject": to_text(made), "transports": ["internal"]})

    def get(self, flow, flags=PRESENT_AND_VERIFIED):
        """The field's text for a form that asks for a passkey."""
        client_data = self._client_data("webauthn.get", options_in(flow))
        data = self._data(flags)
        with tempfile.NamedTemporaryFile() as file:
            file.write(self.key)
            file.flush()
            signed = data + hashlib.sha256(client_data).digest()
            signature = openssl("dgst", "-sha256", "-sign", file.name, octets=signed)
        return self._answer({"clientDataJSON": to_text(client_data), "authenticatorData": to_text(data),
                             "signature": to_text(signature), "userHandle": to_text(self.handle)})


def add_passkey(parent, passkey, name="Phone"):
    """Adds it to the account of somebody who is signed in; the recovery codes, if there are any."""
    flow = parent.client.good("flow add_passkey", parent.call(
        "POST", "/v1/flows", {"kind": "add_passkey", "transport": "bearer"}))
    body = {"seq": flow["seq"], "fields": {"passkey": passkey.create(flow), "passkey_name": name}}
    done = parent.client.good("a new passkey", parent.call("POST", f"/v1/flows/{flow['id']}", body))
    parent.token = done["session"]["token"]
    return [one["value"] for one in done.get("shown", [])]
