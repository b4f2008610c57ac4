// What a parent does on the page, in steps that several tests share.
import { aMinuteLater, box, codeOfTexas, messagesOfTexas } from "./box.mjs";

export async function signIn(visitor, account) {
  await visitor.open(`/sign-in?lang=${visitor.language}`);
  await visitor.by("flow-sign_in-credentials").waitFor();
  await visitor.answer({ email: account.email, password: account.password });
  await visitor.by("sign-out").waitFor();
  await visitor.by("linked-states").waitFor();
}

/** From the overview to the state's own form; `typed` is what a parent types to find the state. */
export async function choose(visitor, jurisdiction, typed) {
  await visitor.by("add-state").click();
  await visitor.page.locator("#state-search").fill(typed);
  await visitor.page.locator(`li[data-jurisdiction="${jurisdiction}"]:first-child`).waitFor();
  await visitor.by(`connect-${jurisdiction}`).click();
  await visitor.by("start-link").first().waitFor();
}

export async function start(visitor, system) {
  await visitor.page.locator(`[data-system="${system}"]`).getByTestId("start-link").click();
  await visitor.page.locator('[data-challenge="credentials"]').waitFor();
}

/** Texas asks for user name and password, and then for what it sent: returns that code, not yet typed. */
export async function signInToTexas(visitor, credential = box.texas) {
  await aMinuteLater();
  const before = await messagesOfTexas();
  await visitor.answer({ user_name: credential.user_name, password: credential.password });
  await visitor.page.locator('[data-challenge="otp"]').waitFor();
  return codeOfTexas(before);
}

export async function connected(visitor) {
  await visitor.by("to-overview").waitFor();
}

export const linkOf = (visitor, jurisdiction) =>
  visitor.page.locator(`[data-link][data-jurisdiction="${jurisdiction}"]`);

/** Waits until everything that this state gives has been read. */
export async function fetched(visitor, jurisdiction) {
  const card = linkOf(visitor, jurisdiction);
  await card.locator('[data-step="nothing"]').waitFor();
}
