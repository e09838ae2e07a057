// @ts-check
/** The one list of entry points and modules: what is wrong with it is said, with the file to mend. */

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { root } from "../harness/checkout.js";

const folder = mkdtempSync(join(tmpdir(), "mia-webhooks-entry-points-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const part of ["package.json", "src", "wasm", "subscription.schema.json"]) {
  cpSync(join(root, "pkg", part), join(folder, part), { recursive: true });
}
const list = join(folder, "package.json");
const right = readFileSync(list, "utf8");

/** Reads the list after a change of it. @param {(manifest: any) => void} change */
function after(change) {
  const manifest = JSON.parse(right);
  change(manifest);
  writeFileSync(list, JSON.stringify(manifest));
  return readEntryPoints(folder);
}

test("the list is right as it is", () => {
  const { entryPoints, modules } = after(() => {});
  assert.ok(entryPoints.some(({ specifier }) => specifier === "mia-webhooks/receiver"));
  assert.ok(modules.includes("verify"));
});

/** @type {Record<string, [change: (manifest: any) => void, message: RegExp]>} */
const MISTAKES = {
  "a target that is misspelled": [
    ({ exports }) => (exports["./replay"].import.default = "./dist/reply.js"),
    /^pkg\/package\.json: exports\["\.\/replay"\] must be \{"import"/,
  ],
  "a condition that is missing": [
    ({ imports }) => delete imports["#verify-module"].workerd,
    /^pkg\/package\.json: imports\["#verify-module"\] must be \{"workerd"/,
  ],
  "an entry point without a source": [
    ({ exports }) => (exports["./other"] = { types: "./dist/other.d.ts", default: "./dist/other.js" }),
    /^pkg\/package\.json: exports\["\.\/other"\] needs the source pkg\/src\/other\.ts/,
  ],
  "a source without a row": [
    ({ exports }) => delete exports["./diagnose"],
    /^pkg\/package\.json: exports has no row for pkg\/src\/diagnose\.ts/,
  ],
  "a file that is not there": [
    ({ exports }) => (exports["./other.json"] = "./other.json"),
    /^pkg\/package\.json: exports\["\.\/other\.json"\] names \.\/other\.json, which does not exist/,
  ],
  "a module that is not exported": [
    ({ exports }) => delete exports["./replay.wasm"],
    /^pkg\/package\.json: exports\["\.\/replay\.wasm"\] must be "\.\/wasm\/replay\.wasm"/,
  ],
  "a module that has no loaders": [
    ({ imports }) => delete imports["#replay-module"],
    /^pkg\/package\.json: imports has no row "#replay-module" for exports\["\.\/replay\.wasm"\]/,
  ],
  "a field for older tools that is wrong": [
    (manifest) => (manifest.main = "./dist/index.js"),
    /^pkg\/package\.json: main must be "\.\/dist\/index\.cjs"/,
  ],
  "a host's file that no source becomes": [
    ({ imports }) => (imports["#durable-object"].default = "./dist/hosts/other.js"),
    /^pkg\/package\.json: imports\["#durable-object"\] names \.\/dist\/hosts\/other\.js/,
  ],
};
for (const [name, [change, message]] of Object.entries(MISTAKES)) {
  test(`${name} is named`, () => {
    assert.throws(() => after(change), { message });
  });
}

test("a module that was not built is named", () => {
  rmSync(join(folder, "wasm/replay.wasm"));
  assert.throws(() => after(() => {}), { message: /replay\.wasm, which does not exist|needs \.\/wasm\/replay\.wasm/ });
});
