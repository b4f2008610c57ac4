// The first page of somebody who is signed in: each state with its next step, then the money, then the cases.
import { get, problemOf } from "../api.ts";
import type { Attempt, CaseList, CaseRecord, Jurisdiction, Link, Summary, Sync } from "../api_types.ts";
import { el, fill, p } from "../dom.ts";
import { announce } from "../live.ts";
import { caseCard } from "../parts/case_card.ts";
import { clusterView } from "../parts/cluster.ts";
import { coverageView } from "../parts/coverage.ts";
import type { StateNames } from "../parts/figure.ts";
import { holdViews } from "../parts/holds.ts";
import { linkCard, progressView, refreshLink } from "../parts/link_card.ts";
import { problemView } from "../parts/problem.ts";
import { redraw } from "../parts/redraw.ts";
import { totalsView } from "../parts/totals.ts";
import { takesDays, waitingView } from "../parts/waiting.ts";
import { whenPresent } from "../presence.ts";
import { go, linkTo, type View, type Visit } from "../router.ts";
import { forget } from "../session.ts";
import { t, word } from "../words.ts";
import { watch } from "../watch.ts";
import { signInAgain } from "./attempt.ts";

type Part<Value> = { value: Value | null; failed: HTMLElement | null };

/** One part of the page that fails leaves the others standing. */
async function part<Value>(path: string, signal: AbortSignal): Promise<Part<Value>> {
  try {
    return { value: await get<Value>(path, signal), failed: null };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { value: null, failed: problemView(problemOf(thrown)) };
  }
}

class Overview {
  readonly states = el("section", { "aria-labelledby": "states-title", "data-testid": "linked-states" });
  readonly money = el("section", { "aria-labelledby": "money-title", "data-testid": "money" });
  readonly cases = el("section", { "aria-labelledby": "cases-title", "data-testid": "cases" });
  private readonly syncs = new Map<string, Sync>(); // the latest by link
  private directory: Jurisdiction[] = [];
  private reading = false;
  private again = false;

  constructor(private readonly signal: AbortSignal) {}

  private readonly names: StateNames = (id) =>
    this.directory.find((one) => one.id === id)?.name ?? id.replace("us-", "").toUpperCase();

  async read(): Promise<void> {
    const [directory, links, attempts, summary, cases] = await Promise.all([
      this.directory.length ? null : part<{ data: Jurisdiction[] }>("/v1/jurisdictions", this.signal),
      part<{ data: Link[] }>("/v1/links", this.signal),
      part<{ data: Attempt[] }>("/v1/link-attempts", this.signal),
      part<Summary>("/v1/me/summary", this.signal),
      part<CaseList>("/v1/cases", this.signal),
    ]);
    if (directory?.value) this.directory = directory.value.data;
    const some = links.value === null || links.value.data.length > 0;
    await this.catchUp(links.value?.data ?? []);
    redraw(
      this.states,
      el("h2", { id: "states-title" }, t("overview.states")),
      ...(attempts.value?.data ?? [])
        .filter(takesDays)
        .map((one) => waitingView(one, this.names(one.jurisdiction))),
      this.linksView(links),
    );
    redraw(this.money, ...(some ? this.moneyView(summary) : []));
    redraw(this.cases, ...(some ? this.casesView(cases) : []));
  }

  /** A reading that ended between two looks of the gateway was not told of: it is asked for. */
  private async catchUp(links: Link[]): Promise<void> {
    for (const sync of this.syncs.values()) {
      const open = links.some((link) => link.open_sync === sync.id);
      if (sync.finished_at || open) continue;
      const now = await part<Sync>(`/v1/syncs/${sync.id}`, this.signal);
      if (now.value) this.progress(now.value);
    }
  }

  /** Reads once more, and not twice at a time however often it is asked for. */
  async renew(): Promise<void> {
    if (this.reading) return void (this.again = true);
    this.reading = true;
    try {
      do {
        this.again = false;
        await this.read();
      } while (this.again && !this.signal.aborted);
    } catch (thrown) {
      if (!this.signal.aborted) throw thrown;
    } finally {
      this.reading = false;
    }
  }

  progress(sync: Sync): void {
    const before = this.syncs.get(sync.link_id);
    this.syncs.set(sync.link_id, sync);
    this.drawProgress(sync);
    if (sync.finished_at && before?.state !== sync.state) announce(word("sync", sync.state));
  }

  private drawProgress(sync: Sync): void {
    const place = this.states.querySelector(`[data-progress="${CSS.escape(sync.link_id)}"]`);
    if (place) fill(place, progressView(sync));
  }

  private linksView(links: Part<{ data: Link[] }>): HTMLElement {
    if (!links.value) return links.failed ?? el("div");
    if (links.value.data.length === 0) {
      return el(
        "div",
        {},
        p(t("overview.no_states")),
        linkTo("/states", t("overview.first_state"), { class: "usa-button", "data-testid": "add-state" }),
      );
    }
    const actions = {
      refresh: async (link: Link) => {
        this.progress(await refreshLink(link));
        await this.renew();
      },
      signIn: (link: Link) => signInAgain(link.id),
    };
    const list = el(
      "ul",
      { class: "cb-plain-list cb-grid" },
      ...links.value.data.map((link) =>
        linkCard(
          link,
          this.directory.find((one) => one.id === link.jurisdiction),
          actions,
        ),
      ),
    );
    queueMicrotask(() => this.syncs.forEach((sync) => this.drawProgress(sync)));
    return el(
      "div",
      {},
      list,
      linkTo("/states", t("overview.another_state"), { "data-testid": "add-state" }),
    );
  }

  private moneyView(summary: Part<Summary>): Node[] {
    return [
      el("h2", { id: "money-title" }, t("overview.money")),
      summary.value ? totalsView(summary.value, this.names) : (summary.failed ?? el("div")),
    ];
  }

  private casesView(cases: Part<CaseList>): Node[] {
    const title = el("h2", { id: "cases-title" }, t("overview.cases"));
    if (!cases.value) return [title, cases.failed ?? el("div")];
    const { data, clusters, meta } = cases.value;
    const inCluster = new Set(clusters.flatMap((one) => one.members.map((member) => member.case_id)));
    const draw = (one: CaseRecord): HTMLElement => caseCard(one, this.names, "h4");
    const list = el(
      "ul",
      { class: "cb-plain-list" },
      ...clusters.map((one) =>
        clusterView(
          one,
          data.filter((record) => one.members.some((member) => member.case_id === record.id)),
          draw,
          this.names,
        ),
      ),
      ...data.filter((one) => !inCluster.has(one.id)).map((one) => caseCard(one, this.names)),
    );
    const lacking = coverageView(meta, this.names);
    return [title, ...(lacking ? [lacking] : []), data.length ? list : p(t("overview.no_cases"))];
  }
}

export async function overviewView(visit: Visit): Promise<View> {
  const overview = new Overview(visit.signal);
  const [holds] = await Promise.all([holdViews(visit.signal), overview.read()]);
  const renew = (): void => void overview.renew();
  watch(
    {
      sync: (sync) => overview.progress(sync),
      changed: () => whenPresent(renew),
      ended: () => {
        forget();
        void go("/sign-in?ended=1", true);
      },
    },
    visit.signal,
  );
  return { title: t("overview.title"), body: [...holds, overview.states, overview.money, overview.cases] };
}
