"""Every word that schemas/openapi.yaml lists happens in the sandbox, and no other word does."""
import time
import unittest

import stage as stages  # first: it says where the client of the other suites is
import journeys_of_accounts
import journeys_of_directives
import journeys_of_figures
import journeys_of_links
import journeys_of_operators
import journeys_of_requests
import journeys_of_time
import journeys_of_trouble

# What cannot be brought about from outside, and why.
OUT_OF_REACH = {
    ("/Source/outcome", "unsupported"): "no system that exists tells of neither payments nor disbursements",
    ("/RecoveryForm/ssn_notice_language", "en"): "no system that exists asks for a number there",
    ("/RecoveryForm/ssn_notice_language", "es"): "no system that exists asks for a number there",
    # An order that is refused for coming too early does not count; desk_test orders one in time.
    ("/ResendChallenge/channel", "email"): "the state with ways wants a minute between two codes",
    ("/ResendChallenge/channel", "phone"): "the state with ways wants a minute between two codes",
}
SECONDS_MAX = 90


def run_all(stage):
    """Returns why each stream of events ended."""
    late = journeys_of_requests.LateRequest(stage.client)
    parent = journeys_of_accounts.run(stage)
    journeys_of_requests.run(stage, parent)
    journeys_of_operators.run(stage)

    def settings(text):
        return journeys_of_trouble.nobody_there(stage, stages.hasty(text))

    with stage.another_gateway("hasty", settings) as (process, base):
        hasty = stage.at(parent, base)
        journeys_of_trouble.give_a_rest(hasty)
        directives = journeys_of_directives.Directives(stage, base)
        directives.run()
        directives.look_at_cases()
        slow, slow_link = journeys_of_links.run(stage, parent)
        family = journeys_of_figures.run(stage)
        journeys_of_requests.too_many_connections(hasty.client, stages.CONNECTIONS)
        journeys_of_trouble.rested(hasty)
        ends = [journeys_of_trouble.stopping(stage, hasty, process)]
    journeys_of_time.run(stage, family, slow, slow_link)
    ends += journeys_of_trouble.run(stage, parent)
    late.ended()
    return ends


class EveryWord(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        begun = time.monotonic()
        cls.stage = stages.Stage()
        cls.addClassCleanup(cls.stage.close)
        cls.ends = run_all(cls.stage)
        cls.seconds = time.monotonic() - begun

    def test_each_listed_word_is_seen(self):
        self.assertEqual(sorted(self.stage.witness.missing() - set(OUT_OF_REACH)), [])

    def test_no_other_word_is_seen(self):
        self.assertEqual(sorted(self.stage.witness.strangers), [])

    def test_what_is_out_of_reach_is_listed_and_not_seen(self):
        self.assertLessEqual(set(OUT_OF_REACH), self.stage.witness.missing())

    def test_each_stream_says_why_it_ends(self):
        self.assertEqual(self.ends, ["stopping", "time_is_up", "unavailable"])

    def test_it_takes_little_time(self):
        self.assertLess(self.seconds, SECONDS_MAX)


if __name__ == "__main__":
    unittest.main()
