// The first page for somebody who is not signed in: what this is, and the two ways on.
import { el, p } from "../dom.ts";
import { linkTo, type View } from "../router.ts";
import { t } from "../words.ts";

export function welcomeView(): View {
  return {
    title: t("welcome.title"),
    body: [
      el("p", { class: "usa-intro" }, t("welcome.intro")),
      el(
        "ul",
        { class: "usa-list" },
        el("li", {}, t("welcome.one_login")),
        el("li", {}, t("welcome.each_figure")),
        el("li", {}, t("welcome.your_choice")),
      ),
      el(
        "div",
        { class: "cb-buttons" },
        linkTo("/register", t("nav.register"), { class: "usa-button" }),
        linkTo("/sign-in", t("nav.sign_in"), { class: "usa-button usa-button--outline" }),
      ),
      p(t("welcome.no_state_site")),
    ],
  };
}
