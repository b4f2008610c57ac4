"""One gateway in a temporary folder, without states behind it: for tests of the front alone."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("CASEBRIDGE_BUILD_DIR", ROOT / "build" / "dev"))
PROGRAM = BUILD / "bin" / "casebridge-gateway"
sys.path.insert(0, str(ROOT / "tools" / "sandbox"))
import processes  # noqa: E402

# FOLDER is the gateway's own.
SECURE = "{address: 127.0.0.1, port: 0, certificate: FOLDER/tls/server.pem, key: FOLDER/tls/server.key}"
ORIGIN = "https://localhost:8443"
PLAIN = "{address: 127.0.0.1, port: 0}"
SETTINGS = """\
http:
  listen:
{listeners}
  public_origin: {origin}
  {http}
storage: {{url: "sqlite:{folder}/casebridge.db"}}
folders:
  keys: {folder}/keys
  plugins: {folder}/plugins
  states: {folder}/states
  schemas: {root}/schemas
  messages: {root}/config/messages
  password_list: {root}/config/passwords/common.txt
mail: {{host: 127.0.0.1, port: 9, from: no-reply@casebridge.example, starttls: false}}
log: {{path: {folder}/gateway.log, level: info}}
"""


class Gateway:
    """A running gateway; ended by the id it was started with.

    `listeners` and `http` are YAML; `files`: octets by name, in its folder.
    """

    def __init__(self, listeners=(PLAIN,), http="", files=None):
        self._temporary = tempfile.TemporaryDirectory(prefix="casebridge-front-")
        self.folder = pathlib.Path(self._temporary.name)
        self.folder.chmod(0o755)
        for name in ("plugins", "states"):
            (self.folder / name).mkdir()
        for name, octets in (files or {}).items():
            (self.folder / name).write_bytes(octets)
        self.make_certificate()
        lines = "\n".join(f"    - {listener}".replace("FOLDER", str(self.folder)) for listener in listeners)
        text = SETTINGS.format(listeners=lines, origin=ORIGIN, http=http, folder=self.folder, root=ROOT)
        self.settings = self.folder / "gateway.yaml"
        self.settings.write_text(text, encoding="utf-8")
        try:
            subprocess.run([str(PROGRAM), "--make-keys", str(self.folder / "keys")], check=True, timeout=60)
            command = [str(PROGRAM), "--config", str(self.settings)]
            self.process, self.ready = processes.start("gateway", command, self.folder / "gateway.out")
        except BaseException:
            self._temporary.cleanup()
            raise

    def make_certificate(self):
        subprocess.run([str(ROOT / "tests" / "http" / "make_certificates"), str(self.folder / "tls")],
                       check=True, timeout=60)

    def port(self, number=0):
        return urllib.parse.urlsplit(self.ready["addresses"][number]).port

    def signal(self, number):
        os.kill(self.process["pid"], number)

    def stop(self):
        """Asks it to stop and waits; its exit code."""
        self.signal(signal.SIGTERM)
        _, status = os.waitpid(self.process["pid"], 0)
        self.process["started"] = None
        return os.waitstatus_to_exitcode(status)

    def close(self):
        processes.stop([self.process])
        self._temporary.cleanup()

    def log_lines(self):
        text = (self.folder / "gateway.log").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]
