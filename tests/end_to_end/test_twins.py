"""A case marked for family violence and its twin without a mark: nothing that leaves the gateway differs."""
import unittest

import twins
from box import case_of, sample

CASE = "F1-TX"
CUSTODIAL, NONCUSTODIAL = "k2", "k1"  # credentials of the two parents of that case


def marked(person):
    return twins.mark(sample(), CASE, person)


def lacking():
    """The sample without what this state withholds, and without any mark."""
    scenario = sample()
    case = case_of(scenario, CASE)
    for event in case["events"]:
        event["place"] = None
    case["contacts"] = [one for one in case["contacts"] if one["kind"] != "caseworker"]
    case["documents"] = []
    return scenario


class Twins(twins.TwinCase):
    def test_nothing_tells_a_marked_case_from_one_that_has_no_such_data(self):
        plain = self.views(lacking(), CUSTODIAL, NONCUSTODIAL)
        child_marked = self.views(marked("c-milo"), CUSTODIAL, NONCUSTODIAL)
        for mine, theirs in zip(child_marked, plain):
            self.assert_alike(mine, theirs)
        parent_marked, = self.views(marked("p-dana"), NONCUSTODIAL)
        self.assert_alike(parent_marked, plain[1])

    def test_the_one_who_is_marked_sees_the_case_as_if_nobody_were(self):
        mine, = self.views(marked("p-dana"), CUSTODIAL)
        theirs, = self.views(sample(), CUSTODIAL)
        self.assert_alike(mine, theirs)
        self.assertIn("TRAVIS TEST DISTRICT COURT RM 2", str(mine["answers"]))

    def test_the_comparison_sees_a_difference(self):
        full, = self.views(sample(), CUSTODIAL)
        poor, = self.views(lacking(), CUSTODIAL)
        self.assertNotEqual(full["answers"], poor["answers"])


if __name__ == "__main__":
    unittest.main()
