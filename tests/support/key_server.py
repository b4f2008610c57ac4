#!/usr/bin/python3
"""A key server for tests, written from core/vault/README.md: keys in memory, loopback only."""
import argparse
import base64
import binascii
import hashlib
import hmac
import http.server
import json
import os
import re
import ssl
import sys
import time

ROUTE = re.compile(r"/kms/keys/([A-Za-z0-9._-]{1,64})/(wrap|unwrap)")
NONCE, TAG = 16, 32


def b64(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def octets_of(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


class Key:
    """Encrypts with a stream of HMACs and proves context and content with another one."""

    def __init__(self):
        self.stream_key, self.proof_key = os.urandom(32), os.urandom(32)

    def stream(self, nonce, size):
        blocks = (hmac.digest(self.stream_key, nonce + count.to_bytes(4, "big"), "sha256")
                  for count in range(size // 32 + 1))
        return b"".join(blocks)[:size]

    def proof(self, nonce, hidden, context):
        fields = json.dumps(context, sort_keys=True).encode("utf-8")
        return hmac.digest(self.proof_key, nonce + hashlib.sha256(fields).digest() + hidden, "sha256")

    def wrap(self, plain, context):
        nonce = os.urandom(NONCE)
        hidden = bytes(a ^ b for a, b in zip(plain, self.stream(nonce, len(plain))))
        return nonce + self.proof(nonce, hidden, context) + hidden

    def unwrap(self, wrapped, context):
        nonce, proof, hidden = wrapped[:NONCE], wrapped[NONCE:NONCE + TAG], wrapped[NONCE + TAG:]
        if not hmac.compare_digest(proof, self.proof(nonce, hidden, context)):
            raise ValueError("refused")
        return bytes(a ^ b for a, b in zip(hidden, self.stream(nonce, len(hidden))))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    keys, token, mood = {}, None, {"status": None, "delay_s": 0.0}

    def answer(self, status, content):
        body = json.dumps(content).encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def permitted(self):
        """Slow or unwilling when the test wants it so; else whoever has the token, or came through TLS."""
        time.sleep(self.mood["delay_s"])
        if self.mood["status"]:
            self.answer(self.mood["status"], {"error": "mood"})
            return False
        if self.token and self.headers.get("Authorization") != "Bearer " + self.token:
            self.answer(401, {"error": "unauthorized"})
            return False
        return True

    def do_GET(self):
        if not self.permitted():
            return
        if self.path == "/kms/keys":
            self.answer(200, {"keys": sorted(self.keys)})
        else:
            self.answer(404, {"error": "unknown"})

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        if self.path == "/mood":
            self.mood.update(question)
            self.answer(200, {})
            return
        if not self.permitted():
            return
        found = ROUTE.fullmatch(self.path)
        if not found or found[1] not in self.keys:
            self.answer(404, {"error": "unknown"})
            return
        key = self.keys[found[1]]
        try:
            if found[2] == "wrap":
                wrapped = key.wrap(octets_of(question["plaintext"]), question["context"])
                self.answer(200, {"wrapped": b64(wrapped)})
            else:
                plain = key.unwrap(octets_of(question["wrapped"]), question["context"])
                self.answer(200, {"plaintext": b64(plain)})
        except (KeyError, TypeError, ValueError, binascii.Error):
            self.answer(400, {"error": "refused"})

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", nargs="+", default=["records-0001"])
    parser.add_argument("--token-file")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--client-ca")
    asked = parser.parse_args()
    Handler.keys = {name: Key() for name in asked.keys}
    if asked.token_file:
        with open(asked.token_file, encoding="ascii") as file:
            Handler.token = file.readline().strip()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if asked.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(asked.certificate, asked.key)
        if asked.client_ca:
            context.load_verify_locations(asked.client_ca)
            context.verify_mode = ssl.CERT_REQUIRED
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(json.dumps({"ready": True, "port": server.server_address[1]}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
