// @ts-check
/** Runs a Worker on a real workerd. */

import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import workerdPackage from "workerd";
import { freePort } from "../free-port.js";

// A CommonJS module with an ES default: the path of the binary.
const workerdBinary = /** @type {{ default: string }} */ (/** @type {unknown} */ (workerdPackage)).default;

/**
 * Bundles a Worker as wrangler does, and starts it.
 *
 * @param {string} entry - The Worker's file, from the top of the checkout.
 * @param {Record<string, string>} env - Its text bindings.
 * @param {string} [originAddress] - Bound as the service `ORIGIN`.
 */
export async function startWorker(entry, env, originAddress) {
  const folder = await mkdtemp(join(tmpdir(), "mia-webhooks-workerd-"));
  await build({
    entryPoints: { worker: entry },
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    outdir: folder,
    logLevel: "error",
  });
  const modules = (await readdir(folder)).filter((name) => name.endsWith(".wasm"));
  const port = await freePort();
  const bindings = Object.entries(env).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  if (originAddress) {
    bindings.push(`(name = "ORIGIN", service = "origin")`);
  }
  await writeFile(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [
        (name = "worker.js", esModule = embed "worker.js"),
        ${modules.map((name) => `(name = "${name}", wasm = embed "${name}"),`).join("\n        ")}
      ],
      compatibilityDate = "2026-03-01",
      bindings = [${bindings.join(", ")}],
    )),
    (name = "internet", network = (allow = ["local"])),
    ${originAddress ? `(name = "origin", external = (address = "${originAddress}", http = ())),` : ""}
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
  );
  const workerd = spawn(workerdBinary, ["serve", join(folder, "config.capnp")]);
  /** @type {string[]} */
  const lines = [];
  for (const stream of [workerd.stdout, workerd.stderr]) {
    createInterface(stream).on("line", (line) => lines.push(line));
  }
  const ended = new Promise((resolve) => workerd.once("exit", resolve));
  await waitUntilListening(port, workerd, lines);
  return {
    port,
    address: `http://127.0.0.1:${port}`,
    /** Everything that it printed. */
    lines,
    /** The receiver's log line for the next request; waits for it. */
    async nextResult() {
      const seen = lines.length;
      for (let waited = 0; waited < 5000; waited += 10) {
        const line = lines.slice(seen).find((text) => text.includes('"mia-webhooks"'));
        if (line) {
          return JSON.parse(line);
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error("no log line within five seconds");
    },
    async stop() {
      workerd.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param {number} port @param {import("node:child_process").ChildProcess} workerd @param {string[]} lines */
async function waitUntilListening(port, workerd, lines) {
  for (let waited = 0; waited < 30_000; waited += 25) {
    if (workerd.exitCode !== null) {
      break;
    }
    const isListening = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.unref().end();
    });
    if (isListening) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  workerd.kill("SIGKILL");
  throw new Error(`workerd did not start:\n${lines.join("\n")}`);
}
