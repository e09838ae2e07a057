// @ts-check
/** The installed package in every runtime, by `import` and by `require`. */

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { installed, output } from "../harness/installed.js";
import { EXPECTED } from "./oracle.js";
import { RUNTIMES, isPresent } from "../harness/runtimes.js";

const { folder, package: dir } = await installed("answers.js", "app.js", "app.cjs");

const { entryPoints } = readEntryPoints();

const environment = { ...process.env, DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(folder, ".deno") };

for (const [name, { command, args }] of Object.entries(RUNTIMES)) {
  for (const [how, script] of [
    ["import", "app.js"],
    ["require", "app.cjs"],
  ]) {
    test(`${how} in ${name}`, async (t) => {
      if (isPresent(t, command)) {
        const found = await output(command, [...args, String(script)], { cwd: folder, env: environment });
        assert.deepEqual(JSON.parse(found), EXPECTED);
      }
    });
  }
}

/** Counts how often `node:crypto` is asked for: at the start, after small payloads, after a large one. */
const nativeHash = (/** @type {string} */ load) => `
  const { getBuiltinModule } = process;
  let loads = 0;
  const counts = [];
  process.getBuiltinModule = (name) => ((loads += 1), getBuiltinModule.call(process, name));
  const { sign, verify } = ${load};
  counts.push(loads);
  for (const length of [10, 1_000, 10_000, 2_000_000, 2_000_000]) {
    const payload = new Uint8Array(length);
    if (!verify(payload, sign(payload, "one"), "one") || verify(payload, sign(payload, "two"), "one")) {
      throw new Error("a wrong answer");
    }
    counts.push(loads);
  }
  console.log(JSON.stringify(counts));`;

for (const [how, script, load] of /** @type {const} */ ([
  ["import", "native-hash.mjs", 'await import("mia-webhooks")'],
  ["require", "native-hash.cjs", 'require("mia-webhooks")'],
])) {
  writeFileSync(join(folder, script), nativeHash(load));
  for (const [name, { command, args }] of Object.entries(RUNTIMES)) {
    test(`${how} in ${name}: the host's own hash is loaded once, by a large payload`, async (t) => {
      if (isPresent(t, command)) {
        const found = await output(command, [...args, script], { cwd: folder, env: environment });
        assert.deepEqual(JSON.parse(found), [0, 0, 0, 0, 1, 1]);
      }
    });
  }
}

/** Every entry point, as each way of loading takes it. */
const LOADS = /** @type {const} */ ([
  ["import", "every.mjs", entryPoints, (/** @type {string} */ specifier) => `await import("${specifier}");`],
  [
    "require",
    "every.cjs",
    entryPoints.filter(({ isRequired }) => isRequired),
    (/** @type {string} */ specifier) => `require("${specifier}");`,
  ],
]);

for (const [how, script, list, load] of LOADS) {
  writeFileSync(join(folder, script), list.map(({ specifier }) => load(specifier)).join("\n"));
  for (const [name, { command, args }] of Object.entries(RUNTIMES)) {
    test(`${how} of every entry point in ${name}`, async (t) => {
      if (isPresent(t, command)) {
        await output(command, [...args, script], { cwd: folder, env: environment });
      }
    });
  }
}

/** @type {{ exports: Record<string, unknown>, imports: Record<string, unknown>, dependencies?: unknown }} */
const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));

/** @type {(target: unknown) => string[]} */
const filesOf = (target) => (typeof target === "string" ? [target] : Object.values(Object(target)).flatMap(filesOf));

test("every condition of every export and import names a file that exists", () => {
  const files = [...filesOf(manifest.exports), ...filesOf(manifest.imports)];
  assert.deepEqual(
    files.filter((file) => !existsSync(join(dir, file))),
    [],
  );
  assert.ok(files.length >= 15, `only ${files.length} targets were found`);
});

for (const entryPoint of Object.keys(manifest.exports)) {
  const specifier = entryPoint.replace(".", "mia-webhooks");
  const isScript = !/\.(html|json|wasm)$/.test(entryPoint);

  test(`${specifier} resolves from the application`, async () => {
    const script = isScript
      ? `await import("${specifier}")`
      : `import { readFileSync } from "node:fs"; readFileSync(new URL(import.meta.resolve("${specifier}"))).length`;
    await output(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder });
  });

  // A Worker is an ES module: it has no CommonJS build.
  if (entryPoint !== "./cloudflare") {
    test(`${specifier} resolves by require`, () => {
      const require = createRequire(join(folder, "app.cjs"));
      assert.ok(existsSync(require.resolve(specifier)));
      if (isScript) {
        // The one that defines the element exports nothing.
        assert.equal(Object.keys(require(specifier)).length > 0, entryPoint !== "./element/define");
      }
    });
  }
}

test("what is not exported cannot be reached", async () => {
  const script = 'await import("mia-webhooks/dist/engine.js")';
  await assert.rejects(
    output(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder }),
    /ERR_PACKAGE_PATH_NOT_EXPORTED/,
  );
});

test("there are no dependencies", () => {
  assert.equal(manifest.dependencies, undefined);
});
