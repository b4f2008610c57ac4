"""The key with which a sandbox's gateway vouches for parents, and what a system that takes its word knows."""
import base64
import json
import os
import pathlib
import shutil
import subprocess

KEY_ID = "sandbox-1"
ISSUER = "https://gateway.example"
COORDINATE_OCTETS = 32


def _openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def _base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def ensure(folder):
    """Makes assertion.key (mode 0400), unless it is there; returns the path of its public half (RFC 7517)."""
    key, public = folder / "assertion.key", folder / "assertion-keys.json"
    if not key.exists():
        made = _openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
        with open(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as out:
            out.write(made)
    point = _openssl("pkey", "-in", str(key), "-pubout", "-outform", "DER")[-2 * COORDINATE_OCTETS:]
    public.write_text(json.dumps({"keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": KEY_ID,
        "x": _base64url(point[:COORDINATE_OCTETS]), "y": _base64url(point[COORDINATE_OCTETS:])}]}))
    return public


def overrides(folder, scenario, ca):
    """Lines of an override that let the gateway show a certificate to `ks-quick` and vouch for its people."""
    tls = pathlib.Path(ca).parent
    key = folder / "client.key"
    key.unlink(missing_ok=True)
    shutil.copyfile(tls / "client.key", key)
    key.chmod(0o400)
    options = scenario["systems"]["ks-quick"].get("options", {})
    issuer = (options.get("trustedAssertionIssuers") or [ISSUER])[0]
    # Nobody can bind a parent of a sandbox at a state, so its people have the subjects of the scenario.
    people = {one["personNumber"]: one["subject"] for one in scenario["credentials"]
              if one["system"] == "ks-quick" and one["kind"] == "assertion"}
    rules = {"key": str(folder / "assertion.key"), "key_id": KEY_ID, "issuer": issuer,
             "fixed_subjects": people}
    certificate = {"certificate": str(tls / "client.pem"), "key": str(key)}
    # JSON is YAML too.
    return [f"    client_tls: {json.dumps(certificate)}", f"    assertion: {json.dumps(rules)}"]
