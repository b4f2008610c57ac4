"""Backup under write load and restore elsewhere, by the README's own lines, on both engines."""
import itertools
import os
import pathlib
import subprocess
import tempfile
import threading
import unittest

import paths
from box import Box, sample
from client import Client, Refused, wait_until
from postgres import PostgresServer, programs

SESSION_OVER_S = 2 * 3600
FLOWS_MAX = 250  # of one address in five minutes; the gateway allows 300


class Writers:
    """Parents who begin flows, one write each, until told to stop."""

    def __init__(self, box):
        self.written, self.failed = 0, []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(box,)) for _ in range(3)]
        for thread in self._threads:
            thread.start()

    def _write(self, box):
        for count in itertools.count():
            if self._stop.wait(0.01):
                return
            if count % FLOWS_MAX == 0:
                parent = box.parent()
            try:
                parent.begin_flow("registration")
                self.written += 1
            except (OSError, Refused) as error:
                self.failed.append(repr(error))

    def wait_for_more(self):
        before = self.written
        wait_until("writing", lambda: self.written > before + 5)

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join()


class BackupAndRestore:
    """The whole way on one engine; a subclass says where the database is, before and after."""

    engine = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="casebridge-backup-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name in ("backup", "safe", "new"):
            (self.folder / name).mkdir()

    def run_lines(self, marker, keys, database):
        environment = {**os.environ, "BACKUP": str(self.folder / "backup"), "SAFE": str(self.folder / "safe"),
                       "KEYS": str(keys), "DB": str(database)}
        done = subprocess.run(["bash", "-eu", "-o", "pipefail", "-c", paths.commands("README.md", marker)],
                              env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, marker + ": " + done.stderr + done.stdout)

    def start_restored(self, box, database_url):
        """Points the settings at the restored database and keys, and starts a gateway two hours later."""
        text = box.settings.read_text(encoding="utf-8")
        text = text.replace(f'url: "{self.old_url(box)}"', f'url: "{database_url}"')
        text = text.replace(f"keys: {box.place.run}/keys", f"keys: {self.folder}/new/keys")
        self.assertIn(str(self.folder / "new" / "keys"), text)
        self.assertIn(database_url, text)
        box.settings.write_text(text, encoding="utf-8")
        box.advance(SESSION_OVER_S)
        return Client(box.start_gateway()[1]["addresses"][1])

    def test_what_was_backed_up_under_load_comes_back_elsewhere(self):
        box = Box(sample(), **self.options())
        self.addCleanup(box.close)
        parent = box.parent().join()
        link = parent.link_and_read(self.credential(box),
                                    custody="vaulted")
        case_ids = [case["id"] for case in parent.read("/v1/cases")["data"]]
        before = {one: parent.case_file(one)["sections"] for one in case_ids}
        writers = Writers(box)
        self.addCleanup(writers.stop)
        writers.wait_for_more()
        self.run_lines("backup-keys", box.place.run / "keys", "")
        self.run_lines(f"backup-{self.engine}", "", self.old_words(box))
        writers.wait_for_more()
        writers.stop()
        self.assertEqual(writers.failed, [])
        self.assertEqual(box.end_gateway(), 0)

        self.run_lines("restore-keys", self.folder / "new" / "keys", "")
        words, url = self.new_place()
        self.run_lines(f"restore-{self.engine}", "", words)
        client = self.start_restored(box, url)
        self.assertEqual(client.get("/health/ready").status, 200)
        again = box.parent()
        again.email, again.password, again.client = parent.email, parent.password, client
        again.sign_in()
        self.assertEqual([case["id"] for case in again.read("/v1/cases")["data"]], case_ids)
        for one in case_ids:
            self.assertEqual(self.records(again.case_file(one)["sections"]), self.records(before[one]))
        self.assert_sealed_credential_opens(box, again, link["link_id"])

    @staticmethod
    def credential(box):
        return next(one for one in box.scenario["credentials"] if one["id"] == "k1")

    @staticmethod
    def records(sections):
        return {name: [record["data"] for record in section["data"]] for name, section in sections.items()}

    def assert_sealed_credential_opens(self, box, parent, link_id):
        """The state's session is long over, so a refresh types the stored password."""
        since = box.last_call()
        ended = parent.finished(parent.sync(link_id)["id"])
        self.assertEqual(ended["state"], "succeeded")
        self.assertEqual(len(box.calls("login", since)), 1)


class Sqlite(BackupAndRestore, unittest.TestCase):
    engine = "sqlite"

    def options(self):
        return {}

    def old_url(self, box):
        return f"sqlite:{self.old_words(box)}"

    def old_words(self, box):
        return box.place.run / "casebridge.db"

    def new_place(self):
        file = self.folder / "new" / "casebridge.db"
        return file, f"sqlite:{file}"

    def test_the_copies_are_for_their_owner_only(self):
        box = Box(sample())
        self.addCleanup(box.close)
        self.run_lines("backup-keys", box.place.run / "keys", "")
        self.run_lines("backup-sqlite", "", self.old_words(box))
        for file in (self.folder / "safe" / "keys.tar", self.folder / "backup" / "casebridge.db"):
            self.assertEqual(file.stat().st_mode & 0o777, 0o600, file)

    def test_the_database_alone_opens_nothing(self):
        """What the other place is for: with other keys the gateway starts, and no account can be entered."""
        box = Box(sample())
        self.addCleanup(box.close)
        parent = box.parent().join()
        self.run_lines("backup-sqlite", "", self.old_words(box))
        box.end_gateway()
        subprocess.run([str(box.place.bin / "casebridge-gateway"), "--make-keys",
                        str(self.folder / "new" / "keys")], check=True)
        file, url = self.new_place()
        self.run_lines("restore-sqlite", "", file)
        parent.client = self.start_restored(box, url)
        self.assertNotEqual(parent.try_sign_in().status, 200)


@unittest.skipUnless(programs(), "PostgreSQL is not installed")
class Postgresql(BackupAndRestore, unittest.TestCase):
    engine = "postgresql"

    @classmethod
    def setUpClass(cls):
        cls.server = PostgresServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        super().setUp()
        self.url = self.server.new_database()

    def options(self):
        return {"database": self.url}

    def old_url(self, _box):
        return self.url

    def old_words(self, _box):
        return self.url.removeprefix("postgresql:")

    def new_place(self):
        url = self.server.new_database()
        return url.removeprefix("postgresql:"), url


if __name__ == "__main__":
    unittest.main()
