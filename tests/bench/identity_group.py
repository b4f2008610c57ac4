"""Group `identity`: what vouching for people costs: sign-ins, reads beside them, a large audit log."""
import json
import os
import sqlite3
import subprocess
import time
from contextlib import ExitStack

from figures import ratio, spread
from front_group import Front, open_load, retuned_front
from load import Spoilt
from rooms import ROOT, layout
from sign_ins import SignIns, parents_of

import audit_log  # found where rooms looks

TARGETS = ["all", "bench_open_load", "bench_bare_argon2"]
EVENTS = 1_000_000
TRIES = 3
STREAM = "accounts"
READS_PER_SECOND, READ_CONNECTIONS = 50, 8
READ_PATH = "/v1/cases"
# All the sign-ins come from one machine, and are right.
LIMITS = """\
throttle:
  address: {tries_max: 1000000, window_s: 60}
  account_and_address: {tries_max: 1000000, window_s: 60}
  account: {tries_max: 1000000, window_s: 900, first_lock_s: 900, later_lock_s: 1800}
  starts: {tries_max: 1000000, window_s: 300}
"""


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


class Storm(Front):
    """A gateway that one machine may sign in to without end."""

    def restart(self):
        self.world.restart_gateway(lambda text: retuned_front(text) + LIMITS)


def bare_hashes_per_second(seconds):
    """Of as many threads as the gateway hashes with."""
    program = layout.ROOT / "build" / "release" / "bin" / "bench_bare_argon2"
    done = subprocess.run([str(program), str(os.cpu_count()), str(seconds)], stdout=subprocess.PIPE,
                          text=True, check=True)
    told = json.loads(done.stdout)
    if told["failed"]:
        raise Spoilt("the machine has no memory for hashes")
    return told["hashes"] / told["seconds"]


def reads(front, seconds):
    """p99 in milliseconds of a read that somebody waits for, fifty times a second."""
    told = open_load(front, READ_PATH, READ_CONNECTIONS, READS_PER_SECOND, seconds)
    if set(told["by_status"]) != {"200"} or told["not_sent"]:
        raise Spoilt(f"reads beside sign-ins: {told}")
    return told["by_status"]["200"]["p99_ms"]


def measure_sign_ins(report, chosen, say):
    bare, rates, quiet_ms, storm_ms = [], [], [], []
    with ExitStack() as stack:
        front = Storm(layout.ROOT / "build" / "bench" / "identity", stack)
        parents = parents_of(front.world)
        for number in range(chosen.rounds):
            bare.append(bare_hashes_per_second(chosen.seconds))
            quiet_ms.append(reads(front, chosen.seconds))
            with SignIns(parents) as storm:
                before, began = storm.count(), time.monotonic()
                storm_ms.append(reads(front, chosen.seconds))
                rates.append((storm.count() - before) / (time.monotonic() - began))
            say(f"round {number + 1}: {bare[-1]:.1f} hashes/s, {rates[-1]:.1f} sign-ins/s; "
                f"reads p99 {quiet_ms[-1]:.2f} ms quiet, {storm_ms[-1]:.2f} ms beside them")
    report.add("signin_vs_argon2_limit", ratio(rates, bare))
    report.add("read_p99_under_signin_storm_vs_quiet", ratio(storm_ms, quiet_ms))
    for name, values in (("bare_hashes_per_s", bare), ("sign_ins_per_s", rates),
                         ("read_p99_quiet_ms", quiet_ms), ("read_p99_under_signin_storm_ms", storm_ms)):
        report.raw(name, spread(values))


def run(report, chosen, say):
    measure_sign_ins(report, chosen, say)
    measure_audit(report, say)
    report.remark("identity: the audit log is written by a second program and verified with a checkpoint")
