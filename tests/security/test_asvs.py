"""The table of OWASP ASVS in SECURITY.md: each number once, tests that exist, counts that are right."""
import ast
import collections
import functools
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
NUMBERS = pathlib.Path(__file__).with_name("asvs_5_0_0.txt")
KINDS = ("proved", "design", "open", "does not apply")
ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|")
REFERENCE = re.compile(r"`(\w+(?:/\w+)+): ([^`]+)`")


def requirements():
    """Numbers of the standard, from lines like `1.2: 1 2 3`."""
    for line in NUMBERS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            section, members = line.split(": ")
            yield from (f"{section}.{member}" for member in members.split())


def document():
    return (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def rows():
    """(number, what, proof) of each row."""
    lines = (ROW.fullmatch(line) for line in document().splitlines())
    return [line.groups() for line in lines if line]


def kind_of(proof):
    return next((kind for kind in KINDS[1:] if proof.startswith(f"{kind}: ")), "proved")


def counts():
    """The figures below their marker: chapter -> the four of it."""
    found = re.search(r"<!-- asvs-counts -->\n((?:\|.*\n)+)", document()).group(1)
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in found.splitlines()[2:]]
    return {name.split()[0]: tuple(map(int, figures)) for name, *figures in cells}


@functools.cache
def tests_of(path):
    """The names of the tests in a file that is named without its ending; None: there is no such file."""
    file = next((file for ending in (".cpp", ".py", ".mjs")
                 if (file := (TESTS / path).with_suffix(ending)).is_file()), None)
    if file is None:
        return None
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".cpp":
        found = re.findall(r"^TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", text, re.M)
        return {f"{suite}.{name}" for suite, name in found}
    if file.suffix == ".mjs":
        titles = re.findall(r"\btest\(([\"`])(.+?)(?: \(\$\{\w+\}\))?\1", text)
        return {title for _, title in titles} | set(re.findall(r"^export async function (\w+)\(", text, re.M))
    return {f"{group.name}.{one.name}" for group in ast.parse(text).body if isinstance(group, ast.ClassDef)
            for one in group.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}


def exist(path, names):
    """Whether all tests are there. A title in words may hold commas; those of other files hold none."""
    known = tests_of(path)
    return known is not None and (names in known or all(name in known for name in names.split(", ")))


class Asvs(unittest.TestCase):
    maxDiff = None

    def test_every_requirement_has_one_row_in_its_order(self):
        expected = list(requirements())
        self.assertEqual(len(expected), 253)
        self.assertEqual([number for number, _, _ in rows()], expected)

    def test_what_is_not_proved_says_why_and_what_is_proved_names_a_test(self):
        for number, _, proof in rows():
            if kind_of(proof) == "proved":
                self.assertRegex(proof, rf"^{REFERENCE.pattern}", number)
            else:
                self.assertRegex(proof, r": \S", number)

    def test_every_test_that_is_named_exists(self):
        missing = [f"{number}: {path}: {names}" for number, _, proof in rows()
                   for path, names in REFERENCE.findall(proof) if not exist(path, names)]
        self.assertEqual(missing, [])

    def test_the_counts_are_those_of_the_rows(self):
        found = collections.Counter((number.split(".")[0], kind_of(proof)) for number, _, proof in rows())
        chapters = sorted({chapter for chapter, _ in found}, key=int)
        expected = {chapter: tuple(found[chapter, kind] for kind in KINDS) for chapter in chapters}
        expected["All"] = tuple(sum(figures) for figures in zip(*expected.values()))
        self.assertEqual(counts(), expected)


class Names(unittest.TestCase):
    """A name that is wrong in any part is noticed, or the tests above would show nothing."""

    def test_good_names_are_found(self):
        self.assertTrue(exist("unit/http/query_test", "Query.Decodes, Query.RefusesWhatIsDoubtful"))
        self.assertTrue(exist("security/test_asvs", "Names.test_good_names_are_found"))
        self.assertTrue(exist("browser/troubles", "leaving quickly leaves no trace, and Back shows nothing"))

    def test_wrong_names_are_not(self):
        query, page, here = "unit/http/query_test", "browser/troubles", "security/test_asvs"
        for path, name in ((query, "Query.Decode"), (query, "Other.Decodes"), (page, "leaving quickly"),
                           (query, "Query.Decodes, Query.Nothing"), ("unit/http/none_test", "Query.Decodes"),
                           (here, "Asvs.test_good_names_are_found"), (here, "Names.exist")):
            self.assertFalse(exist(path, name), f"{path}: {name}")


if __name__ == "__main__":
    unittest.main()
