"""The audit log of a used gateway, verified twice: by `casebridge audit verify` and by a second reader."""
import json
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

import audit_log
from audit_log import BROKEN, COLUMNS, GOOD, REWRITTEN, TRUNCATED, UNFIT
from box import Box, credential, sample

UNLOCK = ("audit_event_stays", "audit_event_remains", "audit_event_follows")


class AuditLog(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.box = Box(sample())
        cls.addClassCleanup(cls.box.close)
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="casebridge-audit-")))
        parent = cls.box.parent().join()
        parent.finished(parent.link(credential(cls.box.scenario, "k1"))["sync_id"])
        parent.try_sign_in("not-the-password-1")
        for path in ("/v1/cases", "/v1/ledger", "/v1/me/summary"):
            parent.read(path)
        cls.shown = parent.read("/v1/me/activity")["data"]
        cls.assert_ended_well(cls.box.end_gateway())
        run = cls.box.place.run
        cls.database = cls.folder / "whole.db"
        shutil.copy(run / "casebridge.db", cls.database)
        cls.checkpoint = run / "audit.checkpoint"
        cls.key = cls.casebridge("key", "--config", str(cls.box.settings)).stdout.strip()
        with sqlite3.connect(cls.database) as connection:
            cls.rows = audit_log.rows_of(connection)
        connection.close()

    @staticmethod
    def assert_ended_well(code):
        if code != 0:
            raise AssertionError(f"the gateway ended with {code}")

    @classmethod
    def casebridge(cls, *words):
        return subprocess.run([str(cls.box.place.bin / "casebridge"), "audit", *words], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=60)

    def verdicts(self, database, note, key, size_min=0):
        """What both say: ((code, first bad seq), (code, first bad seq))."""
        file = self.folder / "note"
        file.write_text(note, encoding="utf-8")
        said = self.casebridge("verify", "--database", f"sqlite:{database}", "--checkpoint", str(file),
                               "--key", key, "--min-size", str(size_min))
        found = re.search(r"^accounts: .*\bseq (\d+)$", said.stdout, re.M)
        connection = sqlite3.connect(database)
        try:
            rows = audit_log.rows_of(connection)
        finally:
            connection.close()
        return ((said.returncode, int(found.group(1)) if found else None),
                audit_log.verify(rows, note, key, size_min))

    def changed(self, *statements):
        """A copy of the database after statements of somebody who owns it."""
        copy = self.folder / "changed.db"
        shutil.copy(self.database, copy)
        connection = sqlite3.connect(copy)
        for trigger in UNLOCK:
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement, values in statements:
            connection.execute(statement, values)
        connection.commit()
        connection.close()
        return copy

    def written_anew(self, rows):
        inserted = f"INSERT INTO audit_event ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
        return self.changed(("DELETE FROM audit_event", ()), *((inserted, row) for row in rows))

    def assert_both(self, expected, database, note=None, key=None, size_min=0):
        note = note or self.checkpoint.read_text(encoding="utf-8")
        self.assertEqual(self.verdicts(database, note, key or self.key, size_min), (expected, expected))

    def test_what_happened_is_in_it_and_whole(self):
        self.assert_both((GOOD, None), self.database)
        told = [row[COLUMNS.index("action")] for row in self.rows]
        for action in ("account_made", "signed_in", "sign_in_refused", "link_made", "state_session_opened",
                       "cases_read", "ledger_read", "summary_read"):
            self.assertIn(action, told)
        self.assertLessEqual({one["action"] for one in self.shown}, set(told))

    def test_the_checkpoint_covers_all_of_it(self):
        size, _ = audit_log.opened(self.checkpoint.read_text(encoding="utf-8"), self.key)
        self.assertEqual(size, len(self.rows))

    def test_no_octet_of_a_person_or_a_case_is_in_clear(self):
        used = credential(self.box.scenario, "k1")
        person = next(one for one in self.box.scenario["people"] if one["id"] == used["person"])
        words = [person["name"]["last"], person["dob"], person["ssn"], person["email"], person["phone"],
                 person["address"]["line1"], used["username"], used["password"]]
        text = json.dumps(self.rows)
        for word in [*words, "example.com", "127.0.1"]:
            self.assertNotIn(word, text)
        self.assertTrue(all(32 <= ord(c) < 127 for row in self.rows for c in "".join(map(str, row))))

    def test_a_change_of_any_column_is_found_at_its_row(self):
        middle = len(self.rows) // 2
        for column in COLUMNS:
            value = 10**6 if column in ("seq", "at") else "changed"
            with self.subTest(column=column):
                copy = self.changed((f"UPDATE audit_event SET {column} = ? WHERE seq = ?", (value, middle)))
                self.assert_both((BROKEN, middle), copy)

    def test_what_is_missing_or_added_in_the_middle_is_found(self):
        self.assert_both((BROKEN, 3), self.changed(("DELETE FROM audit_event WHERE seq = 3", ())))
        forged = (*self.rows[2][:1], 10**6, "aud_forged", *self.rows[2][3:])
        added = self.written_anew([*self.rows, forged])
        self.assert_both((BROKEN, len(self.rows) + 1), added)

    def test_a_missing_tail_is_found_by_the_checkpoint(self):
        for missing in (1, 2, len(self.rows)):
            kept = len(self.rows) - missing
            shorter = self.changed(("DELETE FROM audit_event WHERE seq > ?", (kept,)))
            self.assert_both((TRUNCATED, kept + 1), shorter)

    def test_a_log_that_was_written_anew_is_found_by_the_checkpoint(self):
        forged = [list(row) for row in self.rows]
        forged[1][COLUMNS.index("actor")] = "gateway"
        self.assert_both((REWRITTEN, len(self.rows)), self.written_anew(audit_log.linked(forged)))

    def test_checkpoints_of_others_and_old_ones_are_refused(self):
        stranger = audit_log.Signer("casebridge/accounts", b"s" * 32)
        note = audit_log.checkpoint(stranger, self.rows)
        self.assert_both((GOOD, None), self.database, note, stranger.key)
        self.assert_both((UNFIT, None), self.database, note)
        self.assert_both((UNFIT, None), self.database, key=stranger.key)
        elsewhere = stranger.note(note.split("\n\n")[0].replace("casebridge/", "elsewhere/") + "\n")
        self.assert_both((UNFIT, None), self.database, elsewhere, stranger.key)
        self.assert_both((UNFIT, None), self.database, size_min=len(self.rows) + 1)
        unsigned = self.checkpoint.read_text(encoding="utf-8").split("\n\n")[0] + "\n\n"
        self.assert_both((UNFIT, None), self.database, unsigned)

    def test_the_database_itself_refuses_a_change(self):
        connection = sqlite3.connect(self.database)
        self.addCleanup(connection.close)
        for statement in ("UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event",
                          "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1"):
            with self.assertRaises(sqlite3.IntegrityError):
                connection.execute(statement)

    def test_the_settings_say_where_everything_is(self):
        said = self.casebridge("verify", "--config", str(self.box.settings), "--checkpoint",
                               str(self.checkpoint))
        self.assertEqual((said.returncode, said.stderr), (GOOD, ""))
        self.assertEqual(self.casebridge("verify", "--database", "sqlite:/nowhere.db").returncode, 69)
        self.assertEqual(self.casebridge("verify").returncode, 64)

    def test_a_size_is_asked_of_a_checkpoint_only(self):
        database = ("verify", "--database", f"sqlite:{self.database}")
        self.assertEqual(self.casebridge(*database).returncode, GOOD)
        self.assertEqual(self.casebridge(*database, "--min-size", "1").returncode, 64)

    def test_what_is_not_there_is_no_finding_about_the_log(self):
        missing = self.folder / "missing"
        said = self.casebridge("verify", "--database", f"sqlite:{self.database}", "--key", self.key,
                               "--checkpoint", str(missing))
        self.assertEqual(said.returncode, 69)
        self.assertIn("does not exist", said.stderr)
        self.assertEqual(self.casebridge("verify", "--database", f"sqlite:{missing}").returncode, 69)
        self.assertFalse(missing.exists())

    def test_the_keys_may_be_elsewhere_than_the_settings_say(self):
        copy = self.folder / "settings.yaml"
        text = self.box.settings.read_text(encoding="utf-8")
        keys = re.search(r"\bkeys: *\"?([^\s,\"}]+)", text).group(1)
        copy.write_text(text.replace(keys, str(self.folder / "nowhere")), encoding="utf-8")
        words = ("key", "--config", str(copy))
        self.assertEqual(self.casebridge(*words).returncode, 69)
        said = self.casebridge(*words, "--keys", str(self.box.settings.parent / keys))
        self.assertEqual((said.returncode, said.stdout.strip()), (0, self.key))


if __name__ == "__main__":
    unittest.main()
