"""Who asked, through a real nginx (a header, over TCP and over a socket file) and a real HAProxy."""
import http.client
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import nginx
from gateway import PLAIN, Gateway
from wire import wait_for

HEADER = """
    server {{
        listen 127.0.0.1:{port};
        access_log off;
        location / {{
            proxy_pass http://{gateway};
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
"""
HAPROXY = shutil.which("haproxy") or "/usr/sbin/haproxy"
SPEAKS_BEFORE = """
defaults
    mode tcp
    timeout connect 5s
    timeout client 5s
    timeout server 5s
listen front
    bind 127.0.0.1:{port}
    server gateway 127.0.0.1:{gateway} send-proxy-v2
"""
# As few as show it: one address is counted alone, and another one is not.
READS = "reads_per_second_max: 1"
READS_AT_ONCE = 4


def asked(port, source, path="/v1/problems", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10, source_address=(source, 0))
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@unittest.skipUnless(nginx.is_installed(), "nginx is not installed")
class BehindNginx(unittest.TestCase):
    def running(self, listeners, settings):
        gateway = Gateway(listeners, f"{READS}\n  {settings}")
        self.addCleanup(gateway.close)
        return gateway

    def in_front(self, gateway):
        """The port of an nginx that asks `gateway`, an address of its proxy_pass."""
        port = nginx.free_port()
        front = nginx.Nginx(port, HEADER.format(port=port, gateway=gateway))
        self.addCleanup(front.close)
        return port

    def addresses_are_counted_apart(self, port):
        greedy = [asked(port, "127.0.5.1") for _ in range(READS_AT_ONCE * 3)]
        self.assertIn(429, greedy)
        self.assertEqual(asked(port, "127.0.5.2"), 200)

    def test_a_named_proxy_is_believed(self):
        gateway = self.running([PLAIN], 'proxies: ["127.0.0.1"]')
        port = self.in_front(f"127.0.0.1:{gateway.port()}")
        self.addresses_are_counted_apart(port)

    def test_what_a_client_claims_is_not(self):
        gateway = self.running([PLAIN], 'proxies: ["127.0.0.1"]')
        port = self.in_front(f"127.0.0.1:{gateway.port()}")
        claims = ({"X-Forwarded-For": f"198.51.100.{n}", "Forwarded": f"for=198.51.100.{n}"}
                  for n in range(READS_AT_ONCE * 3))
        self.assertIn(429, [asked(port, "127.0.5.3", **claim) for claim in claims])

    def test_without_a_name_all_share_the_proxys_address(self):
        gateway = self.running([PLAIN], "")
        port = self.in_front(f"127.0.0.1:{gateway.port()}")
        for _ in range(READS_AT_ONCE * 3):
            asked(port, "127.0.5.1")
        self.assertEqual(asked(port, "127.0.5.2"), 429)

    def test_a_socket_file_is_a_proxys_when_it_is_named(self):
        gateway = self.running(["{address: 'unix:FOLDER/http.sock'}"], "proxies: [unix]")
        file = gateway.folder / "http.sock"
        self.assertEqual(gateway.ready["addresses"], [f"unix:{file}"])
        self.assertEqual(file.stat().st_mode & 0o777, 0o660)
        file.chmod(0o666)  # nginx runs as another user here
        port = self.in_front(f"unix:{file}:")
        self.addresses_are_counted_apart(port)
        self.assertEqual(asked(port, "127.0.5.9", "/metrics"), 404)
        gateway.stop()
        self.assertFalse(file.exists())

    @unittest.skipUnless(pathlib.Path(HAPROXY).exists(), "haproxy is not installed")
    def test_the_proxy_protocol_names_who_connected(self):
        gateway = self.running([PLAIN.replace("}", ", proxy_protocol: true}")], 'proxies: ["127.0.0.1"]')
        port = nginx.free_port()
        file = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "haproxy.cfg"
        file.write_text(SPEAKS_BEFORE.format(port=port, gateway=gateway.port()), encoding="ascii")
        process = subprocess.Popen([HAPROXY, "-db", "-f", str(file)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.terminate)
        wait_for(port, process)
        self.addresses_are_counted_apart(port)
        self.assertEqual(asked(port, "127.0.5.9", "/metrics"), 404)

    def test_what_watches_is_not_asked_through_a_proxy(self):
        gateway = self.running([PLAIN], 'proxies: ["127.0.0.1"]')
        port = self.in_front(f"127.0.0.1:{gateway.port()}")
        self.assertEqual(asked(port, "127.0.0.1", "/metrics"), 404)
        self.assertEqual(asked(gateway.port(), "127.0.0.1", "/metrics"), 200)


if __name__ == "__main__":
    unittest.main()
