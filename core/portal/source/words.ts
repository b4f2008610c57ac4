// Every word of the page, from one catalogue for each language. A key that a language lacks does not compile.
import en from "../messages/en.json";
import es from "../messages/es.json";

export type Key = keyof typeof en;
export type Language = "en" | "es";

const catalogues: Record<Language, Record<Key, string>> = { en, es };
export const languages: Language[] = ["en", "es"];

let chosen: Language = "en";
export const language = (): Language => chosen;
/** Dates and amounts follow American habits in both languages. */
export const locale = (): string => `${chosen}-US`;

export function speak(wanted: string): void {
  chosen = languages.find((known) => wanted.toLowerCase().startsWith(known)) ?? "en";
  document.documentElement.lang = chosen;
}

export function t(key: Key, values: Record<string, string | number> = {}): string {
  return filled(catalogues[chosen][key], values);
}

export function filled(text: string, values: Record<string, string | number>): string {
  const known = new Map(Object.entries(values));
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(known.get(name) ?? whole));
}

/** The word for a code of the API. Lists may grow, so each family has a word for what is not known. */
export function word(family: string, code: string | null | undefined): string {
  const known = catalogues[chosen] as Record<string, string>;
  return known[`${family}.${code ?? "unknown"}`] ?? known[`${family}.unknown`] ?? "";
}
