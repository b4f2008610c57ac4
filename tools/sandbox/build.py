"""Builds a preset, showing progress; quick when nothing changed."""
import os
import subprocess
import sys
import time

import layout

def run_quietly(what, command):
    """Runs a long step with one line of progress; its output is shown only when it fails."""
    print(f"{what} ...", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, cwd=layout.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode(errors="replace")[-8000:])
        raise SystemExit(f"{what} failed")
    print(f"{what}: done in {time.monotonic() - began:.0f} s", flush=True)


def build(preset):
    if not (layout.ROOT / "build" / preset / "build.ninja").exists():
        run_quietly("Configuring", ["cmake", "--preset", preset])
    print("Building (the first time this takes some minutes) ...", flush=True)
    began = time.monotonic()
    command = ["cmake", "--build", "--preset", preset]
    progress = None if sys.stdout.isatty() or os.environ.get("CI") else subprocess.PIPE
    done = subprocess.run(command, cwd=layout.ROOT, stdout=progress, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        if done.stdout:
            sys.stderr.write(done.stdout.decode(errors="replace")[-8000:])
        raise SystemExit("the build failed")
    print(f"Building: done in {time.monotonic() - began:.0f} s", flush=True)


def build_portal():
    """The page that the gateway serves; nothing happens when it is up to date."""
    if subprocess.run([str(layout.ROOT / "tools" / "portal")], check=False).returncode != 0:
        raise SystemExit("the page could not be built")
