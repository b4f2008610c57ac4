"""Assertions of ks-quick: each claim's rule, the order of the checks, bindings, and the hold of an issuer."""
import pathlib
import subprocess
import tempfile
import unittest

from kansas import ELIAS, ISSUER, TOBIAS, KansasTest, claims_of, encoded, kansas_sample, request, token

from harness import new_id


class Claims(KansasTest):
    def test_a_good_one(self):
        self.assertEqual(self.claim(), "000")
        self.assertEqual(self.claim(acr="aal3", ial=3), "000")

    def test_trust(self):
        for changed in ({"iss": "https://other.example"}, {"iss": None}, {"iss": [ISSUER]}, {"aud": None},
                        {"aud": ["urn:ks-quick:1"]}, {"purpose": "worker_view"}, {"purpose": None}):
            self.assertEqual(self.claim(**changed), "A01", changed)
        for header in ({"typ": "JWT"}, {"kid": "unknown"}, {"alg": "none"}, {"alg": "RS256"},
                       {"crit": ["exp"], "exp": 1}):
            self.assertEqual(self.claim(header), "A01", header)

    def test_what_is_no_token_is_not_trusted(self):
        for text in ("x", "a.b.c", token(claims_of(ELIAS), sign=lambda _: b"\1" * 64),
                     token(claims_of(ELIAS), {"alg": "none"}, lambda _: b"")):
            self.assertEqual(self.post("FindCases", request("FindCases", text)).code, "A01")

    def test_times_and_their_edges(self):
        now = self.now
        for changed, code in (
                ({"exp": now - 29}, "000"), ({"exp": now - 30}, "A02"),
                ({"iat": now + 30, "nbf": now + 30}, "000"), ({"iat": now + 31}, "A02"),
                ({"nbf": now + 31}, "A02"), ({"exp": now + 300}, "000"), ({"exp": now + 301}, "A02"),
                ({"exp": None}, "A02"), ({"nbf": None}, "A02"), ({"iat": str(now)}, "A02"),
                ({"exp": True}, "A02")):
            self.assertEqual(self.claim(**changed), code, changed)

    def test_each_jti_once(self):
        used = new_id()
        self.assertEqual(self.claim(jti=used), "000")
        self.assertEqual([self.claim(jti=value) for value in (used, None, "x", 5)], ["A03"] * 4)
        self.pass_time(209)
        self.assertEqual(self.claim(jti=used), "A03")
        self.pass_time(1)  # 30 s past the end of the first
        self.assertEqual(self.claim(jti=used), "000")

    def test_a_jti_is_used_also_when_a_later_check_fails(self):
        used = new_id()
        self.assertEqual(self.claim(jti=used, ial=1), "A05")
        self.assertEqual(self.claim(jti=used), "A03")
        unused = new_id()
        self.assertEqual(self.claim(jti=unused, exp=self.now - 60), "A02")
        self.assertEqual(self.claim(jti=unused), "000")

    def test_binding_of_the_person(self):
        for changed in ({"sub": "gw-sub-nobody"}, {"sub": None}, {"sub": 7}, {"ks_person": TOBIAS[1]},
                        {"ks_person": None}, {"ks_person": 700002}):
            self.assertEqual(self.claim(**changed), "A04", changed)

    def test_assurance(self):
        now = self.now
        for changed in ({"ial": 1}, {"ial": None}, {"ial": "2"}, {"acr": "aal1"}, {"acr": None},
                        {"auth_time": now - 3600}, {"auth_time": now + 31}, {"auth_time": None}):
            self.assertEqual(self.claim(**changed), "A05", changed)
        self.assertEqual([self.claim(auth_time=now - 3599), self.claim(auth_time=now + 30)], ["000", "000"])

    def test_the_first_broken_rule_counts(self):
        broken = {"purpose": "x", "exp": 1, "jti": "x", "sub": "x", "ial": 0}
        codes = [self.claim(**broken)]
        for mended in ({"purpose": "parent_view"}, {"exp": self.now + 9}, {"jti": new_id()},
                       {"sub": ELIAS[0], "jti": new_id()}):
            broken |= mended
            codes.append(self.claim(**broken))
        self.assertEqual(codes, ["A01", "A02", "A03", "A04", "A05"])


class WithRsa(KansasTest):
    @classmethod
    def scenario(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.key = str(pathlib.Path(scratch.name) / "key.pem")
        subprocess.run(["openssl", "genrsa", "-out", cls.key, "2048"], check=True, capture_output=True)
        shown = subprocess.run(["openssl", "rsa", "-in", cls.key, "-noout", "-modulus"], check=True,
                               capture_output=True, text=True).stdout
        modulus = bytes.fromhex(shown.strip().partition("=")[2])
        key = {"kty": "RSA", "kid": "rsa-1", "n": encoded(modulus), "e": "AQAB"}
        return kansas_sample(jwks={"keys": [key]})

    def sign(self, message):
        return subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=message, check=True,
                              capture_output=True).stdout

    def test_rs256(self):
        good = token(claims_of(ELIAS), {"alg": "RS256", "kid": "rsa-1"}, self.sign)
        self.assertEqual(self.post("FindCases", request("FindCases", good)).code, "000")
        self.assertEqual(self.claim({"kid": "rsa-1"}), "A01")


class Bindings(KansasTest):
    def act(self, action):
        return self.steer("/control/accounts", {"credential": "k12", "action": action})["state"]

    def test_withdrawn_is_like_unbound(self):
        for action, state, code in (
                ("disable", "disabled", "A04"), ("enable", "active", "000"),
                ("disable_safety", "disabled_safety", "A04"), ("revoke_sessions", "disabled_safety", "A04"),
                ("enable", "active", "000"), ("expire_password", "password_expired", "000"),
                ("lock", "password_expired", "000"), ("unlock", "password_expired", "000")):
            self.assertEqual((self.act(action), self.claim()), (state, code))

    def test_states_of_the_scenario(self):
        for state, code in (("none", "A04"), ("no_case", "A04"), ("disabled", "A04"), ("locked", "000")):
            document = kansas_sample()
            next(c for c in document["credentials"] if c["id"] == "k12")["state"] = state
            self.load(document)
            self.assertEqual(self.claim(), code, state)

    def test_a_subject_is_bound_once(self):
        document = kansas_sample()
        document["credentials"].append(document["credentials"][-1] | {"id": "again"})
        self.assertEqual(self.steer("/control/scenario", document, 422)["error"]["pointer"],
                         f"/credentials/{len(document['credentials']) - 1}/subject")


class Hold(KansasTest):
    def bad(self, count, **changed):
        return {self.claim(**({"purpose": "x"} | changed)) for _ in range(count)}

    def test_twenty_bad_ones_hold_the_issuer_for_all(self):
        self.assertEqual(self.bad(19), {"A01"})
        self.assertEqual(self.claim(), "000")
        self.assertEqual(self.claim(ial=1), "A05")
        held = self.ask("FindCases", TOBIAS)
        self.assertEqual((held.status, held.code, held.retry_after), (500, "A09", 300))
        self.pass_time(299)
        held = self.ask("FindCases")
        self.assertEqual((held.code, held.retry_after), ("A09", 1))
        self.pass_time(1)
        self.assertEqual(self.claim(), "000")
        counted = [call["counted"] for call in self.calls()]
        self.assertEqual((sum(counted), counted[19], counted[-3:]), (20, False, [False] * 3))

    def test_what_does_not_count(self):
        self.assertEqual(self.bad(21, iss="https://other.example"), {"A01"})
        self.assertEqual(self.bad(21, purpose="parent_view", sub="nobody"), {"A04"})
        self.assertEqual(self.claim(), "000")
        self.assertFalse(any(call["counted"] for call in self.calls()))

    def test_the_window_slides(self):
        self.bad(19)
        self.pass_time(61)
        self.bad(19)
        self.assertEqual(self.claim(), "000")

    def test_the_hold_comes_after_the_context(self):
        self.bad(20)
        self.assertEqual(self.post("FindCases", request("FindCases", self.assertion(), user=None)).code,
                         "R01")
        self.assertEqual(self.post("FindCases", b"<x").code, None)
        self.assertEqual(self.claim(iss="https://other.example"), "A01")


if __name__ == "__main__":
    unittest.main()
