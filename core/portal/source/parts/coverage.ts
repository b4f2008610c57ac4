// What a list lacks, state by state: why, since when, who must act, and how far back it goes.
import type { Meta, Source } from "../api_types.ts";
import { el, p } from "../dom.ts";
import { day } from "../format.ts";
import { t, word } from "../words.ts";
import type { StateNames } from "./figure.ts";
import { alert, textOf, whenAgain, whoActs } from "./problem.ts";

function sourceView(source: Source, names: StateNames): HTMLElement {
  const problem = source.outcome === "syncing" ? null : source.problem; // the outcome says it all
  return el(
    "li",
    { "data-source": source.jurisdiction, "data-outcome": source.outcome },
    el("strong", {}, names(source.jurisdiction)),
    `: ${word("outcome", source.outcome)} `,
    source.as_of ? `${t("coverage.as_of", { day: day(source.as_of) })} ` : "",
    problem ? `${textOf(problem)} ${whoActs(problem)} ` : "",
    problem ? whenAgain(problem) : null,
  );
}

/** Null when nothing is lacking. */
export function coverageView(meta: Meta, names: StateNames): HTMLElement | null {
  const lacking = meta.sources.filter(
    (source) => source.outcome !== "ok" && source.outcome !== "unsupported",
  );
  if (meta.completeness === "complete" || lacking.length === 0) return null;
  const view = alert(
    "warning",
    t("coverage.partial"),
    p(t("coverage.text")),
    el("ul", { class: "usa-list" }, ...lacking.map((source) => sourceView(source, names))),
  );
  view.setAttribute("data-testid", "coverage");
  return view;
}

/** One sentence for each state that keeps older records to itself. */
export function historyTexts(meta: Meta, names: StateNames): string[] {
  return meta.sources.flatMap((source) =>
    source.history_from
      ? [t("coverage.history", { state: names(source.jurisdiction), day: day(source.history_from) })]
      : [],
  );
}

/** Null when there is no such state. */
export function historyView(meta: Meta, names: StateNames): HTMLElement | null {
  const texts = historyTexts(meta, names);
  return texts.length === 0
    ? null
    : el("div", { "data-testid": "history" }, ...texts.map((text) => p(text)));
}
