"""The platform of ks-quick as another state: other name, own time, own share of the arrears."""
import unittest

from harness import LOOPBACK, SYSTEM_CLASSES, Simulator, case_of
from kansas import F7, KansasTest, kansas_sample

from simulators.names import Names


def oregon_sample():
    document = kansas_sample(state="OR", timeZone="America/Los_Angeles")
    case = case_of(document, F7)
    for state, cents in (("KS", 100), ("OR", 2000)):
        case["balances"].append(case["balances"][0] | {
            "bucket": "arrears_assigned", "assignee": f"state:{state}", "amountCents": cents})
    case["disbursements"] = [
        case["disbursements"][0] | {"id": state, "recipient": f"state:{state}"} for state in ("KS", "OR")]
    return document


class SecondState(KansasTest):
    system_id = "or-quick"
    scenario = staticmethod(oregon_sample)

    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator(
            oregon_sample(), LOOPBACK, dict.fromkeys(SYSTEM_CLASSES, LOOPBACK),
            names=Names({"ks-quick": "or-quick"}))
        ready = cls.simulator.ready_line()
        cls.url, cls.control_url = ready["systems"]["or-quick"], ready["control"]

    def test_whose_arrears_and_disbursements(self):
        reply = self.ask("GetFinancial")
        self.assertEqual(reply.text("hs:ChildSupportAssignedArrearsAmount"), "20.00")
        self.assertEqual(reply.texts("q:RecipientClass"), ["OTHERSTATE", "STATE"])
        self.assertEqual([call["system"] for call in self.calls()], ["or-quick"])

    def test_its_day_ends_later(self):
        self.steer("/control/clock", {"set": "2026-03-17T06:59:59Z"})
        self.now += 61199
        self.assertEqual(self.ask("GetFinancial", EndDate="20260317").code, "410")
        self.pass_time(1)
        self.assertEqual(self.ask("GetFinancial", EndDate="20260317").code, "000")


if __name__ == "__main__":
    unittest.main()
