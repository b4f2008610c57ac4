"""What time does to codes, flows, attempts, sessions and figures: each stage is a gateway of a later hour."""
from client import wait_until
from journeys_of_accounts import start, submit

MINUTE, HOUR, DAY = 60, 3600, 86400
HOURLY = "systems:\n  tx-icop:\n    refresh_every_hours: 1\n"


class Later:
    """Gateways that read the links of Texas again every hour, each at a later time than the one before."""

    def __init__(self, stage):
        self.stage = stage
        (stage.place.run / "hourly.yaml").write_text(HOURLY, encoding="utf-8")

    def _hourly(self, text):
        return text.replace("systems.yaml]", f"systems.yaml, {self.stage.place.run}/hourly.yaml]")

    def gateway(self, name, seconds=0):
        if seconds:
            self.stage.advance(seconds)
        return self.stage.another_gateway(name, self._hourly)


def leave_things_lying(parent):
    """Things of which each has a time of its own."""
    client = parent.client
    other = f"late-{parent.email}"
    code = start(client, "registration").json
    code = submit(client, code, {"email": other, "password": parent.password}).json
    return {"flow": start(client, "sign_in").json, "code": code, "attempt": parent.start_link()}


def after_minutes(parent, left):
    """A code is too old, and a session that is still good is not fresh enough for what needs care."""
    submit(parent.client, left["code"], {"code": "12345678"})
    body = {"mode": "create", "system_id": "tx-icop", "custody": "session_only"}
    parent.call("POST", "/v1/link-attempts", body)


def after_an_hour(parent, link_id, left):
    """A flow is over; and a link is read again although nobody asks."""
    parent.client.get(f"/v1/flows/{left['flow']['id']}")

    def found():
        open_sync = parent.read(f"/v1/links/{link_id}")["open_sync"]
        return open_sync and parent.read(f"/v1/syncs/{open_sync}")["trigger"] == "scheduled"
    wait_until("a reading that nobody asked for", found)


def after_a_day(parent, left):
    """Session and attempt are over, and figures are old."""
    parent.get("/v1/me")
    parent.sign_in()
    path = f"/v1/link-attempts/{left['attempt']['id']}"
    parent.read(path)
    challenge = left["attempt"]["challenge"]
    parent.call("POST", f"{path}/challenges/{challenge['id']}/answer",
                {"seq": challenge["seq"], "fields": {"user_name": "a", "password": "b"}})
    look_at_everything(parent)


def look_at_everything(parent):
    cases = parent.read("/v1/cases")
    for case in cases["data"]:
        parent.read(f"/v1/cases/{case['id']}?include=balances,ledger,messages")
    for path in ("/v1/me/summary", "/v1/ledger", "/v1/links"):
        parent.read(path)


def run(stage, family, slow, slow_link):
    """`family`: a parent with cases in two states; `slow`: one with a link to a slow state."""
    later = Later(stage)
    with later.gateway("now") as (_, base):
        parent = stage.at(family, base).sign_in()
        left = leave_things_lying(parent)
    for name in ("minutes", "more_minutes", "half_an_hour"):  # each look keeps the session alive
        with later.gateway(name, 11 * MINUTE) as (_, base):
            after_minutes(stage.at(parent, base), left)
    with later.gateway("hour", 65 * MINUTE) as (_, base):
        after_an_hour(stage.at(slow, base).sign_in(), slow_link, left)
    with later.gateway("day", 29 * HOUR) as (_, base):
        after_a_day(stage.at(parent, base), left)
    with later.gateway("weeks", 40 * DAY) as (_, base):
        look_at_everything(stage.at(family, base).sign_in())
