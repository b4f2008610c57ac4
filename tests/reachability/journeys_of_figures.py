"""What several cases come to: pairs of states that agree, differ, contradict each other or are not sure."""

from client import wait_until

SECTIONS = "orders,obligations,balances,ledger,enforcement,events,documents,messages,contacts"
PAIRS = "pair-"


def look(parent):
    cases = parent.read("/v1/cases")
    for path in ("/v1/me/summary", "/v1/ledger", "/v1/links"):
        parent.read(path)
    for case in cases["data"]:
        parent.read(f"/v1/cases/{case['id']}?include={SECTIONS}")
    return cases


def link_all(stage, parent, credentials):
    """Links and reads each; the ids of the links."""
    attempts = [stage.link(parent, one) for one in credentials]
    for attempt in attempts:
        parent.finished(attempt["sync_id"])
    return [attempt["link_id"] for attempt in attempts]


def sample_families(stage):
    """The families of two states and of two accounts in one state. Returns the parent of the first."""
    parent = stage.parent().join()
    family = [stage.credential(one) for one in ("k1", "k9")]
    link_all(stage, parent, family[:1])
    look(parent)
    link_all(stage, parent, family[1:])
    look(parent)
    other = stage.parent().join()
    link_all(stage, other, [stage.credential(one) for one in ("k3", "k6")])
    look(other)
    return parent


def made_up_pairs(stage, parent):
    for name in sorted({row["name"] for row in stage.table if row["name"].startswith(PAIRS)}):
        both = [stage.directive(row["system"], name) for row in stage.table if row["name"] == name]
        links = link_all(stage, parent, both)
        look(parent)
        for link_id in links:
            parent.client.good("unlink", parent.call("DELETE", f"/v1/links/{link_id}"))


def run(stage):
    """Returns a parent with cases in two states."""
    made_up_pairs(stage, stage.parent().join())
    family = sample_families(stage)
    look(family)
    wait_until("what was read", lambda: any(
        one["action"] == "case_read" for one in family.read("/v1/me/activity")["data"]))
    return family
