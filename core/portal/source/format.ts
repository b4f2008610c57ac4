// Amounts, days and moments as people write them. What comes in is decimal text and calendar days of the API.
import type { Money } from "./api_types.ts";
import { locale } from "./words.ts";

export function money(amount: Money): string {
  // Fifteen digits are exact; nothing is added up here, so nothing can drift.
  return new Intl.NumberFormat(locale(), { style: "currency", currency: amount.currency }).format(
    Number(amount.amount),
  );
}

/** A day of the calendar, in no time zone: 2026-03-12. */
export function day(text: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${text.slice(0, 10)}T00:00:00Z`),
  );
}

/** A moment, in the reader's own time zone. */
export function moment(text: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "short" }).format(
    new Date(text),
  );
}

/** The day of a moment, in the reader's own time zone. */
export function dayOf(text: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(new Date(text));
}

export function list(parts: string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(parts);
}
