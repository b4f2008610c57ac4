"""Test certificates: an authority each for servers and clients, made by the openssl program."""
import os
import ssl
import subprocess
import tempfile
import threading

SERVER_NAMES = ("localhost", "icop.test", "smart.test", "cc.test", "oh.test", "ks.test")
DAYS_VALID = "825"
_END_ENTITY = (
    "basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature",
    "subjectKeyIdentifier=hash", "authorityKeyIdentifier=keyid")


class TlsFailed(OSError):
    """The certificates can neither be used nor made."""


def _openssl(*arguments):
    try:
        subprocess.run(
            ["openssl", *arguments], check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise TlsFailed(f"openssl {arguments[0]} failed") from error


def _make_key(path):
    _openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)
    os.chmod(path, 0o600)


def make_ca(certificate, key, name):
    _make_key(key)
    _openssl(
        "req", "-x509", "-new", "-key", key, "-sha256", "-days", DAYS_VALID, "-subj", f"/CN={name}",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", certificate)


def make_signed(certificate, key, ca_certificate, ca_key, name, extensions):
    """A certificate under a CA; extensions are lines of openssl's configuration syntax."""
    _make_key(key)
    with tempfile.TemporaryDirectory() as scratch:
        request, lines = os.path.join(scratch, "request"), os.path.join(scratch, "extensions")
        with open(lines, "w", encoding="ascii") as file:
            file.write("\n".join(extensions) + "\n")
        _openssl("req", "-new", "-key", key, "-subj", f"/CN={name}", "-out", request)
        _openssl(
            "x509", "-req", "-in", request, "-CA", ca_certificate, "-CAkey", ca_key, "-sha256",
            "-set_serial", f"0x{os.urandom(15).hex()}", "-days", DAYS_VALID, "-extfile", lines,
            "-out", certificate)


def _make_server(directory, ca, ca_key):
    """(certificate, key) for the names of all systems, under the given CA."""
    server, key = os.path.join(directory, "server.pem"), os.path.join(directory, "server.key")
    names = ",".join([*(f"DNS:{name}" for name in SERVER_NAMES), "IP:127.0.0.1"])
    make_signed(server, key, ca, ca_key, "localhost", [
        f"subjectAltName={names}", "extendedKeyUsage=serverAuth", *_END_ENTITY])
    return server, key


def _context(server, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(server, key)
    return context


class Certificates:
    """The files of one directory; what is missing there is made."""

    def __init__(self, directory):
        os.makedirs(directory, exist_ok=True)
        self._directory = directory
        self.ca = self._path("ca.pem")
        ca_key, self._server, self._key = map(self._path, ("ca.key", "server.pem", "server.key"))
        if not all(map(os.path.exists, (self._server, self._key, self.ca))):
            if os.path.exists(self.ca) != os.path.exists(ca_key):
                raise TlsFailed(
                    f"{directory}: ca.pem and ca.key must both be there to make a server certificate")
            if not os.path.exists(self.ca):
                make_ca(self.ca, ca_key, "Simulated states test CA")
            _make_server(directory, self.ca, ca_key)
        self._ordinary = self._load()
        self._foreign = None
        self._making = threading.Lock()

    def _path(self, name):
        return os.path.join(self._directory, name)

    def _load(self):
        try:
            return _context(self._server, self._key)
        except (OSError, ssl.SSLError) as error:
            raise TlsFailed(f"{self._directory}: the server certificate cannot be used") from error

    def ordinary(self):
        """A context that asks for no client certificate."""
        return self._ordinary

    def mutual(self):
        """A context that lets in who shows a certificate of the clients' CA."""
        client_ca, client_ca_key, client, client_key = map(
            self._path, ("client-ca.pem", "client-ca.key", "client.pem", "client.key"))
        if not os.path.exists(client_ca):
            make_ca(client_ca, client_ca_key, "Simulated states client CA")
        if not os.path.exists(client) and os.path.exists(client_ca_key):
            make_signed(client, client_key, client_ca, client_ca_key, "gateway", [
                "extendedKeyUsage=clientAuth", *_END_ENTITY])
        context = self._load()
        context.verify_mode = ssl.CERT_REQUIRED
        context.num_tickets = 0  # every connection shows the certificate anew
        try:
            context.load_verify_locations(client_ca)
        except (OSError, ssl.SSLError) as error:
            raise TlsFailed(f"{client_ca}: the clients' CA cannot be used") from error
        return context

    def foreign(self):
        """A context with a server certificate of a CA nobody knows, made when first asked for."""
        with self._making:
            if self._foreign is None:
                with tempfile.TemporaryDirectory() as scratch:
                    ca, ca_key = os.path.join(scratch, "ca.pem"), os.path.join(scratch, "ca.key")
                    make_ca(ca, ca_key, "Unknown test CA")
                    self._foreign = _context(*_make_server(scratch, ca, ca_key))
            return self._foreign
