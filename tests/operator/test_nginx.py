"""The shipped nginx configuration in front of a real gateway, with only names, ports and paths replaced."""
import http.client
import json
import pathlib
import re
import shutil
import ssl
import subprocess
import tempfile
import unittest
import urllib.parse

import paths
from box import Box, sample
from client import wait_until
import layout
import sandbox

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MAIN = """\
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/casebridge.conf;
}}
"""


@unittest.skipUnless(pathlib.Path(NGINX).exists(), "nginx is not installed")
class InFront(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.box = Box(sample())
        cls.addClassCleanup(cls.box.close)
        folder = tempfile.TemporaryDirectory(prefix="casebridge-nginx-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.folder.chmod(0o755)
        cls.gateway_port = urllib.parse.urlsplit(cls.box.record["secure"]).port
        cls.port, plain = sandbox.free_or(0), sandbox.free_or(0)
        text = paths.text_of("config/nginx/casebridge.conf")
        for old, new in (("listen 80;", f"listen 127.0.0.1:{plain};"),
                         ("listen 443 ssl", f"listen 127.0.0.1:{cls.port} ssl"),
                         ("127.0.0.1:8443", f"127.0.0.1:{cls.gateway_port}"),
                         ("/etc/casebridge/tls/public.pem", f"{layout.TLS}/server.pem"),
                         ("/etc/casebridge/secrets/public.key", f"{layout.TLS}/server.key"),
                         ("/etc/casebridge/tls/internal-ca.pem", f"{layout.TLS}/ca.pem"),
                         ("gateway.internal.example", "localhost"),
                         ("/var/log/nginx", str(cls.folder))):
            assert old in text, old
            text = text.replace(old, new)
        (cls.folder / "casebridge.conf").write_text(text, encoding="utf-8")
        (cls.folder / "nginx.conf").write_text(MAIN.format(folder=cls.folder), encoding="utf-8")
        command = [NGINX, "-p", str(cls.folder), "-c", str(cls.folder / "nginx.conf"),
                   "-e", str(cls.folder / "error.log")]
        cls.checked = subprocess.run([*command, "-t"], stdin=subprocess.DEVNULL, capture_output=True,
                                     text=True, timeout=30, check=False)
        cls.process = subprocess.Popen([*command, "-g", "daemon off;"], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(cls.stop)
        wait_until("nginx", cls.answers)

    @classmethod
    def stop(cls):
        cls.process.terminate()
        cls.process.wait(20)

    @classmethod
    def answers(cls):
        try:
            return cls.ask("GET", "/health/live")[0] == 200
        except OSError:
            return False

    @classmethod
    def ask(cls, method, path, body=None, **headers):
        context = ssl.create_default_context(cafile=str(layout.TLS / "ca.pem"))
        connection = http.client.HTTPSConnection("localhost", cls.port, context=context, timeout=20)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def connections(self):
        """The gateway's side of connections to it, whatever their state; not the listening socket."""
        text = pathlib.Path("/proc/net/tcp").read_text(encoding="ascii")
        port = f"{self.gateway_port:04X}"
        ends = re.findall(r"^ *\d+: \w{8}:(\w{4}) \w{8}:(\w{4}) (\w\w)", text, re.M)
        return [end for end in ends if port in end[:2] and end[2] != "0A"]

    def test_1_nginx_understands_every_line(self):
        self.assertEqual(self.checked.returncode, 0, self.checked.stderr)
        self.assertNotIn("[warn]", self.checked.stderr)

    def test_2_requests_share_a_connection_to_the_gateway(self):
        for _ in range(12):
            self.assertEqual(self.ask("GET", "/health/ready")[0], 200)
        self.assertLessEqual(len(self.connections()), 4)  # both ends of one, or of two

    def test_3_a_flow_begins_through_it(self):
        asked = json.dumps({"kind": "registration", "transport": "bearer"})
        status, body = self.ask("POST", "/v1/flows", asked)
        self.assertIn(status, (200, 201))
        self.assertEqual(json.loads(body)["kind"], "registration")

    def test_4_what_watches_is_not_for_the_public(self):
        self.assertEqual(self.ask("GET", "/metrics")[0], 404)

    def test_5_a_body_beyond_the_limit_is_refused(self):
        self.assertEqual(self.ask("POST", "/v1/link-attempts", b"x" * (1024 * 1024 + 1))[0], 413)

    def test_6_the_log_keeps_no_path(self):
        self.ask("GET", "/v1/cases/cas_00000000000000000000000000?word=blue-harbor")
        log = wait_until("a line", lambda: (self.folder / "casebridge.log").read_text(encoding="utf-8"))
        self.assertRegex(log, r"GET (401|404) ")
        for word in ("cas_", "blue-harbor", "/v1/"):
            self.assertNotIn(word, log)

    def test_7_flows_of_one_address_are_counted(self):
        statuses = [self.ask("POST", "/v1/flows", b"{}")[0] for _ in range(30)]
        self.assertIn(429, statuses)
        self.assertEqual(self.ask("GET", "/health/live")[0], 200)


if __name__ == "__main__":
    unittest.main()
