// A passkey as a field of a form: asked of the browser when the form is sent, or offered by it.
import { Refusal } from "../api.ts";
import type { Flow, FlowNode, Problem } from "../api_types.ts";
import type { Child } from "../dom.ts";
import { makePasskey, offersQuietly, passkeysWork, usePasskey } from "../passkey.ts";
import { t } from "../words.ts";
import { alert } from "./problem.ts";

const RENEW_MS = 270_000; // challenges are good for five minutes

type Fields = Record<string, string>;

// What the browser offers by itself; it takes one wish at a time, so this one ends before another begins.
let offer: AbortController | null = null;

export const passkeyIn = (nodes: FlowNode[]): FlowNode | undefined =>
  nodes.find((node) => node.public_key !== undefined);

export const passkeyNotice = (): Child[] =>
  passkeysWork() ? [] : [alert("warning", null, t("passkey.no_browser"))];

/** People change their mind, and browsers tell little about it. */
function problemWith(thrown: unknown): Problem {
  const again = thrown instanceof DOMException && thrown.name === "InvalidStateError";
  return {
    type: "urn:casebridge:problem:passkey_not_given",
    title: "No passkey",
    status: 0,
    code: "passkey_not_given",
    category: "auth",
    actor: "user",
    retryable: true,
    user_message: t(again ? "passkey.known" : passkeysWork() ? "passkey.not_given" : "passkey.no_browser"),
  };
}

/** The fields to send, with the passkey among them. */
export async function withPasskey(node: FlowNode, typed: Fields): Promise<Fields> {
  const asked = node.public_key;
  if (!asked) return typed;
  offer?.abort();
  offer = null;
  try {
    if (node.type === "passkey_get") return { [node.name]: await usePasskey(asked) };
    return { ...typed, [node.name]: await makePasskey(asked) };
  } catch (thrown) {
    throw new Refusal(problemWith(thrown));
  }
}

/** Offers passkeys beside what the browser fills in, until one is chosen or the view is left. */
export async function offerPasskeys(
  begin: () => Promise<Flow>,
  until: AbortSignal,
  send: (flow: Flow, fields: Fields) => Promise<void>,
): Promise<void> {
  offer?.abort();
  const mine = (offer = new AbortController());
  until.addEventListener("abort", () => mine.abort());
  if (!(await offersQuietly())) return;
  while (!mine.signal.aborted) {
    const turn = new AbortController();
    const end = (): void => turn.abort();
    const timer = setTimeout(end, RENEW_MS);
    mine.signal.addEventListener("abort", end);
    try {
      const flow = await begin();
      const node = passkeyIn(flow.nodes);
      if (!node?.public_key || mine.signal.aborted) return;
      const answer = await usePasskey(node.public_key, turn.signal, true);
      return await send(flow, { [node.name]: answer });
    } catch {
      if (!turn.signal.aborted) return; // refused by the browser: the button is still there
    } finally {
      clearTimeout(timer);
      mine.signal.removeEventListener("abort", end);
    }
  }
}
