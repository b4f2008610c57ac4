// What a list lacks, state by state: why, since when, and who must act. Partial is normal and is said.
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
