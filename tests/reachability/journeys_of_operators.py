"""An operator is appointed, looks at everything there is to see, helps a parent, and is dismissed."""
import subprocess

from authenticator import add_app
from client import wait_until


def change_role(stage, verb, email):
    program = str(stage.place.bin / "casebridge")
    subprocess.run([program, "admin", verb, email, "--config", str(stage.settings)], check=True, timeout=60)


def sign_in(person, app):
    flow = person.client.good("password", person.try_sign_in())
    person.token = person.step(flow, {"code": app.code()})["session"]["token"]


def choose_a_new_password(parent):
    wait_until("the mail", lambda: any("choose a new password" in mail["subject"] for mail in parent.mails()))
    seen = parent.mailed_code()
    flow = parent.step(parent.begin_flow("reset_password"), {"email": parent.email})
    flow = parent.step(flow, {"code": parent.newer_code(seen)})
    parent.password = "willow-harbour-candle-27"
    parent.step(flow, {"new_password": parent.password})


def run(stage):
    operator, parent = stage.parent().join(), stage.parent().join()
    app, _ = add_app(operator)
    change_role(stage, "appoint", operator.email)
    sign_in(operator, app)
    own = operator.read("/v1/me")["id"]
    parent.try_sign_in("not-the-password-1")
    found = operator.call("POST", "/v1/admin/account-search", {"email": parent.email}).json
    account = f"/v1/admin/accounts/{found['id']}"
    for path in (account, f"{account}/sessions", f"{account}/events", f"/v1/admin/accounts/{own}",
                 "/v1/admin/keys", "/v1/admin/adapters", "/v1/admin/links", "/v1/admin/audit"):
        operator.read(path)
    for method, path in (("DELETE", "lock"), ("DELETE", "sessions"), ("POST", "password-reset")):
        operator.client.good(path, operator.call(method, f"{account}/{path}"))
    choose_a_new_password(parent)
    parent.sign_in().read("/v1/me/activity")
    change_role(stage, "dismiss", operator.email)
    sign_in(operator, app)
    operator.read("/v1/me/activity")
