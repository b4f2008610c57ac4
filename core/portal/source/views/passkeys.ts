// The account's passkeys: each can be given a name and removed, and another can be added.
import { get, patch, problemOf, remove } from "../api.ts";
import type { Me, Passkey } from "../api_types.ts";
import { el, fill, freshId, p } from "../dom.ts";
import { moment } from "../format.ts";
import { announce } from "../live.ts";
import { problemView } from "../parts/problem.ts";
import { forgetPasskey } from "../passkey.ts";
import { linkTo, render, type View, type Visit } from "../router.ts";
import { t } from "../words.ts";
import { confirmFirst } from "./flow.ts";

const HERE = "/security/passkeys";
const PASSKEYS_MAX = 10; // of one account

function factsOf(passkey: Passkey): HTMLElement {
  return el(
    "dl",
    { class: "cb-facts" },
    el("dt", {}, t("passkeys.added")),
    el("dd", {}, moment(passkey.created_at)),
    el("dt", {}, t("passkeys.used")),
    el("dd", {}, passkey.last_used_at ? moment(passkey.last_used_at) : t("passkeys.never")),
    el("dt", {}, t("passkeys.where")),
    el("dd", {}, t(passkey.backed_up ? "passkeys.synced" : "passkeys.on_device")),
  );
}

function nameBox(id: string, value: string): HTMLInputElement {
  return el("input", {
    id,
    class: "usa-input",
    type: "text",
    maxlength: 60,
    required: true,
    autocomplete: "off",
    value,
    "data-field": "name",
  });
}

function passkeyView(passkey: Passkey, last: boolean): HTMLElement {
  const trouble = el("div");
  const id = freshId("name");
  const name = nameBox(id, passkey.name);
  const buttons: HTMLButtonElement[] = [];

  async function change(done: string, make: () => Promise<unknown>): Promise<void> {
    for (const button of buttons) button.disabled = true;
    try {
      await make();
    } catch (thrown) {
      for (const button of buttons) button.disabled = false;
      const problem = problemOf(thrown);
      if (problem.code === "step_up_required") return confirmFirst(HERE);
      return fill(trouble, problemView(problem));
    }
    await render();
    announce(done);
  }

  buttons.push(
    el("button", { type: "submit", class: "usa-button", "data-testid": "rename" }, t("passkeys.rename")),
  );
  if (!last)
    buttons.push(
      el(
        "button",
        {
          type: "button",
          class: "usa-button usa-button--outline",
          "data-testid": "remove",
          "aria-label": t("passkeys.remove_named", { name: passkey.name }),
          onclick: () =>
            void change(t("passkeys.removed"), async () => {
              await remove(`/v1/me/passkeys/${passkey.id}`);
              forgetPasskey(passkey.credential_id);
            }),
        },
        t("passkeys.remove"),
      ),
    );
  return el(
    "li",
    { class: "cb-card", "data-passkey": passkey.id },
    el("h2", { class: "cb-card-title" }, passkey.name),
    factsOf(passkey),
    el(
      "form",
      {
        class: "usa-form cb-form",
        onsubmit: (event) => {
          event.preventDefault();
          void change(t("passkeys.renamed"), () =>
            patch(`/v1/me/passkeys/${passkey.id}`, { name: name.value }),
          );
        },
      },
      trouble,
      el("label", { for: id, class: "usa-label" }, t("passkeys.name")),
      name,
      el("div", { class: "cb-buttons" }, ...buttons),
      last ? p(t("passkeys.last")) : null,
    ),
  );
}

export async function passkeysView(visit: Visit): Promise<View> {
  const [{ data }, me] = await Promise.all([
    get<{ data: Passkey[] }>("/v1/me/passkeys", visit.signal),
    get<Me>("/v1/me", visit.signal),
  ]);
  const last = data.length === 1 && me.second_factor !== "totp";
  const list = data.map((one) => passkeyView(one, last));
  return {
    title: t("passkeys.title"),
    body: [
      p(t("passkeys.intro")),
      data.length ? el("ul", { class: "cb-plain-list" }, ...list) : p(t("passkeys.none")),
      data.length < PASSKEYS_MAX ? p(linkTo(`${HERE}/add`, t("passkeys.add"))) : p(t("passkeys.full")),
      p(linkTo("/security", t("security.back"))),
    ],
  };
}
