"""Where one sandbox keeps its files and its programs, and the record of what runs in it."""
import json
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
TLS = ROOT / "build" / "local" / "tls"
PORTAL = ROOT / "build" / "portal" / "site"
SCENARIO = ROOT / "config" / "sandbox" / "scenario.json"
DEFAULT_FOLDER = ROOT / "build" / "run"


class Layout:
    """One sandbox: `folder` is its own, `preset` names the build whose programs it runs."""

    def __init__(self, folder=DEFAULT_FOLDER, preset="release"):
        self.run = pathlib.Path(folder).resolve()
        self.preset = preset
        self.bin = ROOT / "build" / preset / "bin"
        self.plugins = ROOT / "build" / preset / "plugins"
        self.record_file = self.run / "sandbox.json"

    def read_record(self):
        try:
            return json.loads(self.record_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def write_record(self, record):
        self.run.mkdir(parents=True, exist_ok=True)
        fresh = self.record_file.with_suffix(".new")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(record, out, indent=1)
        os.replace(fresh, self.record_file)
