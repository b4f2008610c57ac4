"""Mutual TLS of ks-quick: whose certificate is let in, what it binds, and the faults of connections."""
import hashlib
import http.client
import pathlib
import ssl
import subprocess
import tempfile
import unittest
import urllib.parse

from kansas import ELIAS, PATH, KansasTest, Response, claims_of, encoded, request, token

from harness import Reply
from simulators.tls import Certificates, make_ca


class MutualTls(KansasTest):
    @classmethod
    def setUpClass(cls):
        cls.tls_directory = cls.new_folder()
        cls.folder = pathlib.Path(cls.tls_directory)
        super().setUpClass()
        cls.other_url = cls.simulator.ready_line()["systems"]["tx-icop"]

    def context(self, *pair):
        context = ssl.create_default_context(cafile=str(self.folder / "ca.pem"))
        if pair:
            context.load_cert_chain(*map(str, pair))
        return context

    def gateway(self):
        return self.context(self.folder / "client.pem", self.folder / "client.key")

    def thumbprint(self):
        der = ssl.PEM_cert_to_DER_cert((self.folder / "client.pem").read_text(encoding="ascii"))
        return encoded(hashlib.sha256(der).digest())

    def code(self, context, thumbprint=None):
        """The code of a call on a connection of its own."""
        port = urllib.parse.urlsplit(self.url).port
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=5)
        self.addCleanup(connection.close)
        claims = claims_of(ELIAS, cnf={"x5t#S256": thumbprint or self.thumbprint()})
        connection.request("POST", PATH, request("FindCases", token(claims)), {
            "Content-Type": "text/xml; charset=utf-8", "SOAPAction": '"urn:ks-quick:1:FindCases"'})
        answer = connection.getresponse()
        return Response(Reply(answer.status, answer.headers, answer.read())).code

    def test_the_gateways_certificate_is_let_in_and_bound(self):
        self.assertEqual(self.code(self.gateway()), "000")
        self.assertEqual(self.code(self.gateway(), "A" * 43), "A06")
        self.assertEqual([call["counted"] for call in self.calls()], [False, True])

    def test_no_certificate_or_a_strangers_fails_the_handshake(self):
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.code(self.context())
        pair = self.folder / "stranger.pem", self.folder / "stranger.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                        "-nodes", "-subj", "/CN=stranger", "-keyout", str(pair[1]), "-out", str(pair[0])],
                       check=True, capture_output=True)
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.code(self.context(*pair))
        self.assertEqual(self.calls(), [])

    def test_other_systems_do_not_ask(self):
        port = urllib.parse.urlsplit(self.other_url).port
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=self.context(), timeout=5)
        self.addCleanup(connection.close)
        connection.request("GET", "/icop/v1/cases", headers={"X-Icop-Client": "gw-test-1"})
        self.assertEqual(connection.getresponse().status, 401)

    def test_a_connection_that_was_not_asked_is_served_unbound(self):
        self.add_fault("*", "tls_no_client_cert", after=1, times=1)
        self.assertEqual(self.code(self.gateway(), "A" * 43), "A06")
        self.assertEqual(self.code(self.context(), "A" * 43), "000")
        self.assertEqual(self.code(self.gateway()), "000")
        self.assertEqual([call["fault"] for call in self.calls()], [None] * 3)
        self.assertEqual(self.look("/control/faults")["faults"][0]["hits"], 1)

    def test_a_foreign_server_certificate(self):
        self.add_fault("*", "tls_wrong_ca", times=1)
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.code(self.gateway())
        self.assertEqual((self.code(self.gateway()), len(self.calls())), ("000", 1))


class Files(unittest.TestCase):
    def test_a_given_client_authority_is_used_without_its_key(self):
        with tempfile.TemporaryDirectory() as folder:
            given = pathlib.Path(folder) / "client-ca.pem"
            make_ca(str(given), str(pathlib.Path(folder) / "elsewhere.key"), "Somebody's clients")
            before = given.read_bytes()
            Certificates(folder).mutual()
            self.assertEqual(given.read_bytes(), before)
            self.assertFalse((pathlib.Path(folder) / "client.pem").exists())


if __name__ == "__main__":
    unittest.main()
