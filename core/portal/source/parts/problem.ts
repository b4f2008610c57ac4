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

export function problemView(problem: Problem, tone: Tone = "error"): HTMLElement {
  const view = alert(
    tone,
    null,
    textOf(problem),
    whoActs(problem),
    problem.retry_at ? t("problem.again_at", { when: moment(problem.retry_at) }) : null,
    problem.attempts_left === undefined
      ? null
      : t("problem.attempts_left", { count: problem.attempts_left }),
  );
  view.setAttribute("data-problem", problem.code);
  return view;
}
