// Before a state is connected: what it will ask, who keeps what, and the parent's choice.
import { get, post, problemOf } from "../api.ts";
import type { Attempt, Jurisdiction } from "../api_types.ts";
import { el, fill, freshId, p } from "../dom.ts";
import { list } from "../format.ts";
import { closedViews } from "../parts/closed.ts";
import { officeView } from "../parts/office.ts";
import { problemView } from "../parts/problem.ts";
import { go, type View, type Visit } from "../router.ts";
import { filled, t, word } from "../words.ts";

type System = Jurisdiction["systems"][number];

/** Begins an attempt and goes to it. Where the gateway wants to be sure who this is, it is asked first. */
export async function startAttempt(body: Record<string, string>, back: string): Promise<void> {
  try {
    const attempt = await post<Attempt>("/v1/link-attempts", body);
    return await go(`/attempts/${attempt.id}`);
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem.code === "step_up_required") {
      return go(`/sign-in?confirm=1&next=${encodeURIComponent(back)}`);
    }
    throw thrown;
  }
}

function custodyBox(custody: string, checked: boolean): HTMLElement {
  const id = freshId("custody");
  return el(
    "div",
    { class: "usa-radio" },
    el("input", { id, type: "radio", name: "custody", value: custody, class: "usa-radio__input", checked }),
    el(
      "label",
      { for: id, class: "usa-radio__label" },
      word("custody", custody),
      el("span", { class: "usa-checkbox__label-description" }, word("custody_note", custody)),
    ),
  );
}

function systemForm(state: Jurisdiction, system: System): HTMLElement {
  const trouble = el("div");
  const asks = system.fields.map((field) => field.label ?? word("field", field.name));
  const form = el(
    "form",
    {
      class: "usa-form cb-form",
      "data-system": system.id,
      onsubmit: (event) => {
        event.preventDefault();
        void start();
      },
    },
    trouble,
    el("h2", {}, system.display_name),
    asks.length ? p(filled(t("connect.asks"), { state: state.name, fields: list(asks) })) : null,
    el(
      "fieldset",
      { class: "usa-fieldset" },
      el("legend", { class: "usa-legend" }, t("connect.custody")),
      ...system.custody.map((one, at) => custodyBox(one, at === 0)),
    ),
    el("button", { type: "submit", class: "usa-button", "data-testid": "start-link" }, t("connect.start")),
  );

  async function start(): Promise<void> {
    const custody = String(new FormData(form).get("custody") ?? system.custody[0] ?? "session_only");
    try {
      await startAttempt({ mode: "create", system_id: system.id, custody }, location.pathname);
    } catch (thrown) {
      fill(trouble, problemView(problemOf(thrown)));
    }
  }
  return form;
}

export async function connectView(visit: Visit): Promise<View> {
  const state = await get<Jurisdiction>(`/v1/jurisdictions/${visit.params["jurisdiction"]}`, visit.signal);
  return {
    title: t("connect.title", { state: state.name }),
    body: [
      p(t("connect.intro", { state: state.name })),
      ...(await closedViews(visit.signal, state.id)),
      ...state.systems.map((one) => systemForm(state, one)),
      officeView(state),
    ],
  };
}
