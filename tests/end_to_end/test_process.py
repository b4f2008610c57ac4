"""The gateway as a process: its settings check, its exit codes, its readiness, how it stops."""
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest

from box import Box, BoxCase, is_running, sample
from client import Client, sign_in_fields, wait_until
from postgres import PostgresServer, programs


class CommandLine(BoxCase):
    """Every test changes a copy of good settings in one place."""

    def run_gateway(self, *arguments):
        done = subprocess.run([str(self.box.place.bin / "casebridge-gateway"), *map(str, arguments)],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=30, check=False)
        return done.returncode, done.stdout, done.stderr

    def changed(self, old, new):
        text = self.box.settings.read_text(encoding="utf-8")
        self.assertIn(old, text)
        file = self.box.place.run / "changed.yaml"
        file.write_text(text.replace(old, new), encoding="utf-8")
        return file

    def check(self, file):
        return self.run_gateway("--config", file, "--check-config")

    def test_good_settings_are_good_while_the_gateway_runs_on_them(self):
        self.assertEqual(self.check(self.box.settings)[0], 0)

    def test_what_is_wrong_is_named_by_file_line_and_key(self):
        for old, new, key in (("starttls: false", "starttls: perhaps", "starttls"),
                              ("level: info", "level: loud", "level"),
                              ("deadline_permille: 1000", "deadline_permille: 0", "deadline_permille"),
                              ("deadline_permille: 1000", "deadlines: 1000", "deadlines")):
            with self.subTest(new=new):
                file = self.changed(old, new)
                code, _, said = self.check(file)
                number = next(n for n, line in enumerate(file.read_text().splitlines(), 1) if new in line)
                self.assertEqual(code, 78)
                self.assertRegex(said, re.escape(f"{file}:{number}:") + f".*{key}")

    def test_what_is_no_yaml_or_not_there_is_a_wrong_setting(self):
        file = self.box.place.run / "broken.yaml"
        file.write_text("http: [", encoding="utf-8")
        self.assertEqual(self.check(file)[0], 78)
        self.assertEqual(self.check(self.box.place.run / "nothing.yaml")[0], 78)

    def test_a_log_file_that_cannot_be_opened_is_a_wrong_setting(self):
        file = self.changed(f"path: {self.box.place.run}/", f"path: {self.box.place.run}/nowhere/")
        code, _, said = self.run_gateway("--config", file)
        self.assertEqual(code, 78)
        self.assertIn("log.path", said)

    def test_a_wrong_command_line_is_64(self):
        self.assertEqual(self.run_gateway("--no-such-option")[0], 64)
        self.assertEqual(self.run_gateway()[0], 64)

    def test_keys_that_others_may_read_are_refused(self):
        keys = self.box.place.run / "open-keys"
        shutil.copytree(self.box.place.run / "keys", keys)
        file = self.changed(f"keys: {self.box.place.run}/keys", f"keys: {keys}")
        self.assertEqual(self.check(file)[0], 0)
        one = next(path for path in sorted(keys.iterdir()) if path.is_file())
        one.chmod(0o644)
        code, _, said = self.check(file)
        self.assertEqual(code, 78)
        self.assertIn(str(one), said)
        one.chmod(0o600)
        one.write_bytes(one.read_bytes()[:-1])
        self.assertEqual(self.check(file)[0], 78)

    def test_keys_are_made_once_and_never_written_over(self):
        keys = self.box.place.run / "fresh-keys"
        self.assertEqual(self.run_gateway("--make-keys", keys)[0], 0)
        made = {path.name: path.read_bytes() for path in keys.iterdir()}
        self.assertNotEqual(self.run_gateway("--make-keys", keys)[0], 0)
        self.assertEqual({path.name: path.read_bytes() for path in keys.iterdir()}, made)

    def test_a_port_in_use_is_69(self):
        database = f"sqlite:{self.box.place.run}/casebridge.db"
        file = self.changed(database, f"sqlite:{self.box.place.run}/other.db")
        self.assertEqual(self.run_gateway("--config", file)[0], 69)

    def test_a_database_that_does_not_answer_is_69(self):
        database = f"sqlite:{self.box.place.run}/casebridge.db"
        file = self.changed(database, f"postgresql:host={self.box.place.run} dbname=nothing")
        self.assertEqual(self.run_gateway("--config", file)[0], 69)

    def test_a_turned_clock_needs_a_sandbox(self):
        code, _, _ = self.run_gateway("--config", self.box.settings, "--clock-start", "2026-03-16T14:00:00Z")
        self.assertEqual(code, 78)


class Stopping(BoxCase):
    def tearDown(self):
        if not any(one["name"] == "gateway" for one in self.box.record["processes"]):
            self.box.start_gateway()

    def children(self, pid):
        tasks = pathlib.Path("/proc", str(pid), "task")
        return [child for task in tasks.iterdir() for child in (task / "children").read_text().split()]

    def test_a_signal_ends_it_and_leaves_nothing(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.box.gateway
            self.assertEqual(self.children(process["pid"]), [])
            begun = time.monotonic()
            self.assertEqual(self.box.end_gateway(number), 0)
            self.assertLess(time.monotonic() - begun, 5)
            self.assertFalse(is_running(process))
            with self.assertRaises(OSError):
                socket.create_connection(self.box.client.host.split(":"), timeout=1)
            self.assertEqual(self.box.log_lines()[-1]["event"], "gateway_stopped")
            self.box.start_gateway()

    def test_an_open_connection_that_is_idle_does_not_hold_it_up(self):
        host, port = self.box.client.host.split(":")
        with socket.create_connection((host, int(port)), timeout=5) as idle:
            idle.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertTrue(idle.recv(4096).startswith(b"HTTP/1.1 200"))
            begun = time.monotonic()
            self.assertEqual(self.box.end_gateway(), 0)
            self.assertLess(time.monotonic() - begun, 5)
            self.assertEqual(idle.recv(4096), b"")

    def test_a_request_under_way_gets_its_answer(self):
        parent = self.box.parent().join()
        attempt = parent.start_link()
        self.box.fault("login", "latency", params={"ms": 1200}, times=1)
        answers = []
        thread = threading.Thread(target=lambda: answers.append(
            parent.try_answer(attempt, sign_in_fields(self.credential("k1")))))
        thread.start()
        wait_until("the state is asked", lambda: self.box.calls("login"))
        self.assertEqual(self.box.end_gateway(), 0)
        thread.join(10)
        self.assertEqual([one.status for one in answers], [200])
        self.box.start_gateway()
        self.assertEqual(parent.finished(answers[0].json["sync_id"])["state"], "succeeded")

    def test_a_reading_under_way_is_finished_or_left_to_the_next(self):
        parent = self.box.parent().join()
        self.box.fault("events", "latency", params={"ms": 800}, times=1)
        before = self.box.last_call()
        attempt = parent.link(self.credential("k2"))
        wait_until("the reading is under way", lambda: self.box.calls("events", before))
        self.assertEqual(self.box.end_gateway(), 0)
        self.box.start_gateway()
        self.assertEqual(parent.finished(attempt["sync_id"])["state"], "succeeded")


class Readiness(unittest.TestCase):
    @unittest.skipUnless(programs(), "PostgreSQL is not installed")
    def test_it_is_ready_only_while_the_database_answers(self):
        server = PostgresServer()
        self.addCleanup(server.close)
        box = Box(sample(), database=server.new_database())
        self.addCleanup(box.close)
        client = Client(box.record["plain"])
        self.assertEqual(client.get("/health/ready").status, 200)
        parent = box.parent().join()
        server.stop()
        answer = client.get("/health/ready")
        self.assertEqual((answer.status, answer.json["status"]), (503, "not_ready"))
        self.assertEqual(client.get("/health/live").status, 200)
        refused = parent.get("/v1/me")
        self.assertEqual((refused.status, refused.code), (503, "dependency_failed"))
        server.start()
        wait_until("readiness", lambda: client.get("/health/ready").status == 200)
        self.assertEqual(parent.get("/v1/me").status, 200)


if __name__ == "__main__":
    unittest.main()
