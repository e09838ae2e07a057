// @ts-check
/**
 * Runs one suite in every host.
 *
 * Takes long, because every host answers all vectors and checks: Firefox and Bun need
 * twice the time of Node.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { EdgeVM } from "@edge-runtime/vm";
import { build } from "esbuild";
import * as library from "mia-webhooks";
import * as diagnose from "mia-webhooks/diagnose";
import * as receiver from "mia-webhooks/receiver";
import * as replay from "mia-webhooks/replay";
import * as subscription from "mia-webhooks/subscription";
import { readEntryPoints } from "../../pkg/entry-points.js";
import { findEngine } from "../harness/browser/engines.js";
import { openPage } from "../harness/browser/launch.js";
import { root } from "../harness/checkout.js";
import { startWorker } from "../harness/workerd/receiver.js";
import { CHECKS } from "./suite.js";

const openers = join(import.meta.dirname, "openers");

/** Every vector on disk. */
const vectors = /** @type {Record<string, { vectors: { id: string }[] }>} */ ({});
for (const file of await readdir(join(root, "tests/vectors"))) {
  const content = file.endsWith(".json") && JSON.parse(await readFile(join(root, "tests/vectors", file), "utf8"));
  if (content?.vectors) {
    vectors[file.replace(".json", "")] = content;
  }
}
const text = JSON.stringify(vectors);

/** What every host must be asked: each vector, and each check of each file in checks/. */
const entryPoints = { library, diagnose, receiver, replay, subscription };
const questions = {
  ...Object.fromEntries(
    Object.entries(vectors).map(([file, { vectors }]) => [`${file}.json`, vectors.map(({ id }) => id)]),
  ),
  ...Object.fromEntries(
    Object.entries(CHECKS).map(([file, checks]) => [`${file}.js`, Object.keys(checks(entryPoints))]),
  ),
};

/**
 * Vectors that a host's own `Headers` hides: when Deno joins an empty value with
 * another, it leaves the empty one out, so no later code can see it.
 *
 * @type {Record<string, string[]>}
 */
const HIDDEN = {
  Deno: ["rejects_empty_then_genuine_token_in_x_mia_token", "rejects_empty_then_genuine_token_in_x_mia_signature"],
};

/**
 * Vectors for which a host's own `URL` differs from the standard: Firefox refuses
 * the host `0x`, which is the number 0 (URL Standard, "IPv4 number parser", the
 * empty string after `0x`).
 *
 * @type {Record<string, string[]>}
 */
const OTHER_URL = { firefox: ["subscription/warns_of_host_0x"] };

/** Hosts without shared memory, which pages only have in isolation. */
const NO_SHARED_MEMORY = ["chromium", "firefox", "webkit"];
const SHARED_MEMORY = "bad-input/a shared buffer is a TypeError";

test("every file of checks is asked", async () => {
  const files = await readdir(join(import.meta.dirname, "checks"));
  assert.deepEqual(files.map((file) => file.replace(".js", "")).sort(), Object.keys(CHECKS).sort());
  assert.deepEqual(
    Object.entries(questions).filter(([, asked]) => asked.length === 0 || new Set(asked).size < asked.length),
    [],
    "a file has no questions, or the same one twice",
  );
});

/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "mia-webhooks-conformance-"));
  await writeFile(join(folder, "vectors.json"), text);
});
after(() => rm(folder, { recursive: true, force: true }));

/** Only a host that hangs reaches it. */
const LIMIT = 10 * 60_000;

/** The test of each host, in order. @type {(() => void)[]} */
const hosts = [];

/**
 * One host: it must answer every vector correctly and leave none out.
 *
 * @param {string} host
 * @param {boolean} isInstalled
 * @param {() => Promise<string>} open - Returns what the suite answered, as JSON.
 */
function host(host, isInstalled, open) {
  hosts.push(() =>
    test(host, { skip: !isInstalled && !process.env["CI"] && `${host} IS NOT INSTALLED`, timeout: LIMIT }, async () => {
      assert.ok(isInstalled, `${host} is not installed`);
      const answer = JSON.parse(await open());
      const failures = answer.failures.filter((/** @type {{ id: string }} */ { id }) => !OTHER_URL[host]?.includes(id));
      assert.deepEqual(failures, []);
      assert.equal(answer.failures.length, OTHER_URL[host]?.length ?? 0, "a host that follows the standard again");
      assert.deepEqual(answer.asked, questions, "not the same questions as in every host");
      assert.deepEqual(answer.hidden, HIDDEN[host] ?? []);
      assert.deepEqual(answer.leftOut, NO_SHARED_MEMORY.includes(host) ? [SHARED_MEMORY] : []);
    }),
  );
}

/** @param {string} program @param {string[]} args */
async function run(program, args) {
  const { stdout } = await promisify(execFile)(program, [...args, join(folder, "vectors.json")], {
    cwd: root,
    timeout: LIMIT,
  });
  return /** @type {string} */ (stdout.trim().split("\n").at(-1));
}

/**
 * The source of one script; with `write: false` esbuild always returns it.
 *
 * @param {Omit<import("esbuild").BuildOptions, "write">} options
 */
async function bundleGlobal(options) {
  const { outputFiles } = await build({
    entryPoints: [join(openers, "global.js")],
    bundle: true,
    format: "iife",
    logLevel: "error",
    ...options,
    write: false,
  });
  return /** @type {import("esbuild").OutputFile} */ (outputFiles[0]).text;
}

const bin = join(root, "node_modules/.bin");
const nodes = { "Node 20 or newer": process.execPath, "Node 22": "", "Node 24": "" };
for (const version of [22, 24]) {
  nodes[/** @type {"Node 22"} */ (`Node ${version}`)] = join(root, `node_modules/node${version}/bin/node`);
}
for (const [name, program] of Object.entries(nodes)) {
  host(name, existsSync(program), () => run(program, [join(openers, "in-process.js")]));
}
host("Node, CommonJS", true, () => run(process.execPath, [join(openers, "commonjs.cjs")]));
host("Deno", existsSync(join(bin, "deno")), () =>
  run(join(bin, "deno"), ["run", "--quiet", "--allow-all", "--no-lock", join(openers, "in-process.js")]),
);
host("Bun", existsSync(join(bin, "bun")), () => run(join(bin, "bun"), ["run", join(openers, "in-process.js")]));

host("workerd", true, async () => {
  const worker = await startWorker("tests/conformance/openers/worker.js", {});
  try {
    return await (await fetch(worker.address, { method: "POST", body: text })).text();
  } finally {
    await worker.stop();
  }
});

host("Vercel edge VM", true, async () => {
  const script = await bundleGlobal({
    conditions: ["edge-light", "worker", "browser"],
    plugins: [
      {
        name: "a module as Vercel compiles it",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "module" }));
          onLoad({ filter: /./, namespace: "module" }, ({ path }) => ({
            contents: `export default globalThis.modules[${JSON.stringify(basename(path, "?module"))}];`,
          }));
        },
      },
    ],
  });
  const vm = new EdgeVM();
  vm.evaluate("globalThis.modules = {}");
  for (const name of readEntryPoints().modules) {
    const wasm = await readFile(join(root, `pkg/wasm/${name}.wasm`));
    vm.evaluate(`modules["${name}.wasm"] = new WebAssembly.Module(new Uint8Array([${wasm.join()}]))`);
  }
  vm.evaluate(script);
  vm.evaluate(`globalThis.vectors = ${JSON.stringify(text)}`);
  return vm.evaluate("runConformance(vectors)");
});

for (const engine of /** @type {const} */ (["chromium", "firefox", "webkit"])) {
  host(engine, findEngine(engine) !== undefined, async () => {
    const script = await bundleGlobal({});
    const server = createServer(({ url }, response) => {
      /** @type {Record<string, [string, string]>} */
      const files = {
        "/": [
          "text/html",
          "<!doctype html><meta charset=utf-8><title>conformance</title><script src=suite.js></script>",
        ],
        "/suite.js": ["text/javascript", script],
        "/vectors.json": ["application/json", text],
      };
      const [type, content] = files[url ?? ""] ?? ["text/plain", ""];
      response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(content);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const page = await openPage(engine);
    try {
      await page.goto(`http://127.0.0.1:${port}/`);
      return await page.evaluate("fetch('vectors.json').then((file) => file.text()).then(runConformance)");
    } finally {
      await page.close();
      server.closeAllConnections();
      server.close();
    }
  });
}

// Two at a time: a host starts while another one answers.
describe("in every host", { concurrency: 2 }, () => {
  for (const add of hosts) {
    add();
  }
});
