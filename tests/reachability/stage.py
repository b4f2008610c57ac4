"""The sandbox of this suite: the sample families, the directives, and gateways that are set differently."""
import contextlib
import re
import sys

from document import ROOT

sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))
import box  # noqa: E402
import client as clients  # noqa: E402
import directives  # noqa: E402
from witness import WatchedClient, Witness  # noqa: E402

CONNECTIONS = 6
LOGINS_IN_A_MINUTE = 9  # a state counts sign-ins of one address by the minute, and lets ten through


def with_http(text, line):
    """Settings with one line more in their section `http`."""
    return re.sub(r"^http:$", f"http:\n  {line}", text, count=1, flags=re.M)


def hasty(text):
    """Settings of a gateway that waits a fiftieth of the usual time for a state and takes few connections."""
    text = text.replace("deadline_permille: 1000", "deadline_permille: 20")
    return with_http(text, f"connections_max: {CONNECTIONS}")


class Stage(box.Box):
    """`rows`: the directives by system and name, each with the credential made of it."""

    def __init__(self):
        scenario = box.sample()
        scenario["systems"]["tx-icop"]["options"]["idleSeconds"] = 7200
        self.witness = Witness()
        self.table = directives.rows()
        self.rows = {(row["system"], row["name"]): row for row in self.table}
        super().__init__(directives.added_to(scenario, self.table))
        self.client = WatchedClient(self.witness, self.record["plain"])
        self._logins = 0

    def parent(self):
        client = WatchedClient(self.witness, self.record["plain"], f"127.0.1.{next(self._addresses)}")
        return clients.Parent(client, self.record["mail"])

    def at(self, parent, base):
        """The same session at another gateway."""
        return parent.at(WatchedClient(self.witness, base, parent.client.source))

    def credential(self, credential_id):
        return box.credential(self.scenario, credential_id)

    def directive(self, system, name):
        return self.credential(directives.name_of(self.rows[system, name]))

    def count_login(self, system):
        if system != "tx-icop":
            return
        self._logins += 1
        if self._logins % LOGINS_IN_A_MINUTE == 0:
            self.advance(61)

    def code_of(self, credential):
        """The newest code that a state sent to this person."""
        asked = f"outbox?system={credential['system']}&person={credential['person']}&kind=code"
        return self.control(asked)["messages"][-1]["code"]

    def enrolment_fields(self, system, name):
        number = next(number for number, row in directives.numbered(self.table)
                      if (row["system"], row["name"]) == (system, name))
        return directives.enrolment_fields(number, self.rows[system, name])

    def enrol(self, parent, system, name):
        """The answer to the form of a system for people without an account."""
        self.count_login(system)
        attempt = parent.start_link(mode="enrol", system=system)
        return parent.try_answer(attempt, self.enrolment_fields(system, name))

    def sign_in_fields(self, credential):
        if credential["kind"] == "participant_pin":
            return {"participant_id": credential["participantId"], "pin": credential["pin"]}
        return clients.sign_in_fields(credential)

    def answer_form(self, parent, credential, attempt=None, **more):
        """The answer to the first form of a sign-in at a state."""
        self.count_login(credential["system"])
        attempt = attempt or parent.start_link(system=credential["system"])
        return parent.try_answer(attempt, self.sign_in_fields(credential), **more)

    def link(self, parent, credential):
        """Links, through a code if one is asked for; the attempt."""
        attempt = parent.client.good("sign-in at a state", self.answer_form(parent, credential))
        if attempt["state"] == "challenge" and attempt["challenge"]["kind"] == "otp":
            attempt = parent.answer(attempt, {"code": self.code_of(credential)})
        return attempt

    @contextlib.contextmanager
    def another_gateway(self, name, change=lambda text: text):
        """One more gateway on the same database, with other settings and the simulators' present time."""
        text = self.settings.read_text(encoding="utf-8")
        text = re.sub(r"\bport: (?:%s)\b" % "|".join(re.findall(r":(\d+)$", "\n".join(
            self.record[key] for key in ("secure", "plain")), re.M)), "port: 0", text)
        file = self.place.run / f"{name}.yaml"
        file.write_text(change(text.replace("gateway.log", f"{name}.log")), encoding="utf-8")
        process, ready = self.start_gateway(name)
        try:
            yield process, ready["addresses"][1]
        finally:
            if process in self.record["processes"]:
                self.end_gateway(process=process)
