"""Signatures of tokens against published vectors: RFC 7515 appendices A.2 and A.3."""
import unittest

from kansas import SIGNING_KEY

from simulators.ks_quick import p256
from simulators.ks_quick.signed_token import Token, Unreadable, decode, is_signed

CLAIMS = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
ES256 = ("eyJhbGciOiJFUzI1NiJ9", (
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"))
RS256 = ("eyJhbGciOiJSUzI1NiJ9", (
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9"
    "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB"
    "_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq"
    "Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"))
RSA_KEY = {"kty": "RSA", "kid": "rfc", "e": "AQAB", "n": (
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR"
    "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB"
    "dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia"
    "GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ")}


def vector(parts, **header):
    """The token of the RFC; header: members it would need here, outside of what is signed."""
    token = Token(f"{parts[0]}.{CLAIMS}.{parts[1]}")
    token.header.update({"kid": "rfc"} | header)
    return token


def holds(token, *keys):
    return is_signed(token, {"keys": list(keys)})


class Published(unittest.TestCase):
    def test_both_algorithms(self):
        self.assertTrue(holds(vector(ES256), RSA_KEY, SIGNING_KEY))
        self.assertTrue(holds(vector(RS256), SIGNING_KEY, RSA_KEY))

    def test_one_changed_bit_breaks_them(self):
        for parts, key in ((ES256, SIGNING_KEY), (RS256, RSA_KEY)):
            for place in (0, 31, -1):
                token = vector(parts)
                changed = bytearray(token.signature)
                changed[place] ^= 1
                token.signature = bytes(changed)
                self.assertFalse(holds(token, key))
            token = vector(parts)
            token.signed += b"x"
            self.assertFalse(holds(token, key))


class Keys(unittest.TestCase):
    def test_the_key_must_be_the_named_one_and_fit(self):
        good = vector(ES256)
        self.assertTrue(holds(good, SIGNING_KEY | {"kid": "other"}, SIGNING_KEY))
        for change in ({"kid": "other"}, {"kty": "RSA"}, {"crv": "P-384"}, {"alg": "RS256"}, {"use": "enc"},
                       {"x": "AAAA"}, {"x": None}, {"y": "!"}):
            self.assertFalse(holds(good, SIGNING_KEY | change), change)

    def test_other_algorithms_and_weak_keys_are_refused(self):
        for name in ("none", "HS256", "ES384", None, 7):
            self.assertFalse(holds(vector(ES256, alg=name), SIGNING_KEY))
        self.assertFalse(holds(vector(RS256), RSA_KEY | {"n": RSA_KEY["n"][-170:]}))
        self.assertFalse(is_signed(vector(ES256), {}))

    def test_signatures_out_of_range_are_refused(self):
        key = tuple(int.from_bytes(decode(SIGNING_KEY[name]), "big") for name in "xy")
        for signature in (b"", b"\0" * 64, p256.ORDER.to_bytes(32, "big") * 2, b"\1" * 63):
            self.assertFalse(p256.verify(key, b"", signature))


class Curve(unittest.TestCase):
    def test_multiples_of_the_base_point(self):
        self.assertEqual(p256.combine(1, 0, p256.BASE), p256.BASE)
        self.assertEqual(p256.combine(2, 3, p256.BASE), p256.combine(5, 0, p256.BASE))
        self.assertEqual(p256.combine(p256.ORDER + 1, 0, p256.BASE), p256.BASE)
        self.assertIsNone(p256.combine(p256.ORDER - 1, 1, p256.BASE))
        self.assertTrue(p256.is_on_curve(p256.combine(2, 0, p256.BASE)))


class Form(unittest.TestCase):
    def test_what_is_no_token(self):
        header, signature = ES256
        for text in ("", "a.b", f"{header}.{CLAIMS}.{signature}.x", f"{header}.{CLAIMS}=.{signature}",
                     f"{header}.{CLAIMS}.é", f"e30.W10.{signature}", f"e30.bm9wZQ.{signature}",
                     f"eyJhIjoxLCJhIjoyfQ.e30.{signature}", f"{header} .{CLAIMS}.{signature}"):
            with self.assertRaises(Unreadable, msg=text):
                Token(text)


if __name__ == "__main__":
    unittest.main()
