// What holds on every page and in every state: accessible, no wider than the window, in one language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { box, words } from "./box.mjs";

const axe = readFileSync(
  createRequire(new URL("../../core/portal/package.json", import.meta.url)).resolve("axe-core/axe.min.js"),
  "utf8",
);

async function accessible(page, place) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
  });
  assert.deepEqual(found, [], `${place}: what axe finds`);
}

async function withinWindow(page, place) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= window, `${place}: ${content} px wide in a window of ${window}`);
}

/** Whole texts of the other language only: short words may be the same in both. */
const foreign = (language) => {
  const [mine, other] = language === "en" ? [words.en, words.es] : [words.es, words.en];
  const known = new Set(Object.values(mine));
  return Object.values(other).filter((text) => text.length > 12 && !text.includes("{") && !known.has(text));
};
const FOREIGN = { en: foreign("en"), es: foreign("es") };

async function oneLanguage(page, language, place) {
  assert.equal(await page.locator("html").getAttribute("lang"), language, place);
  const text = await page.evaluate(() => {
    // What says of itself that it is in another language is: the words of a state, the name of a language.
    const quoted = [...document.body.querySelectorAll("[lang]")].map((one) => one.innerText);
    return quoted.reduce((rest, one) => rest.replace(one, ""), document.body.innerText);
  });
  assert.doesNotMatch(text, /\{\w+\}|undefined|\[object|NaN/, place);
  assert.deepEqual(FOREIGN[language].filter((one) => text.includes(one)), [], `${place}: the other language`);
}

export async function keepsNothing(page, place) {
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookie: document.cookie,
  }));
  const nothing = { local: 0, session: 0, databases: 0, caches: 0, workers: 0, cookie: "" };
  assert.deepEqual(kept, nothing, place);
}

/** Checks what is shown in every width of this visitor, and keeps a picture of each. */
export async function inspect(visitor, state) {
  const { page, name, language, widths } = visitor;
  const number = String(++visitor.shots).padStart(2, "0");
  for (const width of widths) {
    const place = `${name}, ${state}, ${language}, ${width} px`;
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({
      path: `${box.screenshots}/${name}-${language}-${width}-${number}-${state}.png`,
      fullPage: true,
    });
    await accessible(page, place);
    await withinWindow(page, place);
    await oneLanguage(page, language, place);
  }
  await keepsNothing(page, `${name}, ${state}`);
}
