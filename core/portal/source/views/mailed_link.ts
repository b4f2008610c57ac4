// What a link in a mail leads to. Opening it does nothing; the button does. What the link carries stands
// behind '#', so that it reaches no server and no log, and it leaves the address bar at once.
import { p } from "../dom.ts";
import { address, type Show, type View, type Visit } from "../router.ts";
import { t, type Key } from "../words.ts";
import { flowView, type Kind } from "./flow.ts";

function mailedLink(kind: Kind, path: string, title: Key): Show {
  return async (visit: Visit): Promise<View> => {
    const carried = decodeURIComponent(location.hash.slice(1));
    if (carried) history.replaceState(null, "", address(path));
    const form = await flowView(kind, visit, carried ? { link_code: carried } : {});
    return { title: t(title), body: carried ? [form] : [p(t("mailed_link.typed")), form] };
  };
}

export const stopHoldView = mailedLink("stop_hold", "/stop", "mailed_link.stop");
export const takeBackView = mailedLink("revert_email", "/take-back", "mailed_link.take_back");
export const notMeView = mailedLink("not_me", "/not-me", "mailed_link.not_me");
