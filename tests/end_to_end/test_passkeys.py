"""A parent with passkeys: adds them, signs in with nothing else, loses one, and is told of it by mail."""
import unittest

from box import BoxCase
from client import wait_until
from passkey import Passkey, add_passkey, options_in


class Passkeys(BoxCase):
    def new_passkey(self):
        return Passkey(self.box.record["secure"])

    def with_passkey(self):
        parent, passkey = self.box.parent().join(), self.new_passkey()
        add_passkey(parent, passkey)
        return parent, passkey

    def sign_in(self, parent, passkey, flow=None, **how):
        flow = flow or parent.begin_flow("sign_in")
        body = {"seq": flow["seq"], "fields": {"passkey": passkey.get(flow, **how)}}
        return parent.client.call("POST", f"/v1/flows/{flow['id']}", body)

    def test_a_passkey_alone_signs_in(self):
        parent, passkey = self.with_passkey()
        flow = parent.begin_flow("sign_in")
        self.assertEqual(options_in(flow)["allowCredentials"], [])
        parent.token = parent.client.good("sign-in", self.sign_in(parent, passkey, flow))["session"]["token"]
        me = parent.read("/v1/me")
        self.assertEqual((me["assurance"], me["second_factor"], me["passkeys"]), ("two_factor", "passkey", 1))

    def test_it_is_asked_for_after_the_password_too(self):
        parent, passkey = self.with_passkey()
        flow = parent.client.good("password", parent.try_sign_in())
        self.assertEqual(flow["step"], "passkey")
        self.assertEqual(self.sign_in(parent, passkey, flow).status, 200)

    def test_an_unverified_user_a_stranger_and_a_replay_are_refused(self):
        parent, passkey = self.with_passkey()
        self.assertEqual(self.sign_in(parent, passkey, flags=0x01).code, "sign_in_refused")
        self.assertEqual(self.sign_in(parent, self.new_passkey()).code, "sign_in_refused")
        flow = parent.begin_flow("sign_in")
        body = {"seq": flow["seq"], "fields": {"passkey": passkey.get(flow)}}
        first, again = (parent.client.call("POST", f"/v1/flows/{flow['id']}", body) for _ in range(2))
        self.assertEqual((first.status, again.code), (200, "flow_out_of_order"))

    def test_one_is_removed_the_last_one_stays_and_the_mails_say_so(self):
        parent, lost = self.with_passkey()
        add_passkey(parent, self.new_passkey(), "Tablet")
        ids = {one["name"]: one["id"] for one in parent.read("/v1/me/passkeys")["data"]}
        self.assertEqual(parent.call("DELETE", f"/v1/me/passkeys/{ids['Phone']}").status, 204)
        self.assertEqual(self.sign_in(parent, lost).code, "sign_in_refused")
        self.assertEqual(parent.call("DELETE", f"/v1/me/passkeys/{ids['Tablet']}").status, 422)
        subjects = wait_until("the mail about the removal", lambda: [
            mail["subject"] for mail in parent.mails() if "removed" in mail["subject"]])
        self.assertEqual(subjects, ["A passkey of your Casebridge account was removed"])


if __name__ == "__main__":
    unittest.main()
