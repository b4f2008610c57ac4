"""Requests that are not well formed, too large, too late, or that say the wrong thing about themselves."""
import socket
import threading
import uuid


def head(method, target, *fields, version="1.1"):
    lines = [f"{method} {target} HTTP/{version}", "Host: 127.0.0.1", *fields, "", ""]
    return "\r\n".join(lines).encode()


def malformed(client):
    client.raw(head("GET", "/v1/me", "Expect: miracles"))
    client.raw(head("BREW", "/v1/me"))
    client.raw(head("GET", "/v1/me", version="2.0"))
    client.raw(head("GET", "/v1/" + "x" * 5000))
    client.raw(head("GET", "/v1/me", f"X-Long: {'x' * 40_000}"))
    client.raw(head("POST", "/v1/flows", "Content-Length: 999999999"))
    client.call("POST", "/v1/flows", b"{", {"Content-Type": "application/json"})
    client.call("POST", "/v1/flows", b"{}", {"Content-Type": "text/plain"})
    client.call("POST", "/v1/flows", {"kind": "sign_in", "transport": "bearer", "colour": "blue"})
    client.call("PUT", "/v1/me", b"")
    client.get("/v1/status", headers={"Accept": "text/csv"})
    client.get("/v1/nothing")
    client.get("/v1/jurisdictions?colour=blue")


class LateRequest:
    """A request whose end never comes; the gateway gives up on it while other journeys run."""

    def __init__(self, client):
        self._client = client
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self.failed = None

    def _run(self):
        try:
            self._client.raw(b"GET /v1/me HTTP/1.1\r\n", timeout_s=60)
        except OSError as error:
            self.failed = error

    def ended(self):
        self._thread.join()
        if self.failed:
            raise AssertionError("a late request got no answer") from self.failed


def idempotency(stage, parent):
    """A key that is missing, one that is used for two things, and one whose request still runs."""
    body = {"mode": "create", "system_id": "tx-icop", "custody": "session_only"}
    path = "/v1/link-attempts"
    parent.call("POST", path, body, {"Idempotency-Key": "short"})
    key = {"Idempotency-Key": uuid.uuid4().hex}
    parent.call("POST", path, body, key)
    parent.call("POST", path, {**body, "system_id": "oh-csenet"}, key)
    parent.call("POST", path, {**body, "system_id": "zz-nothing"})
    credential = stage.directive("tx-icop", "slow")
    attempt = parent.start_link(system="tx-icop")
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first = threading.Thread(target=lambda: stage.answer_form(parent, credential, attempt, headers=key))
    first.start()
    try:
        for _ in range(200):
            if parent.attempt(attempt)["state"] == "verifying":
                break
        again = parent.try_answer(attempt, stage.sign_in_fields(credential), headers=key)
        if again.code != "idempotency_in_progress":
            raise AssertionError(f"a request that still runs was answered with {again.code}")
    finally:
        first.join()
    return attempt


def lists(parent):
    parent.get("/v1/ledger?cursor=c1.nothing.nothing")
    parent.get("/v1/ledger?limit=0")


def too_many_connections(client, most):
    """At a gateway that takes `most` connections."""
    host, port = client.host.rsplit(":", 1)
    idle = [socket.create_connection((host, int(port))) for _ in range(most)]
    try:
        client.raw(head("GET", "/health/live"))
    finally:
        for one in idle:
            one.close()


def public(client):
    """What anybody may read: every state in both languages, and how the gateway and the systems are."""
    everything = client.good("the directory", client.get("/v1/jurisdictions"))
    for one in everything["data"]:
        if one["linkable"]:
            for language in ("en", "es"):
                client.get(f"/v1/jurisdictions/{one['id']}", headers={"Accept-Language": language})
    for path in ("/v1/status", "/health/live", "/health/ready", "/v1/problems", "/v1/openapi.json"):
        client.good(path, client.get(path))


def run(stage, parent):
    malformed(stage.client)
    idempotency(stage, parent)
    lists(parent)
    public(stage.client)
