// Attempts that take days: what each waits for, and the way back to it.
import type { Attempt } from "../api_types.ts";
import { el } from "../dom.ts";
import { dayOf } from "../format.ts";
import { linkTo } from "../router.ts";
import { t } from "../words.ts";

export const isLetter = (attempt: Attempt): boolean => attempt.challenge?.kind === "mailed_code";

/** Those that go on by themselves or by post; a form that somebody left is not among them. */
export const takesDays = (attempt: Attempt): boolean => attempt.state === "waiting" || isLetter(attempt);

export interface Waiting {
  text: string;
  button: string;
}
export function waitingFor(attempt: Attempt, state: string): Waiting {
  if (!isLetter(attempt)) return { text: t("waiting.request", { state }), button: t("waiting.look") };
  return {
    text: t("waiting.letter", { state, day: dayOf(attempt.expires_at) }),
    button: t("waiting.letter_came"),
  };
}

export function waitingView(attempt: Attempt, state: string): HTMLElement {
  const waiting = waitingFor(attempt, state);
  return el(
    "div",
    { class: "cb-card", "data-testid": "waiting", "data-attempt": attempt.id },
    el("p", { class: "margin-top-0" }, waiting.text),
    linkTo(`/attempts/${attempt.id}`, waiting.button, { class: "usa-button" }),
  );
}
