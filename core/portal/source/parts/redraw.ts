// Replaces a part of the view; where the reader is, and what they unfolded, stays.
import { fill } from "../dom.ts";

const PLACES = "[data-link],[data-case],[data-cluster]";

function nameOf(element: Element): string {
  const place = element.closest(PLACES);
  const own = element.getAttribute("data-testid") ?? element.getAttribute("href") ?? element.tagName;
  return `${
    place?.getAttribute("data-link") ??
    place?.getAttribute("data-case") ??
    place?.getAttribute("data-cluster") ??
    ""
  } ${own}`;
}

const withDetails = (node: Node): HTMLDetailsElement[] =>
  node instanceof Element ? Array.from(node.querySelectorAll("details")) : [];

export function redraw(region: Element, ...children: Node[]): void {
  const unfolded = new Set(Array.from(region.querySelectorAll("details[open]"), nameOf));
  for (const details of children.flatMap(withDetails)) details.open = unfolded.has(nameOf(details));
  const shown = Array.from(region.childNodes);
  // What has not changed stays as it is: a press and its release must meet the same button.
  if (shown.length === children.length && shown.every((one, at) => one.isEqualNode(children[at] ?? null)))
    return;
  const active = document.activeElement;
  const focused = active && region.contains(active) ? nameOf(active) : null;
  fill(region, ...children);
  if (!focused) return;
  const same = Array.from(region.querySelectorAll<HTMLElement>("a, button, summary, input")).find(
    (one) => nameOf(one) === focused,
  );
  same?.focus({ preventScroll: true });
}
