// What takes days: which attempts are shown, and what is said of each.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Attempt } from "../../../core/portal/source/api_types.ts";
import { takesDays, waitingFor } from "../../../core/portal/source/parts/waiting.ts";
import { speak } from "../../../core/portal/source/words.ts";

Object.assign(globalThis, { document: { documentElement: { lang: "" } } });
process.env["TZ"] = "America/New_York";

const attempt = (state: string, kind: string | null): Attempt =>
  ({ state, challenge: kind ? { kind } : null, expires_at: "2026-04-25T14:00:00Z" }) as Attempt;

test("a letter and a request are told of, and a form that somebody left is not", () => {
  assert.equal(takesDays(attempt("challenge", "mailed_code")), true);
  assert.equal(takesDays(attempt("waiting", "credentials")), true);
  for (const kind of ["credentials", "otp", "fields"])
    assert.equal(takesDays(attempt("challenge", kind)), false);
  assert.equal(takesDays(attempt("expired", null)), false);
});
test("a letter is told of with the last day of its code, in both languages", () => {
  const letter = attempt("challenge", "mailed_code");
  speak("en");
  assert.match(waitingFor(letter, "Georgia").text, /^Georgia .* until April 25, 2026\.$/);
  assert.equal(waitingFor(letter, "Georgia").button, "The letter has come");
  speak("es");
  assert.match(waitingFor(letter, "Georgia").text, /^Georgia .* hasta el 25 de abril de 2026\.$/);
});
test("a request that the state works on names no day", () => {
  speak("en");
  assert.doesNotMatch(waitingFor(attempt("waiting", "credentials"), "Georgia").text, /2026/);
});
