"""Sends a grammar's requests to a gateway, and says which answers no request may get, and what never ended.

    tests/http/fuzz.py PORT [--requests N] [--seed TEXT]
"""
import argparse
import pathlib
import re
import sys

from grammar import Grammar, paths_of
from wire import Wire

ROOT = pathlib.Path(__file__).resolve().parents[2]
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) [A-Z]")
# What is not implemented, and what is not spoken, is said by 501 and 505; nothing else may end in 5xx.
EXPECTED_5XX = {501, 505}
SOURCES = 200  # limits of one address must not be all that is seen


def statuses_of(octets, port, source, context=None):
    """Every status that these octets got. An AssertionError when the connection does not end."""
    with Wire(port, context, source) as wire:
        wire.send([octets])
        wire.end_sending()
        return [int(status) for status in STATUS.findall(wire.rest())]


def fuzz(port, requests, seed, context=None):
    """({status: how often}, [what went wrong])."""
    grammar = Grammar(paths_of((ROOT / "schemas" / "openapi.yaml").read_text(encoding="utf-8")), seed)
    seen, wrong = {}, []
    for number in range(requests):
        octets = grammar.octets(number)
        try:
            statuses = statuses_of(octets, port, f"127.0.7.{number % SOURCES + 1}", context)
        except (AssertionError, OSError) as error:
            wrong.append(f"{seed}:{number}: {error}: {octets[:300]!r}")
            continue
        for status in statuses:
            seen[status] = seen.get(status, 0) + 1
            if status >= 500 and status not in EXPECTED_5XX:
                wrong.append(f"{seed}:{number}: {status}: {octets[:300]!r}")
    return seen, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("port", type=int)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", default="casebridge")
    options = parser.parse_args()
    seen, wrong = fuzz(options.port, options.requests, options.seed)
    print(f"statuses: {dict(sorted(seen.items()))}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
