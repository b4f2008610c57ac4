"""Contact data and messages of ca-connect, and what a second post of a form does."""
import unittest

from california import BASE, CASE, IMANI, TOBIAS, CaliforniaTest, california_sample, person_of

NUMBER = r"^/cconnect/confirm/CC-20260316-[0-9]{6}$"


class FormsTest(CaliforniaTest):
    def setUp(self):
        super().setUp()
        self.imani = self.browser(IMANI)

    def wrong(self, page, body_id, field):
        self.assertEqual((page.status, page.id, page.error), (200, body_id, ("E-FIELD", field)))

    def effects(self, op):
        return [call["effect"] for call in self.calls(op)]


class Contact(FormsTest):
    GOOD = {"addr1": "41 RIVER TEST PL", "addr2": "", "city": "SACRAMENTO", "state": "CA", "zip": "95816",
            "phone": "9165550131", "email": "imani.b@example.com"}

    def present(self):
        fields = self.imani.get("/contact").form("/contact")
        return {name: value for name, value in fields.items() if not name.startswith("__")}

    def test_page_has_the_present_values(self):
        page = self.imani.get("/contact")
        self.assertEqual(page.id, "cc-addr")
        self.assertEqual(list(self.present()), list(self.GOOD))
        self.assertEqual((self.present()["addr1"], self.present()["zip"], self.present()["phone"]),
                         ("300 DELTA SAMPLE WAY", "95814", "9165550131"))

    def test_update_is_confirmed_and_shown(self):
        answer = self.imani.fill("/contact", **self.GOOD | {"city": " SACRAMENTO "})
        self.assertEqual(answer.status, 302)
        self.assertRegex(answer.location, NUMBER)
        self.assertEqual(self.effects("contact_update"), [True])
        page = self.imani.get(answer.location.removeprefix(BASE))
        self.assertEqual((page.id, page.tag("b")["data-confirm"]), ("cc-conf", answer.location[-18:]))
        self.assertNotIn("RIVER", page.text)
        self.assertEqual(self.present(), self.GOOD)

    def test_numbers_rise_over_all_users_and_are_their_owners(self):
        tobias = self.browser(TOBIAS)
        first = self.imani.fill("/contact", **self.GOOD).location
        second = tobias.fill(f"/case/{CASE}/message", topic="OTHER", body="x").location
        self.assertEqual(int(second[-6:]), int(first[-6:]) + 1)
        self.assertEqual(tobias.get(first.removeprefix(BASE)).id, "cc-none")
        self.assertEqual(tobias.get("/confirm/CC-20260316-999999").id, "cc-none")

    def test_first_wrong_field_is_named(self):
        for field, values in {
                "addr1": ("", "x" * 36), "addr2": ("x" * 36,), "city": (" ", "x" * 26),
                "state": ("ca", "CAL", ""), "zip": ("9581", "95816-1234", "", "９５８１６"),
                "phone": ("916555013", "916-555-0131"), "email": ("imani", "@example.com", "a@", "a@b@c",
                                                                  "x" * 61 + "@b.c")}.items():
            for value in values:
                self.wrong(self.imani.fill("/contact", **self.GOOD | {field: value}), "cc-addr", field)
        page = self.imani.fill("/contact", **self.GOOD | {"zip": "1", "email": "x"})
        self.wrong(page, "cc-addr", "zip")
        self.assertEqual(page.form("/contact")["addr1"], "300 DELTA SAMPLE WAY")
        self.assertFalse(any(self.effects("contact_update")))

    def test_empty_phone_and_mail_and_long_zip_are_good(self):
        change = {"phone": "", "email": "", "zip": "958161234", "addr1": "é" * 35}
        self.assertEqual(self.imani.fill("/contact", **self.GOOD | change).status, 302)

    def test_a_missing_field_is_wrong_also_an_optional_one(self):
        for field in self.GOOD:
            page = self.imani.get("/contact")
            posted = page.form("/contact") | self.GOOD
            del posted[field]
            self.wrong(self.imani.post("/contact", **posted), "cc-addr", field)

    def test_people_without_an_address(self):
        document = california_sample()
        person_of(document, "p-imani").update(address=None, phone=None, email=None)
        self.load(document)
        self.sign_in(self.imani)
        self.assertEqual(set(self.present().values()), {""})

    def test_errors_look_like_the_variant(self):
        self.assertIn('<p class="err" data-code="E-FIELD" data-field="zip">',
                      self.imani.fill("/contact", **self.GOOD | {"zip": ""}).text)
        self.with_options(markup="B")
        self.sign_in(self.imani)
        self.assertIn('<div role="alert" data-code="E-FIELD" data-field="zip">',
                      self.imani.fill("/contact", **self.GOOD | {"zip": ""}).text)


class Message(FormsTest):
    PATH = f"/case/{CASE}/message"

    def test_page_and_confirmation(self):
        page = self.imani.get(self.PATH)
        self.assertEqual(page.id, "cc-msg")
        self.assertIsNotNone(page.tag("select", name="topic"))
        self.assertIsNotNone(page.tag("textarea", name="body"))
        options = [a["value"] for tag, a in page.reader.tags if tag == "option"]
        self.assertEqual(options, ["PAYMENT", "ADDRESS", "REVIEW", "OTHER"])
        answer = self.imani.fill(self.PATH, page, topic="REVIEW", body="Please review my order.")
        self.assertRegex(answer.location, NUMBER)
        self.assertEqual(self.effects("message_send"), [True])
        self.assertEqual(self.calls("message_send")[0]["case"], CASE)

    def test_wrong_fields(self):
        for field, topic, body in (("topic", "OTHERS", "x"), ("body", "OTHER", " \r\n "),
                                   ("body", "OTHER", "x" * 1501), ("topic", "", "")):
            self.wrong(self.imani.fill(self.PATH, topic=topic, body=body), "cc-msg", field)

    def test_a_line_end_counts_one(self):
        body = ("ñ" * 14 + "\r\n") * 99 + "ñ" * 15
        self.assertEqual(self.imani.fill(self.PATH, topic="OTHER", body=body).status, 302)

    def test_case_of_somebody_else(self):
        page = self.imani.get(self.PATH)
        token = page.form(self.PATH)["__cct"]
        answer = self.imani.post("/case/1/message", __cct=token, __v="7.2", topic="OTHER", body="x")
        self.assertEqual(answer.id, "cc-none")
        self.assertEqual(self.imani.fill(self.PATH, page, topic="OTHER", body="x").status, 302)


class SecondPosts(FormsTest):
    PATH = f"/case/{CASE}/message"

    def test_after_success_it_shows_the_first_number(self):
        page = self.imani.get(self.PATH)
        first = self.imani.fill(self.PATH, page, topic="OTHER", body="x").location
        self.imani.cookies["cc_lang"] = "es"
        again = self.imani.fill(self.PATH, page, topic="OTHER", body="y")
        self.assertEqual((again.status, again.id, again.language), (200, "cc-dup", "es"))
        self.assertEqual(again.tag("b")["data-confirm"], first[-18:])
        self.assertEqual(self.effects("message_send"), [True, False])

    def test_after_an_error_it_is_refused_and_the_new_token_works(self):
        page = self.imani.get(self.PATH)
        bad = self.imani.fill(self.PATH, page, topic="OTHER", body="")
        again = self.imani.fill(self.PATH, page, topic="OTHER", body="x")
        self.assertEqual((again.status, again.id), (403, "cc-csrf"))
        self.assertEqual(self.imani.fill(self.PATH, bad, topic="OTHER", body="x").status, 302)

    def test_tokens_do_not_leave_their_form_or_session(self):
        contact = self.imani.get("/contact").form("/contact")["__cct"]
        other = self.browser(IMANI)
        for browser in (self.imani, other):
            answer = browser.post(self.PATH, __cct=contact, __v="7.2", topic="OTHER", body="x")
            self.assertEqual((answer.status, answer.id), (403, "cc-csrf"))


if __name__ == "__main__":
    unittest.main()
