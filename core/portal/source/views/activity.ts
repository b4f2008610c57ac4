// What happened to the account, and who read what of it: newest first, older ones on demand.
import { get, problemOf } from "../api.ts";
import type { Activity, ActivityPage, Jurisdiction } from "../api_types.ts";
import { el, fill, p, type Child } from "../dom.ts";
import { moment } from "../format.ts";
import { announce } from "../live.ts";
import { deviceName } from "../parts/device.ts";
import { problemView } from "../parts/problem.ts";
import { linkTo, type View, type Visit } from "../router.ts";
import { t, word } from "../words.ts";

const PAGE = 50;
type SystemNames = (system: string) => string;

function fact(name: string, value: Child): HTMLElement[] {
  return value ? [el("dt", {}, name), el("dd", {}, value)] : [];
}

function eventView(event: Activity, names: SystemNames): HTMLElement {
  const refused = event.outcome === "refused";
  return el(
    "li",
    { class: "cb-card", "data-event": event.id, "data-action": event.action },
    el("h2", { class: "cb-card-title" }, word("activity_action", event.action)),
    el(
      "dl",
      { class: "cb-facts" },
      ...fact(t("activity.when"), moment(event.at)),
      ...fact(t("activity.who"), word("activity_actor", event.actor)),
      ...fact(t("activity.state"), event.system ? names(event.system) : null),
      ...fact(t("activity.why"), refused ? word("activity_reason", event.reason) : null),
      ...fact(t("activity.device"), event.device ? deviceName(event.device) : null),
      ...fact(t("sessions.address"), event.address),
    ),
    event.case_id ? p(linkTo(`/cases/${event.case_id}`, t("activity.case"))) : null,
  );
}

export async function activityView(visit: Visit): Promise<View> {
  const states = (await get<{ data: Jurisdiction[] }>("/v1/jurisdictions", visit.signal)).data;
  const names: SystemNames = (id) =>
    states.find((one) => one.systems.some((system) => system.id === id))?.name ?? id;
  const path = `/v1/me/activity?limit=${PAGE}`;
  const list = el("ul", { class: "cb-plain-list", "data-testid": "activity" });
  const more = el("div");

  function show(page: ActivityPage): void {
    list.append(...page.data.map((one) => eventView(one, names)));
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
          void get<ActivityPage>(`${path}&cursor=${encodeURIComponent(cursor)}`, visit.signal)
            .then((page) => {
              show(page);
              announce(t("activity.more_shown", { count: page.data.length }));
            })
            .catch((thrown: unknown) => fill(more, problemView(problemOf(thrown)))),
      },
      t("activity.more"),
    );
  }
  show(await get<ActivityPage>(path, visit.signal));
  return { title: t("activity.title"), body: [p(t("activity.intro")), list, more] };
}
