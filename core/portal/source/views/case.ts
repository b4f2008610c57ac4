// One case of one state: what is owed and to whom, the orders, and this state's own list of payments.
import { get } from "../api.ts";
import {
  dataOf,
  type ApiRecord,
  type BalanceData,
  type CaseFile,
  type Jurisdiction,
  type ObligationData,
  type OrderData,
} from "../api_types.ts";
import { el, p, type Child } from "../dom.ts";
import { day } from "../format.ts";
import { roleAndStatus } from "../parts/case_card.ts";
import { coverageView } from "../parts/coverage.ts";
import { amountView, dayOrMissing, missingView, sourceLine } from "../parts/figure.ts";
import { officeView } from "../parts/office.ts";
import { alert, problemView } from "../parts/problem.ts";
import { linkTo, type View, type Visit } from "../router.ts";
import { t, word, type Key } from "../words.ts";

type Section = CaseFile["sections"][string];

function balanceView(record: ApiRecord, state: string): Child[] {
  const data = dataOf<BalanceData>(record);
  return [
    el("dt", {}, word("bucket", data.bucket)),
    el(
      "dd",
      { "data-bucket": data.bucket },
      amountView(data.amount),
      sourceLine(state, data.as_of ?? record.freshness.as_of, record.freshness.retrieved_at),
    ),
  ];
}

function obligationView(record: ApiRecord): Child[] {
  const data = dataOf<ObligationData>(record);
  return [
    el("dt", {}, word("debt_type", data.debt_type)),
    el(
      "dd",
      {},
      amountView(data.amount),
      ` ${word("frequency", data.frequency)}`,
      data.starts_on ? ` ${t("case.from", { day: day(data.starts_on) })}` : "",
    ),
  ];
}

function orderView(record: ApiRecord): Child[] {
  const data = dataOf<OrderData>(record);
  return [
    el("dt", {}, t("case.order", { number: data.order_number })),
    el(
      "dd",
      {},
      data.tribunal ?? missingView(record.missing["tribunal"]),
      ", ",
      dayOrMissing(data.filed_on, record.missing["filed_on"]),
    ),
  ];
}

function sectionView(
  title: Key,
  section: Section | undefined,
  draw: (record: ApiRecord) => Child[],
): HTMLElement | null {
  if (!section) return null;
  const problem = section.problem;
  const records = section.data.length
    ? el("dl", { class: "cb-facts" }, ...section.data.flatMap(draw))
    : p(word("outcome_empty", section.outcome));
  return el(
    "section",
    { "data-outcome": section.outcome },
    el("h2", {}, t(title)),
    problem && section.outcome !== "unsupported" ? problemView(problem, "warning") : null,
    records,
  );
}

export async function caseView(visit: Visit): Promise<View> {
  const id = visit.params["case"];
  const file = await get<CaseFile>(`/v1/cases/${id}?include=balances,obligations,orders`, visit.signal);
  const record = file.case;
  const state = await get<Jurisdiction>(`/v1/jurisdictions/${record.source.jurisdiction}`, visit.signal);
  const number = String((record.data as { number?: string }).number ?? "");
  const lacking = coverageView(file.meta, () => state.name);
  const parts: (HTMLElement | null)[] = [
    sourceLine(state.name, record.freshness.as_of, record.freshness.retrieved_at),
    lacking,
    el("dl", { class: "cb-facts" }, ...roleAndStatus(record)),
    sectionView("case.balances", file.sections["balances"], (one) => balanceView(one, state.name)),
    sectionView("case.obligations", file.sections["obligations"], obligationView),
    sectionView("case.orders", file.sections["orders"], orderView),
    linkTo(`/payments/${record.id}`, t("case.payments", { state: state.name })),
    alert("info", null, t("case.ask", { state: state.name })),
    officeView(record.office),
  ];
  return {
    title: t("case.title", { state: state.name, number }),
    body: parts.filter((one): one is HTMLElement => one !== null),
  };
}
