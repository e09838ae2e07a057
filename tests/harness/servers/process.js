// @ts-check
/** Starts a database server in a folder of its own, kills it, and starts it again. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.js";

/** Only what hangs reaches it. */
const LIMIT_MS = 180_000;

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {number} port
 * @property {string} folder where it keeps everything
 * @property {number} pid another one after each `restart`
 * @property {() => Promise<void>} kill ends it as `kill -9` does: it can finish nothing
 * @property {() => Promise<void>} restart starts it again after `kill`, with the same folder and port
 * @property {() => Promise<void>} stop ends it at once, and removes its folder
 * @property {(signal: NodeJS.Signals) => void} signal sends a signal to it and to all its processes
 *
 * @typedef {{ uid: number, gid: number }} Identity
 *
 * @typedef {object} Kind
 * @property {string} name
 * @property {(folder: string, port: number) => string[]} command
 * @property {(port: number) => string} url
 * @property {(port: number, pid: number, folder: string) => Promise<boolean>} answers whether it takes questions
 * @property {(folder: string) => unknown} [prepare] makes what it needs in its folder
 * @property {Identity | undefined} [identity] who runs it; who runs this process by default
 */

/** Ends what runs. @type {Set<() => void>} */
const running = new Set();

let isWatching = false;

/** Whatever ends this process ends the servers, except `kill -9`. */
function endWithThisProcess() {
  if (!isWatching) {
    isWatching = true;
    process.once("exit", () => running.forEach((end) => end()));
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.once(signal, () => process.exit(1));
    }
  }
}

/** @param {Kind} kind @returns {Promise<Server>} */
export async function startServer({ name, command, url, answers, prepare, identity }) {
  endWithThisProcess();
  const folder = mkdtempSync(join(tmpdir(), `mia-webhooks-${name}-`));
  const port = await freePort();
  /** @type {import("node:child_process").ChildProcess} */
  let child;
  let closed = Promise.resolve();
  let isOver = true;
  const pid = () => /** @type {number} */ (child.pid);

  /** @param {NodeJS.Signals} sent */
  const signal = (sent) => {
    if (!isOver) {
      // A server that is stopped starts no process, so all are found.
      const all = sent === "SIGCONT" ? [] : [pid()];
      all.forEach((one) => send(one, "SIGSTOP"));
      [...childrenOf(pid()), pid()].forEach((one) => send(one, sent));
    }
  };
  const end = () => {
    signal("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const kill = async () => {
    signal("SIGKILL");
    await closed;
  };
  const stop = async () => {
    await kill();
    end();
    running.delete(end);
  };
  const restart = async () => {
    if (!isOver) {
      throw new Error(`${name} is still running`);
    }
    const [program = "", ...args] = command(folder, port);
    child = spawn(program, args, { ...identity, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    isOver = false;
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      // The end is what says why a server ended.
      stream?.setEncoding("utf8").on("data", (text) => (printed = (printed + text).slice(-10_000)));
    }
    const own = child;
    closed = once(child, "exit")
      .catch((error) => void (printed += `${error}`))
      .then(() => void (isOver ||= own === child));
    const limit = Date.now() + LIMIT_MS;
    while (isOver || !(await answers(port, pid(), folder))) {
      if (isOver || Date.now() > limit) {
        await kill();
        throw new Error(`${name} ${child.exitCode === null ? "does not answer" : "ended"}: ${printed}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  running.add(end);
  try {
    if (identity) {
      chownSync(folder, identity.uid, identity.gid);
    }
    await prepare?.(folder);
    await restart();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: url(port),
    port,
    folder,
    get pid() {
      return pid();
    },
    kill,
    restart,
    stop,
    signal,
  };
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

/** The processes that a process has started; none where the system is not Linux. @param {number} pid @returns {number[]} */
function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
