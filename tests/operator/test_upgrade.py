"""A database of an older version is migrated and keeps what it holds; one of a newer version is refused."""
import re
import shutil
import sqlite3
import subprocess
import unittest

import paths
from box import Box, sample
from client import Client
from postgres import PostgresServer, programs

EXIT_CONFIGURATION = 78
FIRST = "0001_accounts.sql"
MIGRATIONS = paths.ROOT / "schemas" / "migrations"


def back_to_first(has_functions):
    """Statements that leave of a database what the first migration made: it is as old as that again."""
    later = "\n".join(file.read_text(encoding="utf-8") for file in sorted(MIGRATIONS.glob("*.sql"))
                      if file.name != FIRST)
    # A table that each engine makes in its own way is there twice.
    made = list(dict.fromkeys(re.findall(r"^CREATE TABLE (\w+)", later, re.M)))
    undone = [f"DROP TABLE {name}" for name in reversed(made)]
    undone += [f"ALTER TABLE {table} DROP COLUMN {column}" for table, column in
               re.findall(r"^ALTER TABLE (\w+) ADD COLUMN (\w+)", later, re.M) if table not in made]
    if has_functions:
        undone += [f"DROP FUNCTION {name}" for name in re.findall(r"^CREATE FUNCTION (\w+)", later, re.M)]
    return ";\n".join([*undone, "DELETE FROM schema_migration WHERE number > 1"]) + ";\n"


class Upgrade:
    """A gateway whose schemas hold the first migration only stands for the older version."""

    def options(self):
        return {}

    def setUp(self):
        self.box = Box(sample(), **self.options())
        self.addCleanup(self.box.close)
        self.box.end_gateway()
        self.new = self.box.settings.read_text(encoding="utf-8")
        old = self.box.place.run / "old-schemas"
        shutil.copytree(paths.ROOT / "schemas", old)
        for file in (old / "migrations").glob("*.sql"):
            if file.name != FIRST:
                file.unlink()
        self.use(self.on_empty_database(self.new))
        self.old = self.box.settings.read_text().replace(f"schemas: {paths.ROOT}/schemas", f"schemas: {old}")
        self.new = self.box.settings.read_text()
        self.assertNotEqual(self.old, self.new)

    def use(self, settings):
        self.box.settings.write_text(settings, encoding="utf-8")

    def start(self, settings):
        self.use(settings)
        return Client(self.box.start_gateway()[1]["addresses"][1])

    def refusal(self, settings):
        self.use(settings)
        command = [str(self.box.place.bin / "casebridge-gateway"), "--config", str(self.box.settings)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                              check=False)
        return done.returncode, done.stderr

    def test_an_account_of_the_first_version_signs_in_and_links_after_the_upgrade(self):
        parent = self.box.parent()
        parent.client = self.start(self.new)
        parent.join()
        self.assertEqual(self.box.end_gateway(), 0)
        self.run_sql(back_to_first(self.has_functions))
        parent.client = self.start(self.new)
        self.assertEqual(parent.client.get("/health/ready").status, 200)
        self.assertEqual(parent.get("/v1/me").status, 200, "the session of before")
        parent.sign_in()
        parent.link_and_read(next(one for one in self.box.scenario["credentials"] if one["id"] == "k1"))
        self.assertTrue(parent.read("/v1/cases")["data"])
        migrated = [line["applied"] for line in self.box.log_lines() if line["event"] == "storage.migrated"]
        count = len(list(MIGRATIONS.glob("*.sql")))
        self.assertEqual(migrated[-2:], [count, count - 1])

    def test_a_database_of_a_newer_version_is_refused_and_left_alone(self):
        self.start(self.new)
        self.assertEqual(self.box.end_gateway(), 0)
        code, said = self.refusal(self.old)
        self.assertEqual(code, EXIT_CONFIGURATION)
        self.assertIn("the database is newer than this program", said)
        client = self.start(self.new)
        self.assertEqual(client.get("/health/ready").status, 200)

    def test_a_migration_that_was_changed_after_it_was_applied_is_refused(self):
        self.start(self.new)
        self.assertEqual(self.box.end_gateway(), 0)
        changed = self.box.place.run / "changed-schemas"
        shutil.copytree(paths.ROOT / "schemas", changed)
        file = changed / "migrations" / FIRST
        file.write_text(file.read_text(encoding="utf-8") + "\n-- changed\n", encoding="utf-8")
        code, said = self.refusal(self.new.replace(f"schemas: {paths.ROOT}/schemas", f"schemas: {changed}"))
        self.assertEqual(code, EXIT_CONFIGURATION)
        self.assertIn("migration 1 changed", said)


class Sqlite(Upgrade, unittest.TestCase):
    has_functions = False

    def on_empty_database(self, settings):
        return settings.replace("casebridge.db", "upgraded.db")

    def run_sql(self, statements):
        file = re.search(r"sqlite:([^\"}\s]+)", self.new).group(1)
        database = sqlite3.connect(self.box.settings.parent / file)
        database.executescript(statements)
        database.close()


@unittest.skipUnless(programs(), "PostgreSQL is not installed")
class Postgresql(Upgrade, unittest.TestCase):
    has_functions = True

    @classmethod
    def setUpClass(cls):
        cls.server = PostgresServer()
        cls.addClassCleanup(cls.server.close)

    def options(self):
        return {"database": self.server.new_database()}

    def on_empty_database(self, settings):
        line = next(line for line in settings.splitlines() if line.startswith("storage:"))
        self.url = self.server.new_database()
        return settings.replace(line, f'storage: {{url: "{self.url}"}}')

    def run_sql(self, statements):
        self.server.run_sql(self.url, statements)


if __name__ == "__main__":
    unittest.main()
