"""Faults of ca-connect: what each does to a page, and which calls it leaves alone."""
import re
import unittest

from california import BASE, CASE, IMANI, CaliforniaTest, amounts_of, california_sample

from harness import case_of

COMMENT = re.compile("<!--.*?-->", re.DOTALL)


class FaultTest(CaliforniaTest):
    def setUp(self):
        super().setUp()
        self.imani = self.browser(IMANI)

    def spoiled(self, kind, rest="summary", params=None):
        """(page under the fault, good page)."""
        self.add_fault("*", kind, params)
        bad = self.imani.of_case(rest)
        self.clear_faults()
        return bad, self.imani.of_case(rest)

    def hits(self):
        return self.look("/control/faults")["faults"][0]["hits"]

    def many_payments(self, **options):
        document = california_sample(**options)
        rows = case_of(document, CASE)["payments"]
        rows += [rows[0] | {"id": f"M{n}", "collectionDate": f"2025-01-{n:02d}"} for n in range(1, 20)]
        self.load(document)
        self.sign_in(self.imani)


class NotProcessed(FaultTest):
    def test_pages_in_place_of_data_leave_the_session_alive(self):
        for kind, params, body_id in (
                ("maintenance", {}, "cc-maint"), ("maint_page", {"untilSeconds": 60}, "cc-maint"),
                ("expired_page", {}, "cc-expired"), ("login_page_instead", {}, "cc-login")):
            bad, good = self.spoiled(kind, params=params)
            self.assertEqual((bad.status, bad.id, good.id), (200, body_id, "cc-sum"), kind)
            self.assertEqual(self.calls("summary")[-2]["outcome"], "fault")

    def test_time_of_the_end(self):
        bad, _ = self.spoiled("maintenance")
        self.assertEqual(bad.tag("time")["datetime"], "2026-03-16T15:00:00Z")
        bad, _ = self.spoiled("maint_page", params={"untilSeconds": 60})
        self.assertEqual(bad.tag("time")["datetime"], "2026-03-16T14:01:00Z")

    def test_forms_of_that_login_page_lead_nowhere(self):
        bad, _ = self.spoiled("login_page_instead")
        self.assertEqual(self.imani.login(IMANI, bad).id, "cc-csrf")

    def test_redirects(self):
        bad, _ = self.spoiled("redirect_offsite")
        self.assertEqual((bad.status, bad.location), (302, "https://offsite.example.org/cconnect/home"))
        bad, _ = self.spoiled("redirect_loop", "payments?page=1")
        self.assertEqual((bad.status, bad.location), (302, f"{BASE}/case/{CASE}/payments?page=1"))

    def test_lost_token_on_posts_only(self):
        page = self.imani.get(f"/case/{CASE}/message")
        self.add_fault("*", "csrf_lost", times=1)
        self.imani.get("/home")
        answers = [self.imani.fill(f"/case/{CASE}/message", page, topic="OTHER", body="x") for _ in range(2)]
        self.assertEqual([(a.status, a.id) for a in answers], [(403, "cc-csrf"), (302, None)])
        self.assertEqual([c["effect"] for c in self.calls("message_send")], [False, True])

    def test_login_is_no_try(self):
        self.add_fault("login", "maint_page", match={"person": "p-imani"})
        self.assertEqual(self.browser().login((IMANI[0], "000000")).id, "cc-maint")
        self.assertFalse(self.calls("login")[-1]["counted"])
        self.assertEqual(self.browser().login(("0999999999999", "1")).id, "cc-login")

    def test_expired_session(self):
        self.add_fault("*", "expire_session", times=1)
        self.browser().get("/login")
        self.assertEqual(self.imani.get("/home").id, "cc-expired")
        self.goes_to(self.imani.get("/home"), "/login")
        self.assertEqual(self.hits(), 1)

    def test_there_is_no_rate_limit(self):
        for kind, params in (("rate_limit", {}), ("drift", {"variant": "Z"}), ("page_loop", {})):
            fault = {"id": "f", "system": "ca-connect", "op": "*", "kind": kind, "params": params}
            self.steer("/control/faults", {"add": [fault]}, 422)
        document = california_sample()
        document["faults"] = [{"id": "f", "system": "ca-connect", "op": "*", "kind": "rate_limit"}]
        self.steer("/control/scenario", document, 422)


class OnTheSummary(FaultTest):
    def test_variant_c(self):
        bad, good = self.spoiled("markup_c")
        self.assertNotIn("<th>Balance Type", COMMENT.sub("", bad.text))
        self.assertEqual(bad.rows[-1], [good.rows[-1][1], good.rows[-1][0], good.rows[-1][2]])

    def test_drift_after_some_calls(self):
        self.add_fault("*", "drift", after=2)
        kinds = [self.imani.of_case("summary").tag("dl") is not None for _ in range(4)]
        self.assertEqual(kinds, [False, False, True, True])
        self.clear_faults()
        bad, _ = self.spoiled("drift", params={"variant": "C"})
        self.assertIsNotNone(bad.tag("table", **{"class": "kv"}))

    def test_comment_before_and_after_the_real_table(self):
        bad, good = self.spoiled("comment_dup")
        self.assertEqual([len(COMMENT.findall(page.text)) for page in (bad, good)], [2, 1])
        self.assertLess(bad.text.index('<table id="bal"', bad.text.index("-->")), bad.text.rindex("<!--"))
        self.assertEqual(bad.rows, good.rows)

    def test_a_label_twice(self):
        bad, good = self.spoiled("dup_label")
        values = [row[1] for row in bad.rows if row[0] == "Arrears Payment:"]
        self.assertEqual(values, [good.facts["Arrears Payment"], "$ 1.00"])

    def test_amounts_with_an_entity(self):
        bad, good = self.spoiled("entity_amount")
        text = COMMENT.sub("", bad.text)
        self.assertEqual((text.count("&#36; "), text.count("$")), (6, 0))
        self.assertEqual(text.replace("&#36; ", "").count("540.00"), good.text.count("540.00"))

    def test_script_in_a_name(self):
        bad, good = self.spoiled("script_inject")
        self.assertEqual(bad.facts["Other Parent"], "Tobias<script>alert(1)</script><img onerror=x> Renner")
        self.assertRegex(bad.text, "<script>.+</script></body>")
        self.assertNotIn("script", good.text)

    def test_cut_in_the_balances(self):
        bad, good = self.spoiled("truncated_html")
        self.assertTrue(good.octets.startswith(bad.octets))
        self.assertGreater(len(bad.octets), good.octets.rindex(b"<table"))
        self.assertLess(len(bad.octets), good.octets.rindex(b"</table>"))
        self.assertEqual(int(bad.headers["Content-Length"]), len(bad.octets))


class OnAllPages(FaultTest):
    def test_other_language(self):
        bad, _ = self.spoiled("lang_flip")
        self.assertEqual((bad.language, bad.rows[0][0]), ("es", "Número de caso:"))
        self.assertNotIn("cc_lang", self.imani.cookies)
        self.imani.cookies["cc_lang"] = "es"
        self.assertEqual(self.spoiled("lang_flip")[0].language, "en")

    def test_blanks_that_do_not_break(self):
        bad, good = self.spoiled("nbsp_all")
        self.assertIn("Person&nbsp;Receiving&nbsp;Support", bad.text)
        self.assertNotIn("$ ", COMMENT.sub("", bad.text))
        amounts = [re.sub(r"[^0-9.,]", "", text) for text in amounts_of(bad)]
        self.assertEqual(amounts, [re.sub(r"[^0-9.,]", "", text) for text in amounts_of(good)])

    def test_octets_that_are_not_utf_8(self):
        for language in ("en", "es"):
            self.imani.cookies["cc_lang"] = language
            bad, _ = self.spoiled("latin1")
            self.assertEqual(bad.headers["Content-Type"], "text/html; charset=utf-8")
            self.assertRaises(UnicodeDecodeError, bad.octets.decode, "utf-8")

    def test_huge_page(self):
        bad, good = self.spoiled("huge_page")
        self.assertEqual(len(bad.octets), len(good.octets) + 2 * 1024 * 1024)
        bad, good = self.spoiled("huge_page", params={"bytes": 1000})
        self.assertEqual(len(bad.octets), len(good.octets) + 1000)
        self.assertEqual(bad.rows, good.rows)

    def test_end_tags_left_out(self):
        for rest in ("summary", "payments", "documents"):
            bad, good = self.spoiled("unclosed", rest)
            self.assertNotRegex(bad.text, "</(td|th|tr|li)>")
            self.assertEqual(bad.text, re.sub("</(td|th|tr|li)>", "", good.text))

    def test_page_faults_wait_for_their_page(self):
        for kind in ("markup_c", "dup_label", "next_loop", "pdf_is_html", "unclosed", "duplicate_page"):
            self.clear_faults()
            self.add_fault("*", kind, times=1)
            self.browser().get("/home")
            self.imani.get("/contact")
            self.assertEqual(self.hits(), 0, kind)

    def test_lost_answer_of_a_form(self):
        page = self.imani.get("/contact")
        self.add_fault("contact_update", "lost_answer", times=1)
        with self.assertRaises(ConnectionError):
            self.imani.fill("/contact", page)
        self.imani.wire.close()
        self.assertEqual(self.imani.fill("/contact", page).id, "cc-dup")
        self.assertEqual([c["effect"] for c in self.calls("contact_update")], [True, False])

    def test_internal_error(self):
        self.add_fault("summary", "http_status", {"status": 500, "body": "x"})
        self.assertEqual(self.imani.of_case("summary").status, 500)


class OnPaymentsAndPapers(FaultTest):
    def test_next_page_is_the_same(self):
        self.many_payments()
        bad, good = self.spoiled("next_loop", "payments?page=2")
        links = [page.tag("a", rel="next")["href"][-6:] for page in (bad, good)]
        self.assertEqual(links, ["page=2", "page=3"])
        bad, _ = self.spoiled("next_loop", "payments?page=3")
        self.assertIsNone(bad.tag("a", rel="next"))

    def test_a_page_again_under_the_next_number(self):
        for markup in ("A", "B"):
            self.many_payments(markup=markup)
            good = [self.imani.of_case(f"payments?page={n}").rows for n in (1, 2, 3)]
            self.add_fault("payments", "duplicate_page", times=1, after=1)
            pages = [self.imani.of_case(f"payments?page={n}") for n in (1, 2, 3, 4)]
            self.assertEqual([page.rows for page in pages], [good[0], good[1], good[1], good[2]])
            self.assertIsNone(pages[3].tag("a", rel="next"))
            self.assertEqual(self.imani.of_case("payments?page=5").id, "cc-none")
            if markup == "B":
                self.assertEqual(pages[1].tag("nav"), {"data-page": "2", "data-pages": "4"})

    def test_pdf_is_a_page(self):
        bad, good = self.spoiled("pdf_is_html", "documents/ST-202602.pdf")
        self.assertEqual(bad.headers["Content-Type"], "application/pdf")
        self.assertEqual((bad.octets[:9], good.octets[:5]), (b"<!DOCTYPE", b"%PDF-"))

    def test_oversize_page(self):
        bad, good = self.spoiled("oversize", params={"bytes": 700000})
        self.assertEqual((len(bad.octets), bad.rows), (700000, good.rows))


if __name__ == "__main__":
    unittest.main()
