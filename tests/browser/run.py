#!/usr/bin/python3
"""Runs the browser tests against a sandbox of their own; prints what node's test runner prints."""
import json
import os
import pathlib
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))
from box import PRESET, Box, credential, sample  # noqa: E402
from client import sign_in_fields  # noqa: E402

BUILD = ROOT / "build" / PRESET / "browser"
# Accounts that a test finds ready: each test has its own, so that none depends on another.
REGISTERED = ("keyboard", "wrong_code", "question", "refused", "locked", "search", "no_connection",
              "forgotten", "with_app_en", "with_app_es", "letter", "with_passkey_en", "with_passkey_es",
              "with_passkey_after", "safety_en", "safety_es")
CONNECTED = ("revoked", "exit", "down")
# The browser has one address for all these parents: more tries in a minute than one address is given.
SETTINGS = "throttle: {address: {tries_max: 1000}}\n"


def scenario():
    """The sample families. Rafael is sent a code by Texas; Dana needs no second step there."""
    made = sample()
    # The clock of the states is moved between sign-ins; sessions from the beginning live on.
    made["systems"]["tx-icop"]["options"]["idleSeconds"] = 7200
    credential(made, "k1")["otp"] = "email"
    question = {"id": "Q3", "text": "What was the name of your first school?",
                "answer": "Maple Test Elementary"}
    credential(made, "k4")["securityQuestion"] = question
    return made


def accounts(box):
    made = {}
    for name in REGISTERED:
        parent = box.parent()
        parent.register()
        made[name] = {"email": parent.email, "password": parent.password}
    for name in CONNECTED:
        parent = box.parent().join()
        parent.link_and_read(credential(box.scenario, "k2"))
        made[name] = {"email": parent.email, "password": parent.password}
        box.advance(61)  # the state counts sign-ins of one address per minute
    return made


def describe(box):
    fields = {one["id"]: one for one in box.scenario["credentials"]}
    return {"origin": box.record["secure"].rstrip("/"), "mail": box.record["mail"],
            "control": box.record["control"], "accounts": accounts(box),
            "texas": sign_in_fields(fields["k1"]), "dana": sign_in_fields(fields["k2"]),
            "question": {**sign_in_fields(fields["k4"]), "answer": "Maple Test Elementary"},
            "ohio": {"case_number": fields["k9"]["caseNumber"], "ssn_last4": fields["k9"]["ssn4"],
                     "pin": fields["k9"]["pin"]},
            "georgia": {"case_number": "700123456", "last_name": "Delacroix-Obi", "first_name": "Corinne",
                        "date_of_birth": "1984-10-21", "ssn_last4": "8854"},
            "screenshots": str(BUILD)}


def stop(_signal, _frame):
    raise KeyboardInterrupt


def run_node(box, arguments):
    command = ["node", "--test", "--test-reporter=tap", *arguments, str(HERE / "pages.test.mjs")]
    environment = {**os.environ, "CASEBRIDGE_BROWSER_BOX": json.dumps(describe(box))}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL) as node:
        try:
            return node.wait()
        except BaseException:
            node.terminate()
            raise


def main():
    signal.signal(signal.SIGTERM, stop)
    subprocess.run([str(ROOT / "tools" / "portal"), "--tests"], check=True)
    BUILD.mkdir(parents=True, exist_ok=True)
    for old in BUILD.glob("*.png"):
        old.unlink()
    box = Box(scenario(), deadline_permille=200, more=SETTINGS)
    try:
        return run_node(box, sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    finally:
        box.close()


if __name__ == "__main__":
    sys.exit(main())
