"""A second state on the same platform: another scenario, other names, its own time and its own texts."""
import unittest

from california import BASE, CASE, IMANI, Browser
from harness import LOOPBACK, SYSTEM_CLASSES, Simulator, SimulatorTest, case_of
from smart import PRIYA, SmartTest, User, smart_sample

from simulators.names import Names

NAMES = {"ca-connect": "ut-connect", "tx-smart": "id-smart"}


def second_scenario():
    """Only the two platforms, both in the mountains; it names the systems by the ids of the documents."""
    document = smart_sample(timeZone="America/Denver", sourceSystem="IDCSES")
    document["systems"] = {name: document["systems"][name] for name in NAMES}
    document["systems"]["ca-connect"]["options"]["timeZone"] = "America/Denver"
    case_of(document, CASE)["balances"][1]["assignee"] = "state:UT"
    document["faults"] = [{"id": "f", "system": "tx-smart", "op": "GetPaymentPlan", "kind": "html_502"}]
    return document


class SecondState(SmartTest):
    system_id = "id-smart"

    @classmethod
    def setUpClass(cls):
        listen = dict.fromkeys(SYSTEM_CLASSES, LOOPBACK)
        cls.simulator = Simulator(second_scenario(), LOOPBACK, listen, names=Names(NAMES))
        ready = cls.simulator.ready_line()
        cls.systems, cls.control_url = ready["systems"], ready["control"]
        cls.url = cls.systems["id-smart"]

    def test_ready_line_has_the_names(self):
        self.assertEqual(set(self.systems), {"ut-connect", "id-smart"})

    def test_soap_platform_in_its_own_time(self):
        user = self.user()
        self.assertEqual(user.login(PRIYA).value("ExpiresAt"), "2026-03-16T08:10:00-06:00")
        self.sign_in(user)
        self.assertEqual(user.ask("GetCases").value("SourceSystem"), "IDCSES")
        self.steer("/control/clock", {"set": "2026-03-17T06:30:00Z"})
        self.refused(user.ask("GetCases"), "S-503", RetryAfterSeconds="1800")

    def test_html_platform_in_its_own_time(self):
        browser = Browser(self.systems["ut-connect"])
        self.addCleanup(browser.wire.close)
        self.assertEqual(browser.login(IMANI).location, f"{BASE}/home")
        self.assertIn("Past Due to State", browser.of_case("summary").text)
        self.assertIn("04/02/2026 11:00 AM MT", browser.of_case("appointments").text)
        self.steer("/control/clock", {"set": "2026-03-22T06:00:00Z"})
        self.assertEqual(browser.get("/home").tag("time")["datetime"], "2026-03-22T12:00:00Z")

    def test_control_port_speaks_of_the_names(self):
        user = self.user()
        user.login(PRIYA)
        rows = self.look("/control/calls?system=id-smart")["calls"]
        self.assertEqual([(row["system"], row["op"]) for row in rows], [("id-smart", "Login")])
        self.assertEqual(self.look("/control/calls?system=ut-connect")["calls"], [])
        message, = self.look("/control/outbox?system=id-smart")["messages"]
        self.assertEqual(message["system"], "id-smart")
        self.add_fault("Login", "html_502")
        self.assertEqual(user.login(PRIYA).status, 502)
        faults = self.look("/control/faults")["faults"]
        self.assertEqual([fault["system"] for fault in faults], ["id-smart", "id-smart"])

    def test_faults_of_the_scenario_stay_with_their_system(self):
        user = self.signed_in()
        self.assertEqual(user.of_case("GetPaymentPlan", "0023456789").status, 502)


class FirstState(SimulatorTest):
    system_id = "tx-smart"

    def test_two_simulators_stand_beside_each_other(self):
        second = Simulator(second_scenario(), LOOPBACK, dict.fromkeys(SYSTEM_CLASSES, LOOPBACK),
                           names=Names(NAMES))
        self.addCleanup(second.stop)
        user = User(second.ready_line()["systems"]["id-smart"])
        self.addCleanup(user.wire.close)
        for _ in range(4):
            last = user.login((PRIYA[0], "wrong"))
        self.assertEqual(last.code, "S-102")
        here = User(self.url)
        self.addCleanup(here.wire.close)
        self.assertEqual(here.login(PRIYA).value("Result"), "CodeSent")
        self.assertEqual(len(self.calls()), 1)


if __name__ == "__main__":
    unittest.main()
