// A browser window of one parent, watched: where requests go, and what the browser complains about.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { box } from "./box.mjs";
import { inspect } from "./inspect.mjs";

const { chromium } = createRequire(new URL("../../core/portal/package.json", import.meta.url))(
  "playwright-core",
);
const PROGRAM = process.env.CASEBRIDGE_CHROMIUM ?? "/usr/bin/chromium";
export const WIDTHS = [360, 1280];
const WAIT_MS = 15_000;
// The browser reports each answer of 4xx and 5xx by itself; those are looked at on the page.
const ANSWERED = /^Failed to load resource: the server responded with a status of (4|5)\d\d/;

let browser;

export async function openBrowser() {
  browser = await chromium.launch({
    executablePath: PROGRAM,
    // Its own sandbox refuses root, as whom tests may run. No name but ours has an address.
    args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"],
  });
}
export const closeBrowser = () => browser?.close();

export class Visitor {
  /** `name` begins the names of the screenshots. */
  static async arrive(name, { language = "en", widths = [1280] } = {}) {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true, // the sandbox has an authority of its own
      locale: `${language}-US`,
      timezoneId: "America/Chicago",
      viewport: { width: widths[0], height: 800 },
    });
    context.setDefaultTimeout(WAIT_MS);
    const visitor = new Visitor(name, language, widths, context);
    visitor.page = await context.newPage();
    return visitor;
  }

  constructor(name, language, widths, context) {
    Object.assign(this, { name, language, widths, context, strangers: [], complaints: [], shots: 0 });
    context.on("request", (request) => {
      if (new URL(request.url()).origin !== box.origin) this.strangers.push(request.url());
    });
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !ANSWERED.test(message.text()))
        this.complaints.push(message.text());
    });
    context.on("weberror", (thrown) => this.complaints.push(String(thrown.error())));
  }

  async open(path = "/") {
    const answer = await this.page.goto(box.origin + path);
    const policy = answer.headers()["content-security-policy"];
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    await this.page.locator("main h1").waitFor();
  }

  by(name) {
    return this.page.getByTestId(name);
  }

  field(name) {
    return this.page.locator(`[data-field="${name}"]`);
  }

  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.field(name).fill(value);
  }

  /** Types into a form's fields and sends it. */
  async answer(fields) {
    await this.fill(fields);
    await this.by("submit").click();
  }

  async problem(code) {
    await this.page.locator(`[data-problem="${code}"]`).first().waitFor();
  }

  text() {
    return this.page.locator("body").innerText();
  }

  look(state) {
    return inspect(this, state);
  }

  async leave() {
    await this.context.close();
    assert.deepEqual(this.strangers, [], "requests to other origins");
    assert.deepEqual(this.complaints, [], "complaints of the browser");
  }
}

/** Runs one test's visit and checks, also of a visit that failed, that its window is closed. */
export async function visiting(name, options, run) {
  const visitor = await Visitor.arrive(name, options);
  try {
    await run(visitor);
  } catch (error) {
    await visitor.page.screenshot({ path: `${box.screenshots}/failed-${name}.png` }).catch(() => {});
    await visitor.context.close();
    throw error;
  }
  await visitor.leave();
}
