"""The NACHA file: which payments are in it, batches, names, and its own sums."""
import unittest

from georgia import CASE, NEXT, GeorgiaTest

from simulators.ga_batch.bank_file import check_digit
from simulators.ga_batch.names import letters, short_name

EMPLOYER = {"name": "ÅSA MILLS OF NORTH GEORGIA", "ein": "000000111", "address": {
    "line1": "1 TEST ST", "line2": None, "city": "ROME", "state": "GA", "zip": "30161", "confirmed": None}}


def eft(trace, cents=100, posted="2026-03-16", **changed):
    return {"id": trace, "amountCents": cents, "collectionDate": "2026-03-12", "postedDate": posted,
            "source": "income_withholding", "status": "applied", "allocations": [], "adjusts": None,
            "ref": trace} | changed


class BankTest(GeorgiaTest):
    def night(self, *payments, edit=lambda case, document: None):
        def change(case, document):
            case["payments"] = list(payments)
            edit(case, document)

        self.load_case(change)
        return self.next_run()


class Selection(BankTest):
    def test_only_electronic_payments_of_the_day(self):
        run = self.night(
            eft("990010010000001"), eft("990010010000002", status="received"),
            eft("990010010000003", posted="2026-03-15"), eft("990010010000004", posted=None),
            eft("990010010000005", cents=-100), eft("99001001000006"), eft("99001001000000X"),
            eft("990010010000008", source="direct"), eft("990010010000009", status="held"))
        self.assertEqual(run.entries("trace"), [
            "990010010000001", "990010010000002", "990010010000009", "990010010000010"])
        self.assertEqual([row[2] for row in run.records("PAY")][:1], ["990010010000001"])
        self.assertNotIn("990010010000002", [row[2] for row in run.records("PAY")])

    def test_no_entry_no_file(self):
        run = self.night(eft("990010010000001", source="direct"))
        self.assertFalse(run.has("ACH"))
        self.assertIsNone(run.told("ACH"))

    def test_restricted_cases_are_left_out(self):
        def restrict(case, _):
            case["participants"][2]["familyViolence"] = "C"

        self.assertFalse(self.night(eft("990010010000001"), edit=restrict).has("ACH"))


class Batches(BankTest):
    def test_by_bank_and_employer_with_the_decoy_last(self):
        def second_case(case, document):
            people = {person["id"]: person for person in document["people"]}
            people["p-corinne"]["employer"] = EMPLOYER
            roles = [case["participants"][0] | {"role": "noncustodial_parent"}]
            document["cases"].append(case | {
                "id": "X", "caseNumber": "700000042", "participants": roles,
                "payments": [eft("880010010000009", 300), eft("990010010000005", 400)]})

        run = self.night(eft("990010010000002", 100), eft("990010010000001", 200), edit=second_case)
        lines = run.bank_lines()
        self.assertEqual({len(line) for line in lines}, {94})
        self.assertEqual((len(lines), lines[-1]), (20, "9" * 94))
        self.assertEqual(lines[0][13:23], " 880010016")
        self.assertEqual([(line[4:20], line[40:50], line[87:]) for line in run.bank_lines("5")], [
            ("ASA MILLS OF NOR", "1880010010", "0000001"), ("RED CLAY TEST MO", "1990010010", "0000002"),
            ("ASA MILLS OF NOR", "1990010010", "0000003")])
        self.assertEqual(run.entries("trace"), [
            "880010010000009", "990010010000001", "990010010000002", "990010010000005", "990010010000006"])
        self.assertEqual(run.entries("employer"),
                         ["E000000111", "E000000443", "E000000443", *["E000000111"] * 2])
        self.assertEqual(run.entries("cents"), [f"{n:010d}" for n in (300, 200, 100, 400, 11050)])

    def test_control_records(self):
        run = self.night(eft("990010010000002", 100), eft("990010010000001", 200))
        control, = run.bank_lines("8")
        self.assertEqual((control[4:10], control[10:20], control[20:32], control[32:44]),
                         ("000006", f"{99002002 * 3:010d}", "0" * 12, f"{11350:012d}"))
        self.assertEqual(run.bank_lines("9")[0][:55], f"9000001000001{6:08d}" + control[10:44])

    def test_segment(self):
        run = self.night(eft("990010010000001", 4705))
        addenda = run.bank_lines("7")[0]
        self.assertEqual(addenda[:83].rstrip(),
                         f"705DED*CS*{CASE}*260312*4705*900447743*N*ABERNATLEO*1300000\\")
        self.assertEqual(addenda[83:], "00010000001")

    def test_without_employer_and_without_payer(self):
        def nobody(case, _):
            for participant in case["participants"]:
                participant["active"] = False

        run = self.night(eft("990010010000001"), edit=nobody)
        self.assertEqual(run.bank_lines("5")[0][4:20], "UNKNOWN EMPLOYER")
        self.assertEqual(run.entries("employer")[0], "E000000000")


class Names(unittest.TestCase):
    def test_seven_letters_and_three(self):
        for last, first, shown in (
                ("Abernathy", "Leon", "ABERNATLEO"), ("Poe", "Ira", "POE,IRA"),
                ("Núñez-Ort", "Al", "NUNEZORAL"),
                ("Mendoza", "José", "MENDOZAJOS"), ("O'Dea", "Ø", "ODEA,O")):
            self.assertEqual(short_name({"last": last, "first": first}), shown)
        self.assertEqual(letters("  De la Cruz-Straße 2 "), "DELACRUZSTRASSE")

    def test_check_digits(self):
        self.assertEqual([check_digit(routing) for routing in ("99002002", "99001001", "01100001")],
                         ["2", "6", "5"])


class Manifest(BankTest):
    def test_lines_and_kinds(self):
        run = self.night(eft("990010010000001"))
        self.assertEqual([entry["name"] for entry in run.manifest["files"]], [
            f"GA_EXTR_{NEXT}_01.csv", f"GA_ACH_{NEXT}_01.ach", f"GA_PINS_{NEXT}_01.csv"])
        for entry in run.manifest["files"]:
            self.assertTrue(run.agrees(entry["kind"]))
            self.assertEqual(entry["lines"], run.octets(entry["kind"]).count(b"\r\n"))


if __name__ == "__main__":
    unittest.main()
