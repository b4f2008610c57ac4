"""Operators: made at the machine, always with two factors, told in the log, without sight of a case."""
import os
import re
import sqlite3
import subprocess
import unittest

import yaml

from authenticator import add_app
from box import ROOT, BoxCase
from canary import unique_violations
from client import wait_until

OPERATIONS = yaml.safe_load((ROOT / "schemas" / "openapi.yaml").read_text(encoding="utf-8"))["paths"]
# What shows a case or a link, or changes one.
OF_PARENTS = ("GET /v1/cases", "GET /v1/ledger", "GET /v1/links", "GET /v1/link-attempts",
              "GET /v1/me/summary", "GET /v1/me/export", "GET /v1/me/activity", "GET /v1/me/events",
              "GET /v1/cases/cas_01ARZ3NDEKTSV4RRFFQ69G5FAV", "POST /v1/link-attempts",
              "POST /v1/links/lnk_01ARZ3NDEKTSV4RRFFQ69G5FAV/syncs",
              "POST /v1/systems/tx-icop/credential-recovery")
STEP_UP_S, IDLE_S, LOCK_S = 60, 900, 900
MARGIN_S = 120  # a gateway's clock goes on while its sandbox's stands
POLICY = f"operators: {{step_up_s: {STEP_UP_S}}}\n"
SOMEBODY = "acc_01ARZ3NDEKTSV4RRFFQ69G5FAV"
NO_SESSION = "ses_01ARZ3NDEKTSV4RRFFQ69G5FAV"


def operator_rows(account, session=NO_SESSION):
    """(method, path, body, is it a write that needs a fresh proof) of each operation of operators."""
    for path, methods in OPERATIONS.items():
        for method, operation in methods.items():
            if not path.startswith("/v1/admin/"):
                continue
            target = path.replace("{account_id}", account).replace("{session_id}", session)
            body = {"email": "nobody@example.com"} if "requestBody" in operation else None
            yield method.upper(), target, body, operation["x-casebridge"]["step_up"]


class Operators(BoxCase):
    def casebridge(self, *words, typed=""):
        program = str(self.box.place.bin / "casebridge")
        return subprocess.run([program, *words], input=typed, text=True, capture_output=True, timeout=60,
                              check=False)

    def appoint(self, email, verb="appoint"):
        return self.casebridge("admin", verb, email, "--config", str(self.box.settings))

    def with_app(self):
        person = self.box.parent().join()
        app, _ = add_app(person)
        return person, app

    def sign_in(self, person, app):
        flow = person.client.good("password", person.try_sign_in())
        person.token = person.step(flow, {"code": app.code()})["session"]["token"]
        return person

    def operator(self):
        person, app = self.with_app()
        self.assertEqual(self.appoint(person.email).returncode, 0)
        self.assertEqual(person.get("/v1/me").status, 401, "whoever is appointed signs in anew")
        return self.sign_in(person, app), app

    def id_of(self, person):
        return person.read("/v1/me")["id"]

    def restart_later(self, seconds):
        self.box.end_gateway()
        self.box.advance(seconds)
        self.box.start_gateway()

    def with_settings(self, more):
        before = self.box.settings.read_text(encoding="utf-8")

        def restore():
            self.box.end_gateway()
            self.box.settings.write_text(before, encoding="utf-8")
            self.box.start_gateway()
        self.box.end_gateway()
        self.box.settings.write_text(before + more, encoding="utf-8")
        self.box.start_gateway()
        self.addCleanup(restore)

    def sql(self, statement, *values):
        database = sqlite3.connect(self.box.place.run / "casebridge.db", timeout=10)
        with database:
            database.execute(statement, values)
        database.close()

    def events(self, person):
        return [(one["action"], one["actor"]) for one in person.read("/v1/me/activity?limit=500")["data"]]

    # Who is one.

    def test_who_has_no_second_factor_a_link_or_no_account_is_not_appointed(self):
        alone = self.box.parent().join()
        refused = self.appoint(alone.email)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("no second factor", refused.stderr)
        linked, _ = self.with_app()
        linked.link_and_read(self.credential("k1"))
        refused = self.appoint(linked.email)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("links to states", refused.stderr)
        self.assertEqual(self.appoint("nobody@example.com").returncode, 1)
        self.assertEqual(alone.get("/v1/me").status, 200)

    def test_an_operator_is_dismissed_with_all_sessions(self):
        operator, app = self.operator()
        self.assertEqual(operator.get("/v1/admin/keys").status, 200)
        self.assertEqual(self.appoint(operator.email, "dismiss").returncode, 0)
        self.assertEqual(operator.get("/v1/admin/keys").status, 401)
        self.sign_in(operator, app)
        self.assertEqual(operator.get("/v1/admin/keys").status, 404)
        told = self.events(operator)
        for action in ("operator_appointed", "operator_watched", "operator_dismissed"):
            self.assertIn(action, [one for one, _ in told])
        self.assertEqual(self.appoint(operator.email, "dismiss").returncode, 1, "is none any more")

    # Who is let in where.

    def test_nobody_else_finds_a_row_of_operators(self):
        parent, _ = self.with_app()
        own = self.id_of(parent)
        for account in (own, SOMEBODY, "acc_1", "lnk_01ARZ3NDEKTSV4RRFFQ69G5FAV"):
            for method, path, body, _ in operator_rows(account):
                answer = parent.call(method, path, body)
                self.assertEqual((answer.status, answer.code), (404, "not_found"), (method, path))
                bare = self.box.client.call(method, path, body)
                self.assertEqual((bare.status, bare.code), (401, "token_missing"), (method, path))
        self.assertEqual(parent.get("/v1/me").status, 200, "nothing was ended")
        self.assertNotIn("operator", {actor for _, actor in self.events(parent)})

    def test_an_operator_without_a_second_factor_is_shown_nothing(self):
        person = self.box.parent().join()
        self.sql("UPDATE account SET role = 'operator' WHERE email_canonical = ?", person.email)
        person.sign_in()
        for method, path, body, _ in operator_rows(SOMEBODY):
            answer = person.call(method, path, body)
            self.assertEqual((answer.status, answer.code), (403, "step_up_required"), (method, path))
            self.assertEqual(answer.json["remedy"]["action"], "add_second_factor")

    def test_an_operator_reaches_no_case_and_no_link(self):
        operator, _ = self.operator()
        for row in OF_PARENTS:
            method, path = row.split()
            body = {"mode": "create", "system_id": "tx-icop", "custody": "session_only"}
            answer = operator.call(method, path, body if method == "POST" else None)
            self.assertEqual((answer.status, answer.code), (404, "not_found"), row)

    def test_ids_of_others_guessed_and_of_another_kind_are_not_there(self):
        operator, _ = self.operator()
        parent = self.box.parent().join()
        own_session = operator.read("/v1/me/sessions")["data"][0]["id"]
        for account in (SOMEBODY, "acc_1", "lnk_01ARZ3NDEKTSV4RRFFQ69G5FAV", "current"):
            for method, path, body, _ in operator_rows(account):
                if "/accounts/" in path:
                    answer = operator.call(method, path, body)
                    self.assertEqual((answer.status, answer.code), (404, "not_found"), (method, path))
        # A session of another account than the one that is named.
        path = f"/v1/admin/accounts/{self.id_of(parent)}/sessions/{own_session}"
        self.assertEqual(operator.call("DELETE", path).status, 404)
        self.assertEqual(operator.get("/v1/me").status, 200)
        events = f"/v1/admin/accounts/{self.id_of(parent)}/events?limit=1"
        cursor = operator.read(events)["page"]["next_cursor"]
        other = f"/v1/admin/accounts/{self.id_of(operator)}/events?limit=1&cursor={cursor}"
        self.assertEqual(operator.get(other).code, "cursor_invalid")

    def test_each_write_asks_for_a_fresh_proof_and_no_read_does(self):
        self.with_settings(POLICY)
        operator, app = self.operator()
        parent = self.box.parent().join()
        self.restart_later(STEP_UP_S + MARGIN_S)
        account = self.id_of(parent)
        for method, path, body, is_write in operator_rows(account):
            answer = operator.call(method, path, body)
            if is_write:
                self.assertEqual((answer.status, answer.code), (403, "step_up_required"), (method, path))
                self.assertEqual(answer.json["remedy"]["action"], "step_up")
            else:
                self.assertIn(answer.status, (200, 404), (method, path))
        self.assertEqual(parent.get("/v1/me").status, 200)
        self.assertEqual({method for method, _, _, is_write in operator_rows(account) if not is_write},
                         {"GET", "POST"}, "but for the search, whose question is in its body")
        flow = operator.client.good("step-up", operator.call("POST", "/v1/flows", {"kind": "step_up",
                                                                                   "transport": "bearer"}))
        body = {"seq": flow["seq"], "fields": {"code": app.code()}}
        done = operator.client.good("code", operator.call("POST", f"/v1/flows/{flow['id']}", body))
        operator.token = done["session"]["token"]
        self.assertEqual(operator.call("DELETE", f"/v1/admin/accounts/{account}/sessions").status, 204)
        self.assertEqual(parent.get("/v1/me").status, 401)

    def test_a_session_ends_after_a_quarter_of_an_hour(self):
        operator, _ = self.operator()
        self.restart_later(IDLE_S + MARGIN_S)
        # A sweep may have taken it away already.
        self.assertIn(operator.get("/v1/admin/keys").code, ("token_expired", "token_invalid"))

    def test_the_third_wrong_password_locks_an_operator_for_a_quarter_of_an_hour(self):
        operator, app = self.operator()
        parent = self.box.parent().join()
        for person in (operator, parent):
            for _ in range(3):
                self.assertEqual(person.try_sign_in("not-the-password-1").code, "sign_in_refused")
        self.assertEqual(parent.try_sign_in().status, 200)
        self.assertEqual(operator.try_sign_in().code, "sign_in_refused")
        seen = operator.read(f"/v1/admin/accounts/{self.id_of(operator)}")
        self.assertIsNotNone(seen["lock"]["password_until"])
        self.assertEqual((seen["role"], seen["lock"]["failures"]), ("operator", 3))
        self.restart_later(LOCK_S - 30)
        self.assertEqual(operator.try_sign_in().code, "sign_in_refused")
        self.restart_later(30 + MARGIN_S)
        self.sign_in(operator, app)
        self.assertEqual(operator.get("/v1/admin/keys").status, 200)

    def canaries(self, parent):
        """What the gateway knows of a parent and of the cases."""
        told = " ".join(one.body.decode() for one in parent.client.answers)
        planted = set(re.findall(r"\b(?:cas|lnk|ord|obl|led|syn|flw|ses|lat)_[0-9A-Z]{26}\b", told))
        planted |= set(re.findall(r'"amount":"([^"]+)"', told))
        credential = self.credential("k1")
        planted |= {parent.email, parent.email.partition("@")[0], parent.password, parent.token,
                    credential["username"], credential["password"], parent.client.source,
                    parent.client.source.rpartition(".")[0]}
        for case in self.box.scenario["cases"]:
            planted.add(case["caseNumber"])
        for person in self.box.scenario["people"]:
            name = person["name"]
            planted |= {name["first"], name["last"], person["ssn"], person["dob"]}
        return {word for word in planted if word and len(word) > 3}

    # What is done and shown.

    def test_an_operator_ends_a_lock_and_the_owner_reads_of_it(self):
        operator, _ = self.operator()
        parent = self.box.parent().join()
        account = self.id_of(parent)
        for _ in range(5):
            parent.try_sign_in("not-the-password-1")
        self.assertEqual(parent.try_sign_in().code, "sign_in_refused")
        found = operator.client.good("search", operator.call("POST", "/v1/admin/account-search",
                                                             {"email": parent.email.upper()}))
        self.assertEqual(found["id"], account)
        self.assertIsNotNone(found["lock"]["password_until"])
        events = operator.read(f"/v1/admin/accounts/{account}/events?limit=500")["data"]
        self.assertIn(("sign_in_refused", "locked"), [(one["action"], one["reason"]) for one in events])
        self.assertEqual(operator.call("DELETE", f"/v1/admin/accounts/{account}/lock").status, 204)
        self.restart_later(MARGIN_S)  # one address tries five times a minute, locked or not
        self.assertEqual(parent.try_sign_in().status, 200)
        parent.sign_in()
        told = self.events(parent)
        self.assertIn(("operator_looked", "operator"), told)
        self.assertIn(("operator_unlocked", "operator"), told)
        by = [one for one in operator.read(f"/v1/admin/accounts/{account}/events?limit=500")["data"]
              if one["action"] == "operator_unlocked"]
        self.assertEqual(by[0]["operator_id"], self.id_of(operator))

    def test_a_reset_is_begun_by_an_operator_and_ended_by_its_owner(self):
        operator, _ = self.operator()
        parent = self.box.parent().join()
        path = f"/v1/admin/accounts/{self.id_of(parent)}/password-reset"
        chosen = operator.call("POST", path, {"new_password": "chosen-by-somebody-else-1"})
        self.assertEqual(chosen.status, 400, "nobody chooses for another")
        answer = operator.call("POST", path)
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(parent.get("/v1/me").status, 401)
        self.assertEqual(parent.try_sign_in().code, "sign_in_refused")
        wait_until("the mail", lambda: any("choose a new password" in mail["subject"]
                                           for mail in parent.mails()))
        seen = parent.mailed_code()
        flow = parent.step(parent.begin_flow("reset_password"), {"email": parent.email})
        flow = parent.step(flow, {"code": parent.newer_code(seen)})
        parent.password = "clover-anvil-harbour-19"
        self.assertTrue(parent.step(flow, {"new_password": parent.password})["done"])
        self.assertEqual(parent.sign_in().get("/v1/me").status, 200)
        for _ in range(4):
            self.assertEqual(operator.call("POST", path).status, 204)
        self.assertEqual(operator.call("POST", path).code, "rate_limited")

    def test_nothing_of_a_case_its_owner_or_a_place_is_in_any_answer(self):
        operator, _ = self.operator()
        parent = self.box.parent().join()
        parent.link_and_read(self.credential("k1"), custody="vaulted")
        parent.case_file(parent.read("/v1/cases")["data"][0]["id"])
        account = self.id_of(parent)
        planted = self.canaries(parent)
        self.assertGreater(len(planted), 30)
        own = {one["id"] for one in parent.read("/v1/me/sessions")["data"]}
        for method, path, body, is_write in operator_rows(account):
            if not is_write:
                operator.call(method, path, body)
        operator.call("POST", "/v1/admin/account-search", {"email": parent.email})
        for answer in operator.client.answers:
            text = answer.body.decode()
            for word in planted - own:
                self.assertNotIn(word, text, word)
            if '"system"' not in text:
                self.assertNotIn("tx-icop", text, "only adapters and links are about systems")
        seen = operator.read(f"/v1/admin/accounts/{account}")
        self.assertRegex(seen["email"], r"^p\*\*\*@e\*\*\*\.com$")
        self.assertEqual(seen["counts"]["links"], 1)

    def test_what_cannot_be_told_is_neither_shown_nor_done(self):
        operator, _ = self.operator()
        parent = self.box.parent().join()
        account = self.id_of(parent)
        with unique_violations(self.box.place.run / "casebridge.db", "audit_waiting"):
            for method, path, body, _ in operator_rows(account):
                answer = operator.call(method, path, body)
                self.assertGreaterEqual(answer.status, 409, (method, path))
                self.assertNotIn(account, answer.body.decode().replace(path, ""))
        self.assertEqual(parent.get("/v1/me").status, 200)
        self.assertEqual(parent.try_sign_in().status, 200)

    def test_links_in_trouble_name_a_system_and_nobody(self):
        operator, _ = self.operator()
        parent = self.box.parent().join()
        parent.link_and_read(self.credential("k1"))
        self.sql("UPDATE link SET state = 'action_required', reason = 'credentials_changed'"
                 " WHERE account_id = ?", self.id_of(parent))
        seen = [one for one in operator.read("/v1/admin/links")["data"] if one["state"] == "action_required"]
        self.assertEqual([(one["system"], one["problem"]) for one in seen],
                         [("tx-icop", "credentials_changed")])
        self.assertEqual(sorted(seen[0]), ["problem", "since", "state", "system"])

    # The command line.

    def command(self, operator, *words, typed=""):
        file = self.box.place.run / f"session-{operator.email}"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(descriptor, operator.token.encode())
        os.close(descriptor)
        done = self.casebridge("--server", self.box.record["plain"], "--session-file", str(file), "admin",
                               *words, typed=typed)
        operator.token = file.read_text(encoding="utf-8").strip()
        return done

    def test_the_command_line_shows_and_does_it(self):
        self.with_settings(POLICY)
        operator, app = self.operator()
        parent = self.box.parent().join()
        for words, shown in ((["accounts", parent.email], "p***@e***.com"),
                             (["sessions", parent.email], "bearer"),
                             (["audit", parent.email], "signed_in"), (["audit"], "Entries"),
                             (["keys"], "active"), (["adapters"], "texas_icop"), (["links"], "System")):
            done = self.command(operator, *words)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            self.assertIn(shown, done.stdout, words)
        self.restart_later(STEP_UP_S + MARGIN_S)
        done = self.command(operator, "sessions", parent.email, "--end", "all", typed=app.code() + "\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(parent.get("/v1/me").status, 401)
        for words in (["unlock", parent.email], ["reset", parent.email]):
            done = self.command(operator, *words)
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        self.assertEqual(self.command(operator, "accounts", "nobody@example.com").returncode, 1)


if __name__ == "__main__":
    unittest.main()
