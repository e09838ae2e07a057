// @ts-check
/** Starts a server, and waits until it answers. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";

/** Only what hangs reaches it. */
const LIMIT_MS = 180_000;

/**
 * @typedef {object} Running
 * @property {number} port
 * @property {readonly string[]} lines Every whole line that it printed.
 * @property {() => unknown} stop
 *
 * @typedef {object} End
 * @property {number | null} status
 * @property {NodeJS.Signals | null} signal
 *
 * @typedef {Omit<Running, "stop"> & { stop: (signal?: NodeJS.Signals) => Promise<End> }} Process Its `stop`
 * sends the signal, and gives how it ended.
 */

/** Ends what was started. @type {Set<() => void>} */
const ending = new Set();
process.once("exit", () => ending.forEach((end) => end()));
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.once(signal, () => process.exit(1));
}

/** The program with another port. @param {string} program @param {number} port */
export function atPort(program, port) {
  if (program.split("3000").length !== 2) {
    throw new Error(`the port 3000 is not in the program, or more than once:\n${program}`);
  }
  return program.replace("3000", String(port));
}

/**
 * Starts a command that serves a port, and waits until it does.
 *
 * @param {object} what
 * @param {readonly string[]} what.command
 * @param {string} what.cwd
 * @param {number} what.port
 * @param {string | undefined} what.secret
 * @param {Readonly<Record<string, string>>} [what.env] Other variables than those of this process.
 * @returns {Promise<Process>} Rejects, with what it printed, when the command ends by itself.
 */
export async function started({ command: [program = "", ...args], cwd, port, secret, env = {} }) {
  /** @type {NodeJS.ProcessEnv} */
  const inherited = { ...process.env };
  delete inherited["MIA_WEBHOOK_SECRET"];
  // Programs of node:test behave in another way below one.
  delete inherited["NODE_TEST_CONTEXT"];
  const child = spawn(program, args, {
    cwd,
    env: { ...inherited, ...env, ...(secret !== undefined && { MIA_WEBHOOK_SECRET: secret }) },
    stdio: ["ignore", "pipe", "pipe"],
    // So that what it starts itself ends with it.
    detached: true,
  });
  /** @param {NodeJS.Signals} [signal] */
  const end = (signal = "SIGKILL") => {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), signal);
    } catch {
      // It has ended, or could not be started.
    }
  };
  ending.add(end);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (printed += text));
  }
  let isOver = false;
  const closed = once(child, "close")
    .catch((error) => void (printed += `${error}`))
    .then(() => {
      isOver = true;
      ending.delete(end);
    });
  const limit = Date.now() + LIMIT_MS;
  while (!(await answers(port))) {
    if (isOver || Date.now() > limit) {
      end();
      throw new Error(`${isOver ? `it ended with ${child.exitCode}` : `nothing answers at port ${port}`}: ${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    port,
    get lines() {
      // The last one may be a part of what is printed now.
      return printed.split("\n").slice(0, -1);
    },
    async stop(signal) {
      end(signal);
      await closed;
      return { status: child.exitCode, signal: child.signalCode };
    },
  };
}

/** @param {number} port @returns {Promise<boolean>} */
const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
