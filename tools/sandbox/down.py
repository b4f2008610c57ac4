"""Stops the sandbox that tools/up left running."""
import argparse
import json
import pathlib
import sys
import urllib.request

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


def stop_sandbox(place):
    """Ends the recorded processes of one sandbox; returns how many of them ran."""
    record = place.read_record()
    if not record:
        return 0
    running = [p for p in record["processes"] if processes.is_running(p)]
    if running:
        remember_clock(record)
        processes.stop(record["processes"])
    record["processes"] = []
    place.write_record(record)
    return len(running)


def main():
    parser = argparse.ArgumentParser(prog="tools/down", description=__doc__)
    parser.add_argument("--folder", default=layout.DEFAULT_FOLDER, help="the sandbox's folder")
    stopped = stop_sandbox(layout.Layout(parser.parse_args().folder))
    print("The sandbox is stopped." if stopped else "No sandbox is running.")


if __name__ == "__main__":
    main()
