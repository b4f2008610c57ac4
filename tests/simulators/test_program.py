"""The program itself: ready line, certificates, ending, and what it refuses to start with."""
import contextlib
import http.client
import io
import json
import pathlib
import signal
import ssl
import subprocess
import tempfile
import unittest
import urllib.parse

from harness import ROOT, SAMPLE, SYSTEM_CLASSES, sample

from simulators.command_line import main

PROGRAM = str(ROOT / "tools/simulate")
SCENARIO = str(ROOT / "tests/scenarios/sample.json")
FREE = ("--control", "127.0.0.1:0",
        *(word for system in SYSTEM_CLASSES for word in ("--listen", f"{system}=127.0.0.1:0")))


class ProgramTest(unittest.TestCase):
    def start(self, *arguments):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        process = subprocess.Popen(
            [PROGRAM, *arguments, "--ga-drop", folder.name], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process, json.loads(process.stdout.readline())

    def refuse(self, *arguments):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=10, check=False)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        return done.stderr


class OverTls(ProgramTest):
    """Faults of the wire must look the same under TLS."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)

    def setUp(self):
        _, self.ready = self.start("--scenario", SCENARIO, *FREE, "--tls-dir", self.scratch.name)
        self.context = ssl.create_default_context(cafile=self.ready["ca"])

    def ask(self, fault=None):
        control = http.client.HTTPConnection(urllib.parse.urlsplit(self.ready["control"]).netloc)
        faults = [{"id": "f", "system": "tx-icop", "op": "*", **fault}] if fault else []
        control.request("POST", "/control/faults", json.dumps({"clear": True, "add": faults}))
        self.assertEqual(control.getresponse().status, 200)
        control.close()
        port = urllib.parse.urlsplit(self.ready["systems"]["tx-icop"]).port
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=self.context, timeout=0.5)
        self.addCleanup(connection.close)
        connection.request("GET", "/icop/v1/cases", headers={"X-Icop-Client": "gw-test-1"})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def test_cookies_are_for_tls_only(self):
        port = urllib.parse.urlsplit(self.ready["systems"]["ca-connect"]).port
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=self.context, timeout=5)
        self.addCleanup(connection.close)
        connection.request("GET", "/cconnect/login?lang=es")
        language, session = connection.getresponse().headers.get_all("Set-Cookie")
        self.assertEqual(language, "cc_lang=es; Path=/cconnect; Secure; SameSite=Lax")
        self.assertRegex(session, "; Path=/cconnect; Secure; HttpOnly; SameSite=Lax$")

    def test_wire_faults(self):
        status, body = self.ask()
        self.assertEqual(status, 401)
        self.assertRaises(ConnectionResetError, self.ask, {"kind": "reset"})
        self.assertRaises(TimeoutError, self.ask, {"kind": "hang"})
        self.assertRaises(http.client.RemoteDisconnected, self.ask, {"kind": "lost_answer"})
        with self.assertRaises(http.client.IncompleteRead) as caught:
            self.ask({"kind": "truncate", "params": {"bytes": 10}})
        self.assertEqual(caught.exception.partial, body[:10])
        self.assertEqual(self.ask({"kind": "slow_drip", "params": {"bytesPerSecond": 5000}})[1], body)


class Starting(ProgramTest):
    def test_ready_line_and_end_on_sigterm(self):
        process, ready = self.start("--scenario", SCENARIO, *FREE)
        self.assertEqual(set(ready), {"ready", "control", "systems"})
        self.assertIs(ready["ready"], True)
        self.assertRegex(ready["control"], r"^http://127\.0\.0\.1:\d+$")
        self.assertEqual(set(ready["systems"]), set(SYSTEM_CLASSES))
        drop = pathlib.Path(ready["systems"].pop("ga-batch"))
        self.assertTrue((drop / "incoming" / "done").is_dir())
        for address in ready["systems"].values():
            self.assertRegex(address, r"^http://127\.0\.0\.1:\d+$")
        hanging = http.client.HTTPConnection(urllib.parse.urlsplit(ready["systems"]["tx-icop"]).netloc)
        hanging.connect()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(5), 0)
        self.assertEqual(process.stdout.read(), "")
        hanging.close()

    def test_certificates_are_made_once_and_verify(self):
        with tempfile.TemporaryDirectory() as scratch:
            directory = str(pathlib.Path(scratch) / "tls")
            _, ready = self.start("--scenario", SCENARIO, *FREE, "--tls-dir", directory)
            self.assertEqual(ready["ca"], f"{directory}/ca.pem")
            self.assertTrue(ready["systems"]["tx-icop"].startswith("https://127.0.0.1:"))
            port = urllib.parse.urlsplit(ready["systems"]["tx-icop"]).port
            context = ssl.create_default_context(cafile=ready["ca"])
            connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=5)
            connection.request("GET", "/icop/v1/cases", headers={"X-Icop-Client": "gw-test-1"})
            self.assertEqual(connection.getresponse().status, 401)
            names = {value for _, value in connection.sock.getpeercert()["subjectAltName"]}
            connection.close()
            self.assertEqual(names, {
                "localhost", "127.0.0.1", "icop.test", "smart.test", "cc.test", "oh.test", "ks.test"})
            before = pathlib.Path(directory, "server.pem").read_bytes()
            self.start("--scenario", SCENARIO, *FREE, "--tls-dir", directory)
            self.assertEqual(pathlib.Path(directory, "server.pem").read_bytes(), before)
            self.assertEqual(pathlib.Path(directory, "server.key").stat().st_mode & 0o077, 0)

    def test_disabled_system_is_not_in_the_ready_line(self):
        document = sample()
        for settings in document["systems"].values():
            settings["enabled"] = False
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(document, file)
            file.flush()
            _, ready = self.start("--scenario", file.name, "--control", "127.0.0.1:0")
        self.assertEqual(ready["systems"], {})

    def test_another_name(self):
        _, ready = self.start(
            "--scenario", SCENARIO, *FREE, "--as", "ca-connect=nv-connect",
            "--listen", "nv-connect=127.0.0.1:0")
        self.assertEqual(set(ready["systems"]), set(SYSTEM_CLASSES) - {"ca-connect"} | {"nv-connect"})

    def test_refuses_names(self):
        for names in (("ca-none=nv-connect",), ("ca-connect=tx-icop",), ("ca-connect=x",), ("ca-connect",),
                      ("ca-connect=nv-a", "ca-connect=nv-b"), ("ca-connect=nv-a", "tx-smart=nv-a")):
            words = [word for name in names for word in ("--as", name)]
            with contextlib.redirect_stderr(io.StringIO()) as said:
                self.assertEqual(main(["--scenario", SCENARIO, *words]), 2)
            self.assertIn("--as", said.getvalue())

    def test_refuses(self):
        unknown = self.refuse("--scenario", SCENARIO, "--listen", "tx-none=127.0.0.1:0")
        self.assertIn("unknown system", unknown)
        self.assertIn("loopback", self.refuse("--scenario", SCENARIO, "--control", "0.0.0.0:0"))
        self.assertIn("nowhere.json", self.refuse("--scenario", "nowhere.json"))
        self.refuse("--scenario", SCENARIO, "--no-tls", "--tls-dir", "x")
        self.assertIn("keys", self.refuse("--scenario", SCENARIO, "--ks-jwks", SCENARIO))
        self.refuse("--scenario", SCENARIO, *FREE, "--ga-drop", "/proc/nowhere")
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(SAMPLE | {"seed": "x"}, file)
            file.flush()
            self.assertIn("/seed", self.refuse("--scenario", file.name))


if __name__ == "__main__":
    unittest.main()
