// A parent adds a passkey in the browser, signs in with it alone, names it and removes it; what an
// authenticator does wrong signs nobody in.
import assert from "node:assert/strict";
import test from "node:test";
import { box } from "./box.mjs";
import { visiting, WIDTHS } from "./visitor.mjs";

const OPTIONS = {
  protocol: "ctap2",
  ctap2Version: "ctap2_1",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
};

/** An authenticator in the browser. It acts only when it is told to: by itself it would sign in at once. */
async function withAuthenticator(visitor) {
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const added = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...OPTIONS, automaticPresenceSimulation: false },
  });
  const about = { authenticatorId: added.authenticatorId };
  return {
    acts: (enabled) =>
      session.send("WebAuthn.setAutomaticPresenceSimulation", { ...about, enabled }),
    does: (wrong) =>
      session.send("WebAuthn.setResponseOverrideBits", {
        ...about,
        isBogusSignature: false,
        isBadUV: false,
        isBadUP: false,
        ...wrong,
      }),
    credentials: async () => (await session.send("WebAuthn.getCredentials", about)).credentials,
  };
}

async function signIn(visitor, account) {
  await visitor.open(`/sign-in?lang=${visitor.language}`);
  await visitor.answer({ email: account.email, password: account.password });
  await visitor.by("sign-out").waitFor();
}

async function addPasskey(visitor, authenticator, name) {
  await visitor.page.locator('main a[href^="/security/passkeys/add"]').click();
  await visitor.by("flow-add_passkey-add_passkey").waitFor();
  await visitor.look(`offered-${name}`);
  await authenticator.acts(true);
  await visitor.answer({ passkey_name: name });
  await visitor.by("done-add_passkey").waitFor();
  await authenticator.acts(false);
}

async function toPasskeys(visitor) {
  await visitor.page.locator('a[href^="/security"]').first().click();
  await visitor.page.locator('main a[href^="/security/passkeys"]').click();
  await visitor.page.locator('main a[href^="/security/passkeys/add"]').waitFor();
}

/** A page that asked the browser only now is answered without a press. */
async function byPasskey(visitor, authenticator) {
  await authenticator.acts(true);
  await Promise.any([
    visitor.page.locator('[data-action="passkey"]').click(),
    visitor.by("sign-out").waitFor(),
    visitor.page.locator("[data-problem]").waitFor(),
  ]);
}

for (const language of ["en", "es"])
  test(`a passkey is added, signs in alone, is named and removed (${language})`, () =>
    visiting(`passkeys-${language}`, { language, widths: WIDTHS }, async (visitor) => {
      const { page } = visitor;
      const authenticator = await withAuthenticator(visitor);
      await signIn(visitor, box.accounts[`with_passkey_${language}`]);
      await toPasskeys(visitor);
      await visitor.look("none");
      await addPasskey(visitor, authenticator, "Phone");
      assert.equal(await page.locator('[data-shown="recovery_code"]').count(), 10);
      const [made] = await authenticator.credentials();
      assert.equal(made.rpId, "localhost");
      assert.equal(made.isResidentCredential, true);
      await visitor.by("sign-out").click();
      await visitor.by("flow-sign_in-credentials").waitFor();
      await visitor.look("sign-in");
      for (const wrong of [{ isBogusSignature: true }, { isBadUV: true }, { isBadUP: true }]) {
        await authenticator.does(wrong);
        await byPasskey(visitor, authenticator);
        await visitor.problem("sign_in_refused");
        await authenticator.acts(false);
        assert.equal(await visitor.by("sign-out").count(), 0, JSON.stringify(wrong));
        await visitor.open(`/sign-in?lang=${language}`);
      }
      await authenticator.does({});
      await byPasskey(visitor, authenticator);
      await visitor.by("sign-out").waitFor();
      await authenticator.acts(false);
      await toPasskeys(visitor);
      await visitor.look("one");
      assert.equal(await visitor.by("remove").count(), 0, "the last one stays");
      await page.locator('[data-field="name"]').fill("Old phone");
      await visitor.by("rename").click();
      await page.locator("h2", { hasText: "Old phone" }).waitFor();
    }));

test("a passkey is the second step after the password, and offered by the browser itself", () =>
  visiting("passkey-second", {}, async (visitor) => {
    const authenticator = await withAuthenticator(visitor);
    const account = box.accounts.with_passkey_after;
    await signIn(visitor, account);
    await toPasskeys(visitor);
    await addPasskey(visitor, authenticator, "Phone");
    await visitor.by("sign-out").click();
    await visitor.by("flow-sign_in-credentials").waitFor();
    await visitor.answer({ email: account.email, password: account.password });
    await visitor.by("flow-sign_in-passkey").waitFor();
    await visitor.look("after-password");
    await authenticator.acts(true);
    await visitor.by("submit").click();
    await visitor.by("sign-out").waitFor();
    // Who chooses it among what the browser fills in need not press anything else.
    const taken = visitor.page.waitForResponse(
      (answer) => /\/v1\/flows\/flw_/.test(answer.url()) && answer.request().method() === "POST",
    );
    await visitor.by("sign-out").click();
    assert.equal((await taken).status(), 200);
    await visitor.by("sign-out").waitFor();
  }));
