"""The curve P-256 (FIPS 186-5) and signatures of ECDSA on it, for checking only: not constant in time."""
import hashlib

PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
_INFINITY = (1, 1, 0)


def is_on_curve(point):
    x, y = point
    return 0 <= x < PRIME and 0 <= y < PRIME and (y * y - x * x * x + 3 * x - _B) % PRIME == 0


# Points are (X, Y, Z) with x = X/Z^2 and y = Y/Z^3, so that only the end needs a division.

def _double(point):
    x, y, z = point
    if z == 0:
        return _INFINITY
    zz, yy = z * z % PRIME, y * y % PRIME
    slope = 3 * (x - zz) * (x + zz) % PRIME
    s = 4 * x * yy % PRIME
    x3 = (slope * slope - 2 * s) % PRIME
    return x3, (slope * (s - x3) - 8 * yy * yy) % PRIME, 2 * y * z % PRIME


def _add(one, two):
    if one[2] == 0:
        return two
    if two[2] == 0:
        return one
    x1, y1, z1 = one
    x2, y2, z2 = two
    zz1, zz2 = z1 * z1 % PRIME, z2 * z2 % PRIME
    u1, u2 = x1 * zz2 % PRIME, x2 * zz1 % PRIME
    s1, s2 = y1 * z2 * zz2 % PRIME, y2 * z1 * zz1 % PRIME
    if u1 == u2:
        return _double(one) if s1 == s2 else _INFINITY
    h, r = u2 - u1, s2 - s1
    hh = h * h % PRIME
    hhh, v = h * hh % PRIME, u1 * hh % PRIME
    x3 = (r * r - hhh - 2 * v) % PRIME
    return x3, (r * (v - x3) - s1 * hhh) % PRIME, z1 * z2 * h % PRIME


def combine(k, l, point):
    """k times the base point plus l times the point, as (x, y); None for the point at infinity."""
    base, other = (*BASE, 1), (*point, 1)
    table = {(1, 0): base, (0, 1): other, (1, 1): _add(base, other)}
    total = _INFINITY
    for place in range(max(k.bit_length(), l.bit_length()) - 1, -1, -1):
        total = _double(total)
        bits = (k >> place & 1, l >> place & 1)
        if bits in table:
            total = _add(total, table[bits])
    if total[2] == 0:
        return None
    inverse = pow(total[2], -1, PRIME)
    return total[0] * inverse**2 % PRIME, total[1] * inverse**3 % PRIME


def verify(public, message, signature):
    """public: (x, y); signature: r and s in 32 octets each, over the SHA-256 of the message."""
    if len(signature) != 64 or not is_on_curve(public):
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < ORDER and 0 < s < ORDER):
        return False
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    inverse = pow(s, -1, ORDER)
    found = combine(digest * inverse % ORDER, r * inverse % ORDER, public)
    return found is not None and found[0] % ORDER == r
