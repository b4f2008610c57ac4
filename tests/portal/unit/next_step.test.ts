// One next step for each state: what the parent can settle comes first.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Link, Problem } from "../../../core/portal/source/api_types.ts";
import { nextStep, oldestDay, worstProblem } from "../../../core/portal/source/parts/next_step.ts";

function problem(actor: string, code = "source_unavailable"): Problem {
  return { type: "", title: "", status: 503, code, category: "source", actor, retryable: true };
}
function link(changes: Partial<Link> = {}, ...problems: (Problem | null)[]): Link {
  const datasets = problems.map((one, at) => ({ dataset: `d${at}`, as_of: null, problem: one }));
  return {
    state: "active",
    remedy: null,
    open_sync: null,
    session_live: true,
    datasets,
    ...changes,
  } as Link;
}

test("nothing is to be done when all is well", () => {
  assert.deepEqual(nextStep(link({}, null)), { kind: "nothing", action: "sync_link", problem: null });
});
test("newer records need a sign-in once the session with the state is over", () => {
  assert.equal(nextStep(link({ session_live: false })).action, "repair_link");
  assert.equal(nextStep(link({ session_live: false, custody: "vaulted" })).action, "sync_link");
});
test("a link that needs its parent asks for a sign-in, whatever else there is", () => {
  const step = nextStep(link({ state: "action_required", open_sync: "syn_1" }, problem("state")));
  assert.deepEqual([step.kind, step.action], ["sign_in", "repair_link"]);
});
test("while records are fetched nothing is to be done", () => {
  assert.equal(nextStep(link({ open_sync: "syn_1" }, problem("state"))).kind, "fetching");
});
test("the gateway's remedy decides between a refresh and a sign-in", () => {
  assert.equal(nextStep(link({ remedy: { action: "sync_link" } })).kind, "refresh");
  assert.equal(nextStep(link({ remedy: { action: "repair_link" } })).kind, "sign_in");
});
test("a state that is down has to act, and a mistake of ours is ours", () => {
  assert.equal(nextStep(link({}, problem("state"))).kind, "state_acts");
  assert.deepEqual(nextStep(link({}, problem("gateway"))).kind, "gateway_acts");
});
test("what the parent can settle is named before what the state must", () => {
  const worst = worstProblem(
    link({}, problem("gateway"), problem("state"), problem("user", "needs_user"), null),
  );
  assert.equal(worst?.code, "needs_user");
});
test("the oldest day speaks for all, and none is none", () => {
  const days = ["2026-03-06", null, "2026-03-01"].map((as_of) => ({ as_of, problem: null }));
  assert.equal(oldestDay(link({ datasets: days } as Partial<Link>)), "2026-03-01");
  assert.equal(oldestDay(link()), null);
});
