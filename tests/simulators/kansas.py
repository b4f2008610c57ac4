"""A gateway that talks to a simulated ks-quick: signs assertions, sends SOAP, reads answers."""
import base64
import hashlib
import json
import secrets
import xml.etree.ElementTree as xml

from harness import ROOT, SimulatorTest, Wire, new_id, sample
from simulators.ks_quick import p256

PATH = "/quick/v1/QuickService"
DATA = ROOT / "tests/simulators/data/ks"
NOW = 1773669600  # 2026-03-16T14:00:00Z
ISSUER = "https://gateway.example"
F3, F7 = "0034567890", "0078901234"
ELIAS = ("gw-sub-7d1f0c52", "0000700002")
TOBIAS = ("gw-sub-2b9a4e10", "0000300419")
NADIA = ("gw-sub-nadia", "0000700003")
ROSA = ("gw-sub-rosa", "0000700001")
NAMESPACES = {
    "soap": "http://schemas.xmlsoap.org/soap/envelope/", "q": "urn:ks-quick:1",
    "nc": "https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/",
    "hs": "https://docs.oasis-open.org/niemopen/ns/model/domains/humanServices/6.0/",
}
# Public key of the interface document's example; nobody has its private key.
EXAMPLE_KEY = {
    "kty": "EC", "crv": "P-256", "kid": "gw-test-es256-1", "use": "sig", "alg": "ES256",
    "x": "I4LPjqKzduk5rokJWzi9yyW3Vw8IweR1bUxpxoWQRtE", "y": "lhuP3jTSdplx1J6xLtLaZYpeNymSfIwpxB2DMPsT1tQ",
}
# The key of RFC 7515 appendix A.3, published with its private part.
PRIVATE = int.from_bytes(base64.urlsafe_b64decode("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI="), "big")
SIGNING_KEY = {
    "kty": "EC", "crv": "P-256", "kid": "rfc",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}


def octets(name):
    return (DATA / f"{name}.xml").read_bytes()


def encoded(octets_or_object):
    if isinstance(octets_or_object, dict):
        octets_or_object = json.dumps(octets_or_object).encode()
    return base64.urlsafe_b64encode(octets_or_object).rstrip(b"=").decode()


def es256(message):
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    k = secrets.randbelow(p256.ORDER - 1) + 1
    r = p256.combine(k, 0, p256.BASE)[0] % p256.ORDER
    s = pow(k, -1, p256.ORDER) * (digest + r * PRIVATE) % p256.ORDER
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def token(claims, header=None, sign=es256):
    header = {"alg": "ES256", "typ": "gw-parent+jwt", "kid": "rfc"} | (header or {})
    signed = f"{encoded(header)}.{encoded(claims)}"
    return f"{signed}.{encoded(sign(signed.encode()))}"


def claims_of(parent, now=NOW, **changed):
    """Good claims; a change to None leaves the claim out."""
    claims = {
        "iss": ISSUER, "sub": parent[0], "aud": "urn:ks-quick:1", "iat": now, "nbf": now, "exp": now + 180,
        "jti": new_id(), "auth_time": now - 600, "acr": "aal2", "ial": 2, "ks_person": parent[1],
        "purpose": "parent_view", "cnf": {"x5t#S256": "none"},
    } | changed
    return {name: value for name, value in claims.items() if value is not None}


def request(op, assertion, case=F7, user="gateway-test", requestor="99000", call_id=None, fips="99",
            **fields):
    """A request; a value of None leaves its element out, "" keeps it empty."""
    def part(name, value):
        return "" if value is None else f"<q:{name}>{value}</q:{name}>"

    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    context = (part("SystemUserId", user) + part("RequestorId", requestor)
               + part("StateGeneratedId", call_id or new_id()) + part("ParentAssertion", assertion))
    number = "" if case is None or op == "FindCases" else (
        "<hs:ChildSupportEnforcementIV-DCaseIdentification><nc:IdentificationID>"
        f"{case}</nc:IdentificationID></hs:ChildSupportEnforcementIV-DCaseIdentification>")
    body = number + part("OsFips", fips) + "".join(part(name, value) for name, value in fields.items())
    return (
        f"<soap:Envelope{declared}><soap:Header><q:RequestContext>{context}</q:RequestContext></soap:Header>"
        f"<soap:Body><q:{op}Request>{body}</q:{op}Request></soap:Body></soap:Envelope>").encode()


class Response:
    """An answer of the service, read by the prefixes above."""

    def __init__(self, reply):
        self.status = reply.status
        self.body = reply.body
        self.content_type = reply.headers["Content-Type"]
        self.root = xml.fromstring(reply.body) if reply.body else None

    def all(self, path):
        return self.root.findall(f".//{path}", NAMESPACES)

    def texts(self, path):
        return [part.text or "" for part in self.all(path)]

    def text(self, path):
        value, = self.texts(path)
        return value

    @property
    def code(self):
        """The fault's code, or the data response code."""
        found = self.texts("q:QuickFault/q:Code") or self.texts("q:DataResponseCode")
        return found[0] if found else None

    @property
    def retry_after(self):
        return int(self.text("q:RetryAfterSeconds"))


def kansas_sample(**options):
    document = sample()
    document["systems"]["ks-quick"]["options"] |= {"jwks": {"keys": [EXAMPLE_KEY, SIGNING_KEY]}} | options
    for credential, person, parent in (("k-nadia", "p-nadia", NADIA), ("k-rosa", "p-rosa", ROSA)):
        document["credentials"].append({
            "id": credential, "system": "ks-quick", "person": person, "kind": "assertion",
            "subject": parent[0], "personNumber": parent[1], "state": "active"})
    return document


class KansasTest(SimulatorTest):
    system_id = "ks-quick"
    scenario = staticmethod(kansas_sample)

    def setUp(self):
        super().setUp()
        self.wire = Wire(self.url)
        self.addCleanup(self.wire.close)
        self.now = NOW

    def post(self, op, body, path=PATH, method="POST", **headers):
        sent = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"urn:ks-quick:1:{op}"'}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return Response(self.wire.send(method, path, body, sent))

    def assertion(self, parent=ELIAS, header=None, **changed):
        return token(claims_of(parent, self.now, **changed), header)

    def ask(self, op, parent=ELIAS, **fields):
        return self.post(op, request(op, self.assertion(parent), **fields))

    def claim(self, header=None, **changed):
        """The code of a call whose assertion differs from a good one."""
        return self.post("FindCases", request("FindCases", self.assertion(ELIAS, header, **changed))).code

    def load(self, document):
        """Another scenario for this test only."""
        self.addCleanup(self.steer, "/control/scenario", self.scenario())
        self.steer("/control/scenario", document)

    def pass_time(self, seconds):
        self.advance(seconds)
        self.now += seconds
