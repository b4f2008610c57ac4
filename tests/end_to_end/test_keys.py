"""Keys of the vault are changed while a gateway runs: what is sealed stays readable, the old key goes."""
import subprocess
import unittest

from authenticator import add_app
from box import BoxCase, settle

HEARD_S = 3  # the gateway looks every second which key wraps
OLD, NEW = "seal-0001", "seal-0002"


class Keys(BoxCase):
    def keys(self, *words, settings=None):
        program, file = str(self.box.place.bin / "casebridge"), str(settings or self.box.settings)
        return subprocess.run([program, "keys", "--config", file, *words], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)

    def changed(self, old, new):
        """The gateway's settings with one text in the place of another."""
        file = self.box.place.run / "changed.yaml"
        file.write_text(self.box.settings.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        return file

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

    def test_a_database_that_is_not_there_is_not_made(self):
        done = self.keys("list", settings=self.changed("casebridge.db", "missing.db"))
        self.assertEqual(done.returncode, 69, done.stderr)
        self.assertFalse((self.box.place.run / "missing.db").exists())
        (self.box.place.run / "empty.db").touch()
        done = self.keys("list", settings=self.changed("casebridge.db", "empty.db"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("start the gateway of this release first", done.stderr)

    def test_key_files_may_be_elsewhere_than_the_settings_say(self):
        folder = self.box.place.run / "keys"
        nowhere = self.changed(f"keys: {folder}", f"keys: {folder}-of-the-service")
        self.assertEqual(self.keys("list", settings=nowhere).returncode, 69)
        done = self.keys("--keys", str(folder), "list", settings=nowhere)
        self.assertEqual((done.returncode, OLD in done.stdout), (0, True), done.stderr)


if __name__ == "__main__":
    unittest.main()
