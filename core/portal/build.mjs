// Builds the page: types from the API's schemas, a strict type check, then one folder of static files.
// Use: node build.mjs OUTPUT   (tools/portal calls it; OUTPUT is replaced as a whole)
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import openapiTypes, { astToString } from "openapi-typescript";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const types = join(root, "build/portal/types");

// The members of a record's `data` stand in schemas/model, one file each with definitions of its own.
function recordSchemas() {
  const schemas = {};
  for (const kind of ["case", "order", "obligation", "balance", "ledger_entry"]) {
    const file = join(root, "schemas/model", `shown_${kind}.json`);
    const text = readFileSync(file, "utf8").replaceAll("#/definitions/", `#/components/schemas/${kind}_`);
    for (const [name, schema] of Object.entries(JSON.parse(text).definitions)) {
      schemas[`${kind}_${name}`] = schema;
    }
  }
  return { openapi: "3.1.0", info: { title: "records", version: "1" }, paths: {}, components: { schemas } };
}

async function makeTypes() {
  mkdirSync(types, { recursive: true });
  const api = await openapiTypes(new URL(`file://${root}/schemas/openapi.yaml`), { silent: true });
  writeFileSync(join(types, "api.d.ts"), astToString(api));
  writeFileSync(
    join(types, "records.d.ts"),
    astToString(await openapiTypes(recordSchemas(), { silent: true })),
  );
}

function checkTypes() {
  const compiler = join(here, "node_modules/typescript/bin/tsc");
  const project = join(here, "tsconfig.json");
  if (spawnSync(process.execPath, [compiler, "--project", project], { stdio: "inherit" }).status !== 0)
    process.exit(1);
}

async function bundle(output) {
  const made = await esbuild.build({
    absWorkingDir: here,
    entryPoints: { portal: "source/main.ts", style: "source/style.css" },
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: ["es2020"],
    charset: "utf8",
    outdir: output,
    entryNames: "assets/[name]-[hash]",
    assetNames: "assets/[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file", ".jpg": "empty" },
    legalComments: "none",
    logLevel: "warning",
  });
  const named = (entry) => {
    const found = Object.entries(made.metafile.outputs).find(([, file]) => file.entryPoint === entry);
    return "/assets/" + found[0].split("/").pop();
  };
  const page = readFileSync(join(here, "source/index.html"), "utf8")
    .replace("@script@", named("source/main.ts"))
    .replace("@style@", named("source/style.css"));
  writeFileSync(join(output, "index.html"), page);
  copyFileSync(join(here, "source/icon.svg"), join(output, "icon.svg"));
}

// Text is served compressed to those who take it; fonts are compressed already.
function compress(folder) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (statSync(file).isDirectory()) compress(file);
    else if (/\.(html|css|js|svg)$/.test(name))
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }
}

const output = resolve(process.argv[2] ?? join(root, "build/portal/site"));
const fresh = `${output}.new`;
rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
await makeTypes();
checkTypes();
await bundle(fresh);
compress(fresh);
rmSync(output, { recursive: true, force: true });
renameSync(fresh, output);
