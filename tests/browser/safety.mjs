// A parent sees which devices the account knows, forgets one, stops everything, and follows the link of an alert.
import assert from "node:assert/strict";
import test from "node:test";
import { box, mailedLink } from "./box.mjs";
import { visiting, WIDTHS } from "./visitor.mjs";

for (const language of ["en", "es"])
  test(`devices are forgotten, and an alert's link ends every session (${language})`, () =>
    visiting(`safety-${language}`, { language, widths: WIDTHS }, async (visitor) => {
      const account = box.accounts[`safety_${language}`];
      const { page } = visitor;
      await visitor.open(`/lost-phone?lang=${language}`);
      await visitor.by("flow-lost_phone-credentials").waitFor();
      await visitor.look("lost-phone");
      await visitor.open(`/sign-in?lang=${language}`);
      await visitor.answer({ email: account.email, password: account.password });
      await visitor.by("sign-out").waitFor();
      await page.locator('nav a[href^="/sessions"]').click();
      await page.locator('[data-device][data-current="true"]').waitFor();
      await visitor.look("devices");
      await visitor.by("forget-device").click();
      await page.locator("[data-device]").waitFor({ state: "detached" });

      await page.locator('nav a[href^="/security"]').click();
      await page.locator('main a[href^="/safety"]').click();
      await visitor.by("safety-stop").waitFor();
      await visitor.look("safety");
      await visitor.by("safety-stop").click();
      await page.locator('[data-stopped="true"]').waitFor();
      await visitor.by("export").click();
      await visitor.problem("sharing_stopped");
      await visitor.look("stopped");
      await visitor.by("lift-stop").click();
      await page.locator('[data-stopped="false"]').waitFor();
      const [copy] = await Promise.all([page.waitForEvent("download"), visitor.by("export").click()]);
      assert.equal(copy.suggestedFilename(), "account.json");
      await page.locator('main a[href^="/safety/delete"]').click();
      await page.locator('[data-action="delete"]').waitFor();
      await visitor.look("delete");
      await page.locator('[data-action="delete"]').click();
      await visitor.by("done-delete_account").waitFor();
      await page.locator('main a[href^="/safety"]').click();
      await visitor.by("stop-hold").waitFor();
      await visitor.look("waiting");
      await visitor.by("stop-hold").click();
      await page.locator("[data-hold]").waitFor({ state: "detached" });

      const link = await mailedLink(account.email, "not-me");
      await visitor.open(`/not-me?lang=${language}#${link}`);
      await visitor.by("flow-not_me-mailed_link").waitFor();
      assert.equal(await visitor.field("link_code").inputValue(), link);
      assert.ok(!page.url().includes(link), "the address bar keeps it");
      await visitor.by("sign-out").waitFor(); // looking has done nothing
      await visitor.look("not-me");
      await visitor.by("submit").click();
      await visitor.by("done-not_me").waitFor();
      assert.equal(await visitor.by("sign-out").count(), 0);
      await visitor.look("done");

      await visitor.open(`/sign-in?lang=${language}`); // or only what stands behind '#' would change
      await visitor.open(`/not-me?lang=${language}#${link}`);
      await visitor.by("submit").click();
      await visitor.problem("code_refused");
      await visitor.look("used-up");
    }));
