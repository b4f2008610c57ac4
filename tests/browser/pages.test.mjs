// Every browser test, in one browser: journeys first, then the second step, then troubles, of which the last
// breaks a state.
import { after, before } from "node:test";
import { closeBrowser, openBrowser } from "./visitor.mjs";

before(openBrowser);
after(closeBrowser);

await import("./journey.mjs");
await import("./second_step.mjs");
await import("./passkeys.mjs");
await import("./safety.mjs");
await import("./troubles.mjs");
