// Payments and what became of them, newest first. Money that two states know of comes once, with its legs.
import { get, problemOf } from "../api.ts";
import {
  dataOf,
  type ApiRecord,
  type Jurisdiction,
  type LedgerData,
  type LedgerPage,
  type ReceiptData,
} from "../api_types.ts";
import { el, fill, p, type Child } from "../dom.ts";
import { day, money } from "../format.ts";
import { announce } from "../live.ts";
import { coverageView, historyView } from "../parts/coverage.ts";
import { amountView, missingView, type StateNames } from "../parts/figure.ts";
import { problemView } from "../parts/problem.ts";
import type { View, Visit } from "../router.ts";
import { t, word } from "../words.ts";

const PAGE = 50;

function legsView(record: ApiRecord, names: StateNames): HTMLElement | null {
  if (!record.legs?.length) return null;
  return el(
    "details",
    { class: "cb-why", "data-testid": "legs" },
    el("summary", {}, t("payments.legs")),
    el(
      "ol",
      { class: "usa-list" },
      ...record.legs.map((leg) =>
        el(
          "li",
          { "data-leg": leg.kind },
          t("payments.leg", {
            what: word("leg", leg.kind),
            state: names(leg.jurisdiction),
            amount: money(leg.amount),
            day: leg.date ? day(leg.date) : t("payments.no_day"),
          }),
        ),
      ),
    ),
  );
}

function receiptNotes(data: ReceiptData): Child[] {
  return [
    el("span", {}, word("payment_source", data.source)),
    el("span", {}, word("payment_status", data.status)),
    data.is_correction ? el("span", {}, t("payments.correction")) : null,
    data.is_memo ? el("span", {}, t("payments.memo")) : null,
  ];
}

function entryView(record: ApiRecord, names: StateNames): HTMLElement {
  const data = dataOf<LedgerData>(record);
  const receipt = data.kind === "receipt";
  const date = receipt ? data.collected_on : data.paid_on;
  const notes = receipt
    ? receiptNotes(data)
    : [
        el("span", {}, word("recipient", data.recipient)),
        el("span", {}, word("disbursement_status", data.status)),
        data.method ? el("span", {}, word("method", data.method)) : null,
      ];
  return el(
    "li",
    {
      class: "cb-card cb-entry",
      "data-entry": record.id,
      "data-kind": data.kind,
      "data-jurisdiction": record.source.jurisdiction,
    },
    el(
      "div",
      { class: "cb-entry-head" },
      el("strong", {}, word("ledger_kind", data.kind)),
      amountView(data.amount),
      el("span", {}, date ? day(date) : missingView(record.missing[receipt ? "collected_on" : "paid_on"])),
    ),
    el(
      "div",
      { class: "cb-notes" },
      el("span", {}, names(record.source.jurisdiction)),
      ...notes,
      receipt && data.posted_on ? el("span", {}, t("payments.posted", { day: day(data.posted_on) })) : null,
    ),
    record.in_transit ? p(el("strong", {}, t("payments.in_transit"))) : null,
    legsView(record, names),
  );
}

export async function paymentsView(visit: Visit): Promise<View> {
  const only = visit.params["case"];
  const states = (await get<{ data: Jurisdiction[] }>("/v1/jurisdictions", visit.signal)).data;
  const names: StateNames = (id) => states.find((one) => one.id === id)?.name ?? id;
  const path = `/v1/ledger?limit=${PAGE}${only ? `&case=${only}` : ""}`;
  const list = el("ul", { class: "cb-plain-list", "data-testid": "payments" });
  const more = el("div");
  const first = await get<LedgerPage>(path, visit.signal);

  function show(page: LedgerPage): void {
    list.append(...page.data.map((one) => entryView(one, names)));
    fill(more, page.page.has_more && page.page.next_cursor ? moreButton(page.page.next_cursor) : null);
  }
  function moreButton(cursor: string): HTMLElement {
    return el(
      "button",
      {
        type: "button",
        class: "usa-button usa-button--outline",
        "data-testid": "more",
        onclick: () =>
          void get<LedgerPage>(`${path}&cursor=${encodeURIComponent(cursor)}`, visit.signal)
            .then((page) => {
              show(page);
              announce(t("payments.more_shown", { count: page.data.length }));
            })
            .catch((thrown: unknown) => fill(more, problemView(problemOf(thrown)))),
      },
      t("payments.more"),
    );
  }
  show(first);
  const lacking = coverageView(first.meta, names);
  const history = historyView(first.meta, names);
  const body: Node[] = [
    p(t(only ? "payments.one_state" : "payments.intro")),
    ...(lacking ? [lacking] : []),
    ...(history ? [history] : []),
  ];
  if (first.data.length === 0) body.push(p(t("payments.none")));
  return { title: t("payments.title"), body: [...body, list, more] };
}
