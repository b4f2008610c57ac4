// From the address to a view, and from one view to the next: title, focus, and the end of the last one.
import { el, fill } from "./dom.ts";
import { announce } from "./live.ts";
import { problemView } from "./parts/problem.ts";
import { problemOf } from "./api.ts";
import { language, t } from "./words.ts";

/** What a view is told: the parts of its address, and when it is over. */
export interface Visit {
  params: Record<string, string>;
  query: URLSearchParams;
  signal: AbortSignal;
}
export interface View {
  title: string;
  body: Node[];
}
export type Show = (visit: Visit) => Promise<View> | View;
export interface Row {
  path: string;
  show: Show;
  open?: boolean; // for people who are not signed in
  cases?: boolean; // shows what may need a second factor
}

let rows: Row[] = [];
let insteadOf: (row: Row) => string | null = () => null;
let ending = new AbortController();

/** `instead`: the path that is shown in place of a row that may not be entered. */
export function useRows(table: Row[], instead: (row: Row) => string | null): void {
  rows = table;
  insteadOf = instead;
}

export function match(pattern: string, path: string): Record<string, string> | null {
  const expected = pattern.split("/");
  const given = path.split("/");
  if (expected.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of expected.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith(":") && value) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

/** An address of this page that keeps the language. */
export function address(path: string): string {
  const url = new URL(path, location.origin);
  url.searchParams.set("lang", language());
  return url.pathname + url.search;
}

export function go(path: string, replace = false): Promise<void> {
  history[replace ? "replaceState" : "pushState"](null, "", address(path));
  return render();
}

/** A link to another view, followed without loading the page anew. */
export function linkTo(path: string, text: string, attributes: Record<string, string> = {}): HTMLElement {
  return el(
    "a",
    {
      href: address(path),
      ...attributes,
      onclick: (event) => {
        const click = event as MouseEvent;
        if (click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
        event.preventDefault();
        void go(path);
      },
    },
    text,
  );
}

async function viewFor(path: string, query: URLSearchParams, signal: AbortSignal): Promise<View> {
  for (const row of rows) {
    const params = match(row.path, path);
    if (!params) continue;
    const instead = insteadOf(row);
    if (instead) {
      history.replaceState(null, "", address(`${instead}?next=${encodeURIComponent(path)}`));
      return viewFor(instead, new URLSearchParams({ next: path }), signal);
    }
    return row.show({ params, query, signal });
  }
  return {
    title: t("page.none.title"),
    body: [el("p", {}, t("page.none.text")), linkTo("/", t("nav.home"))],
  };
}

/** Shows what the address says. The last view's streams and requests end. */
export async function render(first = false): Promise<void> {
  ending.abort();
  ending = new AbortController();
  const signal = ending.signal;
  const main = document.getElementById("main") as HTMLElement;
  main.setAttribute("aria-busy", "true");
  let view: View;
  try {
    view = await viewFor(location.pathname, new URLSearchParams(location.search), signal);
  } catch (thrown) {
    if (signal.aborted) return;
    view = { title: t("page.failed.title"), body: [problemView(problemOf(thrown))] };
  }
  if (signal.aborted) return;
  const heading = el("h1", { tabindex: "-1", class: "margin-top-0" }, view.title);
  fill(main, heading, ...view.body);
  main.removeAttribute("aria-busy");
  document.title = `${view.title} – Casebridge`;
  document.dispatchEvent(new Event("casebridge:shown"));
  if (!first) {
    heading.focus();
    scrollTo(0, 0);
    announce("");
  }
}
