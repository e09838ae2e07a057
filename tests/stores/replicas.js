// @ts-check
/**
 * Receivers in processes of their own that share a store, a sender, and the verdict
 * over everything that the receivers said.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { until } from "../harness/waiting.js";
import { tokenOf } from "../harness/wire.js";

const SECRET = "canary-secret";

/**
 * @typedef {object} Options
 * @property {string} client a name of clients.js
 * @property {string} url
 * @property {number} [clockStepMs] how far its clock is ahead
 * @property {boolean} [isFlooded] whether its handler is slow at times, and fails at times
 * @property {object} replay
 */

/** What was seen of the events. */
export class Verdict {
  /** How often each event was delivered, by its id. @type {Map<string, number>} */
  delivered = new Map();
  /** When its commit was acknowledged, in microseconds, by its id. @type {Map<string, number[]>} */
  committed = new Map();
  /** When each claim that was granted was asked for. @type {[id: string, started: number][]} */
  claimed = [];
  /** @type {Record<string, number>} */
  codes = {};

  /** @param {string[]} words */
  note([what = "", id = "", more = ""]) {
    if (what === "delivered") {
      this.delivered.set(id, (this.delivered.get(id) ?? 0) + 1);
    } else if (what === "committed") {
      this.committed.set(id, [...(this.committed.get(id) ?? []), Number(more)]);
    } else if (what === "claimed") {
      this.claimed.push([id, Number(more)]);
    } else if (what === "result") {
      this.codes[more] = (this.codes[more] ?? 0) + 1;
    }
  }

  /** The events that were granted although they had been committed, each with the time of its first commit. */
  replayed() {
    return this.claimed
      .map(([id, started]) => ({ id, committed: /** @type {number} */ (this.committed.get(id)?.[0]), started }))
      .filter(({ committed, started }) => started > committed);
  }

  committedTwice() {
    return [...this.committed].filter(([, times]) => times.length > 1).map(([id]) => id);
  }

  deliveredTwice() {
    return [...this.delivered.values()].filter((times) => times > 1).length;
  }
}

/** Idle connections of killed receivers end by themselves. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** @param {Options} options @param {Verdict} verdict */
export async function startReplica(options, verdict) {
  /** @type {import("node:child_process").ChildProcess} */
  let child;
  let port = 0;
  /** @type {Promise<unknown>} */
  let closed = Promise.resolve();
  let printed = "";

  async function start() {
    port = 0;
    const settings = JSON.stringify({ clockStepMs: 0, secret: SECRET, ...options });
    child = spawn(process.execPath, [join(import.meta.dirname, "replica.js"), settings], {
      stdio: ["pipe", "ignore", "pipe", "pipe"],
    });
    child.stdin?.on("error", () => {});
    child.stderr?.setEncoding("utf8").on("data", (text) => (printed = (printed + text).slice(-10_000)));
    const said = createInterface({ input: /** @type {import("node:stream").Readable} */ (child.stdio[3]) });
    said.on("line", (line) => {
      const words = line.split(" ");
      if (words[0] === "listening") {
        port = Number(words[1]);
      } else {
        verdict.note(words);
      }
    });
    closed = Promise.all([once(said, "close"), once(child, "exit")]);
    await until(() => {
      if (child.exitCode !== null) {
        throw new Error(`a receiver ended: ${printed}`);
      }
      return port > 0;
    }, "a receiver listens");
  }
  await start();

  return {
    /**
     * Sends an event once.
     *
     * @param {string} event
     * @returns {Promise<number>} The status; 0 when there was no answer.
     */
    send: (event) =>
      new Promise((resolve) => {
        const headers = { "content-length": Buffer.byteLength(event), "x-mia-token": tokenOf(event, SECRET) };
        request({ agent, host: "127.0.0.1", port, method: "POST", headers }, (response) => {
          response.resume().on("close", () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
        })
          .on("error", () => resolve(0))
          .end(event);
      }),
    /** Lets the deliveries go on that wait. */
    go: () => child.stdin?.write("go\n"),
    /** @param {NodeJS.Signals} signal */
    signal: (signal) => child.kill(signal),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    printed: () => printed,
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
    start,
  };
}

/** The number of an event makes its payload unique. @param {number} number @param {number} eventTimestamp @param {object} [more] */
export const eventOf = (number, eventTimestamp, more = {}) =>
  JSON.stringify({ eventName: "tag_created", eventTimestamp, payload: { number, ...more } });

/** @param {string} event */
export const idOf = (event) => tokenOf(event, "");
