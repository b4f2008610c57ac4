"""Group `formats`: readers of the adapters beside bare readings; damaged and fuzzed messages."""
import hashlib
import json
import subprocess
import time

import fuzz_group
from figures import ratio, spread
from load import Spoilt
from rooms import ROOT, layout

TARGETS = ["bench_formats", "bench_night", "count_corruptions"]
# Both SOAP services against the same bare reading are one figure.
RATIOS = {"json_vs_dom": ("icop",), "soap_vs_dom": ("smart", "quick"), "html_vs_dom": ("connect",),
          "csenet_vs_slicer": ("csenet",)}
CORRUPTIONS = 2000           # structural ones of each message
SPEED_ROUNDS = 7             # of each format, ours and the bare reading in turn
NIGHT_CASES, NIGHT_PAYMENTS = 200_000, 1_000_000
NIGHT_ROUNDS = 3


def told_by(program, *words):
    """The JSON line that a program of the release build prints."""
    command = [str(ROOT / "build" / "release" / "bin" / program), *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise Spoilt(f"{program} ended with {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def measure_speed(report, say):
    told = told_by("bench_formats", str(SPEED_ROUNDS), str(ROOT / "schemas" / "adapter"))
    for figure, names in RATIOS.items():
        ours, bare = ([sum(round_) for round_ in zip(*(told[name][part] for name in names))]
                      for part in ("reader_us", "bare_us"))
        report.add(figure, ratio(ours, bare))
        say(f"{figure}: {report.figures[figure]}")
    for name, parts in told.items():
        for part, values in parts.items():
            report.raw(f"{name}_{part}", spread(values))


def import_by_sqlite(night, database):
    """Seconds that `sqlite3 .import` of the same file takes."""
    database.unlink(missing_ok=True)
    began = time.monotonic()
    done = subprocess.run(["sqlite3", "-csv", str(database), f".import {night} night"], check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    took = time.monotonic() - began
    database.unlink(missing_ok=True)
    if done.returncode != 0 or done.stderr:
        raise Spoilt("sqlite3 does not import the night")
    return took


def measure_night(report, say):
    """Georgia: a whole night of a state in one pass, and its bank file beside a bare slicer."""
    told = told_by("bench_night", "bank", str(SPEED_ROUNDS))
    report.add("nacha_vs_slicer", ratio(told["reader_us"], told["bare_us"]))
    say(f"nacha_vs_slicer: {report.figures['nacha_vs_slicer']}")
    night = layout.ROOT / "build" / "bench" / "night.csv"
    program = ROOT / "build" / "release" / "bin" / "bench_night"
    subprocess.run([str(program), "write", str(night), str(NIGHT_CASES), str(NIGHT_PAYMENTS)], check=True)
    ours, theirs = [], []
    for _ in range(NIGHT_ROUNDS):
        ours.append(told_by("bench_night", "read", str(night)))
        theirs.append(import_by_sqlite(night, night.with_suffix(".db")))
        if (ours[-1]["cases"], ours[-1]["payments"]) != (NIGHT_CASES, NIGHT_PAYMENTS):
            raise Spoilt("the night was not read as a whole")
    with open(night, "rb") as file:
        expected = hashlib.file_digest(file, "sha256").hexdigest()
    if any(one["sha256"] != expected for one in ours):
        raise Spoilt("the octets of the night were not read as they are")
    night.unlink()
    rows = ours[0]["records"]
    report.add("batch_peak_mib", spread([one["peak_mib"] for one in ours]))
    report.add("batch_rows_per_s", spread([rows / one["seconds"] for one in ours]))
    report.raw("sqlite_import_rows_per_s", spread([rows / took for took in theirs]))
    say(f"batch: {report.figures['batch_rows_per_s']:g} rows/s, peak {report.figures['batch_peak_mib']} MiB; "
        f"sqlite3 .import {report.measured['sqlite_import_rows_per_s']['median']:g} rows/s")


def count_corruptions(report, say):
    told = told_by("count_corruptions", str(CORRUPTIONS))
    for name, kinds in told.items():
        for kind, tally in kinds.items():
            for verdict, count in tally.items():
                report.raw(f"{name}_{kind}_{verdict}", spread([count]))

    def all_of(kind, verdict):
        return sum(kinds[kind][verdict] for kinds in told.values())
    report.add("structural_corruptions_wrong_amount", spread([all_of("structural", "wrong")]))
    report.add("digit_corruptions_unnoticed",
               spread([all_of("digits", "wrong") + all_of("guarded_digits", "wrong")]))
    report.raw("structural_corruptions", spread([all_of("structural", "all")]))
    report.raw("digit_corruptions", spread([all_of("digits", "all") + all_of("guarded_digits", "all")]))
    report.raw("guarded_digit_corruptions", spread([all_of("guarded_digits", "all")]))
    report.raw("guarded_digit_corruptions_unnoticed", spread([all_of("guarded_digits", "wrong")]))
    report.raw("respelt_amounts", spread([all_of("respelt", "all")]))
    report.raw("respelt_amounts_unnoticed", spread([all_of("respelt", "wrong")]))
    say(f"structural corruptions: {report.measured['structural_corruptions']['median']:g}, "
        f"wrong amounts: {report.figures['structural_corruptions_wrong_amount']:g}")
    say(f"changed digits: {report.measured['digit_corruptions']['median']:g}, "
        f"unnoticed: {report.figures['digit_corruptions_unnoticed']:g}")


def run(report, chosen, say):
    measure_speed(report, say)
    measure_night(report, say)
    count_corruptions(report, say)
    fuzz_group.run(report, chosen, say)
    report.remark("formats: reading, normalising and writing the payload; the schema check stands apart")
