// Two states, one debt: the official figure, the other state's view, and why they differ.
import type { CaseRecord, Cluster } from "../api_types.ts";
import { el, p, type Child } from "../dom.ts";
import { t, word } from "../words.ts";
import { amountView, figureView, type StateNames } from "./figure.ts";

type Other = Cluster["reconciliation"]["others"][number];

function otherView(other: Other, names: StateNames): HTMLElement {
  return el(
    "li",
    { "data-other": other.jurisdiction },
    figureView(other, names),
    other.difference ? p(t("cluster.difference"), " ", amountView(other.difference)) : null,
    other.difference && Number(other.difference.amount) !== 0
      ? p(t(other.explained ? "cluster.explained" : "cluster.unexplained"))
      : null,
  );
}

function why(cluster: Cluster, names: StateNames): HTMLElement {
  const judged = cluster.reconciliation;
  const reasons: Child[] = [
    p(t(judged.official ? "cluster.why" : "cluster.why_unconfirmed")),
    judged.official
      ? p(el("strong", {}, t("cluster.official")), " ", figureView(judged.official, names))
      : null,
    judged.others.length
      ? p(el("strong", {}, t(judged.official ? "cluster.other" : "cluster.both")))
      : null,
    el("ul", { class: "usa-list" }, ...judged.others.map((one) => otherView(one, names))),
    judged.in_transit ? p(t("cluster.in_transit"), " ", amountView(judged.in_transit)) : null,
    judged.warnings.length === 0
      ? null
      : el(
          "ul",
          { class: "usa-list" },
          ...judged.warnings.map((one) => el("li", {}, word("warning", one))),
        ),
    el(
      "ul",
      { class: "usa-list" },
      ...cluster.members.map((one) =>
        el(
          "li",
          {},
          t("cluster.member", { state: names(one.jurisdiction), role: word("cluster_role", one.role) }),
        ),
      ),
    ),
  ];
  return el(
    "details",
    { class: "cb-why", "data-testid": "why-two-figures" },
    el("summary", {}, t("cluster.why_title")),
    ...reasons.filter((one): one is HTMLElement => one instanceof Node),
  );
}

export function clusterView(
  cluster: Cluster,
  cases: CaseRecord[],
  draw: (one: CaseRecord) => HTMLElement,
  names: StateNames,
): HTMLElement {
  const judged = cluster.reconciliation;
  return el(
    "li",
    { class: "cb-cluster", "data-cluster": cluster.id, "data-state": cluster.state },
    el("h3", { class: "cb-card-title" }, word("cluster_state", cluster.state)),
    judged.official ? p(t("cluster.owed"), " ", figureView(judged.official, names)) : null,
    why(cluster, names),
    el("ul", { class: "cb-plain-list" }, ...cases.map(draw)),
  );
}
