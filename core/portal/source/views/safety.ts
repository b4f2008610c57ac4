// What a parent does who is in danger, or wants to leave: stop everything, take a copy, delete the account.
import { get, post, problemOf, remove } from "../api.ts";
import type { AccountExport, SafetyStop } from "../api_types.ts";
import { el, fill, p } from "../dom.ts";
import { moment } from "../format.ts";
import { announce } from "../live.ts";
import { holdViews } from "../parts/holds.ts";
import { alert, problemView } from "../parts/problem.ts";
import { linkTo, render, type View, type Visit } from "../router.ts";
import { t, type Key } from "../words.ts";
import { confirmFirst } from "./flow.ts";

/** A button that does one thing; what goes wrong is told beside it. */
function action(name: string, label: Key, run: () => Promise<void>): HTMLElement {
  const trouble = el("div");
  const button = el(
    "button",
    {
      type: "button",
      class: "usa-button usa-button--outline",
      "data-testid": name,
      onclick: () => void once(),
    },
    t(label),
  );

  async function once(): Promise<void> {
    button.disabled = true;
    fill(trouble);
    try {
      await run();
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.code === "step_up_required") return confirmFirst("/safety");
      fill(trouble, problemView(problem));
    } finally {
      button.disabled = false;
    }
  }
  return el("div", {}, p(button), trouble);
}

async function stop(): Promise<void> {
  const done = await post<SafetyStop>("/v1/me/safety-stop");
  await render();
  announce(
    t("safety.stopped_now", { sessions: done.sessions_ended, devices: done.devices_forgotten }),
  );
}

async function lift(): Promise<void> {
  await remove("/v1/me/safety-stop");
  await render();
  announce(t("safety.lifted"));
}

async function takeCopy(): Promise<void> {
  const copy = await get<AccountExport>("/v1/me/export");
  const file = new Blob([JSON.stringify(copy, null, 2)], { type: "application/json" });
  const address = URL.createObjectURL(file);
  el("a", { href: address, download: "account.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  announce(t("safety.copied"));
}

function stopView(state: SafetyStop): HTMLElement {
  const since = state.stopped_at;
  const stands = since !== null;
  return el(
    "section",
    { "data-stopped": String(stands) },
    el("h2", {}, t("safety.stop")),
    stands
      ? alert("warning", null, t("safety.stopped", { when: moment(since) }))
      : p(t("safety.stop_text")),
    stands ? action("lift-stop", "safety.lift", lift) : action("safety-stop", "safety.stop_do", stop),
  );
}

export async function safetyView(visit: Visit): Promise<View> {
  const [state, holds] = await Promise.all([
    get<SafetyStop>("/v1/me/safety-stop", visit.signal),
    holdViews(visit.signal),
  ]);
  return {
    title: t("safety.title"),
    body: [
      ...holds,
      p(t("safety.intro")),
      stopView(state),
      el("h2", {}, t("safety.copy")),
      p(t("safety.copy_text")),
      action("export", "safety.copy_do", takeCopy),
      el("h2", {}, t("safety.delete")),
      p(t("safety.delete_text")),
      p(linkTo("/safety/delete", t("safety.delete_do"))),
    ],
  };
}
