// A figure is never alone: it says whose it is and as of when. A missing one says why it is missing.
import type { Figure, Money } from "../api_types.ts";
import { el } from "../dom.ts";
import { day, money } from "../format.ts";
import { t, word } from "../words.ts";

export type StateNames = (jurisdiction: string) => string;

export function amountView(amount: Money): HTMLElement {
  return el("span", { class: "cb-amount", "data-amount": amount.amount }, money(amount));
}

/** In the place of a value that is not there. */
export function missingView(reason: string | undefined): HTMLElement {
  return el(
    "span",
    { class: "cb-missing", "data-missing": reason ?? "absent" },
    word("missing", reason ?? "absent"),
  );
}

export const dayOrMissing = (text: string | null, reason?: string): string | HTMLElement =>
  text ? day(text) : missingView(reason);

/** Whose figure, and of which day: the one the state names, or else the one on which it was read. */
export function sourceLine(state: string, asOf: string | null, readOn: string | null = null): HTMLElement {
  const dated = asOf ?? readOn;
  const key = asOf ? "figure.source" : "figure.source_read";
  return el("span", { class: "cb-source" }, dated ? t(key, { state, day: day(dated) }) : state);
}

export function figureView(figure: Figure, names: StateNames): HTMLElement {
  return el(
    "span",
    { class: "cb-figure", "data-jurisdiction": figure.jurisdiction },
    amountView(figure.amount),
    sourceLine(names(figure.jurisdiction), figure.as_of),
  );
}
