"""A parent's first visit, through the command line: register, verify, sign in, link, look."""
import re
import subprocess
import time

from sandbox import get_json

EMAIL = "rafael.ql@example.com"
PASSWORD = "correct-horse-Texas-2026"
# Whose person, names and secrets the scenario file holds: the same parent in two states.
TEXAS, OHIO = "k1", "k9"


def wait_for(what, look, timeout_s=30):
    """Calls `look` until it gives something."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"{what} did not arrive within {timeout_s} s")


class Visit:
    """Runs the casebridge command against one sandbox."""

    def __init__(self, command, server, ca, token_file):
        self.base = [str(command), "--server", server, "--ca", str(ca), "--session-file", str(token_file)]

    def begin(self, *arguments):
        return subprocess.Popen([*self.base, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def run(self, *arguments, lines=()):
        return self.finish(self.begin(*arguments), lines, " ".join(arguments))

    @staticmethod
    def say(process, line):
        process.stdin.write(line + "\n")
        process.stdin.flush()

    @staticmethod
    def finish(process, lines, what):
        out, err = process.communicate("".join(line + "\n" for line in lines))
        if process.returncode != 0:
            raise SystemExit(f"casebridge {what} failed:\n{err}{out}")
        return out


def newest_code(mail_sink, seen):
    """The code in the newest message of the mail sink that came after `seen` messages."""
    messages = get_json(mail_sink + "/messages")
    for message in reversed(messages[seen:]):
        found = re.search(r"\b(\d{8})\b", message["text"])
        if found:
            return found.group(1)
    return None


def register(visit, mail_sink):
    seen = len(get_json(mail_sink + "/messages"))
    process = visit.begin("register")
    visit.say(process, EMAIL)
    visit.say(process, PASSWORD)
    code = wait_for("The mail with the code", lambda: newest_code(mail_sink, seen))
    visit.finish(process, [code], "register")


def state_code(control, since):
    messages = get_json(f"{control}/control/outbox?kind=code&since={since}")["messages"]
    return messages[-1]["code"] if messages else None


def credential_of(scenario, name):
    return next(c for c in scenario["credentials"] if c["id"] == name)


def link_ohio(visit, scenario):
    credential = credential_of(scenario, OHIO)
    visit.run("link", "oh-csenet", lines=[credential["caseNumber"], credential["ssn4"], credential["pin"]])


def link_texas(visit, control, scenario):
    credential = credential_of(scenario, TEXAS)
    since = get_json(f"{control}/control/outbox")["next"]
    process = visit.begin("link", "tx-icop")
    visit.say(process, credential["username"])
    visit.say(process, credential["password"])
    if credential["otp"]:
        code = wait_for("The state's code", lambda: state_code(control, since))
        visit.say(process, code)
    return visit.finish(process, [], "link tx-icop")


def first_visit(visit, mail_sink, control, scenario):
    print("Registering the sample parent ...", flush=True)
    register(visit, mail_sink)
    print("Signing in ...", flush=True)
    visit.run("sign-in", lines=[EMAIL, PASSWORD])
    print("Linking Texas (its e-mail code is taken from the simulator's outbox) ...", flush=True)
    link_texas(visit, control, scenario)
    print("Linking Ohio (case number, last four digits, PIN) ...", flush=True)
    link_ohio(visit, scenario)


def show(visit):
    print(visit.run("cases"))
    for line in visit.run("cases", "--ids").split():
        print(visit.run("case", line))
