// How the account is signed in to: a second step, recovery codes, the password, and help when they fail.
import { get } from "../api.ts";
import type { Me } from "../api_types.ts";
import { el, p } from "../dom.ts";
import { holdViews } from "../parts/holds.ts";
import { alert } from "../parts/problem.ts";
import { linkTo, type Show, type View, type Visit } from "../router.ts";
import { t, type Key } from "../words.ts";
import { flowView, type Kind } from "./flow.ts";

// Whoever has one shows it; whoever has none adds one, and has shown it thereby.
function requiredNotice(me: Me): HTMLElement {
  const way = linkTo("/sign-in?confirm=1&next=%2F", t("security.show_it"));
  const has = me.second_factor !== "none";
  const notice = alert("warning", null, t("security.required"), ...(has ? [way] : []));
  notice.setAttribute("data-testid", "second-factor-required");
  return notice;
}

export async function securityView(visit: Visit): Promise<View> {
  const [me, holds] = await Promise.all([get<Me>("/v1/me", visit.signal), holdViews(visit.signal)]);
  const withApp = me.second_factor === "totp";
  const withPasskey = me.passkeys > 0;
  const withCodes = withApp || withPasskey;
  const withoutApp = withPasskey ? "security.with_passkey" : "security.without_app";
  const ways: [string, Key][] = [
    ["/security/app", withApp ? "security.replace" : "security.add"],
    ["/security/passkeys", "passkeys.title"],
    ...(withCodes ? ([["/security/recovery-codes", "security.codes"]] as [string, Key][]) : []),
    // The only second step stays; another app can take its place.
    ...(withApp && withPasskey ? ([["/security/remove-app", "security.remove"]] as [string, Key][]) : []),
    ["/security/password", "security.password"],
    ["/addresses", "addresses.title"],
    ["/safety", "safety.title"],
  ];
  return {
    title: t("nav.security"),
    body: [
      ...(me.second_factor_required ? [requiredNotice(me)] : []),
      ...holds,
      p(t("security.intro")),
      p(el("strong", {}, t(withApp ? "security.with_app" : withoutApp))),
      p(withCodes ? t("security.codes_left", { count: me.recovery_codes_left }) : t("security.what_is_it")),
      el("ul", { class: "usa-list" }, ...ways.map(([path, key]) => el("li", {}, linkTo(path, t(key))))),
    ],
  };
}

/** One flow under a title of its own, with a line above it where there is something to say. */
function flowPage(kind: Kind, title: Key, intro: Key | null): Show {
  return async (visit: Visit): Promise<View> => {
    const form = await flowView(kind, visit);
    return { title: t(title), body: intro ? [p(t(intro)), form] : [form] };
  };
}

export const addAppView = flowPage("add_totp", "security.add", null);
export const addPasskeyView = flowPage("add_passkey", "passkeys.add", null);
export const removeAppView = flowPage("remove_totp", "security.remove", null);
export const recoveryCodesView = flowPage("recovery_codes", "security.codes", null);
export const changePasswordView = flowPage("change_password", "security.password", null);
export const resetPasswordView = flowPage("reset_password", "nav.reset_password", "recovery.intro");
export const addAddressView = flowPage("add_address", "addresses.add", null);
export const changeEmailView = flowPage("change_email", "addresses.change", null);
export const deleteAccountView = flowPage("delete_account", "safety.delete", null);
export const lostPhoneView = flowPage("lost_phone", "nav.lost_phone", "lost_phone.intro");
export const unlockView = flowPage("unlock", "nav.unlock", "recovery.intro");
