// How far back a list goes is said for the states that limit it, in the words of the page's language.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Meta } from "../../../core/portal/source/api_types.ts";
import { historyTexts } from "../../../core/portal/source/parts/coverage.ts";
import { speak } from "../../../core/portal/source/words.ts";

Object.assign(globalThis, { document: { documentElement: { lang: "" } } });

function meta(...days: (string | null)[]): Meta {
  const sources = days.map((day, at) => ({ jurisdiction: `us-${at}`, history_from: day }));
  return { sources } as unknown as Meta;
}
const names = (id: string): string => `State ${id}`;

test("a state that gives all of its records has no sentence", () => {
  assert.deepEqual(historyTexts(meta(null, null), names), []);
});
test("a state that keeps older records says from which day on it gives them", () => {
  speak("en");
  const texts = historyTexts(meta(null, "2023-03-01"), names);
  assert.equal(texts.length, 1);
  assert.match(texts[0] ?? "", /^State us-1 .*March 1, 2023/);
});
