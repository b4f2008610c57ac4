// A forgotten user name, password or PIN: what the state does about it, and whom to ask.
import { get, post, problemOf } from "../api.ts";
import type { CredentialRecovery, Jurisdiction, RecoveryForm } from "../api_types.ts";
import { el, fill, freshId, p, type Child } from "../dom.ts";
import { moment } from "../format.ts";
import { announce } from "../live.ts";
import { formView } from "../parts/form.ts";
import { officeView } from "../parts/office.ts";
import { alert } from "../parts/problem.ts";
import { go, linkTo, type View, type Visit } from "../router.ts";
import { t, word } from "../words.ts";
import { asked } from "./attempt.ts";
import { enrolButton } from "./connect.ts";

function channelBox(channel: string, checked: boolean): HTMLElement {
  const id = freshId("channel");
  return el(
    "div",
    { class: "usa-radio" },
    el("input", { id, type: "radio", name: "channel", value: channel, class: "usa-radio__input", checked }),
    el("label", { for: id, class: "usa-radio__label" }, word("channel", channel)),
  );
}

function channelChoice(form: RecoveryForm, state: string): HTMLElement | null {
  if (form.channels.length < 2) return null;
  return el(
    "fieldset",
    { class: "usa-fieldset" },
    el("legend", { class: "usa-legend" }, t("forgotten.channel", { state })),
    ...form.channels.map((one, at) => channelBox(one, at === 0)),
  );
}

function answerView(answer: CredentialRecovery, state: Jurisdiction): Child[] {
  return [
    alert("info", null, answer.message ?? t("forgotten.office")),
    answer.expected_by ? p(t("forgotten.expected", { when: moment(answer.expected_by) })) : null,
    answer.url
      ? p(
          el(
            "a",
            { href: answer.url, rel: "noreferrer noopener", class: "usa-link" },
            t("attempt.go_to_state", { state: state.name }),
          ),
        )
      : null,
    answer.action === "enrol" ? enrolButton(state, answer.system) : null,
    officeView({ ...state, official_url: answer.official_url, phone: answer.phone }),
    linkTo(`/connect/${state.id}`, t("forgotten.back")),
  ];
}

function ask(state: Jurisdiction, system: string, form: RecoveryForm, place: HTMLElement): HTMLElement {
  return formView({
    fields: form.fields.map((field) => asked(field, "fields")),
    intro: [
      p(t(form.fields.length ? "forgotten.intro" : "forgotten.intro_none", { state: state.name })),
      form.ssn_notice ? alert("info", t("attempt.ssn_notice"), form.ssn_notice) : null,
      channelChoice(form, state.name),
    ],
    actions: [],
    submit: t("attempt.answer"),
    problem: null,
    send: async ({ channel, ...fields }) => {
      const body = { what: form.what, fields, ...(channel ? { channel } : {}) };
      try {
        const path = `/v1/systems/${system}/credential-recovery`;
        const answer = await post<CredentialRecovery>(path, body);
        place.setAttribute("data-action", answer.action);
        fill(place, ...answerView(answer, state));
        announce(answer.message ?? "");
      } catch (thrown) {
        if (problemOf(thrown).code !== "step_up_required") throw thrown;
        await go(`/sign-in?confirm=1&next=${encodeURIComponent(location.pathname)}`);
      }
    },
  });
}

export async function forgotView(visit: Visit): Promise<View> {
  const { jurisdiction, system = "", what } = visit.params;
  const state = await get<Jurisdiction>(`/v1/jurisdictions/${jurisdiction}`, visit.signal);
  const known = state.systems.find((one) => one.id === system);
  const form = known?.recovery.find((one) => one.what === what);
  const place = el("div", { "data-testid": "forgotten" });
  if (form) fill(place, ask(state, system, form, place));
  else fill(place, p(t("forgotten.office")), officeView(state));
  return { title: word("forgot", what), body: [place] };
}
