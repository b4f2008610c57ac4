"""The built page: it builds, its functions do what they say, and its files keep to the gateway's policy."""
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "portal" / "site"
UNIT = ROOT / "tests" / "portal" / "unit"
BUNDLES = ROOT / "build" / "portal" / "unit"


def setUpModule():
    subprocess.run([str(ROOT / "tools" / "portal"), "--tests"], check=True)


def run_in_node(name):
    """Bundles one test file with what it imports and runs it; its output when it fails, else nothing."""
    bundle = BUNDLES / f"{name}.mjs"
    bundler = ROOT / "core" / "portal" / "node_modules" / ".bin" / "esbuild"
    subprocess.run([str(bundler), str(UNIT / f"{name}.test.ts"), "--bundle", "--format=esm",
                    "--platform=node", f"--outfile={bundle}", "--log-level=warning"], check=True)
    done = subprocess.run(["node", "--test", "--test-reporter=tap", str(bundle)], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout if done.returncode or "# pass 0" in done.stdout else ""


class Functions(unittest.TestCase):
    maxDiff = None

    def test_the_next_step_of_a_state(self):
        self.assertEqual(run_in_node("next_step"), "")

    def test_amounts_days_and_words(self):
        self.assertEqual(run_in_node("format"), "")

    def test_addresses_and_devices(self):
        self.assertEqual(run_in_node("names"), "")

    def test_how_far_back_a_list_goes(self):
        self.assertEqual(run_in_node("coverage"), "")

    def test_what_takes_days(self):
        self.assertEqual(run_in_node("waiting"), "")

    def test_every_test_file_is_run(self):
        self.assertEqual({file.name for file in UNIT.glob("*")},
                         {"coverage.test.ts", "next_step.test.ts", "format.test.ts", "names.test.ts",
                          "waiting.test.ts"})


class Site(unittest.TestCase):
    def texts(self, *endings):
        for file in sorted(SITE.rglob("*")):
            if file.suffix in endings:
                yield file.name, file.read_text(encoding="utf-8")

    def test_the_page_holds_no_inline_script_or_style(self):
        page = (SITE / "index.html").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r"<script(?![^>]*\bsrc=)", page), [])
        self.assertEqual(re.findall(r"<style|\bstyle=|\bon\w+=", page), [])

    def test_nothing_is_loaded_from_elsewhere_or_written_inline(self):
        for name, text in self.texts(".css", ".html"):
            found = re.findall(r"(?:url\(|@import|src=|href=)[\"']?(?:https?:|//|data:)", text)
            self.assertEqual(found, [], name)

    def test_the_script_makes_no_markup_and_keeps_nothing(self):
        forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
                               r"|localStorage|sessionStorage|indexedDB|document\.cookie")
        scripts = list(self.texts(".js"))
        self.assertTrue(scripts)
        for name, text in scripts:
            self.assertEqual(forbidden.findall(text), [], name)

    def test_the_only_other_site_is_the_one_to_leave_to(self):
        for name, text in self.texts(".js"):
            self.assertEqual(set(re.findall(r"https?://[\w.-]+", text)), {"https://www.weather.gov"}, name)

    def test_names_of_assets_change_with_their_content(self):
        for file in (SITE / "assets").iterdir():
            self.assertRegex(file.name, r"-[A-Z0-9]{8}\.[a-z0-9]+(\.gz)?$")


if __name__ == "__main__":
    unittest.main()
