// @ts-check
/** The types, as each way of resolving modules finds them. */

import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";

import { installed, output, root, tarball } from "./installed.js";
import { isPresent } from "./runtimes.js";

const { folder, package: dir } = await installed("consumer.ts", "worker.ts", "cloudflare.ts");

test("publint has nothing to say, strictly", async () => {
  const content = readFileSync(tarball);
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: new Uint8Array(content).buffer } });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg, { color: false })), []);
});

// The profile `node16` leaves out one way of resolving: TypeScript's `node10`,
// which knows no `exports`. Node 20, the oldest that we support, does, and so
// does every bundler since; a package.json in each folder, which is what
// `node10` would need, would only serve settings that are wrong for it.
// The wasm modules have no types to find: a bundler or a Worker says what it is.
for (const [doors, profile] of /** @type {const} */ ([
  [[".", "diagnose", "receiver", "replay", "subscription", "package.json", "subscription.schema.json"], "node16"],
  // Workers are ES modules: there is nothing to `require`.
  [["cloudflare", "element", "element/define"], "esm-only"],
])) {
  test(`attw finds the types of ${doors.join(", ")} (${profile})`, async () => {
    const cli = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const flags = ["--profile", profile, "--format", "json", "--no-definitely-typed", "--entrypoints", ...doors];
    const report = JSON.parse(await output(process.execPath, [cli, tarball, ...flags], { cwd: folder }));
    assert.deepEqual(Object.keys(report.analysis.entrypoints).length, doors.length);
  });
}

test("attw looks at every door", () => {
  const { exports } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  assert.deepEqual(Object.keys(exports), [
    ".",
    "./diagnose",
    "./receiver",
    "./replay",
    "./subscription",
    "./element",
    "./element/define",
    "./cloudflare",
    "./tester.html",
    "./subscription.schema.json",
    "./diagnosis.wasm",
    "./replay.wasm",
    "./tools.wasm",
    "./verify.wasm",
    "./package.json",
  ]);
});

const NODE_TYPES = join(root, "node_modules/@types/node");

/** What declares `Request`, `URL` and the like. */
const GLOBALS = {
  DOM: { lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"], types: [] },
  "@types/node": { lib: ["lib.es2022.d.ts"], types: ["node"], typeRoots: [join(NODE_TYPES, "..")] },
};

/** How modules are found, and what imports: an ES module or CommonJS. */
const RESOLUTIONS = {
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, files: ["mts"] },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, files: ["mts", "cts"] },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, files: ["mts", "cts"] },
};

/** Parsing the libraries takes most of the time: each is parsed once. */
const parsed = new Map();

/** @param {string[]} files @param {ts.CompilerOptions} options */
function errorsOf(files, options) {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getCurrentDirectory = () => folder;
  host.getSourceFile = (name, version, ...rest) => {
    const format = typeof version === "object" ? version.impliedNodeFormat : undefined;
    const key = `${name} ${format}`;
    const file = parsed.get(key) ?? getSourceFile(name, version, ...rest);
    if (name.startsWith(root)) {
      parsed.set(key, file);
    }
    return file;
  };
  const program = ts.createProgram(files, options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => ts.formatDiagnostic(diagnostic, host));
}

for (const [globals, { lib, types, ...where }] of Object.entries(GLOBALS)) {
  for (const [resolution, { module, moduleResolution, files }] of Object.entries(RESOLUTIONS)) {
    test(`types compile under ${resolution}, with ${globals}`, (t) => {
      if (types.length > 0 && !isPresent(t, NODE_TYPES)) {
        return;
      }
      const copies = files.map((extension) => {
        const copy = join(folder, `consumer.${extension}`);
        copyFileSync(join(folder, "consumer.ts"), copy);
        return copy;
      });
      // CommonJS cannot import a Worker: an ES module does, whatever `files` says.
      const worker = join(folder, "worker.mts");
      copyFileSync(join(folder, "worker.ts"), worker);
      /** @type {ts.CompilerOptions} */
      const options = {
        ...where,
        lib,
        types,
        module,
        moduleResolution,
        target: ts.ScriptTarget.ES2022,
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noPropertyAccessFromIndexSignature: true,
        skipLibCheck: false,
        noEmit: true,
      };
      assert.deepEqual(errorsOf([...copies, worker], options), []);
    });
  }
}

test("types compile beside Cloudflare's own", (t) => {
  const workersTypes = join(root, "node_modules/@cloudflare/workers-types");
  if (!isPresent(t, workersTypes)) {
    return;
  }
  const worker = join(folder, "cloudflare.mts");
  copyFileSync(join(folder, "cloudflare.ts"), worker);
  const options = {
    lib: ["lib.es2022.d.ts"],
    types: ["@cloudflare/workers-types"],
    typeRoots: [join(root, "node_modules")],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["workerd"],
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
  };
  assert.deepEqual(errorsOf([worker], options), []);
});

test("the types of CommonJS are found, and are its own", () => {
  const { resolvedModule } = ts.resolveModuleName(
    "mia-webhooks",
    join(folder, "consumer.cts"),
    { moduleResolution: ts.ModuleResolutionKind.NodeNext, module: ts.ModuleKind.NodeNext },
    ts.sys,
    undefined,
    undefined,
    ts.ModuleKind.CommonJS,
  );
  assert.equal(resolvedModule?.resolvedFileName, join(dir, "dist/cjs/index.d.ts"));
});
