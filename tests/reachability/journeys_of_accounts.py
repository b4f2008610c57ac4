"""Flows and sessions: what an account's owner, somebody else and another site may come upon."""
import http.cookies
import uuid

from authenticator import add_app
from client import PASSWORD, wait_until
from passkey import Passkey, add_passkey

NOBODY = "flw_00000000000000000000000000"


def wrong(code):
    return f"{(int(code) + 1) % 10**8:08}"


def start(client, kind, transport="bearer", locale="en", headers=None):
    body = {"kind": kind, "transport": transport, "locale": locale}
    return client.call("POST", "/v1/flows", body, headers)


def submit(client, flow, fields, headers=None):
    return client.call("POST", f"/v1/flows/{flow['id']}", {"seq": flow["seq"], "fields": fields}, headers)


def register_with_mistakes(stage):
    """A weak password, a wrong code, and one that is asked for too early; then it works."""
    parent = stage.parent()
    client = parent.client
    flow = start(client, "registration", locale="es").json
    details = {"email": parent.email, "password": "password"}
    flow = submit(client, flow, details).json["flow"]
    flow = submit(client, flow, {**details, "password": PASSWORD}).json
    code = wait_until("the mail with the code", parent.mailed_code)
    submit(client, {**flow, "seq": 0}, {"code": code})  # out of order
    submit(client, flow, {"resend": "1"})
    flow = submit(client, flow, {"code": wrong(code)}).json["flow"]
    client.get(f"/v1/flows/{flow['id']}")
    client.good("registration", submit(client, flow, {"code": code}))
    client.get(f"/v1/flows/{NOBODY}")
    submit(client, start(client, "registration").json, {"email": parent.email})
    return parent.sign_in()


def use_up_a_code(stage):
    """Too many wrong codes end the code."""
    parent = stage.parent()
    flow = start(parent.client, "registration").json
    flow = submit(parent.client, flow, {"email": parent.email, "password": PASSWORD}).json
    for number in range(10):
        answer = submit(parent.client, flow, {"code": f"{number:08}"})
        if answer.code == "code_expired":
            return
        flow = answer.json["flow"]
    raise AssertionError("a code can be guessed at for ever")


def forget_the_browser(parent):
    device = parent.read("/v1/me/devices")["data"][0]
    parent.client.good("forgetting", parent.call("DELETE", f"/v1/me/devices/{device['id']}"))
    parent.read("/v1/me/activity")


def change_password(parent):
    bearer = {"Authorization": f"Bearer {parent.token}"}
    flow = start(parent.client, "change_password", headers=bearer).json
    fields = {"current_password": parent.password, "new_password": "brisk-lantern-meadow-58"}
    flow = submit(parent.client, flow, fields, bearer).json
    if flow["step"] == "code":
        code = wait_until("the mail with the code", parent.mailed_code)
        flow = submit(parent.client, flow, {"code": code}, bearer).json
    parent.token = flow["session"]["token"]
    parent.password = fields["new_password"]


def sign_in_with_a_browser(stage, parent):
    """Cookie sessions refuse what another site's page could make a browser send."""
    client = stage.parent().client
    origin = stage.record["secure"]
    flow = start(client, "sign_in", "cookie", headers={"Origin": origin}).json
    fields = {"email": parent.email, "password": parent.password}
    answer = submit(client, flow, fields, {"Origin": origin})
    cookie = http.cookies.SimpleCookie(answer.header("Set-Cookie"))
    sent = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in cookie.items()), "Origin": origin}
    csrf = {"X-CSRF-Token": answer.json["session"]["csrf_token"]}
    client.get("/v1/me", headers=sent)
    client.call("DELETE", "/v1/me/sessions/current", headers=sent)
    elsewhere = {"Origin": "https://example.org"}
    client.call("DELETE", "/v1/me/sessions/current", headers={**sent, **csrf, **elsewhere})
    client.good("sign-out", client.call("DELETE", "/v1/me/sessions/current", headers={**sent, **csrf}))


def sessions(parent):
    client = parent.client
    client.get("/v1/me")
    client.get("/v1/me", headers={"Authorization": f"Bearer {uuid.uuid4().hex}"})
    parent.read("/v1/me")
    parent.read("/v1/me/sessions")
    parent.try_sign_in("not-the-password-1")
    verify = start(client, "verify_email").json
    submit(client, verify, {"email": parent.email, "password": parent.password})


def second_factor(stage):
    """An app is added, a recovery code takes its place once, and it stays, being the only second factor."""
    parent = stage.parent().join()

    def begin(kind):
        return start(parent.client, kind, headers={"Authorization": f"Bearer {parent.token}"}).json

    def go_on(flow, fields):
        answer = submit(parent.client, flow, fields, {"Authorization": f"Bearer {parent.token}"})
        flow = parent.client.good(f"step {flow['step']}", answer)
        parent.token = flow.get("session", {}).get("token", parent.token)
        return flow

    app, recovery = add_app(parent)
    parent.read("/v1/me")
    half = parent.try_sign_in().json
    submit(parent.client, half, {"code": f"{(int(app.code()) + 1) % 10**6:06}"})
    half = parent.try_sign_in().json
    half = submit(parent.client, half, {"use_recovery_code": "1"}).json
    submit(parent.client, half, {"recovery_code": "0000-0000-0000-0000"})
    flow = go_on(begin("step_up"), {"use_recovery_code": "1"})
    go_on(flow, {"recovery_code": recovery[0]})
    go_on(begin("recovery_codes"), {"make": "1"})
    assert begin("remove_totp")["field"] == "kind"
    parent.read("/v1/me/activity")


def passkeys(stage):
    """One is added, named and used; a second one is added, and removed, and so is an app beside them."""
    parent, phone = stage.parent().join(), Passkey(stage.record["secure"])
    add_passkey(parent, phone)
    add_passkey(parent, Passkey(stage.record["secure"], key=phone.key), "Tablet")
    flow = parent.begin_flow("sign_in")
    parent.token = parent.step(flow, {"passkey": phone.get(flow)})["session"]["token"]
    parent.read("/v1/me")
    tablet = parent.read("/v1/me/passkeys")["data"][1]
    path = f"/v1/me/passkeys/{tablet['id']}"
    parent.client.good("a name", parent.call("PATCH", path, {"name": "Old tablet"}))
    parent.client.good("a removal", parent.call("DELETE", path))
    bearer = {"Authorization": f"Bearer {parent.token}"}
    app = start(parent.client, "add_totp", headers=bearer).json
    parent.get(f"/v1/flows/{app['id']}/qr-code")
    add_app(parent)
    bearer = {"Authorization": f"Bearer {parent.token}"}
    flow = start(parent.client, "remove_totp", headers=bearer).json
    removed = parent.client.good("no app", submit(parent.client, flow, {"remove": "1"}, bearer))
    parent.token = removed["session"]["token"]
    parent.read("/v1/me/activity")
    parent.read("/.well-known/passkey-endpoints")
    parent.client.good("an address", parent.get("/.well-known/change-password"), 303)


def show_the_mail(parent, kind):
    """The flow of this kind, after its code from the mail."""
    seen = parent.mailed_code()
    flow = submit(parent.client, start(parent.client, kind).json, {"email": parent.email}).json
    return submit(parent.client, flow, {"code": parent.newer_code(seen)}).json


def choose_a_password(parent):
    """A new one, by a code from the mail."""
    parent.password = "clover-anvil-harbour-19"
    flow = show_the_mail(parent, "reset_password")
    flow = submit(parent.client, flow, {"new_password": parent.password}).json
    parent.client.good("a new password", parent.client.get(f"/v1/flows/{flow['id']}"))


def forget_password(parent):
    """A new password, and an end to a lock that is not there."""
    choose_a_password(parent)
    flow = show_the_mail(parent, "unlock")
    parent.client.good("unlock", parent.client.get(f"/v1/flows/{flow['id']}"))
    parent.sign_in()


def try_too_often(stage):
    """Somebody guesses until the password is locked; the owner, who is signed in, sees it."""
    parent = stage.parent().join()
    for number in range(5):
        parent.try_sign_in(f"not-the-password-{number}")
    parent.read("/v1/me/activity")


def lose_the_phone(stage):
    """Somebody says that the app is gone; the owner stops it from a session, by a link, and disowns it."""
    parent = stage.parent().join()
    add_app(parent)
    client = parent.client

    def begin_to_wait():
        seen = parent.mailed_code()
        fields = {"email": parent.email, "password": parent.password}
        flow = submit(client, start(client, "lost_phone").json, fields).json
        flow = submit(client, flow, {"code": parent.newer_code(seen)}).json
        client.good("hold", submit(client, flow, {"begin_hold": "true"}))

    def mailed(page, earlier=None):
        def look():
            link = parent.mailed_link(page)
            return link if link != earlier else None
        return wait_until("the mail with the link", look)

    def follow(kind, link):
        client.good(kind, submit(client, start(client, kind).json, {"link_code": link}))

    begin_to_wait()
    parent.read("/v1/me/holds")
    client.good("stop", parent.call("DELETE", "/v1/me/holds/lost_phone"))
    parent.read("/v1/me/devices")
    earlier = mailed("stop")
    begin_to_wait()
    follow("stop_hold", mailed("stop", earlier))
    parent.read("/v1/me/activity")
    follow("not_me", mailed("not-me"))
    assert parent.get("/v1/me").status == 401


def be_written_to_elsewhere(stage):
    """A second address, another one to sign in with, and the former one takes that back."""
    parent, sister, later = (stage.parent() for _ in range(3))
    parent.join()
    client = parent.client
    bearer = {"Authorization": f"Bearer {parent.token}"}

    def move(kind, to):
        flow = start(client, kind, headers=bearer).json
        flow = submit(client, flow, {"email": to.email}, bearer).json
        code = wait_until("the mail with the code", to.mailed_code)
        client.good(kind, submit(client, flow, {"code": code}, bearer))

    move("add_address", sister)
    contact = parent.read("/v1/me/contact")
    body = {"leaves_out_sign_in_address": False, "plain": True}
    client.good("contact", parent.call("PUT", "/v1/me/contact", body))
    client.good("contact", parent.call("PUT", "/v1/me/contact", {**body, "plain": False}))
    client.good("removal", parent.call("DELETE", f"/v1/me/addresses/{contact['addresses'][0]['id']}"))
    move("change_email", later)
    link = wait_until("the mail with the link", lambda: parent.mailed_link("take-back"))
    client.good("way back", submit(client, start(client, "revert_email").json, {"link_code": link}))
    choose_a_password(parent)
    parent.sign_in().read("/v1/me/activity")


def shut_everybody_out(stage):
    """A parent stops everything, takes a copy when that is allowed again, and thinks better of leaving."""
    parent = stage.parent().join()
    client = parent.client
    parent.read("/v1/me/safety-stop")
    client.good("stop", parent.call("POST", "/v1/me/safety-stop"))
    assert parent.get("/v1/me/export").code == "sharing_stopped"
    client.good("lift", parent.call("DELETE", "/v1/me/safety-stop"))
    parent.read("/v1/me/export")
    bearer = {"Authorization": f"Bearer {parent.token}"}
    flow = start(client, "delete_account", headers=bearer).json
    client.good("deletion", submit(client, flow, {"delete": "true"}, bearer))
    parent.read("/v1/me/holds")
    client.good("stop", parent.call("DELETE", "/v1/me/holds/deletion"))
    parent.read("/v1/me/activity")


def run(stage):
    """Returns a parent who is signed in."""
    parent = register_with_mistakes(stage)
    use_up_a_code(stage)
    sign_in_with_a_browser(stage, parent)
    forget_the_browser(parent)
    change_password(parent)
    sessions(parent)
    second_factor(stage)
    passkeys(stage)
    lose_the_phone(stage)
    be_written_to_elsewhere(stage)
    shut_everybody_out(stage)
    forget_password(parent)
    try_too_often(stage)
    parent.read("/v1/me/activity")
    return parent
