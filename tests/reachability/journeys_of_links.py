"""Linking, repairing and leaving, with everything that can go wrong between a parent and a state."""
from client import wait_until
from witness import EventStream

NO_CHALLENGE = "chl_00000000000000000000000000"


def first_reading(stage):
    """What a parent sees while the first reading of a slow state runs."""
    parent = stage.parent().join()
    attempt = parent.client.good("link", stage.answer_form(parent, stage.directive("tx-icop", "slow")))
    for path in ("/v1/cases", "/v1/me/summary", "/v1/ledger", "/v1/links"):
        parent.get(path)
    wait_until("the reading to run", lambda: sync_state(parent, attempt["sync_id"]) == "running")
    parent.finished(attempt["sync_id"])
    parent.client.good("another reading", parent.call("POST", f"/v1/links/{attempt['link_id']}/syncs"))
    return parent, attempt["link_id"]


def sync_state(parent, sync_id):
    return parent.read(f"/v1/syncs/{sync_id}")["state"]


def wrong_answers(stage, parent):
    """Passwords and codes that a state refuses, up to the one that could lock the account."""
    refused = {**stage.directive("tx-icop", "refused"), "password": "Wrong-Pass-2"}
    answer = stage.answer_form(parent, refused)
    stage.answer_form(parent, refused, answer.json["attempt"])
    stage.answer_form(parent, {**stage.directive("tx-icop", "one-try-left"), "password": "Another-Try-2"})
    attempt = stage.answer_form(parent, stage.directive("tx-icop", "code-refused")).json
    attempt = parent.try_answer(attempt, {"code": "123456"}).json["attempt"]
    parent.try_answer(attempt, {"code": "654321"})
    attempt = stage.answer_form(parent, stage.directive("tx-icop", "code-ends")).json
    parent.try_answer(attempt, {"code": "123456"})


def steps(stage, parent):
    """Steps in the wrong order, a code asked for again, and one thing after the other done right."""
    attempt = stage.answer_form(parent, stage.directive("tx-icop", "needs-code")).json
    challenge = attempt["challenge"]
    path = f"/v1/link-attempts/{attempt['id']}/challenges"
    parent.call("POST", f"{path}/{challenge['id']}/resend", {"seq": challenge["seq"]})
    parent.call("POST", f"{path}/{NO_CHALLENGE}/answer", {"seq": 1, "fields": {}})
    parent.answer(attempt, {"code": stage.code_of(stage.directive("tx-icop", "needs-code"))})
    attempt = stage.answer_form(parent, stage.directive("tx-icop", "needs-question")).json
    parent.answer(attempt, {"answer": "lantern"})
    another_way(stage, parent)
    attempt = stage.answer_form(parent, stage.directive("ca-connect", "temporary-pin")).json
    fields = {field["name"]: "604913" for field in attempt["challenge"]["fields"]}
    parent.answer(attempt, fields)
    form = parent.start_link(system="tx-icop")
    parent.read("/v1/link-attempts")
    path = f"/v1/link-attempts/{form['id']}"
    parent.call("POST", f"{path}/challenges/{form['challenge']['id']}/resend", {"seq": 1})
    parent.call("DELETE", path)
    parent.read(path)


def another_way(stage, parent):
    """A code for which a state offers ways; it wants a minute between two, so neither is sent."""
    attempt = stage.answer_form(parent, stage.directive("tx-smart", "by-mail")).json
    challenge = attempt["challenge"]
    path = f"/v1/link-attempts/{attempt['id']}/challenges/{challenge['id']}/resend"
    for way in challenge["resend"]["channels"]:
        parent.call("POST", path, {"seq": challenge["seq"], "channel": way})


def one_person_twice(stage, parent):
    """A person who is linked already, and a repair by somebody else."""
    mine = stage.directive("oh-csenet", "plain")
    linked = stage.link(parent, mine)
    parent.finished(linked["sync_id"])
    stage.answer_form(parent, mine)
    repair = parent.start_link(link_id=linked["link_id"])
    stage.answer_form(parent, stage.directive("oh-csenet", "short-line"), repair)
    return linked["link_id"]


def password_changed(stage):
    """A vaulted credential that the state no longer takes: the link waits for its owner."""
    parent = stage.parent().join()
    credential = stage.credential("k2")
    attempt = parent.start_link("vaulted", system="tx-icop")
    attempt = parent.client.good("link", stage.answer_form(parent, credential, attempt))
    parent.finished(attempt["sync_id"])
    stage.control("accounts", {"credential": "k2", "action": "revoke_sessions"})
    path = f"/v1/links/{attempt['link_id']}"
    sync = parent.sync(attempt["link_id"])
    parent.finished(sync["id"])
    stage.control("accounts", {"credential": "k2", "action": "expire_password"})
    stage.count_login("tx-icop")
    sync = parent.sync(attempt["link_id"])
    parent.finished(sync["id"])
    parent.read(path)
    parent.call("POST", f"{path}/syncs")
    for path in ("/v1/cases", "/v1/me/summary"):
        parent.get(path)
    parent.read("/v1/me/activity")
    stage.control("accounts", {"credential": "k2", "action": "enable"})


def nothing_to_show(stage):
    """Only one link, of a state that closes before anything was read."""
    parent = stage.parent().join()
    attempt = stage.link(parent, stage.directive("tx-icop", "closes"))
    parent.finished(attempt["sync_id"])
    for path in ("/v1/cases", "/v1/ledger", "/v1/me/summary"):
        parent.get(path)


def two_cases(stage, parent):
    """One case can be read and the other can not; then the state forgets how to answer at all."""
    attempt = stage.link(parent, stage.directive("tx-icop", "one-of-two-cases"))
    parent.finished(attempt["sync_id"])
    parent.read(f"/v1/links/{attempt['link_id']}")


def forgotten(stage, parent):
    """What each state does about a forgotten credential; in California of people that nobody is."""
    nobody = {"participant_id": "0999999999999", "birth_date": "1989-04-04"}
    asked = [("tx-icop", "password", {"user_name": "nobody.here"}, None), ("oh-csenet", "pin", {}, None),
             ("tx-smart", "user_name", {"email": "nobody@example.com", "last_name": "Nobody"}, None),
             ("ca-connect", "pin", nobody, "email"), ("ca-connect", "pin", nobody, "post"),
             ("ga-batch", "pin", {}, None)]
    for system, what, fields, channel in asked:
        stage.count_login(system)
        body = {"what": what, "fields": fields, **({"channel": channel} if channel else {})}
        answer = parent.call("POST", f"/v1/systems/{system}/credential-recovery", body)
        parent.client.good(f"{what} of {system}", answer)


def leaving(stage, parent, link_id):
    """Unlinking with the wrong version, with a session that the state ends, with none, and with one left."""
    path = f"/v1/links/{link_id}"
    parent.call("DELETE", path, headers={"If-Match": '"1000000"'})
    parent.client.good("unlink", parent.call("DELETE", path))
    ended = stage.link(parent, stage.directive("ca-connect", "plain"))
    parent.finished(ended["sync_id"])
    stage.control("accounts", {"credential": "d-ca-connect-plain", "action": "revoke_sessions"})
    parent.finished(parent.sync(ended["link_id"])["id"])
    parent.client.good("unlink", parent.call("DELETE", f"/v1/links/{ended['link_id']}"))
    stays = stage.link(parent, stage.directive("tx-icop", "plain"))
    parent.finished(stays["sync_id"])
    stage.fault("logout", "http_status", params={"status": 500}, match={"person": "d-tx-icop-plain"})
    parent.client.good("unlink", parent.call("DELETE", f"/v1/links/{stays['link_id']}"))
    parent.read("/v1/me/activity")


def watching(parent):
    """A stream of events ends with the session that opened it."""
    other = parent.at(parent.client).sign_in()
    stream = EventStream(other.client, other.token)
    others = [EventStream(other.client, other.token) for _ in range(3)]
    other.get("/v1/me/events")  # one more than an account may have open
    other.call("DELETE", "/v1/me/sessions/current")
    for one in others:
        one.ended()
    if stream.ended() != "signed_out":
        raise AssertionError("a stream went on without its session")


def run(stage, parent):
    """Returns a parent and their link to a slow state."""
    wrong_answers(stage, parent)
    steps(stage, parent)
    link_id = one_person_twice(stage, parent)
    password_changed(stage)
    nothing_to_show(stage)
    forgotten(stage, parent)
    two_cases(stage, parent)
    leaving(stage, parent, link_id)
    watching(parent)
    return first_reading(stage)
