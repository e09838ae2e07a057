// @ts-check
/** The package in every bundler: the bundle runs, and contains only the code that is used. */

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import * as esbuild from "esbuild";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { BUNDLERS, withWebpack } from "./bundlers.js";
import { installed, output } from "../harness/installed.js";
import { EXPECTED } from "./oracle.js";

const { folder } = await installed("answers.js", "app.js", "error-only.js", "nothing.js");

/** The start of every wasm module, in the digits that the inline loader reads. */
const WASM_TEXT = "0061736d";

// Vite adds a polyfill that asks the page only whether it supports
// `modulepreload`. Nothing else of a page exists here.
const page = "data:text/javascript,globalThis.document={createElement:()=>({relList:{supports:()=>true}})}";

const run = (/** @type {string} */ script) => output(process.execPath, ["--import", page, script]);

for (const [name, bundle] of Object.entries(BUNDLERS)) {
  test(`${name}: the bundle runs`, async () => {
    const script = await bundle(folder, "app.js");
    assert.deepEqual(JSON.parse(await run(script)), EXPECTED);
    assert.match(await readFile(script, "utf8"), new RegExp(WASM_TEXT));
  });

  test(`${name}: an import of WebhookError alone puts no wasm into the bundle`, async () => {
    const script = await bundle(folder, "error-only.js");
    assert.equal(await run(script), "401\n");
    assert.doesNotMatch(await readFile(script, "utf8"), new RegExp(WASM_TEXT));
  });

  test(`${name}: an unused import puts nothing into the bundle`, async () => {
    const script = await bundle(folder, "nothing.js");
    assert.equal(await run(script), "nothing\n");
    assert.doesNotMatch(await readFile(script, "utf8"), /0061736d|token_mismatch|WebAssembly/);
  });
}

test("there is one WebhookError also where a program resolves by the condition `node` alone", async () => {
  await writeFile(
    join(folder, "one-class.js"),
    `import { WebhookError } from "mia-webhooks";
    import { createReceiver } from "mia-webhooks/receiver";
    try {
      createReceiver({ secrets: "", on: { "*": () => {} } });
    } catch (error) {
      console.log(error.code, error instanceof WebhookError);
    }`,
  );
  const script = await withWebpack("node", ["node"])(folder, "one-class.js");
  assert.equal(await run(script), "secret_empty true\n");
});

/** @param {string} entryPoint @param {esbuild.BuildOptions} [options] */
async function bundled(entryPoint, options) {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: [entryPoint],
    outdir: "out",
    bundle: true,
    write: false,
    format: "esm",
    metafile: true,
    logLevel: "silent",
    ...options,
  });
  const [file] = Object.values(metafile?.outputs ?? {});
  return {
    text: /** @type {{ text: string }} */ (outputFiles?.[0]).text,
    imports: file?.imports.map(({ path }) => path.replace(/^.*\//, "")),
  };
}

/** What workerd is asked at run time for its own hash: the only name of Node's, and no import. */
const withoutQuestion = (/** @type {string} */ text) =>
  text.replace('process?.getBuiltinModule?.("node:crypto")', "undefined");

// The conditions of wrangler; see its `getBuildConditions`.
const workerd = { conditions: ["workerd", "worker", "browser"], external: ["*.wasm", "cloudflare:*"] };
const edgeLight = { conditions: ["edge-light"], external: ["*.wasm?module"] };

for (const [host, options, suffix, base] of /** @type {const} */ ([
  // The base class of Durable Objects.
  ["workerd", workerd, "", ["cloudflare:workers"]],
  ["Vercel's edge", edgeLight, "?module", []],
])) {
  for (const [entryPoint, modules, others] of /** @type {const} */ ([
    ["mia-webhooks", ["verify"], []],
    ["mia-webhooks/receiver", ["verify"], []],
    ["mia-webhooks/replay", ["replay"], []],
    ["mia-webhooks/cloudflare", ["replay", "verify"], base],
    ["mia-webhooks/subscription", ["subscription"], []],
    ["mia-webhooks/diagnose", ["diagnose"], []],
  ])) {
    test(`${entryPoint} for ${host} imports the compiled module, and nothing else`, async () => {
      const { text, imports } = await bundled(entryPoint, options);
      assert.deepEqual(imports?.sort(), [...others, ...modules.map((module) => `${module}.wasm${suffix}`)].sort());
      assert.doesNotMatch(text, new RegExp(WASM_TEXT));
      assert.doesNotMatch(withoutQuestion(text), /node:|\brequire\b|new WebAssembly\.Module\b/);
    });
  }
}

/** Only these stand on Node. */
const FOR_NODE = ["mia-webhooks/node", "mia-webhooks/fastify", "mia-webhooks/aws-lambda"];

for (const { specifier } of readEntryPoints().entryPoints.filter(({ specifier }) => !FOR_NODE.includes(specifier))) {
  test(`${specifier} names none of Node's modules, for any host`, async () => {
    for (const options of [workerd, edgeLight, { external: ["cloudflare:*"] }]) {
      const { text, imports } = await bundled(specifier, options);
      assert.deepEqual(
        imports?.filter((path) => /^node:/.test(path)),
        [],
      );
      // The page has code for people to copy.
      const named = options === workerd ? withoutQuestion(text) : text;
      assert.ok(specifier.match(/tester|element/) || !/"node:/.test(named), `${specifier} names a module of Node's`);
    }
  });
}

test("the root bundle names no host", async () => {
  const { text, imports } = await bundled("mia-webhooks", { platform: "browser" });
  assert.deepEqual(imports, []);
  assert.doesNotMatch(text, /HTMLElement|customElements|\bdocument\b|node:|\bprocess\b|\brequire\b|\bDeno\b|\bBun\b/);
});
