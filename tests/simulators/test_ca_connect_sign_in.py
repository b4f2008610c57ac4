"""Signing in to ca-connect: PINs, locks, form tokens, cookies, sessions, maintenance."""
import unittest

from california import (
    CASE, IMANI, TOBIAS, CaliforniaTest, Page, california_sample, credential_of, person_of,
)

WRONG = (IMANI[0], "000000")
NEW_PIN = "604913"


class Login(CaliforniaTest):
    def test_login_page_and_right_pin(self):
        browser = self.browser()
        page = browser.get("/login?lang=en")
        self.assertEqual((page.status, page.id, page.language), (200, "cc-login", "en"))
        self.assertEqual(page.headers["Content-Type"], "text/html; charset=utf-8")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        first, second = page.headers.get_all("Set-Cookie")
        self.assertEqual(first, "cc_lang=en; Path=/cconnect; SameSite=Lax")
        self.assertRegex(second, "^CCSESSION=[0-9a-f]{32}; Path=/cconnect; HttpOnly; SameSite=Lax$")
        for path in ("/login", "/pin/request"):
            self.assertRegex(page.form(path)["__cct"], "^[A-Za-z0-9]{24}$")
            self.assertEqual(page.form(path)["__v"], "7.2")
        before = browser.cookies["CCSESSION"]
        answer = browser.login(IMANI, page)
        self.goes_to(answer, "/home")
        self.assertNotEqual(browser.cookies["CCSESSION"], before)
        self.assertEqual(len(answer.headers.get_all("Set-Cookie")), 1)
        self.assertEqual(browser.get("/home").id, "cc-home")

    def test_wrong_pin_and_unknown_participant_look_alike(self):
        pages = [self.browser().login(who) for who in (WRONG, ("0999999999999", IMANI[1]))]
        for page in pages:
            self.assertEqual((page.status, page.id, page.error), (200, "cc-login", ("E-LOGIN", None)))
        self.assertEqual(self.outcomes("login"), ["wrong_credentials"] * 2)
        self.assertEqual([c["counted"] for c in self.calls("login")], [True] * 2)
        self.assertEqual([c["person"] for c in self.calls("login")], ["p-imani", None])

    def test_an_empty_field_is_no_try(self):
        for who in ((IMANI[0], ""), ("", IMANI[1])):
            self.assertEqual(self.browser().login(who).error, ("E-LOGIN", None))
        self.assertFalse(any(c["counted"] for c in self.calls()))

    def test_blocked_accounts_show_only_after_the_right_pin(self):
        for state in ("disabled", "disabled_safety", "no_case"):
            document = california_sample()
            credential_of(document, "k7")["state"] = state
            self.load(document)
            browser = self.browser()
            self.assertEqual(browser.login(WRONG).id, "cc-login")
            self.goes_to(browser.login(IMANI), "/noacc")
            self.assertEqual(browser.get("/noacc").id, "cc-noacc")
            self.assertFalse(self.calls("login")[-1]["counted"])
            self.goes_to(browser.get("/home"), "/login")

    def test_not_enrolled_is_unknown(self):
        document = california_sample()
        credential_of(document, "k7")["state"] = "none"
        self.load(document)
        self.assertEqual(self.browser().login(IMANI).error, ("E-LOGIN", None))


class Locks(CaliforniaTest):
    def fail(self, count, who=WRONG):
        browser = self.browser()
        return browser, [browser.login(who) for _ in range(count)]

    def test_fourth_wrong_pin_locks_for_an_hour(self):
        browser, answers = self.fail(4)
        self.assertEqual([a.id for a in answers[:3]], ["cc-login"] * 3)
        self.goes_to(answers[3], "/locked")
        page = browser.get("/locked")
        self.assertEqual((page.status, page.id), (200, "cc-locked"))
        self.assertEqual(page.tag("time")["datetime"], "2026-03-16T15:00:00Z")
        self.assertIn(">03/16/2026 08:00 AM PT<", page.text)
        self.assertEqual(self.outcomes("login")[2:], ["wrong_credentials", "locked"])
        self.advance(600)
        for who in (IMANI, WRONG):
            self.goes_to(self.browser().login(who), "/locked")
        self.assertFalse(self.calls("login")[-1]["counted"])
        self.advance(2999)
        self.goes_to(self.browser().login(IMANI), "/locked")
        self.advance(1)
        self.assertEqual(self.browser().login(WRONG).id, "cc-login")
        self.sign_in(self.browser())

    def test_locked_page_is_for_the_id_typed_last_in_this_session(self):
        browser, _ = self.fail(4)
        self.assertEqual(browser.get("/locked").id, "cc-locked")
        browser.login(("0999999999999", "1"))
        self.goes_to(browser.get("/locked"), "/login")
        self.goes_to(self.browser().get("/locked"), "/login")

    def test_unknown_ids_lock_too_and_a_login_resets(self):
        self.goes_to(self.fail(4, ("0999999999999", "1"))[1][3], "/locked")
        self.fail(3)
        self.sign_in(self.browser())
        self.assertEqual(self.fail(3)[1][2].id, "cc-login")

    def test_locked_credential_of_the_scenario(self):
        document = california_sample()
        credential_of(document, "k7")["state"] = "locked"
        self.load(document)
        self.goes_to(self.browser().login(IMANI), "/locked")
        self.advance(3600)
        self.sign_in(self.browser())


class FormTokens(CaliforniaTest):
    def refused(self, answer):
        self.assertEqual((answer.status, answer.id), (403, "cc-csrf"))

    def test_missing_unknown_foreign_or_of_another_form(self):
        browser = self.browser()
        page = browser.get("/login")
        good = page.form("/login") | {"pid": WRONG[0], "pin": WRONG[1]}
        other = self.browser().get("/login").form("/login")["__cct"]
        for change in ({"__cct": ""}, {"__cct": "x" * 24}, {"__cct": other}, {"__v": "7.1"},
                       {"__cct": page.form("/pin/request")["__cct"]}):
            self.refused(browser.post("/login", **good | change))
        for name in ("__cct", "__v"):
            self.refused(browser.post("/login", **{k: v for k, v in good.items() if k != name}))
        self.refused(browser.send("POST", "/login", b"{}", "application/json"))
        self.assertFalse(any(c["counted"] for c in self.calls()))
        self.assertEqual(browser.post("/login", **good).id, "cc-login")
        self.refused(browser.post("/login", **good))
        self.assertEqual([c["counted"] for c in self.calls("login")].count(True), 1)

    def test_login_form_lives_ten_minutes(self):
        browser = self.browser()
        page = browser.get("/login")
        self.advance(599)
        self.assertEqual(browser.login(WRONG, page).id, "cc-login")
        page = browser.get("/login")
        self.advance(1)
        self.refused(browser.login(IMANI, page))
        self.sign_in(browser)

    def test_token_of_the_form_before_the_login_is_dead(self):
        browser = self.browser()
        page, again = browser.get("/login"), browser.get("/login")
        browser.login(IMANI, page)
        self.refused(browser.login(IMANI, again))


class PinChange(CaliforniaTest):
    @staticmethod
    def scenario():
        document = california_sample()
        credential_of(document, "k8")["pinTemporary"] = True
        return document

    def must_change(self):
        browser = self.browser()
        self.goes_to(browser.login(TOBIAS), "/pin/change")
        return browser

    def test_a_temporary_pin_must_be_changed_first(self):
        browser = self.must_change()
        for path in ("/home", "/case/1/summary", "/login", "/lang?to=es"):
            self.goes_to(browser.get(path), "/pin/change")
        page = browser.get("/pin/change")
        self.assertEqual(page.id, "cc-pin")
        answer = browser.fill("/pin/change", page, newPin=NEW_PIN, newPin2=NEW_PIN)
        self.goes_to(answer, "/home")
        self.assertTrue(self.calls("pin_change")[0]["effect"])
        self.assertEqual(browser.get("/home").id, "cc-home")
        repeat = browser.fill("/pin/change", page, newPin=NEW_PIN, newPin2=NEW_PIN)
        self.goes_to(repeat, "/home")
        self.assertFalse(self.calls("pin_change")[1]["effect"])
        self.assertEqual(self.browser().login(TOBIAS).error, ("E-LOGIN", None))
        self.sign_in(self.browser(), (TOBIAS[0], NEW_PIN))

    def test_rules_for_new_pins(self):
        browser = self.must_change()
        page = browser.get("/pin/change")
        for pin, again in (("12345", "12345"), ("1234567", "1234567"), ("60491x", "60491x"), (TOBIAS[1],) * 2,
                           ("777777",) * 2, ("123456",) * 2, ("654321",) * 2, (NEW_PIN, "604914"), ("", "")):
            answer = browser.fill("/pin/change", page, newPin=pin, newPin2=again)
            self.assertEqual((answer.status, answer.id, answer.error), (200, "cc-pin", ("E-PIN", None)))
            self.assertEqual(browser.fill("/pin/change", page, newPin=NEW_PIN, newPin2=NEW_PIN).status, 403)
            page = answer

    def test_logout_works_before_the_change(self):
        browser = self.must_change()
        self.goes_to(browser.get("/logout"), "/login?out=1")
        self.goes_to(browser.get("/home"), "/login")

    def test_a_temporary_pin_is_good_for_thirty_days(self):
        self.advance(30 * 86400 - 1)
        self.must_change()
        self.advance(1)
        self.assertEqual(self.browser().login(TOBIAS).error, ("E-LOGIN", None))
        self.assertTrue(self.calls("login")[-1]["counted"])

    def test_expired_password_means_a_temporary_pin(self):
        state = self.steer("/control/accounts", {"credential": "k7", "action": "expire_password"})["state"]
        self.assertEqual(state, "password_expired")
        browser = self.browser()
        self.goes_to(browser.login(IMANI), "/pin/change")
        browser.fill("/pin/change", newPin=NEW_PIN, newPin2=NEW_PIN)
        self.sign_in(self.browser(), (IMANI[0], NEW_PIN))


class PinRequest(CaliforniaTest):
    def ask(self, pid=IMANI[0], dob=None, via="email"):
        dob = dob or person_of(california_sample(), "p-imani")["dob"]
        browser = self.browser()
        page = browser.get("/login")
        answer = browser.fill("/pin/request", page, pid=pid, dob=dob, via=via)
        self.goes_to(answer, "/pin/requested")
        self.assertEqual(browser.get("/pin/requested").id, "cc-preq")
        self.goes_to(browser.fill("/pin/request", page, pid=pid, dob=dob, via=via), "/pin/requested")
        return browser

    def test_by_email_after_twenty_minutes(self):
        self.ask()
        self.assertEqual([c["effect"] for c in self.calls("pin_request")], [True, False])
        self.advance(1199)
        self.assertEqual(self.messages("pin"), [])
        self.sign_in(self.browser())
        self.advance(1)
        message, = self.messages("pin")
        self.assertEqual((message["channel"], message["to"], message["availableAt"]),
                         ("email", "imani.b@example.com", "2026-03-16T14:20:00Z"))
        self.assertRegex(message["code"], "^[0-9]{6}$")
        self.assertEqual(self.browser().login(IMANI).id, "cc-login")
        self.goes_to(self.browser().login((IMANI[0], message["code"])), "/pin/change")

    def test_by_post_after_seven_days(self):
        self.ask(via="mail")
        self.advance(7 * 86400)
        message, = self.messages("mail")
        self.assertEqual((message["channel"], message["kind"]), ("post", "mail"))
        self.goes_to(self.browser().login((IMANI[0], message["code"])), "/pin/change")

    def test_of_several_each_counts_when_it_comes(self):
        self.ask(via="mail")
        self.ask()
        self.advance(1200)
        early = self.messages("pin")[0]["code"]
        self.advance(7 * 86400 - 1200)
        self.assertEqual(self.browser().login((IMANI[0], early)).id, "cc-login")

    def test_what_does_not_match_does_nothing(self):
        self.ask(pid="0999999999999")
        self.ask(dob="1900-01-01")
        self.ask(via="pigeon")
        document = california_sample()
        person_of(document, "p-imani")["email"] = None
        credential_of(document, "k8")["state"] = "no_case"
        self.load(document)
        self.ask()
        self.ask(pid=TOBIAS[0], dob=person_of(document, "p-tobias")["dob"], via="mail")
        self.advance(8 * 86400)
        self.assertEqual(self.look("/control/outbox")["messages"], [])
        self.assertFalse(any(c["effect"] for c in self.calls()))

    def test_it_enrols_and_lifts_no_lock(self):
        document = california_sample()
        credential_of(document, "k7")["state"] = "none"
        self.load(document)
        browser = self.ask()
        self.advance(1200)
        pin = self.messages("pin")[0]["code"]
        for _ in range(4):
            browser.login(WRONG)
        self.goes_to(browser.login((IMANI[0], pin)), "/locked")
        self.advance(3600)
        self.goes_to(browser.login((IMANI[0], pin)), "/pin/change")


class Sessions(CaliforniaTest):
    def expired_once(self, browser, path="/home", post=False):
        page = browser.post(path, a="b") if post else browser.get(path)
        self.assertEqual((page.status, page.id), (200, "cc-expired"))
        self.goes_to(browser.get("/home"), "/login")

    def test_idle(self):
        browser = self.browser(IMANI)
        self.advance(599)
        self.assertEqual(browser.get("/home").id, "cc-home")
        self.advance(600)
        self.expired_once(browser)
        self.assertEqual(self.outcomes("home")[1:], ["session_expired"] * 2)
        self.assertEqual(self.calls("home")[1]["person"], "p-imani")

    def test_an_hour_after_the_login_it_is_over(self):
        browser = self.browser(IMANI)
        for _ in range(6):
            self.advance(590)
            self.assertEqual(browser.get("/home").id, "cc-home")
        self.advance(60)
        self.expired_once(browser, "/contact", post=True)

    def test_expired_for_documents_and_the_login_page_too(self):
        self.with_options(idleSeconds=60)
        for path in (f"/case/{CASE}/documents/ST-202602.pdf", "/login"):
            browser = self.browser(IMANI)
            self.advance(60)
            self.expired_once(browser, path)

    def test_without_a_session(self):
        for browser in (self.browser(), self.browser()):
            self.goes_to(browser.get("/home"), "/login")
            self.goes_to(browser.post("/contact", a="b"), "/login")
            browser.get("/login")
            self.goes_to(browser.get("/home"), "/login")
        browser.cookies["CCSESSION"] = "0" * 32
        self.goes_to(browser.get("/pin/change"), "/login")

    def test_logout_removes_the_cookie(self):
        browser = self.browser(IMANI)
        cookie = browser.cookies["CCSESSION"]
        answer = browser.get("/logout")
        self.goes_to(answer, "/login?out=1")
        self.assertIn("CCSESSION=; Max-Age=0; Path=/cconnect", answer.headers["Set-Cookie"])
        browser.cookies["CCSESSION"] = cookie
        self.goes_to(browser.get("/home"), "/login")

    def test_side_by_side_until_the_control_port_ends_them(self):
        first, second = self.browser(IMANI), self.browser(IMANI)
        self.assertEqual([b.get("/home").id for b in (first, second)], ["cc-home"] * 2)
        answer = self.steer("/control/accounts", {"credential": "k7", "action": "disable"})
        self.assertEqual(answer["state"], "disabled")
        for browser in (first, second):
            self.expired_once(browser)
        self.goes_to(self.browser().login(IMANI), "/noacc")
        for action, place in (("enable", "/home"), ("lock", "/locked"), ("unlock", "/home")):
            answer = self.steer("/control/accounts", {"credential": "k7", "action": action})
            self.assertEqual(answer["state"], "active")
            self.goes_to(self.browser().login(IMANI), place)


class Language(CaliforniaTest):
    def test_cookie_decides(self):
        browser = self.browser()
        self.assertEqual(browser.get("/login").language, "en")
        self.assertNotIn("cc_lang", browser.cookies)
        self.assertEqual(browser.get("/login?lang=es").language, "es")
        self.assertEqual(browser.get("/login?lang=fr").language, "es")
        self.assertEqual(browser.login(WRONG, lang="en").language, "en")
        self.assertEqual(browser.cookies["cc_lang"], "en")
        self.sign_in(browser)
        self.goes_to(browser.get("/lang?to=es&back=/contact"), "/contact")
        self.assertEqual(browser.get("/contact").language, "es")
        browser.cookies["cc_lang"] = "xx"
        self.assertEqual(browser.get("/contact").language, "en")

    def test_back_leads_below_the_base_only(self):
        browser = self.browser()
        for back, place in (("/cconnect/case/1/payments%3Fpage=2", "/case/1/payments?page=2"),
                            ("//evil.example", "/home"), ("https://evil.example/", "/home"), ("", "/home"),
                            ("/a%0d%0aX:%20y", "/home"), ("/../x", "/home")):
            self.goes_to(browser.get(f"/lang?to=xx&back={back}"), place)
        self.assertEqual(browser.cookies, {})

    def test_spanish_time_of_a_lock(self):
        browser = self.browser(language="es")
        for _ in range(4):
            browser.login(WRONG)
        self.assertIn(">16/03/2026 08:00 PT<", browser.get("/locked").text)


class Edges(CaliforniaTest):
    def test_sunday_morning(self):
        browser = self.browser()
        for instant, closed in (("2026-03-22T06:59:59Z", False), ("2026-03-22T07:00:00Z", True),
                                ("2026-03-22T12:59:59Z", True), ("2026-03-22T13:00:00Z", False)):
            self.steer("/control/clock", {"set": instant})
            for path in ("/login", "/nowhere"):
                page = browser.get(path)
                self.assertEqual(page.id == "cc-maint", closed, instant)
                if closed:
                    self.assertEqual(page.status, 200)
                    self.assertEqual(page.tag("time")["datetime"], "2026-03-22T13:00:00Z")
                    self.assertIn(">03/22/2026 06:00 AM PT<", page.text)

    def test_sessions_age_during_maintenance(self):
        self.steer("/control/clock", {"set": "2026-03-22T06:59:00Z"})
        browser = self.browser(IMANI)
        self.advance(120)
        self.assertEqual(browser.get("/home").id, "cc-maint")
        self.advance(6 * 3600)
        self.assertEqual(browser.get("/home").id, "cc-expired")

    def test_paths_and_methods_outside(self):
        browser = self.browser()
        page = browser.get("/case")
        self.assertEqual((page.status, page.id), (404, "cc-none"))
        self.assertEqual(self.calls()[-1]["op"], "unknown")
        self.assertEqual(Page(browser.wire.send("GET", "/")).status, 404)
        answer = browser.send("DELETE", "/login")
        self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET, POST"))
        self.assertEqual(browser.post("/home", a="b").status, 405)


if __name__ == "__main__":
    unittest.main()
