"""What a listener shows: certificates read anew at SIGHUP, sessions taken up again, OCSP stapled."""
import contextlib
import signal
import shutil
import socket
import ssl
import subprocess
import time
import unittest

from gateway import PLAIN, SECURE, Gateway

PROBE = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
PATIENCE_S = 10


class Certificates(unittest.TestCase):
    def setUp(self):
        self.gateway = Gateway([PLAIN, SECURE])
        self.addCleanup(self.gateway.close)
        self.tls = self.gateway.folder / "tls"

    def context(self, version=None):
        context = ssl.create_default_context(cafile=str(self.tls / "ca.pem"))
        if version:
            context.minimum_version = context.maximum_version = version
        return context

    @contextlib.contextmanager
    def connected(self, context, session=None):
        with socket.create_connection(("127.0.0.1", self.gateway.port(1)), PATIENCE_S) as plain:
            with context.wrap_socket(plain, server_hostname="localhost", session=session) as wire:
                yield wire

    def asked(self, wire):
        wire.sendall(PROBE)
        return wire.recv(4096).startswith(b"HTTP/1.1 200 ")

    def number(self, context=None):
        with self.connected(context or self.context()) as wire:
            return wire.getpeercert()["serialNumber"]

    def reload(self):
        """The lines that the log got by it."""
        before = len(self.gateway.log_lines())
        self.gateway.signal(signal.SIGHUP)
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            lines = [line for line in self.gateway.log_lines()[before:]
                     if line["event"].startswith("certificates_")]
            if lines:
                return lines
            time.sleep(0.02)
        raise AssertionError("the log does not tell of it")

    def renew(self):
        shutil.rmtree(self.tls)
        self.gateway.make_certificate()

    def test_a_new_certificate_is_shown_after_a_signal_and_not_before(self):
        old_context, old = self.context(), self.number()
        self.renew()
        self.assertEqual(self.number(old_context), old)
        self.assertEqual([line["event"] for line in self.reload()], ["certificates_loaded"])
        self.assertNotEqual(self.number(), old)

    def test_open_connections_live_on(self):
        with self.connected(self.context()) as wire:
            self.assertTrue(self.asked(wire))
            self.renew()
            self.reload()
            self.assertTrue(self.asked(wire))

    def test_what_cannot_be_used_leaves_the_old_one(self):
        old = self.number()
        (self.tls / "server.pem").write_text("no certificate", encoding="ascii")
        self.assertEqual([(line["event"], line["level"], line["listener"]) for line in self.reload()],
                         [("certificates_kept", "error", 1)])
        self.assertEqual(self.number(), old)

    def test_a_key_of_another_certificate_leaves_the_old_one(self):
        old, kept = self.number(), (self.tls / "server.pem").read_bytes()
        context = self.context()
        self.renew()
        (self.tls / "server.pem").write_bytes(kept)
        self.assertEqual([line["event"] for line in self.reload()], ["certificates_kept"])
        self.assertEqual(self.number(context), old)

    def test_a_session_is_taken_up_again(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version=version):
                context = self.context(version)
                with self.connected(context) as wire:
                    self.assertTrue(self.asked(wire))  # in TLS 1.3 the ticket comes behind the handshake
                    session = wire.session
                with self.connected(context, session) as wire:
                    self.assertTrue(self.asked(wire))
                    self.assertTrue(wire.session_reused)

    def test_older_versions_are_not_spoken(self):
        context = self.context()
        context.set_ciphers("ALL:@SECLEVEL=0")
        with self.assertWarns(DeprecationWarning):
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.number(context)

    def test_a_stop_is_still_a_stop(self):
        self.reload()
        self.assertEqual(self.gateway.stop(), 0)


class Stapling(unittest.TestCase):
    """The response is the authority's, and opaque to the gateway: any octets do here."""

    def test_the_response_is_shown_to_who_asks(self):
        octets = b"\x30\x03\x0a\x01\x06"  # an OCSPResponse that says unauthorized (RFC 6960, 4.2.1)
        listener = SECURE.replace("}", ", ocsp_response: FOLDER/ocsp.der}")
        gateway = Gateway([listener], files={"ocsp.der": octets})
        self.addCleanup(gateway.close)
        done = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{gateway.port()}", "-status", "-servername",
             "localhost", "-CAfile", str(gateway.folder / "tls" / "ca.pem")],
            input="", capture_output=True, text=True, timeout=30, check=False)
        self.assertIn("OCSP Response Status: unauthorized", done.stdout)


if __name__ == "__main__":
    unittest.main()
