// The whole way of one parent: from registration to the merged balance, and out again.
import assert from "node:assert/strict";
import test from "node:test";
import { box, mailedCode, mendStates, slowOhio, words } from "./box.mjs";
import { choose, connected, fetched, linkOf, signInToTexas, start } from "./steps.mjs";
import { visiting, WIDTHS } from "./visitor.mjs";

const PASSWORD = "violet-harbour-pencil-73";
const SEARCHES = { en: ["texas child support", "ohio"], es: ["manutención Texas", "OH"] };

const amountsOf = (place) =>
  place.locator("[data-amount]").evaluateAll((all) => all.map((one) => one.getAttribute("data-amount")));

async function register(visitor, email) {
  await visitor.open(`/?lang=${visitor.language}`);
  await visitor.look("welcome");
  await visitor.page.locator('main a[href^="/register"]').click();
  await visitor.by("flow-registration-details").waitFor();
  await visitor.look("register");
  await visitor.answer({ email, password: PASSWORD });
  await visitor.by("flow-registration-code").waitFor();
  await visitor.look("register-code");
  await visitor.answer({ code: await mailedCode(email) });
  await visitor.by("flow-sign_in-credentials").waitFor();
  await visitor.look("sign-in");
  await visitor.answer({ email, password: PASSWORD });
  await visitor.by("sign-out").waitFor();
  await visitor.look("overview-empty");
}

async function connectTexas(visitor, typed) {
  await choose(visitor, "us-tx", typed);
  await visitor.look("connect-texas");
  await start(visitor, "tx-icop");
  await visitor.look("texas-credentials");
  const code = await signInToTexas(visitor);
  await visitor.look("texas-code");
  await visitor.answer({ code });
  await connected(visitor);
  await visitor.look("texas-connected");
  await visitor.by("to-overview").click();
  await fetched(visitor, "us-tx");
}

async function connectOhio(visitor, typed) {
  await choose(visitor, "us-oh", typed);
  await start(visitor, "oh-csenet");
  const about = words[visitor.language]["attempt.ssn_notice"];
  const notice = visitor.page.locator(".usa-alert", { hasText: about });
  assert.match(await notice.innerText(), /42 U\.S\.C\./, "the notice beside the Social Security number");
  await visitor.look("ohio-credentials");
  await slowOhio();
  try {
    await visitor.answer(box.ohio);
    await connected(visitor);
    await visitor.by("to-overview").click();
    const card = linkOf(visitor, "us-oh");
    await card.locator('[data-step="fetching"]').waitFor();
    await card.locator('.cb-progress[data-state="running"]').waitFor();
    await visitor.look("fetching");
    await card.locator('.cb-progress[data-state="succeeded"]').waitFor();
  } finally {
    await mendStates();
  }
  await fetched(visitor, "us-oh");
}

async function readBalance(visitor) {
  const { page } = visitor;
  const totals = visitor.by("totals");
  const arrears = visitor.by("arrears");
  await page.locator("[data-cluster]").waitFor();
  await visitor.look("overview");
  assert.ok((await amountsOf(arrears)).every((one) => one === "5000.00"), "past due, each debt counted once");
  assert.ok((await amountsOf(arrears)).length >= 1);
  const shown = await amountsOf(totals);
  for (const amount of ["200.00", "320.00"]) assert.ok(shown.includes(amount), `${amount} in ${shown}`);
  await visitor.by("why-two-figures").locator("summary").click();
  const why = await visitor.by("why-two-figures").innerText();
  for (const figure of ["$5,000.00", "$4,800.00", "$200.00"]) assert.ok(why.includes(figure), figure);
  await visitor.look("why-two-figures");
  const text = await visitor.text();
  assert.ok(text.includes("$320.00"));
  assert.ok(!/9[,.]?800/.test(text), "the same debt was counted twice");
}

async function readCase(visitor) {
  await visitor.page.locator('[data-case][data-jurisdiction="us-tx"] h4 a').click();
  await visitor.page.locator("[data-bucket]").first().waitFor();
  const owed = visitor.page.locator('[data-bucket="total_arrears"] [data-amount]');
  assert.equal(await owed.getAttribute("data-amount"), "5000.00");
  await visitor.look("case");
}

async function readPayments(visitor) {
  const { page } = visitor;
  await page.locator('nav a[href^="/payments"]').click();
  await page.locator("[data-entry]").first().waitFor();
  const moving = page.locator("[data-entry]", { hasText: words[visitor.language]["payments.in_transit"] });
  assert.deepEqual(await amountsOf(moving), ["200.00"], "what is on its way between the states");
  const received = page.locator('[data-leg="received_from_state"]');
  const joined = page.locator("[data-entry]", { has: received }).first();
  await joined.locator("summary").click();
  const legs = await joined.locator("[data-leg]").evaluateAll((all) => all.map((one) => one.dataset.leg));
  assert.equal(legs[0], "collected");
  assert.ok(legs.includes("received_from_state"), legs.join());
  for (const state of ["Ohio", "Texas"]) assert.ok((await joined.innerText()).includes(state), state);
  await visitor.look("payments");
}

async function unlinkOhio(visitor) {
  await visitor.page.locator('nav a[href^="/?"]').click();
  await linkOf(visitor, "us-oh").getByTestId("unlink").click();
  await visitor.by("confirm-unlink").waitFor();
  await visitor.look("unlink");
  await visitor.by("confirm-unlink").click();
  await visitor.by("receipt").waitFor();
  await visitor.look("unlinked");
  await visitor.page.locator('nav a[href^="/?"]').click();
  await linkOf(visitor, "us-tx").waitFor();
  assert.equal(await linkOf(visitor, "us-oh").count(), 0);
  await visitor.page.locator("[data-case]").first().waitFor();
  assert.equal(await visitor.page.locator("[data-cluster]").count(), 0);
  assert.ok(!(await visitor.text()).includes("$4,800.00"), "nothing of Ohio is left");
}

async function signOut(visitor) {
  await visitor.page.locator('nav a[href^="/sessions"]').click();
  await visitor.page.locator('[data-session][data-current="true"]').waitFor();
  await visitor.look("sessions");
  await visitor.page.locator('nav a[href^="/activity"]').click();
  await visitor.page.locator('[data-action="link_removed"]').first().waitFor();
  await visitor.page.locator('[data-action="signed_in"]').first().waitFor();
  await visitor.look("activity");
  await visitor.by("sign-out").click();
  await visitor.by("flow-sign_in-credentials").waitFor();
  await visitor.look("signed-out");
  await visitor.page.goto(`${box.origin}/payments?lang=${visitor.language}`);
  await visitor.by("flow-sign_in-credentials").waitFor();
}

async function journey(visitor, email) {
  const [texas, ohio] = SEARCHES[visitor.language];
  await register(visitor, email);
  await connectTexas(visitor, texas);
  await connectOhio(visitor, ohio);
  await readBalance(visitor);
  await readCase(visitor);
  await readPayments(visitor);
  await unlinkOhio(visitor);
  await signOut(visitor);
}

for (const language of ["en", "es"]) {
  for (const width of WIDTHS) {
    test(`from registration to the merged balance, ${language}, ${width} px`, () =>
      visiting("journey", { language, widths: [width] }, (visitor) =>
        journey(visitor, `journey.${language}.${width}@example.com`),
      ));
  }
}
