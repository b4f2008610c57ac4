// Whether somebody sits there. What the page asks by itself would keep a session alive that nobody uses.
const AWAY_MS = 10 * 60_000;

let last = Date.now();
let waiting: (() => void)[] = [];

export const present = (): boolean => Date.now() - last < AWAY_MS;

/** Runs at once when somebody is there, else as soon as they are back. */
export function whenPresent(then: () => void): void {
  if (present()) then();
  else if (!waiting.includes(then)) waiting.push(then);
}

export function noticePresence(): void {
  const noticed = (): void => {
    last = Date.now();
    const due = waiting;
    waiting = [];
    for (const then of due) then();
  };
  for (const sign of ["pointerdown", "keydown", "scroll"])
    addEventListener(sign, noticed, { passive: true });
}
