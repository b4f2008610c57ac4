// Registration, sign-in and what helps with it. The gateway sends each form as data, this draws it and sends
// back what was typed.
import { get, post, problemOf, useCsrf } from "../api.ts";
import type { Flow, FlowNode, Problem } from "../api_types.ts";
import { el, fill, p, type Child } from "../dom.ts";
import { drawFrame } from "../frame.ts";
import { announce } from "../live.ts";
import { closedViews } from "../parts/closed.ts";
import { formView, type Asked } from "../parts/form.ts";
import { offerPasskeys, passkeyIn, passkeyNotice, withPasskey } from "../parts/passkey_field.ts";
import { alert } from "../parts/problem.ts";
import { passkeysWork } from "../passkey.ts";
import { go, linkTo, type View, type Visit } from "../router.ts";
import { forget, me, recall } from "../session.ts";
import { language, t, word, type Key } from "../words.ts";

export type Kind =
  | "registration"
  | "sign_in"
  | "step_up"
  | "reset_password"
  | "unlock"
  | "add_totp"
  | "remove_totp"
  | "recovery_codes"
  | "add_passkey"
  | "change_password"
  | "not_me"
  | "stop_hold"
  | "lost_phone"
  | "delete_account"
  | "add_address"
  | "change_email"
  | "revert_email";

/** Values that need not be typed, by the name of their field. */
export type Known = Record<string, string>;

// The flow under way, so that a change of language draws the same step again. Gone with the page.
let open: Flow | null = null;

const begun = (kind: Kind): Promise<Flow> =>
  post<Flow>("/v1/flows", { kind, transport: "cookie", locale: language() });

async function begin(kind: Kind): Promise<Flow> {
  if (open && open.kind === kind && !open.done) {
    try {
      return (open = await get<Flow>(`/v1/flows/${open.id}`));
    } catch (thrown) {
      problemOf(thrown); // ended or expired: a new one is begun
    }
  }
  return (open = await begun(kind));
}

function asked(node: FlowNode, alone: boolean, known: Known): Asked {
  const value = known[node.name];
  return {
    ...(value ? { value } : {}),
    name: node.name,
    type: node.type,
    label: node.label ?? word("field", node.name),
    secret: node.secret && node.type === "password",
    required: node.required || alone,
    autocomplete: node.autocomplete ?? "",
    length_max: node.length_max,
  };
}

function messages(flow: Flow): Child[] {
  return flow.messages.map((message) =>
    alert(message.kind === "error" ? "error" : "info", null, message.text ?? message.key),
  );
}

// Kinds that end without a session, and how the sign-in is told of it.
const DONE: Partial<Record<Kind, string>> = {
  registration: "registered",
  reset_password: "reset",
  unlock: "unlocked",
};

// Kinds whose end is told where it happened, and the way on from there.
const SECURITY: [string, Key] = ["/security", "security.back"];
const TOLD: Partial<Record<Kind, [string, Key]>> = {
  add_totp: SECURITY,
  remove_totp: SECURITY,
  recovery_codes: SECURITY,
  add_passkey: SECURITY,
  change_password: SECURITY,
  not_me: ["/reset-password", "nav.reset_password"],
  stop_hold: ["/sign-in", "nav.sign_in"],
  lost_phone: ["/sign-in", "nav.sign_in"],
  delete_account: ["/safety", "security.back"],
  add_address: ["/addresses", "security.back"],
  change_email: ["/addresses", "security.back"],
  revert_email: ["/reset-password", "nav.reset_password"],
};

/** Whoever has not lately shown that it is them does so first, and comes back. */
export const confirmFirst = (back: string): Promise<void> =>
  go(`/sign-in?confirm=1&next=${encodeURIComponent(back)}`, true);

/** What is to be read or copied: the secret for an app, recovery codes. */
function shown(flow: Flow): Child[] {
  if (!flow.shown?.length) return [];
  const items = flow.shown.map((one) =>
    el(
      "li",
      { "data-shown": one.name },
      one.name === "secret" ? `${one.label ?? one.name}: ` : null,
      one.name === "uri"
        ? el("a", { href: one.value }, one.label ?? one.name)
        : el("code", {}, one.value),
    ),
  );
  const picture = flow.shown.some((one) => one.name === "uri")
    ? el("img", {
        src: `/v1/flows/${flow.id}/qr-code`,
        alt: t("security.qr_code"),
        class: "cb-qr-code",
        "data-testid": "qr-code",
      })
    : null;
  return [...(picture ? [picture] : []), el("ul", { class: "cb-plain-list" }, ...items)];
}

const inside = (next: string | null): string => (next && /^\/(?!\/)/.test(next) ? next : "/");

/** Where a flow is drawn, what it is for, and until when. */
interface Way {
  place: HTMLElement;
  kind: Kind;
  next: string | null;
  signal: AbortSignal;
  known: Known;
}

async function finish({ place, kind, next }: Way, flow: Flow): Promise<void> {
  open = null;
  const done = DONE[kind];
  if (done) return go(`/sign-in?${done}=1`, true);
  if (flow.session) {
    useCsrf(flow.session.csrf_token);
    await recall();
    drawFrame();
  }
  if (kind === "not_me" || kind === "revert_email") {
    forget(); // every session has ended, this one too
    drawFrame();
  }
  const told = TOLD[kind];
  if (!told) return go(inside(next), true);
  fill(place, ...messages(flow), ...shown(flow), p(linkTo(told[0], t(told[1]))));
  place.setAttribute("data-testid", `done-${kind}`);
  place.focus();
}

async function submit(way: Way, flow: Flow, fields: Record<string, string>): Promise<void> {
  try {
    const after = await post<Flow>(`/v1/flows/${flow.id}`, { seq: flow.seq, fields });
    if (after.done) return await finish(way, after);
    step(way, after, null);
    way.place.querySelector<HTMLElement>("input")?.focus();
    announce(after.messages.map((message) => message.text ?? "").join(" "));
  } catch (thrown) {
    const refused = problemOf(thrown);
    if (refused.code === "step_up_required") return await confirmFirst(location.pathname);
    if (!refused.flow) throw thrown;
    step(way, refused.flow, withMessages(refused));
  }
}

function step(way: Way, flow: Flow, problem: Problem | null): void {
  open = flow;
  const isAction = (node: FlowNode): boolean => node.type === "action";
  const passkey = passkeyIn(flow.nodes);
  const inputs = flow.nodes.filter((node) => !isAction(node) && node !== passkey);
  // A passkey is asked for by the main button, or by one more where that sends what was typed.
  const beside = passkey?.type === "passkey_get" && inputs.length > 0;
  const actions = flow.nodes.filter(
    (node) => isAction(node) || (beside && passkeysWork() && node === passkey),
  );
  const main = inputs.length > 0 || passkey !== undefined;
  const form = formView({
    // The only field beside further buttons is left out by those, and needed by the main one.
    fields: inputs.map((node) => asked(node, inputs.length === 1 && !passkey, way.known)),
    actions: actions.map((node) => ({ name: node.name, label: node.label ?? word("field", node.name) })),
    intro: [
      ...(problem ? [] : messages(flow)),
      ...shown(flow),
      ...(passkey && !beside ? passkeyNotice() : []),
    ],
    submit: main ? word(`submit.${way.kind}`, flow.step) : "",
    problem,
    send: async (typed) => {
      const pressed = actions.some((node) => node !== passkey && node.name in typed);
      const wanted = passkey && !pressed && (!beside || passkey.name in typed);
      if (!wanted) return await submit(way, flow, typed);
      // A challenge does not live as long as a form that waits to be filled in.
      const asking = beside ? await begun(way.kind) : flow;
      await submit(way, asking, await withPasskey(passkeyIn(asking.nodes) ?? passkey, typed));
    },
  });
  form.setAttribute("data-testid", `flow-${way.kind}-${flow.step}`);
  fill(way.place, form);
  // Not after a refusal: a browser that answers by itself would answer again and again.
  if (beside && !problem) {
    void offerPasskeys(
      () => begun(way.kind),
      way.signal,
      async (offered, fields) => {
        if (open === flow) await submit(way, offered, fields);
      },
    );
  }
}

/** The flow's own messages say more than the problem's general text. */
function withMessages(problem: Problem): Problem {
  const texts = (problem.flow?.messages ?? [])
    .filter((one) => one.kind === "error")
    .map((one) => one.text ?? "");
  return texts.length ? { ...problem, user_message: texts.join(" ") } : problem;
}

export async function flowView(kind: Kind, visit: Visit, known: Known = {}): Promise<HTMLElement> {
  const place = el("div", { tabindex: "-1" });
  try {
    const next = visit.query.get("next");
    step({ place, kind, next, signal: visit.signal, known }, await begin(kind), null);
  } catch (thrown) {
    if (problemOf(thrown).code === "step_up_required") await confirmFirst(location.pathname);
    throw thrown;
  }
  return place;
}

export async function registerView(visit: Visit): Promise<View> {
  return {
    title: t("register.title"),
    body: [
      p(t("register.intro")),
      await flowView("registration", visit),
      p(t("register.have_account"), " ", linkTo("/sign-in", t("nav.sign_in"))),
    ],
  };
}

export async function signInView(visit: Visit): Promise<View> {
  const notices = [
    visit.query.has("registered") ? alert("success", null, t("sign_in.registered")) : null,
    visit.query.has("reset") ? alert("success", null, t("sign_in.reset")) : null,
    visit.query.has("unlocked") ? alert("success", null, t("sign_in.unlocked")) : null,
    visit.query.has("signed_out") ? alert("success", null, t("sign_in.signed_out")) : null,
    visit.query.has("ended") ? alert("warning", null, t("sign_in.ended")) : null,
    visit.query.has("confirm") ? alert("info", null, t("sign_in.confirm")) : null,
  ].filter((notice): notice is HTMLElement => notice !== null);
  return {
    title: t("sign_in.title"),
    body: [
      ...notices,
      ...(await closedViews(visit.signal)),
      // Whoever is still signed in shows once more what is strongest, and signs in no second time.
      await flowView(visit.query.has("confirm") && me() ? "step_up" : "sign_in", visit),
      p(linkTo("/reset-password", t("nav.reset_password"))),
      p(linkTo("/unlock", t("nav.unlock"))),
      p(linkTo("/lost-phone", t("nav.lost_phone"))),
      p(linkTo("/not-me", t("mailed_link.not_me"))),
      p(linkTo("/stop", t("mailed_link.stop"))),
      p(linkTo("/take-back", t("mailed_link.take_back"))),
      p(t("sign_in.no_account"), " ", linkTo("/register", t("nav.register"))),
    ],
  };
}
