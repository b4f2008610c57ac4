"""What is secret is planted, sent through everything that may go wrong, and then looked for everywhere."""
import base64
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile
import unittest
import urllib.parse

from box import ROOT, BoxCase, credential, sample
from client import sign_in_fields, wait_until

# Each has characters that look different once escaped.
STATE_PASSWORD = 'Kestrel/"+%pw-7Quill'
WRONG_PASSWORD = 'Lapwing/"+%pw-8Thorn'
SECURITY_ANSWER = 'Heron "Marsh" & Sons 52%'
WRONG_ANSWER = 'Bittern "Fen" & Co 61%'
STATE_TOKEN = "Curlew-Token_92f1"  # what every token of the simulated state begins with
STATE_CODE = "709318"
WRONG_CODE = "318709"
OWN_PASSWORD = 'godwit-/"+%-lantern-36'
SSN = "900551234"
SSN_DASHED = "900-55-1234"
USER_NAME = "AvocetUser83"

# The state's tokens are random; this starts the same simulator with tokens that can be recognized.
SIMULATE = f"""#!/usr/bin/python3
import secrets, sys
sys.path.insert(0, {str(ROOT / 'tools')!r})
sys.dont_write_bytecode = True
token_urlsafe = secrets.token_urlsafe
secrets.token_urlsafe = lambda octets=32: ({STATE_TOKEN!r} + token_urlsafe(octets))[:43]
from simulators.command_line import main
sys.exit(main(sys.argv[1:]))
"""


def forms(secret):
    """How the secret looks raw, escaped and encoded, wherever it begins within what was encoded."""
    raw = secret.encode()
    made = {raw, raw.hex().encode(), raw.hex().upper().encode(), json.dumps(secret)[1:-1].encode(),
            urllib.parse.quote(secret, safe="").encode(), urllib.parse.quote_plus(secret).encode(),
            secret.replace('"', "&quot;").replace("&", "&amp;").encode(), raw.replace(b'"', b'""')}
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            # The first and last characters hold bits of their neighbours.
            text = encode(b"\0" * shift + raw).rstrip(b"=")
            made.add(text[(0, 2, 3)[shift]:-1])
    return made


class Canaries(BoxCase):
    options = {"deadline_permille": 50}

    @classmethod
    def scenario(cls):
        scenario = sample()
        scenario["otp"] = {"mode": "fixed", "length": 6, "value": STATE_CODE}
        scenario["systems"]["tx-icop"]["options"].update(idleSeconds=3600)
        credential(scenario, "k1").update(username=USER_NAME, password=STATE_PASSWORD, otp="email")
        credential(scenario, "k4").update(
            password=STATE_PASSWORD,
            securityQuestion={"id": "Q3", "text": "What is planted here?", "answer": SECURITY_ANSWER})
        return scenario

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="casebridge-simulate-") as folder:
            program = pathlib.Path(folder, "simulate")
            program.write_text(SIMULATE, encoding="utf-8")
            program.chmod(0o700)
            os.environ["CASEBRIDGE_SIMULATE"] = str(program)
            cls.addClassCleanup(os.environ.pop, "CASEBRIDGE_SIMULATE", None)
            super().setUpClass()
        cls.parent = cls.box.parent()
        cls.parent.password = OWN_PASSWORD
        cls.own_codes, cls.own_tokens = [], []
        cls.journey()
        cls.parent.client.get("/metrics")
        cls.collected = cls.collect()

    @classmethod
    def journey(cls):
        cls.box.fault("*", "latency", params={"ms": 0})
        cls.accounts()
        cls.box.clear_faults()
        cls.refusals()
        cls.linking("k1", "vaulted", {"code": WRONG_CODE}, {"code": STATE_CODE})
        cls.broken_answers()
        cls.linking("k4", "session_only", {"answer": WRONG_ANSWER}, {"answer": SECURITY_ANSWER})
        cls.broken_requests()

    @classmethod
    def accounts(cls):
        parent = cls.parent
        parent.register()
        cls.own_codes.append(parent.mailed_code())
        parent.try_sign_in(WRONG_PASSWORD)
        parent.sign_in()
        cls.own_tokens.append(parent.token)

    @classmethod
    def refusals(cls):
        """Wrong passwords, and what people type into the wrong field."""
        parent = cls.parent
        attempt = parent.start_link("vaulted")
        for name, password in ((USER_NAME, WRONG_PASSWORD), (SSN, SSN_DASHED)):
            refused = parent.try_answer(attempt, {"user_name": name, "password": password})
            cls.sure(refused.code == "credential_refused", refused)
            attempt = refused.json["attempt"]

    @classmethod
    def linking(cls, credential_id, custody, wrong, right):
        parent = cls.parent
        attempt = parent.answer(parent.start_link(custody), sign_in_fields(cls.credential(credential_id)))
        refused = parent.try_answer(attempt, wrong)
        cls.sure(refused.code == "challenge_wrong_answer", refused)
        cls.attempt = parent.answer(refused.json["attempt"], right)
        cls.sure(cls.attempt["state"] == "succeeded", refused)
        parent.finished(cls.attempt["sync_id"])

    @classmethod
    def broken_answers(cls):
        """The state answers what cannot be read, to readings and to sign-ins that carry the secrets."""
        parent = cls.parent
        for op, kind in (("case", "malformed"), ("balances", "drift"), ("cases", "truncate_clean"),
                         ("payments", "wrong_content_type"), ("orders", "empty_body"), ("*", "reset")):
            cls.box.clear_faults()
            cls.box.fault(op, kind)
            parent.finished(parent.sync(cls.attempt["link_id"])["id"])
        for kind in ("malformed", "http_status"):
            cls.box.clear_faults()
            cls.box.fault("login", kind, params={"status": 500, "body": SSN} if kind == "http_status" else {})
            attempt = parent.start_link("vaulted")
            parent.try_answer(attempt, {"user_name": f"{kind}-name", "password": STATE_PASSWORD})
            parent.attempt(attempt)
        cls.box.clear_faults()
        # Failures have let the breaker rest; a fresh process asks again.
        cls.box.end_gateway()
        cls.box.advance(61)
        cls.box.start_gateway()

    @classmethod
    def broken_requests(cls):
        """Bodies, paths and headers that cannot be read and hold secrets."""
        parent, attempt = cls.parent, cls.parent.start_link()
        path = f"/v1/link-attempts/{attempt['id']}/challenges/{attempt['challenge']['id']}/answer"
        flow = parent.begin_flow("sign_in")
        for secret in (STATE_PASSWORD, SSN, SSN_DASHED, OWN_PASSWORD):
            typed = json.dumps({"seq": 0, "fields": {"user_name": secret, "password": secret}}).encode()
            bodies = [typed[:-9], typed + b"}", typed.replace(b" 0,", b' "' + secret.encode() + b'",'),
                      typed[:30] + b"\xff" + typed[30:], json.dumps({secret: secret}).encode(),
                      json.dumps({"seq": 0, "fields": {secret: secret, "password": [secret]}}).encode(),
                      json.dumps({"seq": 0, "fields": {"password": secret * 200}}).encode()]
            for body in bodies:
                answers = [parent.call("POST", path, body),
                           parent.client.call("POST", f"/v1/flows/{flow['id']}", body)]
                for answer in answers:
                    cls.sure(400 <= answer.status < 500, answer)
            quoted = urllib.parse.quote(secret, safe="")
            for asked in (f"/v1/cases?{quoted}={quoted}", f"/v1/{quoted}", f"/v1/ledger?case={quoted}",
                          f"/v1/links/{quoted}"):
                cls.sure(parent.get(asked).status in (400, 404), asked)
            parent.client.get("/v1/me", headers={"Authorization": f"Bearer {quoted}"})

    @staticmethod
    def sure(condition, answer):
        """The journey must reach what it is for, or nothing is proved."""
        if not condition:
            raise AssertionError(f"the journey went another way: {answer}")

    @classmethod
    def collect(cls):
        """Everything that stays or leaves, by name. Answers are kept by their number."""
        found = {}
        for file in cls.box.place.run.rglob("*"):
            inner = file.relative_to(cls.box.place.run)
            if file.is_file() and inner.name not in ("scenario.json", "mail-sink.log", "simulators.log"):
                found[f"file {inner}"] = file.read_bytes()
        for number, answer in enumerate(cls.parent.client.answers):
            head = "\n".join(f"{name}: {value}" for name, value in answer.headers).encode()
            found[f"answer {number}"] = head + b"\n" + answer.body
        return found

    def assert_nowhere(self, secret, but=lambda name, octets: False):
        for name, octets in self.collected.items():
            for form in forms(secret):
                if form in octets and not but(name, octets):
                    self.fail(f"a secret is in {name}")

    def test_the_journey_left_what_is_searched(self):
        names = " ".join(self.collected)
        ends = ("", "-wal", "-shm")
        for needed in ("gateway.log", "gateway.out", *(f"casebridge.db{end}" for end in ends)):
            self.assertIn(f"file {needed}", names)
        self.assertIn(b"adapter", self.collected["file gateway.log"])
        self.assertTrue(any(b"casebridge_" in one and name.startswith("answer")
                            for name, one in self.collected.items()), "metrics are among the answers")
        states = [one["custody"] for one in self.parent.read("/v1/links")["data"]]
        self.assertEqual(sorted(states), ["session_only", "vaulted"])

    def test_the_search_finds_what_is_there(self):
        for encoded in (base64.b64encode(b"x" + SECURITY_ANSWER.encode() + b"yz"),
                        base64.urlsafe_b64encode(b"xy" + STATE_PASSWORD.encode()),
                        json.dumps({"a": WRONG_ANSWER}).encode(), STATE_PASSWORD.encode().hex().encode()):
            secrets = (SECURITY_ANSWER, STATE_PASSWORD, WRONG_ANSWER)
            self.assertTrue(any(form in encoded for one in secrets for form in forms(one)), encoded)

    def test_what_the_state_asks_of_a_parent_is_nowhere(self):
        for secret in (STATE_PASSWORD, WRONG_PASSWORD, SECURITY_ANSWER, WRONG_ANSWER, STATE_TOKEN, USER_NAME):
            self.assert_nowhere(secret)

    def test_a_number_of_a_person_typed_into_a_wrong_field_is_nowhere(self):
        for secret in (SSN, SSN_DASHED):
            self.assert_nowhere(secret)

    def test_short_codes_are_in_no_log_and_no_answer(self):
        # Six digits occur by chance in sealed octets and in numbers; as a word of their own they do not.
        for code in (STATE_CODE, WRONG_CODE, *self.own_codes):
            word = re.compile(rb"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" % code.encode())
            for name, octets in self.collected.items():
                if "casebridge.db" not in name and word.search(octets):
                    self.fail(f"a code is in {name}")
            for prefix in ('"code":"', '"answer":"', "code="):
                self.assert_nowhere(prefix + code)

    def test_the_password_of_the_account_is_nowhere(self):
        self.assert_nowhere(OWN_PASSWORD)

    def test_a_token_of_the_gateway_is_shown_once_and_kept_nowhere(self):
        for token in self.own_tokens:
            shown = [name for name, octets in self.collected.items() if token.encode() in octets]
            self.assertEqual(len(shown), 1)
            self.assertTrue(shown[0].startswith("answer"))
            self.assert_nowhere(token, but=lambda name, octets, once=shown[0]: name == once)

    def test_no_core_file_can_be_written(self):
        process = pathlib.Path("/proc", str(self.box.gateway["pid"]))
        limit = next(line for line in (process / "limits").read_text().splitlines() if "core file" in line)
        self.assertEqual(limit.split()[4:6], ["0", "0"])
        self.assertEqual(list(self.box.place.run.glob("core*")), [])

    def test_nobody_but_root_may_look_into_the_process(self):
        """What a process that is not dumpable shows in /proc belongs to root, whoever runs it."""
        with tempfile.TemporaryDirectory(prefix="casebridge-dumpable-") as folder:
            os.chmod(folder, 0o755)
            waits = os.path.join(folder, "settings.yaml")
            os.mkfifo(waits)
            program = shutil.copy(self.box.place.bin / "casebridge-gateway", folder)
            user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
            os.chmod(waits, 0o644)
            with subprocess.Popen([program, "--config", waits], stderr=subprocess.DEVNULL, **user) as process:
                try:
                    environment = pathlib.Path("/proc", str(process.pid), "environ")
                    wait_until("the process is closed", lambda: environment.stat().st_uid == 0, 5)
                finally:
                    process.kill()

    def test_what_holds_secrets_is_the_owners_alone(self):
        for name in ("keys", "casebridge.db", "casebridge.db-wal"):
            mode = (self.box.place.run / name).stat().st_mode
            self.assertEqual(stat.S_IMODE(mode) & 0o077, 0, name)


if __name__ == "__main__":
    unittest.main()
