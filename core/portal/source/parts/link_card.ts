// A connected state: how it stands, the one next step, what is being fetched, and the ways on.
import { post, problemOf } from "../api.ts";
import type { Jurisdiction, Link, Sync } from "../api_types.ts";
import { el, fill, p } from "../dom.ts";
import { day } from "../format.ts";
import { announce } from "../live.ts";
import { linkTo } from "../router.ts";
import { t, word, type Key } from "../words.ts";
import { nextStep, oldestDay, type Step, type StepKind } from "./next_step.ts";
import { officeView } from "./office.ts";
import { alert, problemView, textOf, whenAgain, whoActs, type Tone } from "./problem.ts";

const TONES: Record<StepKind, Tone> = {
  fetching: "info",
  sign_in: "warning",
  refresh: "warning",
  state_acts: "warning",
  gateway_acts: "warning",
  nothing: "success",
};
const WORDS: Record<StepKind, Key> = {
  fetching: "step.fetching",
  sign_in: "step.sign_in",
  refresh: "step.refresh",
  state_acts: "step.state_acts",
  gateway_acts: "step.gateway_acts",
  nothing: "step.nothing",
};

export interface LinkActions {
  refresh: (link: Link) => Promise<void>;
  signIn: (link: Link) => Promise<void>;
}

function stepView(link: Link, step: Step): HTMLElement {
  const view = alert(
    TONES[step.kind],
    t(WORDS[step.kind], { state: link.jurisdiction_name }),
    step.problem ? textOf(step.problem) : null,
    step.problem ? whoActs(step.problem) : null,
    step.problem ? whenAgain(step.problem) : null,
  );
  view.setAttribute("data-testid", "next-step");
  view.setAttribute("data-step", step.kind);
  return view;
}

/** How far the reading of this state has come, in words and as a list; never by colour or a bar alone. */
export function progressView(sync: Sync): HTMLElement {
  const parts = Array.from(new Map(sync.datasets.map((one) => [one.dataset, one.sync])));
  // Once it is over, only what went wrong is worth a line.
  const shown = sync.finished_at
    ? parts.filter(([, state]) => !["ok", "unsupported"].includes(state))
    : parts;
  const chips = shown.map(([dataset, state]) =>
    el(
      "li",
      { "data-dataset": dataset, "data-state": state },
      `${word("dataset", dataset)}: ${word("dataset_state", state)}`,
    ),
  );
  return el(
    "div",
    { class: "cb-progress", "data-sync": sync.id, "data-state": sync.state },
    p(word("sync", sync.state)),
    chips.length ? el("ul", { class: "cb-chips" }, ...chips) : null,
  );
}

/** The button that goes with the next step; null where there is none. */
function actionView(
  link: Link,
  step: Step,
  actions: LinkActions,
  trouble: HTMLElement,
): HTMLElement | null {
  if (!step.action) return null;
  const repair = step.action === "repair_link";
  const urgent = step.kind === "sign_in" || step.kind === "refresh";
  const run = repair ? actions.signIn : actions.refresh;
  const button = el(
    "button",
    {
      type: "button",
      class: urgent ? "usa-button" : "usa-button usa-button--outline",
      "data-testid": repair ? "repair-link" : "sync-link",
      onclick: () => {
        button.disabled = true;
        run(link)
          .catch((thrown: unknown) => fill(trouble, problemView(problemOf(thrown))))
          .finally(() => void (button.disabled = false));
      },
    },
    t(repair ? "link.sign_in" : "link.refresh", { state: link.jurisdiction_name }),
  );
  return button;
}

export function linkCard(link: Link, state: Jurisdiction | undefined, actions: LinkActions): HTMLElement {
  const step = nextStep(link);
  const trouble = el("div");
  const asOf = oldestDay(link);
  const place = { "data-link": link.id, "data-jurisdiction": link.jurisdiction, "data-state": link.state };
  const unlink = t("link.unlink", { state: link.jurisdiction_name });
  return el(
    "li",
    { class: "cb-card", ...place },
    el(
      "h3",
      { class: "cb-card-title" },
      link.jurisdiction_name,
      el("span", { class: "cb-beside", lang: "en" }, ` ${link.system_name}`),
    ),
    stepView(link, step),
    el("div", { class: "cb-progress-place", "data-progress": link.id }),
    el(
      "dl",
      { class: "cb-facts" },
      el("dt", {}, t("link.as_of")),
      el("dd", {}, asOf ? day(asOf) : t("link.no_day")),
      el("dt", {}, t("link.custody")),
      el("dd", {}, word("custody", link.custody)),
    ),
    trouble,
    el(
      "div",
      { class: "cb-buttons" },
      actionView(link, step, actions, trouble),
      linkTo(`/links/${link.id}/unlink`, unlink, { class: "usa-link", "data-testid": "unlink" }),
    ),
    state ? officeView(state) : null,
  );
}

/** Asks for newer records; the answer is the sync that runs now. */
export async function refreshLink(link: Link): Promise<Sync> {
  const sync = await post<Sync>(`/v1/links/${link.id}/syncs`);
  announce(t("step.fetching", { state: link.jurisdiction_name }));
  return sync;
}
