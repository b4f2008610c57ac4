// Where the page begins: language, who is signed in, the table of views.
import { onSignedOut } from "./api.ts";
import { drawFrame } from "./frame.ts";
import { leaveOnEscape } from "./leave.ts";
import { noticePresence } from "./presence.ts";
import { go, render, useRows, type Row, type Visit } from "./router.ts";
import { forget, me, recall } from "./session.ts";
import { activityView } from "./views/activity.ts";
import { addressesView } from "./views/addresses.ts";
import { attemptView } from "./views/attempt.ts";
import { caseView } from "./views/case.ts";
import { connectView } from "./views/connect.ts";
import { forgotView } from "./views/forgot.ts";
import { registerView, signInView } from "./views/flow.ts";
import { notMeView, stopHoldView, takeBackView } from "./views/mailed_link.ts";
import { overviewView } from "./views/overview.ts";
import { passkeysView } from "./views/passkeys.ts";
import { paymentsView } from "./views/payments.ts";
import {
  addAddressView,
  addAppView,
  addPasskeyView,
  changeEmailView,
  changePasswordView,
  deleteAccountView,
  lostPhoneView,
  recoveryCodesView,
  removeAppView,
  resetPasswordView,
  securityView,
  unlockView,
} from "./views/security.ts";
import { safetyView } from "./views/safety.ts";
import { sessionsView } from "./views/sessions.ts";
import { statesView } from "./views/states.ts";
import { unlinkView } from "./views/unlink.ts";
import { welcomeView } from "./views/welcome.ts";
import { speak } from "./words.ts";

const rows: Row[] = [
  {
    path: "/",
    show: (visit: Visit) => (me() ? overviewView(visit) : welcomeView()),
    open: true,
    cases: true,
  },
  { path: "/register", show: registerView, open: true },
  { path: "/sign-in", show: signInView, open: true },
  { path: "/reset-password", show: resetPasswordView, open: true },
  { path: "/unlock", show: unlockView, open: true },
  { path: "/lost-phone", show: lostPhoneView, open: true },
  { path: "/take-back", show: takeBackView, open: true },
  { path: "/stop", show: stopHoldView, open: true },
  { path: "/not-me", show: notMeView, open: true },
  { path: "/states", show: statesView, cases: true },
  { path: "/connect/:jurisdiction", show: connectView, cases: true },
  { path: "/connect/:jurisdiction/forgot/:system/:what", show: forgotView, cases: true },
  { path: "/attempts/:attempt", show: attemptView, cases: true },
  { path: "/links/:link/unlink", show: unlinkView, cases: true },
  { path: "/cases/:case", show: caseView, cases: true },
  { path: "/payments", show: paymentsView, cases: true },
  { path: "/payments/:case", show: paymentsView, cases: true },
  { path: "/sessions", show: sessionsView },
  { path: "/activity", show: activityView, cases: true },
  { path: "/security", show: securityView },
  { path: "/security/app", show: addAppView },
  { path: "/security/passkeys", show: passkeysView },
  { path: "/security/passkeys/add", show: addPasskeyView },
  { path: "/security/remove-app", show: removeAppView },
  { path: "/security/recovery-codes", show: recoveryCodesView },
  { path: "/security/password", show: changePasswordView },
  { path: "/addresses", show: addressesView },
  { path: "/addresses/add", show: addAddressView },
  { path: "/addresses/change", show: changeEmailView },
  { path: "/safety", show: safetyView },
  { path: "/safety/delete", show: deleteAccountView },
];

function insteadOf(row: Row): string | null {
  const somebody = me();
  if (!somebody) return row.open ? null : "/sign-in";
  return row.cases && somebody.second_factor_required ? "/security" : null;
}

async function start(): Promise<void> {
  speak(new URLSearchParams(location.search).get("lang") ?? navigator.language);
  useRows(rows, insteadOf);
  leaveOnEscape();
  noticePresence();
  await recall();
  onSignedOut(() => {
    if (!me()) return; // somebody who is not signed in is only asking whether they are
    forget();
    void go(`/sign-in?ended=1&next=${encodeURIComponent(location.pathname)}`, true);
  });
  document.addEventListener("casebridge:shown", drawFrame);
  drawFrame();
  // A page that the browser kept whole for going back may show what is no longer to be seen.
  addEventListener("pageshow", (event) => void (event.persisted && location.reload()));
  addEventListener("popstate", () => void render());
  await render(true);
}

void start();
