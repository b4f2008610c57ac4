"""Runs the README's walk-through with curl, word for word, in a fresh sandbox, and checks its figures."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "sandbox"))
import down  # noqa: E402
import layout  # noqa: E402
import sandbox  # noqa: E402


def walkthrough():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.search(r"<!-- walkthrough -->\n```sh\n(.*?)```", text, re.S).group(1)


class ReadmeWalkthrough(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="casebridge-readme-")
        preset = pathlib.Path(os.environ.get("CASEBRIDGE_BUILD_DIR", ROOT / "build" / "dev")).name
        cls.place = layout.Layout(cls.folder.name, preset)
        cls.record = sandbox.start(cls.place, ports=(0, 0))
        environment = dict(os.environ, S=cls.record["secure"], CA=str(layout.TLS / "ca.pem"),
                           MAIL=cls.record["mail"], CONTROL=cls.record["control"])
        cls.ran = subprocess.run(["bash", "-eu", "-o", "pipefail", "-c", walkthrough()], env=environment,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120,
                                 check=False)

    @classmethod
    def tearDownClass(cls):
        down.stop_sandbox(cls.place)
        cls.folder.cleanup()

    def test_every_line_succeeds(self):
        self.assertEqual(self.ran.returncode, 0, self.ran.stderr + self.ran.stdout)

    def test_arrears_and_interest_are_those_of_the_scenario(self):
        self.assertRegex(self.ran.stdout, r"total_arrears  5000\.00  as of 2026-03-01")
        self.assertRegex(self.ran.stdout, r"interest  320\.00  as of 2026-03-01")

    def test_all_twelve_payments_are_listed_newest_first(self):
        payments = re.findall(r"^(\d{4}-\d\d-\d\d)  750\.00  other_state$", self.ran.stdout, re.M)
        self.assertEqual(len(payments), 12)
        self.assertEqual(payments, sorted(payments, reverse=True))

    def test_no_secret_is_in_the_log(self):
        log = (self.place.run / "gateway.log").read_text(encoding="utf-8")
        secrets = ("Blue-Harbor7!", "plum-ladder-cloud-41", "RafaelQL84", "pat@example.com", "0012345678")
        for secret in secrets:
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    unittest.main()
