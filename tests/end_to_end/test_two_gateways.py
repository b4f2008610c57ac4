"""Two gateways on one PostgreSQL are one to a parent: they share sessions, attempts, throttles and jobs."""
import os
import signal
import threading
import unittest

from authenticator import add_app
from box import Box, BoxCase, credential, sample, settle
from client import Client, sign_in_fields, wait_until
from passkey import Passkey, add_passkey
from postgres import PostgresServer, programs

LEASE_S = 4  # how long a job is kept for a gateway that has died


@unittest.skipUnless(programs(), "PostgreSQL is not installed")
class TwoGateways(BoxCase):
    @classmethod
    def scenario(cls):
        scenario = sample()
        credential(scenario, "k3")["otp"] = "email"
        return scenario

    @classmethod
    def setUpClass(cls):
        server = PostgresServer()
        cls.addClassCleanup(server.close)
        cls.box = Box(cls.scenario(), database=server.new_database())
        cls.addClassCleanup(cls.box.close)
        settings = cls.box.settings.read_text(encoding="utf-8")
        cls.box.settings.write_text(settings.replace("workers: {", f"workers: {{job_lease_s: {LEASE_S}, "),
                                    encoding="utf-8")
        cls.box.end_gateway()
        cls.box.start_gateway()
        cls.second, cls.beside = cls.box.second_gateway()

    def test_a_session_counts_at_both_until_it_is_ended_at_one(self):
        here = self.box.parent().join()
        there = here.at(self.beside)
        self.assertEqual(there.read("/v1/me"), here.read("/v1/me"))
        self.assertEqual(there.call("DELETE", "/v1/me/sessions/current").status, 204)
        self.assertEqual((here.get("/v1/me").status, here.get("/v1/me").code), (401, "token_invalid"))

    def test_a_code_of_an_app_signs_in_at_one_of_them(self):
        here = self.box.parent().join()
        app, _ = add_app(here)
        there = here.at(self.beside)
        flows = [parent.client.good("password", parent.try_sign_in()) for parent in (here, there)]
        code, answers = app.code(), []

        def submit(parent, flow):
            body = {"seq": flow["seq"], "fields": {"code": code}}
            answers.append(parent.client.call("POST", f"/v1/flows/{flow['id']}", body))
        threads = [threading.Thread(target=submit, args=pair) for pair in zip((here, there), flows)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answer.status for answer in answers), [200, 422])
        self.assertEqual({answer.code for answer in answers}, {None, "code_refused"})

    def test_an_answer_of_a_passkey_is_taken_by_one_of_them(self):
        here, passkey = self.box.parent().join(), Passkey(self.box.record["secure"])
        add_passkey(here, passkey)
        there = here.at(self.beside)
        flow, answers = here.begin_flow("sign_in"), []
        body = {"seq": flow["seq"], "fields": {"passkey": passkey.get(flow)}}

        def submit(parent):
            answers.append(parent.client.call("POST", f"/v1/flows/{flow['id']}", body))
        threads = [threading.Thread(target=submit, args=(parent,)) for parent in (here, there) * 3]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [409] * 5)
        self.assertEqual({answer.code for answer in answers}, {None, "flow_out_of_order"})

    def test_an_attempt_begun_at_one_is_finished_at_the_other(self):
        here = self.box.parent().join()
        there = here.at(self.beside)
        attempt = here.answer(there.start_link(), sign_in_fields(self.credential("k3")))
        attempt = there.answer(attempt, {"code": self.box.state_code()})
        self.assertEqual(here.finished(attempt["sync_id"])["state"], "succeeded")
        mine, theirs = here.get("/v1/cases"), there.get("/v1/cases")
        self.assertEqual(mine.body, theirs.body)
        self.assertEqual(mine.header("ETag"), theirs.header("ETag"))

    def test_what_one_commits_the_other_shows_at_once(self):
        here = self.box.parent().join()
        there = here.at(self.beside)
        attempt = here.link_and_read(self.credential("k2"))
        before = there.get("/v1/cases")
        self.assertEqual(there.get("/v1/cases").body, before.body)
        settle(1.1)  # instants are whole seconds
        self.assertEqual(here.finished(here.sync(attempt["link_id"])["id"])["state"], "succeeded")
        after = there.get("/v1/cases")
        self.assertNotEqual(after.header("ETag"), before.header("ETag"))
        self.assertEqual(after.body, here.get("/v1/cases").body)

    def test_two_answers_at_once_at_two_gateways_make_one_call(self):
        here = self.box.parent().join()
        attempt = here.start_link()
        before = self.box.last_call()
        self.box.fault("login", "latency", params={"ms": 300}, times=1)
        answers, at_once = [], threading.Barrier(2)

        fields = {"user_name": "BothAtOnce", "password": "Wrong-Here-1"}

        def answer(parent):
            at_once.wait()
            answers.append(parent.try_answer(attempt, fields))

        threads = [threading.Thread(target=answer, args=(one,)) for one in (here, here.at(self.beside))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(self.box.calls("login", before)), 1)
        self.assertIn("credential_refused", {one.code for one in answers})

    def test_failed_sign_ins_count_across_both(self):
        here = self.box.parent()
        here.register()
        there = here.at(Client("http://" + self.beside.host, here.client.source))
        for number, parent in enumerate((here, there, here, there, here)):
            self.assertEqual(parent.try_sign_in(f"wrong-password-{number}").code, "sign_in_refused")
        for parent in (here, there):
            refused = parent.try_sign_in()
            self.assertIn(refused.code, ("rate_limited", "sign_in_refused"))

    def test_a_refused_credential_is_refused_at_both(self):
        here = self.box.parent().join()
        wrong = {"user_name": "RefusedHere", "password": "Wrong-Everywhere-1"}
        self.assertEqual(here.try_answer(here.start_link(), wrong).code, "credential_refused")
        there = here.at(self.beside)
        before = self.box.last_call()
        self.assertEqual(there.try_answer(there.start_link(), wrong).code, "credential_already_refused")
        self.assertEqual(self.box.calls("login", before), [])

    def test_z_one_is_killed_and_the_other_goes_on_with_its_work(self):
        """The last test of this class: one of the gateways is gone afterwards."""
        here = self.box.parent().join()
        there = here.at(self.beside)
        linked = here.link_and_read(self.credential("k1"))
        begun = here.answer(here.start_link(), sign_in_fields(self.credential("k3")))
        wrong = {"user_name": "RefusedByTheDead", "password": "Wrong-Everywhere-2"}
        self.assertEqual(here.try_answer(here.start_link(), wrong).code, "credential_refused")
        guessed_at = self.guessed_four_times()
        sync, before = self.begin_reading_here_only(here, linked["link_id"])
        self.box.end_gateway(signal.SIGKILL)
        os.kill(self.second["pid"], signal.SIGCONT)

        self.assertEqual(there.finished(sync["id"], timeout_s=60)["state"], "succeeded")
        self.assertEqual(len(self.box.calls("balances", before)), 2, "cut off once, then read")
        self.assertEqual(there.answer(begun, {"code": self.box.state_code()})["state"], "succeeded")
        before = self.box.last_call()
        self.assertEqual(there.try_answer(there.start_link(), wrong).code, "credential_already_refused")
        self.assertEqual(self.box.calls("login", before), [])
        self.assertEqual(guessed_at.try_sign_in("wrong-password-5").code, "sign_in_refused")
        self.assertIn(guessed_at.try_sign_in().code, ("rate_limited", "sign_in_refused"))

    def guessed_four_times(self):
        """A parent, seen from the gateway that lives, whose password was guessed at the one that dies."""
        parent = self.box.parent()
        parent.register()
        for number in range(4):
            self.assertEqual(parent.try_sign_in(f"wrong-password-{number}").code, "sign_in_refused")
        return parent.at(Client("http://" + self.beside.host, parent.client.source))

    def begin_reading_here_only(self, parent, link_id):
        """A reading under way at the first gateway, while the second one is held."""
        os.kill(self.second["pid"], signal.SIGSTOP)
        before = self.box.last_call()
        self.box.fault("balances", "latency", params={"ms": 1500}, times=1)
        sync = parent.sync(link_id)
        wait_until("the reading is under way", lambda: self.box.calls("balances", before))
        return sync, before


if __name__ == "__main__":
    unittest.main()
