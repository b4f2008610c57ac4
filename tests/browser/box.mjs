// The sandbox that run.py started: its addresses and accounts, and what its simulators and mail sink tell.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

if (!process.env.CASEBRIDGE_BROWSER_BOX) throw new Error("started by tests/browser/run.py only");
export const box = JSON.parse(process.env.CASEBRIDGE_BROWSER_BOX);

const catalogue = (language) => {
  const file = new URL(`../../core/portal/messages/${language}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
};
export const words = { en: catalogue("en"), es: catalogue("es") };

async function json(url, body) {
  const sent = body
    ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }
    : {};
  const answer = await fetch(url, sent);
  if (!answer.ok) throw new Error(`${new URL(url).pathname}: ${answer.status}`);
  return answer.json();
}

const control = (path, body) => json(`${box.control}/control/${path}`, body);

async function until(what, look) {
  for (let turn = 0; turn < 200; ++turn) {
    const found = await look();
    if (found) return found;
    await pause(50);
  }
  throw new Error(`${what} did not arrive`);
}

/** The newest code that the gateway mailed to an address. */
export const mailedCode = (email) =>
  until("the mail with the code", async () => {
    const messages = await json(`${box.mail}/messages?to=${encodeURIComponent(email)}`);
    return messages.map((one) => /\b\d{8}\b/.exec(one.text)?.[0]).findLast(Boolean);
  });

/** What the newest link to this page carries. */
export const mailedLink = (email, page) =>
  until("the mail with the link", async () => {
    const messages = await json(`${box.mail}/messages?to=${encodeURIComponent(email)}`);
    const form = new RegExp(`/${page}#([A-Za-z0-9_-]{43})`);
    return messages.map((one) => form.exec(one.text)?.[1]).findLast(Boolean);
  });

/** The next code that is mailed after `seen`. */
export const newerCode = (email, seen) =>
  until("the next mail with a code", async () => {
    const code = await mailedCode(email);
    return code === seen ? null : code;
  });

/** What an authenticator app shows for a step of 30 seconds (RFC 6238). */
export function codeOfApp(secret, step) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((one) => alphabet.indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1e6).padStart(6, "0");
}

/** The newest code that Texas sent after `since`. */
export const codeOfTexas = (since) =>
  until("the state's code", async () => {
    const asked = `outbox?system=tx-icop&kind=code&since=${since}`;
    return (await control(asked)).messages.at(-1)?.code;
  });

export const messagesOfTexas = async () => (await control("outbox")).next;
/** Past what the states count per minute. */
export const aMinuteLater = () => control("clock", { advanceSeconds: 61 });
export const breakTexas = () =>
  control("faults", {
    add: [{ id: "down", system: "tx-icop", op: "*", kind: "http_status", params: { status: 503 } }],
  });
/** Slow enough to be watched. */
export const slowOhio = () =>
  control("faults", {
    add: [{ id: "slow", system: "oh-csenet", op: "*", kind: "latency", params: { ms: 700 } }],
  });
export const mendStates = () => control("faults", { clear: true });
export const accountInTexas = (credential, action) => control("accounts", { credential, action });
