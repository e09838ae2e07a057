// @ts-check
/** The types, as each way of resolving modules finds them. */

import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";

import { readEntryPoints } from "../../pkg/entry-points.js";

import { root } from "../harness/checkout.js";
import { installed, output, tarball } from "../harness/installed.js";
import { isPresent } from "../harness/runtimes.js";

const { folder, package: dir } = await installed("consumer.ts", "worker.ts", "cloudflare.ts", "node.ts");

test("publint in strict mode reports nothing", async () => {
  const content = readFileSync(tarball);
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: new Uint8Array(content).buffer } });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  );
});

const { entryPoints, modules } = readEntryPoints();
const pathOf = (/** @type {{ specifier: string }} */ { specifier }) => specifier.replace(/^mia-webhooks\/?/, "") || ".";
const isBoth = (/** @type {{ isRequired: boolean }} */ { isRequired }) => isRequired;

// `strict` means every kind of resolution: TypeScript's `node10`, `node16` and
// `bundler`, by import and by require. Workers and the page are ES modules:
// there is nothing to `require`. The wasm modules have no types:
// a bundler or a Worker declares them.
for (const [paths, profile] of /** @type {const} */ ([
  [entryPoints.filter(isBoth).map(pathOf), "strict"],
  [["package.json", "subscription.schema.json"], "node16"],
  [entryPoints.filter((entry) => !isBoth(entry)).map(pathOf), "esm-only"],
])) {
  test(`attw finds the types of ${paths.join(", ")} (${profile})`, async () => {
    const cli = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const flags = ["--profile", profile, "--format", "json", "--no-definitely-typed", "--entrypoints", ...paths];
    const report = JSON.parse(await output(process.execPath, [cli, tarball, ...flags], { cwd: folder }));
    assert.deepEqual(Object.keys(report.analysis.entrypoints).length, paths.length);
  });
}

test("attw checks every entry point", () => {
  const { exports } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  assert.deepEqual(
    Object.keys(exports).sort(),
    [
      ...entryPoints.map(({ specifier }) => specifier.replace("mia-webhooks", ".")),
      ...modules.map((name) => `./${name}.wasm`),
      "./package.json",
      "./subscription.schema.json",
    ].sort(),
  );
});

const NODE_TYPES = join(root, "node_modules/@types/node");

/** The libraries that declare `Request`, `URL` and similar types. */
const GLOBALS = {
  DOM: { lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"], types: [] },
  "@types/node": { lib: ["lib.es2022.d.ts"], types: ["node"], typeRoots: [join(NODE_TYPES, "..")] },
};

/** How modules are resolved, and whether an ES module or CommonJS imports them. */
const RESOLUTIONS = {
  node10: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, files: ["ts"] },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, files: ["mts"] },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, files: ["mts", "cts"] },
  nodenext: {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    files: ["mts", "cts"],
  },
};

/** Parsing the libraries takes most of the time, so each is parsed once. */
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

for (const [resolution, { module, moduleResolution, files }] of Object.entries(RESOLUTIONS)) {
  for (const extension of files) {
    // CommonJS imports only what can be required; with node10 and a bundler, the compiler
    // does not ask.
    const list = entryPoints.filter((entry) => extension !== "cts" || isBoth(entry));
    test(`the types of every entry point need no others, under ${resolution} in .${extension}`, () => {
      const file = join(folder, `every-${resolution}.${extension}`);
      writeFileSync(
        file,
        list
          .map(({ specifier }, place) => `import * as entry${place} from "${specifier}";\nexport { entry${place} };`)
          .join("\n"),
      );
      const options = {
        lib: GLOBALS.DOM.lib,
        types: [],
        module,
        moduleResolution,
        target: ts.ScriptTarget.ES2022,
        strict: true,
        skipLibCheck: false,
        noEmit: true,
      };
      assert.deepEqual(errorsOf([file], options), []);
    });
  }
}

for (const [globals, { lib, types, ...where }] of Object.entries(GLOBALS)) {
  for (const [resolution, { module, moduleResolution, files }] of Object.entries(RESOLUTIONS)) {
    test(`types compile under ${resolution}, with ${globals}`, (t) => {
      if (types.length > 0 && !isPresent(t, NODE_TYPES)) {
        return;
      }
      const copies = files.map((extension) => {
        const copy = join(folder, `consumer-${resolution}.${extension}`);
        copyFileSync(join(folder, "consumer.ts"), copy);
        return copy;
      });
      // CommonJS cannot import the Worker; an ES module must.
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

for (const extension of ["mts", "cts"]) {
  test(`types compile together with Node's, in .${extension}`, (t) => {
    if (!isPresent(t, NODE_TYPES)) {
      return;
    }
    const file = join(folder, `node.${extension}`);
    copyFileSync(join(folder, "node.ts"), file);
    const options = {
      ...GLOBALS["@types/node"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    };
    assert.deepEqual(errorsOf([file], options), []);
  });
}

test("types compile together with Cloudflare's", (t) => {
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

test("CommonJS finds its own types", () => {
  const { resolvedModule } = ts.resolveModuleName(
    "mia-webhooks",
    join(folder, "consumer.cts"),
    { moduleResolution: ts.ModuleResolutionKind.NodeNext, module: ts.ModuleKind.NodeNext },
    ts.sys,
    undefined,
    undefined,
    ts.ModuleKind.CommonJS,
  );
  assert.equal(resolvedModule?.resolvedFileName, join(dir, "dist/index.d.cts"));
});
