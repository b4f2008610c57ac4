// One case of one state in a list: its number, the parent's part in it, what is due and what was paid last.
import { dataOf, type CaseData, type CaseRecord } from "../api_types.ts";
import { el } from "../dom.ts";
import { day } from "../format.ts";
import { linkTo } from "../router.ts";
import { t, word } from "../words.ts";
import { amountView, dayOrMissing, missingView, sourceLine, type StateNames } from "./figure.ts";
import { officeView } from "./office.ts";

export function roleAndStatus(record: CaseRecord): HTMLElement[] {
  const data = dataOf<CaseData>(record);
  return [
    el("dt", {}, t("case.status")),
    el("dd", {}, word("case_status", data.status)),
    el("dt", {}, t("case.role")),
    el("dd", {}, word("role", data.my_role)),
  ];
}

function due(record: CaseRecord): HTMLElement {
  const next = record.next_due;
  if (!next) return el("dd", {}, missingView(record.missing["next_due"]));
  return el(
    "dd",
    {},
    amountView(next.amount),
    ` ${word("frequency", next.frequency)}`,
    next.date ? `, ${day(next.date)}` : "",
  );
}

function lastPayment(record: CaseRecord): HTMLElement {
  const last = record.last_payment;
  if (!last) return el("dd", {}, missingView(record.missing["last_payment"]));
  return el("dd", {}, amountView(last.amount), ", ", dayOrMissing(last.date));
}

export function caseCard(record: CaseRecord, names: StateNames, level: "h3" | "h4" = "h3"): HTMLElement {
  const state = names(record.source.jurisdiction);
  const title = t("case.title", { state, number: dataOf<CaseData>(record).number });
  return el(
    "li",
    { class: "cb-card", "data-case": record.id, "data-jurisdiction": record.source.jurisdiction },
    el(level, { class: "cb-card-title" }, linkTo(`/cases/${record.id}`, title)),
    sourceLine(state, record.freshness.as_of, record.freshness.retrieved_at),
    record.freshness.status === "stale" || record.freshness.status === "expired"
      ? el("p", { class: "cb-stale" }, word("freshness", record.freshness.status))
      : null,
    el(
      "dl",
      { class: "cb-facts" },
      ...roleAndStatus(record),
      el("dt", {}, t("case.next_due")),
      due(record),
      el("dt", {}, t("case.last_payment")),
      lastPayment(record),
    ),
    officeView(record.office),
  );
}
