// @ts-check
/**
 * Every vector of verifying on Node, Deno and Bun: with the host's own hash always, never,
 * and where it is the faster one.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";

import { build } from "esbuild";

import { root } from "../harness/checkout.js";
import { output } from "../harness/installed.js";
import { RUNTIMES, isPresent } from "../harness/runtimes.js";

const FILES = ["signature", "token", "token-surrogates", "header", "secrets", "event"];
const sources = join(root, "pkg/src");
const engine = join(sources, "verify/engine.ts");
const nativeEngine = join(sources, "hosts/native-hash/engine.ts");

/** When the host's own hash is asked for. */
const WAYS = /** @type {const} */ (["always", "never", "automatically"]);

/** In place of hosts/native-hash/limits.ts. */
const ALWAYS =
  "export const FROM_BYTES = 0, EACH_BYTES = 0, AGAIN_BYTES = 700, LOAD_AT_BYTES = 0, ONE_CALL_BYTES = 4_096, PIECE_BYTES = 50_000;";

const script = `
import { ask } from "../harness/vector-questions.js";
import { outcome } from "../harness/outcome.js";
import * as library from "../../pkg/src/index.ts";
${FILES.map((file, i) => `import file${i} from "../vectors/${file}.json";`).join("\n")}
const files = { ${FILES.map((file, i) => `${JSON.stringify(file)}: file${i}`).join(", ")} };
const { process } = globalThis;
let hashes = 0;
const load = process.getBuiltinModule;
process.getBuiltinModule = (name) => {
  const crypto = load.call(process, name);
  const counted = (work) => work && ((...args) => ((hashes += 1), work(...args)));
  return { createHash: counted(crypto.createHash), hash: counted(crypto.hash) };
};
const failures = [];
let asked = 0;
for (const [file, { vectors }] of Object.entries(files)) {
  for (const vector of vectors) {
    const { expected, get, isHidden } = ask({ library }, file, vector);
    const got = await outcome(get);
    asked += 1;
    if (got !== expected && !isHidden?.()) {
      failures.push([file, vector.id, String(expected), String(got)]);
    }
  }
}
console.log(JSON.stringify({ asked, failures, hashes }));
`;

const folder = await mkdtemp(join(tmpdir(), "mia-webhooks-native-hash-"));
after(() => rm(folder, { recursive: true, force: true }));

/** @param {typeof WAYS[number]} way */
async function write(way) {
  const outfile = join(folder, `${way}.mjs`);
  await build({
    stdin: { contents: script, resolveDir: join(root, "tests/package"), loader: "js" },
    bundle: true,
    outfile,
    format: "esm",
    platform: "neutral",
    logLevel: "warning",
    plugins: [
      {
        name: "the engine of this way",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\/engine\.js$/ }, ({ path, resolveDir, importer }) =>
            way !== "never" && importer !== nativeEngine && resolve(resolveDir, path) === engine.replace(/ts$/, "js")
              ? { path: nativeEngine }
              : undefined,
          );
          onLoad({ filter: /native-hash\/limits\.ts$/ }, () => (way === "always" ? { contents: ALWAYS } : undefined));
          onResolve({ filter: /^#verify-module$/ }, () => ({ path: "verify", namespace: "module" }));
          onLoad({ filter: /./, namespace: "module" }, () => ({
            contents: `const bytes = Uint8Array.from(atob("${readFileSync(join(root, "pkg/wasm/verify.wasm"), "base64")}"), (one) => one.charCodeAt(0));
              export const isEager = false;
              export const load = () => new WebAssembly.Module(bytes);`,
          }));
        },
      },
    ],
  });
  return outfile;
}

const vectors = FILES.flatMap(
  (file) => JSON.parse(readFileSync(join(root, `tests/vectors/${file}.json`), "utf8")).vectors,
);

for (const way of WAYS) {
  const written = write(way);
  for (const [name, { command, args }] of Object.entries(RUNTIMES)) {
    test(`${name} hashes ${way}: every vector has its answer`, async (t) => {
      if (!isPresent(t, command)) {
        return;
      }
      const { asked, failures, hashes } = JSON.parse(await output(command, [...args, await written]));
      assert.deepEqual(failures, []);
      assert.equal(asked, vectors.length);
      // That the way is the one that its name says. The vectors hold more than a megabyte.
      const [least, most] = way === "always" ? [4 * asked, Infinity] : way === "never" ? [0, 0] : [1, 4 * asked];
      assert.ok(hashes >= least && hashes <= most, `the host was asked for ${hashes} hashes`);
    });
  }
}
