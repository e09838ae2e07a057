// @ts-check
/** Runs each program that sends in its runtime: no value changes, and none is run as code. */

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../harness/checkout.js";
import { BYTES, TEXTS, WITH_NUL } from "../harness/awkward-values.js";
import { startOrigin } from "../harness/origin.js";
import { UNGUARDED, startWorker } from "../harness/workerd/receiver.js";
import { GO_ENVIRONMENT, installLanguages } from "../harness/languages.js";

const folder = await mkdtemp(join(tmpdir(), "mia-webhooks-snippets-"));
after(() => rm(folder, { recursive: true, force: true }));

/**
 * Bundles TypeScript and imports it.
 *
 * @param {string} name
 * @param {import("esbuild").BuildOptions} entry
 */
async function imported(name, entry) {
  const outfile = join(folder, `${name}.mjs`);
  await build({ ...entry, outfile, bundle: true, format: "esm", target: "es2022", logLevel: "error" });
  return import(pathToFileURL(outfile).href);
}

/** @type {typeof import("../../pkg/src/request/snippets/send.ts")} */
const { SENDERS } = await imported("senders", { entryPoints: [join(root, "pkg/src/request/snippets/send.ts")] });

/** @param {string} id */
const snippet = (id) =>
  /** @type {import("../../pkg/src/request/snippets/send.ts").Sender} */ (SENDERS.find((one) => one.id === id));

/** @param {Uint8Array} payload @param {string} secret */
const tokenOf = (payload, secret) => createHash("sha256").update(payload).update(secret).digest("hex");

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);

// ---- The server

/**
 * The expected requests, by the first part of their path.
 *
 * @type {Map<string, { payload: Uint8Array, headerName: string, token: string, arrived: { status: number, url: string }[] }>}
 */
const expected = new Map();
const server = createServer(async (request, response) => {
  const wanted = expected.get(request.url?.split("/")[1] ?? "");
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const isGenuine =
    wanted !== undefined &&
    request.method === "POST" &&
    request.headers["content-type"] === "application/json" &&
    // Node reads a header's bytes as Latin-1.
    Buffer.from(String(request.headers[wanted.headerName.toLowerCase()]), "latin1").equals(Buffer.from(wanted.token)) &&
    Buffer.concat(chunks).equals(wanted.payload);
  const status = isGenuine ? 200 : 401;
  wanted?.arrived.push({ status, url: String(request.url) });
  response.writeHead(status).end();
});
/** @type {string} */
let origin;
before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

// ---- The runtimes

const denoProgram = join(root, "node_modules/.bin/deno");
const runs = (/** @type {string} */ program, /** @type {string[]} */ args) => spawnSync(program, args).status === 0;
const { go, reason } = installLanguages();
const hasCurl = runs("curl", ["--version"]);
const hasOpenssl = runs("openssl", ["version"]);

/**
 * @typedef {object} Runtime
 * @property {string} name
 * @property {string} id of its snippet
 * @property {string} file
 * @property {[program: string, ...args: string[]]} command
 * @property {boolean} isInstalled
 */

/** @type {Runtime[]} */
const RUNTIMES = [
  { name: "curl in sh", id: "curl", file: "send.sh", command: ["sh"], isInstalled: hasCurl },
  {
    name: "curl in bash",
    id: "curl",
    file: "send.sh",
    command: ["bash"],
    isInstalled: hasCurl && runs("bash", ["-c", ":"]),
  },
  { name: "sh", id: "sh", file: "send.sh", command: ["sh"], isInstalled: hasCurl && hasOpenssl },
  { name: "Node", id: "node", file: "send.mjs", command: [process.execPath], isInstalled: true },
  {
    name: "Deno",
    id: "deno",
    file: "send.ts",
    command: [denoProgram, "run", "--quiet", "--no-lock", "--no-prompt", "--allow-net"],
    isInstalled: existsSync(denoProgram),
  },
  { name: "Go", id: "go", file: "send.go", command: [go, "run"], isInstalled: reason === undefined },
  { name: "Python", id: "python", file: "send.py", command: ["python3"], isInstalled: runs("python3", ["--version"]) },
];

let count = 0;

/**
 * Writes the snippet to a file in a new folder and runs it there.
 *
 * @param {Runtime} runtime
 * @param {string} script
 * @param {string} [environmentSecret]
 * @returns {Promise<{ code: number, stdout: string, stderr: string, files: string[] }>}
 */
async function run({ file, command: [program, ...args] }, script, environmentSecret) {
  const home = join(folder, String((count += 1)));
  await mkdir(home);
  await writeFile(join(home, file), script);
  if (program === denoProgram && environmentSecret !== undefined) {
    args.push("--allow-env=MIA_WEBHOOK_SECRET");
  }
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ...GO_ENVIRONMENT, NO_PROXY: "*", no_proxy: "*", DENO_NO_UPDATE_CHECK: "1" };
  delete env["MIA_WEBHOOK_SECRET"];
  if (environmentSecret !== undefined) {
    env["MIA_WEBHOOK_SECRET"] = environmentSecret;
  }
  const ended = await new Promise((resolve) => {
    execFile(
      program,
      [...args, file],
      { cwd: home, env, timeout: 240_000, killSignal: "SIGKILL" },
      (error, stdout, stderr) => resolve({ code: error ? (error.code ?? -1) : 0, stdout, stderr }),
    );
  });
  return { ...ended, files: await readdir(home) };
}

/**
 * Sends one request by a runtime: it must arrive unchanged, and leave no files.
 *
 * @param {Runtime} runtime
 * @param {{ payload: Uint8Array, secret: string, isWritten?: boolean, path?: string, headerName?: string, token?: string }} delivery
 */
async function assertArrives(
  runtime,
  { payload, secret, isWritten = false, path = "", headerName = "X-Mia-Token", token },
) {
  const key = String((count += 1));
  /** @type {{ status: number, url: string }[]} */
  const arrived = [];
  const expectedToken = token ?? tokenOf(payload, secret);
  expected.set(key, { payload, headerName, token: expectedToken, arrived });
  const url = `${origin}/${key}/${path}`;
  const script = snippet(runtime.id).write({
    url,
    headerName,
    payload,
    token: expectedToken,
    ...(isWritten && { secret }),
  });
  const { code, stdout, stderr, files } = await run(runtime, script, isWritten ? undefined : secret);
  const said = `${script}\n${stdout}\n${stderr}`;
  assert.equal(code, 0, said);
  const { pathname, search } = new URL(url);
  assert.deepEqual(arrived, [{ status: 200, url: pathname + search }], said);
  assert.match(stdout, runtime.file === "send.sh" ? /^HTTP\/1\.1 200 OK\r\n/ : /^200\n$/, said);
  assert.deepEqual(files, [runtime.file], said);
}

/** Secrets that a program could read from its environment wrongly. */
const FROM_ENVIRONMENT = ["backslashes", "a format", "final newlines", "an option", "emoji", "spaces"].map(
  (what) => TEXTS[/** @type {keyof typeof TEXTS} */ (what)],
);

for (const runtime of RUNTIMES) {
  const { name, id, isInstalled } = runtime;
  const skip = !isInstalled && !process.env["CI"] && `${name} IS NOT INSTALLED`;
  describe(name, { concurrency: 4, skip, timeout: 600_000 }, () => {
    // Before the others: the first run of Go compiles the standard library.
    before(() => assertArrives(runtime, { payload: bytes("{}"), secret: "s3cr3t" }));

    for (const [what, text] of Object.entries(TEXTS)) {
      const payload = bytes(text);
      // curl sends a finished token: it never gets the secret.
      test(`${what}, the secret written in`, () => assertArrives(runtime, { payload, secret: text, isWritten: true }));
      // The same code reads every one of them, so these are enough.
      if (id !== "curl" && FROM_ENVIRONMENT.includes(text)) {
        test(`${what}, the secret in the environment`, () => assertArrives(runtime, { payload, secret: text }));
      }
    }
    for (const [what, payload] of Object.entries(BYTES)) {
      test(`${what} as payload`, () => assertArrives(runtime, { payload, secret: "s3cr3t", isWritten: true }));
    }
    test("NUL in the secret", () =>
      assertArrives(runtime, { payload: bytes("{}"), secret: WITH_NUL, isWritten: true }));

    test("an address with special characters of the language", async () => {
      const path = `'$HOME\`id\`$(touch%20broken-out)/[1-3]{a,b}%41"\\ü?q='"[1-2]{c,d}&r=\${x}|é #"'`;
      await assertArrives(runtime, { payload: bytes("{}"), secret: "s3cr3t", path });
    });
    test("a header name with special characters of the language", async () => {
      const headerName = "X-!-'q'-$HOME-`id`-%s-#";
      await assertArrives(runtime, { payload: bytes("{}"), secret: "s3cr3t", headerName });
      await assertArrives(runtime, { payload: bytes("{}"), secret: "s3cr3t", headerName: "X-Mia-Signature" });
    });
    if (id === "curl") {
      for (const token of [`';touch broken-out;'$HOME\`id\`$(id)\\"!!é`, ""]) {
        test(`the token ${JSON.stringify(token)}`, () =>
          assertArrives(runtime, { payload: bytes("{}"), secret: "s3cr3t", token }));
      }
    }

    test("a refused request is shown as refused", async () => {
      const key = String((count += 1));
      expected.set(key, {
        payload: bytes("{}"),
        headerName: "X-Mia-Token",
        token: tokenOf(bytes("{}"), "right"),
        arrived: [],
      });
      const values = {
        url: `${origin}/${key}`,
        headerName: "X-Mia-Token",
        payload: bytes("{}"),
        token: "0".repeat(64),
      };
      const { stdout } = await run(runtime, snippet(id).write(values), "wrong");
      assert.match(stdout, /\b401\b/);
    });
    if (id !== "curl") {
      test("without a secret nothing is sent", async () => {
        const key = String((count += 1));
        /** @type {{ status: number, url: string }[]} */
        const arrived = [];
        expected.set(key, { payload: bytes("{}"), headerName: "X-Mia-Token", token: "", arrived });
        const values = { url: `${origin}/${key}`, headerName: "X-Mia-Token", payload: bytes("{}"), token: "" };
        // Deno cannot even look for a variable without permission.
        const environments = id === "deno" ? [""] : ["", undefined];
        for (const secret of environments) {
          const { code, stderr } = await run(runtime, snippet(id).write({ ...values, secret: "" }), secret);
          assert.notEqual(code, 0);
          assert.match(stderr, /MIA_WEBHOOK_SECRET:? is not set/);
        }
        assert.deepEqual(arrived, []);
      });
    }
  });
}

// ---- The receiver

describe("the receiver itself, on workerd", () => {
  const secret = `it's "a" $HOME \`id\` \\ secret 🚀 %s`;
  // An event with everything that can end a literal, over several lines.
  const event = { eventName: "tag_created", eventTimestamp: 1767225600000, payload: TEXTS };
  const payload = bytes(JSON.stringify(event, null, 2));
  /** @type {Awaited<ReturnType<typeof startOrigin>>} */
  let origin;
  /** @type {Awaited<ReturnType<typeof startWorker>>} */
  let worker;
  before(async () => {
    origin = await startOrigin();
    worker = await startWorker(
      "edge/cloudflare/src/index.ts",
      { ...UNGUARDED, MIA_WEBHOOK_SECRET: secret },
      origin.address,
    );
  });
  after(async () => {
    await worker?.stop();
    await origin?.stop();
  });

  for (const runtime of RUNTIMES) {
    const isLeftOut = !runtime.isInstalled && !process.env["CI"];
    test(
      `takes what ${runtime.name} signs and sends`,
      { skip: isLeftOut && `${runtime.name} IS NOT INSTALLED` },
      async () => {
        for (const isWritten of [false, true]) {
          origin.arrivals.length = 0;
          const script = snippet(runtime.id).write({
            url: worker.address,
            headerName: "X-Mia-Token",
            payload,
            token: tokenOf(payload, secret),
            ...(isWritten && { secret }),
          });
          const { code, stdout, stderr } = await run(runtime, script, isWritten ? undefined : secret);
          assert.equal(code, 0, `${stdout}\n${stderr}`);
          assert.match(stdout, runtime.file === "send.sh" ? /^HTTP\/1\.1 200 OK\r\n/ : /^200\n$/, stderr);
          assert.equal(origin.arrivals.length, 1);
          assert.deepEqual(new Uint8Array(origin.arrivals[0]?.payload ?? []), payload);
        }
      },
    );
  }
});
