// States that are closed for maintenance, in the gateway's own words, before anybody tries in vain.
import { get, problemOf } from "../api.ts";
import type { SystemStatus } from "../api_types.ts";
import { alert } from "./problem.ts";

/** Of one state, or of all. What cannot be asked now is left out: the page stands without it. */
export async function closedViews(signal: AbortSignal, jurisdiction?: string): Promise<HTMLElement[]> {
  let systems: SystemStatus[] = [];
  try {
    systems = (await get<{ data: SystemStatus[] }>("/v1/status", signal)).data;
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    problemOf(thrown);
  }
  const texts = systems
    .filter((one) => jurisdiction === undefined || one.jurisdiction === jurisdiction)
    .map((one) => one.user_message)
    .filter((text) => text !== undefined);
  // A state with two systems says it once.
  return [...new Set(texts)].map((text) => {
    const view = alert("warning", null, text);
    view.setAttribute("data-testid", "closed");
    return view;
  });
}
