"""Test certificates: a CA of our own and one server certificate, made by the openssl program."""
import os
import ssl
import subprocess
import tempfile

SERVER_NAMES = ("localhost", "icop.test", "smart.test", "cc.test", "oh.test", "ks.test")
DAYS_VALID = "825"


class TlsFailed(Exception):
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


def prepare(directory):
    """Makes what is missing in the directory; returns (server context, path of the CA)."""
    os.makedirs(directory, exist_ok=True)
    ca, ca_key, server, server_key = (
        os.path.join(directory, name) for name in ("ca.pem", "ca.key", "server.pem", "server.key"))
    if not (os.path.exists(server) and os.path.exists(server_key) and os.path.exists(ca)):
        if os.path.exists(ca) != os.path.exists(ca_key):
            raise TlsFailed(f"{directory}: ca.pem and ca.key must both be there to make a server certificate")
        if not os.path.exists(ca):
            make_ca(ca, ca_key, "Simulated states test CA")
        names = ",".join([*(f"DNS:{name}" for name in SERVER_NAMES), "IP:127.0.0.1"])
        make_signed(server, server_key, ca, ca_key, "localhost", [
            f"subjectAltName={names}", "basicConstraints=critical,CA:FALSE",
            "keyUsage=critical,digitalSignature", "extendedKeyUsage=serverAuth",
            "subjectKeyIdentifier=hash", "authorityKeyIdentifier=keyid"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(server, server_key)
    except (OSError, ssl.SSLError) as error:
        raise TlsFailed(f"{directory}: the server certificate cannot be used") from error
    return context, ca
