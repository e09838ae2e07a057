// @ts-check
/**
 * Requests per second of the Cloudflare Worker against others with the same origin, in
 * turns: one by hand that promises the same, one by hand that promises nothing, and one
 * that only forwards.
 *
 * All run on one machine, so the load and the origin take a part of its time. The
 * CPU time per request of the forwarding process does not depend on them; it is
 * reported too.
 */

// @ts-expect-error It comes without types.
import autocannon from "autocannon";
import { cpuTime, hasCpuTime } from "../cold/cpu-time.js";
import { bundleWorker } from "../../tests/harness/workerd/bundle.js";
import { startWorkerd } from "../../tests/harness/workerd/process.js";
import { makeSample } from "../sample.js";
import { provePromises } from "./promises.js";

export const RECEIVER = "mia-webhooks/cloudflare";
export const SILENT = "the same, without its log";
export const BY_HAND = "by hand, with the same promises";
export const NO_PROMISES = "by hand, with no promises";
export const BARE = "a bare forwarding Worker";

const KB = 1024;

/** With 1 MiB each, they are within the memory for bodies: 32 MiB. */
const CONNECTIONS = 16;

/**
 * @typedef {object} Measured
 * @property {import("../interleave.js").Series} perSecond
 * @property {import("../interleave.js").Series} cpuMicroseconds
 */

/**
 * @param {{ rounds: number, seconds: number, sizes?: number[] }} plan
 * @returns {Promise<Measured & { bySize: Record<number, Measured> }>} For 1 KB, and for each size in bytes.
 */
export async function measureReceiver({ rounds, seconds, sizes = [KB, 64 * KB, 1024 * KB] }) {
  const minify = { minify: true };
  const bundles = {
    [RECEIVER]: await bundleWorker(`export { default } from "mia-webhooks/cloudflare";`, minify),
    [SILENT]: await bundleWorker("benches/receiver/silent.js", minify),
    [BY_HAND]: await bundleWorker("benches/receiver/by-hand.js", minify),
    [NO_PROMISES]: await bundleWorker("benches/receiver/no-promises.js", minify),
    [BARE]: await bundleWorker("benches/receiver/bare.js", minify),
  };
  await provePromises(bundles[RECEIVER]);
  await provePromises(bundles[BY_HAND]);
  const { secret } = await makeSample(KB);
  const origin = await startWorkerd(
    { origin: await bundleWorker("benches/receiver/origin.js", minify) },
    { isSilent: true },
  );
  /** @type {Record<string, import("../../tests/harness/workerd/process.js").Workerd>} */
  const running = {};
  try {
    const text = { ORIGIN_URL: `${origin.urls["origin"]}/`, MIA_WEBHOOK_SECRET: secret, REPLAY: "off" };
    for (const [name, bundle] of Object.entries(bundles)) {
      running[name] = await startWorkerd({ worker: { ...bundle, text } }, { isSilent: true });
    }
    /** @type {Record<number, Measured>} */
    const bySize = {};
    for (const size of sizes) {
      bySize[size] = await measureSize(running, size, { rounds, seconds });
    }
    return { .../** @type {Measured} */ (bySize[/** @type {number} */ (sizes[0])]), bySize };
  } finally {
    await Promise.all([origin, ...Object.values(running)].map(({ stop }) => stop()));
  }
}

/**
 * @param {Record<string, import("../../tests/harness/workerd/process.js").Workerd>} running
 * @param {number} size
 * @param {{ rounds: number, seconds: number }} plan
 * @returns {Promise<Measured>}
 */
async function measureSize(running, size, { rounds, seconds }) {
  const { payload, token, forged } = await makeSample(size);
  const names = Object.keys(running);
  const url = (/** @type {string} */ name) => /** @type {string} */ (running[name]?.urls["worker"]);
  for (const name of names) {
    await expectStatus(url(name), payload, token, 204);
    await expectStatus(url(name), payload, forged, name === BARE ? 204 : 401);
  }
  const burst = async (/** @type {string} */ name, /** @type {number} */ duration) => {
    const { requests, non2xx, errors } = await autocannon({
      url: url(name),
      method: "POST",
      headers: { "content-type": "application/json", "x-mia-token": token },
      body: Buffer.from(payload),
      connections: CONNECTIONS,
      duration,
    });
    if (non2xx + errors > 0) {
      throw new Error(`${name}: ${non2xx} answers were refusals, ${errors} failed`);
    }
    return requests;
  };
  for (const name of names) {
    await burst(name, 1);
  }
  const empty = () => Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]));
  const [perSecond, cpuMicroseconds] = [empty(), empty()];
  const tellsCpu = await hasCpuTime();
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = /** @type {string} */ (names[(round + i) % names.length]);
      const pid = /** @type {number} */ (running[name]?.pid);
      const before = tellsCpu ? await cpuTime(pid) : 0;
      const { total } = await burst(name, seconds);
      perSecond[name]?.push(total / seconds);
      if (tellsCpu) {
        cpuMicroseconds[name]?.push(((await cpuTime(pid)) - before) / total / 1000);
      }
    }
  }
  return { perSecond, cpuMicroseconds };
}

/** @param {string} url @param {Uint8Array} payload @param {string} token @param {number} status */
async function expectStatus(url, payload, token, status) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "x-mia-token": token },
    body: /** @type {Uint8Array<ArrayBuffer>} */ (payload),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== status) {
    throw new Error(`${url} answered ${response.status} instead of ${status}`);
  }
}
