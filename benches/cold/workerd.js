// @ts-check
/**
 * The CPU time of the first request to a workerd that has just started. Each
 * Worker answers with a constant; all except the empty one first verify 1 KB.
 */

import { bundleWorker } from "../../tests/harness/workerd/bundle.js";
import { startWorkerd } from "../../tests/harness/workerd/process.js";
import { makeSample } from "../sample.js";
import { settledCpuTime } from "./cpu-time.js";
import { COLD } from "./contenders.js";

export const EMPTY = "an empty Worker";

/**
 * @param {number} rounds
 * @returns {Promise<import("../interleave.js").Series>} milliseconds
 */
export async function measureColdWorkerd(rounds) {
  const { "hash-wasm": _, ...contenders } = COLD; // It cannot run in workerd.
  /** @type {[string, import("../../tests/harness/workerd/process.js").Worker][]} */
  const workers = [[EMPTY, { script: `export default { fetch: () => new Response("true") };` }]];
  for (const [name, cold] of Object.entries(contenders)) {
    workers.push([name, await bundleWorker(await workerText(cold))]);
  }
  /** @type {import("../interleave.js").Series} */
  const series = Object.fromEntries(workers.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < workers.length; i++) {
      const [name, worker] = /** @type {typeof workers[number]} */ (workers[(round + i) % workers.length]);
      series[name]?.push(await firstRequest(worker));
    }
  }
  return series;
}

/** @param {import("../../tests/harness/workerd/process.js").Worker} worker */
async function firstRequest(worker) {
  const { pid, urls, stop } = await startWorkerd({ cold: worker }, { isSilent: true });
  try {
    const before = await settledCpuTime(pid);
    const response = await fetch(/** @type {string} */ (urls["cold"]), {
      headers: { connection: "close" },
      signal: AbortSignal.timeout(10_000),
    });
    const body = await response.text();
    const after = await settledCpuTime(pid);
    if (body !== "true") {
      throw new Error(`the Worker answered ${body}`);
    }
    return (after - before) / 1e6;
  } finally {
    await stop();
  }
}

/** @param {import("./contenders.js").Cold} cold */
async function workerText({ from, name, checkOf, byHand }) {
  const { text, token, secret } = await makeSample(1024);
  return `
    import { isDigest } from "./compare-hex.js";
    import { ${name} } from "${byHand ? `./cold/${byHand}` : from}";
    const isRight = (${checkOf})(${name});
    const payload = new TextEncoder().encode(${JSON.stringify(text)});
    export default {
      async fetch() {
        return new Response(String(await isRight(payload, "${token}", "${secret}")));
      },
    };`;
}
