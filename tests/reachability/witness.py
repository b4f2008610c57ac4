"""Looks at everything that is sent to and comes from gateways, and remembers which words it has seen."""
import http.client
import json
import re
import socket
import threading
import urllib.parse

from client import Answer, Client
from document import SCHEMAS, Document

# Its answer is the list of all problems: that a problem is listed does not yet show that it happens.
LISTS_OF_WORDS = ("listProblems", "readOpenApi")


class Witness:
    def __init__(self):
        self.document = Document()
        self.seen, self.strangers = set(), set()
        self._lock = threading.Lock()

    def look_at(self, schema, value):
        for place, word, known in self.document.found_in(schema, value):
            with self._lock:
                (self.seen if known else self.strangers).add((place, word))

    def look_at_call(self, method, path, sent, answer):
        operation = self.document.operation(method, path)
        if operation and operation["operationId"] in LISTS_OF_WORDS:
            return
        media_type = (answer.header("Content-Type") or "").partition(";")[0]
        if media_type in ("application/json", "application/problem+json") and answer.body:
            schema = self.document.schema_of(operation, answer.status, media_type)
            self.look_at(schema or {}, json.loads(answer.body))
        if operation and answer.status < 400 and isinstance(sent, dict):
            asked = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            self.look_at(asked.get("schema", {}), sent)

    def problem(self, body):
        self.look_at({"$ref": SCHEMAS + "Problem"}, json.loads(body))

    def missing(self):
        return self.document.wanted - self.seen


class WatchedClient(Client):
    """A client whose calls the witness sees."""

    def __init__(self, witness, base, source="127.0.0.1", timeout_s=60):
        super().__init__(base, source, timeout_s)
        self.witness = witness

    def call(self, method, path, body=None, headers=None):
        answer = super().call(method, path, body, headers)
        self.witness.look_at_call(method, path, body, answer)
        return answer

    def raw(self, octets, timeout_s=30):
        """Sends octets as they are; the problem that comes back."""
        host, port = self.host.rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=timeout_s) as line:
            line.sendall(octets)
            answer = http.client.HTTPResponse(line)
            answer.begin()
            got = Answer(answer.status, answer.getheaders(), answer.read())
        self.witness.problem(got.body)
        return got


class EventStream:
    """One open stream of an account's events, read by a thread until it ends."""

    def __init__(self, client, token):
        self._witness = client.witness
        asked = urllib.parse.urlsplit("http://" + client.host)
        self._connection = http.client.HTTPConnection(asked.netloc, timeout=60)
        self._connection.request("GET", "/v1/me/events", headers={"Authorization": f"Bearer {token}"})
        self._answer = self._connection.getresponse()
        self.text = ""
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self):
        for line in self._answer:
            self.text += line.decode()
        self._connection.close()

    def ended(self, timeout_s=20):
        """Waits for the end; the reason that the gateway gave."""
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            raise AssertionError("a stream of events did not end")
        operation = self._witness.document.operation("GET", "/v1/me/events")
        told = operation["responses"]["200"]["content"]["text/event-stream"]["x-casebridge-events"]
        events = re.findall(r"^event: (\w+)\n(?:id: .*\n)?data: (.*)$", self.text, re.M)
        for name, data in events:
            self._witness.look_at(told[name], json.loads(data))
        return json.loads(events[-1][1]).get("reason") if events else None
