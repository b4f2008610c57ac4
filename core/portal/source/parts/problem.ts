// A problem in plain words: what happened, who must act, and when it is worth another try.
import type { Problem } from "../api_types.ts";
import { el, present, type Child } from "../dom.ts";
import { moment } from "../format.ts";
import { t, word } from "../words.ts";

export type Tone = "info" | "warning" | "error" | "success";

export function alert(tone: Tone, heading: string | null, ...children: Child[]): HTMLElement {
  const role = tone === "error" ? { role: "alert" } : {};
  return el(
    "div",
    { class: `usa-alert usa-alert--${tone} usa-alert--slim`, "data-tone": tone, ...role },
    el(
      "div",
      { class: "usa-alert__body" },
      heading
        ? el("p", { class: "text-bold margin-0" }, `${t(`tone.${tone}`)}: ${heading}`)
        : el("span", { class: "usa-sr-only" }, `${t(`tone.${tone}`)}: `),
      ...present(children).map((child) =>
        typeof child === "string" ? el("p", { class: "usa-alert__text margin-0" }, child) : child,
      ),
    ),
  );
}

/** The gateway's own words for a problem, in the language of the page. */
export function textOf(problem: Problem): string {
  if (problem.code === "no_connection") return t("problem.no_connection");
  return problem.user_message ?? problem.title;
}

export function whoActs(problem: Problem): string {
  return word("actor", problem.actor);
}

/** When the next try may go better; whose try it is depends on who must act. */
export function whenAgain(problem: Problem): string | null {
  if (!problem.retry_at) return null;
  const key = problem.actor === "user" ? "problem.possible_at" : "problem.again_at";
  return t(key, { when: moment(problem.retry_at) });
}

/** How many tries are left, and what happens after the last one. */
function triesLeft(problem: Problem): string | null {
  if (problem.attempts_left === undefined) return null;
  const atState = problem.category === "challenge";
  return t(atState ? "problem.attempts_left" : "problem.tries_left", { count: problem.attempts_left });
}

export function problemView(problem: Problem, tone: Tone = "error"): HTMLElement {
  const view = alert(
    tone,
    null,
    textOf(problem),
    problem.actor === "user" ? null : whoActs(problem), // the text says what to do
    whenAgain(problem),
    triesLeft(problem),
  );
  view.setAttribute("data-problem", problem.code);
  return view;
}
