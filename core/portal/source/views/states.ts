// Choosing a state by a name that a parent would type: the state's, its letters, or that of its website.
import { get, problemOf } from "../api.ts";
import type { Jurisdiction } from "../api_types.ts";
import { el, fill } from "../dom.ts";
import { announce } from "../live.ts";
import { officeView } from "../parts/office.ts";
import { problemView } from "../parts/problem.ts";
import { linkTo, type View, type Visit } from "../router.ts";
import { t } from "../words.ts";

const PAUSE_MS = 200;

function stateView(one: Jurisdiction): HTMLElement {
  const can = one.systems.length > 0;
  return el(
    "li",
    { class: "cb-card", "data-jurisdiction": one.id },
    el("h2", { class: "cb-card-title" }, `${one.name} (${one.usps})`),
    can
      ? linkTo(`/connect/${one.id}`, t("states.connect", { state: one.name }), {
          class: "usa-button",
          "data-testid": `connect-${one.id}`,
        })
      : el("p", {}, t("states.not_yet")),
    officeView(one),
  );
}

export async function statesView(visit: Visit): Promise<View> {
  const found = el("ul", { class: "cb-plain-list", "data-testid": "states" });
  let timer = 0;
  let newest = 0;

  async function look(wanted: string): Promise<void> {
    const mine = ++newest;
    try {
      const path = `/v1/jurisdictions?q=${encodeURIComponent(wanted)}`;
      const known = (await get<{ data: Jurisdiction[] }>(path, visit.signal)).data;
      // Before anything is typed, those that can be connected; who looks for another is told about it.
      const states = wanted ? known : known.filter((one) => one.systems.length > 0);
      if (mine !== newest) return; // overtaken by a later letter
      fill(found, wanted ? null : el("li", {}, el("p", {}, t("states.first"))), ...states.map(stateView));
      announce(states.length ? t("states.found", { count: states.length }) : t("states.none"));
      if (!states.length) fill(found, el("li", {}, t("states.none")));
    } catch (thrown) {
      if (!visit.signal.aborted) fill(found, el("li", {}, problemView(problemOf(thrown))));
    }
  }
  const box = el("input", {
    id: "state-search",
    name: "q",
    type: "search",
    class: "usa-input",
    autocomplete: "off",
    maxlength: 100,
    "aria-describedby": "state-search-hint",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(box.value.trim()), PAUSE_MS);
    },
  });
  const search = el(
    "form",
    {
      role: "search",
      class: "usa-form cb-form",
      onsubmit: (event) => {
        event.preventDefault();
        void look(box.value.trim());
      },
    },
    el("label", { for: "state-search", class: "usa-label" }, t("states.label")),
    el("span", { id: "state-search-hint", class: "usa-hint" }, t("states.hint")),
    box,
  );
  await look("");
  return { title: t("states.title"), body: [search, found] };
}
