"""Keys of the vault are changed while a gateway runs: what is sealed stays readable, the old key goes."""
import subprocess
import unittest

from authenticator import add_app
from box import BoxCase, settle

HEARD_S = 3  # the gateway looks every second which key wraps
OLD, NEW = "seal-0001", "seal-0002"


class Keys(BoxCase):
    def keys(self, *words):
        program = str(self.box.place.bin / "casebridge")
        return subprocess.run([program, "keys", "--config", str(self.box.settings), *words], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)

    def good(self, *words):
        done = self.keys(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def rows(self):
        """State and number of rows by key, as `list` tells them."""
        lines = [line.split() for line in self.good("list").splitlines()[1:]]
        return {line[0]: (line[2], int(line[5])) for line in lines}

    def sign_in_with(self, parent, app):
        flow = parent.client.good("password", parent.try_sign_in())
        body = {"seq": flow["seq"], "fields": {"code": app.code()}}
        return parent.call("POST", f"/v1/flows/{flow['id']}", body).status

    def test_a_key_is_rotated_under_a_running_gateway(self):
        parent = self.box.parent().join()
        app, _ = add_app(parent)
        link = parent.link_and_read(self.credential("k2"), "vaulted")["link_id"]
        before = self.rows()
        self.assertEqual(before[OLD][0], "active")
        self.assertGreaterEqual(before[OLD][1], 3, "an app, a session and a credential of a state")

        self.assertEqual(self.good("add").strip(), NEW)
        settle(HEARD_S)
        self.good("rotate")
        settle(HEARD_S)
        newcomer = self.box.parent().join()
        add_app(newcomer)
        self.assertGreaterEqual(self.rows()[NEW][1], 1, "the gateway wraps with the new key")

        self.good("rewrap")
        self.assertEqual(self.rows()[OLD], ("decrypt-only", 0))
        self.assertEqual(parent.finished(parent.sync(link)["id"])["state"], "succeeded")
        self.assertEqual(self.sign_in_with(parent, app), 200)
        refused = self.keys("destroy", OLD)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("until a moment ago", refused.stderr)

        self.box.end_gateway()
        self.box.start_gateway()
        self.assertEqual(self.sign_in_with(parent, app), 200)
        checks = self.box.client.get("/health/ready").json["checks"]
        self.assertEqual(checks, {"database": "ok", "vault": "ok"})


if __name__ == "__main__":
    unittest.main()
