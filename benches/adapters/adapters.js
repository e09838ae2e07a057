// @ts-check
/**
 * Requests per second of each adapter on Node, against the same framework without any
 * verification, and against a receiver that is written by hand; in turns. And the CPU time
 * of a request, which does not depend on the load and on the rest of the machine as much.
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { frameworks } from "../../tests/harness/frameworks.js";
import { cpuTime, hasCpuTime } from "../cold/cpu-time.js";
import { makeSample } from "../sample.js";
import { burst, requestOf } from "./burst.js";
import { CONTENDERS } from "./contenders.js";
import { measureLambda } from "./lambda.js";

const CONNECTIONS = 16;

/** So many requests before the first that counts: the engine compiles what it sees often, and on a busy machine a second has few. */
const FIRST_REQUESTS = 10_000;

/**
 * @typedef {object} AdapterResults
 * @property {Record<string, import("../interleave.js").Series>} perSecond By framework.
 * @property {Record<string, import("../interleave.js").Series>} cpuMicroseconds By framework.
 * @property {import("../interleave.js").Series} lambda Microseconds.
 */

/**
 * @param {{ rounds: number, ms: number }} plan
 * @returns {Promise<AdapterResults>}
 */
export async function measureAdapters({ rounds, ms }) {
  const { programs, missing } = frameworks("frameworks");
  if (missing !== undefined) {
    throw new Error(missing);
  }
  const { payload, token, forged } = await makeSample(1024);
  const headers = { host: "receiver.example", "content-type": "application/json" };
  const genuine = requestOf(payload, { ...headers, "x-mia-token": token });
  const wrong = requestOf(payload, { ...headers, "x-mia-token": forged });

  /** @type {AdapterResults} */
  const results = { perSecond: {}, cpuMicroseconds: {}, lambda: await measureLambda(rounds) };
  const tellsCpu = await hasCpuTime();
  for (const [framework, contenders] of Object.entries(CONTENDERS)) {
    const names = Object.keys(contenders);
    const servers = await Promise.all(names.map((name) => start(programs, framework, name)));
    try {
      for (const [i, { port }] of servers.entries()) {
        // All but the one that verifies nothing refuse a forged token.
        const status = i === 1 ? 200 : 401;
        await burst({ port, request: wrong, status }, { connections: 1, ms: 0 });
        for (let count = 0; count < FIRST_REQUESTS;) {
          count += await burst({ port, request: genuine }, { connections: CONNECTIONS, ms: 200 });
        }
      }
      const empty = () => Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]));
      const [perSecond, cpuMicroseconds] = [empty(), empty()];
      for (let round = 0; round < rounds; round++) {
        for (let i = 0; i < names.length; i++) {
          const place = (round + i) % names.length;
          const name = /** @type {string} */ (names[place]);
          const { port, pid } = /** @type {Server} */ (servers[place]);
          const [before, started] = [tellsCpu ? await cpuTime(pid) : 0, performance.now()];
          const count = await burst({ port, request: genuine }, { connections: CONNECTIONS, ms });
          perSecond[name]?.push((count * 1000) / (performance.now() - started));
          if (tellsCpu) {
            cpuMicroseconds[name]?.push(((await cpuTime(pid)) - before) / count / 1000);
          }
        }
      }
      results.perSecond[framework] = perSecond;
      results.cpuMicroseconds[framework] = cpuMicroseconds;
    } finally {
      servers.forEach(({ stop }) => stop());
    }
  }
  return results;
}

/** @typedef {{ port: number, pid: number, stop(): void }} Server */

/** @param {string} folder @param {string} framework @param {string} name @returns {Promise<Server>} */
async function start(folder, framework, name) {
  const child = fork(join(import.meta.dirname, "contenders.js"), [folder, framework, name]);
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${framework}, ${name}: it ended with ${code}`);
  });
  ended.catch(() => {});
  const [port] = await Promise.race([once(child, "message"), ended]);
  return { port, pid: /** @type {number} */ (child.pid), stop: () => void child.kill() };
}
