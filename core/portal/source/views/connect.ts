// Before a state is connected: what it will ask, who keeps what, and the parent's choice.
import { get, post, problemOf } from "../api.ts";
import type { Attempt, Field, Jurisdiction } from "../api_types.ts";
import { el, fill, freshId, p } from "../dom.ts";
import { list } from "../format.ts";
import { closedViews } from "../parts/closed.ts";
import { officeView } from "../parts/office.ts";
import { problemView } from "../parts/problem.ts";
import { takesDays, waitingView } from "../parts/waiting.ts";
import { go, linkTo, type View, type Visit } from "../router.ts";
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

const namesOf = (fields: Field[]): string =>
  list(fields.map((field) => field.label ?? word("field", field.name)));

/** Asks the state to open an account, by the form that the state has for it. */
export function enrolButton(state: Jurisdiction, system: string): HTMLElement {
  const trouble = el("div");
  const start = (): Promise<void> => startAttempt({ mode: "enrol", system_id: system }, location.pathname);
  return el(
    "div",
    {},
    trouble,
    el(
      "button",
      {
        type: "button",
        class: "usa-button usa-button--outline",
        "data-testid": "start-enrolment",
        onclick: () =>
          void start().catch((thrown: unknown) => fill(trouble, problemView(problemOf(thrown)))),
      },
      t("connect.enrol", { state: state.name }),
    ),
  );
}

function noAccount(state: Jurisdiction, system: System): HTMLElement {
  const form = system.enrolment;
  return el(
    "details",
    { class: "cb-why", "data-testid": "no-account" },
    el("summary", {}, t("connect.no_account", { state: state.name })),
    ...(form
      ? [
          p(filled(t("connect.no_account_form"), { state: state.name, fields: namesOf(form.fields) })),
          enrolButton(state, system.id),
        ]
      : [p(t("connect.no_account_elsewhere", { state: state.name })), officeView(state)]),
  );
}

function forgotten(state: Jurisdiction, system: System): HTMLElement | null {
  if (!system.recovery.length) return null;
  return el(
    "ul",
    { class: "cb-plain-list", "data-testid": "forgot" },
    ...system.recovery.map(({ what }) =>
      el("li", {}, linkTo(`/connect/${state.id}/forgot/${system.id}/${what}`, word("forgot", what))),
    ),
  );
}

function systemForm(state: Jurisdiction, system: System): HTMLElement {
  const trouble = el("div");
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
    system.fields.length
      ? p(filled(t("connect.asks"), { state: state.name, fields: namesOf(system.fields) }))
      : null,
    el(
      "fieldset",
      { class: "usa-fieldset" },
      el("legend", { class: "usa-legend" }, t("connect.custody")),
      ...system.custody.map((one, at) => custodyBox(one, at === 0)),
    ),
    el("button", { type: "submit", class: "usa-button", "data-testid": "start-link" }, t("connect.start")),
    forgotten(state, system),
    noAccount(state, system),
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
  const [state, attempts] = await Promise.all([
    get<Jurisdiction>(`/v1/jurisdictions/${visit.params["jurisdiction"]}`, visit.signal),
    get<{ data: Attempt[] }>("/v1/link-attempts", visit.signal),
  ]);
  const open = attempts.data.filter((one) => takesDays(one) && one.jurisdiction === state.id);
  return {
    title: t("connect.title", { state: state.name }),
    body: [
      p(t("connect.intro", { state: state.name })),
      ...(await closedViews(visit.signal, state.id)),
      ...open.map((one) => waitingView(one, state.name)),
      ...state.systems.map((one) => systemForm(state, one)),
      officeView(state),
    ],
  };
}
