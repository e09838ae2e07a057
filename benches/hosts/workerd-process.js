// @ts-check
/** Starts workerd with Workers given as text, on free ports, and stops it. */

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
// @ts-expect-error It comes without types: the binary for this platform, and its dates.
import workerd from "workerd";

const { default: BINARY, compatibilityDate, version } = workerd;

export const WORKERD_VERSION = `workerd ${version}`;

/**
 * @typedef {object} Worker
 * @property {string} script
 * @property {Uint8Array} [wasm] imported as `./verify.wasm`
 * @property {Record<string, string>} [text] bindings
 * @property {Record<string, string>} [services] bindings, by name of another Worker
 *
 * @typedef {object} Workerd
 * @property {number} pid
 * @property {Record<string, string>} urls by name of Worker
 * @property {() => Promise<void>} stop
 */

/**
 * @param {Record<string, Worker>} workers
 * @returns {Promise<Workerd>}
 */
export async function startWorkerd(workers) {
  const folder = await mkdtemp(join(tmpdir(), "mia-webhooks-bench-"));
  const names = Object.keys(workers);
  await Promise.all(
    Object.entries(workers).flatMap(([name, { script, wasm }]) => [
      writeFile(join(folder, `${name}.js`), script),
      ...(wasm ? [writeFile(join(folder, `${name}.wasm`), wasm)] : []),
    ]),
  );
  await writeFile(join(folder, "config.capnp"), config(workers));
  // What the Workers log is written, to nowhere.
  const child = spawn(BINARY, ["serve", "--control-fd=3", join(folder, "config.capnp")], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr?.on("data", (data) => (errors += data));
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
    const ports = await listening(/** @type {any} */ (child.stdio[3]), names, exited);
    const urls = Object.fromEntries(names.map((name) => [name, `http://127.0.0.1:${ports[name]}`]));
    return { pid: /** @type {number} */ (child.pid), urls, stop };
  } catch (error) {
    await stop();
    throw new Error(`workerd did not start: ${errors}`, { cause: error });
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
    const timer = setTimeout(() => reject(new Error("no port within 20 s")), 20_000);
    exited.then(() => reject(new Error("it ended")));
    /** @type {Record<string, number>} */
    const ports = {};
    let text = "";
    pipe.on("data", (data) => {
      text += data;
      for (let end; (end = text.indexOf("\n")) >= 0; text = text.slice(end + 1)) {
        const { event, socket, port } = JSON.parse(text.slice(0, end));
        if (event === "listen") {
          ports[socket] = port;
        }
      }
      if (names.every((name) => ports[name])) {
        clearTimeout(timer);
        done(ports);
      }
    });
  });
}

/** @param {Record<string, Worker>} workers */
function config(workers) {
  const services = Object.entries(workers).map(
    ([name, { wasm, text = {}, services = {} }]) => `
    (name = "${name}", worker = (
      compatibilityDate = "${compatibilityDate}",
      compatibilityFlags = ["nodejs_compat"],
      modules = [
        (name = "${name}.js", esModule = embed "${name}.js"),
        ${wasm ? `(name = "verify.wasm", wasm = embed "${name}.wasm"),` : ""}
      ],
      bindings = [
        ${Object.entries(text).map(([key, value]) => `(name = "${key}", text = ${JSON.stringify(value)}),`).join("")}
        ${Object.entries(services).map(([key, value]) => `(name = "${key}", service = "${value}"),`).join("")}
      ],
      globalOutbound = "outbound",
    )),`,
  );
  const sockets = Object.keys(workers).map(
    (name) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}"),`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services.join("")}
    (name = "outbound", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [${sockets.join("")}],
);
`;
}
