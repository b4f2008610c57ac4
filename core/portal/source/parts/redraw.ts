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

export function redraw(region: Element, ...children: Node[]): void {
  const active = document.activeElement;
  const focused = active && region.contains(active) ? nameOf(active) : null;
  const unfolded = new Set(Array.from(region.querySelectorAll("details[open]"), nameOf));
  fill(region, ...children);
  for (const details of region.querySelectorAll("details")) details.open = unfolded.has(nameOf(details));
  if (!focused) return;
  const same = Array.from(region.querySelectorAll<HTMLElement>("a, button, summary, input")).find(
    (one) => nameOf(one) === focused,
  );
  same?.focus({ preventScroll: true });
}
