// @ts-check
/**
 * workerd, timed from outside: one request for each batch, over one connection
 * that stays open, minus an empty batch.
 */

import { Agent, get } from "node:http";
import { interleave } from "../interleave.js";
import { bundleWorker } from "../../tests/harness/workerd/bundle.js";
import { WORKERD_VERSION, startWorkerd } from "../../tests/harness/workerd/process.js";

/** @param {import("./in-process.js").Plans} plans */
export async function measureWorkerd(plans) {
  const workerd = await startWorkerd(
    { bench: await bundleWorker("benches/hosts/workerd-worker.js") },
    { isSilent: true },
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (/** @type {string} */ path) => request(`${workerd.urls["bench"]}${path}`, agent);
  const measure = async (
    /** @type {string} */ question,
    /** @type {import("./in-process.js").Plan} */ { sizes, rounds, batchMs },
  ) => {
    /** @type {Record<number, import("../interleave.js").Series>} */
    const bySize = {};
    for (const size of sizes) {
      const names = JSON.parse((await ask(`/prepare?question=${question}&size=${size}`)).body);
      bySize[size] = await interleave({
        names,
        rounds,
        batchMs,
        subtractsEmpty: true,
        async time(name, count) {
          const { ms, body } = await ask(`/batch?name=${encodeURIComponent(name)}&count=${count}`);
          if (body !== "right") {
            throw new Error(`${name} on workerd at ${size} bytes: ${body}`);
          }
          return ms;
        },
      });
    }
    return bySize;
  };
  try {
    return {
      name: "workerd",
      version: WORKERD_VERSION,
      verify: await measure("verify", plans.verify),
      rotation: await measure("rotation", plans.rotation),
    };
  } finally {
    agent.destroy();
    await workerd.stop();
  }
}

/**
 * @param {string} url
 * @param {Agent} agent
 * @returns {Promise<{ ms: number, body: string }>}
 */
function request(url, agent) {
  return new Promise((done, reject) => {
    const started = performance.now();
    const sent = get(url, { agent, timeout: 60_000 }, (response) => {
      // When the headers are here, the Worker has finished computing.
      const ms = performance.now() - started;
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (data) => (body += data));
      response.on("end", () => (response.statusCode === 200 ? done({ ms, body }) : reject(new Error(body))));
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer from ${url} within 60 s`)));
    sent.on("error", reject);
  });
}
