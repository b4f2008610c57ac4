"""A parent with an authenticator app: adds it, signs in with it, loses it, and proves once more who it is."""
import re
import unittest

from authenticator import add_app, totp
from box import BoxCase
from canary import forms
from client import wait_until

STEP_UP_S = 60
# RFC 6238, appendix B, SHA-1.
VECTORS = ((59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
           (2000000000, "69279037"), (20000000000, "65353130"))


class ThisApp(unittest.TestCase):
    def test_it_makes_the_codes_of_the_rfc(self):
        for second, code in VECTORS:
            self.assertEqual(totp(b"12345678901234567890", second // 30, digits=8), code)


class SecondFactor(BoxCase):
    def begin(self, parent, kind):
        body = {"kind": kind, "transport": "bearer"}
        return parent.client.good(f"flow {kind}", parent.call("POST", "/v1/flows", body))

    def submit(self, parent, flow, fields):
        body = {"seq": flow["seq"], "fields": fields}
        return parent.call("POST", f"/v1/flows/{flow['id']}", body)

    def step(self, parent, flow, fields):
        return parent.client.good(f"step {flow['step']}", self.submit(parent, flow, fields))

    def with_app(self):
        """A parent who has just added an app; (parent, app, recovery codes)."""
        parent = self.box.parent().join()
        app, recovery = add_app(parent)
        return parent, app, recovery

    def subjects(self, parent):
        return [mail["subject"] for mail in parent.mails()]

    def asked_for_code(self, parent):
        flow = parent.client.good("password", parent.try_sign_in())
        self.assertEqual(flow["step"], "second_factor")
        self.assertNotIn("session", flow)
        return flow

    def test_a_journey_with_an_app_a_replayed_code_and_a_recovery_code(self):
        parent, app, recovery = self.with_app()
        self.assertEqual(len(set(recovery)), 10)
        self.assertEqual(parent.call("DELETE", "/v1/me/sessions/current").status, 204)

        flow = self.asked_for_code(parent)
        refused = self.submit(parent, flow, {"code": app.wrong_code()})
        self.assertEqual((refused.status, refused.code), (422, "code_refused"))
        used = app.code()
        parent.token = self.step(parent, refused.json["flow"], {"code": used})["session"]["token"]
        me = parent.read("/v1/me")
        self.assertEqual((me["assurance"], me["second_factor"]), ("two_factor", "totp"))

        replayed = self.submit(parent, self.asked_for_code(parent), {"code": used})
        self.assertEqual(replayed.code, "code_refused")

        flow = self.step(parent, replayed.json["flow"], {"use_recovery_code": "1"})
        typed = recovery[0].lower().replace("-", " ")
        parent.token = self.step(parent, flow, {"recovery_code": typed})["session"]["token"]
        self.assertEqual(parent.read("/v1/me")["recovery_codes_left"], 9)
        flow = self.step(parent, self.asked_for_code(parent), {"use_recovery_code": "1"})
        self.assertEqual(self.submit(parent, flow, {"recovery_code": recovery[0]}).code, "code_refused")

        wait_until("the mails", lambda: len(self.subjects(parent)) >= 4)
        for what in ("was added", "was used", "could not finish"):
            self.assertTrue(any(what in subject for subject in self.subjects(parent)), what)

    def test_what_is_sensitive_asks_for_the_app_again_after_a_while(self):
        parent, app, _ = self.with_app()
        self.set_sign_in(f"second_factor: offered, step_up_s: {STEP_UP_S}")
        self.box.end_gateway()
        self.box.advance(STEP_UP_S + 1)
        self.box.start_gateway()
        refused = parent.call("POST", "/v1/link-attempts",
                              {"mode": "create", "system_id": "tx-icop", "custody": "session_only"})
        self.assertEqual((refused.status, refused.code), (403, "step_up_required"))
        for kind in ("remove_totp", "recovery_codes", "add_totp", "change_password"):
            answer = parent.call("POST", "/v1/flows", {"kind": kind, "transport": "bearer"})
            self.assertEqual(answer.code, "step_up_required", kind)
        old = parent.token
        flow = self.begin(parent, refused.json["remedy"]["action"])
        parent.token = self.step(parent, flow, {"code": app.code()})["session"]["token"]
        self.assertEqual(parent.call("GET", "/v1/me", headers={"Authorization": f"Bearer {old}"}).status, 401)
        self.assertEqual(parent.start_link()["state"], "challenge")

    def test_where_it_is_required_nobody_is_shown_a_case_without(self):
        self.box.end_gateway()
        self.set_sign_in("second_factor: required")
        self.box.start_gateway()
        parent = self.box.parent().join()
        self.assertIs(parent.read("/v1/me")["second_factor_required"], True)
        for path in ("/v1/cases", "/v1/me/summary", "/v1/ledger", "/v1/links", "/v1/me/export",
                     "/v1/me/activity"):
            refused = parent.get(path)
            self.assertEqual((refused.status, refused.code), (403, "step_up_required"), path)
            self.assertEqual(refused.json["remedy"]["action"], "add_second_factor", path)
        add_app(parent)
        self.assertIs(parent.read("/v1/me")["second_factor_required"], False)
        self.assertEqual(parent.read("/v1/cases")["data"], [])
        self.assertEqual(parent.start_link()["state"], "challenge")

    def test_a_new_password_still_asks_for_the_app(self):
        parent, app, _ = self.with_app()
        flow = self.mailed_step(parent, "reset_password")
        self.assertEqual(flow["step"], "second_factor")
        flow = self.step(parent, flow, {"code": app.code()})
        parent.password = "clover-anvil-harbour-19"
        done = self.step(parent, flow, {"new_password": parent.password})
        self.assertTrue(done["done"])
        self.assertNotIn("session", done)
        self.assertEqual(parent.get("/v1/me").status, 401, "the session of before")
        signed_in = self.step(parent, self.asked_for_code(parent), {"code": app.code()})
        parent.token = signed_in["session"]["token"]
        self.assertEqual(parent.read("/v1/me")["assurance"], "two_factor")

    def test_an_owner_ends_a_lock(self):
        parent = self.box.parent()
        parent.register()
        for _ in range(5):
            self.assertEqual(parent.try_sign_in("not-the-password-1").code, "sign_in_refused")
        self.assertEqual(parent.try_sign_in().code, "sign_in_refused")
        self.assertTrue(self.mailed_step(parent, "unlock")["done"])
        self.assertEqual(parent.try_sign_in().status, 200)
        self.assertTrue(any("is locked for a while" in subject for subject in self.subjects(parent)))

    def test_what_is_secret_is_in_no_file(self):
        parent, app, recovery = self.with_app()
        flow = self.step(parent, self.asked_for_code(parent), {"use_recovery_code": "1"})
        self.submit(parent, flow, {"recovery_code": recovery[0]})
        wait_until("the mail", lambda: any("was used" in one for one in self.subjects(parent)))
        files = [file for file in self.box.place.run.rglob("*") if file.is_file()]
        self.assertIn("gateway.log", {file.name for file in files})
        for file in files:
            octets = file.read_bytes()
            for secret in (app.text, *recovery, *(one.replace("-", "") for one in recovery)):
                self.assertFalse(any(form in octets for form in forms(secret)), file.name)
            self.assertFalse(app.secret in octets, file.name)

    def mailed_step(self, parent, kind):
        """The flow after the code from the mail."""
        seen = parent.mailed_code()
        flow = self.step(parent, parent.begin_flow(kind), {"email": parent.email})
        return self.step(parent, flow, {"code": parent.newer_code(seen)})

    def set_sign_in(self, setting):
        """From the next start on."""
        text = self.box.settings.read_text(encoding="utf-8")
        changed, lines = re.subn(r"^sign_in: .*$", f"sign_in: {{{setting}}}", text, flags=re.M)
        self.assertEqual(lines, 1)
        self.box.settings.write_text(changed, encoding="utf-8")


if __name__ == "__main__":
    unittest.main()
