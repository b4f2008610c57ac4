"""The control port: calls, clock, faults, outbox, scenario, reset, accounts."""
import hashlib
import json
import time
import unittest

from harness import BASE, DANA, F1, PRIYA, RAFAEL, SimulatorTest, case_of, sample


class HealthAndErrors(SimulatorTest):
    def test_health(self):
        self.assertEqual(self.look("/control/health"), {
            "status": "ok", "scenario": "public-sample-1", "now": "2026-03-16T14:00:00Z"})

    def error(self, method, path, body=None):
        reply = self.control.send(method, path, body)
        return reply.status, reply.code

    def test_errors(self):
        self.assertEqual(self.error("GET", "/control/nothing"), (404, "not_found"))
        self.assertEqual(self.error("DELETE", "/control/calls"), (405, "method_not_allowed"))
        self.assertEqual(self.error("POST", "/control/clock", b"{"), (400, "not_json"))
        self.assertEqual(self.error("POST", "/control/clock", [1])[0], 422)
        self.assertEqual(self.error("GET", "/control/calls?limit=0")[0], 422)


class Calls(SimulatorTest):
    def test_fields_of_a_call(self):
        parent = self.parent(RAFAEL)
        parent.get(f"/cases/{F1}/payments?from=2025-03-01")
        shown = self.look("/control/calls?system=tx-icop&since=0&limit=2")
        self.assertEqual((shown["now"], shown["next"], len(shown["calls"])), ("2026-03-16T14:00:00Z", 2, 2))
        login, read = shown["calls"]
        body = json.dumps({"userName": RAFAEL[0], "password": RAFAEL[1]}).encode()
        self.assertIsInstance(login.pop("durationMs"), int)
        self.assertEqual(login, {
            "seq": 1, "system": "tx-icop", "op": "login", "at": "2026-03-16T14:00:00Z", "method": "POST",
            "path": f"{BASE}/auth/login", "person": "p-rafael", "case": None, "status": 200, "outcome": "ok",
            "counted": False, "effect": False, "requestId": None,
            "bodySha256": hashlib.sha256(body).hexdigest(), "auth": None, "fault": None})
        self.assertEqual((read["op"], read["path"], read["case"], read["bodySha256"]), (
            "payments", f"{BASE}/cases/{F1}/payments?from=2025-03-01", F1, None))
        self.assertRegex(read["auth"], r"^s:[0-9a-f]{8}$")

    def test_since_op_and_limit(self):
        parent = self.parent(RAFAEL)
        for _ in range(3):
            parent.get("/cases")
        self.assertEqual([c["seq"] for c in self.look("/control/calls?since=2")["calls"]], [3, 4])
        self.assertEqual([c["seq"] for c in self.look("/control/calls?op=cases&limit=1")["calls"]], [2])
        self.assertEqual(self.look("/control/calls?since=9"), {
            "now": "2026-03-16T14:00:00Z", "next": 9, "calls": []})
        self.assertEqual(self.look("/control/calls?system=oh-csenet")["calls"], [])

    def test_outcomes_of_refused_calls(self):
        parent = self.parent(RAFAEL)
        parent.get("/cases/0045678901")
        parent.get("/nowhere")
        parent.get("/cases", X_Icop_Client="x")
        rows = [(c["op"], c["status"], c["outcome"]) for c in self.calls()[1:]]
        self.assertEqual(rows, [
            ("case", 404, "not_found"), ("unknown", 404, "not_found"), ("cases", 403, "refused")])


class Clock(SimulatorTest):
    def test_advance_and_set(self):
        self.assertEqual(self.advance(900), {"now": "2026-03-16T14:15:00Z", "mode": "frozen"})
        self.assertEqual(self.look("/control/clock"), {"now": "2026-03-16T14:15:00Z", "mode": "frozen"})
        moved = self.steer("/control/clock", {"set": "2026-04-01T00:00:00Z"})
        self.assertEqual(moved["now"], "2026-04-01T00:00:00Z")

    def test_backwards_is_refused(self):
        for body in ({"set": "2026-03-16T13:59:59Z"}, {"advanceSeconds": -1}):
            self.assertEqual(self.steer("/control/clock", body, 409)["error"]["code"], "clock_backwards")
        self.assertEqual(self.advance(0)["now"], "2026-03-16T14:00:00Z")

    def test_content_is_checked(self):
        for body in ({}, {"set": "2026-04-01T00:00:00Z", "advanceSeconds": 1}, {"advanceSeconds": 1.5},
                     {"advanceSeconds": True}, {"set": "tomorrow"}, {"mode": "fast"}, {"speed": 1}):
            self.steer("/control/clock", body, 422)

    def test_running_adds_real_time(self):
        self.assertEqual(self.steer("/control/clock", {"mode": "running"})["mode"], "running")
        time.sleep(1.1)
        self.assertGreater(self.look("/control/clock")["now"], "2026-03-16T14:00:00Z")
        stopped = self.steer("/control/clock", {"mode": "frozen", "advanceSeconds": 60})
        self.assertGreater(stopped["now"], "2026-03-16T14:01:00Z")


class Faults(SimulatorTest):
    FAULT = {
        "id": "f1", "system": "tx-icop", "op": "payments", "kind": "truncate", "params": {"fraction": 0.5},
        "match": {}, "after": 1, "times": 1, "probability": 1.0}

    def test_add_replace_remove_clear(self):
        shown = self.steer("/control/faults", {"clear": True, "add": [self.FAULT]})
        self.assertEqual(shown, {"faults": [self.FAULT | {"hits": 0}]})
        self.steer("/control/faults", {"add": [self.FAULT | {"id": "f2"}, self.FAULT | {"op": "*"}]})
        self.assertEqual([(f["id"], f["op"]) for f in self.look("/control/faults")["faults"]],
                         [("f1", "*"), ("f2", "payments")])
        self.assertEqual(len(self.steer("/control/faults", {"remove": ["f1"]})["faults"]), 1)
        self.assertEqual(self.steer("/control/faults", {"clear": True})["faults"], [])

    def test_all_or_nothing(self):
        self.steer("/control/faults", {"add": [self.FAULT]})
        for wrong in ({"kind": "explode"}, {"op": "teleport"}, {"times": 0}, {"probability": 2}, {"id": 5},
                      {"system": "tx-none"}, {"params": {"fraction": "half"}}):
            refused = self.steer(
                "/control/faults", {"clear": True, "add": [self.FAULT, self.FAULT | wrong]}, 422)
            self.assertTrue(refused["error"]["pointer"].startswith("/add/1/"), refused)
        self.assertEqual([f["id"] for f in self.look("/control/faults")["faults"]], ["f1"])

    def test_needed_parameters(self):
        for kind in ("latency", "http_status"):
            self.steer("/control/faults", {"add": [self.FAULT | {"kind": kind, "params": {}}]}, 422)


class Outbox(SimulatorTest):
    def test_filters(self):
        self.parent().login(PRIYA)
        self.parent().login(PRIYA)
        self.parent().send("POST", "/auth/forgot-password", {"userName": RAFAEL[0]})
        self.assertEqual([m["seq"] for m in self.look("/control/outbox?since=1")["messages"]], [2, 3])
        self.assertEqual(self.look("/control/outbox?kind=code")["next"], 2)
        his = self.look("/control/outbox?person=p-rafael")["messages"]
        self.assertEqual([m["kind"] for m in his], ["link"])
        self.assertEqual(self.look("/control/outbox?system=tx-smart"), {"next": 0, "messages": []})


class Scenarios(SimulatorTest):
    def tearDown(self):
        self.steer("/control/scenario", sample())

    def test_replaces_everything(self):
        parent = self.parent(RAFAEL)
        self.advance(60)
        done = self.steer("/control/scenario", sample() | {"name": "second"})
        self.assertEqual(done, {
            "scenario": "second", "now": "2026-03-16T14:00:00Z", "people": 24, "cases": 10})
        self.assertEqual((self.calls(), parent.get("/cases").code), ([], "ICOP-1201"))

    def refused(self, document, pointer):
        error = self.steer("/control/scenario", document, 422)["error"]
        self.assertEqual((error["code"], error["pointer"]), ("scenario_invalid", pointer))
        return error["message"]

    def test_bad_ones_name_the_place_and_leave_the_old(self):
        parent = self.parent(RAFAEL)
        message = self.refused({"scenarioVersion": 2}, "/scenarioVersion")
        self.assertEqual(message, "scenarioVersion must be 1")
        document = sample()
        document["people"][3]["dob"] = "1990/11/30"
        self.refused(document, "/people/3/dob")
        document = sample()
        del document["otp"]
        self.refused(document, "/otp")
        document = sample()
        case_of(document, F1)["payments"][2]["amountCents"] = 10.5
        self.refused(document, "/cases/0/payments/2/amountCents")
        document = sample()
        document["credentials"][1]["person"] = "p-nobody"
        self.refused(document, "/credentials/1/person")
        document = sample()
        document["systems"]["tx-icop"]["options"]["pageSize"] = 0
        self.refused(document, "/systems/tx-icop/options/pageSize")
        document = sample()
        document["faults"] = [{"id": "f", "system": "tx-icop", "op": "cases", "kind": "none"}]
        self.refused(document, "/faults/0/kind")
        self.refused(sample() | {"extra": 1}, "/extra")
        self.refused([], "/")
        self.assertEqual(parent.get("/cases").status, 200)


class Reset(SimulatorTest):
    def fill(self):
        parent = self.parent(RAFAEL)
        parent.write("PUT", "/profile/contact", {"phone": "6145550199"})
        self.parent().login(PRIYA)
        self.add_fault("cases", "empty_body")
        self.advance(60)
        return parent

    def test_full_reset(self):
        for body in ({}, {"scenario": True}):
            parent = self.fill()
            self.assertEqual(self.steer("/control/reset", body), {
                "scenario": "public-sample-1", "now": "2026-03-16T14:00:00Z"})
            faults = self.look("/control/faults")["faults"]
            self.assertEqual((self.calls(), self.messages("code"), faults), ([], [], []))
            self.assertEqual(parent.get("/cases").code, "ICOP-1201")
            self.assertEqual(
                self.parent(RAFAEL).get("/profile").json["profile"]["phone"], "6145550142")

    def test_only_calls_or_only_outbox(self):
        parent = self.fill()
        self.steer("/control/reset", {"calls": True})
        self.assertEqual((self.calls(), len(self.messages("code"))), ([], 1))
        self.steer("/control/reset", {"outbox": True})
        self.assertEqual(self.messages("code"), [])
        self.assertEqual(parent.get("/profile").json["profile"]["phone"], "6145550199")
        self.assertEqual(self.look("/control/clock")["now"], "2026-03-16T14:01:00Z")
        self.steer("/control/reset", {"everything": True}, 422)

    def test_locks_go(self):
        for _ in range(5):
            self.parent().login((RAFAEL[0], "wrong"))
        self.steer("/control/reset", {})
        self.assertEqual(self.parent().login(RAFAEL).status, 200)


class Accounts(SimulatorTest):
    def act(self, action, credential="k2", **more):
        reply = self.steer("/control/accounts", {"credential": credential, "action": action, **more})
        self.assertEqual((reply["credential"], reply["action"]), (credential, action))
        return reply["state"]

    def login_code(self):
        reply = self.parent().login(DANA)
        return reply.json.get("error", {}).get("code", reply.json["status"])

    def test_lock_and_unlock(self):
        self.assertEqual(self.act("lock"), "active")
        self.assertEqual(self.parent().login(DANA).json["error"]["lockedUntil"], "2026-03-16T14:15:00Z")
        self.assertEqual(self.act("unlock"), "active")
        self.assertEqual(self.login_code(), "OK")
        self.act("lock", until="2026-03-16T15:00:00Z")
        self.assertEqual(self.parent().login(DANA).json["error"]["lockedUntil"], "2026-03-16T15:00:00Z")

    def test_disable_and_enable(self):
        for action, state in (("disable", "disabled"), ("disable_safety", "disabled_safety")):
            parent = self.parent(DANA)
            self.assertEqual(self.act(action), state)
            self.assertEqual(parent.get("/cases").code, "ICOP-1201")
            self.assertEqual(self.login_code(), "ICOP-1005")
            self.assertEqual(self.parent().login((DANA[0], "wrong")).code, "ICOP-1001")
            self.assertEqual(self.act("enable"), "active")
            self.assertEqual(self.login_code(), "OK")

    def test_expire_password_and_revoke_sessions(self):
        parent = self.parent(DANA)
        self.assertEqual(self.act("revoke_sessions"), "active")
        self.assertEqual(parent.get("/cases").code, "ICOP-1201")
        self.assertEqual(self.act("expire_password"), "password_expired")
        self.assertEqual(self.login_code(), "ICOP-1004")

    def test_unknown_things(self):
        self.steer("/control/accounts", {"credential": "k99", "action": "unlock"}, 422)
        self.steer("/control/accounts", {"credential": "k2", "action": "explode"}, 422)
        self.steer("/control/accounts", {"credential": "k2"}, 422)


class LockedInTheScenario(SimulatorTest):
    @staticmethod
    def scenario():
        document = sample()
        document["credentials"][0] |= {"state": "locked", "lockedUntil": None}
        document["credentials"][1] |= {"state": "locked", "lockedUntil": "2026-03-16T14:05:00Z"}
        document["credentials"][2] |= {"state": "no_case"}
        return document

    def test_lock_ends_by_itself(self):
        self.assertEqual(self.parent().login(RAFAEL).json["error"]["lockedUntil"], "2026-03-16T14:15:00Z")
        self.assertEqual(self.parent().login(DANA).json["error"]["lockedUntil"], "2026-03-16T14:05:00Z")
        self.advance(300)
        self.assertEqual(self.parent().login(DANA).status, 200)
        reply = self.steer("/control/accounts", {"credential": "k1", "action": "revoke_sessions"})
        self.assertEqual(reply["state"], "locked")
        reply = self.steer("/control/accounts", {"credential": "k1", "action": "unlock"})
        self.assertEqual(reply["state"], "active")
        self.assertEqual(self.parent().login(RAFAEL).status, 200)

    def test_no_case_is_told_like_disabled(self):
        self.assertEqual(self.parent().login(PRIYA).code, "ICOP-1005")


if __name__ == "__main__":
    unittest.main()
