// What all cases come to, as the gateway worked it out. Nothing is added up here.
import type { Summary } from "../api_types.ts";
import { el, p } from "../dom.ts";
import { day } from "../format.ts";
import { t, word } from "../words.ts";
import {
  amountView,
  dayOrMissing,
  figureView,
  missingView,
  sourceLine,
  type StateNames,
} from "./figure.ts";

/** Nothing is there yet, or nothing was told. */
function whyMissing(summary: Summary): string {
  const syncing = summary.meta.sources.some((source) => source.outcome === "syncing");
  return syncing ? "syncing" : "not_available";
}

function arrears(summary: Summary, names: StateNames): HTMLElement[] {
  const reason = whyMissing(summary);
  const { official, combined, note } = summary.arrears;
  return [
    el("dt", {}, t("totals.arrears")),
    el(
      "dd",
      { "data-testid": "arrears" },
      official.length === 0
        ? missingView(reason)
        : el(
            "ul",
            { class: "cb-plain-list" },
            ...official.map((one) => el("li", {}, figureView(one, names))),
          ),
      combined ? p(t("totals.combined"), " ", amountView(combined)) : null,
      note ? p(note) : null,
    ),
  ];
}

export function totalsView(summary: Summary, names: StateNames): HTMLElement {
  const reason = whyMissing(summary);
  const { last_payment: last, next_due: due, in_transit: moving } = summary;
  return el(
    "dl",
    { class: "cb-facts cb-totals", "data-testid": "totals" },
    ...arrears(summary, names),
    moving ? el("dt", {}, t("totals.in_transit")) : null,
    moving ? el("dd", {}, amountView(moving)) : null,
    ...summary.interest.flatMap((one) => [
      el("dt", {}, t("totals.interest")),
      el("dd", {}, figureView(one, names)),
    ]),
    el("dt", {}, t("case.last_payment")),
    el(
      "dd",
      {},
      last ? amountView(last.amount) : missingView(reason),
      last ? ", " : "",
      last ? dayOrMissing(last.date) : "",
      last ? sourceLine(names(last.jurisdiction), null) : null,
    ),
    el("dt", {}, t("case.next_due")),
    el(
      "dd",
      {},
      due ? amountView(due.amount) : missingView(reason),
      due ? ` ${word("frequency", due.frequency)}` : "",
      due?.date ? `, ${day(due.date)}` : "",
      due ? sourceLine(names(due.jurisdiction), null) : null,
    ),
  );
}
