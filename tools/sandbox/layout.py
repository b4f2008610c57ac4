"""Where the sandbox keeps its files, and the record of what runs in it."""
import json
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUN = ROOT / "build" / "run"
TLS = ROOT / "build" / "local" / "tls"
RECORD = RUN / "sandbox.json"
SCENARIO = ROOT / "config" / "sandbox" / "scenario.json"


def read_record():
    try:
        return json.loads(RECORD.read_text())
    except (OSError, ValueError):
        return None


def write_record(record):
    RUN.mkdir(parents=True, exist_ok=True)
    fresh = RECORD.with_suffix(".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(record, out, indent=1)
    os.replace(fresh, RECORD)
