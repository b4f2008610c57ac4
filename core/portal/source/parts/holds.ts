// What waits for its time, told on the pages that people see first, each with a button that stops it.
import { get, problemOf, remove } from "../api.ts";
import type { Hold } from "../api_types.ts";
import { el, fill, p } from "../dom.ts";
import { moment } from "../format.ts";
import { announce } from "../live.ts";
import { render } from "../router.ts";
import { t, word } from "../words.ts";
import { alert, problemView } from "./problem.ts";

function holdView(hold: Hold): HTMLElement {
  const trouble = el("div");
  const button = el(
    "button",
    {
      type: "button",
      class: "usa-button usa-button--outline",
      "data-testid": "stop-hold",
      onclick: () => void stop(),
    },
    t("holds.stop"),
  );

  async function stop(): Promise<void> {
    button.disabled = true;
    try {
      await remove(`/v1/me/holds/${hold.kind}`);
    } catch (thrown) {
      button.disabled = false;
      return fill(trouble, problemView(problemOf(thrown)));
    }
    await render();
    announce(t("holds.stopped"));
  }
  const view = alert(
    "warning",
    word("hold", hold.kind),
    t("holds.from", { when: moment(hold.due_at) }),
    p(button),
    trouble,
  );
  view.setAttribute("data-hold", hold.kind);
  return view;
}

export async function holdViews(signal: AbortSignal): Promise<HTMLElement[]> {
  try {
    const holds = await get<{ data: Hold[] }>("/v1/me/holds", signal);
    return holds.data.map(holdView);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return [problemView(problemOf(thrown))]; // the rest of the page stands without it
  }
}
