"""Each credential of the sandbox's table makes its state do what the row says."""
import pathlib
import unittest

import stage as stages
from journeys_of_directives import Directives

import directives

README = pathlib.Path(directives.__file__).with_name("README.md")


class DirectiveCredentials(unittest.TestCase):
    maxDiff = None

    def test_the_readme_shows_the_rows(self):
        text = README.read_text(encoding="utf-8")
        shown = text.split("<!-- directives -->\n")[1].split("<!-- end -->")[0]
        self.assertEqual(shown, directives.as_table(directives.rows()))

    def test_each_leads_to_what_its_row_says(self):
        stage = stages.Stage()
        self.addCleanup(stage.close)
        with stage.another_gateway("hasty", stages.hasty) as (_, base):
            run = Directives(stage, base)
            run.run()
        self.assertEqual(run.results, run.expected)


if __name__ == "__main__":
    unittest.main()
