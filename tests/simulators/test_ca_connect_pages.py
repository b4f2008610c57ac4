"""The case pages of ca-connect: values, rules of single fields, variants, languages, safety."""
import base64
import re
import unittest

from california import BASE, CASE, IMANI, TOBIAS, CaliforniaTest, amounts_of, california_sample

from harness import case_of

FACTS = {
    "Case Number": CASE, "Case Type": "Current Assistance", "Case Status": "Open",
    "Your Role": "Person Receiving Support", "Other Parent": "Tobias Renner", "Children": "June Renner",
    "Court Case Number": "FL-556677", "Other State": "KS 0034567890",
}
SPANISH_LABELS = [
    "Número de caso", "Tipo de caso", "Estado del caso", "Su función", "Otro padre o madre", "Hijos",
    "Número de caso del tribunal", "Manutención actual", "Pago de atrasos", "Otro estado"]
BALANCES = [("Current Support Due", 54000), ("Past Due to State", 412340), ("Past Due to Family", 123456),
            ("Total Past Due", 535796)]
AMOUNT = re.compile(r"(\()?\$ ?(\d{1,3}(?:,\d{3})*\.\d{2})(?(1)\))")


def cents(text):
    match = AMOUNT.fullmatch(text)
    value = int(match.group(2).replace(",", "").replace(".", ""))
    return -value if match.group(1) else value


class PagesTest(CaliforniaTest):
    def changed(self, change, who=IMANI, **options):
        """A browser signed in to a scenario that change(case) has changed."""
        document = california_sample(**options)
        change(case_of(document, CASE))
        self.load(document)
        return self.browser(who)

    def columns(self, page, first):
        """Rows of the table whose header has this label, as objects by header."""
        rows = page.rows
        place = next(n for n, row in enumerate(rows) if len(row) > 2 and first in row)
        return [dict(zip(rows[place], row, strict=True))
                for row in rows[place + 1:] if len(row) == len(rows[place])]


class Home(PagesTest):
    def test_case_list(self):
        page = self.browser(IMANI).get("/home")
        self.assertEqual(page.rows, [["Case Number", "Your Role", "Case Status"],
                                     [CASE, "Person Receiving Support", "Open"]])
        self.assertIsNotNone(page.tag("table", id="cases"))
        self.assertEqual(page.tag("a")["href"], f"{BASE}/case/{CASE}/summary")
        self.assertFalse(page.is_empty)

    def test_case_list_in_variant_b(self):
        self.with_options(markup="B")
        page = self.browser(TOBIAS).get("/home")
        self.assertIsNotNone(page.tag("ul", **{"class": "cases"}))
        self.assertEqual(page.tag("li"), {"data-case": CASE})
        self.assertEqual(page.rows, [["Person Paying Support, Open"]])

    def test_no_case_to_show(self):
        for markup, rows in (("A", 1), ("B", 0)):
            browser = self.changed(lambda case: case["participants"][0].update(role="caretaker_other"),
                                   markup=markup)
            page = browser.get("/home")
            self.assertTrue(page.is_empty)
            self.assertEqual(len(page.rows), rows)
            self.assertEqual(browser.of_case("summary").id, "cc-none")

    def test_case_of_somebody_else(self):
        browser = self.browser(IMANI)
        for rest in ("summary", "payments", "documents", "appointments", "contacts", "message",
                     "documents/ST-202602.pdf"):
            page = browser.of_case(rest, "2000012345679")
            self.assertEqual((page.status, page.id), (200, "cc-none"))
        self.assertEqual(self.outcomes("summary"), ["not_found"])


class Summary(PagesTest):
    def summary(self, who=IMANI, **more):
        page = self.browser(who, **more).of_case("summary")
        self.assertEqual((page.status, page.id), (200, "cc-sum"))
        return page

    def test_facts_and_balances_in_all_variants_and_languages(self):
        for markup in ("A", "B"):
            self.with_options(markup=markup)
            page = self.summary()
            self.assertLessEqual(FACTS.items(), page.facts.items())
            self.assertRegex(page.facts["Current Support"], r"^\$ ?540\.00 Monthly$")
            self.assertRegex(page.facts["Arrears Payment"], r"^\$ ?60\.00 Monthly$")
            rows = self.columns(page, "Balance Type")
            self.assertEqual([(row["Balance Type"], cents(row["Amount"])) for row in rows], BALANCES)
            self.assertEqual({row["As Of"] for row in rows}, {"03/14/2026"})
            spanish = self.summary(language="es")
            self.assertEqual(list(spanish.facts), SPANISH_LABELS)
            self.assertRegex(spanish.facts["Manutención actual"], r"^\$ ?540\.00 Mensual$")
            rows = self.columns(spanish, "Tipo de saldo")
            self.assertEqual([cents(row["Cantidad"]) for row in rows], [amount for _, amount in BALANCES])
            self.assertEqual({row["Fecha"] for row in rows}, {"14/03/2026"})

    def test_markup_of_the_variants(self):
        page = self.summary()
        self.assertIsNotNone(page.tag("table", **{"class": "kv"}))
        self.assertIn("<tr><th>Case Number:</th><td>", page.text)
        self.assertIsNotNone(page.tag("table", id="bal"))
        self.with_options(markup="B")
        page = self.summary()
        self.assertIsNotNone(page.tag("dl", **{"class": "facts"}))
        self.assertIsNotNone(page.tag("table", **{"class": "grid", "data-name": "balances"}))
        self.assertIsNotNone(page.tag("span", **{"class": "v"}))
        header = next(row for row in page.rows if "Amount" in row)
        self.assertEqual(header, ["As Of", "Balance Type", "Amount"])

    def test_a_comment_holds_a_table_of_wrong_values(self):
        for markup in ("A", "B"):
            self.with_options(markup=markup)
            page = self.summary()
            comment, = re.findall("<!--.*?-->", page.text, re.DOTALL)
            self.assertIn("$ 9,999.99", comment)
            self.assertEqual(page.text.count("9,999.99"), 1)
            self.assertLess(page.text.index(comment), page.text.rindex("<table"))

    def test_variant_c_has_no_header_row_and_other_columns(self):
        self.with_options(markup="C")
        page = self.summary()
        self.assertNotIn("Balance Type", re.sub("<!--.*?-->", "", page.text, flags=re.DOTALL))
        self.assertRegex(page.rows[-1][0], AMOUNT)
        self.assertEqual(page.rows[-1][1:], ["Total Past Due", "03/14/2026"])
        self.assertLessEqual(FACTS.items(), page.facts.items())

    def test_forms_of_amounts(self):
        forms = set()
        for seed in range(6):
            document = california_sample()
            document["seed"] = seed
            self.load(document)
            forms |= {text.partition(text.lstrip("$& nbsp;"))[0] for text in amounts_of(self.summary())}
        self.assertEqual(forms, {"$", "$ ", "$&nbsp;"})

    def test_balances_without_a_text_or_secondary_are_left_out(self):
        def change(case):
            first = case["balances"][0]
            case["balances"] = [
                first | {"amountCents": -5000}, first | {"bucket": "fee"},
                first | {"concurrent": "secondary"},
                first | {"bucket": "interest", "amountCents": 123456789}, first | {"amountCents": 0}]

        page = self.changed(change).of_case("summary")
        rows = [(row["Balance Type"], cents(row["Amount"])) for row in self.columns(page, "Balance Type")]
        self.assertEqual(rows, [
            ("Current Support Due", -5000), ("Interest", 123456789), ("Current Support Due", 0)])
        self.assertIn("1,234,567.89", page.text)
        page = self.changed(lambda case: case["balances"].clear()).of_case("summary")
        self.assertEqual((self.columns(page, "Balance Type"), page.is_empty), ([], False))

    def test_current_support_adds_what_holds_today(self):
        def change(case):
            order = case["orders"][0]
            base = order["obligations"][0] | {"arrearsAmountCents": None, "arrearsFrequency": None}
            order["obligations"] = [
                base | {"frequency": "quarterly"}, base | {"amountCents": 0},
                base | {"concurrent": "secondary"}, base | {"end": "2026-03-15"},
                base | {"start": "2026-03-17"},
                base | {"frequency": "weekly", "amountCents": 100, "start": "2026-03-16", "end": "2026-03-16",
                        "arrearsAmountCents": 700, "arrearsFrequency": "semimonthly"},
                base | {"frequency": "monthly"}]
            cancelled = order | {"cancelled": "2026-01-01", "docket": "X", "obligations": [base]}
            second = order | {"docket": "Y", "obligations": [base | {"frequency": "weekly"}]}
            case["orders"] = [cancelled, order, second]

        facts = self.changed(change).of_case("summary").facts
        self.assertRegex(facts["Current Support"], r"^\$ ?541\.00 Weekly$")
        self.assertRegex(facts["Arrears Payment"], r"^\$ ?7\.00 Twice a Month$")
        self.assertEqual(facts["Court Case Number"], "FL-556677")

    def test_today_is_the_pacific_day(self):
        def change(case):
            case["orders"][0]["obligations"][0]["end"] = "2026-03-16"

        browser = self.changed(change)
        for instant, shown in (("2026-03-17T06:59:59Z", "$"), ("2026-03-17T07:00:00Z", "--")):
            self.steer("/control/clock", {"set": instant})
            self.sign_in(browser)
            self.assertTrue(browser.of_case("summary").facts["Current Support"].startswith(shown))

    def test_what_is_not_there_shows_as_not_provided(self):
        def change(case):
            case |= {"caseType": "non_iv_d", "orders": [], "intergov": [], "status": "closed"}
            case["participants"] = [p for p in case["participants"] if p["role"] == "custodial_party"]

        facts = self.changed(change).of_case("summary").facts
        self.assertEqual(facts["Case Status"], "Closed")
        self.assertEqual([label for label, value in facts.items() if value == "--"], [
            "Case Type", "Other Parent", "Children", "Court Case Number", "Current Support",
            "Arrears Payment", "Other State"])

    def test_names_are_split_by_semicolons_and_only_of_active_people(self):
        def change(case):
            child = case["participants"][2]
            case["participants"] += [
                child | {"person": "c-wren"}, child | {"person": "c-june", "active": False}]
            case["participants"][1]["active"] = False

        facts = self.changed(change).of_case("summary").facts
        self.assertEqual((facts["Other Parent"], facts["Children"].count("; ")), ("--", 1))

    def test_names_are_escaped(self):
        document = california_sample()
        name = next(p for p in document["people"] if p["id"] == "p-tobias")["name"]
        name["first"] = '<b>T&o"'
        self.load(document)
        self.assertEqual(self.summary().facts["Other Parent"], f'<b>T&o" {name["last"]}')


class Payments(PagesTest):
    KEYS = ("Payment Date", "Posted", "Source", "Amount")

    def rows(self, page, keys=KEYS):
        return [tuple(row[key] for key in keys[:3]) + (cents(row[keys[3]]),)
                for row in self.columns(page, keys[0])]

    def test_one_page(self):
        page = self.browser(IMANI).of_case("payments?page=1")
        self.assertEqual((page.id, page.rows[0]), ("cc-pay", list(self.KEYS)))
        self.assertEqual(self.rows(page), [
            ("02/13/2026", "02/18/2026", "Other State", 54000),
            ("01/15/2026", "01/20/2026", "Other State", 54000),
            ("12/15/2025", "12/18/2025", "Other State", 54000),
            ("11/14/2025", "11/18/2025", "Other State", 54000)])
        self.assertIsNone(page.tag("a", rel="next"))

    def test_spanish_in_variant_b(self):
        self.with_options(markup="B")
        page = self.browser(IMANI, language="es").of_case("payments")
        self.assertEqual(page.rows[0], ["Cantidad", "Fecha de pago", "Origen", "Registrado"])
        self.assertIsNotNone(page.tag("table", **{"class": "grid", "data-name": "payments"}))
        self.assertEqual(page.tag("nav"), {"data-page": "1", "data-pages": "1"})
        rows = self.rows(page, ("Fecha de pago", "Registrado", "Origen", "Cantidad"))
        self.assertEqual(rows[0], ("13/02/2026", "18/02/2026", "Otro estado", 54000))

    @staticmethod
    def many(case):
        first = case["payments"][0]
        case["payments"] += [first | {"id": f"M{n}", "collectionDate": f"2025-01-{n:02d}"}
                             for n in range(1, 20)]

    def test_pages_of_ten_in_variant_a(self):
        browser = self.changed(self.many)
        sizes, path = [], f"/case/{CASE}/payments"
        while path:
            page = browser.get(path)
            sizes.append(len(self.columns(page, "Posted")))
            link = page.tag("a", rel="next")
            path = link and link["href"].removeprefix(BASE)
        self.assertEqual(sizes, [10, 10, 3])

    def test_pages_of_ten_in_variant_b(self):
        browser = self.changed(self.many, markup="B")
        for number, size in ((1, 10), (2, 10), (3, 3)):
            page = browser.of_case(f"payments?page={number}")
            self.assertEqual(page.tag("nav"), {"data-page": str(number), "data-pages": "3"})
            self.assertEqual(len(self.columns(page, "Posted")), size)

    def test_no_such_page(self):
        browser = self.browser(IMANI)
        for number in ("2", "0", "-1", "x", "", "1.0", "%31%3c"):
            page = browser.of_case(f"payments?page={number}")
            self.assertEqual((page.status, page.id), (200, "cc-none"), number)

    def test_what_is_shown_and_how(self):
        def change(case):
            first = case["payments"][0]
            case["payments"] = [
                first | {"id": f"P{n}", "status": status, "source": source, "postedDate": None,
                         "collectionDate": f"2026-02-{20 - n:02d}", "amountCents": amount}
                for n, (status, source, amount) in enumerate((
                    ("received", "direct", 1), ("pending", "direct", 2), ("held", "direct", 3),
                    ("applied", "income_withholding", 4), ("partially_applied", "lottery", 5),
                    ("reversed", "direct", 2500), ("applied", "adjustment", -2500), ("applied", "other", 6)))]

        rows = self.rows(self.changed(change).of_case("payments"))
        self.assertEqual([row[1:] for row in rows], [
            ("--", "Wage Assignment", 4), ("--", "Intercept", 5), ("--", "Direct Payment", 2500),
            ("--", "Adjustment", -2500), ("--", "Other", 6)])

    def test_no_payments(self):
        for markup in ("A", "B"):
            page = self.changed(lambda case: case["payments"].clear(), markup=markup).of_case("payments")
            self.assertTrue(page.is_empty)
            self.assertEqual(sorted(page.rows[0]), sorted(self.KEYS))


class Lists(PagesTest):
    def test_documents(self):
        def change(case):
            case["documents"].append(case["documents"][0] | {
                "id": "N 1", "title": "A & B", "date": "2026-03-01",
                "contentBase64": base64.b64encode(b"%PDF-own%%EOF").decode()})

        browser = self.changed(change)
        page = browser.of_case("documents")
        self.assertEqual(page.rows, [
            ["Document", "Date", "Link"], ["A & B", "03/01/2026", "PDF"],
            ["Monthly Statement 2026-02", "02/28/2026", "PDF"]])
        link = page.tag("a")["href"]
        self.assertEqual(link, f"{BASE}/case/{CASE}/documents/N%201.pdf")
        answer = browser.get(link.removeprefix(BASE))
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.octets, b"%PDF-own%%EOF")
        made = browser.of_case("documents/ST-202602.pdf").octets
        self.assertEqual((made[:5], made[-5:]), (b"%PDF-", b"%%EOF"))
        self.assertEqual(browser.of_case("documents/OTHER.pdf").id, "cc-none")

    def test_documents_in_variant_b(self):
        self.with_options(markup="B")
        page = self.browser(IMANI, language="es").of_case("documents")
        self.assertIsNotNone(page.tag("ul", **{"class": "docs"}))
        self.assertIn("</a> <time>28/02/2026</time></li>", page.text)

    @staticmethod
    def events(case):
        first = case["events"][0]
        case["events"] = [
            first, first | {"kind": "notice"}, first | {"for": "noncustodial_parent"},
            first | {"kind": "hearing", "for": "both", "start": "2026-01-05T18:30:00Z", "place": None},
            first | {"status": "cancelled"}]

    def test_appointments(self):
        page = self.changed(self.events).of_case("appointments")
        self.assertEqual((page.id, page.rows), ("cc-appt", [
            ["Appointment", "When", "Place"], ["Hearing", "01/05/2026 10:30 AM PT", "--"],
            ["Appointment", "04/02/2026 10:00 AM PT", "BY TELEPHONE"]]))

    def test_appointments_in_spanish_and_variant_b(self):
        browser = self.changed(self.events, markup="B")
        browser.cookies["cc_lang"] = "es"
        page = browser.of_case("appointments")
        self.assertIsNotNone(page.tag("ul", **{"class": "appts"}))
        self.assertEqual(page.rows, [["Audiencia | 05/01/2026 10:30 PT | --"],
                                     ["Cita | 02/04/2026 10:00 PT | BY TELEPHONE"]])

    def test_contacts(self):
        def change(case):
            case["contacts"].append(case["contacts"][0] | {"office": "SECOND", "hours": None})

        page = self.changed(change).of_case("contacts")
        self.assertEqual((page.id, page.rows), ("cc-cont", [
            ["Office", "Phone", "Hours"],
            ["CALIFORNIA TEST CHILD SUPPORT SERVICES", "866-555-0100", "Lun-Vie 07:30-17:00 PT"],
            ["SECOND", "866-555-0100", "--"]]))
        self.assertIsNotNone(page.tag("table", id="contacts"))

    def test_empty_lists(self):
        def change(case):
            case |= {"documents": [], "events": [], "contacts": []}

        for markup in ("A", "B"):
            browser = self.changed(change, markup=markup)
            for rest in ("documents", "appointments", "contacts"):
                page = browser.of_case(rest)
                self.assertTrue(page.is_empty)
                self.assertEqual(len(page.rows), 1 if markup == "A" else 0)


class Safety(PagesTest):
    HIDDEN = ("Other Parent", "Children", "Court Case Number", "Other State")

    def test_the_other_party_sees_payments_only(self):
        for markup in ("A", "B"):
            self.with_options(markup=markup)
            browser = self.browser(TOBIAS)
            page = browser.of_case("summary")
            hidden = [label for label, value in page.facts.items() if value == "--"]
            self.assertEqual(hidden, list(self.HIDDEN))
            self.assertEqual(len(self.columns(page, "Balance Type")), 4)
            self.assertEqual(len(self.columns(browser.of_case("payments"), "Posted")), 4)
            for rest in ("documents", "appointments", "contacts"):
                self.assertTrue(browser.of_case(rest).is_empty, rest)
            self.assertEqual(browser.of_case("documents/ST-202602.pdf").id, "cc-none")

    def test_the_protected_party_sees_all(self):
        page = self.browser(IMANI).of_case("summary")
        self.assertNotIn("--", page.facts.values())

    def test_an_inactive_child_with_a_mark_restricts_everybody_else(self):
        def change(case):
            case["participants"][0]["familyViolence"] = None
            case["participants"][2] |= {"familyViolence": "C", "active": False}

        for who in (IMANI, TOBIAS):
            self.assertEqual(self.changed(change, who).of_case("summary").facts["Other State"], "--")


if __name__ == "__main__":
    unittest.main()
