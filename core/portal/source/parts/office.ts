// A state's own website and telephone number, beside everything that its office alone can settle.
import type { Fact } from "../api_types.ts";
import { el } from "../dom.ts";
import { t } from "../words.ts";

export interface Office {
  agency: Fact | null;
  portal_url: Fact | null;
  /** The door to send a parent to, where the directory tells it. */
  official_url?: Fact | null;
  phone: Fact | null;
}

/** Dialled as it stands: digits, and a leading plus. */
export const dialled = (phone: string): string => `tel:${phone.replace(/(?!^\+)\D/g, "")}`;

/** What was not read on an official page is never shown as certain. */
const doubt = (fact: Fact | null | undefined): HTMLElement | null =>
  fact && fact.provenance !== "verified"
    ? el("span", { class: "usa-hint", "data-testid": "not-confirmed" }, ` (${t("office.not_confirmed")})`)
    : null;

export function officeView(office: Office): HTMLElement {
  const door = office.official_url ?? office.portal_url;
  const url = door?.value;
  const phone = office.phone?.value;
  return el(
    "div",
    { class: "cb-office", "data-testid": "office" },
    office.agency ? el("span", { lang: "en" }, office.agency.value) : null,
    url
      ? el(
          "a",
          { href: url, rel: "noreferrer noopener", class: "usa-link" },
          t("office.website"),
          el("span", { class: "cb-host" }, ` (${host(url)})`),
        )
      : null,
    doubt(door),
    phone ? el("a", { href: dialled(phone), class: "usa-link" }, t("office.call", { phone })) : null,
    doubt(office.phone),
  );
}

function host(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
