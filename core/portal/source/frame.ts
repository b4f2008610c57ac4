// What surrounds every view: skip link, name, way out, language, navigation, and the region that speaks.
import { el, fill } from "./dom.ts";
import { leave } from "./leave.ts";
import { useRegion } from "./live.ts";
import { address, go, linkTo, render } from "./router.ts";
import { me, signOut } from "./session.ts";
import { languages, speak, t, type Key } from "./words.ts";

const VIEWS: [string, Key][] = [
  ["/", "nav.home"],
  ["/payments", "nav.payments"],
  ["/states", "nav.states"],
  ["/sessions", "nav.sessions"],
  ["/activity", "nav.activity"],
  ["/security", "nav.security"],
];

function skipLink(): HTMLElement {
  return el(
    "a",
    {
      class: "usa-skipnav",
      href: "#main",
      onclick: (event) => {
        event.preventDefault();
        document.getElementById("main")?.focus();
      },
    },
    t("frame.skip"),
  );
}

function exitButton(): HTMLElement {
  return el(
    "button",
    {
      type: "button",
      class: "usa-button usa-button--secondary cb-exit",
      "data-testid": "quick-exit",
      "aria-describedby": "exit-hint",
      onclick: leave,
    },
    t("frame.exit"),
  );
}

function languageSwitch(): HTMLElement {
  const buttons = languages.map((one) =>
    el(
      "button",
      {
        type: "button",
        class: "usa-button usa-button--unstyled",
        lang: one,
        "data-testid": `language-${one}`,
        "aria-pressed": String(document.documentElement.lang === one),
        onclick: () => {
          speak(one);
          history.replaceState(null, "", address(location.pathname + location.search));
          drawFrame();
          void render();
        },
      },
      one === "en" ? "English" : "Español",
    ),
  );
  return el("div", { class: "cb-languages", role: "group", "aria-label": t("frame.language") }, ...buttons);
}

async function leaveSession(): Promise<void> {
  await signOut().catch(() => {}); // unheard, the session ends by itself; this page forgets it anyway
  await go("/sign-in?signed_out=1", true);
}

function navigation(): HTMLElement | null {
  if (!me()) return null;
  const here = location.pathname;
  const entries = VIEWS.map(([path, key]) =>
    el("li", {}, linkTo(path, t(key), here === path ? { "aria-current": "page" } : {})),
  );
  const out = el(
    "button",
    {
      type: "button",
      class: "usa-button usa-button--unstyled",
      "data-testid": "sign-out",
      onclick: () => void leaveSession(),
    },
    t("nav.sign_out"),
  );
  return el(
    "nav",
    { "aria-label": t("frame.navigation"), class: "cb-navigation" },
    el("ul", { class: "cb-plain-list" }, ...entries, el("li", {}, out)),
  );
}

function headerParts(): HTMLElement[] {
  return [
    el(
      "div",
      { class: "cb-wide cb-header-row" },
      linkTo("/", "Casebridge", { class: "cb-name" }),
      languageSwitch(),
      el(
        "div",
        { class: "cb-exit-place" },
        exitButton(),
        el("span", { id: "exit-hint", class: "cb-exit-hint" }, t("frame.exit_hint")),
      ),
    ),
    el("div", { class: "cb-wide" }, navigation()),
  ];
}

let regions: HTMLElement[] | null = null;

/** The same elements for as long as the page lives: a region that is replaced is not heard. */
function skeleton(): HTMLElement[] {
  if (regions) return regions;
  const region = el("div", {
    role: "status",
    "aria-live": "polite",
    class: "usa-sr-only",
    id: "announcer",
  });
  useRegion(region);
  regions = [
    el("div"),
    el("header", { class: "cb-header" }),
    el("main", { id: "main", tabindex: "-1", class: "cb-wide" }),
    el("footer", { class: "cb-footer" }),
    region,
  ];
  fill(document.body, ...regions);
  return regions;
}

/** Draws what is around the view anew; the view itself stays. */
export function drawFrame(): void {
  const [top, header, , footer] = skeleton();
  if (top) fill(top, skipLink());
  if (header) fill(header, ...headerParts());
  if (footer)
    fill(
      footer,
      el("div", { class: "cb-wide" }, el("p", {}, t("frame.whose")), el("p", {}, t("frame.danger"))),
    );
}
