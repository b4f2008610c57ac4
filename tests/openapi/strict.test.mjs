// Every schema is one of 2020-12, taken strictly: no unknown word, no word without effect, no dead reference.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const require = createRequire(new URL("core/portal/package.json", root));
const Ajv = require("ajv/dist/2020.js").default;
const addFormats = require("ajv-formats").default;

function validator() {
  const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
  ajv.addVocabulary(["x-extensible-enum"]);
  return addFormats(ajv);
}

test("the schemas of the API", () => {
  const document = JSON.parse(readFileSync(process.env.CASEBRIDGE_OPENAPI_JSON, "utf8"));
  const schemas = document.components.schemas;
  for (const name of Object.keys(schemas)) {
    const whole = { components: document.components, $ref: `#/components/schemas/${name}` };
    const ajv = validator();
    ajv.addVocabulary(["components"]);
    assert.equal(typeof ajv.compile(whole), "function", name);
  }
  assert.ok(Object.keys(schemas).length > 50);
});

for (const folder of ["adapter", "config", "model"]) {
  test(`the schemas of schemas/${folder}`, () => {
    const files = readdirSync(new URL(`schemas/${folder}/`, root)).filter((name) => name.endsWith(".json"));
    assert.ok(files.length > 0);
    for (const name of files) {
      const schema = JSON.parse(readFileSync(new URL(`schemas/${folder}/${name}`, root), "utf8"));
      assert.equal(typeof validator().compile(schema), "function", name);
    }
  });
}
