// Where the account writes to: further addresses, another one for the sign-in, and what mails say.
import { get, problemOf, put, remove } from "../api.ts";
import type { ContactSettings, FurtherAddress } from "../api_types.ts";
import { el, fill, freshId, p } from "../dom.ts";
import { moment } from "../format.ts";
import { announce } from "../live.ts";
import { problemView } from "../parts/problem.ts";
import { linkTo, render, type View, type Visit } from "../router.ts";
import { t, type Key } from "../words.ts";
import { confirmFirst } from "./flow.ts";

/** Does it, draws the page anew, and says so; asks for a fresh proof first where that is needed. */
async function change(trouble: HTMLElement, done: Key, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem.code === "step_up_required") return confirmFirst("/addresses");
    return fill(trouble, problemView(problem));
  }
  await render();
  announce(t(done));
}

function addressView(address: FurtherAddress): HTMLElement {
  const trouble = el("div");
  const button = el(
    "button",
    {
      type: "button",
      class: "usa-button usa-button--outline",
      "data-testid": "remove-address",
      onclick: () =>
        void change(trouble, "addresses.removed", () => remove(`/v1/me/addresses/${address.id}`)),
    },
    t("addresses.remove"),
  );
  return el(
    "li",
    { class: "cb-card", "data-address": address.id },
    p(el("strong", {}, address.email)),
    address.kept_until ? p(t("addresses.former", { when: moment(address.kept_until) })) : button,
    trouble,
  );
}

function box(name: string, label: Key, checked: boolean): HTMLElement {
  const id = freshId(name);
  return el(
    "div",
    { class: "usa-checkbox" },
    el("input", { id, name, type: "checkbox", class: "usa-checkbox__input", checked, "data-field": name }),
    el("label", { for: id, class: "usa-checkbox__label" }, t(label)),
  );
}

function settingsView(contact: ContactSettings): HTMLElement {
  const trouble = el("div");
  const form = el(
    "form",
    {
      class: "usa-form cb-form",
      onsubmit: (event) => {
        event.preventDefault();
        const typed = new FormData(form);
        const settings = {
          leaves_out_sign_in_address: typed.has("leaves_out_sign_in_address"),
          plain: typed.has("plain"),
        };
        void change(trouble, "addresses.saved", () => put<ContactSettings>("/v1/me/contact", settings));
      },
    },
    box("plain", "addresses.plain", contact.plain),
    contact.addresses.some((one) => one.kept_until === null) || contact.leaves_out_sign_in_address
      ? box("leaves_out_sign_in_address", "addresses.leave_out", contact.leaves_out_sign_in_address)
      : null,
    p(t("addresses.told")),
    trouble,
    el("button", { type: "submit", class: "usa-button", "data-testid": "save-contact" }, t("addresses.save")),
  );
  return form;
}

export async function addressesView(visit: Visit): Promise<View> {
  const contact = await get<ContactSettings>("/v1/me/contact", visit.signal);
  return {
    title: t("addresses.title"),
    body: [
      p(t("addresses.intro")),
      p(t("addresses.sign_in"), " ", el("strong", {}, contact.sign_in_address)),
      p(linkTo("/addresses/change", t("addresses.change"))),
      el("h2", {}, t("addresses.further")),
      contact.addresses.length
        ? el("ul", { class: "cb-plain-list" }, ...contact.addresses.map(addressView))
        : p(t("addresses.none")),
      p(linkTo("/addresses/add", t("addresses.add"))),
      el("h2", {}, t("addresses.how")),
      settingsView(contact),
    ],
  };
}
