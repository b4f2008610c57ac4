// Disconnecting a state: says what will be deleted before it is, and what was afterwards.
import { get, problemOf, remove } from "../api.ts";
import type { Link, UnlinkReceipt } from "../api_types.ts";
import { el, fill, p } from "../dom.ts";
import { moment } from "../format.ts";
import { alert, problemView } from "../parts/problem.ts";
import { go, linkTo, type View, type Visit } from "../router.ts";
import { t, word } from "../words.ts";

function receiptView(receipt: UnlinkReceipt, state: string): Node[] {
  return [
    alert("success", null, t("unlink.done", { state, when: moment(receipt.closed_at) })),
    el(
      "ul",
      { class: "usa-list", "data-testid": "receipt" },
      el("li", {}, t("unlink.cases_erased", { count: receipt.cases_erased })),
      receipt.secrets_destroyed
        ? el("li", {}, t("unlink.secrets_destroyed"))
        : el("li", {}, t("unlink.no_secrets")),
      el("li", {}, word("state_session", receipt.state_session)),
    ),
    linkTo("/", t("nav.home"), { class: "usa-button" }),
  ];
}

export async function unlinkView(visit: Visit): Promise<View> {
  const link = await get<Link>(`/v1/links/${visit.params["link"]}`, visit.signal);
  const state = link.jurisdiction_name;
  const place = el("div", { tabindex: "-1" });
  const trouble = el("div");
  const button = el(
    "button",
    {
      type: "button",
      class: "usa-button usa-button--secondary",
      "data-testid": "confirm-unlink",
      onclick: () => void run(),
    },
    t("unlink.confirm", { state }),
  );

  async function run(): Promise<void> {
    button.disabled = true;
    try {
      fill(place, ...receiptView(await remove<UnlinkReceipt>(`/v1/links/${link.id}`), state));
      place.focus();
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.code === "step_up_required") {
        return go(`/sign-in?confirm=1&next=${encodeURIComponent(location.pathname)}`);
      }
      button.disabled = false;
      fill(trouble, problemView(problem));
    }
  }
  fill(
    place,
    p(t("unlink.intro", { state })),
    el(
      "ul",
      { class: "usa-list" },
      el("li", {}, t("unlink.records", { state })),
      el("li", {}, t("unlink.secrets", { state })),
      el("li", {}, t("unlink.session", { state })),
    ),
    p(t("unlink.stays", { state })),
    trouble,
    el(
      "div",
      { class: "cb-buttons" },
      button,
      linkTo("/", t("unlink.keep"), { class: "usa-button usa-button--outline" }),
    ),
  );
  return { title: t("unlink.title", { state }), body: [place] };
}
