// What goes wrong, and how a parent gets on from there; in both widths.
import assert from "node:assert/strict";
import test from "node:test";
import { accountInTexas, aMinuteLater, box, breakTexas, mailedCode, mendStates, newerCode, words } from "./box.mjs";
import { choose, connected, fetched, linkOf, signIn, signInToTexas, start } from "./steps.mjs";
import { Visitor, visiting, WIDTHS } from "./visitor.mjs";

const ENGLISH = { language: "en", widths: WIDTHS };
const SPANISH = { language: "es", widths: WIDTHS };
const other = (code) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, "0");

test("a wrong code of the e-mail is refused and the right one still works", () =>
  visiting("wrong-mail-code", ENGLISH, async (visitor) => {
    const email = "wrong.code@example.com";
    await visitor.open("/register?lang=en");
    await visitor.answer({ email, password: "violet-harbour-pencil-73" });
    await visitor.by("flow-registration-code").waitFor();
    const code = await mailedCode(email);
    await visitor.answer({ code: other(code) });
    await visitor.page.locator("[data-problem]").waitFor();
    await visitor.look("refused");
    await visitor.answer({ code });
    await visitor.by("flow-sign_in-credentials").waitFor();
  }));

test("a wrong password of the account tells nothing and leaves the way open", () =>
  visiting("wrong-password", SPANISH, async (visitor) => {
    const account = box.accounts.refused;
    await visitor.open("/sign-in?lang=es");
    await visitor.answer({ email: account.email, password: "another-password-12" });
    await visitor.page.locator("[data-problem]").waitFor();
    await visitor.look("refused");
    await visitor.answer({ email: account.email, password: account.password });
    await visitor.by("sign-out").waitFor();
  }));

test("a forgotten password is set anew with a code from the mail", () =>
  visiting("forgotten-password", ENGLISH, async (visitor) => {
    const account = box.accounts.forgotten;
    const before = await mailedCode(account.email);
    await visitor.open("/sign-in?lang=en");
    await visitor.page.locator('main a[href^="/reset-password"]').click();
    await visitor.by("flow-reset_password-address").waitFor();
    await visitor.look("address");
    await visitor.answer({ email: account.email });
    await visitor.by("flow-reset_password-code").waitFor();
    await visitor.answer({ code: await newerCode(account.email, before) });
    await visitor.by("flow-reset_password-new_password").waitFor();
    await visitor.look("new-password");
    await visitor.answer({ new_password: "clover-anvil-harbour-19" });
    await visitor.by("flow-sign_in-credentials").waitFor();
    await visitor.answer({ email: account.email, password: "clover-anvil-harbour-19" });
    await visitor.by("sign-out").waitFor();
  }));

test("a wrong code of the state is refused and the right one still works", () =>
  visiting("wrong-state-code", SPANISH, async (visitor) => {
    await signIn(visitor, box.accounts.wrong_code);
    await choose(visitor, "us-tx", "TX");
    await start(visitor, "tx-icop");
    const code = await signInToTexas(visitor);
    await visitor.answer({ code: other(code) });
    await visitor.page.locator("[data-problem]").waitFor();
    await visitor.look("refused");
    await visitor.answer({ code });
    await connected(visitor);
  }));

test("a security question of the state is asked in the state's own words", () =>
  visiting("question", ENGLISH, async (visitor) => {
    await signIn(visitor, box.accounts.question);
    await choose(visitor, "us-tx", "Texas");
    await start(visitor, "tx-icop");
    await aMinuteLater();
    await visitor.answer({ user_name: box.question.user_name, password: box.question.password });
    await visitor.page.locator('[data-challenge="question"]').waitFor();
    assert.match(await visitor.text(), /What was the name of your first school\?/);
    await visitor.look("asked");
    await visitor.answer({ answer: box.question.answer });
    await connected(visitor);
  }));

// In one width: the state takes one order in a quarter of an hour.
test("a PIN that comes by post is ordered on the page, which says how long it is waited for", () =>
  visiting("letter", { language: "es", widths: [360] }, async (visitor) => {
    await signIn(visitor, box.accounts.letter);
    await choose(visitor, "us-ga", "Georgia");
    await visitor.by("no-account").first().locator("summary").click();
    await visitor.look("no-account");
    await visitor.by("start-enrolment").first().click();
    await visitor.page.locator("[data-challenge]").waitFor();
    await visitor.look("asked");
    await visitor.answer(box.georgia);
    await visitor.page.locator('[data-challenge="mailed_code"]').waitFor();
    assert.ok((await visitor.text()).includes(words.es["attempt.letter"]));
    await visitor.look("ordered");
    await visitor.open("/?lang=es");
    await visitor.by("waiting").waitFor();
    await visitor.look("waiting");
  }));

test("an account that the state has locked is said to be, with the state's office beside it", () =>
  visiting("locked", ENGLISH, async (visitor) => {
    await signIn(visitor, box.accounts.locked);
    await choose(visitor, "us-tx", "Texas");
    await start(visitor, "tx-icop");
    await aMinuteLater();
    await accountInTexas("k2", "lock");
    try {
      await visitor.answer(box.dana);
      await visitor.problem("account_locked");
    } finally {
      await accountInTexas("k2", "unlock");
    }
    assert.ok(await visitor.by("office").first().isVisible());
    await visitor.look("said");
  }));

test("a state that nobody knows is said not to be known, and one without a connection names its office", () =>
  visiting("search", SPANISH, async (visitor) => {
    await signIn(visitor, box.accounts.search);
    await visitor.by("add-state").click();
    await visitor.page.locator("#state-search").fill("Qwzxvk");
    await visitor.page.getByTestId("states").getByText(words.es["states.none"]).waitFor();
    await visitor.look("none");
    await visitor.page.locator("#state-search").fill("Nevada");
    const nevada = visitor.page.locator('li[data-jurisdiction="us-nv"]:first-child');
    await nevada.getByText(words.es["states.not_yet"]).waitFor();
    assert.ok(await nevada.getByTestId("office").isVisible());
    await visitor.look("not-yet");
    await visitor.page.locator("#state-search").fill("");
    await visitor.page.getByText(words.es["states.first"]).waitFor();
    assert.equal(await visitor.page.getByText(words.es["states.not_yet"]).count(), 0);
    await visitor.look("first");
    await visitor.page.goto(`${box.origin}/no/such/page?lang=es`);
    await visitor.page.getByText(words.es["page.none.text"]).waitFor();
    await visitor.look("no-page");
  }));

test("a gateway that cannot be reached is said to be, and what was asked for comes when it can", () =>
  visiting("no-connection", SPANISH, async (visitor) => {
    await signIn(visitor, box.accounts.no_connection);
    await visitor.context.setOffline(true);
    await visitor.page.locator('nav a[href^="/sessions"]').click();
    await visitor.problem("no_connection");
    await visitor.look("said");
    await visitor.context.setOffline(false);
    await visitor.page.locator('nav a[href^="/sessions"]').click();
    await visitor.page.locator("[data-session]").first().waitFor();
    const unreached = /net::ERR_INTERNET_DISCONNECTED/;
    visitor.complaints = visitor.complaints.filter((one) => !unreached.test(one));
  }));

test("signing in needs no mouse", () =>
  visiting("keyboard", ENGLISH, async (visitor) => {
    const { page } = visitor;
    const account = box.accounts.keyboard;
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-field"));
    await visitor.open("/sign-in?lang=en");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "usa-skipnav");
    await visitor.look("skip-link");
    await page.keyboard.press("Enter");
    for (let tabs = 0; (await focused()) !== "email"; ++tabs) {
      assert.ok(tabs < 3, "the first field is reached right after the skip link");
      await page.keyboard.press("Tab");
    }
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, "none", "what has the focus is seen to have it");
    await page.keyboard.type(account.email);
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "password");
    await page.keyboard.type(account.password);
    await page.keyboard.press("Enter");
    await visitor.by("linked-states").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  }));

test("a session that was ended elsewhere shows nothing any more and asks to sign in", () =>
  visiting("revoked", ENGLISH, async (visitor) => {
    const account = box.accounts.revoked;
    await signIn(visitor, account);
    await visitor.page.locator("[data-case]").first().waitFor();
    const elsewhere = await Visitor.arrive("elsewhere", SPANISH);
    try {
      await signIn(elsewhere, account);
      await elsewhere.page.locator('nav a[href^="/sessions"]').click();
      const others = elsewhere.page.locator('[data-session][data-current="false"]');
      const theirs = others.filter({ hasText: "Chrom" });
      await theirs.first().waitFor();
      await elsewhere.look("sessions");
      while (await theirs.count()) {
        const before = await theirs.count();
        await theirs.first().getByTestId("end-session").click();
        await theirs.nth(before - 1).waitFor({ state: "detached" });
      }
    } finally {
      await elsewhere.leave();
    }
    await visitor.by("flow-sign_in-credentials").waitFor();
    assert.doesNotMatch(await visitor.text(), /5,000|0012345678/);
    await visitor.look("signed-out");
  }));

test("leaving quickly leaves no trace, and Back shows nothing", () =>
  visiting("exit", ENGLISH, async (visitor) => {
    const { page } = visitor;
    const elsewhere = "https://www.weather.gov/";
    await page.route(elsewhere, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Weather</title><p>Sunny" }),
    );
    await signIn(visitor, box.accounts.exit);
    await page.locator("[data-case]").first().waitFor();
    assert.match(await visitor.text(), /5,000/);
    await page.locator('nav a[href^="/payments"]').click();
    await page.locator("[data-entry]").first().waitFor();
    await visitor.by("quick-exit").click();
    await page.waitForURL(elsewhere);
    assert.deepEqual(visitor.strangers.splice(0), [elsewhere], "the one place to leave to");
    await page.goBack();
    await page.locator("main h1").waitFor();
    assert.doesNotMatch(await visitor.text(), /5,000|0012345678|Texas/);
    await visitor.look("back");
    const answer = await visitor.context.request.get(`${box.origin}/v1/me`);
    assert.equal(answer.status(), 401, "the session is over at the gateway, too");
  }));

test("pressing Escape twice leaves as well", () =>
  visiting("escape", ENGLISH, async (visitor) => {
    const { page } = visitor;
    await page.route("https://www.weather.gov/", (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><p>Sunny" }),
    );
    await visitor.open("/sign-in?lang=en");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.waitForURL("https://www.weather.gov/");
    assert.equal(visitor.strangers.splice(0).length, 1);
  }));

test("a state that is down keeps its last figures, and says so", () =>
  visiting("down", SPANISH, async (visitor) => {
    await signIn(visitor, box.accounts.down);
    await fetched(visitor, "us-tx");
    await aMinuteLater();
    const card = linkOf(visitor, "us-tx");
    await breakTexas();
    try {
      await card.getByTestId("sync-link").click();
      await card.locator('[data-step="state_acts"]').waitFor();
    } finally {
      await mendStates();
    }
    await visitor.by("coverage").waitFor();
    assert.match(await visitor.by("money").innerText(), /\$5,000\.00/);
    assert.ok(await card.getByTestId("office").isVisible());
    await visitor.look("said");
  }));
