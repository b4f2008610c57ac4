"""Stops the sandbox that tools/up left running."""
import pathlib
import sys
import urllib.request
import json

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import layout  # noqa: E402
import processes  # noqa: E402


def remember_clock(record):
    """Keeps the sandbox's time, so that --keep goes on from there and never backwards."""
    try:
        with urllib.request.urlopen(record["control"] + "/control/clock", timeout=2) as answer:
            record["clock"] = json.load(answer)["now"]
    except (OSError, ValueError, KeyError):
        pass


def stop_sandbox():
    """Ends the recorded processes; returns how many of them ran."""
    record = layout.read_record()
    if not record:
        return 0
    running = [p for p in record["processes"] if processes.is_running(p)]
    if running:
        remember_clock(record)
        processes.stop(record["processes"])
    record["processes"] = []
    layout.write_record(record)
    return len(running)


if __name__ == "__main__":
    stopped = stop_sandbox()
    print("The sandbox is stopped." if stopped else "No sandbox is running.")
