// @ts-check
/**
 * Where there is no WebAssembly, and where a policy forbids it: every entry point can be
 * imported, and each call says what is missing and what to do.
 */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";

import * as esbuild from "esbuild";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { installed, output } from "../harness/installed.js";

const { folder } = await installed();
const { entryPoints } = readEntryPoints();

/** Prints what each call throws, given a way to load an entry point. */
const CALLS = `
  const thrown = {};
  async function tell(name, call) {
    try {
      await call();
      thrown[name] = "nothing";
    } catch ({ name: type, code, message, hint }) {
      thrown[name] = { type, code, message, hint };
    }
  }
  async function calls(load) {
    const { Verifier, WebhookError, generateSecret, parseEvent, sign, verify, verifyHeaders, verifyRequest } = await load("mia-webhooks");
    const { decideClaim } = await load("mia-webhooks/replay");
    const { createReceiver } = await load("mia-webhooks/receiver");
    const { diagnose } = await load("mia-webhooks/diagnose");
    const { events, matches, validateSubscription } = await load("mia-webhooks/subscription");
    const token = "0".repeat(64);
    const event = parseEvent('{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}');
    const limits = { windowMs: 1, cap: 1, leaseMs: 1, maxSkewMs: 1 };
    await tell("sign", () => sign("payload", "secret"));
    await tell("verify", () => verify("payload", token, "secret"));
    await tell("Verifier", () => new Verifier("secret"));
    await tell("verifyHeaders", () => verifyHeaders("{}", { "x-mia-token": token }, { secrets: "secret" }));
    await tell("verifyRequest", () => verifyRequest({ method: "POST", headers: new Map([["x-mia-token", token]]) }, { secrets: "secret" }));
    await tell("diagnose", () => diagnose({ payload: "{}", token, secret: "secret" }));
    await tell("validateSubscription", () => validateSubscription({}));
    await tell("createReceiver", () => createReceiver({ secrets: "secret", on: { "*": () => {} } }));
    await tell("decideClaim", () => decideClaim(undefined, { floor: 0, latest: null }, { timestamp: 0, lease: 1, now: 0, limits }));
    const without = [events.length > 0, matches({ eventName: ["tag_created"] }, event).matches, new WebhookError("token_missing").status];
    return JSON.stringify({ thrown, without });
  }
`;

const EXPECTED = [
  "sign",
  "verify",
  "Verifier",
  "verifyHeaders",
  "verifyRequest",
  "diagnose",
  "validateSubscription",
  "createReceiver",
  "decideClaim",
];

/** @param {string} printed @param {RegExp} message */
function assertUnavailable(printed, message) {
  const { thrown, without } = JSON.parse(printed);
  assert.deepEqual(without, [true, true, 401], "what needs no module works");
  assert.deepEqual(Object.keys(thrown), EXPECTED);
  for (const [call, error] of Object.entries(thrown)) {
    assert.equal(error.code, "engine_unavailable", `${call}: ${JSON.stringify(error)}`);
    assert.match(error.message, message, call);
    assert.match(error.hint, /'wasm-unsafe-eval'.*Without WebAssembly, use another engine, a server or the Rust crate/);
  }
}

const NONE = /^The WebAssembly module could not be used\. WebAssembly is not defined$/;
const DELETE = "data:text/javascript,delete globalThis.WebAssembly";

writeFileSync(join(folder, "calls.mjs"), `${CALLS}console.log(await calls((name) => import(name)));`);
writeFileSync(join(folder, "calls.cjs"), `${CALLS}calls((name) => require(name)).then((found) => console.log(found));`);
for (const [how, flags] of Object.entries({
  "without WebAssembly": ["--import", DELETE],
  "with --jitless": ["--jitless"],
})) {
  for (const [name, list, load] of /** @type {const} */ ([
    ["import", entryPoints, (/** @type {string} */ name) => `await import("${name}");`],
    [
      "require",
      entryPoints.filter(({ isRequired }) => isRequired),
      (/** @type {string} */ name) => `require("${name}");`,
    ],
  ])) {
    test(`${how}, every entry point can be loaded by ${name}`, async () => {
      const script = join(folder, `${name}-all.${name === "import" ? "mjs" : "cjs"}`);
      writeFileSync(
        script,
        `if (typeof WebAssembly !== "undefined") throw new Error("it is there");\n${list.map(({ specifier }) => load(specifier)).join("\n")}`,
      );
      await output(process.execPath, [...flags, script], { cwd: folder });
    });
    test(`${how}, calls say what is missing, by ${name}`, async () => {
      const script = `calls.${name === "import" ? "mjs" : "cjs"}`;
      assertUnavailable(await output(process.execPath, [...flags, script], { cwd: folder }), NONE);
    });
  }
}

test("where a policy forbids it, calls say so", async () => {
  const names = ["", "/replay", "/receiver", "/diagnose", "/subscription"].map((path) => `mia-webhooks${path}`);
  const loaders = names.map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(name)})`);
  await esbuild.build({
    absWorkingDir: folder,
    stdin: {
      contents: `${CALLS}const loaders = { ${loaders.join()} }; globalThis.found = calls((name) => loaders[name]());`,
      resolveDir: folder,
    },
    outfile: "policy.js",
    bundle: true,
    format: "iife",
    logLevel: "silent",
  });
  const { Buffer, TextDecoder, TextEncoder, URL } = globalThis;
  const context = vm.createContext({ Buffer, TextDecoder, TextEncoder, URL }, { codeGeneration: { wasm: false } });
  vm.runInContext(readFileSync(join(folder, "policy.js"), "utf8"), context);
  assertUnavailable(
    await context["found"],
    /^The WebAssembly module could not be used\. WebAssembly\.Module\(\): Wasm code generation disallowed by embedder$/,
  );
});
