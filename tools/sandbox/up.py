"""Builds, starts a sandbox, and shows a sample parent's cases in it."""
import argparse
import json
import pathlib
import shutil
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import build  # noqa: E402
import directives  # noqa: E402
import down  # noqa: E402
import journey  # noqa: E402
import layout  # noqa: E402
import sandbox  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(prog="tools/up", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="continue the last sandbox instead of a new one")
    parser.add_argument("--detach", action="store_true", help="leave it running; tools/down stops it")
    parser.add_argument("--folder", default=layout.DEFAULT_FOLDER, help="the sandbox's folder")
    parser.add_argument("--preset", default="release", help="which build to run")
    return parser.parse_args()


def print_addresses(place, record):
    print(f"""
The page and the API      {record["secure"]}
and without TLS at        {record["plain"]}
Its certificate authority {layout.TLS}/ca.pem
Mail of the sandbox       {record["mail"]}
Simulators' control port  {record["control"]}
More ways to sign in      tools/sandbox/README.md: a credential for each thing a state may do

To look around as {journey.EMAIL} with password {journey.PASSWORD}:
  {place.bin}/casebridge --server {record["secure"]} --ca {layout.TLS}/ca.pem sign-in""", flush=True)


def write_scenario(place):
    """The sample families and, behind them, a credential for each way a state may behave."""
    place.run.mkdir(parents=True, exist_ok=True)
    scenario = directives.added_to(json.loads(layout.SCENARIO.read_text(encoding="utf-8")))
    file = place.run / "scenario.json"
    file.write_text(json.dumps(scenario), encoding="utf-8")
    return file


def visit(place, record, keep):
    parent = journey.Visit(place.bin / "casebridge", record["secure"], layout.TLS / "ca.pem",
                           place.run / "session")
    if keep:
        parent.run("sign-in", lines=[journey.EMAIL, journey.PASSWORD])
    else:
        scenario = json.loads(layout.SCENARIO.read_text(encoding="utf-8"))
        journey.first_visit(parent, record["mail"], record["control"], scenario)
    journey.show(parent)


def main():
    chosen = arguments()
    place = layout.Layout(chosen.folder, chosen.preset)
    down.stop_sandbox(place)
    build.build(place.preset)
    build.build_portal()
    keep = chosen.keep and (place.run / "casebridge.db").exists()
    last = place.read_record() or {}
    if not keep:
        shutil.rmtree(place.run, ignore_errors=True)
    print("Starting simulators, mail sink and gateway ...", flush=True)
    record = sandbox.start(place, write_scenario(place), clock=last.get("clock") if keep else None)
    try:
        visit(place, record, keep)
    except BaseException:
        down.stop_sandbox(place)
        raise
    print_addresses(place, record)
    if chosen.detach:
        print("It keeps running; tools/down stops it.")
        return
    print("Press Ctrl-C to stop it.", flush=True)
    try:
        while True:
            signal.pause()
    finally:
        down.stop_sandbox(place)


def end_quietly(_signal, _frame):
    raise SystemExit(0)


if __name__ == "__main__":
    # Either signal unwinds the stack, so that what was started is stopped wherever it strikes.
    signal.signal(signal.SIGTERM, end_quietly)
    signal.signal(signal.SIGINT, end_quietly)
    main()
