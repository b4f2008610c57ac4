// Amounts, days and words, in both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { day, list, money } from "../../../core/portal/source/format.ts";
import { filled, locale, speak, t, word } from "../../../core/portal/source/words.ts";

const page = { documentElement: { lang: "" } };
Object.assign(globalThis, { document: page });
const usd = (amount: string): string => money({ amount, currency: "USD" });

test("amounts are written as in the United States, to the cent", () => {
  for (const language of ["en", "es"]) {
    speak(language);
    assert.equal(usd("1234567.05"), "$1,234,567.05");
    assert.equal(usd("0.00"), "$0.00");
    assert.equal(usd("-12.30"), "-$12.30");
    assert.equal(usd("9999999999999.99"), "$9,999,999,999,999.99");
  }
});
test("a day is the day it says, in every time zone", () => {
  speak("en");
  assert.equal(day("2026-03-01"), "March 1, 2026");
  speak("es");
  assert.equal(day("2026-03-01"), "1 de marzo de 2026");
});
test("lists are joined as each language does", () => {
  speak("en");
  assert.equal(list(["a", "b", "c"]), "a, b, and c");
  speak("es");
  assert.equal(list(["a", "b", "c"]), "a, b y c");
});
test("a language that is not known is English, and the page says which it is", () => {
  speak("fr-FR");
  assert.equal(page.documentElement.lang, "en");
  assert.equal(t("nav.sign_out"), "Sign out");
  speak("es-MX");
  assert.deepEqual([page.documentElement.lang, locale()], ["es", "es-US"]);
  assert.equal(t("nav.sign_out"), "Salir");
});
test("a code that nobody knows yet has a word all the same", () => {
  speak("en");
  assert.equal(word("role", "custodial_party"), "The child lives with you");
  assert.equal(word("role", "great_aunt"), "The state did not say");
  assert.equal(word("role", null), "The state did not say");
  assert.equal(word("no_such_family", "x"), "");
});
test("values are put in as they are, and an unknown name stays", () => {
  assert.equal(filled("{state}, {day}", { state: "{day}", day: "x" }), "{day}, x");
  assert.equal(filled("{other}", { state: "Ohio" }), "{other}");
  assert.equal(filled("{constructor}", {}), "{constructor}");
});
