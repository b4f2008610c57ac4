"""A certificate authority of this machine's own, made once, and a certificate for localhost signed by it."""
import os
import subprocess

EXTENSIONS = """\
subjectAltName=DNS:localhost,IP:127.0.0.1
extendedKeyUsage=serverAuth
basicConstraints=CA:FALSE
"""
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ensure(folder):
    """Makes ca.pem, server.pem and server.key in `folder` unless they are there and good for another week."""
    certificate = folder / "server.pem"
    if certificate.exists() and still_good(certificate):
        return
    folder.mkdir(parents=True, exist_ok=True)
    before = os.umask(0o077)
    try:
        openssl("req", "-x509", *NEW_KEY, "-days", "365",
                "-keyout", str(folder / "ca.key"), "-out", str(folder / "ca.pem"),
                "-subj", "/CN=Casebridge local CA", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        openssl("req", *NEW_KEY, "-keyout", str(folder / "server.key"),
                "-out", str(folder / "server.csr"), "-subj", "/CN=localhost")
        (folder / "server.ext").write_text(EXTENSIONS)
        openssl("x509", "-req", "-in", str(folder / "server.csr"), "-CA", str(folder / "ca.pem"),
                "-CAkey", str(folder / "ca.key"), "-CAcreateserial", "-days", "364",
                "-extfile", str(folder / "server.ext"), "-out", str(certificate))
    finally:
        os.umask(before)


def still_good(certificate):
    week_s = 7 * 24 * 3600
    return subprocess.run(["openssl", "x509", "-checkend", str(week_s), "-noout", "-in", str(certificate)],
                          stdout=subprocess.DEVNULL, check=False).returncode == 0
