#!/usr/bin/python3
"""Writes samples/: whole answers of the simulated systems, as an adapter gets them. Run by hand."""
import copy
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/simulators"))
import california  # noqa: E402
import georgia  # noqa: E402
import kansas  # noqa: E402
import ohio  # noqa: E402
import smart  # noqa: E402
from harness import F1, RAFAEL, SimulatorTest, case_of, sample  # noqa: E402

SAMPLES = pathlib.Path(__file__).resolve().with_name("samples")
PAYMENTS = 10  # at least, in each case: a whole page


def keep(name, octets):
    (SAMPLES / name).write_bytes(octets)
    print(f"{len(octets):>7} {name}")


def with_payments(document, number, count, view=None):
    """The case's list of payments, made longer by older ones that differ in amount and day."""
    case = case_of(document, number)
    holder = case["views"][view] if view and "payments" in case.get("views", {}).get(view, {}) else case
    payments = holder["payments"]
    for made in range(len(payments), count):
        one = copy.deepcopy(payments[made % 3])
        day = f"2025-{1 + made % 9:02}-{1 + made:02}"
        one |= {"id": f"{one['id']}-{made}", "amountCents": 10_000 + 1_237 * made, "collectionDate": day,
                "postedDate": day, "adjusts": None, "allocations": []}
        payments.append(one)
    return document


class Icop(SimulatorTest):
    @staticmethod
    def scenario():
        document = sample()
        document["systems"]["tx-icop"]["options"]["pageSize"] = PAYMENTS
        return document

    def test(self):
        parent = self.parent(RAFAEL)
        for name in ("orders", "balances", "payments", "disbursements", "enforcement", "events", "documents",
                     "messages", "contacts"):
            query = "?from=2024-03-16&to=2026-03-16" if name == "payments" else ""
            keep(f"icop_{name}.json", parent.get(f"/cases/{F1}/{name}{query}").body)
        keep("icop_cases.json", parent.get("/cases").body)
        keep("icop_case.json", parent.get(f"/cases/{F1}").body)
        keep("icop_profile.json", parent.get("/profile").body)


class Smart(smart.SmartTest):
    @staticmethod
    def scenario():
        return with_payments(smart.smart_sample(), smart.CASE, PAYMENTS, "tx-smart")

    def test(self):
        user = self.signed_in()
        keep("smart_cases.xml", user.ask("GetCases").octets)
        for name in ("GetBalance", "GetEnforcement", "GetDocuments"):
            keep(f"smart_{name[3:].lower()}.xml", user.of_case(name).octets)
        asked = {"from": "2024-03-15", "to": "2026-03-16", "page": "1"}
        keep("smart_payments.xml", user.of_case("GetPayments", attributes=asked).octets)


class California(california.CaliforniaTest):
    @staticmethod
    def scenario(**options):
        return with_payments(california.california_sample(**options), california.CASE, PAYMENTS)

    def test(self):
        for markup, language in (("A", "en"), ("B", "es")):
            self.load(self.scenario(markup=markup))
            browser = self.browser(california.IMANI, language)
            keep(f"connect_{markup.lower()}_home.html", browser.get("/home").octets)
            for name in ("summary", "payments", "documents", "appointments", "contacts"):
                keep(f"connect_{markup.lower()}_{name}.html", browser.of_case(name).octets)


class Ohio(ohio.OhioTest):
    @staticmethod
    def scenario(**options):
        return with_payments(ohio.ohio_sample(**options), ohio.CASE, 13)

    def test(self):
        other = {"codePage": "cp037", "amountSign": "overpunch"}
        for page, charset, options in (("ascii", "us-ascii", {}), ("cp037", "cp037", other)):
            self.load(self.scenario(**options))
            encoding, end = ("ascii", b"\n") if page == "ascii" else ("cp037", b"\x15")
            sender = self.sender(charset=charset)
            sign_in = "AUTH " + " ".join(ohio.RAFAEL)
            reply = sender.send("POST", "/auth", sign_in.encode(encoding) + end,
                                f"text/plain; charset={charset}")
            sender.token = reply.body.decode(encoding).split()[1]
            for serial, (name, kind) in enumerate((("case", "CSI R FRINF"), ("status", "MSC R GRUPD"),
                                                   ("interest", "MSC R GRINT")), 1):
                line = ohio.request_line(kind, serial).encode(encoding) + end
                keep(f"csenet_{page}_{name}.txt", sender.post(line).body)
            keep(f"csenet_{page}_inbox.txt", sender.inbox().body)


class Kansas(kansas.KansasTest):
    @staticmethod
    def scenario():
        return with_payments(kansas.kansas_sample(), kansas.F7, PAYMENTS)

    def test(self):
        for op in ("GetFinancial", "GetCaseActivities", "GetCaseParticipants", "GetContactInformation"):
            keep(f"quick_{op[3:].lower()}.xml", self.ask(op).body)


class Georgia(georgia.GeorgiaTest):
    @staticmethod
    def scenario():
        document = with_payments(georgia.georgia_sample(), georgia.CASE, PAYMENTS)
        # One that only the bank has told of so far.
        payment = next(one for one in case_of(document, georgia.CASE)["payments"] if one["id"] == "GA-1002")
        payment["status"] = "received"
        return document

    def test(self):
        ids = [f"3f0c1d7a-52b1-4c0e-9f63-1a2b3c4d5e{number:02}" for number in range(2)]
        self.leave([georgia.request("ADDR", "81 CHATTAHOOCHEE TEST RD", 'APT "B", REAR', "ATLANTA", "GA",
                                    "30305", "4045550155", req_id=ids[0]), georgia.enrol(req_id=ids[1])])
        run = self.next_run()
        for kind, name in (("EXTR", "night.csv"), ("ACH", "bank.ach"), ("PINS", "pins.csv"),
                           ("ACK", "acks.csv"), ("MANI", "run.json")):
            keep(f"georgia_{name}", run.octets(kind))


def main():
    SAMPLES.mkdir(exist_ok=True)
    made = unittest.TestSuite(one("test") for one in (Icop, Smart, California, Ohio, Kansas, Georgia))
    return 0 if unittest.TextTestRunner(verbosity=0).run(made).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
