"""Compact JWS tokens (RFC 7515) with ES256 or RS256 under keys of a JWK set; nothing else is believed."""
import base64
import hashlib
import json
import re

from . import p256

RSA_BITS_MIN = 2048
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
_SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # DigestInfo, RFC 8017 §9.2


class Unreadable(Exception):
    """Not a token of three parts with JSON objects in the first two."""


def decode(text):
    """Octets of unpadded base64url text; raises Unreadable."""
    if not isinstance(text, str) or not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise Unreadable
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def _without_repeats(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable
    return found


def _json_object(part):
    try:
        value = json.loads(decode(part).decode("utf-8"), object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(value, dict):
        raise Unreadable
    return value


class Token:
    def __init__(self, text):
        parts = text.split(".")
        if len(parts) != 3:
            raise Unreadable
        self.header, self.claims = _json_object(parts[0]), _json_object(parts[1])
        self.signature = decode(parts[2])
        self.signed = f"{parts[0]}.{parts[1]}".encode("ascii")


def _number(jwk, name):
    return int.from_bytes(decode(jwk.get(name)), "big")


def _ecdsa(jwk, token):
    if jwk.get("crv") != "P-256":
        return False
    return p256.verify((_number(jwk, "x"), _number(jwk, "y")), token.signed, token.signature)


def _rsa(jwk, token):
    modulus, exponent = _number(jwk, "n"), _number(jwk, "e")
    length = (modulus.bit_length() + 7) // 8
    if modulus.bit_length() < RSA_BITS_MIN or exponent < 3 or len(token.signature) != length:
        return False
    content = _SHA256_PREFIX + hashlib.sha256(token.signed).digest()
    wanted = b"\x00\x01" + b"\xff" * (length - len(content) - 3) + b"\x00" + content
    shown = int.from_bytes(token.signature, "big")
    return shown < modulus and pow(shown, exponent, modulus).to_bytes(length, "big") == wanted


_ALGORITHMS = {"ES256": ("EC", _ecdsa), "RS256": ("RSA", _rsa)}


def is_signed(token, key_set):
    """Whether a key of the set with the token's kid made its signature."""
    algorithm, key_id = token.header.get("alg"), token.header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in _ALGORITHMS or not isinstance(key_id, str):
        return False
    key_type, verify = _ALGORITHMS[algorithm]
    for jwk in key_set.get("keys", []):
        fits = jwk.get("kid") == key_id and jwk.get("kty") == key_type
        if not fits or jwk.get("alg", algorithm) != algorithm or jwk.get("use", "sig") != "sig":
            continue
        try:
            if verify(jwk, token):
                return True
        except Unreadable:
            continue
    return False
