// A parent adds an authenticator app and signs in with it; the only second step cannot be removed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { box, codeOfApp } from "./box.mjs";
import { visiting, WIDTHS } from "./visitor.mjs";

const STEP_S = 30;
const FLOW_LIFE_S = 3600;

/** The step the gateway is in: a flow ends an hour after it began. */
const presentStep = (visitor) =>
  visitor.page.evaluate(
    async ([life, step]) => {
      const asked = { kind: "sign_in", transport: "bearer" };
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch("/v1/flows", { method: "POST", headers, body: JSON.stringify(asked) });
      const ends = Date.parse((await answer.json()).expires_at) / 1000;
      return Math.floor((ends - life) / step);
    },
    [FLOW_LIFE_S, STEP_S],
  );

/** What another program reads from the picture, as the browser shows it. */
async function scan(visitor, picture) {
  await visitor.page.waitForFunction((one) => one.complete && one.naturalWidth > 0, await picture.elementHandle());
  const file = `${box.screenshots}/qr-code-${visitor.language}.png`;
  await picture.screenshot({ path: file });
  return execFileSync("zbarimg", ["--raw", "--quiet", file], { encoding: "utf8" }).trim();
}

const goTo = (visitor, path) => visitor.page.locator(`a[href^="${path}"]`).first().click();

for (const language of ["en", "es"])
  test(`a second step is added, asked for and stays (${language})`, () =>
    visiting(`second-step-${language}`, { language, widths: WIDTHS }, async (visitor) => {
      const account = box.accounts[`with_app_${language}`];
      const { page } = visitor;
      await visitor.open(`/sign-in?lang=${language}`);
      await visitor.answer({ email: account.email, password: account.password });
      await visitor.by("sign-out").waitFor();
      await goTo(visitor, "/security");
      await page.locator('main a[href^="/security/app"]').waitFor();
      await visitor.look("without-app");
      await goTo(visitor, "/security/app");
      await visitor.by("flow-add_totp-add_app").waitFor();
      const secret = await page.locator('[data-shown="secret"] code').textContent();
      assert.match(await page.locator('[data-shown="uri"] a').getAttribute("href"), /^otpauth:\/\/totp\//);
      await visitor.look("offered");
      const scanned = await scan(visitor, visitor.by("qr-code"));
      assert.equal(scanned, await page.locator('[data-shown="uri"] a').getAttribute("href"));
      const first = (await presentStep(visitor)) - 1;
      await visitor.answer({ code: codeOfApp(secret, first - 9) });
      await page.locator("[data-problem]").waitFor();
      assert.equal(await page.locator('[data-shown="secret"] code').textContent(), secret);
      const added = Math.max(first, (await presentStep(visitor)) - 1);
      await visitor.answer({ code: codeOfApp(secret, added) });
      await visitor.by("done-add_totp").waitFor();
      assert.equal(await page.locator('[data-shown="recovery_code"]').count(), 10);
      await visitor.look("recovery-codes");
      await visitor.by("sign-out").click();
      await visitor.by("flow-sign_in-credentials").waitFor();
      await visitor.answer({ email: account.email, password: account.password });
      await visitor.by("flow-sign_in-second_factor").waitFor();
      await visitor.look("second-factor");
      const used = Math.max(added + 1, (await presentStep(visitor)) - 1);
      await visitor.answer({ code: codeOfApp(secret, used) });
      await visitor.by("sign-out").waitFor();
      await goTo(visitor, "/security");
      await page.locator('main a[href^="/security/recovery-codes"]').waitFor();
      await visitor.look("with-app");
      assert.equal(await page.locator('main a[href^="/security/remove-app"]').count(), 0, "the only one stays");
    }));
