// What happens to the account while somebody looks: told by the gateway, or asked for where that fails.
import { get } from "./api.ts";
import type { Link, Sync } from "./api_types.ts";
import { whenPresent } from "./presence.ts";

export interface Watcher {
  sync: (sync: Sync) => void; // one reading of a state has moved on
  changed: () => void; // what the lists show may be new
  ended: () => void; // the session is over
}

const ASK_EVERY_MS = 2000;
const LISTEN_AGAIN_MS = 60_000;

/** Until `signal` says that the view is over. */
export function watch(watcher: Watcher, signal: AbortSignal): void {
  if (signal.aborted) return;
  if (typeof EventSource === "undefined") return askAround(watcher, signal, Infinity);
  const source = new EventSource("/v1/me/events");
  const data = (event: Event): unknown => JSON.parse((event as MessageEvent<string>).data);
  signal.addEventListener("abort", () => source.close());
  source.addEventListener("sync", (event) => watcher.sync(data(event) as Sync));
  source.addEventListener("account", () => watcher.changed());
  source.addEventListener("end", (event) => {
    if ((data(event) as { reason: string }).reason !== "signed_out") return; // else it comes back
    source.close();
    watcher.ended();
  });
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED || signal.aborted) return;
    askAround(watcher, signal, Date.now() + LISTEN_AGAIN_MS); // refused: perhaps too many are listening
  });
}

/** The same by asking: the links say which readings are open, and those say how far they are. */
function askAround(watcher: Watcher, signal: AbortSignal, until: number): void {
  let open: string[] = [];
  const look = async (): Promise<void> => {
    const links = (await get<{ data: Link[] }>("/v1/links", signal)).data;
    const now = links.map((link) => link.open_sync).filter((one): one is string => one !== null);
    const asked = [...new Set([...open, ...now])];
    open = now;
    for (const id of asked) watcher.sync(await get<Sync>(`/v1/syncs/${id}`, signal));
    if (asked.length) watcher.changed();
  };
  const turn = (): void => {
    if (signal.aborted) return;
    if (Date.now() >= until) return watch(watcher, signal);
    look()
      .catch(() => {})
      .finally(() => setTimeout(() => whenPresent(turn), ASK_EVERY_MS));
  };
  turn();
}
