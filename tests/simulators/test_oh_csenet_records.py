"""Parts of oh-csenet that are easier to see alone: layout, amounts, letters, code pages."""
import unittest

import harness  # noqa: F401  (finds the simulators)

from simulators.oh_csenet import amounts, layouts
from simulators.oh_csenet.code_page import CodePage
from simulators.oh_csenet.incoming import normal_case_number
from simulators.oh_csenet.letters import written
from simulators.oh_csenet.writer import Writer


class Layouts(unittest.TestCase):
    def test_lengths_of_the_blocks(self):
        lengths = [layouts.HEADER.length, *(block.length for block, _ in layouts.AFTER_HEADER)]
        self.assertEqual(lengths, [121, 351, 181, 1421, 341, 254, 70, 416])
        self.assertEqual(layouts.expected_length([1, 1, 1, 9, 9, 9, 1]), 8475)

    def test_places_named_by_the_document(self):
        for block, name, start, end in (
                (layouts.HEADER, "case_id", 46, 60), (layouts.HEADER, "information_count", 96, 96),
                (layouts.CASE, "internet_address", 260, 294), (layouts.CASE, "nondisclosure", 351, 351),
                (layouts.NCP_ID, "dangerous", 139, 139), (layouts.NCP_LOCATE, "home_phone", 193, 202),
                (layouts.NCP_LOCATE, "employer_confirmed", 645, 645),
                (layouts.NCP_LOCATE, "wage_amount", 651, 662),
                (layouts.NCP_LOCATE, "last_employer", 893, 932),
                (layouts.NCP_LOCATE, "wage_3_amount", 1360, 1371),
                (layouts.NCP_LOCATE, "professional_licenses", 1372, 1421),
                (layouts.PARTICIPANT, "relationship", 76, 76), (layouts.PARTICIPANT, "paternity", 341, 341),
                (layouts.ORDER, "arrears_total", 86, 97), (layouts.ORDER, "foster", 170, 181),
                (layouts.ORDER, "last_payment", 228, 235), (layouts.COLLECTION, "source", 29, 29),
                (layouts.INFORMATION, "line_5", 337, 416)):
            field = block.fields[name]
            self.assertEqual((field.start + 1, field.end), (start, end), name)

    def test_counters_must_be_digits_in_range(self):
        blank = " " * 121
        for digits, counts in (
                ("1112191", [1, 1, 1, 2, 1, 9, 1]), ("0000000", [0] * 7), ("2000000", None),
                ("0000002", None), ("00 0000", None), ("000000\u00b2", None)):
            self.assertEqual(layouts.counters_of(blank[:89] + digits + blank[96:]), counts)


class Amounts(unittest.TestCase):
    TABLE = (
        (5000, "000000005000", "000000005000"), (-5000, "-00000005000", "00000000500}"),
        (-1234, "-00000001234", "00000000123M"), (None, " " * 12, " " * 12), (0, "0" * 12, "0" * 12))

    def test_both_styles_write_and_read(self):
        for cents, minus, punched in self.TABLE:
            for style, text in ((amounts.LEADING_MINUS, minus), (amounts.OVERPUNCH, punched)):
                self.assertEqual(amounts.write(cents, style), text)
                self.assertEqual(amounts.read(text, style), cents)

    def test_other_forms_are_refused(self):
        for text, style in (
                ("00000000500}", amounts.LEADING_MINUS), ("-00000005000", amounts.OVERPUNCH),
                ("000000050.00", amounts.LEADING_MINUS), ("    00005000", amounts.LEADING_MINUS),
                ("00000005000", amounts.LEADING_MINUS), ("-0000000500}", amounts.OVERPUNCH)):
            self.assertRaises(ValueError, amounts.read, text, style)


class Letters(unittest.TestCase):
    def test_plain_letters(self):
        for text, shown in (
                ("Jos\u00e9 N\u00fa\u00f1ez", "JOSE NUNEZ"), ("S\u00f8rensen", "SORENSEN"),
                ("Stra\u00dfe", "STRASSE"),
                ("O'Neil-Smith", "O'NEIL-SMITH"), ("a_b+c*d\"", "A B C D "), ("\u0141ukasz", "LUKASZ")):
            self.assertEqual(written(text, "A"), shown)
        self.assertEqual(written("three_year+", "T"), "THREE_YEAR ")
        self.assertEqual(written("Jo_e+x@Example.org!", "I"), "Jo_e+x@Example.org ")

    def test_fields_are_filled_and_cut(self):
        writer = Writer(amounts.LEADING_MINUS)
        block = writer.block(layouts.NCP_ID, last="x" * 30, first="Al", ssn="900114471", birth="1984-07-19")
        self.assertEqual(block[:74], "X" * 21 + "AL" + " " * 33 + "900114471" + "19840719" + " ")
        self.assertEqual(len(block), 181)


class CodePages(unittest.TestCase):
    def test_line_ends(self):
        self.assertEqual(CodePage("ascii").encode(["A", "1"]), b"A\n1\n")
        self.assertEqual(CodePage("cp037").encode(["A", "1"]), b"\xc1\x15\xf1\x15")
        self.assertEqual(CodePage("cp037").encode(["A"], carriage_return=True), b"\xc1\x0d\x15")
        self.assertEqual(CodePage("ascii").encode(["A", "1"], last_end=False), b"A\n1")
        self.assertNotIn("\x85", CodePage("cp037").decode(b"\xc1\x25"))
        self.assertEqual(CodePage("ascii").encode([]), b"")


class CaseNumbers(unittest.TestCase):
    def test_leading_zeros_do_not_matter(self):
        for raw, number in (
                ("7001234567", "7001234567"), ("000007001234567", "7001234567"),
                (" 7001234567 ", "7001234567"),
                ("12", "0000000012"), ("KPC12", "KPC12"), ("", "")):
            self.assertEqual(normal_case_number(raw), number)


if __name__ == "__main__":
    unittest.main()
