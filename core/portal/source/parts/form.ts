// Forms that come as data: each field is drawn as it was sent, with its label, its hint and its error.
import { problemOf } from "../api.ts";
import type { Problem } from "../api_types.ts";
import { el, fill, freshId, type Child } from "../dom.ts";
import { language, languages, t, word } from "../words.ts";
import { problemView } from "./problem.ts";

/** What a flow's node and a challenge's field have in common. */
export interface Asked {
  name: string;
  type: string;
  label: string;
  secret: boolean;
  required: boolean;
  autocomplete: string;
  length_max: number | undefined;
  value?: string; // known already, as from a link; to be sent as it is
}
export interface FormParts {
  fields: Asked[];
  intro: Child[];
  actions: { name: string; label: string }[]; // further buttons, each a submission of its own
  submit: string; // empty: the further buttons are all there is
  problem: Problem | null;
  send: (values: Record<string, string>) => Promise<void>;
}

const KINDS: Record<string, string> = { email: "email", password: "password", date: "date" };

function inputOf(asked: Asked, id: string, problem: Problem | null, hint: string | null): HTMLInputElement {
  const numeric = asked.type === "digits" || asked.type === "code";
  const faulty = problem?.field === asked.name;
  return el("input", {
    id,
    name: asked.name,
    class: `usa-input${faulty ? " usa-input--error" : ""}`,
    type: asked.secret ? "password" : (KINDS[asked.type] ?? "text"),
    inputmode: numeric ? "numeric" : null,
    autocomplete: asked.autocomplete || "off",
    maxlength: asked.length_max ?? null,
    required: asked.required,
    value: asked.value ?? null,
    "aria-invalid": faulty ? "true" : null,
    "aria-describedby": hint,
    autocapitalize: "none",
    spellcheck: "false",
    "data-field": asked.name,
  });
}

/** People mistype what they cannot see, above all on a small screen. */
function revealBox(input: HTMLInputElement): HTMLElement {
  const id = freshId("show");
  return el(
    "div",
    { class: "usa-checkbox" },
    el("input", {
      id,
      type: "checkbox",
      class: "usa-checkbox__input",
      onchange: (event) =>
        void (input.type = (event.target as HTMLInputElement).checked ? "text" : "password"),
    }),
    el("label", { for: id, class: "usa-checkbox__label" }, t("form.show")),
  );
}

/** A choice without options of its own is the one of a language. */
function languageBox(asked: Asked, id: string): HTMLElement {
  return el(
    "select",
    { id, name: asked.name, class: "usa-select", "data-field": asked.name },
    ...languages.map((one) =>
      el("option", { value: one, selected: one === language() }, word("language", one)),
    ),
  );
}

function fieldView(asked: Asked, problem: Problem | null): HTMLElement {
  const id = freshId("field");
  const hintText = word("hint", asked.name);
  const hint = hintText ? `${id}-hint` : null;
  const input = asked.type === "select" ? null : inputOf(asked, id, problem, hint);
  return el(
    "div",
    { class: "usa-form-group" },
    el(
      "label",
      { for: id, class: "usa-label" },
      asked.label,
      asked.required ? null : el("span", { class: "usa-hint" }, ` (${t("form.optional")})`),
    ),
    hint ? el("span", { id: hint, class: "usa-hint" }, hintText) : null,
    input ?? languageBox(asked, id),
    input && asked.secret ? revealBox(input) : null,
  );
}

function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") values[name] = value;
  return values;
}

/** The first thing to look at after a refusal: the problem, or else the field that is wrong. */
function pointAt(form: HTMLFormElement): void {
  const place =
    form.querySelector<HTMLElement>(".usa-input--error") ?? form.querySelector<HTMLElement>("[role=alert]");
  place?.setAttribute("tabindex", place.getAttribute("tabindex") ?? "-1");
  place?.focus();
}

export function formView(parts: FormParts): HTMLFormElement {
  const trouble = el("div", { class: "cb-trouble" }, parts.problem ? problemView(parts.problem) : null);
  const buttons = [
    ...(parts.submit
      ? [el("button", { type: "submit", class: "usa-button", "data-testid": "submit" }, parts.submit)]
      : []),
    ...parts.actions.map((action) =>
      el(
        "button",
        {
          type: "button",
          class: "usa-button usa-button--outline",
          "data-action": action.name,
          onclick: () => void run({ [action.name]: "true" }),
        },
        action.label,
      ),
    ),
  ];
  const form = el(
    "form",
    {
      class: "usa-form cb-form",
      autocomplete: "on",
      onsubmit: (event) => {
        event.preventDefault();
        void run(valuesOf(form));
      },
    },
    trouble,
    ...parts.intro,
    ...parts.fields.map((asked) => fieldView(asked, parts.problem)),
    el("div", { class: "cb-buttons" }, ...buttons),
  );

  async function run(values: Record<string, string>): Promise<void> {
    for (const button of buttons) button.disabled = true;
    form.setAttribute("aria-busy", "true");
    try {
      await parts.send(values);
    } catch (thrown) {
      fill(trouble, problemView(problemOf(thrown)));
      pointAt(form);
    } finally {
      for (const button of buttons) button.disabled = false;
      form.removeAttribute("aria-busy");
    }
  }
  if (parts.problem) queueMicrotask(() => pointAt(form));
  return form;
}
