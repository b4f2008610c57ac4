"""Group `identity`: what vouching for people costs. So far: how long a large audit log takes to verify."""
import sqlite3
import subprocess
import time

from figures import spread
from load import Spoilt
from rooms import ROOT, layout

import audit_log  # found where rooms looks

TARGETS = ["casebridge"]
EVENTS = 1_000_000
TRIES = 3
STREAM = "accounts"


def made_rows(count):
    """Events as they are, of a thousand accounts; every tenth has sealed values."""
    before = audit_log.NO_HASH
    for seq in range(1, count + 1):
        account = f"acc_{seq % 1000:026}"
        personal = "p" * 150 if seq % 10 == 0 else ""
        details = f'{{"session":"ses_{seq:026}"}}'
        row = (STREAM, seq, f"aud_{seq:026}", 1_773_669_600 + seq, account, account, "cases_read", "ok",
               f"{seq:032x}", details, personal, before, "")
        before = audit_log.leaf(row).hex()
        yield (*row[:-1], before)


def write_log(database, count):
    """A database as the migrations make it, filled without a gateway; the rows themselves go by."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    names = ", ".join(audit_log.COLUMNS)
    kinds = ", ".join(f"{name} {'BIGINT' if name in ('seq', 'at') else 'TEXT'} NOT NULL"
                      for name in audit_log.COLUMNS)
    connection.execute(f"CREATE TABLE audit_event ({kinds}, PRIMARY KEY (stream, seq))")
    tree = audit_log.Tree()

    def counted():
        for row in made_rows(count):
            tree.add(bytes.fromhex(row[-1]))
            yield row
    places = ", ".join("?" * len(audit_log.COLUMNS))
    connection.executemany(f"INSERT INTO audit_event ({names}) VALUES ({places})", counted())
    connection.commit()
    connection.close()
    return tree


def verified_in(command):
    began = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    took = time.monotonic() - began
    if done.returncode != 0 or f"{EVENTS} entries" not in done.stdout:
        raise Spoilt(f"the audit log is not found good: {done.stdout}{done.stderr}")
    return took


def measure_audit(report, say):
    folder = layout.ROOT / "build" / "bench"
    database, note = folder / "audit.db", folder / "audit.checkpoint"
    say(f"writing {EVENTS} audit events ...")
    tree = write_log(database, EVENTS)
    signer = audit_log.Signer(f"bench/{STREAM}", b"b" * 32)
    text = f"{signer.name}\n{tree.size}\n{audit_log.b64(tree.root())}\n"
    note.write_text(signer.note(text), encoding="utf-8")
    command = [str(ROOT / "build" / "release" / "bin" / "casebridge"), "audit", "verify", "--database",
               f"sqlite:{database}", "--checkpoint", str(note), "--key", signer.key]
    took = [verified_in(command) for _ in range(TRIES)]
    for file in folder.glob("audit.*"):
        file.unlink()
    report.add("audit_million_verify_s", spread(took))
    say(f"audit_million_verify_s: {report.figures['audit_million_verify_s']}")


def run(report, chosen, say):
    measure_audit(report, say)
    report.remark("identity: the audit log is written by a second program and verified with a checkpoint")
