// @ts-check
/** Starts a real workerd with Workers from strings, on free ports, and stops it. */

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
// @ts-expect-error It comes without types: the binary for this platform, and its version.
import workerd from "workerd";

const { default: BINARY, version } = workerd;

export const WORKERD_VERSION = `workerd ${version}`;

/**
 * @typedef {object} Worker
 * @property {string} script
 * @property {Record<string, Uint8Array>} [wasm] by the name that it is imported as, without `./`
 * @property {Record<string, string>} [text] bindings
 * @property {Record<string, string>} [services] bindings, by name of another Worker or by address
 * @property {Record<string, string>} [classes] Durable Objects that it holds, by class; the key under which they are stored
 * @property {Record<string, { class: string, worker: string }>} [objects] bindings of Durable Objects
 * @property {Record<string, string>} [databases] bindings of D1, by name of the Worker that answers their queries
 * @property {string[]} [flags] of compatibility; `nodejs_compat` by default, as the template has it
 * @property {string[]} [tails] other Workers, which get what the host records about each request
 *
 * @typedef {object} Workerd
 * @property {number} pid
 * @property {Record<string, string>} urls by name of Worker
 * @property {string[]} lines everything that it printed
 * @property {() => Promise<void>} stop ends it at once, as a power cut would
 *
 * @typedef {object} Options
 * @property {string} [state] the folder where Durable Objects are stored; it is kept
 * @property {boolean} [isSilent] prints to nowhere
 */

/**
 * @param {Record<string, Worker>} workers
 * @param {Options} [options]
 * @returns {Promise<Workerd>}
 */
export async function startWorkerd(workers, { state, isSilent = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "mia-webhooks-workerd-"));
  for (const [name, { script, wasm = {} }] of Object.entries(workers)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "worker.js"), script);
    await Promise.all(Object.entries(wasm).map(([file, bytes]) => writeFile(join(folder, name, file), bytes)));
  }
  const storage = state ?? join(folder, "state");
  await mkdir(storage, { recursive: true });
  await writeFile(join(folder, "config.capnp"), config(workers, storage));

  const child = spawn(BINARY, ["serve", "--experimental", "--control-fd=3", join(folder, "config.capnp")], {
    stdio: ["ignore", isSilent ? "ignore" : "pipe", "pipe", "pipe"],
  });
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) {
      createInterface({ input: stream }).on("line", (line) => lines.push(line));
    }
  }
  const exited = new Promise((done) => child.once("exit", done));
  const end = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", end);
  const stop = async () => {
    end();
    await exited;
    process.off("exit", end);
  };
  try {
    const ports = await listening(/** @type {any} */ (child.stdio[3]), Object.keys(workers), exited);
    const urls = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]));
    return { pid: /** @type {number} */ (child.pid), urls, lines, stop };
  } catch (error) {
    await stop();
    throw new Error(`workerd did not start:\n${lines.join("\n")}`, { cause: error });
  }
}

/**
 * The ports that workerd reports on its control pipe, one line of JSON each.
 *
 * @param {NodeJS.ReadableStream} pipe
 * @param {string[]} names
 * @param {Promise<unknown>} exited
 * @returns {Promise<Record<string, number>>}
 */
function listening(pipe, names, exited) {
  return new Promise((done, reject) => {
    // Only a workerd that hangs reaches it.
    const timer = setTimeout(() => reject(new Error("no port within five minutes")), 5 * 60_000);
    exited.then(() => reject(new Error("it ended")));
    /** @type {Record<string, number>} */
    const ports = {};
    createInterface({ input: pipe }).on("line", (line) => {
      const { event, socket, port } = JSON.parse(line);
      if (event === "listen") {
        ports[socket] = port;
      }
      if (names.every((name) => ports[name])) {
        clearTimeout(timer);
        done(ports);
      }
    });
  });
}

const text = (/** @type {string} */ value) => JSON.stringify(value);

/** @param {Record<string, Worker>} workers @param {string} state */
function config(workers, state) {
  /** @type {string[]} */
  const externals = [];
  const services = Object.entries(workers).map(
    ([name, { wasm = {}, classes = {}, tails = [], flags = ["nodejs_compat"], ...worker }]) => {
      const bound = Object.entries(worker.services ?? {}).map(([key, value]) => {
        const isAddress = value.includes(":");
        if (isAddress) {
          externals.push(`(name = ${text(value)}, external = (address = ${text(value)}, http = ())),`);
        }
        return `(name = ${text(key)}, service = ${text(value)}),`;
      });
      const texts = Object.entries(worker.text ?? {}).map(
        ([key, value]) => `(name = ${text(key)}, text = ${text(value)}),`,
      );
      const objects = Object.entries(worker.objects ?? {}).map(
        ([key, { class: of, worker: holder }]) =>
          `(name = ${text(key)}, durableObjectNamespace = (className = ${text(of)}, serviceName = ${text(holder)})),`,
      );
      // D1's own client; on Cloudflare its queries go to the servers of D1.
      const databases = Object.entries(worker.databases ?? {}).map(
        ([key, value]) =>
          `(name = ${text(key)}, wrapped = (moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = ${text(value)})])),`,
      );
      const namespaces = Object.entries(classes).map(
        ([className, key]) => `(className = ${text(className)}, uniqueKey = ${text(key)}, enableSql = true),`,
      );
      return `
    (name = ${text(name)}, worker = (
      compatibilityDate = "2026-03-01",
      compatibilityFlags = [${flags.map(text).join()}],
      modules = [
        (name = "worker.js", esModule = embed "${name}/worker.js"),
        ${Object.keys(wasm)
          .map((file) => `(name = ${text(file)}, wasm = embed "${name}/${file}"),`)
          .join("")}
      ],
      bindings = [${[...texts, ...bound, ...objects, ...databases].join("")}],
      ${namespaces.length > 0 ? `durableObjectNamespaces = [${namespaces.join("")}], durableObjectStorage = (localDisk = "state"),` : ""}
      ${tails.length > 0 ? `tails = [${tails.map(text).join()}],` : ""}
      globalOutbound = "outbound",
    )),`;
    },
  );
  const sockets = Object.keys(workers).map(
    (name) => `(name = ${text(name)}, address = "127.0.0.1:0", http = (), service = ${text(name)}),`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services.join("")}
    ${[...new Set(externals)].join("")}
    (name = "state", disk = (path = ${text(state)}, writable = true)),
    (name = "outbound", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [${sockets.join("")}],
);
`;
}
