"""A client of the gateway's API as a parent's app would be: flows, linking, syncs, cases."""
import dataclasses
import http.client
import itertools
import json
import re
import time
import urllib.parse
import uuid

DATASETS = ("orders", "balances", "payments", "disbursements", "enforcement", "events", "documents",
            "messages", "contacts")
PASSWORD = "violet-harbour-pencil-73"
_numbers = itertools.count(1)


def wait_until(what, look, timeout_s=30, pause_s=0.05):
    """Calls `look` until it gives something true, and returns that."""
    deadline = time.monotonic() + timeout_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {timeout_s} s")
        time.sleep(pause_s)


@dataclasses.dataclass
class Answer:
    status: int
    headers: list
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The code of a problem; None when the answer is none."""
        return self.json.get("code") if self.status >= 400 else None

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Refused(AssertionError):
    """An answer that is not the expected success."""

    def __init__(self, what, answer):
        super().__init__(f"{what}: {answer.status} {answer.code if answer.status >= 400 else ''}")
        self.answer = answer


class Client:
    """One address of a gateway. Keeps every answer, so that a test can look through all of them."""

    def __init__(self, base, source="127.0.0.1", timeout_s=60):
        self.host = urllib.parse.urlsplit(base).netloc
        self.source, self.timeout_s = source, timeout_s
        self.answers = []

    def call(self, method, path, body=None, headers=None):
        """`body`: an object is sent as JSON, octets as they are."""
        sent = dict(headers or {})
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        octets = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        connection = http.client.HTTPConnection(self.host, timeout=self.timeout_s,
                                                source_address=(self.source, 0))
        try:
            connection.request(method, path, octets, sent)
            received = connection.getresponse()
            answer = Answer(received.status, received.getheaders(), received.read())
        finally:
            connection.close()
        self.answers.append(answer)
        return answer

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def good(self, what, answer, *statuses):
        if answer.status not in (statuses or (200, 201, 202, 204)):
            raise Refused(what, answer)
        return answer.json if answer.body else None


class Parent:
    """An account of the gateway and what its owner does. `mail` is the mail sink's address."""

    def __init__(self, client, mail, email=None, password=PASSWORD):
        self.client, self.mail = client, mail
        self.email = email or f"parent{next(_numbers)}@example.com"
        self.password = password
        self.token = None

    # The account.

    def step(self, flow, fields):
        answer = self.client.call("POST", f"/v1/flows/{flow['id']}", {"seq": flow["seq"], "fields": fields})
        return self.client.good(f"flow step {flow['step']}", answer)

    def begin_flow(self, kind):
        answer = self.client.call("POST", "/v1/flows", {"kind": kind, "transport": "bearer"})
        return self.client.good(f"flow {kind}", answer)

    def mails(self):
        """What was mailed to this parent, oldest first."""
        asked = urllib.parse.urlsplit(self.mail)
        connection = http.client.HTTPConnection(asked.netloc, timeout=5)
        connection.request("GET", "/messages?to=" + urllib.parse.quote(self.email))
        messages = json.loads(connection.getresponse().read())
        connection.close()
        return messages

    def mailed_code(self):
        """The newest code that was mailed to this parent; None while there is none."""
        for message in reversed(self.mails()):
            found = re.search(r"\b(\d{8})\b", message["text"])
            if found:
                return found.group(1)
        return None

    def newer_code(self, seen):
        """The next code that is mailed after `seen`."""
        def look():
            code = self.mailed_code()
            return code if code != seen else None
        return wait_until("the next mail with a code", look)

    def mailed_link(self, page):
        """What the newest link to this page carries; None while there is none."""
        for message in reversed(self.mails()):
            found = re.search(rf"/{page}#([A-Za-z0-9_-]{{43}})", message["text"])
            if found:
                return found.group(1)
        return None

    def register(self):
        flow = self.step(self.begin_flow("registration"), {"email": self.email, "password": self.password})
        code = wait_until("the mail with the code", self.mailed_code)
        return self.step(flow, {"code": code})

    def try_sign_in(self, password=None):
        flow = self.begin_flow("sign_in")
        fields = {"email": self.email, "password": password or self.password}
        return self.client.call("POST", f"/v1/flows/{flow['id']}", {"seq": flow["seq"], "fields": fields})

    def sign_in(self):
        self.token = self.client.good("sign-in", self.try_sign_in())["session"]["token"]
        return self

    def join(self):
        """Registers and signs in."""
        self.register()
        return self.sign_in()

    def at(self, client):
        """The same session, seen through another gateway."""
        other = Parent(client, self.mail, self.email, self.password)
        other.token = self.token
        return other

    # What a session may do.

    def call(self, method, path, body=None, headers=None):
        sent = {"Authorization": f"Bearer {self.token}"}
        if method == "POST":
            sent["Idempotency-Key"] = uuid.uuid4().hex
        sent.update(headers or {})
        return self.client.call(method, path, body, sent)

    def get(self, path):
        return self.call("GET", path)

    def read(self, path):
        return self.client.good(path, self.get(path))

    # Links.

    def start_link(self, custody="session_only", link_id=None, system="tx-icop", mode="create"):
        body = {"mode": mode, "system_id": system, "custody": custody}
        if link_id:
            body = {"mode": "repair", "link_id": link_id}
        return self.client.good("link attempt", self.call("POST", "/v1/link-attempts", body))

    def try_answer(self, attempt, fields, confirm=False, **more):
        challenge = attempt["challenge"]
        body = {"seq": challenge["seq"], "fields": fields}
        if confirm:
            body["confirm_last_attempt"] = True
        path = f"/v1/link-attempts/{attempt['id']}/challenges/{challenge['id']}/answer"
        return self.call("POST", path, body, **more)

    def answer(self, attempt, fields, **more):
        return self.client.good("answer to a challenge", self.try_answer(attempt, fields, **more))

    def attempt(self, attempt):
        return self.read(f"/v1/link-attempts/{attempt['id']}")

    def link(self, credential, custody="session_only"):
        """Links an account that asks for no second step; returns the attempt."""
        return self.answer(self.start_link(custody, system=credential["system"]), sign_in_fields(credential))

    def sync(self, link_id):
        return self.client.good("sync", self.call("POST", f"/v1/links/{link_id}/syncs"))

    def finished(self, sync_id, timeout_s=30):
        def look():
            sync = self.read(f"/v1/syncs/{sync_id}")
            return sync if sync["finished_at"] else None
        return wait_until("the end of the sync", look, timeout_s)

    def link_and_read(self, credential, custody="session_only"):
        """Links and waits for the first reading; returns the attempt."""
        attempt = self.link(credential, custody)
        ended = self.finished(attempt["sync_id"])
        if ended["state"] != "succeeded":
            raise AssertionError(f"first sync: {ended['state']}")
        return attempt

    def case_file(self, case_id):
        return self.read(f"/v1/cases/{case_id}?include={','.join(DATASETS)}")


def sign_in_fields(credential, **changes):
    """What the form of the credential's system asks for."""
    if credential["kind"] == "case_ssn4_pin":
        fields = {"case_number": credential["caseNumber"], "ssn_last4": credential["ssn4"],
                  "pin": credential["pin"]}
    elif credential["kind"] == "assertion":
        fields = {"person_number": credential["personNumber"]}
    elif credential["kind"] == "participant_pin":
        fields = {"participant_id": credential["participantId"], "pin": credential["pin"]}
    elif credential["kind"] == "mailed_pin":
        fields = {"case_number": credential["caseNumber"], "pin": credential["pin"]}
    else:
        fields = {"user_name": credential["username"], "password": credential["password"]}
    return {**fields, **changes}
