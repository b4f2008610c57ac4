// Where the account is signed in; each place can be ended.
import { get, problemOf, remove } from "../api.ts";
import type { Device, Session } from "../api_types.ts";
import { el, fill, p } from "../dom.ts";
import { drawFrame } from "../frame.ts";
import { moment } from "../format.ts";
import { announce } from "../live.ts";
import { deviceName } from "../parts/device.ts";
import { problemView } from "../parts/problem.ts";
import { go, render, type View, type Visit } from "../router.ts";
import { forget } from "../session.ts";
import { t } from "../words.ts";

function sessionView(session: Session): HTMLElement {
  const trouble = el("div");
  const button = el(
    "button",
    {
      type: "button",
      class: "usa-button usa-button--outline",
      "data-testid": "end-session",
      onclick: () => void end(),
    },
    session.current ? t("nav.sign_out") : t("sessions.end"),
  );

  async function end(): Promise<void> {
    button.disabled = true;
    try {
      await remove(`/v1/me/sessions/${session.id}`);
    } catch (thrown) {
      button.disabled = false;
      return fill(trouble, problemView(problemOf(thrown)));
    }
    if (session.current) {
      forget();
      drawFrame();
      return go("/sign-in?signed_out=1", true);
    }
    await render();
    announce(t("sessions.ended"));
  }
  return el(
    "li",
    { class: "cb-card", "data-session": session.id, "data-current": String(session.current) },
    el("h2", { class: "cb-card-title" }, deviceName(session.device) || t("sessions.unknown_device")),
    session.current ? p(el("strong", {}, t("sessions.this_one"))) : null,
    el(
      "dl",
      { class: "cb-facts" },
      el("dt", {}, t("sessions.address")),
      el("dd", {}, session.address),
      el("dt", {}, t("sessions.began")),
      el("dd", {}, moment(session.created_at)),
      el("dt", {}, t("sessions.seen")),
      el("dd", {}, moment(session.last_seen_at)),
      el("dt", {}, t("sessions.ends")),
      el("dd", {}, moment(session.absolute_end)),
    ),
    trouble,
    button,
  );
}

function deviceView(device: Device): HTMLElement {
  const trouble = el("div");
  const button = el(
    "button",
    {
      type: "button",
      class: "usa-button usa-button--outline",
      "data-testid": "forget-device",
      onclick: () => void forgetIt(),
    },
    t("devices.forget"),
  );

  async function forgetIt(): Promise<void> {
    button.disabled = true;
    try {
      await remove(`/v1/me/devices/${device.id}`);
    } catch (thrown) {
      button.disabled = false;
      return fill(trouble, problemView(problemOf(thrown)));
    }
    await render();
    announce(t("devices.forgotten"));
  }
  return el(
    "li",
    { class: "cb-card", "data-device": device.id, "data-current": String(device.current) },
    el("h3", { class: "cb-card-title" }, deviceName(device.device) || t("sessions.unknown_device")),
    device.current ? p(el("strong", {}, t("devices.this_one"))) : null,
    el(
      "dl",
      { class: "cb-facts" },
      el("dt", {}, t("sessions.address")),
      el("dd", {}, device.address),
      el("dt", {}, t("devices.seen")),
      el("dd", {}, moment(device.last_seen_at)),
    ),
    trouble,
    button,
  );
}

function devicesView(devices: Device[]): (Node | string)[] {
  return [
    el("h2", {}, t("devices.title")),
    p(t("devices.intro")),
    devices.length
      ? el("ul", { class: "cb-plain-list" }, ...devices.map(deviceView))
      : p(t("devices.none")),
  ];
}

export async function sessionsView(visit: Visit): Promise<View> {
  const [sessions, devices] = await Promise.all([
    get<{ data: Session[] }>("/v1/me/sessions", visit.signal),
    get<{ data: Device[] }>("/v1/me/devices", visit.signal),
  ]);
  return {
    title: t("sessions.title"),
    body: [
      p(t("sessions.intro")),
      el("ul", { class: "cb-plain-list" }, ...sessions.data.map(sessionView)),
      el("div", {}, ...devicesView(devices.data)),
    ],
  };
}
