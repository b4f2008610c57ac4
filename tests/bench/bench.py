"""tools/bench: measures the release build; the last line is one JSON object with the figures."""
import argparse
import shutil
import sys

import fanout_group
import formats_group
import front_group
import fuzz_group
import identity_group
import read_group
import start_group
from figures import Report
from load import Spoilt
from rooms import build, layout

# `formats` ends with `fuzz`, which is by itself for runs that only go on with the inputs.
GROUPS = {"read": read_group, "front": front_group, "fanout": fanout_group, "start": start_group,
          "formats": formats_group, "fuzz": fuzz_group, "identity": identity_group}
SERVER = ["all", "bench_bare_poco"]  # what the groups need that measure a gateway


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench", description=__doc__)
    parser.add_argument("group", nargs="?", choices=GROUPS, help="one group; without it all others than fuzz")
    parser.add_argument("--json", action="store_true", help="nothing but the JSON line on standard output")
    parser.add_argument("--seconds", type=int, default=10, help="length of one run of the load")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured, in turn")
    parser.add_argument("--fuzz-requests", type=int, default=100_000, help="of `front`")
    parser.add_argument("--fuzz-inputs", type=int, default=5_000_000, help="for each reader of `formats`")
    parser.add_argument("--fuzz-minutes", type=float, default=10,
                        help="for all readers together, at most; 0: until all have their inputs")
    return parser.parse_args()


def prepare(groups, say):
    """Builds what is measured; build output goes where progress goes."""
    targets = [target for group in groups for target in getattr(group, "TARGETS", SERVER)]
    folder = layout.ROOT / "build" / "release"
    if targets and not (folder / "build.ninja").exists():
        build.run_quietly("Configuring", ["cmake", "--preset", "release"])
    if targets:
        say("building ...")
        build.run_quietly("Building", ["cmake", "--build", "--preset", "release", "--target",
                                       *dict.fromkeys(targets)])
    shutil.rmtree(layout.ROOT / "build" / "bench", ignore_errors=True)
    (layout.ROOT / "build" / "bench").mkdir(parents=True)


def main():
    chosen = arguments()
    out, sys.stdout = sys.stdout, sys.stderr  # what other parts print is progress, not result

    def say(text):
        print(text, file=sys.stderr, flush=True)

    report = Report()
    try:
        groups = [group for name, group in GROUPS.items() if chosen.group == name or
                  (chosen.group is None and group is not fuzz_group)]
        prepare(groups, say)
        for group in groups:
            group.run(report, chosen, say)
    except Spoilt as spoilt:
        say(f"bench: {spoilt}")
        return 1
    if not chosen.json:
        print(report.table(), file=out)
    print(report.line(), file=out, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
