// The one thing to do next for a state, or that there is nothing to do. A pure function of what the API says.
import type { Link, Problem } from "../api_types.ts";

export type StepKind = "fetching" | "sign_in" | "refresh" | "state_acts" | "gateway_acts" | "nothing";
export interface Step {
  kind: StepKind;
  action: "repair_link" | "sync_link" | null;
  problem: Problem | null;
}

const step = (kind: StepKind, action: Step["action"] = null, problem: Problem | null = null): Step => ({
  kind,
  action,
  problem,
});

/** The problem that matters most: what the parent can settle comes first, then what the state must. */
export function worstProblem(link: Link): Problem | null {
  const problems = link.datasets
    .map((one) => one.problem)
    .filter((one): one is NonNullable<typeof one> => one !== null);
  const rank = (problem: Problem): number => ["user", "state", "gateway"].indexOf(problem.actor) + 1 || 4;
  return problems.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

export function nextStep(link: Link): Step {
  const problem = worstProblem(link);
  if (link.state === "action_required") return step("sign_in", "repair_link", problem);
  if (link.open_sync) return step("fetching");
  if (link.remedy?.action === "repair_link") return step("sign_in", "repair_link", problem);
  if (link.remedy?.action === "sync_link") return step("refresh", "sync_link", problem);
  if (problem?.actor === "user") return step("sign_in", "repair_link", problem);
  if (problem?.actor === "state" || problem?.actor === "nobody")
    return step("state_acts", "sync_link", problem);
  if (problem) return step("gateway_acts", null, problem);
  // With a sealed sign-in the gateway may open a session with the state by itself.
  const byItself = link.session_live || link.custody === "vaulted";
  return step("nothing", byItself ? "sync_link" : "repair_link");
}

/** The oldest day of what is shown of this link, where the state told one. */
export function oldestDay(link: Link): string | null {
  const days = link.datasets.map((one) => one.as_of).filter((one): one is string => one !== null);
  return days.sort()[0] ?? null;
}
