"""A storm of sign-ins: some parents who sign in again and again, each with the right password."""
import http.client
import json
import threading
import time
import urllib.parse

from load import Spoilt
from rooms import Client, Parent

PARENTS = 8
HEADERS = {"Content-Type": "application/json"}


def parents_of(world):
    """So many accounts, each at an address of its own."""
    return [Parent(Client(world.record["plain"], f"127.0.12.{number + 1}"), world.record["mail"]).join()
            for number in range(PARENTS)]


class SignIns:
    """Within it all of them sign in, again and again; it has begun a second before."""

    def __init__(self, parents):
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(one,)) for one in parents]
        self._lock = threading.Lock()
        self._count, self._failed = 0, None

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        time.sleep(1)
        return self

    def count(self):
        with self._lock:
            return self._count

    def _run(self, parent):
        host = urllib.parse.urlsplit(f"//{parent.client.host}")
        connection = http.client.HTTPConnection(host.hostname, host.port, 30, (parent.client.source, 0))
        try:
            while not self._stop.is_set():
                self._sign_in(connection, parent)
                with self._lock:
                    self._count += 1
        except (OSError, http.client.HTTPException, Spoilt) as error:
            self._failed = error
        finally:
            connection.close()

    def _sign_in(self, connection, parent):
        flow = self._post(connection, "/v1/flows", {"kind": "sign_in", "transport": "bearer"})
        fields = {"email": parent.email, "password": parent.password}
        flow = self._post(connection, f"/v1/flows/{flow['id']}", {"seq": flow["seq"], "fields": fields})
        if not flow.get("session", {}).get("token"):
            raise Spoilt("a sign-in of the storm has no session")

    @staticmethod
    def _post(connection, path, body):
        connection.request("POST", path, json.dumps(body).encode(), HEADERS)
        answer = connection.getresponse()
        octets = answer.read()
        if answer.status not in (200, 201):
            raise Spoilt(f"a sign-in of the storm was answered {answer.status}: {octets[:200]}")
        return json.loads(octets)

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self._failed:
            raise Spoilt(f"the storm: {self._failed}")
