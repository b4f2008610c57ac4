// The quick exit: empties the page, ends the session and goes to a page that tells nothing, at once.
import { me, signOut } from "./session.ts";

// Replaces this page in the history, so that going back does not lead to it.
const ELSEWHERE = "https://www.weather.gov/";
const TWICE_MS = 1000;

export function leave(): void {
  document.title = "";
  document.body.replaceChildren();
  if (me()) void signOut().catch(() => {}); // kept alive by the browser while it moves on
  location.replace(ELSEWHERE);
}

/** Pressing Escape twice does the same as the button. */
export function leaveOnEscape(): void {
  let last = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < TWICE_MS) leave();
    last = event.timeStamp;
  });
}
