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

from box import BoxCase, credential, sample
from canary import OHIO_TOKEN, SIMULATE, STATE_TOKEN, core_of, forms, unique_violations
from client import sign_in_fields, wait_until

# Each has characters that look different once escaped.
STATE_PASSWORD = 'Kestrel/"+%pw-7Quill'
WRONG_PASSWORD = 'Lapwing/"+%pw-8Thorn'
SECURITY_ANSWER = 'Heron "Marsh" & Sons 52%'
WRONG_ANSWER = 'Bittern "Fen" & Co 61%'
STATE_CODE = "709318"
WRONG_CODE = "318709"
OWN_PASSWORD = 'godwit-/"+%-lantern-36'
SSN = "900551234"
SSN_DASHED = "900-55-1234"
USER_NAME = "AvocetUser83"
OHIO = "oh-csenet"
PIN = "58310467"
WRONG_PIN = "71946028"
OWN_SSN = "900114471"  # of p-rafael; Ohio sends it to its owner, and its end is what Ohio asks for
NAME = "Plover-Quintero"  # no secret, but nothing for a log

class Canaries(BoxCase):
    options = {"deadline_permille": 50}

    @classmethod
    def scenario(cls):
        scenario = sample()
        scenario["otp"] = {"mode": "fixed", "length": 6, "value": STATE_CODE}
        scenario["systems"]["tx-icop"]["options"].update(idleSeconds=3600)
        credential(scenario, "k1").update(username=USER_NAME, password=STATE_PASSWORD, otp="email")
        credential(scenario, "k9").update(pin=PIN)
        next(one for one in scenario["people"] if one["id"] == "p-rafael")["name"]["last"] = NAME
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
        cls.ohio()
        cls.refused_writes()
        cls.in_memory = cls.look_into_memory()
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
    def ohio(cls):
        """A wrong PIN and the right one, and answers to both and to readings that cannot be read."""
        parent = cls.parent
        right = sign_in_fields(cls.credential("k9"))
        refused = parent.try_answer(parent.start_link("vaulted", system=OHIO), {**right, "pin": WRONG_PIN})
        cls.sure(refused.code == "credential_refused", refused)
        attempt = parent.answer(refused.json["attempt"], right)
        cls.sure(parent.finished(attempt["sync_id"])["state"] == "succeeded", attempt)
        for op, kind in (("csenet", "malformed"), ("csenet", "bad_amount"), ("csenet", "short_line"),
                         ("csenet", "abend"), ("csenet", "wrong_codepage"), ("auth", "malformed")):
            cls.box.clear_faults()
            cls.box.fault(op, kind, system=OHIO)
            if op == "auth":
                parent.try_answer(parent.start_link("vaulted", system=OHIO), right)
            else:
                parent.finished(parent.sync(attempt["link_id"])["id"])
        cls.box.clear_faults()

    @classmethod
    def refused_writes(cls):
        """The database refuses what holds or comes with a secret: SQLite's library would print all of it."""
        parent, file = cls.parent, cls.box.place.run / "casebridge.db"
        newcomer = cls.box.parent()
        newcomer.client, newcomer.password = parent.client, OWN_PASSWORD
        signing_in, registering = parent.begin_flow("sign_in"), parent.begin_flow("registration")
        texas, ohio = parent.start_link("vaulted"), parent.start_link("vaulted", system=OHIO)
        with unique_violations(file, "session", "one_time_code", "mail", "refused_credential"):
            for flow, who in ((signing_in, parent), (registering, newcomer)):
                fields = {"email": who.email, "password": OWN_PASSWORD}
                path = f"/v1/flows/{flow['id']}"
                answer = parent.client.call("POST", path, {"seq": flow["seq"], "fields": fields})
                cls.sure(answer.status >= 500, answer)
            for attempt, fields in ((texas, {"user_name": "Unknown", "password": STATE_PASSWORD}),
                                    (ohio, sign_in_fields(cls.credential("k9"), pin=PIN[::-1]))):
                answer = parent.try_answer(attempt, fields)
                cls.sure(answer.code == "dependency_failed", answer)
        with unique_violations(file, "record_version"):
            attempt = parent.answer(parent.start_link(), sign_in_fields(cls.credential("k2")))
            cls.sure(attempt["state"] == "succeeded", attempt)
            wait_until("the refused reading", lambda: any(line["event"] == "job_failed"
                                                          for line in cls.box.log_lines()))

    @classmethod
    def look_into_memory(cls):
        """Which of the secrets a core file of the gateway would hold now, and whether a name is found."""
        if os.geteuid() != 0:
            return None
        typed = {"state password": STATE_PASSWORD, "refused password": WRONG_PASSWORD, "PIN": PIN,
                 "answer": SECURITY_ANSWER, "refused answer": WRONG_ANSWER, "refused PIN": WRONG_PIN,
                 "own password": OWN_PASSWORD, "token of Ohio": OHIO_TOKEN, "number": OWN_SSN}
        mappings = list(core_of(cls.box.gateway["pid"]))
        found = [(name, where) for where, octets in mappings for name, secret in typed.items()
                 if any(form in octets for form in forms(secret))]
        return {"secrets": found, "name": any(NAME.encode() in octets for _, octets in mappings)}

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
        self.assertEqual(sorted(states), ["session_only", "session_only", "vaulted", "vaulted"])

    def test_the_search_finds_what_is_there(self):
        for encoded in (base64.b64encode(b"x" + SECURITY_ANSWER.encode() + b"yz"),
                        base64.urlsafe_b64encode(b"xy" + STATE_PASSWORD.encode()),
                        json.dumps({"a": WRONG_ANSWER}).encode(), STATE_PASSWORD.encode().hex().encode()):
            secrets = (SECURITY_ANSWER, STATE_PASSWORD, WRONG_ANSWER)
            self.assertTrue(any(form in encoded for one in secrets for form in forms(one)), encoded)

    def test_what_the_state_asks_of_a_parent_is_nowhere(self):
        for secret in (STATE_PASSWORD, WRONG_PASSWORD, SECURITY_ANSWER, WRONG_ANSWER, STATE_TOKEN, USER_NAME):
            self.assert_nowhere(secret)

    def test_what_ohio_asks_of_a_parent_is_nowhere(self):
        for secret in (PIN, WRONG_PIN, OHIO_TOKEN):
            self.assert_nowhere(secret)
        ssn4 = OWN_SSN[-4:]  # four digits occur by chance; as what they were typed as they do not
        for typed in (f'"ssn_last4":"{ssn4}"', f'"ssn_last4": "{ssn4}"', f"ssn_last4={ssn4}",
                      f"7001234567 {ssn4}", f"{ssn4} {PIN}", f"{ssn4} {WRONG_PIN}"):
            self.assert_nowhere(typed)

    def test_a_number_of_a_person_that_the_state_sends_is_nowhere(self):
        for secret in (OWN_SSN, f"{OWN_SSN[:3]}-{OWN_SSN[3:5]}-{OWN_SSN[5:]}"):
            self.assert_nowhere(secret)

    def test_a_write_that_the_database_refuses_is_told_without_what_was_written(self):
        log = self.collected["file gateway.log"]
        self.assertGreaterEqual(log.count(b'"category":"constraint","code":"19"'), 5)
        for value in (NAME, NAME.upper(), self.parent.email, "0012345678", "7001234567", "canary_trap"):
            self.assertNotIn(value.encode(), log + self.collected["file gateway.out"])

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

    @unittest.skipUnless(os.geteuid() == 0, "only root may look into the process")
    def test_a_core_file_would_hold_nothing_that_was_typed_or_identifies(self):
        self.assertEqual(self.in_memory["secrets"], [])
        self.assertTrue(self.in_memory["name"], "the search finds what is there")

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
