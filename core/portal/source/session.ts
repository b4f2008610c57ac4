// Who is signed in, as far as this page knows.
import { get, Refusal, remove, useCsrf } from "./api.ts";
import type { Me } from "./api_types.ts";

let known: Me | null = null;
export const me = (): Me | null => known;

/** Asks the gateway who this is; null when nobody is signed in. */
export async function recall(): Promise<Me | null> {
  try {
    known = await get<Me>("/v1/me");
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    known = null;
  }
  useCsrf(known?.csrf_token);
  return known;
}

export function forget(): void {
  known = null;
  useCsrf(undefined);
}

export async function signOut(): Promise<void> {
  try {
    await remove("/v1/me/sessions/current");
  } finally {
    forget();
  }
}
