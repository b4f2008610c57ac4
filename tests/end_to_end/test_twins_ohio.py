"""An Ohio case under nondisclosure and one whose state has as little to tell: nothing that leaves differs."""
import unittest

import twins
from box import case_of, sample

CASE = "F1-OH"
NONCUSTODIAL = "k9"
# The sample gives the custodial parent no access in Ohio; the last four are those of her number.
CUSTODIAL = {"id": "k9-dana", "system": "oh-csenet", "person": "p-dana", "kind": "case_ssn4_pin",
             "caseNumber": "7001234567", "ssn4": "2210", "pin": "71820934", "state": "active"}


def whole():
    scenario = sample()
    scenario["credentials"].append(dict(CUSTODIAL))
    case_of(scenario, CASE)["events"] = [
        {"id": "V1", "kind": "hearing", "start": "2026-05-12T15:00:00Z", "end": None,
         "place": "FRANKLIN TEST COURT RM 4", "status": "scheduled", "for": "both"}]
    return scenario


def without_order(scenario):
    """No record of an order is shown under nondisclosure, but what it sets is; here it sets nothing."""
    case_of(scenario, CASE)["orders"] = []
    return scenario


def marked(person, level="C"):
    return twins.mark(without_order(whole()), CASE, person, level)


def lacking(*nameless):
    """The same case without what this state and the gateway withhold, and without any mark."""
    scenario = without_order(whole())
    case_of(scenario, CASE).update(contacts=[], intergov=[], events=[], enforcement=[])
    for person in scenario["people"]:
        if person["id"] in nameless:
            person["name"] = {"first": "", "middle": None, "last": "", "suffix": None}
    return scenario


class OhioTwins(twins.TwinCase):
    @classmethod
    def scenario(cls):
        return whole()

    def test_nothing_tells_a_case_under_nondisclosure_from_one_that_has_no_such_data(self):
        theirs, = self.views(lacking("p-dana"), NONCUSTODIAL)
        for level in ("P", "C", "D"):
            with self.subTest(level=level):
                mine, = self.views(marked("p-dana", level), NONCUSTODIAL)
                self.assert_alike(mine, theirs)

    def test_nothing_tells_that_a_child_is_at_risk(self):
        mine, = self.views(marked("c-milo"), NONCUSTODIAL)
        theirs, = self.views(lacking("p-dana", "c-milo"), NONCUSTODIAL)
        self.assert_alike(mine, theirs)

    def test_a_case_that_lacks_it_all_is_not_changed_by_its_mark(self):
        mine, = self.views(twins.mark(lacking("p-dana"), CASE, "p-dana"), NONCUSTODIAL)
        theirs, = self.views(lacking("p-dana"), NONCUSTODIAL)
        self.assert_alike(mine, theirs)

    def test_the_one_who_is_marked_sees_the_case_as_if_nobody_were(self):
        mine, = self.views(twins.mark(whole(), CASE, "p-dana"), CUSTODIAL["id"])
        theirs, = self.views(whole(), CUSTODIAL["id"])
        self.assert_alike(mine, theirs)
        self.assertIn("FRANKLIN TEST COURT RM 4", str(mine["answers"]))

    def test_the_other_parent_sees_the_money_and_no_person_place_or_state(self):
        seen, = self.views(twins.mark(whole(), CASE, "p-dana"), NONCUSTODIAL)
        said = str(seen["answers"])
        self.assertIn("4800.00", said)
        for hidden in ("WHITFIELD", "DANA", "FRANKLIN", "FULTON", "us-tx", "0012345678", "state:TX", "D-1-FM",
                       "nondisclosure", "safety", "payments_only", "violence"):
            # The child has both names of the parents.
            self.assertNotIn(hidden, said.replace("QUINTERO-WHITFIELD", ""))

    def test_the_comparison_sees_a_difference(self):
        full, = self.views(whole(), NONCUSTODIAL)
        poor, = self.views(lacking("p-dana"), NONCUSTODIAL)
        self.assertNotEqual(full["answers"], poor["answers"])


if __name__ == "__main__":
    unittest.main()
