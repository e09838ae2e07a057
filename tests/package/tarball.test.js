// @ts-check
/** What is in the tarball: every file by name, nothing of the builder, and one version everywhere. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { filesIn, installed, root } from "./installed.js";

const { package: dir } = await installed();
const files = await filesIn(dir);

/** The modules that are there as ESM and as CommonJS, each with its types. */
const MODULES = [
  "answer",
  "bytes",
  "diagnose",
  "diagnosis",
  "engine",
  "error",
  "event",
  "forward",
  "generate-secret",
  "generated/catalogue",
  "generated/diagnosis-glue",
  "generated/diagnosis-wasm",
  "generated/events",
  "generated/findings",
  "generated/replay-wasm",
  "generated/tables",
  "generated/tools-glue",
  "generated/tools-wasm",
  "generated/verify-wasm",
  "glued-module",
  "guard",
  "hex",
  "index",
  "loaders/inline",
  "loaders/inline-diagnosis",
  "loaders/inline-replay",
  "loaders/inline-tools",
  "read-payload",
  "receiver",
  "receiver-codes",
  "replay",
  "replay/conformance",
  "replay/decision",
  "replay/deno-kv",
  "replay/durable-object-store",
  "replay/memory",
  "replay/store",
  "scope",
  "secrets",
  "settings",
  "sign",
  "sign-request",
  "subscription",
  "subscription-json",
  "tools",
  "verifier",
  "verify",
  "verify-request",
];

/** The ES modules are one file for each of these, and what they share. */
const DOORS = [
  "diagnose",
  "index",
  "receiver",
  "replay",
  "subscription",
  "loaders/inline",
  "loaders/inline-diagnosis",
  "loaders/inline-replay",
  "loaders/inline-tools",
];

/** Hosts that these are for read ES modules only. */
const ESM_ONLY = [
  "cloudflare",
  "element",
  "element/define",
  "generated/tester-html",
  "loaders/durable-object",
  "loaders/edge-light",
  "loaders/edge-light-diagnosis",
  "loaders/edge-light-replay",
  "loaders/edge-light-tools",
  "loaders/workerd",
  "loaders/workerd-diagnosis",
  "loaders/workerd-durable-object",
  "loaders/workerd-replay",
  "loaders/workerd-tools",
];

/** Types of what is inside of the Worker. */
const INSIDE = ["misconfigured", "replay/replay-guard", "replay/schema"];

const scripts = (/** @type {string} */ folder, /** @type {readonly string[]} */ names) =>
  names.flatMap((name) => [`${folder}/${name}.js`, `${folder}/${name}.d.ts`]);

test("holds these files, and no other", () => {
  const expected = [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "package.json",
    "subscription.schema.json",
    "tester.html",
    "wasm/diagnosis.wasm",
    "wasm/replay.wasm",
    "wasm/tools.wasm",
    "wasm/verify.wasm",
    "dist/cjs/package.json",
    ...[...MODULES, ...ESM_ONLY, ...INSIDE].map((name) => `dist/${name}.d.ts`),
    ...[...DOORS, ...ESM_ONLY].map((name) => `dist/${name}.js`),
    ...scripts("dist/cjs", MODULES),
  ];
  const isShared = (/** @type {string} */ file) => /^dist\/shared-\w+\.js$/.test(file);
  assert.deepEqual(files.filter((file) => !isShared(file)), expected.sort());
  assert.equal(files.filter(isShared).length, 2, "what all doors share, and what the receivers share");
});

test("names no path of the builder in any file", () => {
  const paths = [root, `${homedir()}/`, ".cargo", ".rustup", "toolchains/", "registry/src", "/node_modules/"];
  // The inlined module is text: its own text is found in hexadecimal digits.
  const needles = paths.flatMap((path) => [path, Buffer.from(path).toString("hex")]);
  const found = files.flatMap((file) => {
    const content = readFileSync(join(dir, file), "latin1");
    return needles.filter((needle) => content.includes(needle)).map((needle) => `${file}: ${needle}`);
  });
  assert.deepEqual(found, []);
});

test("points to no source map, because the sources are not there", () => {
  const scripts = files.filter((file) => /\.(js|ts)$/.test(file));
  assert.deepEqual(scripts.filter((file) => readFileSync(join(dir, file), "utf8").includes("sourceMappingURL")), []);
});

for (const [name, loader] of [
  ["verify", "inline"],
  ["diagnosis", "inline-diagnosis"],
  ["replay", "inline-replay"],
  ["tools", "inline-tools"],
]) {
  test(`holds the ${name} module that was built, and inlines the same`, () => {
    const built = readFileSync(join(root, `pkg/wasm/${name}.wasm`));
    assert.ok(readFileSync(join(dir, `wasm/${name}.wasm`)).equals(built));
    for (const file of [`dist/loaders/${loader}.js`, `dist/cjs/generated/${name}-wasm.js`]) {
      const digits = /"([0-9a-f]{1000,})"/.exec(readFileSync(join(dir, file), "utf8"));
      assert.equal(digits?.[1], built.toString("hex"), file);
    }
  });
}

test("the types hold no copy of the module", () => {
  const types = files.filter((file) => file.endsWith(".d.ts"));
  assert.deepEqual(types.filter((file) => readFileSync(join(dir, file), "utf8").includes("0061736d")), []);
});

const text = (/** @type {string} */ path) => readFileSync(join(root, path), "utf8");
const json = (/** @type {string} */ path) => JSON.parse(text(path));

/** The first match's group, which has to be there. */
const find = (/** @type {string} */ path, /** @type {RegExp} */ pattern) => {
  const found = pattern.exec(text(path))?.[1];
  assert.ok(found, `${path} does not say ${pattern}`);
  return found;
};

test("one version everywhere", () => {
  const version = find("Cargo.toml", /^\[package\]\n(?:[^[]*\n)?version = "([^"]+)"/m);
  assert.equal(json("pkg/package.json").version, version);
  assert.equal(JSON.parse(readFileSync(join(dir, "package.json"), "utf8")).version, version);
  assert.equal(json("edge/cloudflare/package.json").dependencies["mia-webhooks"], version);
  assert.equal(json("package-lock.json").packages.pkg.version, version);
  assert.equal(find("Cargo.lock", /name = "mia-webhooks"\nversion = "([^"]+)"/), version);
});

test("wasm-bindgen and the tool that reads its output are pinned equal", () => {
  const library = find("Cargo.toml", /^wasm-bindgen = \{ version = "=([\d.]+)"/m);
  const tool = find("xtask/Cargo.toml", /^wasm-bindgen-cli-support = "=([\d.]+)"/m);
  assert.equal(tool, library);
  assert.equal(find("Cargo.lock", /name = "wasm-bindgen"\nversion = "([^"]+)"/), library);
  assert.equal(find("Cargo.lock", /name = "wasm-bindgen-cli-support"\nversion = "([^"]+)"/), library);
});
