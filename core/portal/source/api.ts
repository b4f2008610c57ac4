// Asks the gateway. The session is a cookie that no script can read; its anti-forgery value lives here, in
// memory, as long as the page does. Nothing is kept by the browser.
import type { Problem } from "./api_types.ts";
import { language } from "./words.ts";

/** An answer that is no success. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

let csrf = "";
let whenSignedOut = (): void => {};
export const useCsrf = (token: string | undefined): void => void (csrf = token ?? "");
/** Called when the gateway says that the session is over. */
export const onSignedOut = (then: () => void): void => void (whenSignedOut = then);

const SESSION_ENDED = ["token_missing", "token_invalid", "token_expired"];

function unreachable(): Problem {
  return {
    type: "urn:casebridge:problem:no_connection",
    title: "No connection",
    status: 0,
    code: "no_connection",
    category: "platform",
    actor: "nobody",
    retryable: true,
  };
}

function key(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

async function ask<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language() };
  if (method !== "GET" && csrf) headers["X-CSRF-Token"] = csrf;
  if (method === "POST") headers["Idempotency-Key"] = key();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      keepalive: method === "DELETE", // so that signing out is heard although the page is being left
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal(unreachable());
  }
  if (answer.status === 204) return undefined as Answer;
  const content: unknown = await answer.json().catch(() => null);
  if (answer.ok && content !== null) return content as Answer;
  const problem = (content as Problem | null) ?? unreachable();
  if (SESSION_ENDED.includes(problem.code)) whenSignedOut();
  throw new Refusal(problem);
}

export const get = <Answer>(path: string, signal?: AbortSignal) =>
  ask<Answer>("GET", path, undefined, signal);
export const post = <Answer>(path: string, body?: unknown) => ask<Answer>("POST", path, body);
export const patch = <Answer>(path: string, body: unknown) => ask<Answer>("PATCH", path, body);
export const put = <Answer>(path: string, body: unknown) => ask<Answer>("PUT", path, body);
export const remove = <Answer>(path: string) => ask<Answer>("DELETE", path);

/** The problem behind something thrown; what is no refusal is a mistake of ours and goes on. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Refusal) return thrown.problem;
  throw thrown;
}
