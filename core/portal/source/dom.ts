// Builds elements. Text goes in as text and attributes as attributes: there is no way to put in markup.
export type Child = Node | string | null | false;
type Value = string | number | boolean | null | ((event: Event) => void);

const CLICKABLE = /^(blob:|https:\/\/|tel:\+?[0-9]|otpauth:\/\/totp\/|\/(?!\/)|#)/;

export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.replace(/^on/, ""), value);
    } else if (name === "href" && !CLICKABLE.test(String(value))) {
      continue; // an address that came from outside may be anything
    } else if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

export function present(children: Child[]): (Node | string)[] {
  return children.filter(
    (child): child is Node | string => child !== null && child !== false && child !== "",
  );
}

/** Replaces what an element holds. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...present(children));
}

export const p = (...children: Child[]): HTMLElement => el("p", {}, ...children);

let ids = 0;
/** An id for one element of this page, to tie a label or a hint to it. */
export const freshId = (stem: string): string => `${stem}-${++ids}`;
